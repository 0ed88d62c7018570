"""Al-Olaya as JSON bodies of the domain, read from the files in `olaya/`.

It reads and joins; what is right or wrong about the facts is the domain's to say.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "olaya"
CENTER = "olaya"
WEEK = (6, 0, 1, 2, 3)  # Sunday to Thursday, 0 is Monday


@cache
def read(name: str) -> dict[str, Any]:
    """Return one file of `olaya/`, e.g. "desks" or "services/traffic"."""
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


def center() -> dict[str, Any]:
    return read("center")


def desks() -> list[dict[str, Any]]:
    return read("desks")["desk"]


def agents() -> list[dict[str, Any]]:
    """Return the agents with their weekly turns: {"6": {"shift": […], "breaks": […]}, …}."""
    return [{**one, "turns": _turns(one["id"])} for one in read("agents")["agent"]]


def _turns(agent: str) -> dict[str, Any]:
    roster = read("roster")
    week = zip(WEEK, roster["week"][agent], strict=True)
    return {str(day): roster["turn"][turn] for day, turn in week if turn}


def agencies() -> list[dict[str, Any]]:
    return [read(f"services/{path.stem}")["agency"] for path in _service_files()]


def services() -> list[dict[str, Any]]:
    """Return the services of all agencies, the ones asked for most first."""
    found = [
        _service(read(f"services/{path.stem}")["agency"]["id"], one)
        for path in _service_files()
        for one in read(f"services/{path.stem}")["service"]
    ]
    return sorted(found, key=lambda one: (not one["common"], -one["share"]))


def _service(agency: str, body: dict[str, Any]) -> dict[str, Any]:
    must = [_paper(one, True) for one in body["papers"]]
    may = [_paper(one, False) for one in body["optional_papers"]]
    left = {name: value for name, value in body.items() if name != "optional_papers"}
    return {**left, "agency": agency, "papers": must + may}


def _paper(paper: str, mandatory: bool) -> dict[str, Any]:
    return {"id": paper, "name": read("papers")[paper], "mandatory": mandatory}


def _service_files() -> list[Path]:
    return sorted((FILES / "services").glob("*.toml"))


def shares() -> dict[str, int]:
    """Return how often each service is asked for, in visits of a hundred or so."""
    return {one["id"]: one["share"] for one in services()}
