from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from server.employers.rules import KnownOrganisation, name_key, number_key, same_organisation
from tests.server.expo import Expo, make_expo, other_staff
from tests.server.harness import App

PROBLEM = "urn:direktkontakt:problem:"


async def test_an_employer_comes_with_a_desk_for_each_recruiter(expo: Expo) -> None:
    people = [{"name": f"R{number}", "email": f"R{number}@Nordkod.example"} for number in range(2)]

    employer = await expo.employer(recruiters=people, form="on_site", desks=3, station="Bord 4")

    assert [one["email"] for one in employer["recruiters"]] == ["r0@nordkod.example", "r1@nordkod.example"]
    ids = [one["id"] for one in employer["recruiters"]]
    assert [desk["recruiter_id"] for desk in employer["desks"]] == [*ids, None]
    assert [desk["number"] for desk in employer["desks"]] == [1, 2, 3]
    stations = {one["id"]: one["name"] for one in (await expo.staff.get(expo.url())).json()["stations"]}
    assert [stations[desk["station_id"]] for desk in employer["desks"]] == ["Bord 4", "Bord 5", "Bord 6"]
    assert employer["desks"][0]["on_duty_from"] == expo.slots[0]["starts_at"]


async def test_the_bank_knows_an_employer_by_number_or_name_at_the_next_event(real_app: App) -> None:
    first, second = await make_expo(real_app), await make_expo(real_app, name="Nästa")
    employer = await first.employer("Nordkod AB", number="556387-6710", about="Vi kodar.")

    again = await second.employer("Nordkod Aktiebolag", number="5563876710")
    twice = await second.staff.post(second.url("/employers"), json={"name": "nordkod  ab", "form": "video"})

    assert again["id"] == employer["id"]
    assert (again["name"], again["about"]) == ("Nordkod AB", "Vi kodar.")
    assert (twice.status_code, twice.json()["type"]) == (409, PROBLEM + "EmployerIsThere")
    found = (await second.staff.get("/api/employers?q=NORD")).json()
    assert [(one["name"], one["number"]) for one in found] == [("Nordkod AB", "556387-6710")]
    assert (await second.staff.get("/api/employers?q=xyz")).json() == []


async def test_a_person_who_is_known_is_not_renamed(real_app: App) -> None:
    expo = await make_expo(real_app)
    seeker = await expo.seeker("Amina Warsame")

    employer = await expo.employer(recruiters=[{"name": "A. W.", "email": "amina.warsame@example.org"}])

    assert [(one["id"], one["name"]) for one in employer["recruiters"]] == [(seeker["id"], "Amina Warsame")]


async def test_a_desk_is_added_and_taken_away_while_nobody_is_booked_there(expo: Expo) -> None:
    employer = await expo.employer()
    wanted = {"organisation_id": employer["id"], "form": "video", "on_duty_until": expo.slots[3]["ends_at"]}

    desk = await expo.post("/desks", **wanted)
    await expo.laid(employer["desks"][0], 0, await expo.seeker())
    gone = await expo.staff.delete(expo.url(f"/desks/{desk['id']}"))
    in_use = await expo.staff.delete(expo.url(f"/desks/{employer['desks'][0]['id']}"))

    assert (desk["number"], desk["on_duty_until"]) == (2, expo.slots[3]["ends_at"])
    assert (gone.status_code, in_use.status_code, in_use.json()["type"]) == (204, 409, PROBLEM + "DeskInUse")


async def test_what_belongs_to_another_employer_or_event_does_not_fit_a_desk(real_app: App) -> None:
    expo, other = await make_expo(real_app), await make_expo(real_app, name="Annan")
    nordkod, fjallnat = await expo.employer("Nordkod AB"), await expo.employer("Fjallnat AB")
    elsewhere = await other.employer("Molnverket AB")
    station = await other.post("/stations")
    desk: dict[str, Any] = {"organisation_id": nordkod["id"], "form": "video"}

    answers = [
        await expo.staff.post(expo.url("/desks"), json=desk | {"recruiter_id": fjallnat["recruiters"][0]["id"]}),
        await expo.staff.post(expo.url("/desks"), json=desk | {"station_id": station["id"]}),
        await expo.staff.post(expo.url("/desks"), json=desk | {"organisation_id": elsewhere["id"]}),
        await expo.staff.post(expo.url("/desks"), json=desk | {"on_duty_until": "2020-01-01T00:00:00Z"}),
        await expo.staff.delete(expo.url(f"/desks/{elsewhere['desks'][0]['id']}")),
        await expo.staff.patch(
            expo.url(f"/desks/{nordkod['desks'][0]['id']}"), json={"recruiter_id": fjallnat["recruiters"][0]["id"]}
        ),
    ]

    assert [answer.status_code for answer in answers] == [409, 404, 404, 409, 404, 409]


async def test_an_employer_describes_itself_and_others_cannot(expo: Expo, real_app: App) -> None:
    employer, other = await expo.employer("Nordkod AB"), await expo.employer("Fjallnat AB")
    url = f"/api/employers/{employer['id']}/requirement-profile"
    profile = {"about": "Vi söker dig.", "roles": ["Testare"], "competences_wanted": ["Selenium"]}

    mine = await (await expo.browser_of(employer["recruiters"][0])).put(url, json=profile)
    rival = await (await expo.browser_of(other["recruiters"][0])).put(url, json={"about": "Sämst."})
    stranger = await (await other_staff(real_app)).put(url, json={"about": "?"})
    staff = await expo.staff.put(url, json=profile | {"about": "Vi söker er."})

    assert (mine.status_code, mine.json()) == (200, profile)
    assert (rival.status_code, stranger.status_code) == (404, 404)
    assert staff.json()["about"] == "Vi söker er."


async def test_staff_of_another_event_find_no_employers(expo: Expo, real_app: App) -> None:
    employer = await expo.employer()
    stranger = await other_staff(real_app)
    person = {"name": "X", "email": "x@example.org"}

    answers = [
        await stranger.get(expo.url("/employers")),
        await stranger.post(expo.url("/employers"), json={"name": "Y", "form": "video"}),
        await stranger.post(expo.url(f"/employers/{employer['id']}/recruiters"), json=person),
        await stranger.post(expo.url("/desks"), json={"organisation_id": employer["id"], "form": "video"}),
        await stranger.delete(expo.url(f"/desks/{employer['desks'][0]['id']}")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@example.org", "@example.org", "a@@example.org"])
async def test_an_address_that_no_mail_reaches_is_refused(expo: Expo, email: str) -> None:
    refused = await expo.staff.post(
        expo.url("/employers"), json={"name": "X", "form": "video", "recruiters": [{"name": "A", "email": email}]}
    )

    assert refused.status_code == 422


def test_the_same_employer_is_known_by_number_then_by_name() -> None:
    nordkod = KnownOrganisation(uuid4(), "Nordkod AB", "556387-6710")
    unnumbered = KnownOrganisation(uuid4(), "Fjällnät AB", None)
    known = [nordkod, unnumbered]

    assert same_organisation(known, name="Annat namn", number="16556387-6710") == nordkod
    assert same_organisation(known, name="NORDKOD  ab", number=None) == nordkod
    assert same_organisation(known, name="Nordkod AB", number="556274-3690") is None
    assert same_organisation(known, name="fjällnät ab", number="556125-4561") == unnumbered
    assert same_organisation(known, name="Okänd", number=None) is None
    assert (number_key("12"), number_key(None), name_key(" A  b ")) == (None, None, "a b")
