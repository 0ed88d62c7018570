"""Minutes a visit starts after the time its person was told, by priority."""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term, tenths


def amount(day: Day, plan: Plan) -> int:
    total = 0
    for visit in day.visits:
        if visit.told_min is not None and visit.id in plan.visits:
            total += tenths(visit) * max(0, plan.visits[visit.id].start_min - visit.told_min)
    return total


def build(draft):
    return sum(
        tenths(visit) * draft.past(visit, visit.told_min)
        for visit in draft.visits
        if visit.told_min is not None
    )


TERM = Term("wait", "min", 1, amount, build)
