"""The brain on files: plan, replan, offers, check and staff answer in the agreed shapes."""

import json
from pathlib import Path

from scheduler import Day, Plan, breaches
from scheduler.__main__ import main
from tests.scheduler.days import CLOSE, a_day, a_visit


def written(tmp_path, name, form):
    file = tmp_path / f"{name}.json"
    file.write_text(json.dumps(form))
    return str(file)


def test_a_day_is_planned_checked_and_replanned_on_files(tmp_path, capsys):
    day = a_day(a_visit("K1", until=CLOSE), a_visit("K2", until=CLOSE))
    file = written(tmp_path, "day", day.to_json())
    fixed = ["--workers", "1", "--seed", "1", "--steps", "3"]

    assert main(["plan", file, *fixed]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert breaches(day, Plan.from_json(plan)) == []
    assert main(["check", file, written(tmp_path, "plan", plan)]) == 0
    capsys.readouterr()

    again = written(tmp_path, "again", day.to_json() | {"previous": plan})
    assert main(["replan", again, *fixed]) == 0
    assert Day.from_json(json.loads(Path(again).read_text())).previous == Plan.from_json(plan)


def test_a_false_plan_is_told_line_by_line_with_exit_one(tmp_path, capsys):
    file = written(tmp_path, "day", a_day(a_visit("K1")).to_json())

    assert main(["check", file, written(tmp_path, "plan", Plan.empty().to_json())]) == 1
    assert capsys.readouterr().out == "forgotten: K1: neither placed nor unplaced\n"


def test_offers_carry_their_witness_and_the_rest_its_proof(tmp_path, capsys):
    day = a_day(a_visit("K1", 520))
    file = written(tmp_path, "day", day.to_json())
    form = a_day(a_visit("K2", 480, until=560)).to_json()["visits"][0]

    assert main(["offers", file, written(tmp_path, "visit", form), "--proof"]) == 0

    answer = json.loads(capsys.readouterr().out)
    starts = [start["start_min"] for start in answer["starts"]]
    assert starts == [480, 485, 490, 495, 500, 540, 545, 550, 555, 560]
    assert set(answer["not_offered"].values()) == {"impossible"}
    assert answer["starts"][0]["witness"]["visits"]["K2"]["start_min"] == 480


def test_staff_tells_the_fewest_agents(tmp_path, capsys):
    file = written(tmp_path, "day", a_day(a_visit("K1")).to_json())

    assert main(["staff", file, "--budget-s", "1"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["agents"], answer["bound"]) == (1, 1)
