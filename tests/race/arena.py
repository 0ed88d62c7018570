"""Many real processes at one door at the same instant.

They are forked once; each round they make ready, meet at a barrier, and act together. What they do
there, and what must come of it, is said by the tests.
"""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from app.settings import Settings

from app.store import Store, open_store

ROUND_S = 60
Step = Callable[[Store, Any], Any]


class Arena:
    """`clients` processes that each round run `ready`, wait for all the others, and run `act`.

    ready  (store, order) -> what act is given: everything slow or private, before the race
    act    (store, what ready returned) -> the result of this client
    unguarded  called once in each client: takes a guard off there, and only there
    """

    def __init__(
        self,
        settings: Settings,
        clients: int,
        ready: Step,
        act: Step,
        unguarded: Callable[[], None] | None = None,
    ) -> None:
        forks = multiprocessing.get_context("fork")
        self._gate = forks.Barrier(clients)
        self._lines = []
        self._clients = []
        for _ in range(clients):
            here, there = forks.Pipe()
            terms = (settings, there, self._gate, ready, act, unguarded)
            client = forks.Process(target=_live, args=terms, daemon=True)
            client.start()
            there.close()
            self._lines.append(here)
            self._clients.append(client)

    def race(self, orders: Sequence[Any]) -> list[Any]:
        """Give each client its order and return their results, in the order of the clients."""
        for line, order in zip(self._lines, orders, strict=True):
            line.send(("race", order))
        results = []
        for line in self._lines:
            assert line.poll(ROUND_S), "a client did not come back from the race"
            results.append(line.recv())
        broken = [result for result in results if result[0] == "broken"]
        assert not broken, min((one[1] for one in broken), key=lambda text: "BrokenBarrier" in text)
        return [result[1] for result in results]

    def close(self) -> None:
        for line in self._lines:
            line.send(("home", None))
        for client in self._clients:
            client.join(5)

    def __enter__(self) -> Arena:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _live(settings: Settings, line: Any, gate: Any, ready: Step, act: Step, unguarded: Any) -> None:
    if unguarded is not None:
        unguarded()
    store = open_store(settings)
    while True:
        wanted, order = line.recv()
        if wanted == "home":
            os._exit(0)
        line.send(_run(store, gate, ready, act, order))


def _run(store: Store, gate: Any, ready: Step, act: Step, order: Any) -> tuple[str, Any]:
    try:
        prepared = ready(store, order)
        gate.wait(ROUND_S)
        return "done", act(store, prepared)
    except Exception:
        gate.abort()
        return "broken", traceback.format_exc()
