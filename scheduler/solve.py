"""Improve: search for a cheaper plan until the budget ends, never returning a dearer one.

Large-neighbourhood search over the cuts of `window.py`, each solved by CP-SAT, then the
whole day at once where it is small enough to prove. With `workers=1` and `steps` it is
deterministic; a deadline or a cancel is honoured within some 50 ms.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from scheduler.check import breaches
from scheduler.day import Day
from scheduler.fit import Fit, Free
from scheduler.greedy import mend
from scheduler.plan import Plan
from scheduler.seating import seat
from scheduler.terms import priced, weights
from scheduler.window import Cut, around, costs, start_cost, whole_day

STEP_S = 0.8
STEP_EFFORT = 0.5
SIZES = (6, 10, 16, 24, 32)
POLL_S = 0.02
Cancelled = Callable[[], bool]


def improve(
    day: Day,
    plan: Plan,
    budget_s: float | None = 1.0,
    workers: int = 2,
    seed: int = 0,
    steps: int | None = None,
    cancelled: Cancelled | None = None,
    wished: Mapping[str, int] | None = None,
) -> Plan:
    """Return a plan that costs no more than `plan` (mended first when it is dishonest).

    budget_s   wall seconds; with `steps` it may be None and only steps count
    cancelled  asked about every 20 ms; true ends the search at once
    wished     weights by term name
    """
    search = Search(day, plan, budget_s, workers, seed, steps, cancelled, wished)
    search.run()
    return search.best


class Search:
    """One improvement at work: the best plan so far, its bound, and when to stop."""

    def __init__(self, day, plan, budget_s, workers, seed, steps, cancelled, wished):
        self.day, self.workers, self.seed = day, workers, seed
        self.weights = weights(wished)
        self.random = Random(seed)
        self.steps = steps
        self.ends_at = None if budget_s is None else time.monotonic() + budget_s
        self.cancelled = cancelled or (lambda: False)
        self.fit = Fit(day)
        honest = not breaches(day, plan)
        self.best = priced(day, plan if honest else mend(day, plan), self.weights)
        self.bound = 0.0

    def run(self) -> None:
        """Search until proved, out of time, out of steps or cancelled."""
        self.bound = self._plain_bound()
        movable = [visit for visit in self.day.visits if not visit.seated]
        size, done, idle = 1, 0, 0
        proof_tried = False
        while movable and not self._over() and not self._proved():
            if self.steps is not None and done >= self.steps:
                break
            done += 1
            if idle >= 6 and not proof_tried:
                proof_tried = True
                self._prove()
                continue
            cost = costs(self.day, self.best, self.weights)
            count = min(SIZES[size], len(movable))
            before = self.best.objective
            settled = self._step(around(self.day, self.fit, self.best, cost, count, self.random))
            idle = 0 if self.best.objective < before else idle + 1
            if settled and idle >= 3 and size < len(SIZES) - 1:
                size += 1
            elif not settled and size > 0:
                size -= 1
        self._tell()

    def _over(self) -> bool:
        late = self.ends_at is not None and time.monotonic() >= self.ends_at
        return late or self.cancelled()

    def _proved(self) -> bool:
        return self.best.objective <= self.bound + 1e-6

    def _plain_bound(self) -> float:
        """Return what even the only visits of the day would cost, each alone beside the pins."""
        free, total = Free(self.fit), 0.0
        for visit in self.day.visits:
            if visit.seated and visit.id in self.best.visits:
                works = {task.id: self.best.tasks[task.id] for task in visit.tasks}
                pins = {task.id: works[task.id] for task in visit.tasks if task.pin is not None}
                free.take(visit, self.best.visits[visit.id], pins)
                total += start_cost(visit, self.best.visits[visit.id].start_min, self.weights)
        for visit in self.day.visits:
            if visit.seated:
                continue
            low, high = self.fit.earliest(visit), visit.latest_min // self.fit.grid
            alone = seat(self.fit, free, visit, low, high)
            if alone is not None and len(visit.tasks) == 1:
                total += start_cost(visit, alone[0].start_min, self.weights)
            elif alone is not None:
                total += start_cost(visit, low * self.fit.grid, self.weights)
        return round(total, 1)

    def _step(self, cut: Cut) -> bool:
        """Solve one cut and keep what is cheaper; return whether it was solved to the end."""
        limit_s = STEP_S if self.ends_at is None else min(STEP_S, self._left_s())
        return self._solve(cut, limit_s, STEP_EFFORT)[0]

    def _prove(self) -> None:
        """Solve the whole day when it is small: what comes out is the optimum, or a bound."""
        cut = whole_day(self.day, self.fit, self.best, self.weights, self.best.objective)
        if cut is None or not cut.visits:
            return
        left = len(self.best.unplaced) - sum(v.id in self.best.unplaced for v in cut.visits)
        if left and self.weights["unplaced"] == 0:
            return
        settled, bound = self._solve(cut, self._left_s(), 40 * STEP_EFFORT)
        others = self.best.objective - self._part(cut)
        if bound is not None:
            self.bound = max(self.bound, min(self.best.objective, round(bound + others, 1)))
        if settled:
            self.bound = self.best.objective

    def _part(self, cut: Cut) -> float:
        """Return what the visits of the cut cost in the best plan, all terms of it."""
        ids = {visit.id for visit in cut.visits}
        rest = self.day.with_visits(v for v in self.day.visits if v.id not in ids)
        part = priced(rest, self.best, self.weights)
        return self.best.objective - part.objective

    def _left_s(self) -> float:
        return 3600.0 if self.ends_at is None else max(0.01, self.ends_at - time.monotonic())

    def _solve(self, cut: Cut, limit_s: float, effort: float) -> tuple[bool, float | None]:
        """Solve a cut; return (solved to the end, proved bound of its part)."""
        from ortools.sat.python import cp_model

        from scheduler.model import Draft

        free = Free(self.fit)
        ids = {visit.id for visit in cut.visits}
        for visit in self.day.visits:
            if visit.id not in ids and visit.id in self.best.visits:
                works = {task.id: self.best.tasks[task.id] for task in visit.tasks}
                free.take(visit, self.best.visits[visit.id], works)
        optional = frozenset(ids & set(self.best.unplaced))
        draft = Draft(self.day, self.fit, free, cut.visits, cut.ranges, optional, self.weights)
        draft.hint(self.best)
        solver = self._solver(cp_model, limit_s, effort)
        status = self._watched(solver, draft.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return status == cp_model.INFEASIBLE, None
        self._adopt(draft.read(solver.value), ids)
        return status == cp_model.OPTIMAL, solver.best_objective_bound / 10

    def _solver(self, cp_model, limit_s: float, effort: float):
        solver = cp_model.CpSolver()
        set_ = solver.parameters
        set_.num_workers, set_.random_seed = self.workers, self.seed
        set_.max_time_in_seconds = limit_s
        if self.steps is not None:
            set_.max_deterministic_time = effort
            if self.ends_at is None:
                set_.max_time_in_seconds = 3600
        set_.cp_model_probing_level = 0
        set_.symmetry_level = 0
        set_.linearization_level = 1
        return solver

    def _watched(self, solver, model) -> int:
        """Solve while a watcher asks for a cancel; the watcher ends with the solve."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(POLL_S):
                if self._over():
                    solver.stop_search()
                    return

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            return solver.solve(model)
        finally:
            done.set()
            watcher.join()

    def _adopt(self, found, ids: set[str]) -> None:
        """Keep a found part when the whole plan is cheaper with it and the judge is content."""
        seats, works, left = found
        tasks = dict(self.best.tasks)
        for one in ids:
            for task in self.day.visit[one].tasks:
                tasks.pop(task.id, None)
        visits = {one: seat for one, seat in self.best.visits.items() if one not in ids}
        others = [one for one in self.best.unplaced if one not in ids]
        plan = replace(
            self.best,
            visits=visits | seats,
            tasks=tasks | works,
            unplaced=tuple(others + left),
            why={one: why for one, why in self.best.why.items() if one in [*others, *left]},
        )
        plan = priced(self.day, plan, self.weights)
        if plan.objective < self.best.objective - 1e-6 and not breaches(self.day, plan):
            self.best = plan

    def _tell(self) -> None:
        """State what is known: optimal when the bound meets the objective."""
        status = "partial" if self.best.unplaced else "feasible"
        if self._proved():
            status = "optimal"
        bound = round(min(self.bound, self.best.objective), 1)
        self.best = replace(self.best, status=status, bound=bound)
