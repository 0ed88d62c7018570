"""The brain on files: `python -m scheduler plan|replan|offers|check|staff`.

Prints JSON; bad input is one sentence on stderr naming field and value, exit 2.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from scheduler.check import breaches
from scheduler.day import Day
from scheduler.greedy import mend
from scheduler.json_form import read_visit
from scheduler.offers import offers
from scheduler.plan import Plan
from scheduler.refusal import DayRefused
from scheduler.solve import improve
from scheduler.terms import weights

BYTES_AT_MOST = 9_000_000


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.command(asked)
    except DayRefused as refusal:
        print(refusal, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scheduler", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, command, files in (
        ("plan", _plan, ["day"]),
        ("replan", _replan, ["day"]),
        ("offers", _offers, ["day", "visit"]),
        ("check", _check, ["day", "plan"]),
        ("staff", _staff, ["day"]),
    ):
        one = commands.add_parser(name)
        one.set_defaults(command=command)
        for file in files:
            one.add_argument(file)
        if name in ("plan", "replan", "staff"):
            one.add_argument("--budget-s", type=float)
            one.add_argument("--workers", type=int, default=2)
            one.add_argument("--seed", type=int, default=0)
            one.add_argument("--steps", type=int)
            one.add_argument("--weights")
        if name == "offers":
            one.add_argument("--proof", action="store_true")
    return parser


def _read(path: str) -> Any:
    try:
        if Path(path).stat().st_size > BYTES_AT_MOST:
            raise DayRefused("file", path, f"must hold at most {BYTES_AT_MOST} bytes")
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as why:
        raise DayRefused("file", path, f"cannot be read ({why.strerror})") from None
    except (ValueError, RecursionError) as why:
        if isinstance(why, DayRefused):
            raise
        raise DayRefused("file", path, "must be JSON in UTF-8") from None


def _day(path: str) -> Day:
    """Read a day; unlike the floor, a file that asks for a skill nobody has is refused."""
    day = Day.from_json(_read(path))
    known = {skill for agent in day.agents for skill in agent.skills}
    for visit in day.visits:
        for task in visit.tasks:
            for skill in (task.skill, task.second.skill if task.second else task.skill):
                if skill not in known:
                    raise DayRefused(f"tasks.{task.id}.skill", skill, "must be a skill of an agent")
    return day


def _show(form: Any) -> None:
    print(json.dumps(form, ensure_ascii=False))


def _improved(asked: argparse.Namespace, day: Day, given: Plan | None, usual_s: float) -> Plan:
    budget_s = asked.budget_s
    if budget_s is None and asked.steps is None:
        budget_s = usual_s
    if budget_s is not None and not 0 <= budget_s <= 86_400:
        raise DayRefused("--budget-s", budget_s, "must be from 0 to 86400")
    if asked.workers < 1 or (asked.steps is not None and asked.steps < 0):
        raise DayRefused("--workers/--steps", (asked.workers, asked.steps), "must be positive")
    wished = weights(_read(asked.weights)) if asked.weights else None
    start = mend(day, given)
    return improve(day, start, budget_s, asked.workers, asked.seed, asked.steps, wished=wished)


def _plan(asked: argparse.Namespace) -> int:
    day = _day(asked.day)
    _show(_improved(asked, day, day.previous, 5.0).to_json())
    return 0


def _replan(asked: argparse.Namespace) -> int:
    day = _day(asked.day)
    if day.previous is None:
        raise DayRefused("previous", None, "is missing: nothing to replan from")
    _show(_improved(asked, day, day.previous, 0.3).to_json())
    return 0


def _offers(asked: argparse.Namespace) -> int:
    day, visit = _day(asked.day), read_visit(_read(asked.visit))
    plan = mend(day, day.previous)
    began = time.perf_counter()
    found = offers(day, plan, visit)
    ms = round(1000 * (time.perf_counter() - began), 2)
    starts = [
        {"start_min": one.start_min, "witness": plan.with_changes(one.changes).to_json()}
        for one in found
    ]
    form: dict[str, Any] = {"starts": starts, "ms": ms}
    if asked.proof:
        from scheduler.oracle import proof

        form["not_offered"] = proof(day, plan, visit, [one.start_min for one in found])
    _show(form)
    return 0


def _check(asked: argparse.Namespace) -> int:
    found = breaches(_day(asked.day), Plan.from_json(_read(asked.plan)))
    for breach in found:
        print(breach)
    return 1 if found else 0


def _staff(asked: argparse.Namespace) -> int:
    from scheduler.staffing import staff

    budget_s = 20.0 if asked.budget_s is None else asked.budget_s
    _show(staff(_day(asked.day), budget_s, asked.workers, asked.seed).to_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
