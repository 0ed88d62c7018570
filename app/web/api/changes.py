"""Staffing as a manager says it: one model per kind of change, told apart by `kind`.

What a change does to the day is decided in `app/usecases/staff.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.web.api.asks import Asked, Clock, Id


class Change(Asked):
    """One change of today's staffing."""

    def plain(self) -> dict[str, Any]:
        return self.model_dump(by_alias=True)


class OpenDesk(Change):
    kind: Literal["open_desk"]
    desk: Id


class CloseDesk(Change):
    kind: Literal["close_desk"]
    desk: Id


class Absent(Change):
    kind: Literal["absent"]
    agent: Id


class Late(Change):
    kind: Literal["late"]
    agent: Id
    until: Clock


class Back(Change):
    kind: Literal["back"]
    agent: Id


class MoveBreak(Change):
    kind: Literal["move_break"]
    agent: Id
    from_: Clock = Field(alias="from")
    to: Clock


class Focus(Change):
    kind: Literal["focus"]
    agent: Id
    skill: Id | None = None


class TakeDesk(Change):
    kind: Literal["take_desk"]
    agent: Id
    desk: Id


class LeaveDesk(Change):
    kind: Literal["leave_desk"]
    agent: Id


class Pause(Change):
    kind: Literal["pause"]
    agent: Id
    pause: Literal["break", "back_office"] | None = None


AnyChange = Annotated[
    OpenDesk | CloseDesk | Absent | Late | Back | MoveBreak | Focus | TakeDesk | LeaveDesk | Pause,
    Field(discriminator="kind"),
]


class StaffingAsk(Asked):
    """The changes, and the plan's version they were decided on (left out: whatever holds now)."""

    changes: list[AnyChange] = Field(min_length=1, max_length=50)
    version: int | None = Field(default=None, ge=0)
