"""Which pictures a report has, and which files can be printed as such."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.conftest import write_report
from tests.report.picture_files import chunk, jpeg, png, png_that_says
from toolkit.errors import SettingsError
from toolkit.quality.report_checks import check_report
from toolkit.report import Report, Role, read_report
from toolkit.report.intake import take_in
from toolkit.report.pictures import MOST_BYTES, PictureFault, picture_file
from toolkit.workspace import Workspace

TEXT = "图书馆今天开放\n\n今天上午，市图书馆向读者开放。\n\n读者在大厅\n\n下午有讲座。\n"
ENTRY = '[[pictures]]\ncaption = "读者在大厅"\nfile = "hall.jpg"\n'


def with_hall(workspace: Workspace, sidecar: str = ENTRY, data: bytes | None = None, name: str = "hall.jpg") -> Path:
    folder = write_report(workspace, "r", TEXT, sidecar)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(jpeg() if data is None else data)
    return folder


def findings_on_captions(report: Report) -> list[str]:
    return [one.reason for one in check_report(report) if one.check == "caption-without-picture"]


def test_a_picture_is_told_by_its_first_bytes_and_measured() -> None:
    photo, drawing = picture_file("a.png", jpeg(60, 40)), picture_file("b.jpg", png(30, 50))
    assert (photo.kind, photo.width, photo.height) == ("jpeg", 60, 40)
    assert (drawing.kind, drawing.width, drawing.height) == ("png", 30, 50)


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_photograph_is_printed_as_its_camera_meant_it(turn: int) -> None:
    file = picture_file("a.jpg", jpeg(80, 40, turn=turn))
    assert (file.width, file.height) == ((40, 80) if turn >= 5 else (80, 40))
    with Image.open(io.BytesIO(file.data)) as image:
        assert image.size == (file.width, file.height) and not image.getexif()
        corner = image.getpixel((1, 1))
    assert isinstance(corner, tuple)
    is_blue = corner[2] > corner[0]
    assert is_blue == (turn in (4, 5, 6))  # where the blue half lies when each turn is undone


def test_what_a_camera_or_a_program_noted_is_not_given_away() -> None:
    photo, drawing = jpeg(place=True), png(said="made by an editor")
    assert b"Lhasa camera" in photo and b"made by an editor" in drawing
    for data, note in ((photo, b"Lhasa camera"), (drawing, b"made by an editor")):
        file = picture_file("a", data)
        assert note not in file.data
        with Image.open(io.BytesIO(file.data)) as image, Image.open(io.BytesIO(data)) as before:
            assert image.tobytes() == before.tobytes()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"GIF89a....", "neither JPEG nor PNG but a GIF"),
        (b"\x01\0\0\0....", "an EMF drawing"),
        (b"", "something else"),
        (jpeg(mode="CMYK"), "CMYK"),
        (jpeg()[:200], "broken|cut off"),
        (jpeg()[:-2], "cut off"),
        (png()[:-12], "cut off"),
        (png().replace(b"IDAT", b"IDAU"), "broken"),
        (png_that_says(0, 5), "0 × 5 pixels"),
        (png_that_says(30_000, 5_000), "more than can be printed"),
        (png_that_says(19_000, 19_000), "more than can be printed"),
        (png_that_says(13, 1), "times as long as broad"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "broken"),
        (jpeg() + bytes(MOST_BYTES), "more than 30,000,000"),
    ],
)
def test_what_cannot_be_printed_is_told(data: bytes, problem: str) -> None:
    with pytest.raises(PictureFault, match=problem):
        picture_file("a", data)


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]))
def test_any_bytes_are_a_picture_or_a_fault(data: bytes, begin: bytes) -> None:
    with pytest.raises(PictureFault):
        picture_file("a", begin + data)


def test_report_toml_puts_a_picture_over_its_caption(workspace: Workspace) -> None:
    sidecar = ENTRY + 'credit = "赵小春"\nalt = { en = "Readers in a hall" }\n'
    report = read_report(with_hall(workspace, sidecar))
    (block,) = (block for block in report.blocks if block.illustration)
    assert (block.role, block.text, block.guessed) == (Role.CAPTION, "读者在大厅", False)
    assert block.illustration is not None
    assert block.illustration.credit == "赵小春"
    assert block.illustration.alternatives == (("en", "Readers in a hall"),)
    assert report.picture_files == ("hall.jpg",)
    assert findings_on_captions(report) == []


def test_a_picture_may_stand_over_the_line_with_a_number(workspace: Workspace) -> None:
    sidecar = '[[pictures]]\nline = 3\nfile = "in/hall.jpg"\n'
    report = read_report(with_hall(workspace, sidecar, name="in/hall.jpg"))
    assert [(block.line, block.role) for block in report.blocks if block.illustration] == [(3, Role.PARAGRAPH)]


def test_captions_that_read_alike_keep_their_own_pictures(workspace: Workspace) -> None:
    folder = write_report(workspace, "r", "题目\n\n会场\n\n会场\n\n会场\n", "")
    for name, width in (("a.jpg", 50), ("b.jpg", 60)):
        (folder / name).write_bytes(jpeg(width))
    entries = "".join(f'[[pictures]]\nline = {line}\nfile = "{name}"\n' for line, name in ((3, "a.jpg"), (7, "b.jpg")))
    (folder / "report.toml").write_text(entries, encoding="utf-8")
    shown = [block for block in read_report(folder).blocks if block.illustration]
    assert [one.illustration.file.name for one in shown if one.illustration] == ["a.jpg", "b.jpg"]
    assert [one.repeats for one in shown] == [2, 1]


@pytest.mark.parametrize(
    ("sidecar", "problem", "line"),
    [
        (ENTRY.replace("hall.jpg", "wall.jpg"), "the picture wall.jpg is not there", 3),
        (ENTRY.replace("hall.jpg", "../hall.jpg"), "outside the folder", 3),
        (ENTRY.replace("hall.jpg", "/etc/hostname"), "outside the folder", 3),
        (ENTRY.replace("hall.jpg", "report.txt"), "neither JPEG nor PNG", 3),
        (ENTRY.replace("读者在大厅", "读者在门口"), "“读者在门口”, which is not there", 2),
        ('[[pictures]]\nline = 99\nfile = "hall.jpg"\n', "line 99, which is not there", 2),
        ('[[pictures]]\nfile = "hall.jpg"\n', "needs a `file`, and a `caption` or a `line`", 2),
        (ENTRY + "line = 3\n", "needs a `file`, and a `caption` or a `line`", 2),
        (ENTRY + ENTRY, "two pictures stand over", 3),
        (ENTRY + 'alt = "a hall"\n', "`alt` is not a table", 4),
        (ENTRY + 'alt = { fr = "salle" }\n', "does not know `pictures.alt.fr`", 4),
        (ENTRY + 'photographer = "赵小春"\n', "does not know `pictures.photographer`", 4),
        ("pictures = 3\n", "no list of tables", 1),
    ],
)
def test_a_picture_that_cannot_be_is_told_with_its_line(
    workspace: Workspace, sidecar: str, problem: str, line: int
) -> None:
    with pytest.raises(SettingsError, match=problem) as caught:
        read_report(with_hall(workspace, sidecar))
    assert caught.value.line == line and str(caught.value.path).endswith("report.toml")


def test_a_word_file_keeps_its_pictures(workspace: Workspace, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("图书馆今天开放", 0)
    document.add_paragraph("今天上午，市图书馆向读者开放。")
    (tmp_path / "hall.png").write_bytes(png(90, 60))
    document.add_picture(str(tmp_path / "hall.png"), width=Cm(5))
    document.add_paragraph("图1 读者在大厅")
    document.save(str(tmp_path / "library.docx"))
    report = take_in(workspace, tmp_path / "library.docx").report
    (block,) = (block for block in report.blocks if block.role is Role.CAPTION)
    assert block.illustration is not None
    assert (block.illustration.file.width, block.illustration.file.height) == (90, 60)
    assert report.picture_files == ()  # it is in report.docx, which is kept as it came


def test_a_page_brings_the_pictures_beside_it_and_says_why_others_are_missing(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = (
        "# 题目\n\n![读者在大厅](img/hall%201.jpg)\n\n![门口](https://example.org/door.jpg)\n\n"
        "![书库](../stack.jpg)\n\n![阅览室](img/none.jpg)\n\n正文在此。\n"
    )
    (tmp_path / "in" / "img").mkdir(parents=True)
    (tmp_path / "in" / "img" / "hall 1.jpg").write_bytes(jpeg())
    (tmp_path / "stack.jpg").write_bytes(jpeg())
    (tmp_path / "in" / "page.md").write_text(page, encoding="utf-8")
    taken = take_in(workspace, tmp_path / "in" / "page.md")
    assert taken.report.picture_files == ("img/hall 1.jpg",)
    assert [path.name for path in taken.files] == ["report.md", "hall 1.jpg", "report.toml"]
    reasons = findings_on_captions(taken.report)
    assert len(reasons) == 3
    for reason, why in zip(reasons, ("nothing is fetched", "outside the folder", "is not there"), strict=True):
        assert why in reason
