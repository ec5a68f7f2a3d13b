"""Plain text: one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.report.formats.blocks import CONTROLS, RawBlock, RawKind
from toolkit.report.inline import InlineText
from toolkit.textfile import read_text_file


def text_blocks(path: Path, *, what: str, encoding: str | None) -> Iterator[RawBlock]:
    """A block for each line that is not blank.  Raises `SourceError` as `read_text_file` does."""
    text = read_text_file(path, what=what, encoding=encoding).translate(CONTROLS)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield RawBlock(InlineText(line.strip()), RawKind.PARAGRAPH, number)
