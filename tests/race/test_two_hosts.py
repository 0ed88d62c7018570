"""Two hosts press *next* at the same instant: never the same person, on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.booking import Needs
from app.domain.errors import Refusal
from app.domain.visit import Verb, moved
from app.store import Store, Unit, visits
from app.store import visit_tables as v
from app.usecases import advice, arrive, serve
from tests.race import hall
from tests.race.arena import Arena

HOURS = [["08:00", "16:00"]]
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:00 in Riyadh
HOSTS = [("D1", "host1"), ("D2", "host2")]
ROUNDS = 10


@pytest.mark.parametrize("present", [1, 2])
def test_two_hosts_never_get_the_same_person(store: Store, present: int) -> None:
    hall.raise_hall(store, hosts=2, hours=HOURS)

    with Arena(store.settings, 2, _ready, _press) as arena:
        for _ in range(ROUNDS):
            _receive(store, present)

            results = arena.race(HOSTS)

            called = [one["visit"] for one in results if "visit" in one]
            assert len(called) == len(set(called)) == present, results
            _finish(store, results)


def test_without_the_guard_both_hosts_call_one_person(store: Store) -> None:
    hall.raise_hall(store, hosts=2, hours=HOURS)
    _receive(store, 1)
    with store.engine.begin() as conn:
        for net in ("uq_call_open_visit", "uq_call_open_desk"):
            conn.execute(text(f"drop index {net}"))
    seen = get_context("fork").Barrier(2)

    with Arena(store.settings, 2, _ready, _press, _without_guards(seen)) as arena:
        results = arena.race(HOSTS)

    assert results[0]["visit"] == results[1]["visit"]


def _ready(store: Store, order: tuple[str, str]) -> tuple[str, str]:
    return order


def _press(store: Store, order: tuple[str, str]) -> dict[str, Any]:
    desk, agent = order
    try:
        return serve.call_next(store, NOW, hall.CENTER, desk, agent)
    except Refusal as refusal:
        return {"refused": refusal.code}


def _receive(store: Store, many: int) -> None:
    for _ in range(many):
        arrive.walk_in(store, NOW, hall.CENTER, ["id-card"], Needs())


def _finish(store: Store, results: list[dict[str, Any]]) -> None:
    for (_, agent), one in zip(HOSTS, results, strict=True):
        if "visit" in one:
            serve.start(store, NOW, hall.CENTER, str(one["desk"]), agent)
            serve.complete(store, NOW, one["visit"], "done")


def _without_guards(seen: Any) -> Callable[[], None]:
    """Return what takes off the write lock and the compare-and-set: both choose, then both call."""

    def take_off() -> None:
        chosen = advice.choices

        def choices(*args: Any, **kwargs: Any) -> Any:
            found = chosen(*args, **kwargs)
            seen.wait(30)
            return found

        def step(unit: Unit, visit: dict[str, Any], verb: Verb, **values: Any) -> Any:
            after = moved(visits.State(visit["state"]), verb)
            unit.change(v.visit, v.visit.c.id == visit["id"], state=after.value, **values)
            return after

        advice.choices = choices
        visits.step = step
        Store.unit = _unlocked_unit  # type: ignore[method-assign]

    return take_off


@contextmanager
def _unlocked_unit(store: Store, now: datetime) -> Iterator[Unit]:
    """A unit that takes no write lock before it reads."""
    with store.engine.connect() as conn:
        unit = Unit(conn, store.kept, now)
        yield unit
        unit.number_events()
        conn.commit()
