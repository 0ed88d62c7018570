"""Whatever the brain answers, the judge finds nothing: thousands of random days."""

from random import Random

from hypothesis import given, settings

from scheduler import Plan, breaches, difference, improve, insert, mend, offers
from tests.scheduler.days import random_day, random_visit, seeds

often = settings(max_examples=300, deadline=None)
seldom = settings(max_examples=25, deadline=None)


@often
@given(seeds)
def test_a_first_plan_is_honest(seed):
    day = random_day(seed)

    assert breaches(day, mend(day, None)) == []


@often
@given(seeds)
def test_a_plan_mended_on_another_day_is_honest(seed):
    yesterday, day = random_day(seed), random_day(seed + 1)

    assert breaches(day, mend(day, mend(yesterday, None))) == []


@often
@given(seeds)
def test_mending_a_mended_plan_never_costs_more(seed):
    day = random_day(seed)
    plan = mend(day, None)

    assert mend(day, plan).objective <= plan.objective


@often
@given(seeds)
def test_every_offer_keeps_the_day_honest(seed):
    day = random_day(seed)
    plan = mend(day, None)
    visit = random_visit(Random(seed), "asked")
    more = day.with_visits([*day.visits, visit])

    for start in offers(day, plan, visit):
        then = plan.with_changes(start.changes)
        assert breaches(more, then) == []
        assert then.visits["asked"].start_min == start.start_min


@often
@given(seeds)
def test_an_offer_against_a_plan_that_no_longer_holds_mends_it_too(seed):
    plan, day = mend(random_day(seed), None), random_day(seed + 1)
    visit = random_visit(Random(seed), "asked")
    more = day.with_visits([*day.visits, visit])

    for start in offers(day, plan, visit):
        assert breaches(more, plan.with_changes(start.changes)) == []


@often
@given(seeds)
def test_inserting_at_an_offered_start_works(seed):
    day = random_day(seed)
    plan = mend(day, None)
    visit = random_visit(Random(seed), "asked")

    for start in offers(day, plan, visit)[:2]:
        assert insert(day, plan, visit, start.start_min) is not None


@often
@given(seeds)
def test_the_difference_of_two_plans_leads_from_one_to_the_other(seed):
    day = random_day(seed)
    old, new = Plan.empty(), mend(day, None)

    then = old.with_changes(difference(old, new))

    assert (then.visits, then.tasks) == (new.visits, new.tasks)


@seldom
@given(seeds)
def test_an_improved_plan_is_honest_and_never_dearer(seed):
    day = random_day(seed)
    plan = mend(day, None)

    better = improve(day, plan, budget_s=None, workers=1, steps=3)

    assert breaches(day, better) == []
    assert better.objective <= plan.objective
    assert better.bound <= better.objective
