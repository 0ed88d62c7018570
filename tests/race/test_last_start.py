"""50 clients, one last start, real processes: one has it, the rest are offered others.

`RACE_ROUNDS` in the environment asks for more rounds than the suite's 20.
"""

from __future__ import annotations

import os

from app.store import Store, days
from app.store.unit import Unit
from tests.race import hall
from tests.race.arena import Arena
from tests.race.last_start import an_offer, give_back, judge, open_holds, take

CLIENTS = 50
ROUNDS = int(os.environ.get("RACE_ROUNDS", "20"))


def test_fifty_clients_and_one_last_start(store: Store) -> None:
    hall.raise_hall(store)
    give_back(store, [take(store, an_offer(store))])

    with Arena(store.settings, CLIENTS, an_offer, take) as arena:
        for turn in range(ROUNDS):
            # Every second round all of them were handed the very same offer.
            shared = an_offer(store) if turn % 2 else None
            results = arena.race([shared] * CLIENTS)

            judge(results)
            assert open_holds(store) == 1
            give_back(store, results)


def test_without_the_guard_the_start_is_held_twice(store: Store) -> None:
    hall.raise_hall(store)
    give_back(store, [take(store, an_offer(store))])

    with Arena(store.settings, 8, an_offer, take, _without_compare_and_set) as arena:
        arena.race([None] * 8)

    assert open_holds(store) > 1


def _without_compare_and_set() -> None:
    """Adopt whatever comes, on whatever version the day has reached: last writer wins."""
    guarded = days.adopt

    def adopt(unit: Unit, center: str, day: object, plan: object, expected: int, cause: str) -> int:
        there = unit.lock_day(center, day)  # type: ignore[arg-type]
        return guarded(unit, center, day, plan, there, cause)  # type: ignore[arg-type]

    days.adopt = adopt
