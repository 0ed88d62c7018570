"""Saying no: every refusal and every HTTP error as one shape, in the reader's language.

Programs (`/api`) get `{"error": {"code", "message", "facts"}}`, people get the page `error.html`.
A bug answers 500 with the request's id and never a trace; `trace.py` writes where it broke.
Which refusals there are is the business of `app/domain/errors.py` and the use cases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException

from app.domain.errors import Refusal
from app.web import trace
from app.words import say

STATUS = {
    "malformed": 400,
    "auth": 401,
    "forbidden": 403,
    "missing": 404,
    "conflict": 409,
    "gone": 410,
    "refused": 422,
    "limited": 429,
}
# The words of an HTTP error that no use case raised: status → (code, sentence).
HTTP = {
    400: ("malformed", "error_malformed"),
    401: ("sign_in_needed", "error_sign_in_needed"),
    403: ("forbidden", "error_forbidden"),
    404: ("not_found", "error_not_found"),
    405: ("method_not_allowed", "error_method_not_allowed"),
    413: ("too_large", "error_too_large"),
    415: ("not_json", "error_not_json"),
    429: ("too_many", "error_too_many"),
    500: ("fault", "error_fault"),
}


class NotUtf8(Refusal):
    """The address or the form holds bytes that are no text."""

    code, kind = "not_utf8", "malformed"
    ar = "تعذّرت قراءة النص المرسل: نستقبل الترميز UTF-8 وحده."
    en = "The text you sent could not be read: we take UTF-8 only."


def install(app: Flask) -> None:
    """Hang the house's answers to errors, the request lines and the door's limits on `app`.

    Called once by `app/factory.py`, after `app.extensions["tafaddal"]` is set.
    """
    trace.install(app)
    app.config["MAX_CONTENT_LENGTH"] = app.extensions["tafaddal"].settings.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    app.before_request(_read_as_text)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def language() -> str:
    """Return `ar` or `en`: what the page's shell decided, else Accept-Language, else Arabic."""
    if not for_programs() and g.get("lang") in ("ar", "en"):
        return g.lang
    return request.accept_languages.best_match(["ar", "en"], default="ar")


def for_programs() -> bool:
    """Tell whether a program asked (JSON answers) rather than a person (pages)."""
    return request.path.startswith("/api/") or request.path in ("/healthz", "/readyz")


def refused(refusal: Refusal) -> Response:
    """Answer a refusal of the house."""
    status = STATUS[refusal.kind]
    answer = _answer(status, refusal.code, refusal.sentence(language()), refusal.facts)
    if status == 429:
        answer.headers["Retry-After"] = str(refusal.facts.get("seconds", 60))
    if status == 401 and for_programs():
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def as_json(payload: object, status: int = 200) -> Response:
    """Return `payload` as a JSON answer; instants become RFC 3339 with their own offset."""
    text = json.dumps(payload, ensure_ascii=False, default=_plain, separators=(",", ":"))
    return Response(text + "\n", status, content_type="application/json")


def _read_as_text() -> None:
    """Refuse an address or a form that holds undecodable bytes or NUL, before anyone parses it."""
    read = [request.path, *_texts(request.args)]
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        read += _texts(request.form)
    if any("\ufffd" in text or "\x00" in text for text in read):
        raise NotUtf8


def _texts(fields: Any) -> list[str]:
    return [text for name, values in fields.lists() for text in (name, *values)]


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]
    status = error.code or 500
    code, sentence = HTTP.get(status) or (HTTP[400] if status < 500 else HTTP[500])
    if isinstance(error, BadRequest) and "CSRF" in type(error).__name__:
        code, sentence = "form_expired", "error_form_expired"
    answer = _answer(status, code, say(sentence, language()), {})
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _fault(fault: Exception) -> Response:
    """Answer a bug without telling anything about it; in tests it stays a crash."""
    trace.write_fault(fault)
    if _in_tests():
        raise fault
    code, sentence = HTTP[500]
    return _answer(500, code, say(sentence, language()), {"request_id": trace.request_id()})


def _in_tests() -> bool:
    wanted = current_app.config.get("PROPAGATE_EXCEPTIONS")
    return current_app.testing if wanted is None else wanted


def _answer(status: int, code: str, message: str, facts: Mapping[str, object]) -> Response:
    if for_programs():
        return as_json({"error": {"code": code, "message": message, "facts": dict(facts)}}, status)
    page = render_template(
        "error.html", status=status, code=code, message=message, request_id=trace.request_id()
    )
    return Response(page, status, content_type="text/html; charset=utf-8")


def _plain(value: object) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")
