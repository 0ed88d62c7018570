"""Terms: what CP-SAT is told a plan costs is what the plan costs."""

import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model

from scheduler import DayRefused, mend, price
from scheduler.fit import Fit, Free
from scheduler.model import Draft
from scheduler.plan import Plan
from scheduler.terms import priced, terms, weights
from tests.scheduler.days import a_day, a_visit, random_day, seeds


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_term_costs_in_the_model_what_it_costs_in_the_plan(seed):
    day = random_day(seed, most_visits=5, pins=False)
    before = mend(random_day(seed + 1, most_visits=5, pins=False), None)
    day = day.with_visits(day.visits)
    object.__setattr__(day, "previous", mend(day, before))
    fit = Fit(day)
    ranges = {v.id: (fit.earliest(v), v.latest_min // 5) for v in day.visits}
    movable = [v for v in day.visits if ranges[v.id][0] <= ranges[v.id][1]]
    ids = frozenset(v.id for v in movable)
    draft = Draft(day, fit, Free(fit), movable, ranges, ids, weights())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 5

    assert solver.solve(draft.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)

    seats, works, left = draft.read(solver.value)
    left += [v.id for v in day.visits if v.id not in ids]
    plan = priced(day, Plan(seats, works, tuple(left)))
    beyond = sum(20 * v.weight * 100 for v in day.visits if v.id not in ids)
    assert plan.objective == pytest.approx(solver.objective_value / 10 + beyond, abs=0.05)


def test_the_terms_are_known_by_name():
    names = [term.name for term in terms()]

    assert names == ["churn", "handoffs", "lateness", "overtime", "unplaced", "wait"]


def test_a_visit_ten_minutes_after_its_told_time_waits_ten_and_is_five_late():
    day = a_day(a_visit("K1", 480, until=600), a_visit("K2", 480, minutes=10, until=600))
    plan = mend(day, None)

    told = price(day, plan)

    assert plan.visits["K2"].start_min == 500 or plan.visits["K1"].start_min == 490
    assert sum(told.values()) == plan.objective


def test_a_weight_nobody_knows_is_refused_by_name():
    with pytest.raises(DayRefused, match="colour"):
        weights({"colour": 3})
