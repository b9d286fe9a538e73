"""What is understood of advertisements and spreadsheets, and what is refused by line and reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.decoding import SheetRefused
from server.vacancy_imports.advertisements import read_advertisements
from server.vacancy_imports.service import NotAdvertisements, read_file
from server.vacancy_imports.sheet import read_sheet, understand
from server.vacancy_imports.values import Column, Guess, Refused, Removed
from tests.server.vacancy_imports.files import SHEET, advertisement, one_a_line, removed, search_answer, stream


@pytest.mark.parametrize("wrapped", [search_answer, stream, one_a_line])
def test_a_search_a_stream_and_one_a_line_are_the_same_advertisements(wrapped: Any) -> None:
    reading = read_file(wrapped(advertisement(), removed("90000002")))

    [row] = reading.rows
    assert (row.title, row.employer_name, row.employer_number) == (
        "Systemutvecklare till Påhittsvall",
        "Påhittade System AB",
        "5560000001",
    )
    assert (row.place, row.seats, row.apply_by) == ("Påhittsvall", 2, date(2026, 6, 30))
    assert (row.occupation, row.occupation_concept_id) == ("Systemutvecklare/Programmerare", "fg7B_yov_smw")
    assert (row.required, row.merits) == (("Java",), ("Korgflätning",))
    assert row.concepts == {"Java": "aaaa_bbb_ccc", "Korgflätning": "aaaa_bbb_ddd"}
    assert row.apply_url == "https://paahitt.example/jobb"
    assert reading.removed == [Removed(2, "90000002")]
    assert reading.refused == []


def test_no_name_address_or_number_of_a_person_is_kept() -> None:
    [row] = read_file(stream(advertisement())).rows

    assert "ada@paahitt.example" not in repr(row)
    assert "Ada Påhittsson" not in repr(row)
    assert row.about == "Vi bygger saker.\nFråga Ada, …."


FORMATTED = "<p>Vi &amp; du.</p><script>var x = 1;</script><ul><li>Rita</li><li>Räkna</li></ul>Ring 19850101-1234"


@pytest.mark.parametrize("description", [{"text": FORMATTED}, {"text": None, "text_formatted": FORMATTED}])
def test_words_with_the_tags_of_a_page_are_read_as_words(description: Any) -> None:
    ad = advertisement(description=description, headline="<b>Ritare</b> &amp; räknare", number_of_vacancies="3")
    sheet = f'Titel;Företag;Beskrivning\nTestare;Bolag AB;"{FORMATTED.replace(chr(34), "")}"\n'

    [row], [in_sheet] = read_file(stream(ad)).rows, read_file(sheet.encode()).rows

    assert row.about == in_sheet.about == "Vi & du.\n\n– Rita\n\n– Räkna\n\nRing …"
    assert (row.title, row.seats) == ("Ritare & räknare", 3)


def test_a_sole_traders_number_is_a_persons_and_is_not_kept() -> None:
    employer = {"name": "Pihls Fönsterputs", "organization_number": "198501011234"}
    sheet = "Titel;Företag;Orgnr\nPutsare;Pihls Fönsterputs;850101-1234\nTestare;Bolag AB;556000-0002\n"

    [row], rows = read_file(stream(advertisement(employer=employer))).rows, read_file(sheet.encode()).rows

    assert [one.employer_number for one in (row, *rows)] == [None, None, "556000-0002"]


@pytest.mark.parametrize("written", ["2026-06-15 00:00:00", "2026-06-15T23:59", "15.6.2026 00:00"])
def test_a_day_with_the_time_of_day_is_that_day(written: str) -> None:
    [row] = read_sheet(f"Titel;Företag;Sök senast\nTestare;Bolag AB;{written}\n").rows

    assert row.apply_by == date(2026, 6, 15)


@pytest.mark.parametrize("written", ["Löpande", "löpande urval", "Tills vidare", "ASAP", "–"])
def test_a_vacancy_without_a_last_day_is_taken(written: str) -> None:
    [row] = read_sheet(f"Titel;Företag;Sök senast\nTestare;Bolag AB;{written}\n").rows

    assert row.apply_by is None


def test_what_cannot_be_taken_is_told_by_its_place_and_why() -> None:
    ads = [
        advertisement("1", headline=""),
        advertisement("2", employer={}),
        advertisement("3", application_deadline="snart"),
        advertisement("", headline="Utan id"),
        "inte en annons",
        advertisement("6"),
        advertisement("6", headline="Samma igen"),
    ]

    assert read_file(stream(*ads)).refused == [
        Refused(1, "1", "no_title"),
        Refused(2, "Systemutvecklare till Påhittsvall", "no_employer"),
        Refused(3, "Systemutvecklare till Påhittsvall", "bad_date", {"value": "snart"}),
        Refused(4, "Utan id", "no_id"),
        Refused(5, "", "not_an_advertisement"),
        Refused(7, "Samma igen", "twice", {"line": 6}),
    ]


def test_what_is_taken_to_mean_something_is_told() -> None:
    ad = advertisement(
        application_deadline=None, must_have={}, remote_work=True, occupation=[{"label": "Testare"}], webpage_url=None
    )

    [row] = read_file(stream(ad)).rows

    assert row.guesses == (
        Guess("apply_by", "last_publication", "2026-06-30"),
        Guess("required", "none_named", ""),
        Guess("work_form", "remote_work", "remote"),
    )
    assert (row.occupation, row.work_form) == ("Testare", "remote")


def test_an_address_that_is_no_page_is_not_kept() -> None:
    ad = advertisement(application_details={"url": "javascript:alert(1)"}, webpage_url="https://annons.example/1")

    assert read_file(stream(ad)).rows[0].apply_url == "https://annons.example/1"
    assert read_file(stream(ad | {"webpage_url": "ftp://x"})).rows[0].apply_url is None


def test_a_broken_line_is_refused_and_a_file_of_them_is_no_file() -> None:
    assert read_file(one_a_line(advertisement()) + b"\n{trasig\n").refused == [Refused(2, "", "not_an_advertisement")]
    for raw in (b"{trasig", b"[1, 2", b'{"hits": 3', b"[[]"):
        with pytest.raises(NotAdvertisements):
            read_file(raw)


def test_what_can_be_written_in_json_and_stored_nowhere_is_left_out() -> None:
    ad = advertisement(headline="Test\ud800are", application_deadline="\udc00snart")

    [refused] = read_file(stream(ad)).refused
    [row] = read_file(stream(advertisement(headline="Test\ud800are\x00"))).rows

    assert (refused.title, refused.params) == ("Testare", {"value": "snart"})
    assert row.title == "Testare"
    with pytest.raises(NotAdvertisements):
        read_file(b"[" * 200_000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_swedish_spreadsheet_is_read_whatever_windows_wrote_it_as(encoding: str) -> None:
    reading = read_file(SHEET.encode(encoding))

    first, second = reading.rows
    assert (first.source_id, first.title, first.place, first.work_form) == (
        "A1",
        "Drifttekniker",
        "Åhittsköping",
        "remote",
    )
    assert (first.required, first.merits, first.apply_by) == (("Linux", "Nätverk"), ("Python",), date(2026, 6, 15))
    assert (second.seats, second.apply_by) == (2, date(2026, 7, 1))
    assert second.guesses == (Guess("apply_by", "day_first", "2026-07-01"),)
    assert all(column.is_certain for column in reading.columns)


def test_headings_that_are_nearly_known_are_guessed_and_others_are_not_read() -> None:
    assert understand(["Rubrik", "Arbetsgivaren", "Krav på kompetens", "Lunch"]) == [
        Column("Rubrik", "title", True),
        Column("Arbetsgivaren", "employer", False),
        Column("Krav på kompetens", "required", False),
        Column("Lunch", None, False),
    ]


def test_rows_of_a_spreadsheet_are_refused_by_line() -> None:
    many = ",".join(f"k{n}" for n in range(21))
    sheet = (
        "Titel;Företag;Krav;Sök senast;Antal platser;Länk\n;Bolag AB;;;;\nTestare;;;;;\nTestare;Bolag AB;;i morgon;;\n"
        f"Testare;Bolag AB;{many};;;\nTestare;Bolag AB;;;många;\nTestare;Bolag AB;SQL;31 december 2026;;inte en länk\n"
        "Testare;Bolag AB;SQL;;;\n"
    )

    reading = read_sheet(sheet)

    assert [(one.line, one.reason) for one in reading.refused] == [
        (2, "no_title"),
        (3, "no_employer"),
        (4, "bad_date"),
        (5, "too_many_competences"),
        (6, "bad_number"),
        (8, "twice"),
    ]
    [row] = reading.rows
    assert row.apply_by == date(2026, 12, 31)
    assert [one.reason for one in row.guesses] == ["by_name", "not_an_address"]


@pytest.mark.parametrize("text", ["", "Titel;Företag\n", "Namn;E-post\nAda;a@b.example\n"])
def test_a_sheet_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(SheetRefused):
        read_sheet(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "headline",
                        "employer",
                        "name",
                        "must_have",
                        "skills",
                        "label",
                        "occupation",
                        "removed",
                        "description",
                        "text",
                        "application_deadline",
                        "workplace_address",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_no_form_of_an_advertisement_breaks_the_reading(anything: Any) -> None:
    import json

    try:
        reading = read_advertisements(json.dumps([anything]))
    except ValueError:
        raise AssertionError("a list is always read") from None
    assert len(reading.rows) + len(reading.removed) + len(reading.refused) == 1
