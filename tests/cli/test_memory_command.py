"""bulletin memory: stats, find, import, export, undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Outcome, bulletin
from tests.memory.units import unit
from toolkit.cli.main import cli
from toolkit.cli.remembering import memory as group
from toolkit.memory import read_tmx, remember
from toolkit.workspace import Workspace


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group is a command of `bulletin`."""
    monkeypatch.setitem(cli.commands, "memory", group)


@pytest.fixture
def reviewed(gannan_workspace: Workspace) -> Workspace:
    """The real report's memory, and one sentence that somebody reviewed."""
    one = unit("会议开始。", "The meeting begins.", by="Tashi", at="2026-11-25T06:00:00Z", origin="gannan-2023")
    remember(gannan_workspace.glossaries, [one])
    return gannan_workspace


def memory(workspace: Workspace, *arguments: str | Path) -> Outcome:
    return bulletin("-C", workspace.root, "memory", *arguments)


def test_stats_count_units_by_file_language_and_reviewer(reviewed: Workspace) -> None:
    files = {one["file"]: one for one in memory(reviewed, "stats", "--json").data["files"]}
    assert (files["gannan-2023.tmx"]["units"], files["gannan-2023.tmx"]["reviewed"]) == (50, 0)
    own = files["reviewed.tmx"]
    assert (own["en"], own["bo"], own["reviewers"]) == (1, 0, {"Tashi": 1})
    assert own["index"] == "made now"
    shown = memory(reviewed, "stats").out
    assert "Tashi 1, 2026-11-25 to 2026-11-25" in shown
    assert "index     up to date" in shown


def test_find_shows_who_said_so_and_where_from(reviewed: Workspace) -> None:
    outcome = memory(reviewed, "find", "会议开始。", "-l", "en")
    assert outcome.code == 0
    assert "100 %  会议开始。" in outcome.out
    assert "reviewed by Tashi, 2026-11-25, from gannan-2023" in outcome.out


def test_find_marks_what_differs_and_says_when_figures_do(reviewed: Workspace) -> None:
    remember(reviewed.glossaries, [unit("共有3名代表到会。", "Three came.", by="Tashi", at="2026-11-25T06:00:00Z")])
    outcome = memory(reviewed, "find", "共有5名代表到会了。", "-l", "en")
    assert "共有[-3-]{+5+}名代表到会{+了+}。  figures differ" in outcome.out
    (match,) = memory(reviewed, "find", "共有5名代表到会了。", "--json").data["matches"]
    assert (match["score"], match["numbers_agree"]) == (94, False)


def test_find_shows_longer_sentences_that_hold_the_words(reviewed: Workspace) -> None:
    found = memory(reviewed, "find", "联席会议", "--json").data
    assert found["matches"] == []
    assert found["holding"]
    assert all("联席会议" in one["source"] for one in found["holding"])


def test_finding_nothing_is_told_by_the_exit_code(reviewed: Workspace) -> None:
    outcome = memory(reviewed, "find", "天气预报说明天下雨。")
    assert (outcome.code, outcome.out) == (1, "")
    assert "--fuzzy" in outcome.err


def test_import_counts_what_it_leaves_out_and_undo_takes_it_back(reviewed: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "theirs.csv"
    table.write_text("zh,en\n开始。,Begin.\n,lost\n", encoding="utf-8")
    done = memory(reviewed, "import", table, "--into", "bureau.tmx")
    assert done.code == 0
    assert "1 units added to glossaries/bureau.tmx, 0 there already" in done.out
    assert f"{table}:3: no Chinese text" in done.err
    undone = memory(reviewed, "undo")
    assert "an import" in undone.out
    assert "theirs.csv" in undone.out
    assert not (reviewed.glossaries / "bureau.tmx").exists()


def test_undo_goes_on_to_the_act_before_and_then_has_nothing_left(reviewed: Workspace) -> None:
    told = memory(reviewed, "undo", "--json").data
    assert (told["act"]["kind"], told["act"]["by"], told["removed"]) == ("remember", "Tashi", 1)
    assert memory(reviewed, "undo", "--json").data == {"act": None}
    assert memory(reviewed, "undo").code == 0


def test_export_writes_only_what_was_asked_for_and_over_nothing(reviewed: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "out.tmx"
    assert memory(reviewed, "export", file, "--reviewed-only", "--json").data["units"] == 1
    assert [one.reviewed_by for one in read_tmx(file)] == ["Tashi"]
    assert memory(reviewed, "export", file).code == 5
    assert memory(reviewed, "export", file, "--force", "--language", "bo").code == 0
    assert len(read_tmx(file)) == 50


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "missing.tmx"), 3),
        (("import", "report.docx"), 2),
        (("import", "x.csv", "--into", "../x.tmx"), 2),
        (("export", "x.docx"), 2),
    ],
)
def test_bad_usage_is_an_error_with_its_code(reviewed: Workspace, arguments: tuple[str, ...], code: int) -> None:
    outcome = memory(reviewed, *arguments)
    assert outcome.code == code
    assert outcome.err.startswith("error: ")
    assert "Traceback" not in outcome.err


def test_a_broken_memory_is_an_error_of_its_own(reviewed: Workspace) -> None:
    (reviewed.glossaries / "reviewed.tmx").write_text("<tmx", encoding="utf-8")
    for command in (("stats",), ("find", "会议"), ("export", "x.tmx")):
        outcome = memory(reviewed, *command)
        assert outcome.code == 3
        assert "reviewed.tmx:1:" in outcome.err
