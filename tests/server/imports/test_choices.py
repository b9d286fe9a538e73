from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

import pytest

from server.imports.rules import (
    Blocked,
    BlockedReason,
    Choices,
    Contact,
    Context,
    EmployerEntry,
    KnownEmployer,
    ReadySet,
    SeekerEntry,
    choices_from_json,
    choices_to_json,
    importable,
    preview_to_json,
)
from tests.server.imports.sheets import CONTEXT, doubts, faults, only_row, preview_of

SEEKERS = "Namn;E-post;Val 1;Val 2;Helst inte;Kan från;Kan till;Form;Samtycke\n"
EMPLOYERS = "Företag;Org.nr;Kontakt;E-post;Antal;Från;Till;Form;Bord;Om företaget;Vill inte möta;Kompetens\n"


def employers_of(text: str, choices: Choices | None = None) -> tuple[EmployerEntry, ...]:
    outcome = importable(preview_of(EMPLOYERS + text, choices))
    assert isinstance(outcome, ReadySet), outcome
    return outcome.employers


def seekers_of(text: str, choices: Choices | None = None) -> tuple[SeekerEntry, ...]:
    outcome = importable(preview_of(SEEKERS + text, choices))
    assert isinstance(outcome, ReadySet), outcome
    return outcome.seekers


def test_an_overridden_cell_is_read_like_any_other() -> None:
    text = SEEKERS + "Anna;anna.x.example;;;;9;25:00;;ja\n"

    before = only_row(text)
    after = only_row(text, Choices(overrides={(2, "email"): "anna@x.example", (2, "to"): "15:00", (2, "from"): ""}))

    assert faults(before) == [("email", "anna.x.example", "email_without_at"), ("to", "25:00", "time_impossible")]
    assert (after.status, after.values["email"], after.values["from"], after.values["to"]) == (
        "ready",
        "anna@x.example",
        None,
        "15:00",
    )


def test_an_override_may_fill_a_field_that_no_column_holds() -> None:
    row = only_row("Namn;E-post\nAnna;a@x.example\n", Choices(overrides={(2, "consent"): "nej"}))

    assert faults(row) == [("consent", "nej", "consent_refused")]


def test_a_name_that_staff_type_stands_for_the_first_and_the_last_name() -> None:
    seeker = only_row("Förnamn;Efternamn;E-post\nAnna;=A1;a@x.example\n", Choices(overrides={(2, "name"): "Anna Berg"}))
    contact = only_row(
        "Företag;Kontaktens förnamn;Kontaktens efternamn;E-post\nNordkod;Anna;Berg;a@x.example\n",
        Choices(overrides={(2, "contact"): "Bo Ek"}),
    )

    assert (seeker.values["name"], faults(seeker), contact.values["contact"]) == ("Anna Berg", [], "Bo Ek")


def test_an_accepted_guess_makes_the_row_ready() -> None:
    text = SEEKERS + "Anna;a@x.example;;;;9;;;ja\n"
    row = only_row(text)
    [guess] = row.guesses

    accepted = only_row(text, Choices(accepted=frozenset({guess.id})))

    assert (row.status, accepted.status) == ("guess", "ready")
    assert accepted.guesses == (replace(guess, accepted=True),)


def test_one_answer_holds_for_every_line_with_the_same_name() -> None:
    text = SEEKERS + "Anna;a@x.example;Okänd AB;;;;;;ja\nBo;b@x.example;OKÄND;;;;;;ja\n"
    [shared] = preview_of(text).decisions

    answered = preview_of(text, Choices(answers={"company:okand": "employer:key of Nordkod AB"}))

    assert (shared.decision.id, shared.lines) == ("company:okand", (2, 3))
    assert [option.value for option in shared.decision.options] == ["drop"]
    assert [row.values["wishes"] for row in answered.rows] == [("Nordkod AB",)] * 2
    assert isinstance(importable(answered), ReadySet)


def test_an_unknown_wish_may_be_dropped() -> None:
    [entry] = seekers_of("Anna;a@x.example;Okänd;Nordkod;;;;;ja\n", Choices(answers={"company:okand": "drop"}))

    assert entry.wishes == ("key of Nordkod AB",)


def test_an_answer_that_is_no_option_leaves_the_question_open() -> None:
    choices = Choices(answers={"company:okand": "employer:nobody", "no such": "x"})

    preview = preview_of(SEEKERS + "Anna;a@x.example;Okänd;;;;;;ja\n", choices)

    assert preview.summary.open_decisions == 1
    assert preview.ignored_choices == ("answer:company:okand", "answer:no such")


def test_choices_that_fit_nothing_are_named_and_change_nothing() -> None:
    text = SEEKERS + "Anna;a@x.example;;;;;;;ja\n"
    choices = Choices(
        overrides={(9, "email"): "x", (2, "shoe"): "y"},
        accepted=frozenset({"2:from:nothing"}),
        left_out=frozenset({1}),
    )

    preview = preview_of(text, choices)

    assert preview.ignored_choices == (
        "accepted:2:from:nothing",
        "left_out:1",
        "override:2:shoe",
        "override:9:email",
    )
    assert replace(preview, ignored_choices=()) == preview_of(text)


def test_wishing_for_and_avoiding_the_same_employer_is_asked_about() -> None:
    text = "Anna;a@x.example;Nordkod;Molnverket;Nordkod AB;;;;ja\n"
    asked = "2:avoid:wish_and_avoid:key of Nordkod AB"

    [wish] = seekers_of(text, Choices(answers={asked: "keep_wish"}))
    [avoid] = seekers_of(text, Choices(answers={asked: "keep_avoid"}))

    assert only_row(SEEKERS + text).status == "decision"
    assert (wish.wishes, wish.avoids) == (("key of Nordkod AB", "key of Molnverket AB"), ())
    assert (avoid.wishes, avoid.avoids) == (("key of Molnverket AB",), ("key of Nordkod AB",))


def test_a_repeated_wish_counts_once_and_several_in_a_cell_are_shown() -> None:
    repeated = only_row(SEEKERS + "Anna;a@x.example;Nordkod;NORDKOD;;;;;ja\n")
    several = only_row(SEEKERS + 'Anna;a@x.example;"Nordkod, Fjällnät";;;;;;ja\n')

    assert doubts(repeated) == [("wish_2", "NORDKOD", "Nordkod AB", "wish_repeated")]
    assert doubts(several) == [("wish_1", "Nordkod, Fjällnät", ("Nordkod AB", "Fjällnät AB"), "wishes_in_one_cell")]


def test_a_span_that_ends_before_it_begins_is_swapped_opened_or_left_out() -> None:
    text = "Anna;a@x.example;;;;15:00;09:00;;ja\n"
    asked = "2:from:from_after_to"
    spans = [
        [(entry.starts, entry.ends) for entry in seekers_of(text, Choices(answers={asked: answer}))]
        for answer in ("swap", "whole_day")
    ]

    assert only_row(SEEKERS + text).status == "decision"
    assert spans == [[(time(9), time(15))], [(None, None)]]
    assert only_row(SEEKERS + text, Choices(answers={asked: "leave_out"})).status == "left_out"


def test_a_span_of_no_length_cannot_be_swapped() -> None:
    [decision] = only_row(SEEKERS + "Anna;a@x.example;;;;09:00;09:00;;ja\n").decisions

    assert [option.value for option in decision.options] == ["whole_day", "leave_out"]


def test_a_form_nobody_knows_is_asked_about() -> None:
    [seeker] = seekers_of("Anna;a@x.example;;;;;;telepati;ja\n", Choices(answers={"form:telepati": "video"}))
    [employer] = employers_of(
        "Nordkod;;A;a@x.example;1;;;telepati;;;;\n", Choices(answers={"form:telepati": "on_site"})
    )

    assert (seeker.form, employer.form) == ("video", "on_site")


def test_an_address_on_two_rows_is_settled_by_choosing_the_row() -> None:
    text = "Anna;a@x.example;;;;;;;ja\nAnna B;A@x.example;;;;;;;ja\nAnna C;a@x.example;;;;;;;ja\n"
    first = {"3:email:seeker_twice": "keep_earlier", "4:email:seeker_twice": "keep_earlier"}
    last = {"3:email:seeker_twice": "keep_this", "4:email:seeker_twice": "keep_this"}

    outcomes = [
        (preview.summary.left_out, [entry.name for entry in preview.entries])
        for preview in (preview_of(SEEKERS + text, Choices(answers=answers)) for answers in (first, last))
    ]

    assert [row.status for row in preview_of(SEEKERS + text).rows] == ["ready", "decision", "decision"]
    assert outcomes == [(2, ["Anna"]), (2, ["Anna C"])]


def test_another_contact_of_the_same_employer_is_merged_by_proposal() -> None:
    text = (
        "Nordkod AB;;Anna;a@x.example;;09:00;;video;Bord 1;;;Java\n"
        "Nordkod;556387-6712;Bo;b@x.example;1;10:00;15:00;video;Bord 9;Vi kodar;;java, SQL\n"
    )
    [merged] = employers_of(text)
    rows = preview_of(EMPLOYERS + text).rows

    assert merged == EmployerEntry(
        lines=(2, 3),
        name="Nordkod AB",
        org_number="556387-6712",
        contacts=(Contact("Anna", "a@x.example", None), Contact("Bo", "b@x.example", None)),
        form="video",
        recruiter_count=2,
        starts=time(9),
        ends=None,
        competences=("Java", "SQL"),
        avoid_note=None,
        station="Bord 1",
        about="Vi kodar",
        existing_key="key of Nordkod AB",
    )
    assert doubts(rows[1]) == [
        ("name", "Nordkod", "Nordkod AB", "employer_merged"),
        ("times", "10:00–15:00", "09:00–", "merged_keeps_first"),
        ("station", "Bord 9", "Bord 1", "merged_keeps_first"),
    ]
    assert rows[1].values["merged_into_line"] == 2
    assert len(employers_of(text, Choices(answers={"3:name:employer_twice": "separate"}))) == 2


@pytest.mark.parametrize(
    "second",
    [
        "Nordkod;556274-3691;Bo;b@x.example;1;;;video;;;;\n",
        "Annat namn;556387-6712;Bo;b@x.example;1;;;video;;;;\n",
        "Nordkod;556387-6712;Bo;a@x.example;1;;;video;;;;\n",
    ],
)
def test_rows_that_contradict_each_other_are_never_merged_unasked(second: str) -> None:
    preview = preview_of(EMPLOYERS + "Nordkod;556387-6712;Anna;a@x.example;1;;;video;;;;\n" + second)

    assert [row.status for row in preview.rows] == ["ready", "decision"]
    assert [shared.decision.id for shared in preview.decisions] == ["3:name:employer_twice"]


def test_an_employer_is_known_by_its_number_under_any_name() -> None:
    context = replace(CONTEXT, known_employers=(KnownEmployer("7", "Nya namnet AB", "556387-6712"),))

    preview = preview_of(EMPLOYERS + "Gamla namnet;556387-6712;A;a@x.example;1;;;video;;;;\n", context=context)

    assert [entry.existing_key for entry in preview.entries if isinstance(entry, EmployerEntry)] == ["7"]


def test_what_an_employer_lacks_is_guessed_and_shown() -> None:
    row = only_row(EMPLOYERS + "Nordkod;556387-6712;;;;;;;;;Inga konsulter;\n")

    assert doubts(row) == [
        ("email", "", None, "contact_missing"),
        ("form", "", "hybrid", "form_missing"),
        ("recruiter_count", "", 1, "count_missing"),
        ("avoid", "Inga konsulter", "Inga konsulter", "avoid_text"),
    ]


def test_several_contacts_in_a_cell_leave_the_first_and_two_cells_make_one_name() -> None:
    several = only_row(EMPLOYERS + "Nordkod;;Anna Berg, Bo Ek;a@x.example;1;;;video;;;;\n")
    parted = only_row("Företag;Förnamn;Efternamn;E-post\nNordkod;Anna;Berg;a@x.example\n")
    odd = only_row(EMPLOYERS + "Nordkod;;123;a@x.example;1;;;video;;;;\n")

    assert doubts(several) == [("contact", "Anna Berg, Bo Ek", "Anna Berg", "contact_first_of_several")]
    assert (parted.values["contact"], odd.values["contact"]) == ("Anna Berg", None)


def test_a_sum_or_a_lonely_cell_under_the_table_is_asked_about() -> None:
    rows = preview_of(EMPLOYERS + "Summa;;;;12;;;;;;;\nUppdaterad av Moa;;;;;;;;;;;\n").rows

    assert [[decision.id for decision in row.decisions] for row in rows] == [
        ["2:row:row_almost_empty"],
        ["3:row:row_almost_empty"],
    ]


def test_a_row_wider_than_the_headings_is_asked_about() -> None:
    text = "Namn;E-post\nAnna;a@x.example;;\nBo;b@x.example;;lös text\n"

    narrow, wide = preview_of(text).rows
    answered = preview_of(text, Choices(answers={"3:row:row_too_wide": "as_is"}))

    assert (narrow.status, wide.status) == ("ready", "decision")
    assert [(each.id, each.raw, each.params) for each in wide.decisions] == [
        ("3:row:row_too_wide", "lös text", {"count": 1})
    ]
    assert isinstance(importable(answered), ReadySet)


def test_a_spreadsheet_programs_error_is_empty_and_told() -> None:
    row = only_row("Namn;E-post;Kontor\nAnna;a@x.example;x\n#N/A;b@x.example;x\n".replace("Anna;a@x.example;x\n", ""))
    phone = only_row("Namn;E-post;Mobil\nAnna;a@x.example;#REF!\n")

    assert faults(row) == [("name", "#N/A", "name_missing")]
    assert doubts(phone) == [("phone", "#REF!", None, "spreadsheet_error")]


def test_a_cell_without_end_is_refused() -> None:
    row = only_row("Namn;E-post;Kompetens\nAnna;a@x.example;" + "x" * 10_001 + "\n")

    assert [(field, reason) for field, _, reason in faults(row)] == [("competences", "cell_too_long")]


def test_a_company_without_letters_or_name_is_refused() -> None:
    rows = [
        only_row(EMPLOYERS + f"{name};;A;a@x.example;{count};;;video;;;;\n") for name, count in (("!!!", 1), ("", "x"))
    ]

    assert [faults(row) for row in rows] == [
        [("name", "!!!", "name_not_a_name")],
        [("name", "", "name_missing"), ("recruiter_count", "x", "count_not_understood")],
    ]


def test_without_required_columns_nothing_can_be_imported() -> None:
    outcome = importable(preview_of("Namn;Kön;Född\nAnna;K;1995\n"))

    assert outcome == Blocked(
        (BlockedReason("columns_missing", names=("email",)), BlockedReason("rows_refused", lines=(2,)))
    )


def test_leaving_out_every_row_imports_nothing() -> None:
    outcome = importable(preview_of("Namn;E-post\nAnna;a@x.example\n", Choices(left_out=frozenset({2}))))

    assert outcome == Blocked((BlockedReason("nothing_to_import"),))


def test_wishes_with_no_known_employers_say_what_to_do_first() -> None:
    preview = preview_of(SEEKERS + "Anna;a@x.example;Nordkod;;;;;;ja\n", context=Context(year=2026))

    assert [notice.code for notice in preview.notices] == ["no_known_employers"]
    assert [shared.decision.question for shared in preview.decisions] == ["wish_unknown"]


def test_a_seeker_who_is_known_already_is_told() -> None:
    context = replace(CONTEXT, known_seeker_emails=frozenset({"a@x.example"}))

    preview = preview_of(SEEKERS + "Anna;A@X.example;;;;;;;ja\nBo;b@x.example;;;;;;;ja\n", context=context)

    assert ([row.exists for row in preview.rows], preview.summary.existing) == ([True, False], 1)


def test_a_name_that_may_mean_two_employers_offers_both() -> None:
    context = replace(CONTEXT, known_employers=(*CONTEXT.known_employers, replace(CONTEXT.known_employers[0], key="2")))

    [shared] = preview_of(SEEKERS + "Anna;a@x.example;Nordkod;;;;;;ja\n", context=context).decisions

    assert shared.decision.question == "wish_ambiguous"
    assert [option.value for option in shared.decision.options] == ["employer:key of Nordkod AB", "employer:2", "drop"]


def test_an_age_stands_in_for_a_year_that_is_missing_or_unlikely() -> None:
    row = only_row("Namn;E-post;Född;Ålder\nAnna;a@x.example;1795;31\n")

    assert (row.values["birth_year"], [reason for *_, reason in doubts(row)]) == (
        1995,
        ["birth_year_dropped", "age_to_year"],
    )


def test_a_heading_that_says_last_name_first_turns_the_name() -> None:
    rows = preview_of('"Efternamn, Förnamn";E-post\n"Berg, Anna";a@x.example\nEk Bo;b@x.example\n').rows

    assert [(row.label, [reason for *_, reason in doubts(row)]) for row in rows] == [
        ("Anna Berg", []),
        ("Bo Ek", ["name_turned"]),
    ]


def test_choices_and_previews_are_plain_json() -> None:
    choices = Choices(
        kind="seekers",
        columns={1: "email", 2: None},
        overrides={(2, "email"): "a@x.example"},
        answers={"company:okand": "drop"},
        accepted=frozenset({"b", "a"}),
        left_out=frozenset({3, 2}),
    )
    shown = json.loads(json.dumps(preview_to_json(preview_of(SEEKERS + "Anna;a@x.example;;;;9;;;ja\n"))))

    assert choices_from_json(json.loads(json.dumps(choices_to_json(choices)))) == choices
    assert choices_from_json({}) == Choices()
    assert (shown["rows"][0]["status"], shown["summary"]["guess"], "entries" in shown) == ("guess", 1, False)


@pytest.mark.parametrize(
    "stored", [{"kind": "animals"}, {"columns": [{"index": 1}]}, {"left_out": [None]}, {"answers": [3]}]
)
def test_what_is_no_choices_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        choices_from_json(stored)
