"""A second file about the same people, and rows that cannot be at this event; through the real service."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.expo import Expo

EMPLOYERS = "Företag;E-post;Från;Till\nNordkod AB;a@nordkod.example;;\nFjällnät AB;a@fjallnat.example;;\n"
FIRST = (
    "Namn;E-post;Val 1;Helst inte;Tid;Form;Språk;Behov;Samtycke\n"
    "Anna Berg;anna@sok.example;Nordkod;Fjällnät;10:15-11:30;video;sv;hörslinga;ja\n"
)


async def upload(expo: Expo, text: str) -> dict[str, Any]:
    answer = await expo.staff.post(expo.url("/imports?filename=lista.csv"), content=text.encode())
    assert answer.status_code == 201, answer.text
    uploaded: dict[str, Any] = answer.json()
    return uploaded


async def decide(expo: Expo, imported: dict[str, Any], **choices: Any) -> dict[str, Any]:
    answer = await expo.staff.put(expo.url(f"/imports/{imported['id']}/decisions"), json=choices)
    assert answer.status_code == 200, answer.text
    decided: dict[str, Any] = answer.json()
    return decided


async def bring(expo: Expo, text: str, **choices: Any) -> dict[str, int]:
    imported = await upload(expo, text)
    if choices:
        await decide(expo, imported, **choices)
    answer = await expo.staff.post(expo.url(f"/imports/{imported['id']}/commit"))
    assert answer.status_code == 200, answer.text
    counts: dict[str, int] = answer.json()
    return counts


async def anna(expo: Expo) -> dict[str, Any]:
    seekers = await expo.seekers()
    return next(seeker for seeker in seekers if seeker["email"] == "anna@sok.example")


async def test_a_second_file_changes_only_what_it_says(expo: Expo) -> None:
    await bring(expo, EMPLOYERS)
    await bring(expo, FIRST)
    before = await anna(expo)
    url = expo.url(f"/seekers/{before['id']}")
    assert (await expo.staff.patch(url, json={"relay_only": True})).status_code == 200

    counts = await bring(expo, "Namn;E-post;Mobil;Samtycke\nAnna Berg;ANNA@sok.example;0701234567;ja\n")
    after = await anna(expo)

    assert counts["seekers_renewed"] == 1
    assert after == before | {"relay_only": True}
    assert (after["wishes"], after["access_needs"], after["form"]) != ([], [], None)


async def test_what_a_second_file_does_say_holds(expo: Expo) -> None:
    await bring(expo, EMPLOYERS)
    await bring(expo, FIRST)
    before = await anna(expo)

    text = "Namn;E-post;Val 1;Tid;Form;Samtycke\nAnna Berg;anna@sok.example;Fjällnät;hela dagen;båda;ja\n"
    await bring(expo, text)
    after = await anna(expo)

    assert (after["wishes"], after["avoids"]) == (before["avoids"], [])
    assert (after["available_from"], after["available_until"], after["form"]) == (None, None, None)
    assert (after["languages"], after["access_needs"]) == (before["languages"], before["access_needs"])


@pytest.mark.parametrize(("starts", "ends"), [("18:00", ""), ("", "09:00"), ("07:00", "08:00")])
async def test_hours_outside_the_event_are_guessed_to_mean_the_whole_day(expo: Expo, starts: str, ends: str) -> None:
    imported = await upload(expo, f"Företag;E-post;Från;Till\nNordkod AB;a@nordkod.example;{starts};{ends}\n")
    [guess] = [one for one in imported["preview"]["rows"][0]["guesses"] if one["reason"] == "time_outside"]

    committed = await expo.staff.post(expo.url(f"/imports/{imported['id']}/commit"))

    assert guess["understood"] == "10:00–12:00"
    assert committed.json()["desks"] == 1


async def test_a_personal_number_typed_into_a_cell_is_not_kept(expo: Expo) -> None:
    imported = await upload(expo, FIRST)

    decided = await decide(expo, imported, overrides=[{"line": 2, "field": "name", "text": "Anna Berg 900312-2384"}])

    assert "2384" not in str(decided)
    assert decided["preview"]["rows"][0]["values"]["name"] == "Anna Berg"


async def test_every_guess_of_a_kind_is_accepted_in_one_word(expo: Expo) -> None:
    rows = "".join(f"Person {number};p{number}@sok.example;9-1{1 + number % 9}\n" for number in range(30))
    imported = await upload(expo, "Namn;E-post;Tid\n" + rows)

    decided = await decide(expo, imported, accepted=["*:time_range", "*:no_such_kind"])

    assert imported["preview"]["summary"]["open_guesses"] == 30
    assert decided["preview"]["summary"]["open_guesses"] == 0
    assert decided["preview"]["ignored_choices"] == ["accepted:*:no_such_kind"]


async def test_five_thousand_rows_are_read_and_decided_within_the_size_of_a_request(expo: Expo) -> None:
    rows = "".join(f"Person {number};p{number}@sok.example;9-12;ja\n" for number in range(5000))
    imported = await upload(expo, "Namn;E-post;Tid;Samtycke\n" + rows)

    decided = await decide(expo, imported, accepted=["*:time_range"], left_out=list(range(2, 5002)))

    assert decided["preview"]["summary"]["left_out"] == 5000
