"""Staff accounts: passwords by argon2id, bearer tokens that end and can be revoked.

How often a stranger may try, and what a role may open, is decided at the web's doors.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer

from app.domain.errors import Refusal
from app.domain.refusals import BadField, SignInRefused
from app.store import Store, accounts

ROLES = ("host", "reception", "manager", "admin")
TOKEN_H = 12
_hasher = PasswordHasher()  # argon2id, RFC 9106 low-memory profile: 64 MiB, 3 passes


class TokenEnded(Refusal):
    """A bearer token that is forged, has ended or was revoked."""

    code, kind = "token_ended", "auth"
    ar = "انتهت صلاحية رمز الدخول أو أُلغي. يلزم تسجيل الدخول من جديد."
    en = "The access token has ended or was revoked. Please sign in again."


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff: an account, its role and the centers it belongs to."""

    id: str
    name: str
    role: str
    centers: tuple[str, ...]
    agent_id: str | None
    lang: str
    token_version: int

    def sees(self, center: str) -> bool:
        """Tell whether `center` is theirs; an admin sees every center."""
        return self.role == "admin" or center in self.centers


def create_staff(
    store: Store,
    now: datetime,
    name: str,
    password: str,
    role: str,
    centers: tuple[str, ...] = (),
    agent_id: str | None = None,
    lang: str = "ar",
) -> str:
    """Create an account, or give an existing name a new password and role. Returns the name.

    Raises BadField for an unknown role, an empty name or a password under 10 characters.
    """
    if role not in ROLES:
        raise BadField(field="role", why=" · ".join(ROLES))
    if not 1 <= len(name.strip()) <= 80:
        raise BadField(field="name", why="1–80")
    if len(password) < 10:
        raise BadField(field="password", why="≥ 10")
    kept = _hasher.hash(password)
    with store.unit(now) as unit:
        accounts.keep(
            unit,
            id=uuid.uuid4().hex,
            name=name.strip(),
            password_hash=kept,
            role=role,
            centers=list(centers),
            agent_id=agent_id,
            lang=lang,
        )
    return name.strip()


def check_password(store: Store, name: str, password: str) -> Staff:
    """Return the account of this name and password; raises SignInRefused.

    An unknown name costs as much time as a wrong password, so that names cannot be told apart.
    """
    with store.read() as reader:
        row = accounts.by_name(reader, name)
    try:
        _hasher.verify(row["password_hash"] if row else _nobody(), password)
    except (VerificationError, InvalidHashError):
        raise SignInRefused from None
    if row is None:
        raise SignInRefused
    return _staff(row)


def staff_by_id(store: Store, staff: str) -> Staff | None:
    """Return an account that is not disabled, or None."""
    with store.read() as reader:
        row = accounts.by_id(reader, staff)
    return _staff(row) if row else None


def issue_token(store: Store, now: datetime, staff: Staff) -> tuple[str, datetime]:
    """Return (a signed bearer token, the instant it ends)."""
    ends_at = now + timedelta(hours=TOKEN_H)
    body = [staff.id, staff.token_version, int(ends_at.timestamp())]
    return _signer(store).dumps(body), datetime.fromtimestamp(body[2], UTC)


def read_token(store: Store, now: datetime, token: str) -> Staff:
    """Return whose token it is; raises TokenEnded."""
    try:
        staff_id, version, ends_s = _signer(store).loads(token)
    except (BadSignature, ValueError, TypeError):
        raise TokenEnded from None
    found = staff_by_id(store, staff_id)
    if found is None or found.token_version != version or now.timestamp() >= ends_s:
        raise TokenEnded
    return found


def revoke(store: Store, now: datetime, staff: str) -> None:
    """End every token and session of an account."""
    with store.unit(now) as unit:
        accounts.next_version(unit, staff)


def _signer(store: Store) -> URLSafeSerializer:
    return URLSafeSerializer(store.settings.secret_key, salt="bearer-token")


@cache
def _nobody() -> str:
    return _hasher.hash(uuid.uuid4().hex)


def _staff(row: dict) -> Staff:
    return Staff(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        centers=tuple(row["centers"]),
        agent_id=row["agent_id"],
        lang=row["lang"],
        token_version=row["token_version"],
    )
