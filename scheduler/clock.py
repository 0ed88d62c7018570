"""The clock: knows when, never what. It rings named beats at the function it is given.

Which use case answers which beat is not its business.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Beat(NamedTuple):
    """A name rung every `every_s` seconds."""

    name: str
    every_s: float


BEATS = (
    Beat("heartbeat", 5),
    Beat("holds", 5),
    Beat("replan", 2),
    Beat("late", 15),
    Beat("tell", 5),
    Beat("remind", 60),
    Beat("tidy", 3600),
)


class Clock:
    """Rings beats on APScheduler's background threads until stopped.

    ring   called with the beat's name; a late beat is rung once, never piled up
    speed  warps the rhythm of a demo day: 20 rings twenty times as often
    """

    def __init__(
        self, ring: Callable[[str], None], beats: Sequence[Beat] = BEATS, speed: float = 1.0
    ):
        self.ring, self.beats, self.speed = ring, tuple(beats), speed
        self._scheduler: Any = None

    def start(self) -> None:
        """Begin to ring; calling it twice is a bug."""
        from apscheduler.schedulers.background import BackgroundScheduler

        assert self._scheduler is None, "the clock is already running"
        self._scheduler = BackgroundScheduler(timezone="UTC", daemon=True)
        for beat in self.beats:
            self._scheduler.add_job(
                self.ring,
                "interval",
                args=[beat.name],
                id=beat.name,
                seconds=max(0.2, beat.every_s / self.speed),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=60,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ringing; waits for a beat under way."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None
