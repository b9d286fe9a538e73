"""How often somebody may try something: counted in memory, or in Redis when several processes serve."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request

from server.kit.problems import TooManyRequests

PATIENCE_S = 1
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` times in `window_s` seconds, counted under `name` for each key."""

    name: str
    count: int
    window_s: int

    @property
    def item(self) -> RateLimitItem:
        return RateLimitItemPerSecond(self.count, self.window_s, namespace=self.name)


class RateLimiter:
    """Counts tries. While Redis does not answer, each process counts for itself: nobody is locked out by it."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._redis = Redis.from_url(redis_url, socket_timeout=PATIENCE_S) if redis_url else None
        self._shared = None if self._redis is None else FixedWindowRateLimiter(_storage(redis_url, self._redis))

    async def check(self, rate: Rate, key: str) -> None:
        """Count a try of `key`.

        Raises:
            TooManyRequests: it was one too many; `retry_after_s` says when the count begins anew.
        """
        limiter = self._shared or self._own
        try:
            allowed = await limiter.hit(rate.item, key)
        except Exception as error:
            log.warning("rate_limits_unshared", kind=type(error).__name__)
            limiter = self._own
            allowed = await limiter.hit(rate.item, key)
        if not allowed:
            stats = await limiter.get_window_stats(rate.item, key)
            wait_s = max(1, math.ceil(stats.reset_time - time.time()))
            raise TooManyRequests(f"try again in {wait_s} s", retry_after_s=wait_s)

    async def aclose(self) -> None:
        """Close the connections to Redis."""
        if self._redis is not None:
            await self._redis.aclose(close_connection_pool=True)


def limiter_of(request: Request) -> RateLimiter:
    """The application's one limiter, made when it is first needed."""
    holder = request.app.state
    if not hasattr(holder, "limiter"):
        holder.limiter = RateLimiter(request.state["settings"].redis_url)
    limiter: RateLimiter = holder.limiter
    return limiter


async def close_limiter(app: Starlette) -> None:
    """Close what the application's limiter holds open, if it was ever needed."""
    if hasattr(app.state, "limiter"):
        await app.state.limiter.aclose()


def _storage(url: str | None, redis: Redis) -> Storage:
    pool: Any = redis.connection_pool
    return RedisStorage(f"async+{url}", implementation="redispy", key_prefix="direktkontakt:rate", connection_pool=pool)
