"""Colleagues who must come to a desk: agents of a visit beyond its first."""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term


def amount(day: Day, plan: Plan) -> int:
    total = 0
    for visit in day.visits:
        if len(visit.tasks) > 1 and visit.id in plan.visits:
            total += len({plan.tasks[task.id].agent for task in visit.tasks}) - 1
    return 10 * total


def build(draft):
    return 10 * sum(
        sum(draft.serves(visit, agent) for agent in draft.agents_of(visit)) - draft.placed(visit)
        for visit in draft.visits
        if len(visit.tasks) > 1
    )


TERM = Term("handoffs", "handoff", 3, amount, build)
