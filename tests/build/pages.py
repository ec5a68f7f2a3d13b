"""PDF pages as another program reads them: column by column, with what stands on every page taken off."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.bulletin import words
from toolkit.bulletin.model import Edition
from toolkit.languages import Language
from toolkit.pdf.paragraph import SOFT_HYPHEN
from toolkit.pdf.rows import column_spans


def poppler(tool: str, *arguments: str | Path) -> str:
    """What one of the Poppler tools prints."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed")
    command = [tool, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")


def squeezed(text: str) -> str:
    """`text` without white space and hyphens: pdftotext takes any hyphen at the end of a line for the line's own."""
    return re.sub(rf"[\s{SOFT_HYPHEN}-]", "", text)


@functools.cache
def column(pdf: Path, edition: Edition, language: Language) -> tuple[str, ...]:
    """What stands in the column of `language`, page by page, squeezed.

    In the order of the file: pdftotext's own order takes wide spaces in Chinese for columns.
    """
    left, width = column_spans(edition)[edition.columns.index(language)]
    beside = edition.gutter / 2 - 1
    box = {"-x": left - beside, "-W": width + 2 * beside, "-y": 0, "-H": edition.page_height, "-r": 72}
    crop = [str(part) for name, number in box.items() for part in (name, int(number))]
    return tuple(map(squeezed, poppler("pdftotext", "-raw", "-enc", "UTF-8", *crop, pdf, "-").split("\f")[:-1]))


def stamp(language: Language) -> str:
    """The stamp as it is read."""
    return squeezed(words.STAMP[language])


def page_number(language: Language, number: int, total: int) -> str:
    """The page number as it is read."""
    return squeezed(words.PAGE_FOOT[language].text(number, total))


def running_text(pages: tuple[str, ...], language: Language, running_title: str) -> str:
    """The text of a column through all pages, without stamp, repeated column head, running title and page number.

    A page without stamp, running title or number fails.
    """
    text = ""
    for number, page in enumerate(pages, start=1):
        rest = page
        for piece in (stamp(language), squeezed(running_title), page_number(language, number, len(pages))):
            before, found, after = rest.rpartition(piece)
            assert found, f"page {number} lacks “{piece}”"
            rest = before + after
        text += rest.removeprefix(squeezed(words.COLUMN_NAMES[language])) if number > 1 else rest
    return text
