"""What a plan costs: one term a file, each with `build` and `price` held equal.

`price` reads a finished plan; `build` gives the same amount over the literals of a
CP-SAT draft (`model.Draft`). Amounts are whole tenths of a weighted minute; the
objective is the sum of weight x amount / 10, so it reads in minutes.
A new term is a new file with one constant TERM; nothing else is touched.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from scheduler.day import Day
from scheduler.parts import VisitPlanIn
from scheduler.plan import Plan
from scheduler.refusal import DayRefused, a_count


@dataclass(frozen=True)
class Term:
    """One thing a plan is priced by.

    amount  (day, plan) -> whole tenths of `unit`
    build   (draft) -> linear expression of the same, over the visits the draft may move
    """

    name: str
    unit: str
    weight: int
    amount: Callable[[Day, Plan], int]
    build: Callable[[Any], Any]


@cache
def terms() -> tuple[Term, ...]:
    """Return every term of the folder, by name."""
    found = [
        importlib.import_module(f"{__name__}.{module.name}").TERM
        for module in pkgutil.iter_modules(__path__)
    ]
    names = [term.name for term in found]
    assert len(set(names)) == len(names), f"two terms share a name: {names}"
    return tuple(sorted(found, key=lambda term: term.name))


def weights(wished: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the weight of every term; refuse an unknown name or an odd weight."""
    known = {term.name: term.weight for term in terms()}
    for name, weight in (wished or {}).items():
        if name not in known:
            raise DayRefused("weights", name, "must be one of " + ", ".join(known))
        a_count(f"weights.{name}", weight, 0, 100_000)
        known[name] = weight
    return known


def price(day: Day, plan: Plan, wished: Mapping[str, int] | None = None) -> dict[str, float]:
    """Return term name -> weighted cost in minutes; they add up to the objective."""
    weigh = weights(wished)
    return {term.name: weigh[term.name] * term.amount(day, plan) / 10 for term in terms()}


def priced(day: Day, plan: Plan, wished: Mapping[str, int] | None = None) -> Plan:
    """Return the plan with its terms and objective told."""
    told = price(day, plan, wished)
    return replace(plan, terms=told, objective=round(sum(told.values()), 1))


def tenths(visit: VisitPlanIn) -> int:
    """Return the visit's weight in whole tenths."""
    return round(visit.weight * 10)
