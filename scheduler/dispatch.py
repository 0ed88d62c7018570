"""Who is served next: an index rule over the people present, in under two milliseconds.

It advises; whether a visit is still there to be called is known only where it is called.
Index = minutes past the promise, then minutes waited, by priority; booked people whose
promise is near go first, and an agent with a rare skill is kept for those who need it.
Source: weighted (delay-based) c-mu rule, van Mieghem 1995, with bookings as due dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.day import Day
from scheduler.fit import Fit, orders
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan

PROMISE_NEAR_MIN = 10
PROMISE_PASSED_MIN = 30
BOOKED_BONUS_MIN = 4
PLANNED_BONUS_MIN = 6
RARE_BONUS_MIN = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person present: the visit, when they came, what they were told and promised."""

    visit: str
    arrived_min: float
    told_min: float | None = None
    promise_min: float | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A visit this agent may begin now at this desk, and why: a code and its facts."""

    visit: str
    desk: str | None
    why: str
    facts: dict[str, Any]


def order(
    day: Day,
    plan: Plan,
    waiting: Sequence[Waiting],
    agent: str,
    now_min: float,
    desks: Sequence[str],
) -> list[Choice]:
    """Return whom `agent` may begin at one of the free `desks`, best first.

    Codes of why: promise_passed, promise_near, planned_now, only_host, longest_wait.
    """
    fit = Fit(day)
    ranked = []
    for person in waiting:
        visit = day.visit.get(person.visit)
        if visit is None or not _may_begin(fit, visit, agent):
            continue
        desk = _desk(fit, plan, visit, desks)
        if desk is None and day.desks:
            continue
        index, why, facts = _index(fit, plan, visit, person, agent, now_min)
        ranked.append((-index, person.arrived_min, Choice(visit.id, desk, why, facts)))
    ranked.sort(key=lambda item: (item[0], item[1], item[2].visit))
    return [choice for _, _, choice in ranked]


def _may_begin(fit: Fit, visit: VisitPlanIn, agent: str) -> bool:
    """Whether the agent can serve one of the tasks the visit can start with."""
    if visit.seated:
        return False
    firsts = {tasks[0].id: tasks[0] for tasks in orders(visit)}
    return any(agent == who for task in firsts.values() for who, _ in fit.firsts(task, visit))


def _desk(fit: Fit, plan: Plan, visit: VisitPlanIn, desks: Sequence[str]) -> str | None:
    """Return the planned desk when free, else the first free one that serves the needs."""
    able = set(fit.desks(visit))
    free = [desk for desk in desks if desk in able]
    planned = plan.visits.get(visit.id)
    if planned is not None and planned.desk in free:
        return planned.desk
    plain = sorted(free, key=lambda desk: len(fit.day.desk[desk].features))
    return next((desk for desk in free if desk == desks[0]), plain[0]) if free else None


def _index(
    fit: Fit, plan: Plan, visit: VisitPlanIn, person: Waiting, agent: str, now_min: float
) -> tuple[float, str, dict[str, Any]]:
    told = person.told_min if person.told_min is not None else person.arrived_min
    waited = now_min - max(told, person.arrived_min)
    facts: dict[str, Any] = {"waited_min": max(0, round(now_min - person.arrived_min))}
    why, index = "longest_wait", waited
    able = {who for task in visit.tasks for who, _ in fit.firsts(task, visit)}
    if len(able) == 1:
        why, index = "only_host", index + RARE_BONUS_MIN
    planned = plan.visits.get(visit.id)
    if planned is not None and planned.start_min <= now_min + fit.grid:
        works = [plan.tasks[task.id] for task in visit.tasks if task.id in plan.tasks]
        if works and min(works, key=lambda work: work.start_min).agent == agent:
            why, index = "planned_now", index + PLANNED_BONUS_MIN
    if person.promise_min is not None:
        index += BOOKED_BONUS_MIN if person.told_min is not None else 0
        left = person.promise_min - now_min
        facts["promise_in_min"] = round(left)
        if left < 0:
            why, index = "promise_passed", index - 3 * left + PROMISE_PASSED_MIN
        elif left <= PROMISE_NEAR_MIN:
            why, index = "promise_near", index + PROMISE_NEAR_MIN - left
    return index * person.weight, why, facts
