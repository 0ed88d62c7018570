"""Minutes a visit starts after its promise, by priority."""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term, tenths


def amount(day: Day, plan: Plan) -> int:
    total = 0
    for visit in day.visits:
        if visit.promise_min is not None and visit.id in plan.visits:
            late = plan.visits[visit.id].start_min - visit.promise_min
            total += tenths(visit) * max(0, late)
    return total


def build(draft):
    return sum(
        tenths(visit) * draft.past(visit, visit.promise_min)
        for visit in draft.visits
        if visit.promise_min is not None
    )


TERM = Term("lateness", "min", 10, amount, build)
