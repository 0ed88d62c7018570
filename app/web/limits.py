"""How often one stranger may fail at one door: wrong passwords, counted in this process.

A process counts for itself; with N web processes the bound is N times as wide, which argon2's
price per try covers. A count is forgotten `span_s` after its first failure.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable

from app.domain.refusals import TooOften

MOST_KEYS = 10_000


class Failures:
    """Failures per key within `span_s` seconds; a key that has `most` of them must wait."""

    def __init__(self, span_s: float, tick: Callable[[], float] = time.monotonic) -> None:
        self._span_s = span_s
        self._tick = tick
        self._counts: dict[Hashable, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def refuse_above(self, key: Hashable, most: int) -> None:
        """Raise TooOften with the seconds to wait when `key` has failed `most` times."""
        with self._lock:
            count, until = self._counts.get(key, (0, 0.0))
            wait_s = until - self._tick()
        if count >= most and wait_s > 0:
            raise TooOften(seconds=max(1, math.ceil(wait_s)))

    def add(self, key: Hashable) -> None:
        """Count one more failure of `key`."""
        with self._lock:
            now_s = self._tick()
            self._forget(now_s)
            count, until = self._counts.get(key, (0, now_s + self._span_s))
            self._counts[key] = (count + 1, until)

    def clear(self, key: Hashable) -> None:
        """Forget the failures of `key`: it has shown who it is."""
        with self._lock:
            self._counts.pop(key, None)

    def _forget(self, now_s: float) -> None:
        """Drop what has ended; a flood of names drops the oldest instead of filling memory."""
        kept = [item for item in self._counts.items() if item[1][1] > now_s]
        self._counts = dict(kept[-MOST_KEYS:])
