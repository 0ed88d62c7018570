"""Who can do what, where and how long, and what is still free: slots as bits of whole numbers.

Bit n of a mask is the n-th grid step from midnight. Solvers share this; the judge
(`check.py`) does not.
"""

from itertools import permutations

from scheduler.day import Day, on_grid
from scheduler.parts import Task, VisitPlanIn
from scheduler.plan import Seat, Work
from scheduler.refusal import Span

ORDERS_AT_MOST = 12


def mask(start: int, end: int) -> int:
    """Return the bits of slots [start, end)."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def runs(free: int, length: int) -> int:
    """Return the slots at which `length` free slots in a row begin."""
    done = 1
    while done < length:
        step = min(done, length - done)
        free &= free >> step
        done += step
    return free


class Fit:
    """Eligibility of one day's agents and desks, cached by kind of task and visit."""

    def __init__(self, day: Day):
        self.day, self.grid = day, day.grid_min
        self.hours = {a.id: self._bits(a.shifts) & ~self._bits(a.breaks) for a in day.agents}
        self.open = {desk.id: self._bits(desk.open) for desk in day.desks}
        self._firsts: dict[tuple, list[tuple[str, int]]] = {}
        self._seconds: dict[tuple, list[str]] = {}
        self._desks: dict[frozenset, list[str]] = {}
        self._patience = sorted(day.agents, key=lambda agent: len(agent.skills))

    def _bits(self, spans: tuple[Span, ...]) -> int:
        bits = 0
        for start, end in spans:
            bits |= mask(start // self.grid, end // self.grid)
        return bits

    def firsts(self, task: Task, visit: VisitPlanIn) -> list[tuple[str, int]]:
        """Return (agent id, slots of work), the least flexible agents first."""
        key = (task.skill, task.minutes, task.authority, visit.agent_needs)
        found = self._firsts.get(key)
        if found is None:
            found = self._firsts[key] = [
                (agent.id, on_grid(task.minutes * agent.skills[task.skill], self.grid) // self.grid)
                for agent in self._patience
                if task.skill in agent.skills
                and agent.authority >= task.authority
                and visit.agent_needs <= agent.features
            ]
        return found

    def seconds(self, task: Task) -> list[str]:
        """Return the agents who may sit beside the first one."""
        key = (task.second.skill, task.second.authority)
        found = self._seconds.get(key)
        if found is None:
            found = self._seconds[key] = [
                agent.id
                for agent in self._patience
                if task.second.skill in agent.skills and agent.authority >= task.second.authority
            ]
        return found

    def desks(self, visit: VisitPlanIn) -> list[str | None]:
        """Return the desks that serve the visit's needs, plainest first; [None] without desks."""
        if not self.day.desks:
            return [None]
        if visit.pin is not None:
            return [visit.pin.desk]
        found = self._desks.get(visit.desk_needs)
        if found is None:
            plainest = sorted(self.day.desks, key=lambda desk: len(desk.features))
            found = [desk.id for desk in plainest if visit.desk_needs <= desk.features]
            self._desks[visit.desk_needs] = found
        return found

    def second_slots(self, task: Task, length: int) -> int:
        """Return for how many last slots of `length` the second agent is needed."""
        if task.second.last_min is None:
            return length
        return min(length, on_grid(task.second.last_min, self.grid) // self.grid)

    def earliest(self, visit: VisitPlanIn) -> int:
        """Return the first slot at which an unpinned task of the visit may start."""
        return -(-max(visit.earliest_min, self.day.frozen_until_min) // self.grid)


def orders(visit: VisitPlanIn) -> list[tuple[Task, ...]]:
    """Return orders of the unpinned tasks that respect `after`; the given one first."""
    loose = tuple(task for task in visit.tasks if task.pin is None)
    if len(loose) < 2:
        return [loose]
    ids = {task.id for task in loose}
    found = []
    for order in permutations(loose):
        seen: set[str] = set()
        for task in order:
            if any(before in ids and before not in seen for before in task.after):
                break
            seen.add(task.id)
        else:
            found.append(order)
            if len(found) == ORDERS_AT_MOST:
                break
    return found


class Free:
    """What is still free on a day: one mask per agent and per desk."""

    def __init__(self, fit: Fit):
        self.fit, self.grid = fit, fit.grid
        self.agent = dict(fit.hours)
        self.desk: dict[str | None, int] = dict(fit.open)
        self.used: dict[str | None, int] = dict.fromkeys(fit.open, 0)

    def _parts(self, task: Task, work: Work) -> list[tuple[str, int]]:
        start, end = work.start_min // self.grid, work.end_min // self.grid
        parts = [(work.agent, mask(start, end))]
        if work.second is not None and task.second is not None:
            slots = self.fit.second_slots(task, end - start)
            parts.append((work.second, mask(end - slots, end)))
        return parts

    def hull(self, works: dict[str, Work]) -> int:
        """Return the slots from the first start to the last end."""
        start = min(work.start_min for work in works.values())
        end = max(work.end_min for work in works.values())
        return mask(start // self.grid, end // self.grid)

    def take(self, visit: VisitPlanIn, seat: Seat, works: dict[str, Work]) -> None:
        """Mark the visit's desk and agents busy."""
        if seat.desk is not None:
            bits = self.hull(works)
            self.desk[seat.desk] &= ~bits
            self.used[seat.desk] |= bits
        for task in visit.tasks:
            if task.id in works:
                for agent, bits in self._parts(task, works[task.id]):
                    self.agent[agent] &= ~bits

    def give_back(self, visit: VisitPlanIn, seat: Seat, works: dict[str, Work]) -> None:
        """Undo `take` for an unpinned visit, whose slots were all free before it."""
        if seat.desk is not None:
            bits = self.hull(works)
            self.desk[seat.desk] |= bits & self.fit.open[seat.desk]
            self.used[seat.desk] &= ~bits
        for task in visit.tasks:
            for agent, bits in self._parts(task, works[task.id]):
                self.agent[agent] |= bits & self.fit.hours[agent]
