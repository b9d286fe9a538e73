"""Employers and people who may be the same: by nearly the same name, or the same name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.imports.rules import Choices, EmployerEntry, KnownEmployer
from tests.server.imports.sheets import CONTEXT, doubts, preview_of

EMPLOYERS = "Företag;Org.nr;Kontakt;E-post\n"
SEEKERS = "Namn;E-post;Mobil;Född;Samtycke\n"
TWO = EMPLOYERS + "Norrgläntan Teknik AB;;Anna;a@x.example\nNorgläntan Teknik;;Bo;b@x.example\n"


def names(text: str, answers: dict[str, str]) -> list[str]:
    preview = preview_of(text, Choices(answers=answers))
    return [getattr(entry, "name", "") for entry in preview.entries]


def test_nearly_the_same_name_is_shown_and_kept_apart_until_staff_say_otherwise() -> None:
    rows = preview_of(TWO).rows
    [decision] = rows[1].decisions

    assert [reason for *_, reason in doubts(rows[1])] == ["company_alike"]
    assert (decision.id, decision.proposed) == ("3:name:employer_alike", "separate")
    assert names(TWO, {}) == ["Norrgläntan Teknik AB", "Norgläntan Teknik"]
    assert names(TWO, {decision.id: "merge"}) == ["Norrgläntan Teknik AB"]
    assert doubts(preview_of(TWO, Choices(answers={decision.id: "separate"})).rows[1]) == []


def test_two_organisation_numbers_are_two_employers_however_alike() -> None:
    text = EMPLOYERS + (
        "Norrgläntan Teknik AB;556387-6712;Anna;a@x.example\nNorgläntan Teknik;556274-3691;Bo;b@x.example\n"
    )

    assert preview_of(text).rows[1].decisions == ()


def test_an_employer_at_the_event_with_nearly_the_same_name_can_be_the_same() -> None:
    context = replace(CONTEXT, known_employers=(KnownEmployer("7", "Norrgläntan Teknik AB"),))
    text = EMPLOYERS + "Norgläntan Teknik;;Bo;b@x.example\n"
    asked = "2:name:employer_alike_known"

    apart, same = (preview_of(text, Choices(answers=answers), context).entries for answers in ({}, {asked: "merge"}))

    assert [entry.existing_key for entry in (*apart, *same) if isinstance(entry, EmployerEntry)] == [None, "7"]


@pytest.mark.parametrize(
    ("first", "second", "options"),
    [
        ("Nordkod AB;;A", "NORDKOD AB;;B", ["merge", "leave_out"]),
        ("Nordkod;556387-6712;A", "Nya namnet;556387-6712;B", ["merge", "leave_out"]),
        ("Nordkod AB;;A", "Nordkod HB;;B", ["merge", "separate", "leave_out"]),
        ("Nordkod;556387-6712;A", "Nordkod;556274-3691;B", ["merge", "separate", "leave_out"]),
    ],
)
def test_two_employers_that_the_bank_could_not_hold_are_not_offered(
    first: str, second: str, options: list[str]
) -> None:
    rows = preview_of(EMPLOYERS + f"{first};a@x.example\n{second};b@x.example\n").rows

    assert [option.value for option in rows[1].decisions[0].options] == options


def test_the_same_name_under_another_address_is_two_people_until_staff_say_otherwise() -> None:
    text = SEEKERS + "Anna Berg;a@x.example;;;ja\nanna  berg;anna@x.example;0701234567;;ja\n"
    asked = "3:name:seeker_alike"

    both, earlier, this = (
        [getattr(entry, "email", "") for entry in preview_of(text, Choices(answers=answers)).entries]
        for answers in ({}, {asked: "keep_earlier"}, {asked: "keep_this"})
    )

    assert [reason for *_, reason in doubts(preview_of(text).rows[1])] == ["name_repeated"]
    assert (both, earlier, this) == (["a@x.example", "anna@x.example"], ["a@x.example"], ["anna@x.example"])


@pytest.mark.parametrize("other", ["0709876543;1995", "0701234567;1960"])
def test_people_of_one_name_who_differ_in_what_is_known_are_two(other: str) -> None:
    text = SEEKERS + f"Anna Berg;a@x.example;0701234567;1995;ja\nAnna Berg;b@x.example;{other};ja\n"

    assert preview_of(text).rows[1].decisions == ()
