"""Could a start have been offered after all? CP-SAT settles what the fast search did not find.

For tests, benches and background work: 80 ms to seconds a start, never in a request.
"""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.day import Day
from scheduler.fit import Fit, Free
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan
from scheduler.seating import pinned_works
from scheduler.terms import weights


def possible(
    day: Day, plan: Plan, visit: VisitPlanIn, start_min: int, limit_s: float = 30.0
) -> bool | None:
    """Whether `visit` can start at `start_min` while every placed visit keeps its own start.

    Returns None when `limit_s` seconds did not settle it.
    """
    from ortools.sat.python import cp_model

    from scheduler.model import Draft

    fit = Fit(day)
    free, moving, ranges = Free(fit), [], {}
    for other in day.visits:
        place = plan.visits.get(other.id)
        if other.seated:
            works = pinned_works(fit, other)
            if place is not None:
                works = {task.id: plan.tasks[task.id] for task in other.tasks}
                free.take(other, place, works)
        elif place is not None and other.id != visit.id:
            moving.append(other)
            ranges[other.id] = (place.start_min // fit.grid,) * 2
    asked = replace(visit, earliest_min=start_min, latest_min=start_min)
    if fit.earliest(asked) * fit.grid > start_min:
        return False
    moving.append(asked)
    ranges[asked.id] = (start_min // fit.grid,) * 2
    nothing = dict.fromkeys(weights(), 0)
    draft = Draft(day, fit, free, moving, ranges, frozenset(), nothing)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.num_workers = 1
    status = solver.solve(draft.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    return False if status == cp_model.INFEASIBLE else None


def proof(
    day: Day, plan: Plan, visit: VisitPlanIn, offered: Iterable[int], limit_s: float = 30.0
) -> dict[int, str]:
    """Return for every start not offered: "impossible", "possible" or "undecided"."""
    words = {True: "possible", False: "impossible", None: "undecided"}
    known = set(offered)
    grid = day.grid_min
    first = Fit(day).earliest(visit) * grid
    return {
        minute: words[possible(day, plan, visit, minute, limit_s)]
        for minute in range(first, visit.latest_min + 1, grid)
        if minute not in known
    }
