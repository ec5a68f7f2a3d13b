"""The pictures of a release are pinned with its text, and so is who took them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build.pages import poppler
from tests.cli.command import bulletin
from tests.release.conftest import GANNAN
from tests.release.test_release import files_in, release, released_files
from tests.report.picture_files import jpeg
from toolkit.workspace import Workspace

ENTRY = '\n[[pictures]]\ncaption = "联席会议现场"\nfile = "photos/hall.jpg"\ncredit = "杨武"\n'


@pytest.fixture
def pictured(reviewed: Workspace) -> Workspace:
    """The reviewed report with a photograph, released."""
    folder = reviewed.source / GANNAN
    (folder / "photos").mkdir()
    (folder / "photos" / "hall.jpg").write_bytes(jpeg(300, 200))
    with (folder / "report.toml").open("a", encoding="utf-8") as sidecar:
        sidecar.write(ENTRY)
    outcome = release(reviewed, "--by", "Tester")
    assert outcome.code == 0, outcome.err
    return reviewed


def test_a_release_with_pictures_is_made_again_from_its_pins_byte_for_byte(pictured: Workspace, tmp_path: Path) -> None:
    pdf = pictured.dist / GANNAN / "released" / "1" / f"{GANNAN}-publishing-r1.pdf"
    assert "Photo: Yang Wu" in poppler("pdftotext", pdf, "-")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(pictured.source / GANNAN / "releases", elsewhere / "source" / GANNAN / "releases")
    into = tmp_path / "again"
    outcome = bulletin("-C", elsewhere, "release", GANNAN, "--reproduce", "1", "--into", into)
    assert outcome.code == 0, outcome.err
    assert files_in(into) == released_files(pictured)


def test_another_picture_is_a_difference_and_a_pinned_one_that_was_changed_is_named(
    pictured: Workspace, tmp_path: Path
) -> None:
    (pictured.source / GANNAN / "photos" / "hall.jpg").write_bytes(jpeg(310, 200))
    status = release(pictured, "--status", "--json").data["reports"][0]
    assert [(one["kind"], one["what"]) for one in status["differences"]] == [("picture", "picture")]
    (pictured.source / GANNAN / "releases" / "1" / "photos" / "hall.jpg").write_bytes(jpeg(310, 200))
    outcome = release(pictured, "--reproduce", "1", "--into", tmp_path / "again")
    assert outcome.code == 3 and "photos/hall.jpg" in outcome.err
