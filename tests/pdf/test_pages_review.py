"""The review edition: what checks found stands under the text with a sign beside it, and is said once."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from tests.pdf.page_samples import bulletin_with, laid_out
from toolkit.bulletin.model import Bulletin, Cell, Comment, Mark, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import typeset_pdf

COLUMNS: tuple[Language, ...] = ("en",)
NUMBER = Comment("s1", "error: number", "128 is not in the translation")
NAME = Comment("s1", "warning: name", "Hezuo stands for two places")


def reviewed(*comments: Comment, notes: tuple[str, ...] = (), mark: Mark = Mark.NONE) -> Bulletin:
    runs = (Run("The road is 12 kilometres long.", "en", mark=mark, segment="s1"),)
    cell = Cell("en", runs, tuple((Run(note, "en"),) for note in notes), comments=comments)
    bulletin = bulletin_with([Row(RowKind.PARAGRAPH, (cell,))], COLUMNS, provenance=True)
    return replace(bulletin, column_head=None)


def signs(bulletin: Bulletin, fonts: FontSet) -> list[tuple[str, str]]:
    """The notes as printed: the sign beside each, and its first line."""
    row = next(row for row in laid_out(bulletin, fonts).rows if row.row.kind is RowKind.PARAGRAPH)
    return [(slug.sign, slug.line.text) for slug in row.cells[0].slugs if slug.paragraph]


def test_a_note_that_tells_a_finding_bears_its_sign(fonts: FontSet) -> None:
    bulletin = reviewed(NUMBER, NAME, notes=("memory", f"number: {NUMBER.text}", f"name: {NAME.text}"))
    assert [sign for sign, _ in signs(bulletin, fonts)] == ["", "error", "warning"]


def test_a_finding_that_no_note_tells_gets_a_note_of_its_own(fonts: FontSet) -> None:
    found = signs(reviewed(NAME, NUMBER, notes=("memory",)), fonts)
    assert found == [
        ("", "memory"),
        ("warning", f"{NAME.head}: {NAME.text}"),
        ("error", f"{NUMBER.head}: {NUMBER.text}"),
    ]


def test_a_finding_is_printed_once(fonts: FontSet) -> None:
    for notes in ((), (f"number: {NUMBER.text}",)):
        reader = pypdf.PdfReader(io.BytesIO(typeset_pdf(reviewed(NUMBER, notes=notes), fonts)))
        assert " ".join(reader.pages[0].extract_text().split()).count(NUMBER.text) == 1


@pytest.mark.parametrize(
    ("bulletin", "drawn"),
    [
        (reviewed(), set()),
        (reviewed(NUMBER), {"f"}),  # a filled triangle
        (reviewed(NAME), {"S"}),  # its outline
        (reviewed(mark=Mark.UNREVIEWED), {"S"}),  # a bar beside the text
        (reviewed(mark=Mark.GAP), {"f"}),  # a tint behind it
    ],
)
def test_what_is_open_is_seen_and_the_rest_left_alone(bulletin: Bulletin, drawn: set[str], fonts: FontSet) -> None:
    marked, plain = (_painted(typeset_pdf(one, fonts)) for one in (bulletin, reviewed()))
    assert {operator for operator in ("f", "S") if marked[operator] > plain[operator]} == drawn


def _painted(data: bytes) -> dict[str, int]:
    content = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert content is not None
    words = content.get_data().split()
    return {operator: words.count(operator.encode()) for operator in ("f", "S")}
