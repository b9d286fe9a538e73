from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.taxonomy.reader import Entry
from server.taxonomy.rules import CONCEPT_ID, Concept, Fault, concept_in, folded, successors

ONE, TWO, THREE = "AAAA_aaa_001", "AAAA_aaa_002", "AAAA_aaa_003"
JAVA = {"type": "skill", "preferredLabel": "Java, programmeringsspråk", "legacyAmsTaxonomyId": "2810"}
CALLED_JAVA = Concept(ONE, "skill", ("Java, programmeringsspråk",), legacy_id="2810")


def read(value: object, name: str | None = None) -> Concept | Fault | None:
    return concept_in(Entry(7, name, value))


def fault(**changed: Any) -> str:
    found = read({"id": ONE, "type": "skill", "preferred_label": "Java"} | changed)
    assert isinstance(found, Fault)
    return str(found)


def test_a_concept_is_the_same_however_a_file_names_its_fields() -> None:
    assert read(JAVA, ONE) == CALLED_JAVA
    called = {"id": ONE, "type": "skill", "preferred_label": JAVA["preferredLabel"]}
    assert read(called | {"deprecated_legacy_id": 2810}) == CALLED_JAVA
    assert (
        read(
            {
                "taxonomy/id": ONE,
                "taxonomy/type": "skill",
                "taxonomy/preferred-label": " Java, programmeringsspråk ",
                "taxonomy/deprecated-legacy-id": "2810",
                "taxonomy/definition": "Ett språk.",
                "taxonomy/deprecated": None,
            }
        )
        == CALLED_JAVA
    )


def test_a_replaced_concept_names_what_replaced_it_and_counts_as_no_longer_used() -> None:
    named = {"id": ONE, "type": "skill", "preferred_label": "Jawa", "alternative_labels": ["Java 1", "Jawa", " "]}

    assert read(named | {"replaced_by": [{"id": TWO, "preferred_label": "Java"}, THREE, TWO]}) == Concept(
        ONE, "skill", ("Jawa", "Java 1"), is_deprecated=True, replaced_by=(TWO, THREE)
    )
    assert read(named | {"deprecated": True, "replaced_by": []}) == Concept(
        ONE, "skill", ("Jawa", "Java 1"), is_deprecated=True
    )


def test_remarks_beside_the_concepts_are_none() -> None:
    assert read(2, "version") is None
    assert read([], "notes") is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "java"}, "An id looks like this: DHhX_uVf_y6X."),
        ({"id": 5}, "An id looks like this: DHhX_uVf_y6X."),
        ({"type": None}, "The type is missing, or is not a word of small letters such as “skill”."),
        ({"type": "Skill!"}, "The type is missing, or is not a word of small letters such as “skill”."),
        ({"preferred_label": " "}, "The preferred label is missing."),
        ({"preferred_label": ["Java"]}, "The preferred label is missing."),
        ({"preferred_label": "x" * 301}, "A label is a text of at most 300 characters."),
        ({"preferred_label": "Ja\0va"}, "A label holds a sign that cannot be stored."),
        ({"preferred_label": "Ja\ud800va"}, "A label holds a sign that cannot be stored."),
        ({"alternative_labels": "Jawa"}, "Other labels are a list of fewer than 100 texts."),
        ({"alternative_labels": ["x"] * 100}, "Other labels are a list of fewer than 100 texts."),
        ({"alternative_labels": [5]}, "A label is a text of at most 300 characters."),
        ({"deprecated": "yes"}, "“deprecated” is true or false."),
        ({"deprecated_legacy_id": "9" * 21}, "The former id is a text of at most 20 characters."),
        ({"deprecated_legacy_id": []}, "The former id is a text of at most 20 characters."),
        ({"replaced_by": TWO}, "“replaced by” is a list of at most 50 concepts."),
        ({"replaced_by": [TWO] * 51}, "“replaced by” is a list of at most 50 concepts."),
        ({"replaced_by": ["java"]}, "“replaced by” names concepts by their ids."),
        ({"replaced_by": [{"label": "Java"}]}, "“replaced by” names concepts by their ids."),
        ({"replaced_by": [ONE]}, "A concept cannot replace itself."),
    ],
)
def test_what_is_wrong_with_a_concept_is_said_with_its_line_and_name(changed: dict[str, Any], message: str) -> None:
    name = str(changed.get("id", ONE))

    assert fault(**changed) == f"line 7, concept {name}: {message}"


def test_an_entry_without_fields_is_a_fault_where_a_concept_should_be() -> None:
    assert read(5) == Fault(7, "without id", "Here should stand { … } with a type and a label.")
    assert read("Java", ONE) == Fault(7, ONE, "Here should stand { … } with a type and a label.")
    assert read({}) == Fault(7, "without id", "An id looks like this: DHhX_uVf_y6X.")


def test_a_chain_leads_to_its_end_and_a_circle_nowhere() -> None:
    assert successors(ONE, {}) == (ONE,)
    assert successors(ONE, {ONE: [TWO], TWO: [THREE]}) == (THREE,)
    assert successors(ONE, {ONE: [TWO, THREE], TWO: [THREE]}) == (THREE,)
    assert successors(ONE, {ONE: [THREE, TWO]}) == (THREE, TWO)
    assert successors(ONE, {ONE: [TWO], TWO: [ONE]}) == ()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3)))
def test_every_end_of_a_chain_is_current_and_told_once(replaced_by: dict[str, list[str]]) -> None:
    for id in "abcdefgh":
        ends = successors(id, replaced_by)

        assert len(set(ends)) == len(ends)
        assert not set(ends) & replaced_by.keys()


def test_a_label_is_searched_word_by_word_without_signs() -> None:
    assert folded("Java, programmeringsspråk (SE/EE) –") == "java programmeringssprak seee"
    assert CONCEPT_ID.fullmatch("DHhX_uVf_y6X")
