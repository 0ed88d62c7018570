"""A day that contradicts itself is refused by field and value; an honest one survives JSON."""

import json
import math

import pytest
from hypothesis import given, settings

from scheduler import (
    Agent,
    Changes,
    Day,
    Desk,
    Plan,
    Task,
    TaskPin,
    VisitPin,
    VisitPlanIn,
    breaches,
    difference,
    mend,
)
from scheduler.__main__ import main
from tests.scheduler.days import a_day, a_visit, an_agent, random_day, seeds

NONSENSE = {
    "close before open": lambda form: form.update(close_min=470),
    "a desk off the grid": lambda form: form["desks"][0].update(open=[[481, 600]]),
    "a shift that ends before it starts": lambda form: form["agents"][0].update(
        shifts=[[600, 480]]
    ),
    "two desks of one name": lambda form: form["desks"].append(form["desks"][0]),
    "a factor that is no number": lambda form: form["agents"][0]["skills"].update(
        passport=math.nan
    ),
    "a weight without end": lambda form: form["visits"][0].update(weight=math.inf),
    "latest before earliest": lambda form: form["visits"][0].update(latest_min=0),
    "a task after itself": lambda form: form["visits"][0]["tasks"][0].update(after=["K47.1"]),
    "a pin to an unknown desk": lambda form: form["visits"][0].update(pin={"desk": "D9"}),
    "a pin outside a shift": lambda form: form["visits"][0]["tasks"][0].update(
        pin={"agent": "huda", "start_min": 595}
    ),
    "a pin to an unknown agent": lambda form: form["visits"][0]["tasks"][0].update(
        pin={"agent": "nobody", "start_min": 500}
    ),
    "minutes as text": lambda form: form["visits"][0]["tasks"][0].update(minutes="20"),
    "no tasks": lambda form: form["visits"][0].update(tasks=[]),
    "visits that are no list": lambda form: form.update(visits={"K47": {}}),
    "a visit that is no object": lambda form: form.update(visits=[3]),
    "a skill nobody has": lambda form: form["visits"][0]["tasks"][0].update(skill="flying"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_one_sentence_and_exit_two(name, tmp_path, capsys):
    form = a_day(a_visit("K47")).to_json()
    NONSENSE[name](form)
    file = tmp_path / "day.json"
    file.write_text(json.dumps(form))

    code = main(["plan", str(file), "--steps", "0"])

    told = capsys.readouterr()
    assert code == 2
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("text", ["", "[1", "3", "null", "[]", "{}", '"x"', "[" * 100_000])
def test_what_is_no_day_is_refused_without_a_traceback(text, tmp_path, capsys):
    file = tmp_path / "day.json"
    file.write_text(text)

    assert main(["plan", str(file)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_ten_megabytes_of_nonsense_are_refused(tmp_path, capsys):
    file = tmp_path / "day.json"
    file.write_bytes(b"\xff" * 10_000_000)

    assert main(["check", str(file), str(file)]) == 2
    assert "bytes" in capsys.readouterr().err


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_a_day_and_its_plan_survive_json(seed):
    day = random_day(seed)
    plan = mend(day, None)
    changes = difference(Plan.empty(), plan)

    assert Day.from_json(json.loads(json.dumps(day.to_json()))) == day
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert Changes.from_json(json.loads(json.dumps(changes.to_json()))) == changes


def test_the_day_of_the_contract_is_read():
    form = json.loads("""
    {"date": "2026-11-24", "grid_min": 5, "open_min": 480, "close_min": 960,
     "desks": [{"id": "D1", "features": ["accessible"], "open": [[480, 960]]}],
     "agents": [
      {"id": "huda", "skills": {"passport": 1.0, "civil": 1.2}, "authority": 2,
       "features": ["lang:en", "gender:f"], "shifts": [[480, 960]], "breaks": [[720, 750]]},
      {"id": "sami", "skills": {"sign-language": 1.0}, "shifts": [[480, 960]]}],
     "visits": [{"id": "K47", "earliest_min": 540, "latest_min": 560, "told_min": 540,
      "promise_min": 545, "weight": 1.0, "desk_needs": ["accessible"], "agent_needs": ["lang:en"],
      "tasks": [{"id": "K47.1", "skill": "passport", "minutes": 20, "authority": 0, "after": [],
       "second": {"skill": "sign-language", "last_min": 20},
       "pin": {"agent": "huda", "start_min": 545}}],
      "pin": {"desk": "D1"}}], "frozen_until_min": 0}""")
    day = Day.from_json(form)

    plan = mend(day, None)

    assert plan.visits["K47"] == ("D1", 545)
    assert plan.tasks["K47.1"] == ("huda", "sami", 545, 565)
    assert breaches(day, plan) == []


def test_work_that_runs_is_kept_even_where_no_rule_would_allow_it():
    running = TaskPin("huda", 500, 620)
    task = Task("K1.1", "flying", 20, pin=running)
    seated = VisitPlanIn("K1", (task,), 480, 480, pin=VisitPin("D1"))
    absent = Agent("huda", {"passport": 1.0}, shifts=())
    day = Day("d", 5, 480, 600, [Desk("D1")], [absent], [seated], None, 540)

    plan = mend(day, None)

    assert plan.tasks["K1.1"] == ("huda", None, 500, 620)
    assert breaches(day, plan) == []


def test_who_cannot_be_placed_is_told_why():
    nobody = a_visit("K1", skill="flying")
    narrow = a_visit("K2", desk_needs={"private"})
    taken = [a_visit(f"K{n}", minutes=30, at=480) for n in (3, 4)]
    day = a_day(nobody, narrow, *taken)

    plan = mend(day, None)

    codes = {visit: plan.why[visit]["code"] for visit in plan.unplaced}
    assert codes == {"K1": "no_skill", "K2": "no_desk", "K4": "agents_busy"}


def test_the_judge_sees_an_agent_at_two_desks():
    day = a_day(a_visit("K1"), a_visit("K2"), agents=[an_agent("huda"), an_agent("noor")])
    day = Day("d", 5, 480, 600, [*day.desks, Desk("D2", (), ((480, 600),))], day.agents, day.visits)
    plan = mend(day, None)
    tasks = {task: work._replace(agent="huda") for task, work in plan.tasks.items()}

    found = breaches(day, Plan(plan.visits, tasks))

    assert [breach.kind for breach in found] == ["agent_twice"]
