"""Rows of staff accounts. What a password or token is worth is decided in `usecases/signin.py`."""

from typing import Any

from sqlalchemy import select, update

from app.store import tables as t
from app.store.unit import Reader, Unit


def by_name(reader: Reader, name: str) -> dict[str, Any] | None:
    return _one(reader, t.staff.c.name == name)


def by_id(reader: Reader, staff: str) -> dict[str, Any] | None:
    return _one(reader, t.staff.c.id == staff)


def keep(unit: Unit, **values: Any) -> None:
    """Write an account; one of the same name gets the new values and a new token version."""
    known = unit.row(select(t.staff).where(t.staff.c.name == values["name"]))
    if known is None:
        unit.add(t.staff, **values)
        return
    values = {
        **values,
        "id": known["id"],
        "token_version": known["token_version"] + 1,
        "disabled": False,
    }
    unit.change(t.staff, t.staff.c.id == known["id"], **values)


def next_version(unit: Unit, staff: str) -> None:
    """Raise the token version: every older token and session ends."""
    unit.conn.execute(
        update(t.staff)
        .where(t.staff.c.id == staff)
        .values(token_version=t.staff.c.token_version + 1)
    )


def _one(reader: Reader, condition: Any) -> dict[str, Any] | None:
    row = reader.row(select(t.staff).where(condition, t.staff.c.disabled.is_(False)))
    return dict(row) if row else None
