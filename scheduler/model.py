"""The CP-SAT model of the visits that may move: time-indexed agents, intervals at desks.

One literal per (task, agent, start): a slot of an agent is used at most once. Desks are
modelled too, so a cheaper answer is a cheaper plan. What may move is chosen in `window.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from scheduler.day import Day
from scheduler.fit import Fit, Free, runs
from scheduler.parts import Task, VisitPlanIn
from scheduler.plan import Plan, Seat, Work
from scheduler.terms import terms

GAP_SLOTS = 6
Visit = VisitPlanIn


class Pick(NamedTuple):
    """One way to do a task: agent, first slot, slots, and its literal."""

    agent: str
    start: int
    length: int
    literal: cp_model.IntVar


class Draft:
    """A model of `visits`, each starting in its (low, high) slots, beside what is not free.

    ranges    visit id -> (low, high) slots of the visit's start
    optional  ids that may stay unplaced; every other one must be placed
    """

    def __init__(
        self,
        day: Day,
        fit: Fit,
        free: Free,
        visits: Sequence[Visit],
        ranges: Mapping[str, tuple[int, int]],
        optional: frozenset[str],
        weights: Mapping[str, int],
    ):
        self.day, self.fit, self.free, self.grid = day, fit, free, fit.grid
        self.visits, self.ranges, self.optional = visits, ranges, optional
        self.model = cp_model.CpModel()
        self._placed: dict[str, object] = {}
        self.starts: dict[str, dict[int, object]] = {}
        self.picks: dict[str, list[Pick]] = {}
        self.seconds: dict[str, list[Pick]] = {}
        self.seats: dict[str, dict[str | None, object]] = {}
        self.busy: dict[tuple[str, int], list] = defaultdict(list)
        self._serves: dict[tuple[str, str], object] = {}
        for visit in visits:
            self._add_visit(visit)
        for literals in self.busy.values():
            if len(literals) > 1:
                self.model.add_at_most_one(literals)
        self._add_desks()
        built = [weights[term.name] * term.build(self) for term in terms() if weights[term.name]]
        self.cost = sum(built)
        self.model.minimize(self.cost)

    # what terms ask ---------------------------------------------------------------

    def placed(self, visit: Visit):
        """1 when the visit has a place: a literal or the constant."""
        return self._placed[visit.id]

    def past(self, visit: Visit, minute: int):
        """Minutes the visit starts after `minute`."""
        grid = self.grid
        return sum(
            (slot * grid - minute) * literal
            for slot, literal in self.starts[visit.id].items()
            if slot * grid > minute
        )

    def apart(self, visit: Visit, minute: int):
        """Minutes between the visit's start and `minute`."""
        starts = self.starts[visit.id].items()
        return sum(abs(slot * self.grid - minute) * literal for slot, literal in starts)

    def sits_at(self, visit: Visit, desk: str | None):
        """1 when the visit sits at this desk."""
        if not self.day.desks:
            return self._placed[visit.id] if desk is None else 0
        return self.seats[visit.id].get(desk, 0)

    def works_on(self, task: Task, agent: str):
        """1 when this agent does the task."""
        return sum(pick.literal for pick in self.picks[task.id] if pick.agent == agent)

    def agents_of(self, visit: Visit) -> list[str]:
        """Every agent who may do one of the visit's tasks."""
        return sorted({pick.agent for task in visit.tasks for pick in self.picks[task.id]})

    def serves(self, visit: Visit, agent: str):
        """1 when this agent does at least one task of the visit."""
        literal = self._serves.get((visit.id, agent))
        if literal is None:
            literal = self._serves[visit.id, agent] = self.model.new_bool_var("")
            for task in visit.tasks:
                self.model.add(self.works_on(task, agent) <= literal)
            self.model.add(sum(self.works_on(task, agent) for task in visit.tasks) >= literal)
        return literal

    def pinned(self, visit: Visit) -> dict[str, Work]:
        """Seated visits never move, so a draft holds none."""
        raise AssertionError(f"visit {visit.id} is seated and cannot be drafted")

    # building -----------------------------------------------------------------------

    def _add_visit(self, visit: Visit) -> None:
        assert not visit.seated
        low, high = self.ranges[visit.id]
        model = self.model
        placed = model.new_bool_var("") if visit.id in self.optional else 1
        self._placed[visit.id] = placed
        shortest = {
            task.id: min((length for _, length in self.fit.firsts(task, visit)), default=1)
            for task in visit.tasks
        }
        room = sum(shortest.values())
        own: dict[int, list] = defaultdict(list)
        for task in visit.tasks:
            last = high if len(visit.tasks) == 1 else high + room - shortest[task.id] + GAP_SLOTS
            self._add_task(visit, task, low, last, own)
            model.add(sum(pick.literal for pick in self.picks[task.id]) == placed)
        if len(visit.tasks) == 1:
            self._single_starts(visit)
        else:
            self._joint_starts(visit, low, high, own)

    def _add_task(self, visit: Visit, task: Task, low: int, last: int, own: dict) -> None:
        picks = self.picks[task.id] = []
        for agent, length in self.fit.firsts(task, visit):
            starts = runs(self.free.agent[agent], length) >> low << low
            while starts:
                slot = (starts & -starts).bit_length() - 1
                if slot > last:
                    break
                starts &= starts - 1
                literal = self.model.new_bool_var("")
                picks.append(Pick(agent, slot, length, literal))
                for at in range(slot, slot + length):
                    self.busy[agent, at].append(literal)
                    own[at].append(literal)
        if task.second is not None:
            self._add_second(task)

    def _add_second(self, task: Task) -> None:
        """Give each tail of the task one second agent; the slot rule keeps the two apart."""
        tails: dict[tuple[int, int], list] = defaultdict(list)
        for pick in self.picks[task.id]:
            slots, end = self.fit.second_slots(task, pick.length), pick.start + pick.length
            tails[end - slots, slots].append(pick.literal)
        seconds = self.seconds[task.id] = []
        for (start, length), literals in tails.items():
            beside = []
            for agent in self.fit.seconds(task):
                if runs(self.free.agent[agent], length) >> start & 1:
                    literal = self.model.new_bool_var("")
                    beside.append(literal)
                    seconds.append(Pick(agent, start, length, literal))
                    for at in range(start, start + length):
                        self.busy[agent, at].append(literal)
            self.model.add(sum(beside) == sum(literals))

    def _single_starts(self, visit: Visit) -> None:
        by_slot: dict[int, list] = defaultdict(list)
        for pick in self.picks[visit.tasks[0].id]:
            by_slot[pick.start].append(pick.literal)
        self.starts[visit.id] = {slot: sum(literals) for slot, literals in by_slot.items()}

    def _joint_starts(self, visit: Visit, low: int, high: int, own: dict) -> None:
        """The visit starts with its first task; tasks never meet and keep their order."""
        model, begins = self.model, defaultdict(list)
        for task in visit.tasks:
            for pick in self.picks[task.id]:
                begins[pick.start].append(pick.literal)
        starts = {slot: model.new_bool_var("") for slot in range(low, high + 1)}
        self.starts[visit.id] = starts
        model.add(sum(starts.values()) == self._placed[visit.id])
        first = sum(slot * literal for slot, literal in starts.items())
        for slot, literal in starts.items():
            model.add(sum(begins.get(slot, ())) >= literal)
        for literals in own.values():
            model.add_at_most_one(literals)
        for task in visit.tasks:
            model.add(self._begin(task) >= first)
            for before in task.after:
                model.add(self._begin(task) >= self._end(before))

    def _begin(self, task: Task):
        return sum(pick.start * pick.literal for pick in self.picks[task.id])

    def _end(self, task_id: str):
        return sum((pick.start + pick.length) * pick.literal for pick in self.picks[task_id])

    def _add_desks(self) -> None:
        if not self.day.desks:
            return
        model, stays = self.model, defaultdict(list)
        low = min((low for low, _ in self.ranges.values()), default=0)
        for visit in self.visits:
            first, last = self._hull(visit)
            begin = model.new_int_var(first, last, "")
            end = model.new_int_var(first, last, "")
            slots = model.new_int_var(0, last - first, "")
            picked = self._placed[visit.id]
            for task in visit.tasks:
                # An unplaced visit leaves both ends free: its sums are zero or below `begin`.
                model.add(begin <= self._begin(task) + last * (1 - picked))
                model.add(end >= self._end(task.id))
            literals = self.seats[visit.id] = {}
            for desk in self.fit.desks(visit):
                literal = literals[desk] = model.new_bool_var("")
                stays[desk].append(model.new_optional_interval_var(begin, slots, end, literal, ""))
            model.add(sum(literals.values()) == picked)
        for desk, intervals in stays.items():
            pinned = any(visit.pin is not None and visit.pin.desk == desk for visit in self.visits)
            blocked = self.free.used[desk] if pinned else ~self.free.desk[desk]
            reach = max(self._hull(visit)[1] for visit in self.visits)
            model.add_no_overlap(intervals + self._walls(blocked, low, reach))

    def _hull(self, visit: Visit) -> tuple[int, int]:
        low = self.ranges[visit.id][0]
        ends = [pick.start + pick.length for task in visit.tasks for pick in self.picks[task.id]]
        return low, max([low, *ends])

    def _walls(self, blocked: int, low: int, high: int) -> list:
        """Return fixed intervals over the blocked slots of [low, high)."""
        walls, start = [], None
        for slot in range(low, high + 1):
            shut = slot < high and blocked >> slot & 1
            if shut and start is None:
                start = slot
            elif not shut and start is not None:
                walls.append(self.model.new_fixed_size_interval_var(start, slot - start, ""))
                start = None
        return walls

    # reading ------------------------------------------------------------------------

    def hint(self, plan: Plan) -> None:
        """Tell the solver the plan it starts from."""
        add = self.model.add_hint
        for visit in self.visits:
            place = plan.visits.get(visit.id)
            for task in visit.tasks:
                work = plan.tasks.get(task.id) if place is not None else None
                for pick in self.picks[task.id]:
                    same = work is not None and pick.agent == work.agent
                    add(pick.literal, int(same and pick.start * self.grid == work.start_min))
            for desk, literal in self.seats.get(visit.id, {}).items():
                add(literal, int(place is not None and place.desk == desk))
            if visit.id in self.optional:
                add(self._placed[visit.id], int(place is not None))

    def read(self, value) -> tuple[dict[str, Seat], dict[str, Work], list[str]]:
        """Return (seats, works, unplaced) of a solution; `value` reads a literal."""
        seats, works, left = {}, {}, []
        for visit in self.visits:
            if not value(self._placed[visit.id]):
                left.append(visit.id)
                continue
            for task in visit.tasks:
                pick = next(pick for pick in self.picks[task.id] if value(pick.literal))
                beside = (
                    pick.agent for pick in self.seconds.get(task.id, ()) if value(pick.literal)
                )
                begin, end = pick.start * self.grid, (pick.start + pick.length) * self.grid
                works[task.id] = Work(pick.agent, next(beside, None), begin, end)
            literals = self.seats.get(visit.id, {None: 1}).items()
            desk = next(desk for desk, literal in literals if value(literal))
            start = min(works[task.id].start_min for task in visit.tasks)
            seats[visit.id] = Seat(desk, start)
        return seats, works, left
