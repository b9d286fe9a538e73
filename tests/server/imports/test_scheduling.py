"""What a sheet's words for somebody's needs mean for the plan: guessed, shown, and changed before anything is saved."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.scheduling import read_scheduling, scheduling_codes
from server.imports.values import Scheduling
from tests.server.expo import Expo

SHEET = "Namn;E-post;Språk;Behov\n{rows}"


def scheduled(text: str, **more: Any) -> tuple[str, ...]:
    return scheduling_codes(read_scheduling(text, **more))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("teckenspråkstolk", ["interpreter:sign_language"]),
        ("Teckenspråk", ["interpreter:sign_language"]),
        ("sign language interpreter", ["interpreter:sign_language"]),
        ("tolk arabiska", ["interpreter:language:ar"]),
        ("Arabisktalande tolk", ["interpreter:language:ar"]),
        ("arabisktolk", ["interpreter:language:ar"]),
        ("Tolk (somaliska)", ["interpreter:language:so"]),
        ("somalisk tolk", ["interpreter:language:so"]),
        ("tolk: dari", ["interpreter:language:prs"]),
        ("tolk på tigrinja", ["interpreter:language:ti"]),
        ("Tolkhjälp persiska", ["interpreter:language:fa"]),
        ("interpreter Arabic", ["interpreter:language:ar"]),
        ("Ukrainian-speaking interpreter", ["interpreter:language:uk"]),
        ("tolk", ["interpreter:tolk"]),
        ("skrivtolk", ["interpreter:skrivtolk"]),
        ("dövblindtolk", ["interpreter:dövblindtolk"]),
        ("rullstol", ["accessible_station"]),
        ("Sitter i rullstol", ["accessible_station"]),
        ("wheelchair user", ["accessible_station"]),
        ("rullator", ["accessible_station"]),
        ("tillgängligt bord", ["accessible_station"]),
        ("tillgänglig plats", ["accessible_station"]),
        ("accessible table", ["accessible_station"]),
        ("kan inte gå i trappor", ["accessible_station"]),
        ("inga trappor", ["accessible_station"]),
        ("step-free access", ["accessible_station"]),
        ("extra tid", ["extra_time"]),
        ("Mer tid", ["extra_time"]),
        ("behöver längre tid på sig", ["extra_time"]),
        ("dubbel tid", ["extra_time"]),
        ("longer time please", ["extra_time"]),
        ("extra long meetings", []),
        ("rullstol och teckenspråkstolk", ["accessible_station", "interpreter:sign_language"]),
        ("extra tid, tolk arabiska, rullstol", ["extra_time", "accessible_station", "interpreter:language:ar"]),
        ("rullstol men inte tolk", ["accessible_station"]),
        ("behöver ingen tolk", []),
        ("ej tolk", []),
        ("egen tolk", []),
        ("Tar med egen tolk", []),
        ("no interpreter needed", []),
        ("hörslinga", []),
        ("lugn plats", []),
        ("stor text", []),
        ("ledarhund", []),
        ("inga", []),
        ("nej", []),
        ("", []),
        ("x", []),
    ],
)
def test_the_words_that_people_write(text: str, codes: list[str]) -> None:
    assert scheduled(text) == tuple(codes)


def test_an_interpreter_of_no_language_is_of_the_one_that_the_person_speaks() -> None:
    assert scheduled("tolk", languages=("sv", "ar", "en")) == ("interpreter:language:ar",)
    assert scheduled("tolk", languages=("ar", "so")) == ("interpreter:tolk",)
    assert scheduled("tolk", languages=("sv",)) == ("interpreter:tolk",)


@given(
    st.builds(
        Scheduling,
        st.booleans(),
        st.booleans(),
        st.sampled_from([None, "sign_language", "language:ar", "tolk", "skrivtolk", "Egen väns tolk"]),
    )
)
def test_codes_are_read_as_what_they_say(scheduling: Scheduling) -> None:
    lower = Scheduling(
        scheduling.extra_time,
        scheduling.accessible_station,
        scheduling.interpreter.casefold() if scheduling.interpreter else None,
    )

    assert read_scheduling(", ".join(scheduling_codes(scheduling))) == lower


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_scheduling(text)

    assert found.interpreter is None or 0 < len(found.interpreter) <= 40


async def previewed(expo: Expo, *rows: str) -> dict[str, Any]:
    answer = await expo.staff.post(
        expo.url("/imports"), params={"filename": "a.csv"}, content=SHEET.format(rows="\n".join(rows))
    )
    assert answer.status_code in (200, 201), answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def saved(expo: Expo, shown: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await expo.staff.post(expo.url(f"/imports/{shown['id']}/commit"))
    assert answer.status_code == 200, answer.text
    seekers: list[dict[str, Any]] = await expo.seekers()
    return seekers


async def decided(expo: Expo, shown: dict[str, Any], **choices: Any) -> dict[str, Any]:
    answer = await expo.staff.put(expo.url(f"/imports/{shown['id']}/decisions"), json=choices)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_what_needs_mean_is_shown_as_a_guess_and_saved_beside_the_words(expo: Expo) -> None:
    shown = await previewed(
        expo, "Amina Warsame;amina@x.example;arabiska;Mer tid, tolk arabiska", "Bo Ek;bo@x.example;;"
    )
    [amina, bo] = shown["preview"]["rows"]

    seekers = await saved(expo, shown)

    [guess] = amina["guesses"]
    assert (guess["field"], guess["reason"], guess["sensitive"]) == ("scheduling_needs", "needs_planned", True)
    assert (guess["raw"], guess["understood"]) == ("Mer tid, tolk arabiska", ["extra_time", "interpreter:language:ar"])
    assert (amina["status"], bo["status"], bo["guesses"]) == ("guess", "ready", [])
    assert [(one["access_needs"], one["scheduling_needs"]) for one in seekers] == [
        (
            ["Mer tid", "tolk arabiska"],
            {"extra_time": True, "accessible_station": False, "interpreter": "language:ar"},
        ),
        ([], {"extra_time": False, "accessible_station": False, "interpreter": None}),
    ]


async def test_what_staff_type_instead_is_saved_and_the_words_stay(expo: Expo) -> None:
    shown = await previewed(expo, "Amina Warsame;amina@x.example;;tolk", "Bo Ek;bo@x.example;;rullstol")
    overrides = [
        {"line": 2, "field": "scheduling_needs", "text": "interpreter:language:so, extra_time"},
        {"line": 3, "field": "scheduling_needs", "text": "inga"},
    ]

    changed = await decided(expo, shown, overrides=overrides)
    seekers = await saved(expo, shown)

    assert [row["guesses"] for row in changed["preview"]["rows"]] == [[], []]
    assert changed["preview"]["ignored_choices"] == []
    assert [(one["access_needs"], one["scheduling_needs"]) for one in seekers] == [
        (["tolk"], {"extra_time": True, "accessible_station": False, "interpreter": "language:so"}),
        (["rullstol"], {"extra_time": False, "accessible_station": False, "interpreter": None}),
    ]


async def test_a_sheet_that_says_nothing_of_it_leaves_what_staff_have_arranged(expo: Expo) -> None:
    needs = {"extra_time": True, "accessible_station": False, "interpreter": "sign_language"}
    await expo.seeker("Amina Warsame", email="amina@x.example", scheduling_needs=needs)

    [again] = await saved(expo, await previewed(expo, "Amina Warsame;amina@x.example;;hörslinga"))
    [typed] = await saved(expo, await _typed_away(expo))

    assert (again["access_needs"], again["scheduling_needs"]) == (["hörslinga"], needs)
    assert typed["scheduling_needs"] == {"extra_time": False, "accessible_station": False, "interpreter": None}


async def _typed_away(expo: Expo) -> dict[str, Any]:
    shown = await previewed(expo, "Amina Warsame;amina@x.example;;hörslinga")
    return await decided(expo, shown, overrides=[{"line": 2, "field": "scheduling_needs", "text": "inga"}])


async def test_an_employers_sheet_has_no_such_thing(expo: Expo) -> None:
    answer = await expo.staff.post(
        expo.url("/imports"), params={"filename": "a.csv"}, content="Företag;Kontaktperson\nNordkod AB;Ada Ek\n"
    )
    shown = answer.json()
    told = await decided(expo, shown, overrides=[{"line": 2, "field": "scheduling_needs", "text": "rullstol"}])

    assert told["preview"]["ignored_choices"] == ["override:2:scheduling_needs"]
    assert "rullstol" not in json.dumps(told["preview"]["rows"])
