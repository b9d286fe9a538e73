from __future__ import annotations

import asyncio
import smtplib
import time
from email.message import EmailMessage
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.services import missing, postgres, valkey
from tests.services.missing import ServiceMissing
from tests.services.program import Program, accepts, free_port
from tests.services.smtp import Inbox, text_of


async def test_postgres_answers_and_has_what_bookings_need(empty_postgres: str) -> None:
    engine = create_async_engine(empty_postgres)

    async with engine.begin() as connection:
        await connection.execute(text("CREATE EXTENSION btree_gist"))
        version = (await connection.execute(text("SHOW server_version_num"))).scalar_one()
    await engine.dispose()

    assert int(version) >= 150000


async def test_postgres_is_not_answered_by_something_else(empty_postgres: str) -> None:
    port = free_port()

    with pytest.raises(OSError):
        await asyncpg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres")


async def test_valkey_answers(valkey_url: str) -> None:
    async with redis.asyncio.Redis.from_url(valkey_url) as client:
        await client.set("seat", "4")

        assert await client.get("seat") == b"4"


async def test_valkey_starts_each_test_empty(valkey_url: str) -> None:
    async with redis.asyncio.Redis.from_url(valkey_url) as client:
        assert await client.dbsize() == 0
        await client.set("left", "behind")


async def test_valkey_is_not_answered_by_something_else(valkey_url: str) -> None:
    async with redis.asyncio.Redis(host="127.0.0.1", port=free_port()) as client:
        with pytest.raises(redis.exceptions.ConnectionError):
            await client.ping()


async def test_a_mail_arrives_as_it_was_sent(smtp: Inbox) -> None:
    await asyncio.to_thread(send, smtp, to="amina@example.org")

    mail = await smtp.wait_for("amina@example.org")

    assert (mail["Subject"], text_of(mail)) == ("Välkommen", "Klockan tio.\n")
    assert smtp.to("nobody@example.org") == []


async def test_a_refused_mail_is_kept_by_nobody(smtp: Inbox) -> None:
    smtp.refusal = "451 Try again later"

    with pytest.raises(smtplib.SMTPDataError):
        await asyncio.to_thread(send, smtp, to="amina@example.org")

    assert smtp.mails == []


def test_a_service_that_cannot_be_found_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(valkey, "find_spec", lambda name: None)

    with pytest.raises(ServiceMissing, match=r"Valkey is needed and was not found\. Tried: .*redis-server"):
        valkey.find_valkey()


def test_an_address_given_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.ADDRESS, "postgresql+asyncpg://me@db.test/mine")

    with postgres.running_postgres() as server:
        assert server.url == "postgresql://me@db.test/mine"


def test_what_is_not_possible_here_fails_where_it_must_not_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="not possible here: no root"):
        missing.leave_out("no root")


def test_what_is_not_possible_here_is_named_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(missing, "not_possible_here", named := list[str]())

    with pytest.raises(pytest.skip.Exception):
        missing.leave_out("no root")

    assert [line.rpartition(": ")[2] for line in named] == ["no root"]


def test_a_killed_program_takes_along_what_it_started(tmp_path: Path) -> None:
    port = free_port()
    command = ["sh", "-c", f"python3 -m http.server {port} --bind 127.0.0.1 & wait"]
    program = Program(command, log=tmp_path / "log")
    program.wait_until(lambda: accepts(port), within_s=10)

    program.kill()

    assert goes_quiet(port, within_s=5)


def test_a_program_that_ends_too_soon_says_what_it_printed(tmp_path: Path) -> None:
    program = Program(["sh", "-c", "echo the disk is full; exit 3"], log=tmp_path / "log")

    with pytest.raises(RuntimeError, match="ended with 3:\nthe disk is full"):
        program.wait_until(lambda: False, within_s=10)


def goes_quiet(port: int, *, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while accepts(port) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not accepts(port)


def send(inbox: Inbox, *, to: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "dag@example.org", to, "Välkommen"
    mail.set_content("Klockan tio.")
    with smtplib.SMTP("127.0.0.1", int(inbox.url.rpartition(":")[2])) as client:
        client.send_message(mail)
