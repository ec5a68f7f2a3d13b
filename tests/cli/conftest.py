"""A small report, built once for all tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, TIBETAN, retarget, write_school
from tests.cli.command import bulletin
from toolkit.translation import argos
from toolkit.workspace import Workspace


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models this small lose more to waiting threads than they gain."""
    monkeypatch.setattr(argos, "_THREADS", 1)


@pytest.fixture
def drafted(workspace: Workspace) -> Workspace:
    """The small report with drafts that a person has typed in."""
    folder = write_school(workspace)
    assert bulletin("-C", workspace.root, "draft", "--engine", "assemble").code == 0
    for language, texts in (("en", ENGLISH), ("bo", TIBETAN)):
        for source, target in texts.items():
            retarget(folder / f"{language}.xlf", source, target)
    return workspace


@pytest.fixture
def colleague(tmp_path: Path) -> Path:
    """The same translation as a colleague would send it: one paragraph a line."""
    title, moved, pupils, library = ENGLISH.values()
    path = tmp_path / "colleague.txt"
    path.write_text(f"{title}\n\n{moved} {pupils}\n\n{library}\n", encoding="utf-8")
    return path
