"""The judge: what is dishonest about a plan. It shares no line with any solver.

Pins are floor truth: a pinned task or desk is never faulted for skill, hours or for
meeting another pin; everything else must keep every rule of the day.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.day import Day
from scheduler.parts import Agent, Task, VisitPlanIn
from scheduler.plan import Plan, Work


class Breach(NamedTuple):
    """One broken rule: its kind, whom it concerns, and what is wrong."""

    kind: str
    subject: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}: {self.detail}"


class Stay(NamedTuple):
    """One use of an agent or a desk, [start, end); decided when a pin made it so."""

    start: int
    end: int
    subject: str
    decided: bool


def breaches(day: Day, plan: Plan) -> list[Breach]:
    """Return every broken rule; an empty list means the plan is honest."""
    found = list(_strangers(day, plan)) + list(_forgotten(day, plan))
    whole = []
    for visit in day.visits:
        if visit.id in plan.visits:
            missing = [task.id for task in visit.tasks if task.id not in plan.tasks]
            found += [Breach("no_work", task, "a placed visit needs it") for task in missing]
            if not missing:
                whole.append(visit)
    for visit in whole:
        found += _visit_rules(day, plan, visit)
        for task in visit.tasks:
            found += _task_rules(day, visit, task, plan.tasks[task.id])
    found += _doubles("agent_twice", _agent_stays(day, plan, whole))
    found += _doubles("desk_twice", _desk_stays(day, plan, whole))
    return found


def _strangers(day: Day, plan: Plan) -> Iterator[Breach]:
    """Ids the day does not know, or that stand where they must not."""
    visits = {visit.id for visit in day.visits}
    home = {task.id: visit.id for visit in day.visits for task in visit.tasks}
    agents = {agent.id for agent in day.agents}
    for visit in [*plan.visits, *plan.unplaced]:
        if visit not in visits:
            yield Breach("unknown_visit", visit, "is not of this day")
    for task, work in plan.tasks.items():
        if task not in home:
            yield Breach("unknown_task", task, "is not of this day")
        elif home[task] not in plan.visits:
            yield Breach("loose_task", task, f"its visit {home[task]} has no seat")
        for who in (work.agent, work.second):
            if who is not None and who not in agents:
                yield Breach("unknown_agent", task, f"{who} is not of this day")


def _forgotten(day: Day, plan: Plan) -> Iterator[Breach]:
    """Visits that are neither placed nor told to be unplaced, or both."""
    left = set(plan.unplaced)
    if len(left) < len(plan.unplaced):
        yield Breach("unplaced_twice", "plan", "a visit is named twice")
    for visit in day.visits:
        if (visit.id in plan.visits) == (visit.id in left):
            wrong = "placed and unplaced" if visit.id in left else "neither placed nor unplaced"
            yield Breach("forgotten", visit.id, wrong)


def _visit_rules(day: Day, plan: Plan, visit: VisitPlanIn) -> Iterator[Breach]:
    place = plan.visits[visit.id]
    works = {task.id: plan.tasks[task.id] for task in visit.tasks}
    start = min(work.start_min for work in works.values())
    end = max(work.end_min for work in works.values())
    pinned = {task.id for task in visit.tasks if task.pin is not None}
    if place.start_min != start:
        yield Breach("start", visit.id, f"told {place.start_min}, first task at {start}")
    if not pinned and not visit.earliest_min <= start <= visit.latest_min:
        allowed = f"{visit.earliest_min} to {visit.latest_min}"
        yield Breach("range", visit.id, f"starts at {start}, allowed {allowed}")
    yield from _desk_rules(day, visit, place.desk, start, end)
    for task in visit.tasks:
        for before in task.after:
            if works[task.id].start_min < works[before].end_min and task.id not in pinned:
                yield Breach("order", task.id, f"starts before {before} ends")
    own = [Stay(w.start_min, w.end_min, task, task in pinned) for task, w in works.items()]
    yield from _doubles("person_twice", {visit.id: own})


def _desk_rules(
    day: Day, visit: VisitPlanIn, name: str | None, start: int, end: int
) -> Iterator[Breach]:
    if not day.desks:
        if name is not None:
            yield Breach("desk", visit.id, f"{name} on a day without desks")
        return
    desk = next((desk for desk in day.desks if desk.id == name), None)
    if desk is None:
        yield Breach("desk", visit.id, f"{name} is not of this day")
    elif visit.pin is not None:
        if visit.pin.desk != name:
            yield Breach("pin", visit.id, f"sits at {name}, pinned to {visit.pin.desk}")
    else:
        lacking = visit.desk_needs - desk.features
        if lacking:
            yield Breach("desk_needs", visit.id, f"{name} lacks {', '.join(sorted(lacking))}")
        if not _covered(start, end, desk.open):
            yield Breach("desk_shut", visit.id, f"{name} is not open from {start} to {end}")


def _task_rules(day: Day, visit: VisitPlanIn, task: Task, work: Work) -> Iterator[Breach]:
    agent = next((agent for agent in day.agents if agent.id == work.agent), None)
    if agent is None:
        return
    if task.pin is not None:
        yield from _pin_rules(day, task, work, agent)
    else:
        yield from _loose_rules(day, visit, task, work, agent)
    yield from _second_rules(day, task, work)


def _pin_rules(day: Day, task: Task, work: Work, agent: Agent) -> Iterator[Breach]:
    pin = task.pin
    end = pin.end_min
    if end is None:
        end = pin.start_min + _length(day, task, agent.skills.get(task.skill, 1.0))
    if (work.agent, work.start_min, work.end_min) != (pin.agent, pin.start_min, end):
        told = f"{work.agent} {work.start_min}-{work.end_min}"
        yield Breach("pin", task.id, f"planned {told}, pinned {pin.agent} {pin.start_min}-{end}")


def _loose_rules(
    day: Day, visit: VisitPlanIn, task: Task, work: Work, agent: Agent
) -> Iterator[Breach]:
    if work.start_min % day.grid_min:
        yield Breach("grid", task.id, f"starts at {work.start_min}")
    if work.start_min < max(visit.earliest_min, day.frozen_until_min):
        yield Breach("too_soon", task.id, f"starts at {work.start_min}")
    if task.skill not in agent.skills:
        yield Breach("skill", task.id, f"{agent.id} lacks {task.skill}")
        return
    if work.end_min - work.start_min != _length(day, task, agent.skills[task.skill]):
        yield Breach("length", task.id, f"{work.start_min}-{work.end_min} for {agent.id}")
    if agent.authority < task.authority:
        yield Breach("authority", task.id, f"{agent.id} has {agent.authority}")
    lacking = visit.agent_needs - agent.features
    if lacking:
        yield Breach("agent_needs", task.id, f"{agent.id} lacks {', '.join(sorted(lacking))}")
    yield from _hours(task.id, agent, work.start_min, work.end_min)


def _second_rules(day: Day, task: Task, work: Work) -> Iterator[Breach]:
    if task.second is None:
        if work.second is not None:
            yield Breach("second", task.id, f"{work.second} is not needed")
        return
    if task.pin is not None and task.pin.second is not None:
        if work.second != task.pin.second:
            yield Breach("pin", task.id, f"second {work.second}, pinned {task.pin.second}")
        return
    if work.second is None:
        if task.pin is None or task.pin.start_min >= day.frozen_until_min:
            yield Breach("second", task.id, "needs a second agent")
        return
    second = next((agent for agent in day.agents if agent.id == work.second), None)
    if second is None:
        return
    if work.second == work.agent:
        yield Breach("second", task.id, f"{work.second} cannot be both agents")
    if task.second.skill not in second.skills or second.authority < task.second.authority:
        yield Breach("second", task.id, f"{work.second} may not be the second agent")
    yield from _hours(task.id, second, _second_start(day, task, work), work.end_min)


def _hours(subject: str, agent: Agent, start: int, end: int) -> Iterator[Breach]:
    if not _covered(start, end, agent.shifts):
        yield Breach("off_shift", subject, f"{agent.id} is not there from {start} to {end}")
    for begin, stop in agent.breaks:
        if start < stop and begin < end:
            yield Breach("break", subject, f"{agent.id} rests from {begin} to {stop}")


def _covered(start: int, end: int, spans: tuple) -> bool:
    """Whether [start, end) lies in the spans, which may touch each other."""
    at = start
    for begin, stop in sorted(spans):
        if begin <= at < stop:
            at = stop
    return at >= end


def _length(day: Day, task: Task, factor: float) -> int:
    steps = math.ceil(round(task.minutes * factor / day.grid_min, 6))
    return max(1, steps) * day.grid_min


def _second_start(day: Day, task: Task, work: Work) -> int:
    last = task.second.last_min
    if last is None:
        return work.start_min
    return max(work.start_min, work.end_min - math.ceil(last / day.grid_min) * day.grid_min)


def _agent_stays(day: Day, plan: Plan, whole: list[VisitPlanIn]) -> dict[str, list[Stay]]:
    """Return who is busy when, pinned tasks of visits without a seat included."""
    stays: dict[str, list[Stay]] = {}
    placed = {visit.id for visit in whole}
    for visit in day.visits:
        for task in visit.tasks:
            if visit.id in placed:
                work, pin = plan.tasks[task.id], task.pin
                stay = Stay(work.start_min, work.end_min, task.id, pin is not None)
                stays.setdefault(work.agent, []).append(stay)
                if work.second is not None and task.second is not None:
                    decided = pin is not None and pin.second is not None
                    start = _second_start(day, task, work)
                    stay = Stay(start, work.end_min, task.id, decided)
                    stays.setdefault(work.second, []).append(stay)
            elif task.pin is not None:
                end = task.pin.end_min or task.pin.start_min + day.grid_min
                stay = Stay(task.pin.start_min, end, task.id, True)
                stays.setdefault(task.pin.agent, []).append(stay)
    return stays


def _desk_stays(day: Day, plan: Plan, whole: list[VisitPlanIn]) -> dict[str, list[Stay]]:
    stays: dict[str, list[Stay]] = {}
    for visit in whole:
        desk = plan.visits[visit.id].desk
        if desk is not None:
            works = [plan.tasks[task.id] for task in visit.tasks]
            start = min(work.start_min for work in works)
            end = max(work.end_min for work in works)
            decided = visit.pin is not None and visit.seated
            stays.setdefault(desk, []).append(Stay(start, end, visit.id, decided))
    return stays


def _doubles(kind: str, stays: dict[str, list[Stay]]) -> Iterator[Breach]:
    """Two stays at once, unless both were decided before the plan."""
    for who, kept in stays.items():
        ordered = sorted(kept)
        for place, stay in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other.start >= stay.end:
                    break
                if not (stay.decided and other.decided):
                    pair = f"{stay.subject} and {other.subject} at {other.start}"
                    yield Breach(kind, who, pair)
