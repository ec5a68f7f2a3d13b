"""What a screen reader is told: elements, languages, reading order, bookmarks, page labels."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from file_reading import Spoken, read_structure, rich_bulletin
from pdf_samples import make_bulletin
from pdfua import validate

from toolkit.bulletin.model import Bulletin, Cell
from toolkit.fonts.catalog import FontSet
from toolkit.languages import BCP47, Language
from toolkit.pdf import typeset_pdf

ALL: tuple[Language, ...] = ("zh", "en", "bo")


def opened(bulletin: Bulletin, fonts: FontSet) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(typeset_pdf(bulletin, fonts)))


def structure(bulletin: Bulletin, fonts: FontSet) -> Spoken:
    with opened(bulletin, fonts) as pdf:
        return read_structure(pdf)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]", "", text)


def test_read_by_rows_languages_follow_each_other_within_a_row(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=3)
    assert structure(bulletin, fonts).outline == (
        "Document(Sect(H1 H1 H1) Table(TR(TH(P) TH(P) TH(P)) TR(TD(H2) TD(H2) TD(H2))"
        " TR(TD(P) TD(P) TD(P)) TR(TD(P) TD(P) TD(P)) TR(TD(P) TD(P) TD(P))) Sect(P P P))"
    )


def test_read_by_columns_each_language_is_heard_to_its_end(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=9)
    bulletin = replace(bulletin, edition=replace(bulletin.edition, reading="columns"))
    sections = structure(bulletin, fonts).under[1:4]
    assert bulletin.column_head is not None
    for column, (section, language) in enumerate(zip(sections, ALL, strict=True)):
        assert section.tag == "Sect"
        assert {part.language for part in section.all()} == {BCP47[language]}
        wanted = [row.cells[column].text for row in (bulletin.column_head, *bulletin.rows)]
        assert [squeezed(part.text) for part in section.under] == list(map(squeezed, wanted))


def test_one_language_alone_is_no_table(fonts: FontSet) -> None:
    assert structure(make_bulletin(("bo",), rows=2), fonts).outline == "Document(Sect(H1) Sect(P H2 P P) Sect(P))"


def test_columns_without_names_over_them_are_no_table_but_keep_their_order(fonts: FontSet) -> None:
    bulletin = replace(make_bulletin(("en", "bo"), rows=1), column_head=None)
    text = structure(bulletin, fonts).under[1]
    assert text.outline == "Sect(H2 H2 P P)"
    assert [part.language for part in text.under] == ["en-US", "bo-CN", "en-US", "bo-CN"]


def test_a_row_in_which_a_language_says_nothing_still_has_its_cell(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=1)
    row = bulletin.rows[1]
    silent = replace(row, cells=(row.cells[0], Cell("en", ()), row.cells[2]))
    last = structure(replace(bulletin, rows=(bulletin.rows[0], silent)), fonts).under[1].under[-1]
    assert last.outline == "TR(TD(P) TD TD(P))"
    assert [cell.language for cell in last.under] == ["zh-CN", "en-US", "bo-CN"]


def test_a_paragraph_that_runs_over_a_page_is_one_element(fonts: FontSet) -> None:
    bulletin = make_bulletin(("en", "bo"), rows=14, page_height=300.0)
    with opened(bulletin, fonts) as pdf:
        texts = [squeezed(part.text) for part in read_structure(pdf).all() if part.text]
        assert len(pdf.pages) > 3
    assert [squeezed(cell.text) for row in bulletin.rows for cell in row.cells] == texts[4:-2]


def test_bookmarks_are_the_headings_under_the_title_and_the_index_beside_it(fonts: FontSet) -> None:
    with opened(rich_bulletin(), fonts) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["五省区会议", "索引"]
        assert [item.title for item in outline.root[0].children] == ["第0部分", "第4部分", "第8部分"]
        places = [pdf.pages.index(item.destination[0]) for item in (*outline.root[0].children, outline.root[1])]
        assert places == sorted(places)
        assert places[-1] == len(pdf.pages) - 1


def test_a_bookmark_says_nothing_that_the_theme_added(fonts: FontSet) -> None:
    with opened(make_bulletin(("bo",), rows=1), fonts) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == "ཞིང་ཆེན་ལྔའི་ཚོགས་འདུ།"


def test_pages_are_labelled_as_they_are_numbered(fonts: FontSet) -> None:
    with opened(make_bulletin(rows=12), fonts) as pdf:
        assert [page.label for page in pdf.pages] == [str(number + 1) for number in range(len(pdf.pages))]


@pytest.mark.parametrize(
    ("columns", "changes"),
    [(ALL, {}), (ALL, {"reading": "columns"}), (("bo",), {}), (("en", "bo"), {"facing": True})],
    ids=["rows", "columns", "one language", "facing"],
)
def test_pictures_links_and_index_break_no_rule_of_pdf_ua(
    columns: tuple[Language, ...], changes: dict[str, object], fonts: FontSet, tmp_path: Path
) -> None:
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(rich_bulletin(columns, **changes), fonts))
    # UA-28-004 asks for the claim itself, which is not made before a full validator has passed the file.
    assert [finding for finding in validate(str(path)).findings if finding.rule_id != "UA-28-004"] == []
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
