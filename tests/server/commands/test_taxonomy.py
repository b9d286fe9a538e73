"""`direktkontakt taxonomy`, run as its user runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from feedback.pack_loader import load_pack, pack_names
from tests.server.commands.test_commands import run

CONCEPTS: dict[str, dict[str, object]] = {
    "AAAA_aaa_001": {"type": "skill", "preferredLabel": "Java, programmeringsspråk"},
    "AAAA_aaa_002": {"type": "skill", "preferredLabel": "Oak", "replaced_by": ["AAAA_aaa_001"]},
    "AAAA_aaa_003": {"type": "skill", "preferredLabel": "Ada", "deprecated": True},
    "AAAA_aaa_004": {"type": "barista-art", "preferredLabel": "Kaffe", "replaced_by": ["AAAA_aaa_009"]},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    database = tmp_path / "cli.db"
    assert run(database, "migrate").exit_code == 0
    return database


@pytest.fixture
def concepts(tmp_path: Path) -> Path:
    path = tmp_path / "concepts.json"
    path.write_text("\ufeff" + json.dumps(CONCEPTS, indent=1), encoding="utf-8")
    return path


def test_an_import_tells_what_it_did_and_a_second_one_that_nothing_was_left(file: Path, concepts: Path) -> None:
    first = run(file, "taxonomy", "import", str(concepts))
    second = run(file, "taxonomy", "import", str(concepts))
    concepts.write_text(json.dumps([{"id": "AAAA_aaa_001", **CONCEPTS["AAAA_aaa_001"]}] * 2), encoding="utf-8")
    third = run(file, "taxonomy", "import", str(concepts))

    assert re.sub(r"in \d+\.\d s", "in N s", first.output).splitlines() == [
        "4 concepts: 4 new, 0 changed, 0 as they were.",
        "3 are no longer used; 2 of them have been replaced.",
        "1 are of the type “barista-art”, which is new to this program.",
        "1 are replaced by nothing that is here: AAAA_aaa_004",
        "Done in N s.",
    ]
    assert second.output.splitlines()[0] == "4 concepts: 0 new, 0 changed, 4 as they were."
    assert third.output.splitlines()[:3] == [
        "1 concepts: 0 new, 0 changed, 1 as they were.",
        "1 stand more than once, each time the same.",
        "3 that were here before are not in the file; they are kept.",
    ]


@pytest.mark.parametrize("text", ["{}", "[]", '{"version": 1, "concepts": {}}'])
def test_a_file_without_concepts_is_not_taken_for_the_taxonomy(file: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text, encoding="utf-8")

    done = run(file, "taxonomy", "import", str(tmp_path / "other.json"))

    assert done.exit_code == 1
    assert done.output == "Error: nothing was imported: other.json, it holds no concepts: is it the taxonomy?\n"


def test_a_search_prints_the_nearest_and_says_when_there_is_nothing(file: Path, concepts: Path) -> None:
    run(file, "taxonomy", "import", str(concepts))

    assert run(file, "taxonomy", "search", "oak").output == (
        "AAAA_aaa_001  skill  Java, programmeringsspråk  (instead of Oak)\n"
    )
    assert run(file, "taxonomy", "search", "ada").output == "AAAA_aaa_003  skill  Ada  (no longer used)\n"
    nothing = run(file, "taxonomy", "search", "java", "--type", "barista-art")
    assert (nothing.exit_code, nothing.output) == (1, "Error: nothing is called so\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"AAAA_aaa_001": {"type": "skill",\n}', "concepts.json, line 2: this is not JSON"),
        (b"\xff\xfe\x00", "concepts.json is not written in UTF-8"),
        (b'[\n{"id": "AAAA_aaa_001"}]', "line 2, concept AAAA_aaa_001: The type is missing"),
        (b"[" + b",".join([b'{"id": 1}'] * 25) + b"]", "… and 5 more"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(
    file: Path, concepts: Path, content: bytes, told: str
) -> None:
    concepts.write_bytes(content)

    refused = run(file, "taxonomy", "import", str(concepts))

    assert refused.exit_code == 1
    assert refused.output.startswith("Error: nothing was imported:")
    assert told in refused.output


def test_the_packs_ids_are_checked_against_what_was_imported(file: Path, concepts: Path) -> None:
    packs = [load_pack(name) for name in pack_names()]
    given = [one.jobtech for pack in packs for one in pack.competences if one.jobtech]

    before = run(file, "taxonomy", "check")
    found = {one.id: {"type": "skill", "preferredLabel": one.label} for one in given}
    concepts.write_text(json.dumps(found), encoding="utf-8")
    run(file, "taxonomy", "import", str(concepts))
    after = run(file, "taxonomy", "check")

    assert (before.exit_code, after.exit_code) == (1, 0)
    assert f"{len(given)} of {len(given)} ids are not as they should be" in before.output
    assert after.output == f"All {len(given)} ids are as they should be.\n"
