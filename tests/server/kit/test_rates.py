from __future__ import annotations

import pytest

from server.kit.problems import TooManyRequests
from server.kit.rates import Rate, RateLimiter

RATE = Rate("sign_in", 3, 600)
DEAD = "redis://127.0.0.1:1/0"


async def tries(limiter: RateLimiter, key: str, count: int) -> list[bool]:
    """Which of `count` tries were let through."""
    outcomes = []
    for _ in range(count):
        try:
            await limiter.check(RATE, key)
            outcomes.append(True)
        except TooManyRequests as refusal:
            assert 0 < refusal.extras["retry_after_s"] <= RATE.window_s
            outcomes.append(False)
    return outcomes


async def test_one_try_too_many_is_refused_for_its_key_alone() -> None:
    limiter = RateLimiter()
    assert await tries(limiter, "a", 5) == [True, True, True, False, False]
    assert await tries(limiter, "b", 1) == [True]


async def test_rates_of_different_names_are_counted_apart() -> None:
    limiter = RateLimiter()
    await tries(limiter, "a", 3)
    await limiter.check(Rate("confirm", 3, 600), "a")
    with pytest.raises(TooManyRequests):
        await limiter.check(RATE, "a")


async def test_two_processes_count_together_in_redis(valkey_url: str) -> None:
    one, other = RateLimiter(valkey_url), RateLimiter(valkey_url)
    try:
        assert await tries(one, "a", 2) == [True, True]
        assert await tries(other, "a", 2) == [True, False]
    finally:
        await one.aclose()
        await other.aclose()


async def test_without_redis_each_process_counts_for_itself() -> None:
    limiter = RateLimiter(DEAD)
    try:
        assert await tries(limiter, "a", 4) == [True, True, True, False]
    finally:
        await limiter.aclose()
