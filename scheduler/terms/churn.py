"""What moves against the previous plan; what comes within half an hour weighs most.

A start counts per minute, a desk or an agent per change: screens and hosts have
already been told what is near, and nobody has been told what is far.
"""

from scheduler.day import Day
from scheduler.plan import Plan
from scheduler.terms import Term

NEAR_MIN = 30
NEAR, FAR = 40, 1


def amount(day: Day, plan: Plan) -> int:
    if day.previous is None:
        return 0
    total = 0
    for visit in day.visits:
        old = day.previous.visits.get(visit.id)
        if old is None or visit.seated or visit.id not in plan.visits:
            continue
        new = plan.visits[visit.id]
        each, a_minute = rates(day, old.start_min)
        total += each * (new.desk != old.desk)
        total += a_minute * abs(new.start_min - old.start_min)
        for task in visit.tasks:
            work = day.previous.tasks.get(task.id)
            total += each * (work is not None and plan.tasks[task.id].agent != work.agent)
    return total


def build(draft):
    previous = draft.day.previous
    if previous is None:
        return 0
    total = 0
    for visit in draft.visits:
        old = previous.visits.get(visit.id)
        if old is None or visit.seated:
            continue
        each, a_minute = rates(draft.day, old.start_min)
        placed = draft.placed(visit)
        total += each * (placed - draft.sits_at(visit, old.desk))
        total += a_minute * draft.apart(visit, old.start_min)
        for task in visit.tasks:
            work = previous.tasks.get(task.id)
            if work is not None:
                total += each * (placed - draft.works_on(task, work.agent))
    return total


def rates(day: Day, start_min: int) -> tuple[int, int]:
    """Return (tenths per changed desk or agent, tenths per minute moved)."""
    near = day.frozen_until_min > 0 and start_min < day.frozen_until_min + NEAR_MIN
    return (NEAR, 5) if near else (FAR, 0)


TERM = Term("churn", "change", 1, amount, build)
