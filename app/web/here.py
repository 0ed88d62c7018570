"""The house a request stands in: its store, settings and clock.

The only place of floor 5 that knows where `app/factory.py` left them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from app.factory import House


def house() -> House:
    """Return the house of the running application (made by `app.factory.create_app`)."""
    return current_app.extensions["tafaddal"]
