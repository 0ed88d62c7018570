"""How the brain says no to a day that cannot be: by field and by value.

The few checks every value shares. It knows no desk, no agent and no visit.
"""

import math
from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]
MINUTES_AT_MOST = 2 * 24 * 60


class DayRefused(ValueError):
    """A day (or plan) contradicts itself; `field` and `value` say where."""

    def __init__(self, field: str, value: object, reason: str):
        self.field, self.value, self.reason = field, value, reason
        super().__init__(f"{field}: {reason}, got {_short(value)}")

    def inside(self, path: str) -> "DayRefused":
        """Return the same refusal told from one level further out."""
        return DayRefused(f"{path}.{self.field}", self.value, self.reason)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def a_name(field: str, value: object) -> None:
    """Refuse what is not a text of 1 to 200 characters."""
    if type(value) is not str or not 0 < len(value) <= 200:
        raise DayRefused(field, value, "must be a text of 1 to 200 characters")


def a_minute(field: str, value: object) -> None:
    """Refuse what is not a whole minute of the day (or of the night after it)."""
    if type(value) is not int or not 0 <= value <= MINUTES_AT_MOST:
        raise DayRefused(field, value, f"must be a whole minute from 0 to {MINUTES_AT_MOST}")


def an_amount(field: str, value: object, least: float, most: float) -> None:
    """Refuse what is not a finite number in [least, most]."""
    if type(value) not in (int, float) or not math.isfinite(value) or not least <= value <= most:
        raise DayRefused(field, value, f"must be a number from {least} to {most}")


def a_count(field: str, value: object, least: int, most: int) -> None:
    """Refuse what is not a whole number in [least, most]."""
    if type(value) is not int or not least <= value <= most:
        raise DayRefused(field, value, f"must be a whole number from {least} to {most}")


def spans(field: str, value: object) -> tuple[Span, ...]:
    """Return half-open minute intervals, sorted; refuse crossed or overlapping ones."""
    if not isinstance(value, (list, tuple)):
        raise DayRefused(field, value, "must be a list of [start, end]")
    for span in value:
        if not isinstance(span, (list, tuple)) or len(span) != 2:
            raise DayRefused(field, span, "must be [start, end]")
        a_minute(field, span[0])
        a_minute(field, span[1])
        if span[0] >= span[1]:
            raise DayRefused(field, list(span), "must end after it starts")
    ordered = tuple(sorted((span[0], span[1]) for span in value))
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise DayRefused(field, list(after), "must not overlap the interval before it")
    return ordered


def names(field: str, value: object) -> frozenset[str]:
    """Return a set of names; refuse a bare text and anything that is no name."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise DayRefused(field, value, "must be a list of names")
    for name in value:
        a_name(field, name)
    return frozenset(value)
