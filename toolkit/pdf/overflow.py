"""Words that are wider than their column: the page breaks them between letters, and an editor should know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.bulletin.model import Bulletin, Run
from toolkit.fonts import FontSet
from toolkit.languages import Language
from toolkit.pdf.boxes import boxes_of
from toolkit.pdf.columns import column_spans, title_grid
from toolkit.pdf.itemize import Itemizer

_SUSPECT = re.compile(r"[^\s\u0f0b-\u0f14\u3000-\u9fff\uff00-\uffef]{16,}")
"""What may be too wide: a shorter word fits the narrowest column we print; between Tibetan syllables and Chinese
characters a line may end."""


def words_wider_than_their_column(bulletin: Bulletin, fonts: FontSet) -> tuple[tuple[Language, str], ...]:
    """The words of `bulletin` that no line can hold whole, with the language of their column; each once."""
    return tuple(dict.fromkeys(_wide_words(bulletin, Itemizer(fonts))))


def _wide_words(bulletin: Bulletin, itemizer: Itemizer) -> Iterator[tuple[Language, str]]:
    edition = bulletin.edition
    body = column_spans(edition)
    for rows, spans in ((bulletin.head_rows, title_grid(edition).spans), ((*bulletin.rows, *bulletin.tail_rows), body)):
        for row in rows:
            for cell, (_, width) in zip(row.cells, spans, strict=True):
                style = edition.theme.style(row.kind, cell.language)
                room = width - (edition.theme.ornaments.list_indent * style.size if row.item else 0.0)
                text = "".join(run.text for run in cell.runs)
                for match in _SUSPECT.finditer(text):
                    runs = [Run(match.group(), cell.language)]
                    boxes = boxes_of(runs, style, itemizer, edition.theme.palette.accent)
                    if any(box.width > room for box in boxes):
                        yield cell.language, match.group()
