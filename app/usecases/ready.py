"""What the operator wants to know before sending people here: does every part answer?"""

from __future__ import annotations

from datetime import datetime

from app.store import Store, pulse

MOST_BACKLOG = 1_000


def parts(store: Store, now: datetime) -> dict[str, bool]:
    """Return part → whether it answers: database, redis, clock (aware), backlog (not drowning)."""
    database = pulse.database_answers(store)
    return {
        "database": database,
        "redis": pulse.redis_answers(store),
        "clock": now.tzinfo is not None,
        "backlog": database and sum(backlog(store).values()) < MOST_BACKLOG,
    }


def backlog(store: Store) -> dict[str, int]:
    """Return kind of work → how many center-days wait for it."""
    with store.read() as reader:
        return pulse.backlog(reader)
