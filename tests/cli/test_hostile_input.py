"""What the worst of users bring: nothing is lost, nothing is overwritten, nobody waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit.languages import Language
from toolkit.report import read_report
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

TEXT = "图书馆开放\n今天图书馆开放。大家都来了。\n"
ENGLISH = "The library opens\nThe library is open today. Everyone came.\n"


@pytest.fixture
def newsroom(workspace: Workspace) -> Workspace:
    write_report(workspace, "r", TEXT)
    return workspace


def targets(newsroom: Workspace, language: Language = "en") -> list[str]:
    draft = read_xliff(newsroom.source / "r" / f"{language}.xlf", language)
    return [unit.target.text for unit in draft.units]


def bring_in(newsroom: Workspace, tmp_path: Path, text: str, language: str = "en") -> int:
    file = tmp_path / "colleague.txt"
    file.write_text(text, encoding="utf-8")
    return bulletin("-C", newsroom.root, "import", "r", file, "-l", language).code


def test_a_translation_with_control_characters_is_taken_without_them(newsroom: Workspace, tmp_path: Path) -> None:
    assert bring_in(newsroom, tmp_path, ENGLISH.replace("open ", "op\x02en\ufffe ")) == 0
    assert targets(newsroom)[1] == "The library is open today."


def test_chinese_brought_in_as_english_is_refused_and_the_draft_stays(newsroom: Workspace, tmp_path: Path) -> None:
    assert bring_in(newsroom, tmp_path, ENGLISH) == 0
    assert bring_in(newsroom, tmp_path, TEXT) == 3
    assert targets(newsroom)[0] == "The library opens"


def test_a_second_translation_leaves_no_words_of_the_first(newsroom: Workspace, tmp_path: Path) -> None:
    bring_in(newsroom, tmp_path, ENGLISH)
    bring_in(newsroom, tmp_path, "The library opens\nThe library has opened its doors.\n")
    assert "Everyone came." not in targets(newsroom)
    draft = read_xliff(newsroom.source / "r" / "en.xlf", "en")
    kept = [candidate.target.text for unit in draft.units for candidate in unit.alternatives]
    assert "Everyone came." in kept, "it is still there to look at"


def test_an_import_writes_its_own_language_only(newsroom: Workspace, tmp_path: Path) -> None:
    bring_in(newsroom, tmp_path, ENGLISH)
    assert not (newsroom.source / "r" / "bo.xlf").exists()


def test_sarif_overwrites_no_file_that_is_none_and_no_device(newsroom: Workspace, tmp_path: Path) -> None:
    report = newsroom.source / "r" / "report.txt"
    assert bulletin("-C", newsroom.root, "check", "--sarif", report, "--fail-on", "never").code == 5
    assert report.read_text(encoding="utf-8") == TEXT
    folder = tmp_path / "folder"
    folder.mkdir()
    assert bulletin("-C", newsroom.root, "check", "--sarif", folder, "--fail-on", "never").code == 5
    file = tmp_path / "out.sarif"
    for _ in range(2):
        assert bulletin("-C", newsroom.root, "check", "--sarif", file, "--fail-on", "never").code == 0


def test_a_gap_is_no_right_figure(workspace: Workspace) -> None:
    write_report(workspace, "r", "会议召开\n参加的有320人。\n")
    bulletin("-C", workspace.root, "draft")
    assert bulletin("-C", workspace.root, "evaluate", "r", "-l", "en", "--json").data["figure_accuracy"] == 0


def test_an_address_with_a_question_mark_is_one_sentence(workspace: Workspace) -> None:
    report = read_report(write_report(workspace, "r", "标题\n见https://example.org/a?b=1&c=2。大家好！\n"))
    assert [segment.text for segment in report.segments[1:]] == ["见https://example.org/a?b=1&c=2。", "大家好！"]


def test_endless_digits_are_told_and_do_not_hold_up_the_check(newsroom: Workspace, tmp_path: Path) -> None:
    bring_in(newsroom, tmp_path, f"The library opens\n{'1 ' * 5000}\n")
    outcome = bulletin("-C", newsroom.root, "check", "--fail-on", "never", "--json")
    assert "length-ratio" in {finding["check"] for finding in outcome.data["reports"][0]["findings"]}


def test_of_several_dismissals_none_is_written_when_one_cannot_be(newsroom: Workspace) -> None:
    bulletin("-C", newsroom.root, "draft")
    findings = bulletin("-C", newsroom.root, "check", "--json").data["reports"][0]["findings"]
    gap = next(finding["id"] for finding in findings if finding["check"] == "gap")
    outcome = bulletin("-C", newsroom.root, "dismiss", "r", gap, "--reason", "fine", "--by", "Drolma")
    assert outcome.code == 2
    assert not (newsroom.source / "r" / "dismissed.csv").exists()
