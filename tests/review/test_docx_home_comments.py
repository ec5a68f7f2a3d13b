"""Our own comments stay behind when a DOCX comes home; a person's come along, and so does what they wrote into ours."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.docx.conftest import rich
from toolkit.docx import typeset_docx
from toolkit.fonts import bundled_fonts
from toolkit.review.edit import EditedFile
from toolkit.review.from_docx import read_docx


@pytest.fixture(scope="module")
def made() -> bytes:
    return typeset_docx(rich(), bundled_fonts())


def rewritten(data: bytes, old: str, new: str, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    return out.getvalue()


def read(data: bytes, folder: Path) -> EditedFile:
    path = folder / "rich.docx"
    path.write_bytes(data)
    return read_docx(path)


def test_an_untouched_file_with_comments_an_index_and_pictures_tells_nothing(made: bytes, tmp_path: Path) -> None:
    file = read(made, tmp_path)
    assert file.troubles == ()
    assert [edit.comment for edit in file.edits] == [""] * len(file.edits) and file.edits


def test_page_numbers_that_were_counted_anew_are_no_edit(made: bytes, tmp_path: Path) -> None:
    old = '<w:t xml:space="preserve">1</w:t></w:r></w:fldSimple>'
    assert read(rewritten(made, old, old.replace(">1<", ">17<"), "word/document.xml"), tmp_path).troubles == ()


def test_a_changed_name_in_the_index_is_told(made: bytes, tmp_path: Path) -> None:
    (trouble,) = read(rewritten(made, ">Hezuo City</w:t>", ">Hezuo</w:t>", "word/document.xml"), tmp_path).troubles
    assert "index" in trouble.reason


def test_a_comment_of_a_person_comes_along(made: bytes, tmp_path: Path) -> None:
    file = read(rewritten(made, 'w:author="Bulletin Toolkit"', 'w:author="Dolma"', "word/comments.xml"), tmp_path)
    assert [(edit.by, edit.comment[:13]) for edit in file.edits if edit.comment] == [("Dolma", "error: number")]


def test_what_a_person_wrote_into_a_comment_of_ours_is_not_lost(made: bytes, tmp_path: Path) -> None:
    file = read(rewritten(made, "is not 239", "is indeed not 239", "word/comments.xml"), tmp_path)
    (edit,) = [edit for edit in file.edits if edit.comment]
    assert "indeed" in edit.comment and edit.by == ""
