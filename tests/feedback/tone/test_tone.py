"""Tone advice: the judged sentences, and that it says where, asks once and hinders nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.tone.advice import Rule, tone_advice
from feedback.tone.language import language_of
from feedback.tone.words import words_of
from tests.feedback.tone.collection import FILE, LANGUAGES, document, judged

SENTENCES_MIN = 60
# What unseen sentences of the same kind may cost: no more than one in twenty of the judged ones.
WRONG_SHARE_MAX = 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_advised_on_as_people_judged_them(language: str) -> None:
    each = judged(language)

    wrong = [one for one in each if one.found != one.expected]

    assert len(each) >= SENTENCES_MIN
    assert len(wrong) <= WRONG_SHARE_MAX * len(each), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_ground_has_sentences_and_so_has_silence(language: str) -> None:
    expected = {one.expected for one in judged(language)}

    grounds = {f"ground:{name}" for name in GROUNDS}
    assert expected == grounds | {"person", "absolute", "no_action", "none"}


GROUNDS = ("sex", "identity", "ethnicity", "religion", "disability", "orientation", "age")


def test_the_document_lists_every_false_alarm_and_miss_of_today() -> None:
    assert FILE.read_text(encoding="utf-8") == document()


def test_advice_says_which_words_it_is_about_as_they_were_written() -> None:
    text = "Bra exempel. Som KVINNA är du lat!"

    found = tone_advice(text)

    assert [(one.rule, one.ground, one.words, text[one.start : one.end]) for one in found] == [
        (Rule.GROUND, "sex", "KVINNA", "KVINNA"),
        (Rule.PERSON, "", "lat", "lat"),
    ]


def test_only_words_for_a_protected_ground_ask_for_a_tap() -> None:
    texts = ("Du är för gammal.", "Du är lat.", "Du lyssnar aldrig.", "Skärp dig.", "Tydligt exempel.")

    asks = [[one.asks for one in tone_advice(text)] for text in texts]

    assert asks == [[True], [False], [False], [False], []]


@pytest.mark.parametrize(
    "written",
    [
        "kvinna",
        "KVINNORNA",
        "utvecklarkvinnans",
        "kv\u00adinna",
        "k\u200bvinna",
        "ｋｖｉｎｎａ",
        "kv1nna",
        "k v i n n a",
        "k.v.i.n.n.a",
        "kvinnа",
        "kvínna",
        "IT-kvinna",
        "mamma",
        "pappaledig",
    ],
)
def test_no_way_to_write_a_word_hides_it(written: str) -> None:
    (found,) = tone_advice(f"Det var en {written} här.")

    assert (found.rule, found.ground, found.words) == (Rule.GROUND, "sex", written.rpartition("-")[2])


def test_letters_with_marks_of_their_own_are_the_same_word() -> None:
    assert [one.words for one in tone_advice("Din a\u030alder spelar roll.")] == ["a\u030alder"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Du var väl förberedd", "sv"), ("You were well prepared", "en"), ("Docker", None), ("", None)],
)
def test_the_language_is_that_of_the_words(text: str, language: str | None) -> None:
    assert language_of(words_of(text)) == language


def test_a_word_counts_in_its_own_language_only() -> None:
    assert tone_advice("Bra svar, men kort.") == ()
    assert [one.ground for one in tone_advice("We want men for this.")] == ["sex"]


def test_a_short_form_ends_no_sentence() -> None:
    assert tone_advice("Bli bättre, t.ex. på SQL.") == ()


def test_how_to_get_better_may_stand_in_another_sentence() -> None:
    assert tone_advice("Du måste bli bättre. Öva på att förklara koden.") == ()
    assert [one.rule for one in tone_advice("Du måste bli bättre. Tack.")] == [Rule.NO_ACTION]


@given(st.text(max_size=220))
def test_any_text_is_read_and_the_words_are_the_texts_own(text: str) -> None:
    for one in tone_advice(text):
        assert one.words == text[one.start : one.end] != ""


def test_whom_one_clause_is_about_says_nothing_of_the_next() -> None:
    assert tone_advice("Du skrev koden; servern är gammal.") == ()
    assert [one.ground for one in tone_advice("Koden var klar; för gammal.")] == ["age"]
    assert tone_advice("Du skrev koden: testerna gick alltid igenom.") == ()
    assert tone_advice("Du skrev den men servern är gammal.") == ()
