"""Seat one visit by direct fit into what is free: the one step greedy and offers repeat.

Never moves another visit; that is the business of `ejection.py` and `solve.py`.
"""

from scheduler.fit import Fit, Free, mask, orders, runs
from scheduler.parts import Task, VisitPlanIn
from scheduler.plan import Seat, Work

Seated = tuple[Seat, dict[str, Work]]
GAP_SLOTS = 6


def pinned_works(fit: Fit, visit: VisitPlanIn) -> dict[str, Work]:
    """Return what is decided: the works of the visit's pinned tasks, seconds as pinned."""
    return {
        task.id: Work(task.pin.agent, task.pin.second, task.pin.start_min, fit.day.pinned_end(task))
        for task in visit.tasks
        if task.pin is not None
    }


def first_starts(fit: Fit, free: Free, visit: VisitPlanIn, low: int, high: int) -> int:
    """Return the slots in [low, high] at which some first task and some desk fit, as a mask."""
    found = 0
    first_tasks = {order[0].id: order[0] for order in orders(visit)}
    desks = [free.desk[desk] for desk in fit.desks(visit) if desk is not None]
    for task in first_tasks.values():
        by_length: dict[int, int] = {}
        for agent, length in fit.firsts(task, visit):
            by_length[length] = by_length.get(length, 0) | runs(free.agent[agent], length)
        for length, starts in by_length.items():
            if fit.day.desks and visit.pin is None:
                seats = 0
                for desk in desks:
                    seats |= runs(desk, length)
                starts &= seats
            found |= starts
    return found & mask(low, high + 1)


def seat(
    fit: Fit, free: Free, visit: VisitPlanIn, low: int, high: int, near: Seat | None = None
) -> Seated | None:
    """Return the earliest seating with its start slot in [low, high]; None when none fits.

    near  the seat it had: its start is tried first and its desk is preferred
    """
    if visit.seated:
        return seat_at(fit, free, visit, low, near)
    starts = first_starts(fit, free, visit, low, high)
    if near is not None and starts >> (near.start_min // fit.grid) & 1:
        found = seat_at(fit, free, visit, near.start_min // fit.grid, near)
        if found is not None:
            return found
    while starts:
        slot = (starts & -starts).bit_length() - 1
        starts &= starts - 1
        found = seat_at(fit, free, visit, slot, near)
        if found is not None:
            return found
    return None


def seat_at(
    fit: Fit, free: Free, visit: VisitPlanIn, slot: int, near: Seat | None = None
) -> Seated | None:
    """Return a seating that starts exactly at `slot` (a seated visit: goes on from there)."""
    for order in orders(visit):
        works = pinned_works(fit, visit)
        patience = GAP_SLOTS if not works else 10**6
        if not _seconds_of_pins(fit, free, visit, works):
            return None
        for task in order:
            work = _work(fit, free, visit, task, slot, works, patience)
            if work is None:
                break
            works[task.id] = work
        else:
            desk = _desk(fit, free, visit, works, near)
            if desk is not None or not fit.day.desks:
                start = min(work.start_min for work in works.values())
                return Seat(desk, start), works
    return None


def _work(
    fit: Fit,
    free: Free,
    visit: VisitPlanIn,
    task: Task,
    slot: int,
    works: dict[str, Work],
    patience: int,
) -> Work | None:
    """Return the soonest work of the task beside `works`, the same agent preferred."""
    grid = fit.grid
    low = max([slot, *(works[before].end_min // grid for before in task.after if before in works)])
    high = low + patience if works else low
    own = 0
    for other in works.values():
        own |= mask(other.start_min // grid, other.end_min // grid)
    for other in visit.tasks:
        if other.pin is not None and task.id in other.after:
            own |= ~mask(0, other.pin.start_min // grid)
    last = max(works.values(), key=lambda work: work.end_min).agent if works else None
    best, best_key = None, None
    for agent, length in fit.firsts(task, visit):
        starts = runs(free.agent[agent] & ~own, length) >> low << low
        while starts:
            begin = (starts & -starts).bit_length() - 1
            starts &= starts - 1
            if begin > high:
                break
            key = (begin, agent != last, _loose(free.agent[agent], begin, begin + length))
            if best_key is not None and key >= best_key:
                break
            second = _second(fit, free, task, agent, begin, length)
            if second is not None:
                best = Work(agent, second or None, begin * grid, (begin + length) * grid)
                best_key = key
                break
    return best


def _loose(free: int, start: int, end: int) -> int:
    """Return how many neighbouring slots stay free beside [start, end): fewer is tidier."""
    return (free >> end & 1) + (start > 0 and free >> (start - 1) & 1)


def _second(fit: Fit, free: Free, task: Task, first: str, begin: int, length: int) -> str | None:
    """Return the second agent, "" when none is needed, None when none is free."""
    if task.second is None:
        return ""
    slots = fit.second_slots(task, length)
    need = mask(begin + length - slots, begin + length)
    for agent in fit.seconds(task):
        if agent != first and free.agent[agent] & need == need:
            return agent
    return None


def _seconds_of_pins(fit: Fit, free: Free, visit: VisitPlanIn, works: dict[str, Work]) -> bool:
    """Find the second agents pins left open; False when one to come finds none."""
    for task in visit.tasks:
        work = works.get(task.id)
        if work is None or task.second is None or work.second is not None:
            continue
        begin, length = work.start_min // fit.grid, (work.end_min - work.start_min) // fit.grid
        second = _second(fit, free, task, work.agent, begin, length)
        if second is not None:
            works[task.id] = work._replace(second=second)
        elif work.start_min >= fit.day.frozen_until_min:
            return False
    return True


def _desk(
    fit: Fit, free: Free, visit: VisitPlanIn, works: dict[str, Work], near: Seat | None
) -> str | None:
    """Return a desk free for the whole visit: the one it had, else the tidiest plain one."""
    if not fit.day.desks:
        return None
    need = free.hull(works)
    if visit.pin is not None:
        # Floor truth: a pinned desk is sat at, open or not; only the time to come must be free.
        desk = visit.pin.desk
        return desk if visit.seated or not free.used[desk] & need else None
    start, end = need.bit_length() - need.bit_count(), need.bit_length()
    best, best_key = None, None
    for place, desk in enumerate(fit.desks(visit)):
        open_bits = free.desk[desk]
        if open_bits & need != need:
            continue
        if near is not None and desk == near.desk:
            return desk
        features = len(fit.day.desk[desk].features)
        key = (features, _loose(open_bits, start, end), place)
        if best_key is None or key < best_key:
            best, best_key = desk, key
    return best
