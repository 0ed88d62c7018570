"""The smallest center: one desk, one host, one service that fills the whole opening.

So each open day has exactly one start, and a race for it is a race for the last one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.store import Store
from app.store.centers import save_place

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # Sunday 07:00 in Riyadh, before opening
DAY = date(2026, 11, 23)
CENTER = "hall"
OPEN = [["08:00", "08:20"]]


def name(text: str) -> dict[str, str]:
    return {"ar": text, "en": text}


def center(hours: list[list[str]]) -> dict[str, Any]:
    return {
        "id": CENTER,
        "name": name("صالة السباق"),
        "address": name("الرياض"),
        "phone": "+966110000000",
        "tz": "Asia/Riyadh",
        "calendar": {"weekdays": {str(day): hours for day in (6, 0, 1, 2, 3)}},
        "zones": [{"id": "a", "name": name("أ")}],
        "tolerance_min": 5,
    }


def desk(number: int) -> dict[str, Any]:
    way = name("أمامكم")
    return {"id": f"D{number}", "number": number, "zone": "a", "features": [], "way": way}


def host(one: str, desk_id: str, hours: list[list[str]]) -> dict[str, Any]:
    turn = {"shift": [hours[0][0], hours[-1][1]], "breaks": []}
    return {
        "id": one,
        "name": name(one),
        "family": name(one),
        "gender": "f",
        "languages": ["ar"],
        "skills": {"civil": 1.0},
        "authority": 1,
        "home_desk": desk_id,
        "turns": {str(day): turn for day in (6, 0, 1, 2, 3)},
    }


def service() -> dict[str, Any]:
    return {
        "id": "id-card",
        "agency": "civil",
        "name": name("الهوية الوطنية"),
        "tasks": [{"name": name("إصدار"), "skill": "civil", "minutes": 20}],
    }


def raise_hall(store: Store, hosts: int = 1, hours: list[list[str]] | None = None) -> None:
    """Write the hall with `hosts` desks and as many hosts, all of one skill."""
    hours = hours or OPEN
    seats = range(1, hosts + 1)
    with store.unit(NOW) as unit:
        save_place(
            unit,
            center(hours),
            agencies=[{"id": "civil", "name": name("الأحوال المدنية")}],
            desks=[desk(number) for number in seats],
            agents=[host(f"host{number}", f"D{number}", hours) for number in seats],
            services=[service()],
        )
