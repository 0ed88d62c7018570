"""A door of the API: who may knock, what they ask, what they are answered.

One declaration per route checks the caller, parses the request into its model once, shapes the
answer by its model, and is what the OpenAPI page is written from. Which doors there are stands in
`book.py`, `visits.py`, `serve.py`, `floor.py`, `tokens.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError

from app.domain.refusals import BadField
from app.web.auth import staff
from app.web.errors import NotUtf8
from app.words import say

# pydantic's kind of error → the sentence that says what is expected instead
WHY = {
    "missing": "api_missing",
    "extra_forbidden": "api_extra",
    "json_invalid": "api_json",
    "literal_error": "api_choice",
    "union_tag_invalid": "api_choice",
    "too_long": "api_too_long",
    "string_too_long": "api_too_long",
    "too_short": "api_too_short",
    "string_too_short": "api_too_short",
}


@dataclass(frozen=True)
class Door:
    """One route of the API, as code keeps it and as the OpenAPI page tells it."""

    method: str
    rule: str
    view: Callable[..., Any]
    answers: type[BaseModel] | None = None
    asks: type[BaseModel] | None = None
    roles: tuple[str, ...] | None = None
    status: int = 200
    refuses: tuple[int, ...] = ()
    header: str | None = None
    open_to_code: bool = False

    @property
    def name(self) -> str:
        return self.view.__name__

    def knock(self, **path: str) -> Response:
        """Parse, call the view, shape its answer."""
        if self.asks is not None:
            path["ask"] = self._read(self.asks)  # type: ignore[assignment]
        return self._shape(self.view(**path))

    def _read(self, model: type[BaseModel]) -> BaseModel:
        try:
            if self.method == "GET":
                return model.model_validate(request.args.to_dict())
            return model.model_validate_json(body() or b"{}")
        except ValidationError as error:
            raise bad_field(error) from None

    def _shape(self, given: Any) -> Response:
        if self.answers is None:
            answer = Response(status=self.status)
        else:
            text = self.answers.model_validate(given).model_dump_json(by_alias=True)
            answer = Response(text + "\n", self.status, content_type="application/json")
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Doors:
    """The doors of one room, hung on the blueprint together."""

    def __init__(self) -> None:
        self._doors: list[Door] = []

    def add(self, method: str, rule: str, **terms: Any) -> Callable[[Callable], Callable]:
        """Declare the decorated view as the door `method rule`; terms are the fields of Door."""

        def declare(view: Callable) -> Callable:
            self._doors.append(Door(method, rule, view, **terms))
            return view

        return declare

    def hang(self, api: Blueprint) -> None:
        """Register every door; a door with roles lets only staff of the center in."""
        for door in self._doors:
            view = _as_view(door)
            if door.roles is not None and not door.open_to_code:
                view = staff(*door.roles)(view)
            view.door = door  # type: ignore[attr-defined]
            api.add_url_rule(door.rule, door.name, view, methods=[door.method])


def _as_view(door: Door) -> Callable[..., Response]:
    @wraps(door.view)
    def view(**path: str) -> Response:
        return door.knock(**path)

    return view


def body() -> bytes:
    """Return the request's body. Raises NotUtf8 for bytes that are no text."""
    sent = request.get_data(cache=True)
    try:
        sent.decode("utf-8")
    except UnicodeDecodeError:
        raise NotUtf8 from None
    return sent


def bad_field(error: ValidationError) -> BadField:
    """Return the refusal of the first field pydantic refused, with what is expected of it."""
    first = error.errors(include_url=False, include_context=True, include_input=False)[0]
    place = [str(part) for part in first["loc"] if part not in ("body",)]
    sentence = WHY.get(first["type"], "api_form")
    facts = first.get("ctx", {})
    expected = str(facts.get("expected") or facts.get("expected_tags") or first["msg"])
    why = {lang: say(sentence, lang, **_wanted(sentence, expected)) for lang in ("ar", "en")}
    return BadField(field=".".join(place) or "body", why=why)


def _wanted(sentence: str, expected: str) -> dict[str, str]:
    return {"expected": expected} if sentence in ("api_choice", "api_form") else {}
