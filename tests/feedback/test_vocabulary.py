from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.instrument import Competence, Text
from feedback.pack_loader import load_pack, pack_names
from feedback.vocabulary import Vocabulary, newest, vocabulary, written
from feedback.wording import word_key
from tests.feedback.strategies import IT

words = st.text(st.characters(exclude_categories=["M", "Cs"]), max_size=30)
WRITTEN = ["JS", "JavaScript", "HTML/CSS", "css", "html", "C", "C#", "SAP"]
labels = st.lists(words | st.sampled_from(WRITTEN), max_size=8)


def code_of(word: str) -> str | None:
    competence = vocabulary().find(word)
    return competence.code if competence else None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("JS", "javascript"),
        (" Java-Script ", "javascript"),
        ("TS", "typescript"),
        ("k8s", "kubernetes"),
        ("C sharp", "csharp"),
        ("c#", "csharp"),
        ("C♯", "csharp"),
        ("C", "c_language"),
        ("c++", "cplusplus"),
        (".net", "dotnet"),
        ("React.js", "react"),
        ("ReactJS", "react"),
        ("NODEJS", "node"),
        ("MS SQL", "sql_server"),
        ("MSSQL", "sql_server"),
        ("kundkontakt", "customer_contact"),
        ("Customer contact", "customer_contact"),
        ("felsokning", "troubleshooting"),
        ("TROUBLESHOOTING", "troubleshooting"),
        ("front-end", "web_frontend"),
        ("CI / CD", "ci_cd"),
        ("TCP/IP", "tcp_ip"),
        ("Java, programmeringsspråk", "java"),
    ],
)
def test_what_people_write_is_the_competence_that_they_mean(word: str, code: str) -> None:
    assert code_of(word) == code


@pytest.mark.parametrize(
    "word", ["", "—", "#", "Javaskript", "kubernets", "Java junior", "SAP", "C+", "D", "Nätverkande", "React Native"]
)
def test_what_is_not_exactly_known_is_not_guessed(word: str) -> None:
    assert code_of(word) is None


def test_one_letter_or_sign_more_is_another_language() -> None:
    keys = [vocabulary().keys_of(word) for word in ("C", "C#", "C++", "Java", "JavaScript", "SQL", "MySQL", "NoSQL")]

    assert len(set(keys)) == len(keys)


def test_words_that_no_pack_knows_are_the_same_only_as_themselves() -> None:
    known = vocabulary()

    assert known.keys_of("S.A.P") == known.keys_of("sap") == frozenset({"word:sap"})
    assert known.keys_of("SAP") != known.keys_of("SAP HANA")
    assert known.keys_of("Компютри") != known.keys_of("Компьютеры")
    assert known.keys_of("— ") == frozenset()


def test_words_with_and_between_them_are_several_competences_where_each_is_one() -> None:
    known = vocabulary()

    assert known.keys_of("HTML/CSS") == known.keys_of("html och css") == known.keys_of("HTML & CSS") == {"html", "css"}
    assert known.keys_of("Java och kaffe") == {"word:javaochkaffe"}


def test_those_wanted_that_somebody_has_are_told_as_they_are_wanted() -> None:
    wanted = ["Kubernetes", "JavaScript", "HTML/CSS", "SAP", "—"]

    assert vocabulary().matching(wanted, ["js", "K8s", "css3", "sap ", "?"]) == ["Kubernetes", "JavaScript", "SAP"]
    assert vocabulary().matching(wanted, ["CSS", "HTML5"]) == ["HTML/CSS"]


def test_a_list_keeps_the_first_way_in_which_something_is_written() -> None:
    assert vocabulary().distinct(["JS", "React", "JavaScript", "HTML", "CSS", "HTML/CSS", "Sap", "SAP", "-"]) == (
        "JS",
        "React",
        "HTML",
        "CSS",
        "Sap",
    )


@given(wanted=labels, had=labels)
def test_comparing_is_exact_and_says_nothing_new(wanted: list[str], had: list[str]) -> None:
    known = vocabulary()
    found = known.matching(wanted, had)

    assert all(label in wanted and known.keys_of(label) <= known.keys(had) for label in found)
    assert known.matching(wanted, wanted) == [label for label in wanted if word_key(label)]
    assert known.keys(known.distinct(wanted)) == known.keys(wanted)
    assert known.distinct(known.distinct(wanted)) == known.distinct(wanted)


@given(word=words, sign=st.sampled_from(" .-_/'’()"), at=st.integers(0, 30))
def test_case_blanks_and_punctuation_do_not_count(word: str, sign: str, at: int) -> None:
    assert word_key(word[:at] + sign + word[at:]) == word_key(word)
    assert word_key(word_key(word)) == word_key(word)


@given(word=st.text(string.ascii_letters, min_size=1))
def test_letter_case_does_not_count(word: str) -> None:
    assert word_key(word.upper()) == word_key(word.lower()) == word.lower()


def test_accents_count_only_outside_the_latin_alphabet() -> None:
    assert word_key("Å é ö") == "aeo"
    assert word_key("й") != word_key("и")


def test_a_pack_writes_each_competence_in_its_own_way_and_all_packs_agree_on_a_code() -> None:
    packs = newest(load_pack(name) for name in pack_names())
    meant: dict[str, set[str]] = {}
    texts: dict[str, set[Text]] = {}
    for pack in packs:
        for competence in pack.competences:
            texts.setdefault(competence.code, set()).add(competence.text)
            for word in written(competence):
                meant.setdefault(word_key(word), set()).add(competence.code)

    assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}
    assert {code: said for code, said in texts.items() if len(said) > 1} == {}


def test_the_newest_version_of_a_pack_counts_and_of_one_code_the_first() -> None:
    first, second = IT.competences[:2]
    newer = replace(IT, version=IT.version + 1)
    renamed = Competence(first.code, Text("Koda", "Coding in general"), first.group)
    other = replace(IT, code="it_two", competences=(renamed,), worked=NO_CHIPS, do_next=NO_CHIPS)
    both = Vocabulary(newest([newer, other, IT]))

    assert newest([newer, other, IT]) == (newer, other)
    assert both.find("Koda") == both.find(first.text.sv) == first
    assert both.find(second.text.en) == second


NO_CHIPS = replace(
    IT.do_next, choices=tuple(chip for chip in IT.do_next.choices if chip.competence is None), least=0, most=1
)
