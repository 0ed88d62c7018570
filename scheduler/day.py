"""The question: one day of desks, agents and visits, and what was planned before.

Minutes count from local midnight on a grid; what contradicts itself is refused by
field and value. Reading and writing JSON is the business of `json_form.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from scheduler.parts import Agent, Desk, Task, VisitPlanIn
from scheduler.plan import Plan
from scheduler.refusal import DayRefused, Span, a_count, a_minute, a_name


@dataclass(frozen=True)
class Day:
    """What is to be planned. A day without desks plans agents only.

    frozen_until_min  nothing unpinned may start before it
    previous          the plan before this question, for churn and for mending
    """

    date: str
    grid_min: int
    open_min: int
    close_min: int
    desks: tuple[Desk, ...]
    agents: tuple[Agent, ...]
    visits: tuple[VisitPlanIn, ...]
    previous: Plan | None = None
    frozen_until_min: int = 0

    def __post_init__(self) -> None:
        a_name("date", self.date)
        a_count("grid_min", self.grid_min, 1, 60)
        for name in ("open_min", "close_min", "frozen_until_min"):
            a_minute(name, getattr(self, name))
        if self.close_min <= self.open_min:
            raise DayRefused("close_min", self.close_min, "must be after open_min")
        for name in ("desks", "agents", "visits"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        self._refuse_twins()
        self._refuse_off_grid()
        self._refuse_pins()

    @cached_property
    def visit(self) -> dict[str, VisitPlanIn]:
        """Every visit by its id."""
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def agent(self) -> dict[str, Agent]:
        """Every agent by id."""
        return {agent.id: agent for agent in self.agents}

    @cached_property
    def desk(self) -> dict[str, Desk]:
        """Every desk by id."""
        return {desk.id: desk for desk in self.desks}

    @classmethod
    def from_json(cls, form: Any) -> "Day":
        """Read the shape of the planner files; raise DayRefused by field and value."""
        from scheduler import json_form

        return json_form.read_day(form)

    def to_json(self) -> dict[str, Any]:
        """Write the shape of the planner files."""
        from scheduler import json_form

        return json_form.write_day(self)

    def with_visits(self, visits: Iterable[VisitPlanIn]) -> "Day":
        """Return this day with other visits; checks only what they add."""
        return Day(
            self.date,
            self.grid_min,
            self.open_min,
            self.close_min,
            self.desks,
            self.agents,
            tuple(visits),
            self.previous,
            self.frozen_until_min,
        )

    def _refuse_twins(self) -> None:
        for field, ids in (
            ("desks", [desk.id for desk in self.desks]),
            ("agents", [agent.id for agent in self.agents]),
            ("visits", [visit.id for visit in self.visits]),
            ("tasks", [task.id for visit in self.visits for task in visit.tasks]),
        ):
            if len(set(ids)) < len(ids):
                seen: set[str] = set()
                twin = next(i for i in ids if i in seen or seen.add(i))
                raise DayRefused(f"{field}.id", twin, "must be unique")

    def _refuse_off_grid(self) -> None:
        grid = self.grid_min
        for name in ("open_min", "close_min"):
            self._on_grid(name, getattr(self, name))
        for desk in self.desks:
            self._spans_on_grid(f"desks.{desk.id}.open", desk.open)
        for agent in self.agents:
            self._spans_on_grid(f"agents.{agent.id}.shifts", agent.shifts)
            self._spans_on_grid(f"agents.{agent.id}.breaks", agent.breaks)
        for visit in self.visits:
            if visit.earliest_min % grid or visit.latest_min % grid:
                self._on_grid(f"visits.{visit.id}.earliest_min", visit.earliest_min)
                self._on_grid(f"visits.{visit.id}.latest_min", visit.latest_min)

    def _spans_on_grid(self, field: str, value: tuple[Span, ...]) -> None:
        for start, end in value:
            self._on_grid(field, start)
            self._on_grid(field, end)

    def _on_grid(self, field: str, minute: int) -> None:
        if minute % self.grid_min:
            raise DayRefused(field, minute, f"must be on the grid of {self.grid_min} minutes")

    def _refuse_pins(self) -> None:
        coming: list[tuple[str, int, Task]] = []
        for visit in self.visits:
            if visit.pin is not None and visit.pin.desk not in self.desk:
                raise DayRefused(
                    f"visits.{visit.id}.pin.desk", visit.pin.desk, "must be a desk of the day"
                )
            for task in visit.tasks:
                if task.pin is not None:
                    self._refuse_pin(task)
                    if task.pin.start_min >= self.frozen_until_min:
                        coming.append((task.pin.agent, task.pin.start_min, task))
        coming.sort(key=lambda item: item[:2])
        for before, after in pairwise(coming):
            if before[0] == after[0] and after[1] < self.pinned_end(before[2]):
                field = f"tasks.{after[2].id}.pin.start_min"
                raise DayRefused(field, after[1], f"must not overlap the pin of {before[2].id}")

    def _refuse_pin(self, task: Task) -> None:
        """Refuse a pin no agent could keep; what already runs is floor truth, never refused."""
        pin, field = task.pin, f"tasks.{task.id}.pin"
        for who in (pin.agent, pin.second):
            if who is not None and who not in self.agent:
                raise DayRefused(f"{field}.agent", who, "must be an agent of the day")
        self._on_grid(f"{field}.start_min", pin.start_min)
        if pin.end_min is not None:
            self._on_grid(f"{field}.end_min", pin.end_min)
        if pin.start_min < self.frozen_until_min:
            return
        agent, end = self.agent[pin.agent], self.pinned_end(task)
        if not any(start <= pin.start_min and end <= stop for start, stop in agent.shifts):
            raise DayRefused(
                f"{field}.start_min", pin.start_min, f"must be in a shift of {agent.id}"
            )
        if any(pin.start_min < stop and start < end for start, stop in agent.breaks):
            raise DayRefused(
                f"{field}.start_min", pin.start_min, f"must not be in a break of {agent.id}"
            )

    def pinned_end(self, task: Task) -> int:
        """Return when a pinned task ends; without the skill the agent counts as average."""
        if task.pin.end_min is not None:
            return task.pin.end_min
        factor = self.agent[task.pin.agent].skills.get(task.skill, 1.0)
        return task.pin.start_min + on_grid(task.minutes * factor, self.grid_min)


def on_grid(minutes: float, grid_min: int) -> int:
    """Return minutes rounded up to the grid; a hair above a step counts as that step."""
    return -int(-(minutes - 1e-6) // grid_min) * grid_min
