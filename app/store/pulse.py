"""Whether the parts behind the store answer, and how much wanted work waits. Writes nothing."""

from __future__ import annotations

import redis
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.store import tables as t
from app.store.unit import Reader, Store

REDIS_TIMEOUT_S = 1


def database_answers(store: Store) -> bool:
    try:
        with store.read() as reader:
            return reader.value(text("select 1")) == 1
    except SQLAlchemyError:  # any failure of the engine means: not ready
        return False


def redis_answers(store: Store) -> bool:
    """Tell whether Redis answers within a second; True when the house runs without one."""
    url = store.settings.redis_url
    if not url:
        return True
    try:
        with redis.Redis.from_url(
            url, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S
        ) as line:
            return bool(line.ping())
    except redis.RedisError:
        return False


def backlog(reader: Reader) -> dict[str, int]:
    """Return kind of work → how many center-days want it and have not got it."""
    query = (
        select(t.work.c.kind, func.count())
        .where(t.work.c.want > t.work.c.done)
        .group_by(t.work.c.kind)
    )
    return {kind: int(many) for kind, many in reader.conn.execute(query)}
