"""Rows level in columns, heads repeated, stamp and page numbers on every page."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from lxml import etree

from toolkit.bulletin.editions import PUBLISHING as EDITION
from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.bulletin.themes import CLASSIC, theme_named
from toolkit.docx import typeset_docx
from toolkit.docx.table import columns_of
from toolkit.fonts import FontSet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def tables(docx_xml: dict[str, etree._Element]) -> list[etree._Element]:
    """Head, text and tail."""
    return list(docx_xml["word/document.xml"].iter(W + "tbl"))


def styles_of(row: etree._Element) -> list[str]:
    return [str(style.get(W + "val")) for style in row.iter(W + "pStyle")]


def test_only_the_column_head_is_repeated_on_every_page(tables: list[etree._Element]) -> None:
    repeated = [row for table in tables for row in table.iter(W + "tr") if row.find(f".//{W}tblHeader") is not None]
    assert repeated == [tables[1].find(W + "tr")]
    assert styles_of(repeated[0]) == [f"BulletinColumnHead{name}" for name in ("Chinese", "English", "Tibetan")]


def test_paragraphs_may_split_across_pages_and_headings_stay_with_what_follows(
    tables: list[etree._Element], docx_xml: dict[str, etree._Element]
) -> None:
    whole = {styles_of(row)[0]: row.find(f".//{W}cantSplit") is not None for row in tables[1].iter(W + "tr")}
    assert whole["BulletinHeadingChinese"] and whole["BulletinColumnHeadChinese"]
    assert not whole["BulletinParagraphChinese"] and not whole["BulletinParagraphContinuedChinese"]
    heading = docx_xml["word/styles.xml"].find(f"{W}style[@{W}styleId='BulletinHeadingTibetan']")
    assert heading is not None and heading.find(f".//{W}keepNext") is not None


def test_only_a_row_that_opens_a_paragraph_is_indented(docx_xml: dict[str, etree._Element]) -> None:
    indents = {
        style.get(W + "styleId"): style.find(f"{W}pPr/{W}ind")
        for style in docx_xml["word/styles.xml"].iter(W + "style")
    }
    for language, twips in (("Chinese", "420"), ("English", "246"), ("Tibetan", "252")):
        assert indents[f"BulletinParagraph{language}"].get(W + "firstLine") == twips  # type: ignore[union-attr]
        assert indents[f"BulletinParagraphContinued{language}"] is None
    assert all(not list(root.iter(W + "ind")) for name, root in docx_xml.items() if name != "word/styles.xml")


def test_tibetan_is_set_left_on_exact_lines_of_two_em(docx_xml: dict[str, etree._Element]) -> None:
    style = docx_xml["word/styles.xml"].find(f"{W}style[@{W}styleId='BulletinParagraphTibetan']/{W}pPr")
    assert style is not None
    spacing, alignment = style.find(W + "spacing"), style.find(W + "jc")
    assert spacing is not None and alignment is not None
    assert (spacing.get(W + "lineRule"), spacing.get(W + "line")) == ("exact", "462")  # 2.0 × 10.5 pt × 1.1
    assert alignment.get(W + "val") == "left"


def test_a_foreign_paragraph_with_tibetan_in_it_has_room_for_the_stacks(tables: list[etree._Element]) -> None:
    mixed = [p for p in tables[1].iter(W + "p") if "ཀན་ལྷོ་" in "".join(p.itertext())]
    assert [p.find(f"{W}pPr/{W}spacing").get(W + "line") for p in mixed] == ["462"]  # type: ignore[union-attr]


def test_the_columns_fill_the_text_area_in_the_editions_proportions(
    tables: list[etree._Element], docx_bulletin: Bulletin
) -> None:
    edition = docx_bulletin.edition
    area = round((edition.page_width - edition.margin_left - edition.margin_right) * 20)
    for table in tables:
        grid = [int(str(column.get(W + "w"))) for column in table.iter(W + "gridCol")]
        assert sum(grid) == area
        for cells in (list(row.iter(W + "tc")) for row in table.iter(W + "tr")):
            texts = []
            for width, cell in zip(grid, cells, strict=True):
                margins = cell.find(f"{W}tcPr/{W}tcMar")
                assert margins is not None
                sides = [side for side in margins if side.tag in (W + "left", W + "right")]
                texts.append(width - sum(int(str(side.get(W + "w"))) for side in sides))
            shares = [text / sum(texts) for text in texts]
            assert shares == pytest.approx([width / sum(edition.widths) for width in edition.widths], abs=0.001)
    assert columns_of(edition).half_gutter == 160


def test_paper_and_margins_are_the_editions(docx_bytes: bytes) -> None:
    section = docx.Document(io.BytesIO(docx_bytes)).sections[0]
    assert section.orientation == 1  # landscape
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin)
    assert [round(length.pt, 1) for length in lengths if length is not None] == [841.9, 595.3, 62, 60, 54]


def test_the_stamp_stands_in_a_red_box_in_every_language(docx_xml: dict[str, etree._Element]) -> None:
    header = docx_xml["word/header.xml"]
    texts = ["".join(cell.itertext()) for cell in header.iter(W + "tc")]
    assert texts == ["草稿 — 不得印刷", "DRAFT – NOT FOR PRINT", "ཟིན་བྲིས། པར་འདེབས་མི་རུང༌།"]
    box = header.find(f".//{W}tblBorders")
    assert box is not None
    assert [(side.tag, side.get(W + "color")) for side in box] == [
        (W + side, CLASSIC.palette.accent) for side in ("top", "left", "bottom", "right")
    ]


def test_a_bulletin_with_nothing_open_has_no_stamp_and_no_header(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    document = docx.Document(io.BytesIO(typeset_docx(replace(docx_bulletin, stamp=()), docx_fonts)))
    assert document.sections[0].header.is_linked_to_previous


def test_the_foot_counts_pages_in_every_language(docx_xml: dict[str, etree._Element]) -> None:
    titles, feet = docx_xml["word/footer.xml"].iter(W + "tr")
    assert all("".join(map(str, cell.itertext())) for cell in titles.iter(W + "tc"))
    lines = list(feet.iter(W + "p"))
    assert ["".join(map(str, foot.itertext())) for foot in lines] == ["第1页，共1页", "Page 1 of 1", "ཤོག་ངོས་1 / 1"]
    assert [foot.find(f"{W}pPr/{W}jc").get(W + "val") for foot in lines] == ["left", "center", "right"]  # type: ignore[union-attr]
    for foot in lines:
        fields = [str(field.get(W + "instr")).strip() for field in foot.iter(W + "fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_a_running_title_in_one_language_leaves_the_other_columns_empty(
    docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    data = typeset_docx(replace(docx_bulletin, running_title=docx_bulletin.running_title[1:2]), docx_fonts)
    titles = docx.Document(io.BytesIO(data)).sections[0].footer.tables[0].rows[0].cells
    assert [bool(cell.text) for cell in titles] == [False, True, False]


def test_notes_stand_under_the_text_in_their_own_style(tables: list[etree._Element]) -> None:
    cells = list(tables[1].findall(W + "tr")[4].iter(W + "tc"))
    assert styles_of(cells[1]) == ["BulletinParagraphEnglish", "BulletinNoteEnglish", "BulletinNoteEnglish"]
    assert "".join(list(cells[1].iter(W + "p"))[1].itertext()) == "term: 合作市 → གཙོས་གྲོང་ཁྱེར།"


def test_the_head_of_a_bulletin_does_not_split_over_a_page(docx_fonts: FontSet) -> None:
    kinds = (RowKind.MASTHEAD, RowKind.ISSUE, RowKind.BYLINE, RowKind.NOTICE)
    head = tuple(Row(kind, (Cell("en", (Run("Text", "en"),)),)) for kind in kinds)
    bulletin = Bulletin(
        "a", replace(EDITION, columns=("en",), widths=(1.0,)), "t", "", "", (), (), head, None, (), (), (), ()
    )
    document = docx.Document(io.BytesIO(typeset_docx(bulletin, docx_fonts)))
    rows = document.tables[0]._tbl.findall(f"{W}tr")
    assert len(rows) == len(kinds) and all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_the_star_of_a_masthead_leaves_the_date_over_it_more_room_than_a_rule_does(docx_fonts: FontSet) -> None:
    def room(theme: str) -> int:
        edition = replace(EDITION, columns=("en",), widths=(1.0,), theme=theme_named(theme))
        issue = Row(RowKind.ISSUE, (Cell("en", (Run("8 August", "en"),)),))
        bulletin = Bulletin("a", edition, "t", "", "", (), (), (issue,), None, (), (), (), ())
        cell = (
            docx.Document(io.BytesIO(typeset_docx(bulletin, docx_fonts))).tables[0]._tbl.find(f".//{W}tcMar/{W}bottom")
        )
        return int(cell.get(W + "w"))

    assert room("red-header") >= 100 > room("plain")
