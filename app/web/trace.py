"""One line for every request, with its id; and what a broken request leaves for the operator.

It never writes a path, a query, a body or the text of an exception: those may carry a secret
visit code, a name or a number. The route's rule and the frames of the code are enough to find
the place. Where the lines go after stderr is the operator's business.
"""

from __future__ import annotations

import sys
import time
import traceback
import uuid

import structlog
from flask import Flask, Response, g, request


class _Stderr:
    """Prints a finished line on the stderr of the moment it is written."""

    def msg(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    info = error = warning = msg


_log = structlog.wrap_logger(
    _Stderr(),
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.BoundLogger,
)


def install(app: Flask) -> None:
    """Give every request an id, answer with it, and write its line when it ends."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """Return the id of the running request; it is also in the answer's `X-Request-Id`."""
    if "request_id" not in g:
        _begin()
    return g.request_id


def took_s() -> float:
    """Return the seconds since the request began."""
    return time.perf_counter() - g.get("begun", time.perf_counter())


def rule() -> str:
    """Return the rule of the route, e.g. `/v/<code>`, or `-` when no route fits."""
    return request.url_rule.rule if request.url_rule else "-"


def write_fault(fault: Exception) -> None:
    """Write where the code broke: its frames and the kind of the exception, not its text."""
    frames = traceback.extract_tb(fault.__traceback__)[-12:]
    _log.error(
        "fault",
        request_id=request_id(),
        method=request.method,
        route=rule(),
        kind=type(fault).__qualname__,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )


def _begin() -> None:
    g.request_id = uuid.uuid4().hex
    g.begun = time.perf_counter()


def _end(answer: Response) -> Response:
    answer.headers["X-Request-Id"] = request_id()
    if request.endpoint != "static":
        _log.info(
            "request",
            request_id=request_id(),
            method=request.method,
            route=rule(),
            status=answer.status_code,
            ms=round(took_s() * 1000, 1),
        )
    return answer
