"""Minutes agents work past the end of their last shift: only pins can do that."""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term


def amount(day: Day, plan: Plan) -> int:
    total = 0
    for visit in day.visits:
        if visit.seated and visit.id in plan.visits:
            total += _of(day, visit, plan.tasks)
    return total


def build(draft):
    """Return a constant: what the solver may move stays inside shifts."""
    return sum(
        draft.placed(visit) * _of(draft.day, visit, draft.pinned(visit))
        for visit in draft.visits
        if visit.seated
    )


def _of(day, visit, works) -> int:
    total = 0
    for task in visit.tasks:
        if task.pin is not None:
            work = works[task.id]
            shifts = day.agent[work.agent].shifts
            last = max([work.start_min, *(end for _, end in shifts)])
            total += max(0, work.end_min - last)
    return 10 * total


TERM = Term("overtime", "min", 2, amount, build)
