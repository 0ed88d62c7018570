"""The doors of booking: centers, services, offers, holds and the confirmation."""

from __future__ import annotations

from flask import request

from app.domain.errors import Refusal
from app.usecases import ask as asking
from app.usecases import book
from app.usecases import confirm as confirming
from app.usecases.confirm import KEY_LIMIT
from app.web.api import answers, asks
from app.web.api.door import Doors
from app.web.here import house

doors = Doors()
KEY = "Idempotency-Key"


class KeyMissing(Refusal):
    """A confirmation came without its key, so repeating it could book twice."""

    code, kind = "idempotency_key_missing", "malformed"
    ar = "يلزم الترويسة {header} (من 1 إلى {most} رمز)، ليبقى تكرار الطلب حجزًا واحدًا."
    en = "The header {header} (1–{most} characters) is needed: a repeated request books once."


@doors.add("GET", "/centers", answers=answers.CentersAnswer)
def centers() -> object:
    """The centers, open or closed."""
    return {"centers": asking.centers(house().store, house().clock.now())}


@doors.add("GET", "/centers/<center>/services", answers=answers.ServicesAnswer, refuses=(404,))
def services(center: str) -> object:
    """What a center does: agency, minutes, fee, papers, who must be present."""
    return {"services": asking.services(house().store, house().clock.now(), center)}


@doors.add(
    "POST",
    "/centers/<center>/offers",
    asks=asks.OffersAsk,
    answers=answers.OffersAnswer,
    refuses=(404, 422),
)
def offers(center: str, ask: asks.OffersAsk) -> object:
    """Starts of the first day with room, every one feasible now; `free` of the other days."""
    return book.offers(house().store, house().clock.now(), center, ask.ask())


@doors.add(
    "POST",
    "/holds",
    asks=asks.HoldAsk,
    answers=answers.HoldAnswer,
    status=201,
    refuses=(409, 410),
)
def take_hold(ask: asks.HoldAsk) -> object:
    """Keep an offered start for a few minutes; 409 `slot_taken` names up to three others."""
    return book.take_hold(house().store, house().clock.now(), ask.offer)


@doors.add("DELETE", "/holds/<hold>", status=204, refuses=(410,))
def release_hold(hold: str) -> None:
    """Give a held start back; whoever has the hold owns it."""
    book.release_hold(house().store, house().clock.now(), hold)


@doors.add(
    "POST",
    "/visits",
    asks=asks.VisitAsk,
    answers=answers.BookedAnswer,
    status=201,
    refuses=(409, 410, 422),
    header=KEY,
)
def confirm(ask: asks.VisitAsk) -> object:
    """Turn a hold into a visit with a promise; the same key gives the same answer."""
    key, now = idempotency_key(), house().clock.now()
    return with_links(confirming.confirm(house().store, now, ask.hold, ask.person(), key))


def idempotency_key() -> str:
    """Return the request's key; raises KeyMissing when it is missing, empty or too long."""
    sent = request.headers.get(KEY, "").strip()
    if not 1 <= len(sent) <= KEY_LIMIT:
        raise KeyMissing(header=KEY, most=KEY_LIMIT)
    return sent


def with_links(booked: dict) -> dict:
    """Return a booked visit with where it lives."""
    code = booked["code"]
    page = f"{house().settings.public_url.rstrip('/')}/v/{code}"
    return {**booked, "links": {"visit": f"/api/v1/visits/{code}", "page": page}}
