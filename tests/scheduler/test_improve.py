"""Improve: cheaper, proved where small, deterministic when asked, gone when cancelled."""

import time
from dataclasses import replace

from scheduler import Agent, Plan, Task, VisitPlanIn, breaches, improve, mend
from scheduler.offers import offers
from scheduler.oracle import possible
from scheduler.staffing import clique_bound, staff
from tests.scheduler.days import CLOSE, OPEN, a_day, a_desk, a_visit, an_agent, random_day


def a_tight_day():
    """Return a day greedy plans badly: one short visit should go before the long one."""
    long = a_visit("long", 480, minutes=60, until=CLOSE)
    short = [a_visit(f"short{n}", 480, minutes=5, until=CLOSE) for n in range(4)]
    return a_day(long, *short)


def test_the_short_go_before_the_long_when_that_costs_less():
    day = a_tight_day()

    plan = improve(day, mend(day, None), budget_s=5, workers=1)

    assert plan.visits["long"].start_min == 500
    assert plan.status == "optimal"
    assert plan.bound == plan.objective == 5 + 10 + 15 + 20 + 10 * (5 + 10 + 15)


def test_the_same_seed_and_steps_give_the_same_plan():
    day = random_day(7, most_visits=10)
    once = improve(day, Plan.empty(), None, workers=1, seed=3, steps=5)
    again = improve(day, Plan.empty(), None, workers=1, seed=3, steps=5)

    assert once == again


def test_a_cancelled_search_returns_at_once_with_what_it_was_given():
    day = a_tight_day()
    given = mend(day, None)
    began = time.monotonic()

    plan = improve(day, given, budget_s=30, cancelled=lambda: True)

    assert time.monotonic() - began < 1
    assert plan.visits == given.visits


def test_a_dishonest_plan_is_mended_before_it_is_improved():
    day = a_tight_day()
    given = mend(day, None)
    absent = replace(day, agents=(Agent("noor", {"passport": 1.0}, shifts=((OPEN, CLOSE),)),))

    plan = improve(absent, given, budget_s=0.2)

    assert breaches(absent, plan) == []


def test_on_small_days_every_offer_is_possible_and_the_oracle_agrees():
    for seed in range(12):
        day = random_day(seed, most_visits=6, pins=False)
        plan = mend(day, None)
        asked = VisitPlanIn("asked", (Task("asked.1", "civil", 10),), 480, 560)
        starts = {start.start_min for start in offers(day, plan, asked)}
        for minute in range(480, 561, 20):
            settled = possible(day, plan, asked, minute, 10)
            assert settled is not None
            assert settled or minute not in starts


def test_two_agents_are_the_fewest_for_two_at_once():
    visits = [a_visit(f"K{n}", 480 + 20 * (n // 2)) for n in range(6)]
    agents = [an_agent(f"a{n}") for n in range(5)]
    day = a_day(*visits, agents=agents, desks=[a_desk("D1"), a_desk("D2")])

    staffed = staff(day, budget_s=3)

    assert (staffed.agents, staffed.bound, clique_bound(day)) == (2, 2, 2)
    assert breaches(day, staffed.plan) == []
