from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr, ValidationError
from sqlmodel import select

from server.app import create_app
from server.kit.db import Database
from server.kit.outbox import OutboxRow, Relay, retry_delay
from server.mail import repository
from server.mail.delivery import delivery, keeps_mail, smtp_options
from server.mail.message import KIND, Mail, rendered, send
from server.mail.tables import MailboxRow
from server.settings import Settings
from tests.server.harness import App, Clock, lifespan
from tests.server.identity.mailed import ask, confirm, mailed_code
from tests.server.world import SEEKER_MAIL, World
from tests.services.smtp import Inbox, text_of

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
SENDER = "Expo för möten <no-reply@expo.example>"
PRODUCTION = {"production": True, "public_url": "https://expo.example", "smtp_url": SecretStr("smtp://mail")}


def mail(*, text: str = "Hej!\n", subject: str = "Möte på måndag", calendar: str | None = None) -> Mail:
    return Mail(to=SEEKER_MAIL, subject=subject, text=text, at=AT, calendar=calendar)


@pytest.fixture
async def smtp_settings(settings: Settings, smtp: Inbox) -> AsyncIterator[Settings]:
    yield settings.model_copy(update={"smtp_url": SecretStr(smtp.url), "mail_from": SENDER})


async def test_a_mail_goes_over_smtp_whole(smtp_settings: Settings, database: Database, smtp: Inbox) -> None:
    sent = mail(text="Hej Åsa!\nVälkommen\n.\nslut\n", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    await delivery(smtp_settings, database)(sent.model_dump(mode="json"))
    (received,) = smtp.to(SEEKER_MAIL)
    assert received["Subject"] == "Möte på måndag"
    assert received["From"] == SENDER
    assert received["Message-ID"] == f"<{sent.id}@expo.example>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert text_of(received).splitlines() == ["Hej Åsa!", "Välkommen", ".", "slut"]
    (attachment,) = received.iter_attachments()
    assert (attachment.get_content_type(), attachment.get_filename()) == ("text/calendar", "direktkontakt.ics")


async def test_a_refused_mail_waits_and_goes_out_later(
    smtp_settings: Settings, database: Database, smtp: Inbox, clock: Clock
) -> None:
    relay = Relay(database, {KIND: delivery(smtp_settings, database)}, now=clock)
    async with database.transaction() as session:
        send(session, mail().model_copy(update={"at": clock()}))
    smtp.refusal = "451 come back later"
    await relay.deliver_due()
    assert smtp.to(SEEKER_MAIL) == []
    async with database.read() as session:
        status, error = (await session.exec(select(OutboxRow.status, OutboxRow.last_error))).one()
    assert (status, error) == ("waiting", "SMTPDataError")
    smtp.refusal = None
    clock.at += retry_delay(1)
    await relay.deliver_due()
    assert len(smtp.to(SEEKER_MAIL)) == 1


async def test_a_code_travels_by_smtp_and_no_mailbox_is_open(
    smtp_settings: Settings, database: Database, smtp: Inbox, clock: Clock, world: World
) -> None:
    async with lifespan(create_app(smtp_settings, now=clock)) as running:
        app = App(running, database=database, settings=smtp_settings, clock=clock)
        browser = app.browser()
        await ask(browser)
        await app.deliver()
        received = await smtp.wait_for(SEEKER_MAIL)
        code = text_of(received).split("koden är ")[-1].split("Din kod är ")[-1][:9]
        assert (await confirm(browser, code)).json()["person"]["id"] == str(world.seeker)
        assert (await browser.get("/api/mailbox")).status_code == 404
        await app.aclose()


async def test_the_mailbox_shows_the_newest_mail_first(app: App, world: World) -> None:
    await ask(app.browser())
    first = await mailed_code(app)
    app.clock.advance(seconds=1)
    await ask(app.browser())
    second = await mailed_code(app)
    kept = (await app.browser().get("/api/mailbox")).json()
    assert [first[:4] in kept[1]["text"], second[:4] in kept[0]["text"]] == [True, True]
    assert set(kept[0]) == {"id", "to", "subject", "text", "at"}


async def test_a_mail_delivered_twice_is_kept_once(database: Database) -> None:
    for _ in range(2):
        async with database.transaction() as session:
            await repository.keep(session, mail().model_copy(update={"id": "6f5d0c9e-6d6b-4a53-9a6f-0e2b3a0f1d11"}))
    async with database.read() as session:
        (kept,) = await repository.list_newest(session)
    assert kept.id == UUID("6f5d0c9e-6d6b-4a53-9a6f-0e2b3a0f1d11")


async def test_the_mailbox_is_bounded(database: Database) -> None:
    async with database.transaction() as session:
        for number in range(repository.KEPT_MAX + 5):
            at = AT.replace(microsecond=number)
            await repository.keep(session, mail().model_copy(update={"id": str(uuid4()), "at": at}))
    async with database.read() as session:
        newest = await repository.list_newest(session)
        assert (len(newest), newest[0].at.microsecond) == (repository.SHOWN_MAX, repository.KEPT_MAX + 4)
        assert len((await session.exec(select(MailboxRow.id))).all()) == repository.KEPT_MAX


@pytest.mark.parametrize(
    "change",
    [
        {"to": "a@example.org\r\nBcc: thief@example.net"},
        {"to": "a@example.org, thief@example.net"},
        {"subject": "Hej\r\nBcc: thief@example.net"},
        {"subject": "x" * 201},
        {"id": "1>\r\nX: y"},
        {"bcc": "thief@example.net"},
        {"at": datetime(2026, 5, 12)},  # noqa: DTZ001
    ],
)
def test_a_mail_that_would_smuggle_something_is_not_made(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Mail.model_validate({"to": SEEKER_MAIL, "subject": "Hej", "text": "", "at": AT, **change})


def test_a_domain_with_swedish_letters_is_written_as_mail_servers_know_it() -> None:
    mail = Mail(to="amina@räksmörgås.example", subject="Tider", text="Hej", at=AT)

    assert mail.to == "amina@xn--rksmrgs-5wao1o.example"


def test_the_text_cannot_end_the_headers_early() -> None:
    message = rendered(mail(text="Bcc: thief@example.net\r\n\r\nHej"), sender=SENDER)
    assert message["Bcc"] is None
    assert message.get_content_type() == "text/plain"


def test_mail_is_kept_only_where_there_is_no_smtp_and_no_production() -> None:
    assert keeps_mail(Settings(smtp_url=None))
    assert not keeps_mail(Settings(smtp_url=SecretStr("smtp://mail")))
    assert not keeps_mail(Settings.model_validate(PRODUCTION))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail", {"port": 25, "use_tls": False, "start_tls": None, "username": None}),
        ("smtp://u:p%40ss@mail", {"port": 587, "start_tls": True, "username": "u", "password": "p@ss"}),
        ("smtp://u:p@localhost:1025", {"port": 1025, "start_tls": None}),
        ("smtps://u:p@mail", {"port": 465, "use_tls": True, "start_tls": False}),
    ],
)
def test_a_password_needs_an_encrypted_line(url: str, expected: dict[str, object]) -> None:
    options = smtp_options(url)
    assert {key: options[key] for key in expected} == expected


@pytest.mark.parametrize("url", ["", "mail:25", "http://mail", "smtp://"])
def test_an_address_that_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        smtp_options(url)
