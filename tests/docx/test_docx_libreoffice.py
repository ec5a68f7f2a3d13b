"""An independent reader opens the file, with the fonts that travel in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.bulletin.model import Bulletin


@pytest.fixture(scope="module")
def converted(docx_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF that LibreOffice makes of the sample, in a profile of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    source = folder / "sample.docx"
    source.write_bytes(docx_bytes)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = folder / "sample.pdf"
    assert pdf.is_file(), "LibreOffice made no PDF"
    return pdf


def solid(text: str) -> str:
    """`text` without white space: readers of LibreOffice's PDFs see a space after each vowel sign of no width."""
    return "".join(text.split())


def test_every_tibetan_cell_is_in_the_converted_pdf(converted: Path, docx_bulletin: Bulletin) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(converted)
    text = solid("".join(page.get_textpage().get_text_range() for page in document))
    rows = (*docx_bulletin.head_rows, docx_bulletin.column_head, *docx_bulletin.rows, *docx_bulletin.tail_rows)
    cells = [cell for row in rows for cell in row.cells if cell.language == "bo"]
    assert len(cells) == 9
    for cell in cells:
        assert solid(cell.text) in text, cell.text


def test_the_converted_pdf_uses_the_fonts_that_travel_in_the_file(converted: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("pdffonts (poppler-utils) is not installed")
    listing = subprocess.run(["pdffonts", str(converted)], check=True, capture_output=True, timeout=30).stdout.decode()
    for name in ("NotoSerifTibetan-Regular", "NotoSerifTibetan-Bold", "SourceSerif4-Regular", "SourceSerif4-Bold"):
        assert name in listing
