"""The parts of a day: desks, agents, visits and their tasks, each refusing nonsense when made.

Minutes count from local midnight; intervals are half open. What several parts must
agree on (ids, pins, the grid) is the business of `day.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.refusal import (
    DayRefused,
    Span,
    a_count,
    a_minute,
    a_name,
    an_amount,
    names,
    spans,
)

TASKS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """A place with two chairs: what it offers and when it is open."""

    id: str
    features: frozenset[str] = frozenset()
    open: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        a_name("id", self.id)
        object.__setattr__(self, "features", names("features", self.features))
        object.__setattr__(self, "open", spans("open", self.open))


@dataclass(frozen=True, slots=True)
class Agent:
    """Who serves: skill -> duration factor, authority level, features, shifts, breaks."""

    id: str
    skills: Mapping[str, float]
    authority: int = 0
    features: frozenset[str] = frozenset()
    shifts: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        a_name("id", self.id)
        if not isinstance(self.skills, Mapping):
            raise DayRefused("skills", self.skills, "must map a skill to its factor")
        for skill, factor in self.skills.items():
            a_name("skills", skill)
            an_amount(f"skills.{skill}", factor, 0.1, 10)
        a_count("authority", self.authority, 0, 1000)
        object.__setattr__(self, "features", names("features", self.features))
        object.__setattr__(self, "shifts", spans("shifts", self.shifts))
        object.__setattr__(self, "breaks", spans("breaks", self.breaks))


@dataclass(frozen=True, slots=True)
class Second:
    """A second agent beside the first: for the whole task, or its last minutes."""

    skill: str
    authority: int = 0
    last_min: int | None = None

    def __post_init__(self) -> None:
        a_name("skill", self.skill)
        a_count("authority", self.authority, 0, 1000)
        if self.last_min is not None:
            a_count("last_min", self.last_min, 1, 24 * 60)


@dataclass(frozen=True, slots=True)
class TaskPin:
    """What is decided about a task: who and from when; `end_min` when its end is known."""

    agent: str
    start_min: int
    end_min: int | None = None
    second: str | None = None

    def __post_init__(self) -> None:
        a_name("agent", self.agent)
        a_minute("start_min", self.start_min)
        if self.second is not None:
            a_name("second", self.second)
        if self.end_min is not None:
            a_minute("end_min", self.end_min)
            if self.end_min <= self.start_min:
                raise DayRefused("end_min", self.end_min, "must be after start_min")


@dataclass(frozen=True, slots=True)
class VisitPin:
    """The desk a called or seated visit keeps."""

    desk: str

    def __post_init__(self) -> None:
        a_name("desk", self.desk)


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work: skill, catalogue minutes, least authority, tasks it comes after."""

    id: str
    skill: str
    minutes: int
    authority: int = 0
    after: tuple[str, ...] = ()
    second: Second | None = None
    pin: TaskPin | None = None

    def __post_init__(self) -> None:
        a_name("id", self.id)
        a_name("skill", self.skill)
        a_count("minutes", self.minutes, 1, 24 * 60)
        a_count("authority", self.authority, 0, 1000)
        if isinstance(self.after, str):
            raise DayRefused("after", self.after, "must be a list of task ids")
        object.__setattr__(self, "after", tuple(self.after))


@dataclass(frozen=True, slots=True)
class VisitPlanIn:
    """A visit as the planner sees it: tasks at one desk, starting in [earliest, latest].

    told_min     the start the person was told: waits count from it
    promise_min  the latest start promised: lateness counts from it
    weight       priority, 1.0 for most
    """

    id: str
    tasks: tuple[Task, ...]
    earliest_min: int
    latest_min: int
    told_min: int | None = None
    promise_min: int | None = None
    weight: float = 1.0
    desk_needs: frozenset[str] = field(default=frozenset())
    agent_needs: frozenset[str] = field(default=frozenset())
    pin: VisitPin | None = None

    def __post_init__(self) -> None:
        a_name("id", self.id)
        object.__setattr__(self, "tasks", tuple(self.tasks))
        if not 1 <= len(self.tasks) <= TASKS_AT_MOST:
            raise DayRefused("tasks", len(self.tasks), f"must be 1 to {TASKS_AT_MOST} tasks")
        a_minute("earliest_min", self.earliest_min)
        a_minute("latest_min", self.latest_min)
        if self.latest_min < self.earliest_min:
            raise DayRefused("latest_min", self.latest_min, "must not be before earliest_min")
        for name in ("told_min", "promise_min"):
            if getattr(self, name) is not None:
                a_minute(name, getattr(self, name))
        an_amount("weight", self.weight, 0, 1000)
        object.__setattr__(self, "desk_needs", names("desk_needs", self.desk_needs))
        object.__setattr__(self, "agent_needs", names("agent_needs", self.agent_needs))
        if len(self.tasks) > 1 or self.tasks[0].after:
            _refuse_circles(self.tasks)

    @property
    def seated(self) -> bool:
        """Whether some task of it is pinned: its start is decided."""
        return any(task.pin is not None for task in self.tasks)


def _refuse_circles(tasks: tuple[Task, ...]) -> None:
    """Refuse an `after` that names no task of the visit, or that runs in a circle."""
    left = {task.id: set(task.after) for task in tasks}
    for task in tasks:
        for before in task.after:
            if before not in left:
                raise DayRefused(
                    "after", before, f"of task {task.id} must name a task of its visit"
                )
    while left:
        ready = [task for task, before in left.items() if not before & left.keys()]
        if not ready:
            raise DayRefused("after", sorted(left), "must not run in a circle")
        for task in ready:
            del left[task]
