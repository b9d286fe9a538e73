"""The day does not go as planned, and staff mend it: whoever it concerns sees it on their open page at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.house import House
from tests.journeys.support.browser import DESK, PHONE, Visit, visit
from tests.journeys.support.waiting import until
from tests.journeys.support.words import say
from tests.journeys.world import STAFF, ZONE, Api, officials, plan, sign_in

TOLD_WITHIN_S = 5.0
KEY = "the-same-act"
BEGAN = timedelta(minutes=4)
FJALLNAT, HAMNLJUS = "Fjällnät AB", "Hamnljus IT"


class Office(Api):
    """Staff's requests, which may be lost on the way."""

    async def try_to_post(self, path: str, key: str, body: dict[str, Any]) -> httpx.Response | None:
        """The answer, or None when the line was cut before it came."""
        try:
            return await self._client.post(path, json=body, headers={"idempotency-key": key})
        except httpx.TransportError:
            return None


@dataclass(slots=True)
class Running:
    """An event that began four minutes ago, with desks at stations, and browsers that people have open."""

    house: House
    browser: Browser
    stack: AsyncExitStack
    staff: Office
    staff_id: UUID
    id: str
    slots: list[dict[str, Any]]
    desks: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"/api/recruitment-events/{self.id}"

    def clock(self, slot: int) -> str:
        starts = datetime.fromisoformat(self.slots[slot]["starts_at"]).astimezone(ZoneInfo(ZONE))
        return starts.strftime("%H.%M")

    async def employer(self, name: str, recruiter: str, station: str) -> None:
        made = await self.staff.post(
            f"{self.base}/employers",
            name=name,
            form="on_site",
            station=station,
            competences_wanted=["Python"],
            recruiters=[{"name": recruiter, "email": f"{recruiter.split()[0].lower()}@rekryterare.example"}],
        )
        (self.desks[name],) = made["desks"]

    async def meeting(self, name: str, employer: str, slot: int) -> None:
        email = f"{name.lower().replace(' ', '.')}@post.example"
        seeker = await self.staff.post(f"{self.base}/seekers", name=name, email=email, competences=["Python"])
        self.people[name] = UUID(seeker["id"])
        place = {"desk_id": self.desks[employer]["id"], "slot_id": self.slots[slot]["id"]}
        laid = await self.staff.post(f"{self.base}/meetings", **place, seeker_id=seeker["id"])
        self.meetings[name] = laid["meeting"]["id"]

    async def open(self, person_id: UUID, path: str, *, name: str, size: tuple[int, int] = PHONE) -> Page:
        """The page that somebody has open."""
        person: Visit = await self.stack.enter_async_context(
            visit(self.browser, self.house.staff_door.url, name=name, size=size)
        )
        await sign_in(person, self.house, person_id)
        return await person.go(path)

    async def at_desk(self, employer: str) -> Page:
        """The recruiter, whose desk is open."""
        desk = self.desks[employer]
        page = await self.open(UUID(desk["recruiter_id"]), f"/desk/{desk['id']}", name=f"at {employer}", size=DESK)
        await page.get_by_role("button", name=say("desk.open")).click()
        await expect(page.get_by_role("button", name=say("desk.close"))).to_be_visible()
        return page

    async def at_the_board(self) -> Page:
        return await self.open(self.staff_id, f"/events/{self.id}/live", name="staff", size=DESK)


@asynccontextmanager
async def running_event(house: House, browser: Browser) -> AsyncIterator[Running]:
    now = datetime.now(UTC)
    staff = Office(house.staff_door.url)
    try:
        async with AsyncExitStack() as stack:
            staff_id, _ = await officials(house, now)
            await staff.sign_in(house, STAFF[1])
            began = (now - BEGAN).astimezone(ZoneInfo(ZONE))
            wanted = plan(form="on_site", now=now, early_start_s=300, late_after_s=60, no_show_after_s=540)
            wanted |= {"first_start": began.strftime("%H:%M"), "date": began.date().isoformat(), "slots": 8}
            lengths = {name: wanted.pop(name) for name in ("late_after_s", "no_show_after_s")}
            made = await staff.post("/api/recruitment-events", **wanted)
            event = Running(house, browser, stack, staff, staff_id, made["id"], made["slots"])
            await staff.patch(event.base, **lengths)
            await event.employer(FJALLNAT, "Tuva Sundin", "Bord 3")
            await event.employer(HAMNLJUS, "Nils Nyberg", "Bord 4")
            await event.meeting("Amina Warsame", FJALLNAT, 0)
            await event.meeting("Bilal Haddad", FJALLNAT, 3)
            await event.meeting("Clara Ek", HAMNLJUS, 0)
            await staff.post(f"{event.base}/publish")
            yield event
    finally:
        await staff.aclose()


async def told(what: str, begin: Callable[[], Awaitable[Any]], *seen: Locator) -> None:
    """Do it, and see that it is on each open page within five seconds."""
    began = time.monotonic()
    await begin()
    for one in seen:
        await expect(one.first).to_be_visible(timeout=TOLD_WITHIN_S * 1000)
    took_s = time.monotonic() - began
    print(f"{what}: on all open pages {took_s:.2f} s after the press")
    assert took_s <= TOLD_WITHIN_S


def way_out(board: Page, number: int = 0) -> Locator:
    return board.locator(".rp-o").nth(number)


async def do_this(board: Page) -> None:
    await board.get_by_role("button", name=say("live.repair_confirm")).click()


async def test_a_no_show_a_late_arrival_and_a_walk_in_are_mended_and_everybody_sees_it(
    house: House, browser: Browser
) -> None:
    async with running_event(house, browser) as event:
        bilal = await event.open(
            event.people["Bilal Haddad"], f"/meeting/{event.meetings['Bilal Haddad']}", name="Bilal"
        )
        await bilal.get_by_role("button", name=say("on_site.i_am_here")).click()
        await expect(bilal.get_by_text(say("on_site.checked_in")).first).to_be_visible()
        clara = await event.open(event.people["Clara Ek"], "/my-day", name="Clara")
        await expect(clara.get_by_role("heading", name="Möte med Hamnljus IT")).to_be_visible()
        fjallnat, hamnljus = await event.at_desk(FJALLNAT), await event.at_desk(HAMNLJUS)
        board = await event.at_the_board()

        await give_a_time_away(event, board, bilal, fjallnat)
        await come_later_and_not_after_all(event, board, clara, hamnljus)
        await come_in(event, board, {FJALLNAT: fjallnat, HAMNLJUS: hamnljus})


async def give_a_time_away(event: Running, board: Page, bilal: Page, desk: Page) -> None:
    """Amina does not come: Bilal, who is here, takes her time, and the desk takes him in."""
    hand = board.locator(".handl li", has_text="Amina Warsame")
    await hand.get_by_role("button", name=say("live.act_give_away")).click()
    await expect(way_out(board)).to_contain_text(say("live.option_comes_earlier", name="Bilal Haddad"))
    await expect(way_out(board)).to_contain_text(event.clock(3))
    called = desk.get_by_role("heading", name=say("desk.called_on_site_title", name="Bilal"))
    await told("a freed seat", lambda: do_this(board), bilal.get_by_role("heading", name="Bord 3"), called)


async def come_later_and_not_after_all(event: Running, board: Page, clara: Page, desk: Page) -> None:
    """Clara comes later: she gets a time that is free, and reads it where she is; one press takes it back."""
    hand = board.locator(".handl li", has_text="Clara Ek")
    await hand.get_by_role("button", name=say("live.act_later")).click()
    await board.get_by_text(say("live.minutes", minutes="30")).click()
    early, later = event.clock(0), event.clock(3)
    await expect(way_out(board)).to_contain_text(later)
    sentence = say("my_day.changed_time", time=later, employer="Hamnljus IT", before=early)
    at_desk = desk.get_by_text(say("desk.changed_time", name="Clara Ek", time=later, before=early))
    await told("a late arrival", lambda: do_this(board), clara.get_by_text(sentence), at_desk)

    undo = board.locator(".toast", has_text="Clara Ek").get_by_role("button", name=say("common.undo"))
    back = say("my_day.changed_time", time=early, employer="Hamnljus IT", before=later)
    await told("an undo", undo.click, clara.get_by_text(back))


async def read_anew(board: Page) -> None:
    """The page behind the dialog is read again, as at each change of the day; what is written stays."""
    async with board.expect_response(lambda answer: answer.url.endswith(("/live", "/live/counts"))):
        await board.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


async def come_in(event: Running, board: Page, desks: dict[str, Page]) -> None:
    """Elsa stands at the door: her name is enough."""
    await board.get_by_role("button", name=say("live.come_in")).click()
    await board.get_by_label(say("live.come_in_find")).fill("Elsa Lind")
    await read_anew(board)
    await board.get_by_role("button", name=say("live.come_in_new", name="Elsa Lind")).click()
    await read_anew(board)
    await board.get_by_role("dialog").get_by_role("button", name=say("live.act_ways_out")).click()
    await expect(way_out(board)).to_contain_text("Elsa Lind")
    (enrolled,) = (await event.staff.get(f"{event.base}/seekers?q=Elsa Lind"))["seekers"]
    elsa = await event.open(UUID(enrolled["id"]), "/my-day", name="Elsa")
    await expect(elsa.get_by_role("heading", name=say("my_day.none"))).to_be_visible()
    (desk,) = [page for name, page in desks.items() if name in await way_out(board).inner_text()]
    new = elsa.locator(".changed", has_text="Nytt möte")
    await told("a walk-in", lambda: do_this(board), new, desk.locator(".toast", has_text="Elsa Lind"))


async def test_without_a_line_nothing_is_changed_and_that_is_said(house: House, browser: Browser) -> None:
    async with running_event(house, browser) as event:
        board = await event.at_the_board()
        hand = board.locator(".handl li", has_text="Clara Ek")
        await expect(hand).to_be_visible()
        await board.context.set_offline(True)

        await hand.get_by_role("button", name=say("live.act_later")).click()
        await expect(board.get_by_text(say("live.repair_offline"))).to_be_visible()
        await board.context.set_offline(False)
        await board.get_by_role("button", name=say("common.try_again")).click()

        await expect(way_out(board)).to_contain_text("Clara Ek")


async def test_a_way_out_is_chosen_by_keyboard_alone(house: House, browser: Browser) -> None:
    async with running_event(house, browser) as event:
        board = await event.at_the_board()
        hand = board.locator(".handl li", has_text="Clara Ek")
        await hand.get_by_role("button", name=say("live.act_later")).focus()
        await board.keyboard.press("Enter")
        await expect(way_out(board).get_by_role("radio")).to_be_focused()

        await board.keyboard.press("ArrowDown")
        await expect(way_out(board, 1)).to_contain_text(event.clock(3))
        await board.keyboard.press("Enter")

        await expect(board.locator(".toast")).to_be_visible()
        grid = await event.staff.get(f"{event.base}/grid")
        (clara,) = [one for one in grid["meetings"] if one["seeker_name"] == "Clara Ek"]
        assert clara["slot_id"] == event.slots[3]["id"]


async def test_a_plan_that_changed_meanwhile_is_said_and_asked_anew(house: House, browser: Browser) -> None:
    async with running_event(house, browser) as event:
        board = await event.at_the_board()
        hand = board.locator(".handl li", has_text="Clara Ek")
        await hand.get_by_role("button", name=say("live.act_later")).click()
        await expect(way_out(board)).to_contain_text(event.clock(2))
        # Somebody books the time that was offered.
        await event.meeting("Doris Alm", HAMNLJUS, 2)

        await do_this(board)

        await expect(board.get_by_role("alert")).to_contain_text(say("live.repair_changed"))
        await expect(way_out(board)).not_to_contain_text(event.clock(2))
        await do_this(board)
        await expect(board.locator(".toast")).to_be_visible()
        grid = await event.staff.get(f"{event.base}/grid")
        (clara,) = [one for one in grid["meetings"] if one["seeker_name"] == "Clara Ek"]
        assert clara["slot_id"] == event.slots[3]["id"]


async def test_a_server_killed_while_it_mends_does_all_of_it_once_or_nothing(house: House, browser: Browser) -> None:
    async with running_event(house, browser) as event:
        late = {"kind": "late", "meeting_id": event.meetings["Clara Ek"], "minutes": 30}
        (option, *_) = (await event.staff.post(f"{event.base}/repairs", **late))["options"]
        (change,) = option["changes"]
        place = {name: {part: change[name][part] for part in ("desk_id", "slot_id")} for name in ("before", "after")}
        who = {name: change[name] for name in ("seeker_id", "organisation_id")}
        body = {"happening": late, "changes": [who | place]}

        for after_s in (0.0, 0.01, 0.03):
            sending = asyncio.create_task(event.staff.try_to_post(f"{event.base}/repairs/confirm", KEY, body))
            await asyncio.sleep(after_s)
            house.staff_door.kill()
            await sending
            house.staff_door.start()
        answers = [await event.staff.try_to_post(f"{event.base}/repairs/confirm", KEY, body) for _ in range(2)]

        assert [answer.status_code for answer in answers if answer] == [200, 200]
        assert answers[0] and answers[1] and answers[0].json() == answers[1].json()
        grid = await event.staff.get(f"{event.base}/grid")
        (clara,) = [one for one in grid["meetings"] if one["seeker_name"] == "Clara Ek"]
        assert clara["slot_id"] == place["after"]["slot_id"]
        await until(lambda: told_of_new_time(house), what="Clara is told by mail")
        await asyncio.sleep(1)
        assert await told_of_new_time(house) == 1


async def told_of_new_time(house: House) -> int:
    """How many mails say that Clara's meeting has changed."""
    return len([text for text in await house.mail.to("clara.ek@post.example") if "Så här blir det nu" in text])
