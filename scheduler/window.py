"""Cut what may move out of a day: which visits, and between which slots each may start.

A step of the search frees the visits around one that costs something; the whole day is
freed only when its literals are few. Solving is the business of `solve.py`.
"""

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from scheduler.day import Day
from scheduler.fit import Fit
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan
from scheduler.terms import tenths

REACH_SLOTS = 3
WHOLE_DAY_LITERALS = 120_000


class Cut(NamedTuple):
    """The visits that may move and their (low, high) start slots."""

    visits: list[VisitPlanIn]
    ranges: dict[str, tuple[int, int]]


def costs(day: Day, plan: Plan, weights: Mapping[str, int]) -> dict[str, float]:
    """Return what each loose visit costs by waiting, lateness or having no place."""
    found = {}
    for visit in day.visits:
        if visit.seated:
            continue
        place = plan.visits.get(visit.id)
        if place is None:
            found[visit.id] = weights["unplaced"] * tenths(visit) / 10
        else:
            found[visit.id] = start_cost(visit, place.start_min, weights)
    return found


def start_cost(visit: VisitPlanIn, start_min: int, weights: Mapping[str, int]) -> float:
    """Return the cost of starting the visit at `start_min`: wait and lateness, weighted."""
    cost = 0.0
    if visit.told_min is not None:
        cost += weights["wait"] * max(0, start_min - visit.told_min)
    if visit.promise_min is not None:
        cost += weights["lateness"] * max(0, start_min - visit.promise_min)
    return cost * tenths(visit) / 10


def around(
    day: Day, fit: Fit, plan: Plan, cost: Mapping[str, float], size: int, random: Random
) -> Cut:
    """Return a cut of up to `size` visits around one that costs something."""
    ids = list(cost)
    centre = day.visit[random.choices(ids, [cost[one] + 0.05 for one in ids])[0]]
    place = plan.visits.get(centre.id)
    at = place.start_min if place is not None else centre.earliest_min
    wished = centre.told_min if centre.told_min is not None else centre.earliest_min
    middle = random.randint(min(wished, at), max(wished, at))
    skills = {task.skill for task in centre.tasks}

    def apart(visit: VisitPlanIn) -> float:
        seat = plan.visits.get(visit.id)
        minute = seat.start_min if seat is not None else visit.earliest_min
        kin = any(task.skill in skills for task in visit.tasks)
        return abs(minute - middle) * (0.5 if kin else 1.0) * random.uniform(0.6, 1.4)

    near = sorted((day.visit[one] for one in ids if one != centre.id), key=apart)[: size - 1]
    visits = [centre, *near]
    return Cut(visits, {visit.id: _reach(fit, plan, visit) for visit in visits})


def _reach(fit: Fit, plan: Plan, visit: VisitPlanIn) -> tuple[int, int]:
    """Return the start slots a freed visit may take: back to its told time, a little beyond."""
    first, last = fit.earliest(visit), visit.latest_min // fit.grid
    place = plan.visits.get(visit.id)
    if place is None:
        return first, min(last, first + 24)
    now = place.start_min // fit.grid
    wished = visit.told_min if visit.told_min is not None else place.start_min
    back = min(now, max(wished // fit.grid, now - 12))
    return max(first, back - REACH_SLOTS), min(last, now + REACH_SLOTS)


def whole_day(
    day: Day, fit: Fit, plan: Plan, weights: Mapping[str, int], objective: float
) -> Cut | None:
    """Return a cut that holds every plan cheaper than `objective`; None when it is too large.

    A visit that alone would cost the objective cannot start there in a cheaper plan.
    """
    visits, ranges, literals = [], {}, 0
    for visit in day.visits:
        if visit.seated:
            if any(task.pin is None for task in visit.tasks):
                return None
            continue
        first, last = fit.earliest(visit), visit.latest_min // fit.grid
        while last > first and start_cost(visit, last * fit.grid, weights) >= objective:
            last -= 1
        if first > last:
            continue
        visits.append(visit)
        ranges[visit.id] = first, last
        literals += sum(len(fit.firsts(task, visit)) for task in visit.tasks) * (last - first + 1)
        if literals > WHOLE_DAY_LITERALS:
            return None
    return Cut(visits, ranges)
