"""The door of bearer tokens: name and password in, a token with role and centers out."""

from __future__ import annotations

from app.usecases.signin import issue_token
from app.web.api import answers, asks
from app.web.api.door import Doors
from app.web.auth import check_password
from app.web.here import house

doors = Doors()


@doors.add(
    "POST",
    "/tokens",
    asks=asks.TokenAsk,
    answers=answers.TokenAnswer,
    status=201,
    refuses=(401, 429),
)
def take_token(ask: asks.TokenAsk) -> object:
    """A bearer token for staff; it ends by itself and when the account's tokens are revoked."""
    found = check_password(ask.name, ask.password)
    token, expires_at = issue_token(house().store, house().clock.now(), found)
    return {
        "token": token,
        "expires_at": expires_at,
        "role": found.role,
        "centers": found.centers,
        "agent": found.agent_id,
    }
