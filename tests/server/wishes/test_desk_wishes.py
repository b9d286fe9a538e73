from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlmodel import col, select

from server.recruitment_events.tables import AbsenceRow, EmployerWishRow
from tests.server.expo import Expo, make_expo
from tests.server.harness import App, Browser

PROBLEM = "urn:direktkontakt:problem:"
SECRETS = {
    "gender": "woman",
    "birth_year": 1991,
    "phone": "070-1234567",
    "access_needs": ["Teckenspråkstolk 8c1f"],
    "scheduling_needs": {"interpreter": "tigrinja-8c1f"},
    "languages": ["sprak-8c1f"],
}
NOTHING: dict[str, Any] = {"absences": [], "wishes": [], "rather_not": []}
NOBODY = "00000000-0000-4000-8000-000000000001"


def url(employer: dict[str, Any], rest: str = "wishes") -> str:
    return f"/api/desks/{employer['desks'][0]['id']}/{rest}"


async def put(browser: Browser, employer: dict[str, Any], **said: Any) -> Any:
    """State wishes on what stands there now."""
    now = (await browser.get(url(employer))).json()
    return await browser.put(url(employer), json={"version": now["version"], **NOTHING, **said})


async def test_a_recruiter_states_wishes_and_absences_and_reads_them_again(expo: Expo) -> None:
    employer = await expo.employer(competences_wanted=["SQL"])
    recruiter = await expo.browser_of(employer["recruiters"][0])
    amina = await expo.seeker("Amina Warsame", competences=["sql", "Python"])
    bo, clara = await expo.seeker("Bo Ek"), await expo.seeker("Clara Lind")
    away = {"starts_at": expo.slots[3]["starts_at"], "ends_at": expo.slots[3]["ends_at"]}

    wishes = [{"seeker_id": bo["id"]}, {"seeker_id": amina["id"], "is_must": True}]
    answer = await put(recruiter, employer, absences=[away], wishes=wishes, rather_not=[clara["id"]])

    shown = (await recruiter.get(url(employer))).json()
    bo_shown = {"id": bo["id"], "name": "Bo Ek", "initials": "BE", "competences": [], "matching": []}
    assert answer.json() == shown
    assert shown == {
        "event": {name: expo.event[name] for name in ("id", "name", "place", "zone", "starts_at", "ends_at")},
        "employer": {"id": employer["id"], "name": "Nordkod AB", "initials": "NA", "competences_wanted": ["SQL"]},
        "desk": {
            "id": employer["desks"][0]["id"],
            "number": 1,
            "form": "video",
            "station_name": None,
            "recruiter_name": "Rekryterare på Nordkod AB",
            "is_mine": True,
            "on_duty_from": expo.event["starts_at"],
            "on_duty_until": expo.event["ends_at"],
        },
        "version": shown["version"],
        "closed": None,
        "limits": {"wishes": 30, "musts": 3, "rather_not": 30, "absences": 40},
        "pieces": [{name: slot[name] for name in ("starts_at", "ends_at")} for slot in expo.slots],
        "absences": [away],
        "wishes": [
            {"seeker": bo_shown, "is_must": False},
            {
                "seeker": {
                    "id": amina["id"],
                    "name": "Amina Warsame",
                    "initials": "AW",
                    "competences": ["sql", "Python"],
                    "matching": ["SQL"],
                },
                "is_must": True,
            },
        ],
        "rather_not": [bo_shown | {"id": clara["id"], "name": "Clara Lind", "initials": "CL"}],
        "seekers": 3,
    }
    async with expo.app.database.read() as session:
        query = select(EmployerWishRow.rank, EmployerWishRow.is_must).order_by(col(EmployerWishRow.rank))
        assert (await session.exec(query)).all() == [(0, False), (1, False), (2, True)]


async def test_what_employers_see_before_the_event_holds_nothing_that_is_not_theirs(expo: Expo) -> None:
    employer, other = await expo.employer(), await expo.employer("Fjallnat AB")
    recruiter = await expo.browser_of(employer["recruiters"][0])
    seeker = await expo.seeker("Amina Warsame", wishes=[other["id"]], avoids=[employer["id"]], **SECRETS)
    await put(recruiter, employer, wishes=[{"seeker_id": seeker["id"]}])

    answers = [
        await recruiter.get(url(employer)),
        await recruiter.get(url(employer, "seekers")),
        await recruiter.get("/api/my/desk-wishes"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "Amina Warsame" in answers[0].text and "Amina Warsame" in answers[1].text
    told = "".join(answer.text for answer in answers)
    hidden = ("8c1f", "1991", "woman", "070-1234567", "amina.warsame@", other["id"], "Fjallnat")
    assert [secret for secret in hidden if secret in told] == []
    assert set(answers[1].json()["seekers"][0]) == {"id", "name", "initials", "competences", "matching"}


async def test_colleagues_share_the_wishes_and_each_desk_has_its_own_absences(expo: Expo) -> None:
    people = [{"name": "Ada Ek", "email": "ada@nordkod.example"}, {"name": "Bo Ek", "email": "bo@nordkod.example"}]
    employer = await expo.employer(recruiters=people)
    ada, bo = [await expo.browser_of(one) for one in sorted(employer["recruiters"], key=lambda one: one["name"])]
    first, second = [f"/api/desks/{desk['id']}/wishes" for desk in employer["desks"]]
    seeker = await expo.seeker()
    away = {"starts_at": expo.slots[0]["starts_at"], "ends_at": expo.slots[0]["ends_at"]}

    version = (await ada.get(first)).json()["version"]
    body = {"version": version, **NOTHING, "absences": [away], "wishes": [{"seeker_id": seeker["id"]}]}
    written = await ada.put(first, json=body)
    late = await bo.put(second, json={"version": version, **NOTHING})

    seen = (await bo.get(second)).json()
    assert written.status_code == 200
    assert (late.status_code, late.json()["type"]) == (409, PROBLEM + "WishesHaveChanged")
    assert late.json()["current"] == seen
    assert ([wish["seeker"]["id"] for wish in seen["wishes"]], seen["absences"]) == ([seeker["id"]], [])


async def test_nobody_can_be_away_from_a_desk_that_nobody_stands_at(expo: Expo) -> None:
    employer = await expo.employer(recruiters=[{"name": "Ada Ek", "email": "ada@nordkod.example"}], desks=2)
    ada = await expo.browser_of(employer["recruiters"][0])
    empty = f"/api/desks/{employer['desks'][1]['id']}/wishes"
    away = {"starts_at": expo.slots[0]["starts_at"], "ends_at": expo.slots[0]["ends_at"]}
    version = (await ada.get(empty)).json()["version"]

    refused = await ada.put(empty, json={"version": version, **NOTHING, "absences": [away]})
    taken = await ada.put(empty, json={"version": version, **NOTHING})

    assert refused.json()["fields"] == [{"path": "absences", "message": "this desk has no recruiter yet"}]
    assert taken.status_code == 200
    async with expo.app.database.read() as session:
        assert (await session.exec(select(AbsenceRow))).all() == []


async def test_only_seekers_of_the_event_who_may_be_looked_up_can_be_wished_for(real_app: App) -> None:
    expo, other = await make_expo(real_app), await make_expo(real_app, name="Annan dag")
    employer = await expo.employer()
    recruiter = await expo.browser_of(employer["recruiters"][0])
    elsewhere = await other.seeker("Elsa Bort")
    hidden = await expo.seeker("Hanna Dold", relay_only=True)
    seekers = [await expo.seeker(f"Person {number}") for number in range(4)]

    found = (await recruiter.get(url(employer, "seekers"))).json()
    answer = await put(
        recruiter,
        employer,
        wishes=[{"seeker_id": one["id"], "is_must": True} for one in (elsewhere, hidden, *seekers)],
        rather_not=[NOBODY],
    )

    assert [one["name"] for one in found["seekers"]] == [one["name"] for one in seekers]
    assert [(field["path"], field["message"]) for field in answer.json()["fields"]] == [
        ("wishes.0.seeker_id", "is not at this event"),
        ("wishes.1.seeker_id", "is not at this event"),
        ("wishes.3.is_must", "at most 3 can be a must"),
        ("wishes.4.is_must", "at most 3 can be a must"),
        ("wishes.5.is_must", "at most 3 can be a must"),
        ("rather_not.0", "is not at this event"),
    ]


async def test_seekers_are_found_by_name_and_by_what_they_can_a_page_at_a_time(expo: Expo) -> None:
    employer = await expo.employer(competences_wanted=["Öppen källkod"])
    recruiter = await expo.browser_of(employer["recruiters"][0])
    await expo.seeker("Åsa Öberg", competences=["Java"])
    await expo.seeker("Bo 100%", competences=["Öppen källkod"])
    for number in range(51):
        await expo.seeker(f"Person {number:02}", competences=["Java" if number % 2 else "SQL"])

    async def names(query: str) -> tuple[int, int, list[str]]:
        found = (await recruiter.get(url(employer, "seekers") + query)).json()
        return found["total"], found["pages"], [one["name"] for one in found["seekers"]]

    total, pages, first = await names("")
    assert (total, pages, len(first)) == (53, 2, 50)
    assert len((await names("?page=2"))[2]) == 3
    assert not set(first) & set((await names("?page=2"))[2])
    assert await names("?q=åsa java") == (1, 1, ["Åsa Öberg"])
    assert await names("?q=öppen") == (1, 1, ["Bo 100%"])
    assert await names("?q=%25") == (1, 1, ["Bo 100%"])
    assert await names("?q=java person 07") == (1, 1, ["Person 07"])
    assert await names("?q=java person 06") == (0, 0, [])
    assert (await names("?q=_"))[0] == 0
    assert (await recruiter.get(url(employer, "seekers") + "?page=0")).status_code == 422


async def test_a_published_plan_closes_an_employers_wishes_and_looks_nobody_up(expo: Expo) -> None:
    employer = await expo.employer()
    recruiter = await expo.browser_of(employer["recruiters"][0])
    seeker = await expo.seeker()
    await put(recruiter, employer, wishes=[{"seeker_id": seeker["id"]}])
    waiting = (await recruiter.get("/api/my/desk-wishes")).json()
    await expo.laid(employer["desks"][0], 0, seeker)
    await expo.publish()

    shown = (await recruiter.get(url(employer))).json()
    refused = [await put(recruiter, employer), await recruiter.get(url(employer, "seekers"))]

    assert [(one["desk"]["number"], one["seekers"], one["wishes"]) for one in waiting] == [(1, 1, 1)]
    assert (shown["closed"], [wish["seeker"]["id"] for wish in shown["wishes"]]) == ("published", [seeker["id"]])
    assert [(answer.status_code, answer.json()["reason"]) for answer in refused] == [(409, "published")] * 2
    assert (await recruiter.get("/api/my/desk-wishes")).json() == []


async def test_another_employers_desk_is_not_there(expo: Expo) -> None:
    mine, other = await expo.employer(), await expo.employer("Fjallnat AB")
    recruiter = await expo.browser_of(mine["recruiters"][0])

    answers = [
        await recruiter.get(url(other)),
        await recruiter.get(url(other, "seekers")),
        await recruiter.put(url(other), json={"version": "x", **NOTHING}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_a_seeker_who_leaves_is_wished_for_no_more(expo: Expo) -> None:
    employer = await expo.employer()
    recruiter = await expo.browser_of(employer["recruiters"][0])
    seeker = await expo.seeker()
    await put(recruiter, employer, wishes=[{"seeker_id": seeker["id"]}])

    await expo.staff.delete(expo.url(f"/seekers/{seeker['id']}"))

    assert (await recruiter.get(url(employer))).json()["wishes"] == []


async def test_a_page_of_seekers_takes_as_many_statements_for_fifty_as_for_one(
    expo: Expo, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    employer = await expo.employer()
    recruiter = await expo.browser_of(employer["recruiters"][0])
    await expo.seeker("Person 00")
    with count_statements() as for_one:
        await recruiter.get(url(employer, "seekers"))
    for number in range(1, 12):
        await expo.seeker(f"Person {number:02}", competences=["Java"])
    with count_statements() as for_many:
        await recruiter.get(url(employer, "seekers"))

    assert len(for_many) == len(for_one)
