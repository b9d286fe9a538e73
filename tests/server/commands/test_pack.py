"""`direktkontakt pack`, as somebody who does not program uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from feedback import pack_loader
from feedback.pack_loader import PACKS
from server.cli import main


def written(folder: Path, name: str, change: Any = None) -> str:
    pack = json.loads((PACKS / "service_v1.json").read_text(encoding="utf-8"))
    if change:
        change(pack)
    file = folder / name
    file.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
    return str(file)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["pack", *arguments])
    return done.exit_code, done.output


def test_a_pack_that_can_be_used_says_so(tmp_path: Path) -> None:
    code, said = run("check", written(tmp_path, "mitt.json"))

    assert code == 0
    assert said.startswith("mitt.json can be used: “")


def test_a_broken_pack_is_refused_with_file_place_and_what_to_do(tmp_path: Path) -> None:
    def spoil(pack: dict[str, Any]) -> None:
        pack["worked"]["choices"][0]["text"]["en"] = ""
        pack["enabling"]["choices"][0]["text"]["sv"] = "Lönebidrag"

    code, said = run("check", written(tmp_path, "trasigt.json", spoil))

    assert code == 1
    assert said.splitlines() == [
        "Error: trasigt.json cannot be used yet.",
        "1. the question about what worked, choices, “warm_greeting”, text, in English:",
        "   The text is missing. Write it here, between quotes.",
    ]


def test_what_is_no_json_is_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "halvt.json"
    file.write_text('{"code": "x",\n "version": ', encoding="utf-8")
    latin = tmp_path / "latin.json"
    latin.write_bytes("{å}".encode("latin-1"))

    assert run("check", str(file))[1].splitlines()[1].startswith("1. line 2, character ")
    assert "Save it again as UTF-8" in run("check", str(latin))[1]


def test_a_mark_at_the_beginning_changes_nothing_and_the_first_fifty_faults_say_so(tmp_path: Path) -> None:
    marked = Path(written(tmp_path, "marked.json"))
    marked.write_text(marked.read_text(encoding="utf-8"), encoding="utf-8-sig")

    def spoil(pack: dict[str, Any]) -> None:
        for one in pack["competences"]:
            one["text"] = {"sv": "", "en": ""}

    code, said = run("check", written(tmp_path, "many.json", spoil))

    assert run("check", str(marked))[0] == 0
    assert run("diff", str(marked), str(marked)) == (0, "Nothing differs but the version.\n")
    assert (code, said.splitlines()[-1]) == (1, "Put these right first and check again: there may be more.")


def test_two_versions_differ_in_words(tmp_path: Path) -> None:
    def change(pack: dict[str, Any]) -> None:
        pack["version"] = 2
        pack["worked"]["choices"][0]["text"]["sv"] = "Hälsade vänligt"

    before, after = written(tmp_path, "a.json"), written(tmp_path, "b.json", change)

    assert run("diff", before, after)[1] == (
        "Changed: the question about what worked, choices, “warm_greeting”, text, in Swedish: "
        "“Mötte mig vänligt” is now “Hälsade vänligt”\n"
    )
    assert run("diff", before, before)[1] == "Nothing differs but the version.\n"


def test_the_server_does_not_start_with_a_broken_pack_and_says_what_to_put_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(pack: dict[str, Any]) -> None:
        del pack["title"]["en"]

    written(tmp_path, "spoilt_v1.json", spoil)
    monkeypatch.setattr(pack_loader, "PACKS", tmp_path)

    done = CliRunner().invoke(main, ["serve"])

    assert (done.exit_code, done.output) == (
        1,
        "Error: spoilt_v1.json cannot be used yet.\n1. title, in English:\n   “en” is missing. Add it.\n",
    )
