"""Mend: keep what still holds of a plan, place the rest, always answer, in milliseconds.

Pins are floor truth and go first; who cannot be placed is named with the reason.
Making it cheaper is the business of `solve.py`.
"""

from scheduler.day import Day
from scheduler.fit import Fit, Free, mask
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan, Seat, Work
from scheduler.reasons import why_unplaced
from scheduler.seating import pinned_works, seat, seat_at
from scheduler.terms import priced


def mend(day: Day, plan: Plan | None = None) -> Plan:
    """Return an honest plan for `day`: what holds of `plan`, and the rest where it fits soonest."""
    return priced(day, Mending(day, plan or Plan.empty()).done())


class Mending:
    """One mend at work: what is free, and what is placed so far."""

    def __init__(self, day: Day, old: Plan):
        self.day, self.old = day, old
        self.fit = Fit(day)
        self.free = Free(self.fit)
        self.seats: dict[str, Seat] = {}
        self.works: dict[str, dict[str, Work]] = {}
        self.left: dict[str, dict] = {}

    def done(self) -> Plan:
        """Place pins, keep what holds, place the rest, then pull late visits forward."""
        self.kept(())
        self._pull_forward()
        return self.plan()

    def kept(self, left: tuple[str, ...]) -> Plan:
        """Place pins, keep what holds and place the rest, leaving out the visits of `left`."""
        self._block_pins()
        visits = [visit for visit in self.day.visits if visit.id not in left]
        decided = [visit for visit in visits if visit.seated]
        called = [visit for visit in visits if visit.pin and not visit.seated]
        loose = [visit for visit in visits if not visit.pin and not visit.seated]
        for visit in decided:
            self._place(visit)
        broken = [visit for visit in called if not self._keep(visit)]
        for visit in sorted(broken, key=_urgency):
            self._place(visit)
        broken = [visit for visit in self._in_old_order(loose) if not self._keep(visit)]
        for visit in sorted(broken, key=_urgency):
            self._place(visit)
        self.left.update({one: self.old.why.get(one, {}) for one in left if one in self.day.visit})
        return self.plan()

    def plan(self) -> Plan:
        """Return what is placed so far."""
        tasks = {task: work for works in self.works.values() for task, work in works.items()}
        status = "partial" if self.left else "feasible"
        return Plan(self.seats, tasks, tuple(self.left), status, why=self.left)

    def _block_pins(self) -> None:
        """Mark pinned agents and desks busy before anyone is placed, even if the visit fails."""
        for visit in self.day.visits:
            works = pinned_works(self.fit, visit) if visit.seated else {}
            if works:
                desk = visit.pin.desk if visit.pin and self.day.desks else None
                start = min(work.start_min for work in works.values())
                self.free.take(visit, Seat(desk, start), works)

    def _in_old_order(self, visits: list[VisitPlanIn]) -> list[VisitPlanIn]:
        seats = self.old.visits
        known = [visit for visit in visits if visit.id in seats]
        known.sort(key=lambda visit: seats[visit.id].start_min)
        return known + [visit for visit in visits if visit.id not in seats]

    def _keep(self, visit: VisitPlanIn) -> bool:
        """Keep the visit as planned, or at least its start; False when neither holds."""
        near = self.old.visits.get(visit.id)
        if near is None:
            return False
        works = {
            task.id: self.old.tasks[task.id] for task in visit.tasks if task.id in self.old.tasks
        }
        if holds(self.fit, self.free, visit, near, works):
            self._take(visit, near, works)
            return True
        slot = near.start_min // self.fit.grid
        if near.start_min % self.fit.grid or not self._may_start(visit, slot):
            return False
        found = seat_at(self.fit, self.free, visit, slot, near)
        if found is not None:
            self._take(visit, *found)
        return found is not None

    def _may_start(self, visit: VisitPlanIn, slot: int) -> bool:
        return self.fit.earliest(visit) <= slot <= visit.latest_min // self.fit.grid

    def _place(self, visit: VisitPlanIn) -> None:
        low, high = self.fit.earliest(visit), visit.latest_min // self.fit.grid
        found = seat(self.fit, self.free, visit, low, high, self.old.visits.get(visit.id))
        if found is None:
            self.left[visit.id] = why_unplaced(self.fit, self.free, visit, low, high)
        else:
            self._take(visit, *found)

    def _take(self, visit: VisitPlanIn, place: Seat, works: dict[str, Work]) -> None:
        self.seats[visit.id], self.works[visit.id] = place, works
        self.free.take(visit, place, works)

    def _pull_forward(self) -> None:
        """Seat visits that wait past their told time sooner, where a gap has opened."""
        late = [
            visit
            for visit in self.day.visits
            if visit.told_min is not None
            and not visit.seated
            and visit.id in self.seats
            and self.seats[visit.id].start_min > visit.told_min
        ]
        for visit in sorted(late, key=_urgency):
            place, works = self.seats[visit.id], self.works[visit.id]
            self.free.give_back(visit, place, works)
            low = self.fit.earliest(visit)
            found = seat(self.fit, self.free, visit, low, place.start_min // self.fit.grid - 1)
            self._take(visit, *(found or (place, works)))


def _urgency(visit: VisitPlanIn) -> tuple:
    promise = visit.promise_min if visit.promise_min is not None else visit.latest_min
    return -visit.weight, promise, visit.told_min or visit.earliest_min, visit.id


def holds(fit: Fit, free: Free, visit: VisitPlanIn, place: Seat, works: dict[str, Work]) -> bool:
    """Whether an unpinned visit can stay exactly as planned in what is free."""
    grid, tasks = fit.grid, visit.tasks
    if len(works) < len(tasks) or any(work.start_min % grid for work in works.values()):
        return False
    low, high = fit.earliest(visit) * grid, visit.latest_min
    if place.start_min != min(work.start_min for work in works.values()):
        return False
    if not low <= place.start_min <= high or place.desk not in fit.desks(visit):
        return False
    taken: dict[str, int] = {}
    own = 0
    for task in tasks:
        work = works[task.id]
        start, end = work.start_min // grid, work.end_min // grid
        bits = mask(start, end)
        if own & bits or (work.agent, end - start) not in fit.firsts(task, visit):
            return False
        if any(work.start_min < works[before].end_min for before in task.after):
            return False
        if not _second_holds(fit, free, task, work):
            return False
        own |= bits
        taken[work.agent] = taken.get(work.agent, 0) | bits
    if any(free.agent[agent] & bits != bits for agent, bits in taken.items()):
        return False
    if place.desk is None:
        return True
    need = free.hull(works)
    if visit.pin is not None:
        return not free.used[place.desk] & need
    return free.desk[place.desk] & need == need


def _second_holds(fit: Fit, free: Free, task, work: Work) -> bool:
    if task.second is None:
        return work.second is None
    if work.second is None or work.second == work.agent or work.second not in fit.seconds(task):
        return False
    end, length = work.end_min // fit.grid, (work.end_min - work.start_min) // fit.grid
    bits = mask(end - fit.second_slots(task, length), end)
    return free.agent[work.second] & bits == bits
