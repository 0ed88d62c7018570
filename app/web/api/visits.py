"""The doors of one visit: followed, moved, cancelled, arrived, walked in, and its voice."""

from __future__ import annotations

from app.usecases import arrive as arriving
from app.usecases import track, voice
from app.usecases.meant import visit_of_code, visit_of_staff
from app.web.api import answers, asks
from app.web.api.book import with_links
from app.web.api.door import Doors
from app.web.auth import refuse_stranger, who
from app.web.here import house

doors = Doors()
GREETERS = ("host", "reception", "manager")


@doors.add("GET", "/visits/<code>", answers=answers.VisitAnswer, refuses=(404,))
def follow(code: str) -> object:
    """The visit as its person sees it: state, steps, ETA, papers."""
    return track.follow(house().store, house().clock.now(), code)


@doors.add(
    "PATCH",
    "/visits/<code>",
    asks=asks.MoveAsk,
    answers=answers.VisitAnswer,
    refuses=(404, 409, 410),
)
def move(code: str, ask: asks.MoveAsk) -> object:
    """Move the visit to a new hold; the link stays the same."""
    now = house().clock.now()
    visit_of_code(house().store, code)
    track.move(house().store, now, code, ask.hold)
    return track.follow(house().store, now, code)


@doors.add("DELETE", "/visits/<code>", status=204, refuses=(404, 409))
def cancel(code: str) -> None:
    """Cancel the visit; its start is free for others at once."""
    visit_of_code(house().store, code)
    track.cancel(house().store, house().clock.now(), code)


@doors.add(
    "POST",
    "/visits/<code>/arrive",
    asks=asks.Asked,
    answers=answers.VisitAnswer,
    refuses=(404, 409, 422),
    roles=GREETERS,
    open_to_code=True,
)
def arrive(code: str, ask: asks.Asked) -> object:
    """Check in: by the secret code, or by staff of the center with the visit's id."""
    asking = who()
    store, now = house().store, house().clock.now()
    if asking is None:
        return arriving.arrive(store, now, visit_of_code(store, code), by="self")
    refuse_stranger(GREETERS, None)
    seen = arriving.arrive(store, now, visit_of_staff(store, code, asking), by=asking.name)
    return {**seen, "code": None}


@doors.add(
    "POST",
    "/centers/<center>/walk-ins",
    asks=asks.WalkInAsk,
    answers=answers.BookedAnswer,
    status=201,
    refuses=(404, 409, 422),
    roles=GREETERS,
)
def walk_in(center: str, ask: asks.WalkInAsk) -> object:
    """A visit born present, with a promise. A kiosk asks with a reception's token."""
    asking = who()
    by = asking.name if asking else "kiosk"
    now, wanted = house().clock.now(), ask.needs.needs()
    found = arriving.walk_in(
        house().store, now, center, tuple(ask.services), wanted, ask.person(), by
    )
    return with_links(found)


@doors.add(
    "POST",
    "/visits/<code>/voice",
    asks=asks.VoiceAsk,
    answers=answers.ReceiptAnswer,
    status=201,
    refuses=(404,),
)
def visit_voice(code: str, ask: asks.VoiceAsk) -> object:
    """A complaint, suggestion, praise or question about this visit."""
    now = house().clock.now()
    visit_of_code(house().store, code)
    return voice.send(house().store, now, None, code, ask.kind, ask.text, ask.contact)


@doors.add(
    "POST",
    "/voice",
    asks=asks.OpenVoiceAsk,
    answers=answers.ReceiptAnswer,
    status=201,
    refuses=(404,),
)
def open_voice(ask: asks.OpenVoiceAsk) -> object:
    """The same from anyone, about a center."""
    now = house().clock.now()
    return voice.send(house().store, now, ask.center, None, ask.kind, ask.text, ask.contact)
