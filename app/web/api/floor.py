"""The doors of the floor: what is going on, the plan of a day, staffing that applies at once."""

from __future__ import annotations

from app.usecases import floor as floors
from app.usecases import staff as staffing
from app.web.api import asks
from app.web.api import staff_answers as seen
from app.web.api.changes import StaffingAsk
from app.web.api.door import Doors
from app.web.auth import me
from app.web.here import house

doors = Doors()
WATCHERS = ("host", "reception", "manager")


@doors.add(
    "GET",
    "/centers/<center>/floor",
    answers=seen.FloorAnswer,
    roles=WATCHERS,
    refuses=(404,),
)
def floor(center: str) -> object:
    """Desks, agents, who is present and who is next, with why."""
    return floors.floor(house().store, house().clock.now(), center)


@doors.add(
    "GET",
    "/centers/<center>/plan",
    asks=asks.PlanAsk,
    answers=seen.PlanAnswer,
    roles=("host", "manager"),
    refuses=(404,),
)
def plan(center: str, ask: asks.PlanAsk) -> object:
    """The day and its adopted plan, in the shapes of the planner files."""
    return floors.plan(house().store, house().clock.now(), center, ask.date)


@doors.add(
    "POST",
    "/centers/<center>/staffing",
    asks=StaffingAsk,
    answers=seen.StaffingAnswer,
    roles=("manager",),
    refuses=(404, 409, 422),
)
def change_staffing(center: str, ask: StaffingAsk) -> object:
    """Open or close desks, mark hosts, move breaks, give a focus: applies at once."""
    changes = [one.plain() for one in ask.changes]
    return staffing.change(house().store, house().clock.now(), center, changes, me().name)
