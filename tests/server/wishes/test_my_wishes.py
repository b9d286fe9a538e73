from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlmodel import col, select

from server.kit.streams import StreamEventRow
from server.recruitment_events.tables import AbsenceRow, WishRow
from tests.server.expo import Expo, make_expo
from tests.server.harness import App, Browser

PROBLEM = "urn:direktkontakt:problem:"
NAMES = ("Fjallnat AB", "Molnverket AB", "Nordkod AB")
NOTHING: dict[str, Any] = {"absences": [], "wishes": [], "rather_not": []}
NOBODY = "00000000-0000-4000-8000-000000000001"


async def employers(expo: Expo) -> list[str]:
    return [(await expo.employer(name))["id"] for name in NAMES]


def url(expo: Expo) -> str:
    return f"/api/my/events/{expo.id}/wishes"


async def put(me: Browser, expo: Expo, **said: Any) -> Any:
    """State wishes on what stands there now."""
    now = (await me.get(url(expo))).json()
    return await me.put(url(expo), json={"version": now["version"], **NOTHING, **said})


async def test_a_seeker_sees_the_event_its_day_and_its_employers_with_what_fits(expo: Expo) -> None:
    nordkod = await expo.employer(about="Vi bygger nät.", roles=["Utvecklare"], competences_wanted=["SQL", "Java"])
    seeker = await expo.seeker(competences=["sql", "Python"], scheduling_needs={"extra_time": True})
    me = await expo.browser_of(seeker)

    found = (await me.get(url(expo))).json()

    assert found == {
        "event": {name: expo.event[name] for name in ("id", "name", "place", "zone", "starts_at", "ends_at")},
        "version": found["version"],
        "closed": None,
        "has_meetings": False,
        "limits": {"wishes": 30, "musts": 3, "rather_not": 30, "absences": 40},
        "pieces": [{name: slot[name] for name in ("starts_at", "ends_at")} for slot in expo.slots],
        "form": None,
        "available_from": None,
        "available_until": None,
        "absences": [],
        "wishes": [],
        "rather_not": [],
        "employers": [
            {
                "id": nordkod["id"],
                "name": "Nordkod AB",
                "initials": "NA",
                "about": "Vi bygger nät.",
                "roles": ["Utvecklare"],
                "competences_wanted": ["SQL", "Java"],
                "matching": ["SQL"],
                "forms": ["video"],
            }
        ],
        "needs": {"extra_time": True, "accessible_station": False, "interpreter": None},
    }


async def test_what_is_said_is_kept_in_order_and_staff_see_it(expo: Expo) -> None:
    fjallnat, molnverket, nordkod = await employers(expo)
    seeker = await expo.seeker()
    me = await expo.browser_of(seeker)
    away = {"starts_at": expo.slots[2]["starts_at"], "ends_at": expo.slots[3]["ends_at"]}
    wishes = [{"organisation_id": nordkod, "is_must": True}, {"organisation_id": fjallnat, "is_must": False}]

    answer = await put(
        me,
        expo,
        form="video",
        available_from=expo.slots[1]["starts_at"],
        absences=[away],
        wishes=wishes,
        rather_not=[molnverket],
    )

    written = answer.json()
    assert answer.status_code == 200
    assert {name: written[name] for name in ("form", "available_from", "absences", "wishes", "rather_not")} == {
        "form": "video",
        "available_from": expo.slots[1]["starts_at"],
        "absences": [away],
        "wishes": wishes,
        "rather_not": [molnverket],
    }
    assert (await me.get(url(expo))).json() == written
    [shown] = await expo.seekers()
    names = ("form", "available_from", "absences", "wishes", "musts", "avoids")
    assert [shown[name] for name in names] == [
        "video",
        expo.slots[1]["starts_at"],
        [away],
        [nordkod, fjallnat],
        [nordkod],
        [molnverket],
    ]


async def test_saying_less_takes_back_what_was_said(expo: Expo) -> None:
    fjallnat, molnverket, _ = await employers(expo)
    me = await expo.browser_of(await expo.seeker(wishes=[fjallnat], avoids=[molnverket], form="on_site"))
    await put(me, expo, absences=[{"starts_at": expo.slots[0]["starts_at"], "ends_at": expo.slots[0]["ends_at"]}])

    written = (await put(me, expo)).json()

    assert [written[name] for name in ("form", "absences", "wishes", "rather_not")] == [None, [], [], []]
    async with expo.app.database.read() as session:
        assert (await session.exec(select(WishRow))).all() == []
        assert (await session.exec(select(AbsenceRow))).all() == []


async def test_what_was_changed_elsewhere_is_not_overwritten(expo: Expo) -> None:
    fjallnat, molnverket, _ = await employers(expo)
    seeker = await expo.seeker()
    me = await expo.browser_of(seeker)
    before = (await me.get(url(expo))).json()
    await expo.staff.patch(expo.url(f"/seekers/{seeker['id']}"), json={"wishes": [fjallnat]})

    late = await me.put(
        url(expo),
        json={"version": before["version"], "wishes": [{"organisation_id": molnverket}], "rather_not": []},
    )

    current = (await me.get(url(expo))).json()
    assert (late.status_code, late.json()["type"]) == (409, PROBLEM + "WishesHaveChanged")
    assert late.json()["current"] == current
    assert current["wishes"] == [{"organisation_id": fjallnat, "is_must": False}]


async def test_the_same_save_sent_twice_is_one(expo: Expo) -> None:
    fjallnat, *_ = await employers(expo)
    me = await expo.browser_of(await expo.seeker())
    version = (await me.get(url(expo))).json()["version"]
    body = {"version": version, **NOTHING, "wishes": [{"organisation_id": fjallnat}]}
    key = {"idempotency-key": "the-same"}

    once, twice = [await me.put(url(expo), json=body, headers=key) for _ in range(2)]

    assert (once.status_code, twice.status_code) == (200, 200)
    assert once.json() == twice.json()


async def test_a_published_plan_closes_the_wishes_and_keeps_them_to_be_read(expo: Expo) -> None:
    employer = await expo.employer()
    seeker = await expo.seeker(wishes=[employer["id"]])
    me = await expo.browser_of(seeker)
    await expo.laid(employer["desks"][0], 0, seeker)
    draft = (await me.get(url(expo))).json()
    await expo.publish()

    shown = (await me.get(url(expo))).json()
    refused = await put(me, expo)

    assert (draft["closed"], draft["has_meetings"]) == (None, False)
    assert shown == draft | {"closed": "published", "has_meetings": True}
    assert (refused.status_code, refused.json()["type"]) == (409, PROBLEM + "WishesClosed")
    assert refused.json()["reason"] == "published"


async def test_after_the_event_wishes_are_over(expo: Expo) -> None:
    me = await expo.browser_of(await expo.seeker())
    expo.app.clock.advance(hours=2, minutes=30)
    waiting = (await me.get("/api/my/wishes")).json()
    expo.app.clock.advance(minutes=31)

    assert [one["event"]["id"] for one in waiting] == [expo.id]
    assert (await me.get(url(expo))).json()["closed"] == "over"
    assert (await put(me, expo)).json()["reason"] == "over"
    assert (await me.get("/api/my/wishes")).json() == []


async def test_each_fault_is_told_at_its_field(expo: Expo) -> None:
    ids = [(await expo.employer(f"Firma{number} AB"))["id"] for number in range(5)]
    me = await expo.browser_of(await expo.seeker())
    slots = expo.slots

    answer = await put(
        me,
        expo,
        available_from=slots[4]["starts_at"],
        available_until=slots[2]["starts_at"],
        absences=[
            {"starts_at": slots[1]["starts_at"], "ends_at": slots[1]["starts_at"]},
            {"starts_at": slots[2]["starts_at"], "ends_at": slots[4]["ends_at"]},
            {"starts_at": slots[3]["starts_at"], "ends_at": slots[3]["ends_at"]},
            {"starts_at": "2026-05-12T00:00:00Z", "ends_at": slots[0]["starts_at"]},
            {"starts_at": slots[7]["starts_at"], "ends_at": "2026-05-13T00:00:00Z"},
        ],
        wishes=[{"organisation_id": one, "is_must": True} for one in (*ids[:4], ids[0], NOBODY)],
        rather_not=[ids[1], NOBODY],
    )

    assert answer.status_code == 422
    assert [(field["path"], field["message"]) for field in answer.json()["fields"]] == [
        ("available_until", "must be after the hour from which you can come"),
        ("absences.0.ends_at", "must be after the start"),
        ("absences.3.starts_at", "is before the event begins"),
        ("absences.4.ends_at", "is after the event ends"),
        ("absences.2.starts_at", "overlaps another absence"),
        ("wishes.3.is_must", "at most 3 can be a must"),
        ("wishes.4.organisation_id", "is wished for already"),
        ("wishes.4.is_must", "at most 3 can be a must"),
        ("wishes.5.organisation_id", "is not at this event"),
        ("wishes.5.is_must", "at most 3 can be a must"),
        ("rather_not.0", "is named already"),
        ("rather_not.1", "is not at this event"),
    ]
    assert (await me.get(url(expo))).json()["wishes"] == []


async def test_a_thousand_wishes_get_one_clear_word(expo: Expo) -> None:
    employer = await expo.employer()
    me = await expo.browser_of(await expo.seeker())
    away = {"starts_at": expo.slots[0]["starts_at"], "ends_at": expo.slots[0]["ends_at"]}

    many = await put(me, expo, wishes=[{"organisation_id": employer["id"]}] * 1000)
    often = await put(me, expo, absences=[away] * 41, rather_not=[NOBODY] * 31)

    assert many.json()["fields"] == [{"path": "wishes", "message": "Value error, at most 30, not 1000"}]
    assert often.json()["fields"] == [
        {"path": "absences", "message": "Value error, at most 40, not 41"},
        {"path": "rather_not", "message": "Value error, at most 30, not 31"},
    ]


async def test_an_event_one_is_not_enrolled_in_is_not_there(real_app: App) -> None:
    mine, other = await make_expo(real_app), await make_expo(real_app, name="Annan dag")
    me = await mine.browser_of(await mine.seeker())

    read = await me.get(url(other))
    written = await me.put(url(other), json={"version": "x", **NOTHING})

    assert (read.status_code, written.status_code) == (404, 404)


async def test_a_wish_for_an_employer_that_has_left_is_forgotten_without_a_word(expo: Expo) -> None:
    fjallnat = await expo.employer("Fjallnat AB")
    nordkod = await expo.employer("Nordkod AB")
    me = await expo.browser_of(await expo.seeker(wishes=[fjallnat["id"], nordkod["id"]]))
    await expo.staff.delete(expo.url(f"/desks/{fjallnat['desks'][0]['id']}"))

    shown = (await me.get(url(expo))).json()
    kept = await put(me, expo, wishes=shown["wishes"])

    assert shown["wishes"] == [{"organisation_id": nordkod["id"], "is_must": False}]
    assert kept.json()["wishes"] == shown["wishes"]


async def test_staffs_plan_hears_that_somebody_has_wished(expo: Expo) -> None:
    me = await expo.browser_of(await expo.seeker())

    async def heard() -> list[str]:
        query = select(StreamEventRow.kind).where(col(StreamEventRow.stream) == f"event:{expo.id}")
        async with expo.app.database.read() as session:
            return list((await session.exec(query)).all())

    before = await heard()
    await put(me, expo, form="video")

    assert await heard() == [*before, "plan.changed"]


async def test_the_list_tells_what_has_been_said_in_as_many_statements_for_three_events_as_for_one(
    real_app: App, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    first = await make_expo(real_app)
    me = await first.browser_of(await first.seeker(wishes=await employers(first)))
    await put(me, first, available_from=first.slots[1]["starts_at"])
    with count_statements() as for_one:
        one = (await me.get("/api/my/wishes")).json()
    for name in ("Andra dagen", "Tredje dagen"):
        await (await make_expo(real_app, name=name)).seeker()
    with count_statements() as for_three:
        three = (await me.get("/api/my/wishes")).json()

    event = {name: first.event[name] for name in ("id", "name", "place", "zone", "starts_at", "ends_at")}
    assert one == [{"event": event, "employers": 3, "wishes": 0, "absences": 1}]
    assert sorted(each["event"]["name"] for each in three) == ["Andra dagen", "IT-dagen", "Tredje dagen"]
    assert len(for_three) == len(for_one)
