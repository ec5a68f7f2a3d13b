"""After the edit of a term a report is let be only where drafting it anew would bring the same, the memory included."""

from __future__ import annotations

import pytest

from tests.build.newsroom import files_of, results_of
from tests.cli.command import bulletin
from tests.conftest import write_report
from tests.memory.units import unit
from toolkit.memory import tmx_bytes
from toolkit.workspace import Workspace

REPORT = "meeting"
LONG_NAME = "海西蒙古族藏族自治州"  # stands in the memory and not in the report


@pytest.fixture
def remembering(workspace: Workspace) -> Workspace:
    """A report, built, one sentence of which is like one of the memory but for a long name."""
    write_report(workspace, REPORT, "会议消息\n\n玛曲县昨天召开会议。\n")
    (workspace.glossaries / "memory.tmx").write_bytes(tmx_bytes((unit(f"{LONG_NAME}昨天召开会议。", "Haixi met."),)))
    assert build(workspace) == "built"
    return workspace


def build(workspace: Workspace) -> str:
    outcome = bulletin("-C", workspace.root, "build", "--engine", "assemble", "--fail-on", "never", "--json")
    assert outcome.code == 0, outcome.out
    return "unchanged" if outcome.data["reports"][0]["unchanged"] else "built"


def to_do(workspace: Workspace) -> list[str]:
    """The reports that a build would go about."""
    outcome = bulletin("-C", workspace.root, "build", "--engine", "assemble", "--dry-run", "--json")
    return list(outcome.data["to_do"])


def add_term(workspace: Workspace, source: str, english: str) -> None:
    assert bulletin("-C", workspace.root, "terms", "add", source, "--en", english).code == 0


def everything(workspace: Workspace) -> dict[str, bytes]:
    drafts = {path.name: path.read_bytes() for path in (workspace.source / REPORT).glob("*.xlf")}
    return drafts | results_of(workspace, REPORT)


def from_nothing(workspace: Workspace) -> dict[str, bytes]:
    """What a build makes that knows nothing of an earlier one."""
    for path in [*(workspace.source / REPORT).glob("*.xlf"), *(workspace.dist / REPORT).iterdir()]:
        path.unlink()
    assert build(workspace) == "built"
    return everything(workspace)


def test_a_term_that_stands_in_neither_report_nor_memory_leaves_nothing_to_do(remembering: Workspace) -> None:
    before = everything(remembering)
    add_term(remembering, "月球基地", "Moon Base")
    assert to_do(remembering) == []
    assert build(remembering) == "unchanged"
    assert everything(remembering) == before == from_nothing(remembering)


def test_a_term_that_stands_in_the_memory_alone_changes_what_a_sentence_is_like(remembering: Workspace) -> None:
    before = everything(remembering)
    add_term(remembering, LONG_NAME, "Haixi Prefecture")
    assert to_do(remembering) == [REPORT]
    assert build(remembering) == "built"
    after = everything(remembering)
    assert after["en.xlf"] != before["en.xlf"], "the sentences are as like as before: this proves nothing"
    assert after == from_nothing(remembering)


def test_a_report_that_was_let_be_is_up_to_date_from_then_on(remembering: Workspace) -> None:
    add_term(remembering, "月球基地", "Moon Base")
    stale = files_of(remembering, REPORT)["build.json"]
    assert build(remembering) == "unchanged"
    noted = files_of(remembering, REPORT)["build.json"]
    assert noted != stale
    assert build(remembering) == "unchanged"
    assert files_of(remembering, REPORT)["build.json"] == noted
