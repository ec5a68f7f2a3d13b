"""Bulletins made straight from parallel texts: the Universal Declaration and NTREX, in any columns, on any paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.bulletin import words
from toolkit.bulletin.editions import PUBLISHING
from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.languages import Language

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
PAPER = {"A4": (595.28, 841.89), "A3": (1190.55, 841.89)}
"""Width and height in pt; A3 lies across."""


def parallel_rows(text: str, columns: Sequence[Language], most: int = 300) -> list[tuple[str, ...]]:
    """Rows of `text` ("udhr" or "ntrex"), one text per column.  Skips the test where the corpora are not there."""
    suffix = ".txt" if text == "udhr" else ""
    if not CORPORA.is_dir():
        pytest.skip("the corpora do not lie beside the project")
    lines = [
        [line.strip() for line in (CORPORA / f"{text}.{one}{suffix}").read_text("utf-8").splitlines() if line.strip()]
        for one in columns
    ]
    return list(zip(*lines, strict=False))[:most]


def bulletin_of(rows: Sequence[Sequence[str]], columns: Sequence[Language], paper: str = "A4") -> Bulletin:
    """A bulletin of nothing but `rows` under the names of the languages."""
    width, height = PAPER[paper]
    edition = replace(
        PUBLISHING,
        name=f"{'-'.join(columns)}-{paper}",
        columns=tuple(columns),
        widths=tuple({"zh": 0.9, "en": 1.0, "bo": 1.15}[one] for one in columns),
        page_width=width,
        page_height=height,
    )

    def cells(texts: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(Cell(one, (Run(text, one),)) for one, text in zip(columns, texts, strict=True))

    return Bulletin(
        name="corpus",
        edition=edition,
        title="Corpus",
        subject="",
        author="",
        keywords=(),
        running_title=(),
        head_rows=(),
        column_head=Row(RowKind.COLUMN_HEAD, cells([words.COLUMN_NAMES[one] for one in columns])),
        rows=tuple(Row(RowKind.PARAGRAPH, cells(row)) for row in rows),
        tail_rows=(),
        stamp=(),
        foot=(),
    )
