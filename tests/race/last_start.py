"""The race for one last start: what each client does, and what the house must say to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select

from app.domain.booking import Ask
from app.domain.errors import Refusal
from app.store import Store
from app.store import visit_tables as v
from app.usecases import book
from tests.race import hall


def an_offer(store: Store, shared: str | None = None) -> str:
    """Return the one offer of the day: the client's own, or the one everybody was handed."""
    if shared is not None:
        return shared
    ask = Ask(("id-card",), hall.DAY, days=1)
    return book.offers(store, hall.NOW, hall.CENTER, ask)["offers"][0]["offer"]


def take(store: Store, offer: str) -> dict[str, Any]:
    """Try to hold the offer; return the hold, or the refusal with the other starts."""
    try:
        return {"hold": book.take_hold(store, hall.NOW, offer)["hold"]}
    except Refusal as refusal:
        instead = [one["start"].isoformat() for one in refusal.facts.get("instead", [])]
        return {"refused": refusal.code, "instead": instead}


def open_holds(store: Store) -> int:
    """Return how many people hold the one start of the day."""
    where = (v.hold.c.center_id == hall.CENTER, v.hold.c.day == hall.DAY, v.hold.c.state == "open")
    with store.read() as reader:
        return int(reader.value(select(func.count()).select_from(v.hold).where(*where)))


def judge(results: list[dict[str, Any]]) -> None:
    """Exactly one has it; everybody else hears `slot_taken` with other starts."""
    said = Counter(one.get("refused", "held") for one in results)
    assert said == {"held": 1, "slot_taken": len(results) - 1}, said
    taken = f"{hall.DAY.isoformat()}T08:00:00+03:00"
    for one in results:
        if "refused" in one:
            assert 1 <= len(one["instead"]) <= 3
            assert taken not in one["instead"]


def give_back(store: Store, results: list[dict[str, Any]]) -> None:
    for one in results:
        if "hold" in one:
            book.release_hold(store, hall.NOW, one["hold"])
