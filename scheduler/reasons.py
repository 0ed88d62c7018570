"""Why a visit finds no place: a short code and the facts that fill its sentence.

The sentences themselves live with the words of the house, not here. Codes:
no_skill, no_authority, no_feature, no_desk, no_second, range_passed,
off_shift, desks_shut, agents_busy, desks_busy, no_common_gap.
"""

from typing import Any

from scheduler.fit import Fit, Free, mask, runs
from scheduler.parts import Task, VisitPlanIn

CODES = (
    "no_skill",
    "no_authority",
    "no_feature",
    "no_desk",
    "no_second",
    "range_passed",
    "off_shift",
    "desks_shut",
    "agents_busy",
    "desks_busy",
    "no_common_gap",
)


def why_unplaced(fit: Fit, free: Free, visit: VisitPlanIn, low: int, high: int) -> dict[str, Any]:
    """Return {code, facts}: the first thing that stands against a start slot in [low, high]."""
    for task in visit.tasks:
        if task.pin is None:
            found = _nobody_can(fit, visit, task)
            if found is not None:
                return found
    if not fit.desks(visit):
        return _told("no_desk", needs=sorted(visit.desk_needs))
    if low > high and not visit.seated:
        return _told("range_passed", latest_min=visit.latest_min, earliest_min=low * fit.grid)
    for task in visit.tasks:
        if task.pin is None:
            found = _no_time(fit, free, visit, task, low, high)
            if found is not None:
                return found
    return _no_desk_time(fit, free, visit, low, high) or _told("no_common_gap")


def _told(code: str, **facts: Any) -> dict[str, Any]:
    return {"code": code, "facts": facts}


def _nobody_can(fit: Fit, visit: VisitPlanIn, task: Task) -> dict[str, Any] | None:
    agents = [agent for agent in fit.day.agents if task.skill in agent.skills]
    if not agents:
        return _told("no_skill", task=task.id, skill=task.skill)
    agents = [agent for agent in agents if agent.authority >= task.authority]
    if not agents:
        return _told("no_authority", task=task.id, skill=task.skill, authority=task.authority)
    if not fit.firsts(task, visit):
        needs = sorted(visit.agent_needs)
        return _told("no_feature", task=task.id, skill=task.skill, needs=needs)
    if task.second is not None and not fit.seconds(task):
        return _told("no_second", task=task.id, skill=task.second.skill)
    return None


def _no_time(
    fit: Fit, free: Free, visit: VisitPlanIn, task: Task, low: int, high: int
) -> dict[str, Any] | None:
    """Return the reason when no agent alone has room for the task, ignoring desks."""
    first = high if len(visit.tasks) == 1 else 10_000
    span = mask(low, max(low, first) + 1)
    facts = {"task": task.id, "skill": task.skill}
    if not any(runs(fit.hours[agent], length) & span for agent, length in fit.firsts(task, visit)):
        return _told("off_shift", **facts)
    if not any(runs(free.agent[agent], length) & span for agent, length in fit.firsts(task, visit)):
        agents = sorted({agent for agent, _ in fit.firsts(task, visit)})
        return _told("agents_busy", **facts, agents=agents)
    return None


def _no_desk_time(
    fit: Fit, free: Free, visit: VisitPlanIn, low: int, high: int
) -> dict[str, Any] | None:
    """Return the reason when no desk alone has room for the shortest visit, ignoring agents."""
    if not fit.day.desks or visit.pin is not None:
        return None
    length = sum(
        min(slots for _, slots in fit.firsts(task, visit))
        for task in visit.tasks
        if task.pin is None
    )
    span, desks = mask(low, max(low, high) + 1), fit.desks(visit)
    if not any(runs(fit.open[desk], length) & span for desk in desks):
        return _told("desks_shut", desks=sorted(desks))
    if not any(runs(free.desk[desk], length) & span for desk in desks):
        return _told("desks_busy", desks=sorted(desks))
    return None
