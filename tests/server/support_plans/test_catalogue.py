"""The measures and pathways that the product carries."""

from __future__ import annotations

from datetime import date, timedelta

from feedback.pack_loader import newest_pack
from server.support_plans.catalogue import find_measure, find_pathway, measures, pathways, valid_on

WORD_OF_HEALTH = {"wage_subsidy", "workplace_aids", "personal_support"}


def test_every_need_that_an_employer_can_name_has_a_measure_and_no_measure_answers_another() -> None:
    named = {choice.code for choice in newest_pack("it").enabling.choices} - {"nothing_needed"}

    assert {code for one in measures() for code in one.answers} == named


def test_what_implies_something_of_health_is_added_by_a_case_worker_alone() -> None:
    alone = {one.code for one in measures() if one.case_worker_only}

    assert alone == WORD_OF_HEALTH
    assert all(not one.answers for one in measures() if one.case_worker_only)


def test_each_measure_names_its_source_and_the_day_it_was_read() -> None:
    for one in measures():
        assert one.source.url is None or one.source.url.startswith("https://")
        assert one.source.read_on >= one.valid_from
        assert one.valid_to is None or one.valid_to >= one.valid_from
    assert len({one.code for one in measures()}) == len(measures())


def test_a_text_promises_no_amount_and_no_condition_in_figures() -> None:
    texts = [text for one in measures() for local in (one.about, one.note) for text in (local.sv, local.en)]

    assert [text for text in texts if any(sign.isdigit() for sign in text)] == []


def test_a_measure_can_be_planned_from_its_first_day_to_its_last() -> None:
    first = measures()[0]
    ended = first.model_copy(update={"valid_to": date(2026, 6, 30)})

    assert valid_on(first.valid_from, [ended]) == [ended]
    assert valid_on(date(2026, 6, 30), [ended]) == [ended]
    assert valid_on(date(2026, 7, 1), [ended]) == []
    assert valid_on(first.valid_from - timedelta(days=1), [ended]) == []


def test_each_step_of_a_pathway_is_a_measure_there_is_or_says_what_to_do() -> None:
    for pathway in pathways():
        assert find_pathway(pathway.code) is pathway
        assert [step.measure for step in pathway.steps if step.measure and find_measure(step.measure) is None] == []
        assert min(step.after_days for step in pathway.steps) <= 7
    assert find_pathway("nothing") is None
    assert find_measure("nothing") is None
