"""Visits without a place, by priority."""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term, tenths


def amount(day: Day, plan: Plan) -> int:
    return sum(tenths(visit) for visit in day.visits if visit.id not in plan.visits)


def build(draft):
    return sum(tenths(visit) * (1 - draft.placed(visit)) for visit in draft.visits)


TERM = Term("unplaced", "visit", 2000, amount, build)
