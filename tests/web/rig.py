"""The whole web of the house in one process, with a clock the test moves and the OpenAPI as judge.

Every answer of the API that a test sees is checked against the schema of its route.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from app.store import Store

PASSWORD = "a-long-password"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Rig:
    """A client of the house, and what a test needs to look behind the doors."""

    app: Flask
    clock: Clock
    store: Store
    client: FlaskClient = field(init=False)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.described = self.client.get("/api/v1/openapi.json").get_json()

    def call(
        self,
        method: str,
        path: str,
        ask: Any = None,
        *,
        by: str | None = None,
        lang: str = "en",
        **headers: str,
    ) -> TestResponse:
        """Knock at `/api/v1{path}`, as staff `by` or a stranger; judge the answer."""
        sent = {"Accept-Language": lang, **{n.replace("_", "-"): v for n, v in headers.items()}}
        if by is not None:
            sent["Authorization"] = f"Bearer {self.token(by)}"
        more = {} if ask is None else {"json": ask}
        answer = self.client.open(f"/api/v1{path}", method=method, headers=sent, **more)
        self.judge(method, f"/api/v1{path}".split("?")[0], answer)
        return answer

    def token(self, name: str) -> str:
        if name not in self.tokens:
            asked = {"name": name, "password": PASSWORD}
            answer = self.client.post("/api/v1/tokens", json=asked)
            assert answer.status_code == 201, answer.text
            self.tokens[name] = answer.get_json()["token"]
        return self.tokens[name]

    def judge(self, method: str, path: str, answer: TestResponse) -> None:
        """Fail when the answer is not what the OpenAPI page promises for this route."""
        assert answer.headers["X-Request-Id"]
        operation = self.operation(method, path)
        if operation is None:
            return
        responses = operation["responses"]
        assert str(answer.status_code) in responses, (method, path, answer.status_code, answer.text)
        content = responses[str(answer.status_code)].get("content")
        if content is None:
            assert answer.data == b""
            return
        schema = content["application/json"]["schema"]
        root = {**schema, "components": self.described["components"]}
        Draft202012Validator(root).validate(answer.get_json())

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        for rule, operations in self.described["paths"].items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", rule)
            if re.fullmatch(pattern, path) and method.lower() in operations:
                return operations[method.lower()]
        return None


def riyadh(text: str) -> datetime:
    """Return the UTC instant of a Riyadh time like "2026-11-24 09:00"."""
    return datetime.fromisoformat(f"{text}+03:00").astimezone(UTC)
