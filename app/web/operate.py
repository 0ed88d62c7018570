"""What an operator asks: is it alive, is it ready, how is it doing.

The figures name routes and statuses only. Whose request it was stands nowhere in them.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from app.usecases import ready
from app.web import trace
from app.web.errors import as_json
from app.web.here import house

pages = Blueprint("operate", __name__)
BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Figures:
    """The counters of one application: nothing is shared between two of them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route")
        self.requests = Counter(
            "tafaddal_http_requests", "Requests", (*labels, "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "tafaddal_http_request_seconds",
            "Seconds a request took",
            labels,
            buckets=BOUNDS_S,
            registry=self.registry,
        )
        self.backlog = Gauge(
            "tafaddal_backlog",
            "Work that is wanted and not done",
            ("kind",),
            registry=self.registry,
        )

    def note(self, answer: Response) -> Response:
        """Count an answered request under its route's rule."""
        method, route = request.method, trace.rule()
        self.requests.labels(method, route, answer.status_code).inc()
        self.seconds.labels(method, route).observe(trace.took_s())
        return answer


def install(app: Flask) -> None:
    """Count every request of `app`. Called once by `app/factory.py`."""
    figures = Figures()
    app.extensions["tafaddal_figures"] = figures
    app.after_request(figures.note)


@pages.get("/healthz")
def healthz() -> Response:
    """Answer that the process lives."""
    return as_json({"ok": True})


@pages.get("/readyz")
def readyz() -> Response:
    """Answer 200 when every part this process needs answers, else 503 with what does not."""
    found = ready.parts(house().store, house().clock.now())
    return as_json({"ready": all(found.values()), **found}, 200 if all(found.values()) else 503)


@pages.get("/metrics")
def metrics() -> Response:
    """Answer the figures in the text format of Prometheus."""
    figures: Figures = current_app.extensions["tafaddal_figures"]
    for kind, many in ready.backlog(house().store).items():
        figures.backlog.labels(kind).set(many)
    return Response(generate_latest(figures.registry), content_type=CONTENT_TYPE_LATEST)
