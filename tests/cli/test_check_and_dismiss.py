"""check says what is wrong with a draft as it stands, dismiss lets it be, import brings one in from elsewhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.build.newsroom import ENGLISH, PUPILS, SCHOOL, draft_of, retarget, targets, unit_of, write_school
from tests.cli.command import bulletin
from toolkit.workspace import Workspace

WRONG = "The school has 230 pupils in all."


@pytest.fixture
def mistaken(drafted: Workspace) -> Workspace:
    """The small report, with two digits of a number swapped in English."""
    retarget(drafted.source / SCHOOL / "en.xlf", PUPILS, WRONG)
    return drafted


def findings(workspace: Workspace, *arguments: str) -> list[dict[str, Any]]:
    (report,) = bulletin("-C", workspace.root, "check", "--json", *arguments).data["reports"]
    return list(report["findings"])


def test_a_draft_in_which_nothing_is_wrong_passes(drafted: Workspace) -> None:
    outcome = bulletin("-C", drafted.root, "check", "--fail-on", "warning")
    assert outcome.code == 0, outcome.out
    assert "0 errors, 0 warnings" in outcome.out


def test_a_swapped_digit_is_found_and_its_place_is_told_in_source_and_target(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    assert number["check"] == "number"
    assert number["language"] == "en"
    start, end = number["source_span"]
    assert PUPILS[start:end] == "320"
    start, end = number["target_span"]
    assert WRONG[start:end] == "230"
    file, _, line = number["place"].partition(":")
    assert PUPILS in (mistaken.source / SCHOOL / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_a_person_reads_the_sentence_the_id_and_the_reason(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    out = bulletin("-C", mistaken.root, "check").out
    assert PUPILS in out
    assert number["id"] in out
    assert "320" in out.replace(PUPILS, "")
    assert "230" in out


def test_check_changes_nothing(mistaken: Workspace) -> None:
    before = {path: path.read_bytes() for path in mistaken.root.rglob("*") if path.is_file()}
    bulletin("-C", mistaken.root, "check")
    assert {path: path.read_bytes() for path in mistaken.root.rglob("*") if path.is_file()} == before


def test_check_and_build_find_the_same(mistaken: Workspace) -> None:
    assert bulletin("-C", mistaken.root, "build", "--engine", "assemble", "--fail-on", "never").code == 0
    built = json.loads((mistaken.dist / SCHOOL / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert sorted(one["id"] for one in built) == sorted(one["id"] for one in findings(mistaken))


def test_findings_fail_a_check_from_the_severity_that_was_asked_for(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    assert bulletin("-C", mistaken.root, "check", "--fail-on", number["severity"]).code == 1
    assert bulletin("-C", mistaken.root, "check", "--fail-on", "never").code == 0


def test_one_check_alone_can_be_looked_at(mistaken: Workspace) -> None:
    retarget(mistaken.source / SCHOOL / "en.xlf", PUPILS, f"{WRONG[:-1]}，")
    everything = {one["check"] for one in findings(mistaken)}
    assert "number" in everything
    assert len(everything) > 1
    assert {one["check"] for one in findings(mistaken, "--only", "number")} == {"number"}


def test_a_check_that_does_not_exist_is_bad_usage(mistaken: Workspace) -> None:
    outcome = bulletin("-C", mistaken.root, "check", "--only", "grammar")
    assert outcome.code == 2
    assert "bulletin check --list" in outcome.err


def test_every_check_is_listed_with_what_it_looks_for() -> None:
    listed = {one["id"]: one for one in bulletin("check", "--list", "--json").data}
    assert {"term-missing", "number", "date", "currency", "name", "malformed-tibetan", "repeated"} <= set(listed)
    for name, one in listed.items():
        assert len(one["description"].split()) > 3, name
        assert name in bulletin("check", "--list").out


def test_findings_are_written_as_sarif(mistaken: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "findings.sarif"
    outcome = bulletin("-C", mistaken.root, "check", "--sarif", path)
    assert str(path) in outcome.err
    sarif = json.loads(path.read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    (run,) = sarif["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "number"
    place = result["locations"][0]["physicalLocation"]
    assert (mistaken.root / place["artifactLocation"]["uri"]).is_file()


# Dismissing


def test_what_was_dismissed_no_longer_fails_and_its_reason_and_author_are_kept(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    arguments = ("--reason", "The source is wrong: the school told us 230.", "--by", "Dolma")
    outcome = bulletin("-C", mistaken.root, "dismiss", SCHOOL, number["id"], *arguments)
    assert outcome.code == 0
    assert f"source/{SCHOOL}/dismissed.csv" in outcome.out
    again = bulletin("-C", mistaken.root, "check", "--fail-on", "info")
    assert again.code == 0
    assert "1 dismissed" in again.out
    with (mistaken.source / SCHOOL / "dismissed.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert "Dolma" in row.values()
    assert "The source is wrong: the school told us 230." in row.values()


def test_a_dismissal_stands_in_the_data_with_the_finding(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    bulletin("-C", mistaken.root, "dismiss", SCHOOL, number["id"], "--reason", "As told by phone.", "--by", "Dolma")
    (dismissed,) = findings(mistaken)
    assert "As told by phone." in json.dumps(dismissed, ensure_ascii=False)
    assert "Dolma" in json.dumps(dismissed, ensure_ascii=False)


def test_a_dismissal_ends_when_the_text_it_speaks_of_changes(mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    bulletin("-C", mistaken.root, "dismiss", SCHOOL, number["id"], "--reason", "As told by phone.", "--by", "Dolma")
    retarget(mistaken.source / SCHOOL / "en.xlf", PUPILS, "The school has 203 pupils in all.")
    assert bulletin("-C", mistaken.root, "check", "--fail-on", number["severity"]).code == 1


def test_a_finding_that_is_not_there_cannot_be_dismissed(mistaken: Workspace) -> None:
    outcome = bulletin("-C", mistaken.root, "dismiss", SCHOOL, "f0000", "--reason", "No.", "--by", "Dolma")
    assert outcome.code == 2
    assert "f0000" in outcome.err
    assert not (mistaken.source / SCHOOL / "dismissed.csv").exists()


@pytest.mark.parametrize("left_out", ["--reason", "--by"])
def test_a_dismissal_without_reason_or_name_is_refused(left_out: str, mistaken: Workspace) -> None:
    (number,) = findings(mistaken)
    options = {"--reason": "Because.", "--by": "Dolma"}
    arguments = [part for name, value in options.items() if name != left_out for part in (name, value)]
    assert bulletin("-C", mistaken.root, "dismiss", SCHOOL, number["id"], *arguments).code == 2
    empty = [part for name, value in options.items() for part in (name, " " if name == left_out else value)]
    assert bulletin("-C", mistaken.root, "dismiss", SCHOOL, number["id"], *empty).code == 2
    assert not (mistaken.source / SCHOOL / "dismissed.csv").exists()


# Bringing in


def test_a_colleagues_text_becomes_the_draft_and_every_sentence_finds_its_place(
    workspace: Workspace, colleague: Path
) -> None:
    write_school(workspace)
    outcome = bulletin("-C", workspace.root, "import", SCHOOL, colleague, "--language", "en")
    assert outcome.code == 0
    assert "4 of 4 segments taken, 0 repairs" in outcome.out
    assert targets(draft_of(workspace, "en")) == ENGLISH


def test_what_a_person_reviewed_is_not_replaced_by_what_is_brought_in(mistaken: Workspace, colleague: Path) -> None:
    outcome = bulletin("-C", mistaken.root, "import", SCHOOL, colleague, "--language", "en")
    assert outcome.code == 0
    assert unit_of(draft_of(mistaken, "en"), PUPILS).target.text == WRONG
    assert "were left as they are" in outcome.err
