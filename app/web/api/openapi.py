"""The OpenAPI 3.1 description, written from the very doors that answer.

Nothing is described by hand here but the meaning of each status, so code and page cannot part.
"""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from app.web.api.answers import ErrorAnswer
from app.web.api.door import Door

REFUSED = {
    400: "Malformed: `facts.field` names what could not be read",
    401: "No bearer token, or one that has ended",
    403: "Your role or center does not allow this",
    404: "Not known here, or not yours to see",
    409: "Conflict: somebody or something came first",
    410: "Ended",
    413: "The body is too large",
    422: "A rule refuses",
    429: "Too many tries; see `Retry-After`",
}
REF = "#/components/schemas/{model}"


def description() -> dict[str, Any]:
    """Return the OpenAPI document of the running application's API."""
    doors = [(rule, door) for rule in current_app.url_map.iter_rules() if (door := _door(rule))]
    names, schemas = _schemas([door for _, door in doors])
    paths: dict[str, dict[str, Any]] = {}
    for rule, door in doors:
        paths.setdefault(_path(rule), {})[door.method.lower()] = _operation(rule, door, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tafaddal · تفضّل",
            "version": "1",
            "description": "Times are RFC 3339 with the center's offset. Errors have one shape; "
            "their message is in the language of Accept-Language, Arabic by default.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"staff": {"type": "http", "scheme": "bearer"}},
        },
    }


def _door(rule: Rule) -> Door | None:
    return getattr(current_app.view_functions[rule.endpoint], "door", None)


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def _schemas(doors: list[Door]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """Return (model and mode → its reference, the schemas by name)."""
    wanted: list[tuple[type[BaseModel], Any]] = [(ErrorAnswer, "serialization")]
    for door in doors:
        if door.asks is not None:
            wanted.append((door.asks, "validation"))
        if door.answers is not None:
            wanted.append((door.answers, "serialization"))
    names, schemas = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REF)
    return names, schemas.get("$defs", {})


def _operation(rule: Rule, door: Door, names: dict[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": door.name,
        "summary": " ".join((door.view.__doc__ or "").split()),
        "parameters": _parameters(rule, door),
        "responses": _responses(door, names),
    }
    if door.asks is not None and door.method != "GET":
        told["requestBody"] = {
            "required": any(one.is_required() for one in door.asks.model_fields.values()),
            "content": {"application/json": {"schema": names[door.asks, "validation"]}},
        }
    if door.roles is not None:
        told["security"] = [{"staff": []}, *([{}] if door.open_to_code else [])]
        told["x-roles"] = [*door.roles, "admin"]
    return told


def _parameters(rule: Rule, door: Door) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in sorted(rule.arguments)
    ]
    if door.header is not None:
        length = {"type": "string", "minLength": 1, "maxLength": 128}
        found.append({"name": door.header, "in": "header", "required": True, "schema": length})
    if door.asks is not None and door.method == "GET":
        shape = door.asks.model_json_schema()
        for name, schema in shape["properties"].items():
            needed = name in shape.get("required", [])
            found.append({"name": name, "in": "query", "required": needed, "schema": schema})
    return found


def _responses(door: Door, names: dict[Any, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done"}
    if door.answers is not None:
        shape = names[door.answers, "serialization"]
        good["content"] = {"application/json": {"schema": shape}}
    error = {"application/json": {"schema": names[ErrorAnswer, "serialization"]}}
    refused = {400, 413, *door.refuses, *((401, 403) if door.roles is not None else ())}
    return {
        str(door.status): good,
        **{
            str(status): {"description": REFUSED[status], "content": error}
            for status in sorted(refused)
        },
    }
