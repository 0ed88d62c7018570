"""The API v1: every door hung on one blueprint, and its description written from the doors."""

from __future__ import annotations

from flask import Blueprint, Response

from app.web.api import book, floor, serve, tokens, visits
from app.web.api.openapi import description
from app.web.errors import as_json

api = Blueprint("api", __name__, url_prefix="/api/v1")

for room in (book, visits, serve, floor, tokens):
    room.doors.hang(api)


@api.get("/openapi.json")
def openapi() -> Response:
    """Answer the OpenAPI 3.1 description of these doors."""
    return as_json(description())
