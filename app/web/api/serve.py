"""The doors of a host: next, recall, start, no-show at a desk; tasks and the end of a visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.usecases import serve
from app.usecases.meant import visit_of_staff
from app.web.api import asks
from app.web.api import staff_answers as seen
from app.web.api.door import Doors
from app.web.auth import me, my_agent
from app.web.here import house

doors = Doors()
HOST = ("host",)
AT_DESK = "/centers/<center>/desks/<desk>"


def _served(rule: str, ask: type[asks.Asked] = asks.Asked) -> Callable[[Callable], Callable]:
    """Declare a POST of hosts that answers the visit at the desk."""
    terms: dict[str, Any] = {"roles": HOST, "refuses": (404, 409, 422)}
    return doors.add("POST", rule, asks=ask, answers=seen.DeskAnswer, **terms)


@_served(f"{AT_DESK}/next", asks.NextAsk)
def call_next(center: str, desk: str, ask: asks.NextAsk) -> object:
    """End the running visit if its outcome is given, and call who is next."""
    store, now = house().store, house().clock.now()
    return serve.call_next(store, now, center, desk, my_agent(), ask.outcome, ask.note)


@_served(f"{AT_DESK}/recall")
def recall(center: str, desk: str, ask: asks.Asked) -> object:
    """Call the same person again."""
    return serve.recall(house().store, house().clock.now(), center, desk)


@_served(f"{AT_DESK}/start")
def start(center: str, desk: str, ask: asks.Asked) -> object:
    """The person sat down: the first task begins."""
    return serve.start(house().store, house().clock.now(), center, desk, my_agent())


@_served(f"{AT_DESK}/no-show")
def no_show(center: str, desk: str, ask: asks.Asked) -> object:
    """Nobody came to the desk; the same link brings the person back today."""
    return serve.no_show(house().store, house().clock.now(), center, desk)


@_served("/visits/<code>/tasks/<task>/finish", asks.FinishAsk)
def finish_task(code: str, task: str, ask: asks.FinishAsk) -> object:
    """One task of the visit ended."""
    store, now = house().store, house().clock.now()
    return serve.finish_task(store, now, _visit(code), task, my_agent(), ask.outcome)


@_served("/visits/<code>/tasks/<task>/hand-off", asks.HandOffAsk)
def hand_off(code: str, task: str, ask: asks.HandOffAsk) -> object:
    """Ask a colleague to come to this desk; the person stays seated."""
    my_agent()
    return serve.hand_off(house().store, house().clock.now(), _visit(code), task, ask.to_agent)


@_served("/visits/<code>/complete", asks.CompleteAsk)
def complete(code: str, ask: asks.CompleteAsk) -> object:
    """End the visit: done, we finish it, or the person sends a paper from home."""
    my_agent()
    return serve.complete(house().store, house().clock.now(), _visit(code), ask.outcome, ask.note)


def _visit(code_or_id: str) -> str:
    return visit_of_staff(house().store, code_or_id, me())
