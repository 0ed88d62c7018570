"""What programs are answered, as models: a field that is not named here never leaves the house.

Instants are RFC 3339 with the center's offset. What staff see stands in `staff_answers.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict

Facts = dict[str, Any]


class Answer(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(extra="ignore", from_attributes=False)


class Named(Answer):
    ar: str
    en: str


class ErrorBody(Answer):
    code: str
    message: str
    facts: Facts


class ErrorAnswer(Answer):
    """Every refusal and every error of the API."""

    error: ErrorBody


class CenterAnswer(Answer):
    id: str
    name: Named
    tz: str
    address: Named
    phone: str
    open_now: bool
    hours_today: list[tuple[str, str]]
    next_opening: dt.datetime | None = None


class CentersAnswer(Answer):
    centers: list[CenterAnswer]


class AgencyAnswer(Answer):
    id: str
    name: Named


class PaperAnswer(Answer):
    id: str
    name: Named
    mandatory: bool


class TaskKindAnswer(Answer):
    name: Named
    skill: str
    minutes: int


class ServiceAnswer(Answer):
    id: str
    agency: AgencyAnswer
    name: Named
    minutes: int
    fee_sar: int
    papers: list[PaperAnswer]
    remote_possible: bool
    who_present: Named
    common: bool
    icon: str
    words: list[str]
    tasks: list[TaskKindAnswer]


class ServicesAnswer(Answer):
    services: list[ServiceAnswer]


class OfferAnswer(Answer):
    """One start that is feasible now; `offer` is signed and ends."""

    offer: str
    start: dt.datetime
    end: dt.datetime
    promise: dt.datetime
    expected_wait_min: float
    expected_wait_max_min: float


class DayAnswer(Answer):
    """Another day: `free` is a cached estimate; `why` says why it is closed."""

    date: dt.date
    free: int
    closed: bool
    why: Named | None = None


class PrayerAnswer(Answer):
    name: Named
    at: dt.datetime


class OffersAnswer(Answer):
    date: dt.date
    offers: list[OfferAnswer]
    days: list[DayAnswer]
    prayers: list[PrayerAnswer] = []


class ServiceName(Answer):
    id: str
    name: Named


class HoldAnswer(Answer):
    hold: str
    expires_at: dt.datetime
    center: str
    start: dt.datetime
    promise: dt.datetime
    services: list[ServiceName]


class LinksAnswer(Answer):
    """Where this visit lives: for programs and for people."""

    visit: str
    page: str


class BookedAnswer(Answer):
    """A visit that now exists. `code` is secret: it opens the visit to whoever holds it."""

    code: str
    call_code: str
    visit: str
    start: dt.datetime
    promise: dt.datetime
    center: str
    desk_hint: Any = None
    links: LinksAnswer


class PlaceAnswer(Answer):
    id: str
    name: Named
    address: Named
    phone: str


class StepAnswer(Answer):
    task: str
    name: Named
    state: str
    host: Any = None
    at: dt.datetime | None = None
    minutes: int


class DeskSignAnswer(Answer):
    id: str
    number: int
    way: Named


class SpanAnswer(Answer):
    from_: dt.datetime
    to: dt.datetime
    model_config = ConfigDict(alias_generator=lambda name: name.rstrip("_"))


class MomentAnswer(Answer):
    at: dt.datetime
    kind: str
    facts: Facts = {}


class LineAnswer(Answer):
    at: dt.datetime
    text: str
    by: Any = None


class VoiceLineAnswer(Answer):
    number: str
    kind: str
    text: str
    due_at: dt.datetime
    reply: str | None = None


class VisitAnswer(Answer):
    """A visit as its own person sees it; staff see it without the secret `code`."""

    visit: str
    code: str | None
    call_code: str
    state: str
    center: PlaceAnswer
    services: list[ServiceName]
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    promise: dt.datetime
    minutes: int
    fee_sar: int
    walk_in: bool
    arrived: dt.datetime | None
    steps: list[StepAnswer]
    desk: DeskSignAnswer | None
    host: Named | None
    eta: SpanAnswer | None
    ahead: int
    seat_near: Named | None
    papers: list[PaperAnswer]
    timeline: list[MomentAnswer]
    lines: list[LineAnswer]
    outcome: str | None = None
    outcome_note: str | None = None
    rated: bool
    voices: list[VoiceLineAnswer]
    lang: str
    name: str | None
    can: list[str]


class ReceiptAnswer(Answer):
    """A voice was received; `due_at` is when we reply at the latest."""

    number: str
    due_at: dt.datetime


class TokenAnswer(Answer):
    token: str
    expires_at: dt.datetime
    role: str
    centers: list[str]
    agent: str | None
