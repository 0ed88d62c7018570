"""Which starts a day can still promise: each one sound, each with the changes it needs.

Starts of visits already told stay fixed; agents and desks may change. A start not
listed may still be possible: `ejection.py` searches, it does not prove.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.day import Day
from scheduler.greedy import Mending
from scheduler.parts import VisitPlanIn
from scheduler.plan import Changes, Plan, difference
from scheduler.seating import seat_at


@dataclass(frozen=True, slots=True)
class Start:
    """A start that can be promised, and the changes to the plan that keep it."""

    start_min: int
    changes: Changes


def offers(
    day: Day, plan: Plan, visit: VisitPlanIn, starts: Iterable[int] | None = None
) -> list[Start]:
    """Return the feasible starts of `visit`, soonest first, with their changes to `plan`.

    starts  minutes to try; None tries every grid step of [earliest_min, latest_min]
    Each holds: breaches(day + visit, plan.with_changes(changes)) == [], given that every
    visit `plan` leaves out is told in plan.unplaced.
    """
    book = Book(day, plan, visit)
    tried = book.all_starts() if starts is None else sorted(set(starts))
    return book.offered([minute for minute in tried if book.in_range(minute)])


def insert(day: Day, plan: Plan, visit: VisitPlanIn, start_min: int) -> Changes | None:
    """Return the changes that seat `visit` at `start_min`, or None when none were found."""
    found = offers(day, plan, visit, [start_min])
    return found[0].changes if found else None


class Book:
    """One request against one day: the honest incumbent, and what is free beside it."""

    def __init__(self, day: Day, plan: Plan, visit: VisitPlanIn):
        if visit.id in day.visit:
            day = day.with_visits(other for other in day.visits if other.id != visit.id)
        self.day, self.visit, self.given = day, visit, plan
        mending = Mending(day, plan)
        self.plan, self.free = mending.kept(plan.unplaced), mending.free
        self.fit = mending.fit
        self.repair = difference(plan, self.plan)

    def all_starts(self) -> range:
        """Return every grid step at which the visit may start."""
        grid = self.fit.grid
        low = self.fit.earliest(self.visit) * grid
        return range(low, self.visit.latest_min + 1, grid)

    def in_range(self, minute: int) -> bool:
        """Whether the visit may start at this minute at all."""
        return minute in self.all_starts()

    def offered(self, tried: list[int]) -> list[Start]:
        """Return those of the tried starts that fit, with their changes."""
        found = []
        for minute in tried:
            changes = self._direct(minute)
            if changes is not None:
                found.append(Start(minute, self._whole(changes)))
        return found

    def _direct(self, minute: int) -> Changes | None:
        fixed = replace(self.visit, earliest_min=minute, latest_min=minute)
        place = seat_at(self.fit, self.free, fixed, minute // self.fit.grid)
        if place is None:
            return None
        return Changes({self.visit.id: place[0]}, place[1])

    def _whole(self, changes: Changes) -> Changes:
        """Return the changes with what the incumbent itself needed to be honest."""
        base = self.repair
        visits, tasks = base.visits | changes.visits, base.tasks | changes.tasks
        return Changes(visits, tasks, base.gone, base.unplaced)
