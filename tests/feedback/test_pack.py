from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.instrument import InstrumentRef, Reference, Text, find
from feedback.pack_check import check_pack
from feedback.pack_loader import PackInvalid, load_instrument, load_pack, pack_names, read_pack, read_pack_text
from feedback.problem import Problem
from tests.feedback.strategies import IT, json_values, pack_data

Break = Callable[[dict[str, Any]], object]


def problems_after(break_it: Break) -> list[tuple[str, str]]:
    data = pack_data()
    break_it(data)
    return [(problem.path, problem.code) for problem in check_pack(data)]


def codes_in(group: str) -> set[str]:
    return {competence.code for competence in IT.competences if competence.group == group}


def test_the_it_pack_asks_what_the_design_says() -> None:
    asked = [item.title.sv for item in IT.items]
    asked += [question.title.sv for question in (IT.next_step, IT.worked, IT.do_next, IT.enabling)]

    assert asked == [
        "Yrkeskunskap för rollen",
        "Visade sina meriter med exempel",
        "Dialog och lyhördhet",
        "Insikt i rollen och branschen",
        "Nästa steg hos oss?",
        "Detta fungerade",
        "Gör detta härnäst",
        "Vad skulle göra anställning möjlig?",
    ]
    assert [step.code for step in IT.next_step.choices] == ["yes", "yes_with_support", "not_yet", "another_role"]
    assert (IT.worked.least, IT.worked.most, IT.do_next.least, IT.do_next.most) == (0, 2, 1, 2)
    assert (IT.enabling.least, IT.enabling.most) == (0, len(IT.enabling.choices))
    assert [item.code for item in IT.reception.items] == ["next_clear", "respected", "rings_true"]
    assert IT.valid_from == date(2026, 1, 1)


def test_the_it_pack_has_enough_to_choose_from() -> None:
    assert len(IT.competences) >= 60
    assert {"teamwork", "handling_conflicts", "taking_feedback"} <= codes_in("working_together")
    assert {"customer_contact", "advising", "presenting", "negotiating"} <= codes_in("consulting")
    assert 8 <= len(IT.worked.choices) <= 10
    assert 12 <= len(IT.do_next.choices) <= 14
    assert all(chip.practise is not None for chip in IT.do_next.choices)
    assert {competence.group for competence in IT.competences} == {group.code for group in IT.competence_groups}


def test_a_code_that_was_in_use_stays() -> None:
    in_use = """
        programming java python javascript csharp web_frontend api_design version_control accessibility system_design
        linux networking kubernetes cloud windows_administration it_support troubleshooting monitoring sql
        data_modelling data_analysis machine_learning test_automation manual_testing information_security
        documentation teamwork problem_solving asking_questions learning_new_technology planning_own_work agile_work
        teaching_others customer_contact explaining_technology requirements_analysis advising project_management
        showing_merits industry_insight
    """

    assert [code for code in in_use.split() if find(IT.competences, code) is None] == []


def test_button_texts_are_short_enough_to_read_at_a_glance() -> None:
    chips = (*IT.worked.choices, *IT.do_next.choices, *IT.enabling.choices)

    assert [chip.code for chip in chips if max(len(chip.text.sv), len(chip.text.en)) > 40] == []


def test_only_nothing_needed_excludes_other_support() -> None:
    assert [support.code for support in IT.enabling.choices if support.alone] == ["nothing_needed"]


def test_only_another_role_names_an_occupation() -> None:
    assert [step.code for step in IT.next_step.choices if step.names_occupation] == ["another_role"]


def test_every_pack_that_comes_with_the_product_loads_as_the_version_in_its_name() -> None:
    packs = [load_pack(name) for name in pack_names()]

    assert [f"{pack.code}_v{pack.version}" for pack in packs] == list(pack_names())
    assert [load_instrument(pack.ref) for pack in packs] == packs
    assert IT in packs


def test_an_unknown_pack_or_version_is_not_there() -> None:
    with pytest.raises(LookupError, match="there is no pack 'it_v99'"):
        load_instrument(InstrumentRef("it", 99))


def test_a_file_that_is_not_json_says_where_to_look() -> None:
    with pytest.raises(PackInvalid) as caught:
        read_pack_text('{\n  "code": "it"\n  "version": 1\n}')

    assert caught.value.problems == (
        Problem(
            "line 3, character 3",
            "not_json",
            'The file cannot be read from here on: “"version": 1”. '
            "Look for a missing comma, quote or bracket just before.",
        ),
    )


def test_everything_that_is_wrong_is_said_at_once() -> None:
    data = pack_data()
    del data["items"][0]["title"]["sv"]
    data["do_next"]["choices"][7]["text"]["en"] = " "
    data["valid_from"] = "31 January"

    with pytest.raises(PackInvalid) as caught:
        read_pack(data)

    assert caught.value.problems == (
        Problem("valid_from", "not_a_date", "Write the date as year-month-day, for example 2026-01-31."),
        Problem("items[item_1].title.sv", "missing", "“sv” is missing. Add it."),
        Problem(
            "do_next.choices[think_aloud].text.en",
            "text_missing",
            "The text is missing. Write it here, between quotes.",
        ),
    )
    assert str(caught.value).startswith("valid_from: Write the date as year-month-day")


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (lambda pack: pack.pop("title"), [("title", "missing")]),
        (lambda pack: pack.update(titel=pack.pop("title")), [("titel", "unknown_field"), ("title", "missing")]),
        (lambda pack: pack.update(title="IT"), [("title", "not_an_object")]),
        (lambda pack: pack.update(code="I T"), [("code", "not_a_code")]),
        (lambda pack: pack.update(code=7), [("code", "not_a_code")]),
        (lambda pack: pack.update(version="1"), [("version", "not_a_number")]),
        (lambda pack: pack.update(version=True), [("version", "not_a_number")]),
        (lambda pack: pack.update(version=0), [("version", "not_a_number")]),
        (lambda pack: pack.update(valid_from=2026), [("valid_from", "not_a_date")]),
        (lambda pack: pack.update(items=[]), [("items", "not_a_list")]),
        (lambda pack: pack.update(occupations="tester"), [("occupations", "not_a_list")]),
        (lambda pack: pack["items"].insert(0, 5), [("items[#1]", "not_an_object")]),
        (lambda pack: pack["items"][0].update(code="Ä"), [("items[#1].code", "not_a_code")]),
        (lambda pack: pack["title"].update(sv="I\0T"), [("title.sv", "text_unprintable")]),
        (lambda pack: pack["title"].update(sv="å" * 301), [("title.sv", "text_too_long")]),
        (
            lambda pack: pack["next_step"]["choices"][0].update(goes_on="yes"),
            [("next_step.choices[yes].goes_on", "not_true_or_false")],
        ),
    ],
)
def test_a_part_with_the_wrong_shape_is_named(break_it: Break, found: list[tuple[str, str]]) -> None:
    assert problems_after(break_it) == found


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (lambda pack: pack["items"][0]["anchors"].reverse(), [("items[item_1].anchors", "anchors")]),
        (
            lambda pack: pack["occupations"].append(pack["occupations"][0]),
            [("occupations[systems_developer].code", "code_twice")],
        ),
        (
            lambda pack: pack["reception"]["items"].append(pack["reception"]["items"][0]),
            [("reception.items[next_clear].code", "code_twice"), ("reception.items", "reception")],
        ),
        (lambda pack: pack["reception"]["items"][0].update(code="useful"), [("reception.items", "reception")]),
        (lambda pack: pack["reception"]["items"].pop(), [("reception.items", "reception")]),
        (lambda pack: pack["worked"].update(number=7), [("worked.number", "number")]),
        (lambda pack: pack["worked"].update(code="good"), [("worked.code", "question_code")]),
        (lambda pack: pack["worked"].update(most=11), [("worked.most", "limits")]),
        (lambda pack: pack["worked"].update(most=0), [("worked.most", "limits")]),
        (lambda pack: pack["worked"].update(least=2, most=1), [("worked.most", "limits"), ("items", "too_many_taps")]),
        (lambda pack: pack["next_step"].update(most=2), [("next_step.most", "limits")]),
        (lambda pack: pack["do_next"].update(least=0), [("do_next.least", "limits")]),
        (lambda pack: pack["enabling"].update(least=1), [("enabling.least", "limits")]),
        (lambda pack: pack["do_next"].update(least=2), [("items", "too_many_taps")]),
        (
            lambda pack: pack["do_next"]["choices"][0].pop("practise"),
            [("do_next.choices[tell_own_part]", "no_practise")],
        ),
        (
            lambda pack: pack["worked"]["choices"][0].pop("competence"),
            [("worked.choices[clear_example]", "carries_nothing")],
        ),
        (
            lambda pack: pack["worked"]["choices"][0].update(action="shout"),
            [("worked.choices[clear_example].action", "unknown_code")],
        ),
        (
            lambda pack: pack["competences"][0].update(group="magic"),
            [("competences[programming].group", "unknown_code")],
        ),
        (
            lambda pack: pack["competences"][0].update(aliases=["koda", "J.A.V.A"]),
            [("competences[java]", "word_twice")],
        ),
        (
            lambda pack: pack["competences"][0].update(aliases=["—"]),
            [("competences[programming]", "no_word")],
        ),
        (
            lambda pack: pack["competences"][0].update(aliases=[" "], jobtech={"id": "x"}),
            [
                ("competences[programming].aliases[#1]", "text_missing"),
                ("competences[programming].jobtech.label", "missing"),
            ],
        ),
    ],
)
def test_parts_that_do_not_fit_together_are_named(break_it: Break, found: list[tuple[str, str]]) -> None:
    assert problems_after(break_it) == found


def test_a_competence_says_how_people_write_it_and_what_registers_call_it() -> None:
    data = pack_data()
    data["competences"][0] |= {"ecf": {"id": "B.1", "label": "Develops applications"}}
    pack = read_pack(data)

    java = find(IT.competences, "java")
    assert pack.competences[0].ecf == Reference("B.1", "Develops applications")
    assert java is not None and java.jobtech is not None
    assert (java.jobtech.label, java.esco, java.ecf) == ("Java, programmeringsspråk", None, None)
    assert "Java programming" in java.aliases


def test_two_competences_cannot_be_written_alike() -> None:
    data = pack_data()
    data["competences"][2]["aliases"] = ["j a v a"]

    assert [problem.message for problem in check_pack(data)] == [
        "“j a v a” is already a way to write “java”. Take it away from one of them."
    ]


def test_a_misspelt_code_gets_the_nearest_one_as_a_hint() -> None:
    data = pack_data()
    data["do_next"]["choices"][2]["competence"] = "kubernets"

    assert check_pack(data) == (
        Problem(
            "do_next.choices[practise_kubernetes].competence",
            "unknown_code",
            "“kubernets” is not in the list “competences”. Did you mean “kubernetes”?",
        ),
    )


def test_a_misspelt_field_gets_the_nearest_one_as_a_hint_and_a_strange_one_the_whole_list() -> None:
    data = pack_data()
    data["title"] |= {"swe": "IT"}
    data["skip_reasons"][0]["txt"] = {}

    assert [problem.message for problem in check_pack(data)] == [
        "Nothing here is called “swe”. These can stand here: sv, en.",
        "Nothing here is called “txt”. Did you mean “text”?",
    ]


@pytest.mark.parametrize(
    ("code", "sv", "en"),
    [
        ("wage_subsidy", "Stöd till lönen", "Help with the wage"),
        ("support_1", "Lönebidrag för utveckling", "Wage support"),
        ("support_2", "Stöd vid funktionsnedsättning", "Adapted work"),
        ("support_3", "Anpassat arbete", "Disability support"),
    ],
)
def test_a_measure_that_reveals_health_is_never_an_employers_choice(code: str, sv: str, en: str) -> None:
    data = pack_data()
    text = {"sv": sv, "en": en}
    data["enabling"]["choices"].append({"code": code, "text": text, "about": text})

    assert [(problem.path, problem.code) for problem in check_pack(data)] == [
        (f"enabling.choices[{code}]", "reveals_health")
    ]


@given(json_values)
def test_no_data_at_all_makes_the_check_stumble(data: object) -> None:
    with pytest.raises(PackInvalid):
        read_pack(data)


def places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for name, value in inner for place in places(value, (*path, name)))]


PLACES = places(pack_data())[1:]


@given(place=st.sampled_from(PLACES), value=json_values)
def test_a_pack_that_passes_the_check_can_be_built_and_no_other(place: tuple[str | int, ...], value: object) -> None:
    data: Any = pack_data()
    holder = data
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = value

    problems = check_pack(data)

    if problems:
        with pytest.raises(PackInvalid):
            read_pack(data)
        assert all(problem.code and problem.message.endswith((".", "?")) for problem in problems)
    else:
        assert read_pack_text(json.dumps(data)) == read_pack(data)


def test_a_text_can_be_written_anew_without_code() -> None:
    data = pack_data()
    data["worked"]["choices"][0]["text"] = {"sv": "Bra exempel", "en": "Good example"}

    assert read_pack(data).worked.choices[0].text == Text("Bra exempel", "Good example")


def test_a_problem_says_something() -> None:
    with pytest.raises(ValueError, match="a code and a message"):
        Problem("items", "", "")
