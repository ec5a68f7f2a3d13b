"""Items of a list: all lines set in but the first, the bullet outside, and lists for those who listen."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pytest
from pdfua import validate

from tests.pdf.file_reading import read_structure
from tests.pdf.page_samples import COLUMNS, bulletin_with, laid_out
from tests.pdf.pdf_samples import text_of
from toolkit.bulletin.model import Cell, ItemPart, Mark, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import typeset_pdf
from toolkit.pdf.lines import bullet_and_rest
from toolkit.pdf.slices import CellLayout


def item(part: ItemPart, columns: tuple[Language, ...], bullet: str = "") -> Row:
    cells = []
    for one in columns:
        sign = (Run(bullet, one, mark=Mark.ORNAMENT),) if bullet else ()
        cells.append(Cell(one, (*sign, Run(text_of(one, 1, 5), one))))
    return Row(RowKind.PARAGRAPH, tuple(cells), opens_paragraph=False, item=part)


def cell_of(row: Row, fonts: FontSet, language: Language) -> CellLayout:
    layout = laid_out(bulletin_with([row]), fonts)
    found = next(one for one in layout.rows if one.row is row)
    return next(cell for cell in found.cells if cell.cell.language == language)


@pytest.mark.parametrize("language", COLUMNS)
def test_a_numbered_item_hangs_out_by_its_indent_and_what_follows_is_flush(language: Language, fonts: FontSet) -> None:
    plain = cell_of(item("", COLUMNS), fonts, language)
    begins = cell_of(item("begins", COLUMNS), fonts, language)
    continues = cell_of(item("continues", COLUMNS), fonts, language)
    assert begins.left == continues.left > plain.left
    assert begins.left + begins.width == pytest.approx(plain.left + plain.width)
    assert begins.left + begins.slugs[0].line.x == pytest.approx(plain.left)
    assert all(abs(slug.line.x) < 6 for slug in (*begins.slugs[1:], *continues.slugs))


@pytest.mark.parametrize("language", COLUMNS)
def test_the_words_after_a_bullet_begin_where_the_other_lines_do(language: Language, fonts: FontSet) -> None:
    cell = cell_of(item("begins", COLUMNS, "• "), fonts, language)
    first = cell.slugs[0].line
    bullet = [box for box in first.boxes if box.ink.mark is Mark.ORNAMENT]
    assert first.x < -3
    assert first.x + sum(box.width + box.kern + box.stretch * first.extra for box in bullet) == pytest.approx(0.0)


def tags_of(element: object) -> list[object]:
    """The tags of a structure tree, nested as it is; text is left out."""
    node = element.get_object() if isinstance(element, pypdf.generic.IndirectObject) else element
    if isinstance(node, list):
        return [tag for kid in node for tag in tags_of(kid)]
    if not isinstance(node, dict) or "/S" not in node:
        return []
    return [str(node["/S"])[1:], *([below] if (below := tags_of(node.get("/K", []))) else [])]


def test_neighbouring_items_of_one_language_are_one_list(fonts: FontSet) -> None:
    columns: tuple[Language, ...] = ("en",)
    parts: list[ItemPart] = ["begins", "continues", "begins", ""]
    bulletin = bulletin_with([item(part, columns) for part in parts], columns)
    bulletin = replace(bulletin, head_rows=(), tail_rows=(), column_head=None)
    reader = pypdf.PdfReader(io.BytesIO(typeset_pdf(bulletin, fonts)))
    root = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]  # type: ignore[index]
    items = ["LI", ["LBody", ["P", "P"]], "LI", ["LBody", ["P"]]]
    assert tags_of(root) == ["Document", ["Sect", ["L", items, "P"]]]


@pytest.mark.parametrize("columns", [("zh", "bo"), ("en",)])
def test_items_stay_in_their_columns(columns: tuple[Language, ...], fonts: FontSet) -> None:
    layout = laid_out(bulletin_with([item("begins", columns, "• ")] * 3, columns), fonts)
    for row in layout.rows[1:-1]:
        for cell, (left, width) in zip(row.cells, layout.sheets[0].grid.spans, strict=True):
            for slug in cell.slugs:
                assert cell.left + slug.line.x >= left - 6  # an opening bracket's empty half
                assert cell.left + slug.line.x + slug.line.width <= left + width + 6


def tree_of(data: bytes) -> list[object]:
    return tags_of(pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]


def test_an_item_of_a_row_is_a_list_in_its_cell_with_its_bullet_as_label(fonts: FontSet) -> None:
    columns: tuple[Language, ...] = ("zh", "bo")
    rows = [item("begins", columns, "• "), item("continues", columns), item("begins", columns), item("", columns)]
    bulletin = replace(bulletin_with(rows, columns), head_rows=(), tail_rows=())
    data = typeset_pdf(bulletin, fonts)
    _, (table, inside) = tree_of(data)  # type: ignore[misc]
    assert table == "Table"
    labelled = ["TD", ["L", ["LI", ["Lbl", "LBody", ["P"]]]]]
    plain, numbered = ["TD", ["P"]], ["TD", ["L", ["LI", ["LBody", ["P"]]]]]
    assert inside[2:] == ["TR", 2 * labelled, "TR", 2 * plain, "TR", 2 * numbered, "TR", 2 * plain]
    findings = [one.rule_id for one in validate(io.BytesIO(data)).findings]
    assert findings == ["UA-28-004"]  # the claim itself, which nobody has made


def test_a_label_holds_the_bullet_and_the_words_are_read_as_without_it(fonts: FontSet) -> None:
    columns: tuple[Language, ...] = ("zh", "bo")
    rows = [item("begins", columns, "• ")] * 2
    with pikepdf.open(io.BytesIO(typeset_pdf(bulletin_with(rows, columns), fonts))) as pdf:
        parts = list(read_structure(pdf).all())
    labels = [part.text.strip() for part in parts if part.tag == "Lbl"]
    assert labels == ["•"] * 4
    texts = [part.under[0].text for part in parts if part.tag == "LBody"]
    bodies = [re.sub(r"[\s\u00ad]", "", text) for text in texts]
    assert bodies[0] == re.sub(r"\s", "", text_of("zh", 1, 5)) and not any("•" in body for body in bodies)
    lists = [part for part in parts if part.tag == "L"]
    assert len(lists) == 4


def test_a_bullet_stands_where_it_stood_before_it_was_a_label(fonts: FontSet) -> None:
    cell = cell_of(item("begins", COLUMNS, "• "), fonts, "en")
    line = cell.slugs[0].line
    bullet, rest = bullet_and_rest(line)
    assert bullet is not None and rest is not None
    parts, whole = [*bullet.places(), *rest.places()], list(line.places())
    assert [box for _, box in parts] == [box for _, box in whole]
    assert [x for x, _ in parts] == pytest.approx([x for x, _ in whole])
    assert bullet_and_rest(rest) == (None, rest)
