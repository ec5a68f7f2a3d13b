"""An independent reader opens the file, with the fonts that travel in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from toolkit.bulletin.model import Bulletin

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

Convert = Callable[[bytes, str, str], Path]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """LibreOffice, in a profile of its own: takes a DOCX, a name and an extension, gives what it makes of it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def run(document: bytes, name: str, kind: str) -> Path:
        source = folder / f"{name}.docx"
        source.write_bytes(document)
        out = folder / kind
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made = out / f"{name}.{kind}"
        assert made.is_file(), f"LibreOffice made no {kind}"
        return made

    return run


@pytest.fixture(scope="module")
def converted(docx_bytes: bytes, convert: Convert) -> Path:
    """The PDF that LibreOffice makes of the sample."""
    return convert(docx_bytes, "sample", "pdf")


def solid(text: str) -> str:
    """`text` without white space: readers of LibreOffice's PDFs see a space after each vowel sign of no width."""
    return "".join(text.split())


def test_every_tibetan_cell_is_in_the_converted_pdf(converted: Path, docx_bulletin: Bulletin) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(converted)
    text = solid("".join(page.get_textpage().get_text_range() for page in document))
    rows = (*docx_bulletin.head_rows, *docx_bulletin.text_rows, *docx_bulletin.tail_rows)
    cells = [cell for row in rows for cell in row.cells if cell.language == "bo"]
    assert len(cells) == 9
    for cell in cells:
        assert solid(cell.text) in text, cell.text


def test_the_converted_pdf_uses_the_fonts_that_travel_in_the_file(converted: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("pdffonts (poppler-utils) is not installed")
    listing = subprocess.run(["pdffonts", str(converted)], check=True, capture_output=True, timeout=30).stdout.decode()
    for family in ("NotoSerifTibetan", "SourceSerif4"):
        assert f"{family}-Regular" in listing and f"{family}-Bold" in listing
    assert "NotoSerifSC-Regular" in listing
    assert "SourceSerif4-Italic" in listing


def test_comments_pictures_and_links_are_there_and_stay_when_it_saves_the_file(
    rich_bytes: bytes, convert: Convert
) -> None:
    saved = docx.Document(str(convert(rich_bytes, "rich", "docx")))
    comments = list(saved.comments)
    assert [comment.author for comment in comments] == ["Bulletin Toolkit"] * 3
    assert comments[0].text.split("\n") == ["error: number", "2392.67亿元 is not 239 million; compare དུང་ཕྱུར།"]
    described = [one.get("descr") for one in saved.element.body.iter(f"{WP}docPr")]
    assert described.count("会场\nThe hall") == 2
    links = [part.target_ref for part in saved.part.rels.values() if part.is_external]
    assert "https://example.org/a?b=1&c=2" in links


def test_the_index_shows_the_pages_where_its_terms_stand(rich_bytes: bytes, convert: Convert) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    wanting = with_cached(rich_bytes, b"0")
    document = pdfium.PdfDocument(convert(wanting, "index", "pdf"))
    pages = [page.get_textpage().get_text_range() for page in document]
    text = next(number for number, page in enumerate(pages, start=1) if "On 8 August 2023" in page)
    link = next(number for number, page in enumerate(pages, start=1) if "See the report" in page)
    assert text != link
    assert re.search(rf"Hezuo City\s+{text}\b", pages[-1])
    assert re.search(rf"report\s+{link}\b", pages[-1])


def with_cached(document: bytes, number: bytes) -> bytes:
    """`document` with `number` in all its page references: what is shown instead was reckoned anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data, count = re.subn(
                    rb'(w:instr=" PAGEREF .*?<w:t xml:space="preserve">)\d+<', rb"\g<1>" + number + b"<", data
                )
                assert count
            target.writestr(name, data)
    return out.getvalue()
