"""What justification pulls apart is still copied and searched as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdf_samples import make_bulletin
from PIL import ImageChops, ImageStat

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import copying, typeset_pdf

SPACED = {"zh": r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", "bo": r"\u0f0b +[\u0f40-\u0f6c]"}
"""Spaces inside text that has none in `pdf_samples`."""


def narrow(language: Language) -> Bulletin:
    """A column so narrow that most of its lines are pulled apart."""
    bulletin = make_bulletin((language,), rows=16, page_height=3000.0)
    return replace(bulletin, edition=replace(bulletin.edition, page_width=90.0 + 95.0))


def texts_of(data: bytes, poppler: Callable[..., str], folder: Path) -> list[str]:
    """The text as Poppler and as PDFium read it."""
    path = folder / "narrow.pdf"
    path.write_bytes(data)
    pages = pypdfium2.PdfDocument(data)
    return [
        poppler("pdftotext", "-enc", "UTF-8", path, "-"),
        "".join(page.get_textpage().get_text_range() for page in pages),
    ]


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_no_reader_finds_a_space_that_was_not_written(
    language: Language, fonts: FontSet, tmp_path: Path, poppler: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in texts_of(typeset_pdf(narrow(language), fonts), poppler, tmp_path):
        assert re.findall(SPACED[language], text) == []
    monkeypatch.setattr(copying, "_TAKEN_FOR_A_SPACE", 100.0)
    torn = texts_of(typeset_pdf(narrow(language), fonts), poppler, tmp_path)
    assert any(re.findall(SPACED[language], text) for text in torn), "no line was pulled far apart: nothing was tested"


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_saying_a_stretch_in_one_piece_moves_nothing_on_the_page(
    language: Language, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen() -> tuple[bytes, object]:
        data = typeset_pdf(narrow(language), fonts)
        return data, pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")

    said, page = seen()
    monkeypatch.setattr(copying, "_TAKEN_FOR_A_SPACE", 100.0)
    plain, other = seen()
    assert said != plain
    difference = ImageStat.Stat(ImageChops.difference(page, other))  # type: ignore[arg-type]
    assert difference.mean[0] < 0.3  # of 255: edges fall on other parts of a pixel, by 0.005 pt at most


def test_a_phrase_is_found_in_one_line_by_a_search(fonts: FontSet) -> None:
    """Words that stand in one line are found by a viewer's search, and marked within that line."""
    page = pypdfium2.PdfDocument(typeset_pdf(narrow("bo"), fonts))[0].get_textpage()
    lines = [line for line in page.get_text_range().splitlines() if len(line) > 12 and " " not in line]
    assert len(lines) > 20
    for line in lines:
        found = page.search(line[2:-2]).get_next()
        assert found is not None, line
