"""How few agents keep every promise of a day, with a proved bound and the plan.

First agents are let go one by one while the day still mends; then CP-SAT chooses among
all of them. Starts stay within earliest and promise. Shifts are taken as given.
"""

import time
from dataclasses import dataclass, replace
from typing import Any

from scheduler.check import breaches
from scheduler.day import Day
from scheduler.fit import Fit, Free
from scheduler.greedy import mend
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan
from scheduler.terms import priced, weights

LITERALS_AT_MOST = 400_000


@dataclass(frozen=True)
class Staffed:
    """The agents needed, a number proved to be no more than the fewest, and the plan."""

    agents: int
    bound: int
    plan: Plan
    names: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Write the shape `python -m scheduler staff` prints."""
        return {
            "agents": self.agents,
            "bound": self.bound,
            "names": list(self.names),
            "plan": self.plan.to_json(),
        }


def staff(day: Day, budget_s: float = 20.0, workers: int = 2, seed: int = 0) -> Staffed:
    """Return the fewest agents found within `budget_s`; visits nobody can place stay unplaced."""
    ends_at = time.monotonic() + budget_s
    kept = _kept_promises(day)
    plan = mend(kept, day.previous)
    unplaceable = set(plan.unplaced)
    asked = kept.with_visits(visit for visit in kept.visits if visit.id not in unplaceable)
    plan = _let_go(asked, plan, time.monotonic() + budget_s / 4)
    bound = clique_bound(asked)
    if len(_busy(plan)) > bound and ends_at > time.monotonic():
        plan, bound = _choose(asked, plan, bound, ends_at, workers, seed)
    whole = replace(plan, unplaced=tuple(unplaceable))
    whole = priced(day, whole)
    assert not breaches(day, whole)
    names = tuple(sorted(_busy(whole)))
    status = "optimal" if len(names) == bound and not unplaceable else whole.status
    return Staffed(len(names), bound, replace(whole, status=status), names)


def _kept_promises(day: Day) -> Day:
    """Return the day with every promise as a hard latest start."""

    def hard(visit: VisitPlanIn) -> VisitPlanIn:
        if visit.promise_min is None or visit.seated:
            return visit
        promise = visit.promise_min // day.grid_min * day.grid_min
        return replace(visit, latest_min=max(visit.earliest_min, min(visit.latest_min, promise)))

    return replace(day.with_visits(hard(visit) for visit in day.visits), previous=None)


def _busy(plan: Plan) -> set[str]:
    names = {work.agent for work in plan.tasks.values()}
    return names | {work.second for work in plan.tasks.values() if work.second is not None}


def clique_bound(day: Day) -> int:
    """Return the most tasks that must run at one moment: nobody can serve two at once."""
    fit, running = Fit(day), {}
    for visit in day.visits:
        if len(visit.tasks) > 1 or visit.seated:
            continue
        task = visit.tasks[0]
        shortest = min((length for _, length in fit.firsts(task, visit)), default=0)
        last = visit.latest_min // fit.grid
        for slot in range(last, fit.earliest(visit) + shortest):
            running[slot] = running.get(slot, 0) + 1
    return max(running.values(), default=1 if day.visits else 0)


def _let_go(day: Day, plan: Plan, until: float) -> Plan:
    """Return a plan after letting go every agent the day can mend itself without."""
    held = {task.pin.agent for visit in day.visits for task in visit.tasks if task.pin is not None}
    load: dict[str, int] = dict.fromkeys(day.agent, 0)
    for work in plan.tasks.values():
        load[work.agent] += work.end_min - work.start_min
    for name in sorted(load, key=lambda agent: load[agent]):
        if name in held or time.monotonic() > until:
            continue
        fewer = replace(day, agents=tuple(agent for agent in day.agents if agent.id != name))
        tried = mend(fewer, plan)
        if not tried.unplaced:
            day, plan = fewer, tried
    return plan


def _choose(
    day: Day, plan: Plan, bound: int, ends_at: float, workers: int, seed: int
) -> tuple[Plan, int]:
    """Return (plan, bound) after CP-SAT minimised the agents used."""
    from ortools.sat.python import cp_model

    from scheduler.model import Draft

    fit, free = Fit(day), Free(Fit(day))
    moving = [visit for visit in day.visits if not visit.seated]
    for visit in day.visits:
        if visit.seated:
            works = {task.id: plan.tasks[task.id] for task in visit.tasks}
            free.take(visit, plan.visits[visit.id], works)
    ranges = {v.id: (fit.earliest(v), v.latest_min // fit.grid) for v in moving}
    literals = sum(
        (ranges[v.id][1] - ranges[v.id][0] + 1) * len(fit.firsts(task, v))
        for v in moving
        for task in v.tasks
    )
    if literals > LITERALS_AT_MOST:
        return plan, bound
    nothing = dict.fromkeys(weights(), 0)
    draft = Draft(day, fit, free, moving, ranges, frozenset(), nothing)
    held = {plan.tasks[task.id].agent for v in day.visits if v.seated for task in v.tasks}
    used = _count(draft, held)
    draft.model.add(sum(used.values()) >= bound)
    draft.model.minimize(sum(used.values()))
    draft.hint(plan)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, ends_at - time.monotonic())
    solver.parameters.num_workers, solver.parameters.random_seed = workers, seed
    status = solver.solve(draft.model)
    bound = max(bound, int(solver.best_objective_bound + 0.999))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return plan, min(bound, len(_busy(plan)))
    seats, works, _ = draft.read(solver.value)
    found = replace(plan, visits={**plan.visits, **seats}, tasks={**plan.tasks, **works})
    if len(_busy(found)) < len(_busy(plan)) and not breaches(day, found):
        plan = found
    return plan, min(bound, len(_busy(plan)))


def _count(draft, held: set[str]) -> dict[str, Any]:
    """Return agent -> literal, 1 as soon as a slot of theirs is used."""
    used = {agent.id: draft.model.new_bool_var("") for agent in draft.day.agents}
    for (agent, _), literals in draft.busy.items():
        draft.model.add(sum(literals) <= used[agent])
    for agent in held:
        draft.model.add(used[agent] == 1)
    return used
