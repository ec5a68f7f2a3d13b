"""Building again: nothing is done twice, and a change redoes what it touches and no more."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.build.conftest import GANNAN, Built
from tests.build.newsroom import (
    ENGLISH,
    LIBRARY,
    PUPILS,
    SCHOOL,
    TITLE,
    draft_of,
    ids_with,
    install,
    results_of,
    targets,
    unit_of,
)
from tests.cli.command import bulletin
from toolkit.languages import TARGETS
from toolkit.translation import OriginKind
from toolkit.workspace import Workspace

PERSON = "何谋保"


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Which file stands under each name, and since when: a file written anew is another, even with the same bytes."""
    files = [path for path in root.rglob("*") if path.is_file() and ".bulletin" not in path.parts]  # lock and ledger
    return {str(path.relative_to(root)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def edit(path: Path, before: str, after: str) -> None:
    """Replace text that stands once in a file."""
    text = path.read_bytes().decode("utf-8")
    assert text.count(before) == 1
    path.write_bytes(text.replace(before, after).encode("utf-8"))


def rename(workspace: Workspace, file: str, source: str, before: str, after: str) -> None:
    """Give a term of the glossary another English."""
    path = workspace.glossaries / file
    (row,) = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(source + ","))
    edit(path, row, row.replace(before, after, 1))


def build_as_data(workspace: Workspace, *arguments: str) -> dict[str, object]:
    """The one report of `build --json`."""
    (report,) = bulletin("-C", workspace.root, "build", "--json", *arguments).data["reports"]
    return dict(report)


# Nothing changed


def test_a_second_build_writes_nothing(built_copy: Built) -> None:
    before = stamps(built_copy.workspace.root)
    again = bulletin("-C", built_copy.workspace.root, "build")
    assert again.code == built_copy.outcome.code
    assert "up to date, nothing written" in again.out
    assert "0 built, 1 up to date" in again.out
    assert stamps(built_copy.workspace.root) == before


def test_touching_files_without_changing_them_builds_nothing(gaps: Workspace) -> None:
    for path in gaps.root.rglob("*"):
        os.utime(path, (0, 0))
    assert build_as_data(gaps)["unchanged"] is True


def test_the_second_build_says_of_the_report_what_the_first_did(built_copy: Built) -> None:
    again = bulletin("-C", built_copy.workspace.root, "build").out
    first = built_copy.outcome.out
    assert first.splitlines()[1:-1] == again.splitlines()[1:-1]
    assert len(first.splitlines()) > 6


def test_what_was_thrown_away_is_made_again_to_the_byte(school: Workspace) -> None:
    before = results_of(school, SCHOOL)
    shutil.rmtree(school.dist)
    assert bulletin("-C", school.root, "build").code == 0
    assert results_of(school, SCHOOL) == before


def test_one_deleted_file_is_made_again_alone(school: Workspace) -> None:
    path = school.dist / SCHOOL / f"{SCHOOL}-publishing.docx"
    before = path.read_bytes()
    path.unlink()
    assert build_as_data(school)["written"] == [f"dist/{SCHOOL}/{path.name}"]
    assert path.read_bytes() == before


def test_drafts_that_were_deleted_are_drafted_again_the_same(built_copy: Built) -> None:
    folder = built_copy.workspace.source / GANNAN
    before = {language: (folder / f"{language}.xlf").read_bytes() for language in TARGETS}
    for language in TARGETS:
        (folder / f"{language}.xlf").unlink()
    assert build_as_data(built_copy.workspace)["written"] == [f"source/{GANNAN}/{one}.xlf" for one in TARGETS]
    assert {language: (folder / f"{language}.xlf").read_bytes() for language in TARGETS} == before


def test_a_deleted_draft_of_one_language_is_made_again_and_the_other_not_touched(gaps: Workspace) -> None:
    folder = gaps.source / SCHOOL
    english = stamps(folder)["en.xlf"]
    (folder / "bo.xlf").unlink()
    assert build_as_data(gaps)["written"] == [f"source/{SCHOOL}/bo.xlf"]
    assert stamps(folder)["en.xlf"] == english


@pytest.mark.parametrize("damage", ["{", '{"inputs": 3, "unknown": 1}', ""])
def test_a_damaged_build_record_costs_a_build_and_no_more(gaps: Workspace, damage: str) -> None:
    before = results_of(gaps, SCHOOL)
    (gaps.dist / SCHOOL / "build.json").write_text(damage, encoding="utf-8")
    assert bulletin("-C", gaps.root, "build").code == 0
    assert results_of(gaps, SCHOOL) == before


# Something changed


def test_a_term_that_changed_redoes_exactly_the_segments_that_hold_it(built_copy: Built) -> None:
    expected = ids_with(built_copy.report, PERSON)
    assert 2 <= len(expected) < len(built_copy.report.segments) / 2
    rename(built_copy.workspace, "people.csv", PERSON, "He Moubao", "Ho Moubao")
    assert build_as_data(built_copy.workspace)["redrafted"] == {"en": expected}


def test_the_build_names_the_segments_it_redid(built_copy: Built) -> None:
    expected = ids_with(built_copy.report, PERSON)
    rename(built_copy.workspace, "people.csv", PERSON, "He Moubao", "Ho Moubao")
    said = bulletin("-C", built_copy.workspace.root, "build").out
    assert f"redrafted {len(expected)} × English: {', '.join(expected)}" in said


def test_a_term_that_the_memory_does_not_keep_is_a_finding_for_reviewers_and_leaves_publishing_alone(
    built_copy: Built,
) -> None:
    rename(built_copy.workspace, "phrases.csv", "可持续发展", "sustainable development", "durable development")
    report = build_as_data(built_copy.workspace)
    names = {Path(path).name for path in report["written"]}  # type: ignore[attr-defined]
    assert names == {f"{GANNAN}-review.pdf", f"{GANNAN}-review.docx", "findings.json", "en.xlf"}
    findings = json.loads((built_copy.dist / "findings.json").read_text(encoding="utf-8"))["findings"]
    (new,) = (finding for finding in findings if "durable development" in finding["reason"])
    assert new["check"] == "term-missing"
    assert new["segment"] in ids_with(built_copy.report, "可持续发展")


def test_a_term_that_no_segment_holds_redrafts_and_typesets_nothing(built_copy: Built) -> None:
    path = built_copy.workspace.glossaries / "places.csv"
    header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    row = {
        "zh": "月球基地",
        "en": "Moon Base",
        "bo": "ཟླ་བའི་རྟེན་གཞི།",
        "domain": "place",
        "status": "proposed",
        "source": "none",
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(row.get(name, "") for name in header) + "\n")
    report = build_as_data(built_copy.workspace)
    assert report["redrafted"] == {}
    assert report["written"] == []


def test_a_sentence_that_changed_is_redone_alone(school: Workspace, packages_of_this_test: Path) -> None:
    install(packages_of_this_test, {**ENGLISH, "全校共有410名学生。": "The school has 410 pupils in all."})
    edit(school.source / SCHOOL / "report.txt", "320", "410")
    report = build_as_data(school)
    after = draft_of(school, "en")
    changed = unit_of(after, "全校共有410名学生。")
    assert report["redrafted"] == {language: [changed.segment_id] for language in TARGETS}
    assert changed.target.text == "The school has 410 pupils in all."
    assert {text: ENGLISH[text] for text in ENGLISH if text != PUPILS}.items() <= targets(after).items()


def test_a_setting_of_the_page_typesets_again_and_drafts_nothing(school: Workspace) -> None:
    school.settings_file.write_text('[masthead]\nen = "Plateau News"\n', encoding="utf-8")
    report = build_as_data(school)
    assert report["redrafted"] == {}
    names = [Path(path).suffix for path in report["written"]]  # type: ignore[attr-defined]
    assert sorted(names) == [".docx", ".docx", ".pdf", ".pdf"]


def test_a_line_added_to_the_memory_fills_its_gap_and_no_other(gaps: Workspace) -> None:
    (gaps.glossaries / "memory.tmx").write_text(
        '<tmx version="1.4"><header srclang="zh-CN" segtype="sentence" datatype="plaintext" adminlang="en" '
        'o-tmf="x" creationtool="x" creationtoolversion="1"/><body><tu>'
        f'<tuv xml:lang="zh-CN"><seg>{LIBRARY}</seg></tuv><tuv xml:lang="en-US"><seg>{ENGLISH[LIBRARY]}</seg></tuv>'
        "</tu></body></tmx>",
        encoding="utf-8",
    )
    report = build_as_data(gaps)
    draft = draft_of(gaps, "en")
    filled = unit_of(draft, LIBRARY)
    assert report["redrafted"] == {"en": [filled.segment_id]}
    assert filled.target.text == ENGLISH[LIBRARY]
    assert filled.origin is not None
    assert filled.origin.kind is OriginKind.MEMORY
    assert unit_of(draft, TITLE).is_gap
