"""Which visit is meant: by its secret code from anyone, by its id from staff of its center only.

Visit ids stand in logs and on staff screens, so an id alone opens nothing for a stranger.
"""

from __future__ import annotations

from app.domain.refusals import UnknownVisit
from app.store import Store, visits
from app.usecases.signin import Staff


def visit_of_code(store: Store, code: str) -> str:
    """Return the id of the visit with this secret code; raises UnknownVisit."""
    with store.read() as reader:
        return visits.by_code(reader, code)["id"]


def visit_of_staff(store: Store, code_or_id: str, asking: Staff) -> str:
    """Return the id of the visit meant by staff; raises UnknownVisit also for other centers'."""
    with store.read() as reader:
        visit = visits.found(reader, code_or_id)
    if not asking.sees(visit["center_id"]):
        raise UnknownVisit
    return visit["id"]
