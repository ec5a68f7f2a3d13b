"""Pictures of a report on their way into its bulletins, and what happens when they change."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.build.newsroom import LIBRARY, SCHOOL, TEXT
from tests.cli.command import bulletin
from tests.conftest import write_report
from tests.report.picture_files import jpeg
from toolkit.workspace import Workspace

SIDECAR = '[[pictures]]\ncaption = "校长在新校舍前"\nfile = "photos/head.jpg"\nalt = { en = "The headmaster" }\n'


@pytest.fixture
def school(workspace: Workspace) -> Workspace:
    folder = write_report(workspace, SCHOOL, f"{TEXT}\n校长在新校舍前\n", SIDECAR)
    (folder / "photos").mkdir()
    (folder / "photos" / "head.jpg").write_bytes(jpeg(300, 200))
    assert bulletin("-C", workspace.root, "build").code == 0
    return workspace


def publishing(workspace: Workspace, suffix: str) -> bytes:
    return (workspace.dist / SCHOOL / f"{SCHOOL}-publishing.{suffix}").read_bytes()


def test_the_picture_stands_in_the_bulletins_and_its_caption_with_it(school: Workspace) -> None:
    with pikepdf.open(io.BytesIO(publishing(school, "pdf"))) as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        sizes = {(int(image["/Width"]), int(image["/Height"])) for image in images}
    assert sizes == {(300, 200)}
    with zipfile.ZipFile(io.BytesIO(publishing(school, "docx"))) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(media) == 1 and package.read(media[0]).startswith(b"\xff\xd8\xff")
        assert "The headmaster" in package.read("word/document.xml").decode()


def test_another_picture_in_a_folder_of_the_report_typesets_it_again_and_the_same_one_does_not(
    school: Workspace,
) -> None:
    picture = school.source / SCHOOL / "photos" / "head.jpg"
    assert "0 built, 1 up to date" in bulletin("-C", school.root, "build").out
    before = publishing(school, "pdf")
    picture.write_bytes(jpeg(310, 200))
    assert "1 built" in bulletin("-C", school.root, "build").out
    assert publishing(school, "pdf") != before
    picture.write_bytes(jpeg(300, 200))
    assert bulletin("-C", school.root, "build").code == 0
    assert publishing(school, "pdf") == before


def test_a_picture_that_is_gone_stops_its_report_alone(school: Workspace) -> None:
    write_report(school, "other", f"{LIBRARY}\n")
    (school.source / SCHOOL / "photos" / "head.jpg").unlink()
    outcome = bulletin("-C", school.root, "build")
    assert outcome.code == 2
    assert f"{Path('source') / SCHOOL / 'report.toml'}:3: the picture photos/head.jpg is not there" in outcome.out
    assert (school.dist / "other" / "other-publishing.pdf").is_file()
