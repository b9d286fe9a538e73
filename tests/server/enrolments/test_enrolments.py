from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from server.identity.tables import PersonRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import EnrolmentRow
from tests.server.expo import Expo, make_expo, other_staff
from tests.server.harness import App

PROBLEM = "urn:direktkontakt:problem:"
NEED = "Teckenspråkstolk 8c1f"


async def test_a_seeker_is_enrolled_with_wishes_hours_and_needs(expo: Expo) -> None:
    nordkod, fjallnat, molnverket = [await expo.employer(f"{name} AB") for name in ("Nordkod", "Fjallnat", "Moln")]

    seeker = await expo.seeker(
        form="on_site",
        available_from=expo.slots[2]["starts_at"],
        wishes=[fjallnat["id"], nordkod["id"]],
        avoids=[molnverket["id"]],
        competences=["Python", "SQL"],
        languages=["svenska", "somaliska"],
        access_needs=[NEED],
    )

    assert seeker == {
        "id": seeker["id"],
        "name": "Amina Warsame",
        "email": "amina.warsame@example.org",
        "phone": None,
        "form": "on_site",
        "available_from": expo.slots[2]["starts_at"],
        "available_until": None,
        "languages": ["svenska", "somaliska"],
        "competences": ["Python", "SQL"],
        "absences": [],
        "wishes": [fjallnat["id"], nordkod["id"]],
        "musts": [],
        "avoids": [molnverket["id"]],
        "access_needs": [NEED],
        "scheduling_needs": {"extra_time": False, "accessible_station": False, "interpreter": None},
        "relay_only": False,
        "meetings": 0,
        "link": None,
    }
    assert await expo.seekers() == [seeker]


async def test_what_somebody_needs_is_read_by_the_staff_of_that_event_alone(real_app: App) -> None:
    expo, other = await make_expo(real_app), await make_expo(real_app, name="Annan dag")
    employer = await expo.employer()
    seeker = await expo.seeker(access_needs=[NEED])
    await other.seeker()
    await expo.laid(employer["desks"][0], 0, seeker)
    await expo.publish()
    recruiter, me = await expo.browser_of(employer["recruiters"][0]), await expo.browser_of(seeker)
    stranger = await other_staff(real_app)

    shown = await expo.staff.get(expo.url("/seekers"))
    elsewhere = [
        await expo.staff.get(other.url("/seekers")),
        await expo.staff.get(expo.url("/grid")),
        await expo.staff.get(expo.url("/publish-preview")),
        await stranger.get(expo.url("/seekers")),
        await recruiter.get(f"/api/desks/{employer['desks'][0]['id']}"),
        await recruiter.get("/api/my/calendar.ics"),
        await me.get("/api/my/meetings"),
    ]
    mails = await expo.sent()

    assert NEED in shown.text
    assert [answer.status_code for answer in elsewhere] == [200, 200, 200, 404, 200, 200, 200]
    assert not any(NEED in answer.text for answer in elsewhere)
    assert not any(NEED in str(mail) for mail in mails)


async def test_a_change_replaces_what_was_given_and_leaves_the_rest(expo: Expo) -> None:
    nordkod, fjallnat = await expo.employer("Nordkod AB"), await expo.employer("Fjallnat AB")
    seeker = await expo.seeker(wishes=[nordkod["id"]], avoids=[fjallnat["id"]], access_needs=[NEED])
    url = expo.url(f"/seekers/{seeker['id']}")

    changed = (await expo.staff.patch(url, json={"wishes": [fjallnat["id"], nordkod["id"]], "avoids": []})).json()
    cleared = (await expo.staff.patch(url, json={"access_needs": []})).json()

    assert changed == seeker | {"wishes": [fjallnat["id"], nordkod["id"]], "avoids": []}
    assert cleared == changed | {"access_needs": []}


async def test_the_profile_of_somebody_known_is_theirs(real_app: App) -> None:
    first, second = await make_expo(real_app), await make_expo(real_app, name="Nästa")
    seeker = await first.seeker(competences=["Python"])

    again = await second.seeker("Amina Warsame", competences=["COBOL"])

    assert (again["id"], again["competences"]) == (seeker["id"], ["Python"])
    async with real_app.database.read() as session:
        labels = (await session.exec(select(col(CompetenceRow.label)))).all()
    assert labels == ["Python"]


async def test_enrolling_twice_renews_and_does_not_double(expo: Expo) -> None:
    first = await expo.seeker(form="video")
    again = await expo.seeker(form="on_site")

    assert again == first | {"form": "on_site"}
    assert await expo.seekers() == [again]


async def test_what_cannot_be_is_refused(expo: Expo) -> None:
    seeker = await expo.seeker()
    stranger = "00000000-0000-4000-8000-000000000001"
    hours: dict[str, Any] = {
        "available_from": expo.slots[4]["starts_at"],
        "available_until": expo.slots[2]["starts_at"],
    }

    unknown = await expo.staff.patch(expo.url(f"/seekers/{seeker['id']}"), json={"wishes": [stranger]})
    backward = await expo.staff.post(expo.url("/seekers"), json={"name": "Bo"} | hours)
    nobody = await expo.staff.patch(expo.url(f"/seekers/{stranger}"), json={})

    assert (unknown.status_code, unknown.json()["type"]) == (409, PROBLEM + "SeekerNotAsAsked")
    assert (backward.status_code, backward.json()["type"]) == (409, PROBLEM + "SeekerNotAsAsked")
    assert nobody.status_code == 404
    assert [one["name"] for one in await expo.seekers()] == ["Amina Warsame"]


async def test_a_seeker_with_meetings_stays_and_one_without_goes(expo: Expo) -> None:
    busy, idle = await expo.seeker("Amina Warsame"), await expo.seeker("Johan Berg", access_needs=[NEED])
    await expo.laid((await expo.employer())["desks"][0], 0, busy)

    refused = await expo.staff.delete(expo.url(f"/seekers/{busy['id']}"))
    gone = await expo.staff.delete(expo.url(f"/seekers/{idle['id']}"))

    assert (refused.status_code, refused.json()["type"]) == (409, PROBLEM + "SeekerHasMeetings")
    assert gone.status_code == 204
    left = await expo.seekers()
    assert [(one["name"], one["meetings"]) for one in left] == [("Amina Warsame", 1)]


async def test_staff_say_what_is_a_must_and_what_needs_mean_for_the_plan(expo: Expo) -> None:
    nordkod, fjallnat = [(await expo.employer(f"{name} AB"))["id"] for name in ("Nordkod", "Fjallnat")]
    needs = {"extra_time": True, "accessible_station": False, "interpreter": "sign_language"}
    seeker = await expo.seeker(wishes=[nordkod, fjallnat], musts=[fjallnat], scheduling_needs=needs)
    url = expo.url(f"/seekers/{seeker['id']}")

    turned = (await expo.staff.patch(url, json={"wishes": [fjallnat, nordkod]})).json()
    fewer = (await expo.staff.patch(url, json={"wishes": [nordkod]})).json()
    must = (
        await expo.staff.patch(url, json={"musts": [nordkod], "scheduling_needs": {"interpreter": "language:ar"}})
    ).json()
    cleared = (await expo.staff.patch(url, json={"scheduling_needs": {}})).json()

    assert (seeker["musts"], seeker["scheduling_needs"]) == ([fjallnat], needs)
    assert turned == seeker | {"wishes": [fjallnat, nordkod]}
    assert (fewer["wishes"], fewer["musts"]) == ([nordkod], [])
    changed = {"extra_time": False, "accessible_station": False, "interpreter": "language:ar"}
    assert (must["musts"], must["scheduling_needs"]) == ([nordkod], changed)
    assert cleared == must | {"scheduling_needs": changed | {"interpreter": None}}


async def test_a_must_is_one_of_the_wishes_and_there_are_three_at_most(expo: Expo) -> None:
    ids = [(await expo.employer(f"Firma{number} AB"))["id"] for number in range(4)]
    seeker = await expo.seeker(wishes=ids[:1])
    url = expo.url(f"/seekers/{seeker['id']}")

    stranger = await expo.staff.patch(url, json={"musts": ids[1:2]})
    many = await expo.staff.patch(url, json={"wishes": ids, "musts": ids})

    assert (stranger.status_code, stranger.json()["detail"]) == (409, "a must-have is one of the wishes")
    assert (many.status_code, [field["path"] for field in many.json()["fields"]]) == (422, ["musts"])


async def test_a_form_can_be_changed_after_an_employer_has_left(expo: Expo) -> None:
    nordkod, fjallnat = await expo.employer("Nordkod AB"), await expo.employer("Fjallnat AB")
    seeker = await expo.seeker(wishes=[nordkod["id"], fjallnat["id"]])
    await expo.staff.delete(expo.url(f"/desks/{nordkod['desks'][0]['id']}"))
    url = expo.url(f"/seekers/{seeker['id']}")

    changed = await expo.staff.patch(url, json={"form": "video"})
    wished = await expo.staff.patch(url, json={"avoids": []})

    assert (changed.status_code, changed.json()["form"]) == (200, "video")
    assert wished.json()["wishes"] == [fjallnat["id"]]


async def test_an_address_that_no_mail_reaches_is_refused_at_its_field(expo: Expo) -> None:
    answer = await expo.staff.post(expo.url("/seekers"), json={"name": "Åsa Exempel", "email": "åsa@example.org"})

    assert (answer.status_code, [field["path"] for field in answer.json()["fields"]]) == (422, ["email"])
    assert "no mail would reach it" in answer.json()["fields"][0]["message"]


async def test_staff_look_through_their_seekers_a_page_at_a_time(
    expo: Expo, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    for number in range(3):
        await expo.seeker(f"Bo Berg{number}", access_needs=[NEED])
    with count_statements() as of_few:
        await expo.staff.get(expo.url("/seekers"))
    await enrol_many(expo, 60)

    with count_statements() as of_many:
        first = (await expo.staff.get(expo.url("/seekers"))).json()
    second = (await expo.staff.get(expo.url("/seekers"), params={"page": 2})).json()
    beyond = (await expo.staff.get(expo.url("/seekers"), params={"page": 3})).json()

    names = [one["name"] for one in (*first["seekers"], *second["seekers"])]
    assert [len(page["seekers"]) for page in (first, second, beyond)] == [50, 13, 0]
    assert names == sorted(names) and len(set(names)) == 63
    assert {key: second[key] for key in ("total", "enrolled", "page", "pages")} == {
        "total": 63,
        "enrolled": 63,
        "page": 2,
        "pages": 2,
    }
    assert len(of_many) == len(of_few)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("wars", ["Amina Warsame"]),
        ("WARSAME amina", ["Amina Warsame"]),
        ("åke", ["Åke Öberg"]),
        ("ake.oberg@", ["Åke Öberg"]),
        ("amina berg", []),
        ("%", []),
        ("", ["Amina Warsame", "Åke Öberg"]),
    ],
)
async def test_seekers_are_found_by_parts_of_their_name_or_address(expo: Expo, text: str, names: list[str]) -> None:
    await expo.seeker("Amina Warsame")
    await expo.seeker("Åke Öberg")

    found = (await expo.staff.get(expo.url("/seekers"), params={"q": text})).json()

    assert sorted(one["name"] for one in found["seekers"]) == sorted(names)
    assert (found["total"], found["enrolled"], found["pages"]) == (len(names), 2, 1)


async def test_staff_see_the_newest_link_that_still_lets_a_seeker_in(expo: Expo) -> None:
    seeker = await expo.seeker()
    body = {"person_id": seeker["id"]}
    older = await expo.post("/join-links", **body)
    expo.app.clock.advance(minutes=1)
    newer = await expo.post("/join-links", **body)

    [both] = await expo.seekers()
    await expo.staff.delete(f"/api/join-links/{newer['id']}")
    [one] = await expo.seekers()
    await expo.staff.delete(f"/api/join-links/{older['id']}")
    [none] = await expo.seekers()

    shown = [each["link"] and each["link"]["id"] for each in (both, one, none)]
    assert shown == [newer["id"], older["id"], None]


async def enrol_many(expo: Expo, number: int) -> None:
    async with expo.app.database.transaction() as session:
        for place in range(number):
            person = PersonRow(name=f"Cia Ek{place:02}", email=f"cia{place}@post.example", created_at=expo.app.clock())
            session.add(person)
            await session.flush()
            event_id, now = UUID(expo.id), expo.app.clock()
            session.add(EnrolmentRow(recruitment_event_id=event_id, seeker_id=person.id, created_at=now))
