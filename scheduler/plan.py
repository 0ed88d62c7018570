"""The answer: who sits where, who serves what and when, and what it costs.

Whole and frozen: a plan is replaced, never edited. Whether it is honest is judged
in `check.py`; what it costs is told in `terms/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from scheduler.refusal import DayRefused


class Seat(NamedTuple):
    """A visit's desk (None on a day without desks) and the start of its first task."""

    desk: str | None
    start_min: int


class Work(NamedTuple):
    """A task's agent, second agent or None, and minutes [start, end)."""

    agent: str
    second: str | None
    start_min: int
    end_min: int


@dataclass(frozen=True)
class Changes:
    """What turns one plan into the next: new seats and works, ids that are gone, and
    visits that lost their place."""

    visits: Mapping[str, Seat] = field(default_factory=dict)
    tasks: Mapping[str, Work] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write compact: lists in the order of Seat and Work."""
        form: dict[str, Any] = {
            "visits": {visit: list(seat) for visit, seat in self.visits.items()},
            "tasks": {task: list(work) for task, work in self.tasks.items()},
        }
        if self.gone or self.unplaced:
            form |= {"gone": list(self.gone), "unplaced": list(self.unplaced)}
        return form

    @classmethod
    def from_json(cls, form: Any) -> "Changes":
        """Read what `to_json` wrote; raise DayRefused on anything else."""
        try:
            return cls(
                {visit: Seat(*seat) for visit, seat in form["visits"].items()},
                {task: Work(*work) for task, work in form["tasks"].items()},
                tuple(form.get("gone", ())),
                tuple(form.get("unplaced", ())),
            )
        except (TypeError, KeyError, AttributeError):
            raise DayRefused("changes", form, "must hold seats and works") from None


@dataclass(frozen=True)
class Plan:
    """A whole plan. `objective` and `bound` are None until priced.

    visits   visit id -> Seat;  tasks  task id -> Work
    unplaced ids of visits without a seat;  why  visit id -> {code, facts}
    terms    term name -> weighted cost; they add up to `objective`
    """

    visits: Mapping[str, Seat]
    tasks: Mapping[str, Work]
    unplaced: tuple[str, ...] = ()
    status: str = "feasible"
    objective: float | None = None
    bound: float | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    why: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "Plan":
        """Return the plan in which nobody is placed."""
        return cls({}, {}, status="partial")

    def with_changes(self, changes: Changes) -> "Plan":
        """Return the plan after the changes; its price is open again."""
        visits, tasks = dict(self.visits), dict(self.tasks)
        for name in changes.gone:
            visits.pop(name, None)
            tasks.pop(name, None)
        visits.update(changes.visits)
        tasks.update(changes.tasks)
        left = tuple(dict.fromkeys([*self.unplaced, *changes.unplaced]))
        lost = {name for name in changes.gone if name not in changes.unplaced}
        left = tuple(visit for visit in left if visit not in visits and visit not in lost)
        why = {visit: reason for visit, reason in self.why.items() if visit in left}
        status = "partial" if left else "feasible"
        return replace(
            self,
            visits=visits,
            tasks=tasks,
            unplaced=left,
            why=why,
            status=status,
            objective=None,
            bound=None,
            terms={},
        )

    @classmethod
    def from_json(cls, form: Any) -> "Plan":
        """Read the shape of the planner files; raise DayRefused by field and value."""
        from scheduler import json_form

        return json_form.read_plan(form)

    def to_json(self) -> dict[str, Any]:
        """Write the shape of the planner files."""
        from scheduler import json_form

        return json_form.write_plan(self)


def difference(old: Plan, new: Plan) -> Changes:
    """Return the changes that turn `old` into `new`."""
    gone = [visit for visit in old.visits if visit not in new.visits]
    known = {*new.visits, *new.unplaced}
    gone += [visit for visit in old.unplaced if visit not in known]
    gone += [task for task in old.tasks if task not in new.tasks]
    return Changes(
        {visit: seat for visit, seat in new.visits.items() if old.visits.get(visit) != seat},
        {task: work for task, work in new.tasks.items() if old.tasks.get(task) != work},
        tuple(gone),
        tuple(visit for visit in new.unplaced if visit not in old.unplaced),
    )
