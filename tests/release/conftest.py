"""The real report, as it is and with every sentence reviewed by an invented person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import bulletin
from tests.conftest import ROOT
from toolkit.workspace import Workspace

GANNAN = "gannan-2023"


@pytest.fixture
def unreviewed(gannan_workspace: Workspace) -> Workspace:
    """The report and its drafts as they are published with the project."""
    for language in ("en", "bo"):
        shutil.copy(ROOT / "source" / GANNAN / f"{language}.xlf", gannan_workspace.source / GANNAN)
    return gannan_workspace


@pytest.fixture
def reviewed(unreviewed: Workspace) -> Workspace:
    """As if a person had read every sentence and confirmed every name: for these tests only."""
    review_all(unreviewed.source / GANNAN)
    people = unreviewed.glossaries / "people.csv"
    people.write_text(people.read_text("utf-8").replace(",person,proposed,", ",person,approved,"), "utf-8")
    return unreviewed


@pytest.fixture
def released(reviewed: Workspace) -> Workspace:
    """The reviewed report after its first release."""
    assert bulletin("-C", reviewed.root, "release", GANNAN, "--by", "Tester").code == 0
    return reviewed


def review_all(folder: Path) -> None:
    """Mark every unit of both drafts as reviewed, as a CAT tool does."""
    for language in ("en", "bo"):
        path = folder / f"{language}.xlf"
        text = path.read_text("utf-8").replace("needs-review-translation", "translated")
        path.write_text(text.replace('approved="no"', 'approved="yes"'), "utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Change one text in a file; it must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
