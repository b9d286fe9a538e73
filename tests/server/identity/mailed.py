"""What a sign-in mail holds, and ways through the sign-in."""

from __future__ import annotations

import re

import httpx

from tests.server.harness import App, Browser
from tests.server.world import SEEKER_MAIL


async def ask(browser: Browser, email: str = SEEKER_MAIL) -> httpx.Response:
    return await browser.post("/api/sign-in", json={"email": email})


async def mailed_code(app: App, email: str = SEEKER_MAIL) -> str:
    """The code of the newest mail to the address."""
    return "".join(re.findall(r"\b(\d{4}) (\d{4})\b", (await app.mails(email))[0]["text"])[0])


async def mailed_token(app: App, email: str = SEEKER_MAIL) -> str:
    """The sign-in link's token of the newest mail to the address."""
    return str(re.findall(r"token=([\w-]{43})", (await app.mails(email))[0]["text"])[0])


async def confirm(browser: Browser, code: str, email: str = SEEKER_MAIL) -> httpx.Response:
    """Try a code; when it lets in, the browser keeps the CSRF token."""
    answer = await browser.post("/api/sign-in/confirm", json={"email": email, "code": code})
    if answer.is_success:
        browser.keep_csrf(answer.json())
    return answer


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**8:08d}"


def problem(answer: httpx.Response) -> str:
    """The name of the problem an answer is."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rpartition(":")[2]
