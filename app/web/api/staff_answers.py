"""What staff are answered, as models: what is named is promised, more facts may come.

No secret visit code stands in any of them: staff know a visit by its id and its call code.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.web.api.answers import Facts


class Wide(BaseModel):
    """Base of answers to staff: what is named is promised, more may come."""

    model_config = ConfigDict(extra="allow")


class DeskTaskAnswer(Wide):
    id: str
    state: str
    minutes: int


class DeskAnswer(Wide):
    """A visit at a desk, as its host sees it: the visit's id, never its secret code."""

    visit: str
    call_code: str
    desk: str | None
    state: str
    tasks: list[DeskTaskAnswer]


class FloorAnswer(Wide):
    """The floor of today: desks, agents, who is present, and who is next with why."""

    center: str
    date: dt.date
    now: dt.datetime
    seq: int
    desks: list[Facts]
    agents: list[Facts]
    present: list[Facts]
    next: list[Facts]
    zones: list[Facts]
    kpi: Facts
    voices: list[Facts]
    alarms: list[Facts]
    plan: Facts


class PlanAnswer(Wide):
    """The question and its answer, in the shapes of the planner files: anyone can judge them."""

    version: int
    day: Facts
    plan: Facts


class AffectedAnswer(Wide):
    visit: str
    call_code: str


class StaffingAnswer(Wide):
    """What was applied, whom it affects, and the version of the plan that follows from it."""

    applied: Any
    affected: list[AffectedAnswer]
    version: int
