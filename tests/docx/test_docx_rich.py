"""Pictures, links, comments, list items, the term index, and what a theme draws between rows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.docx.conftest import photograph, rich
from toolkit.bulletin.model import Cell, Picture, Row, RowKind, Run
from toolkit.bulletin.themes import theme_named
from toolkit.docx import typeset_docx
from toolkit.docx.comments import COMMENT_AUTHOR
from toolkit.docx.drawings import extent_of
from toolkit.docx.index import depths_of
from toolkit.fonts import FontSet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Parts = dict[str, etree._Element]


def text(element: etree._Element) -> str:
    return "".join(str(one.text or "") for one in element.iter(W + "t"))


def rows_of(parts: Parts, table: int) -> list[etree._Element]:
    tables = [one for one in parts["word/document.xml"].iter(W + "tbl") if one.getparent().tag == W + "body"]  # type: ignore[union-attr]
    return tables[table].findall(W + "tr")


def test_a_comment_stands_around_the_text_it_is_about(rich_xml: Parts) -> None:
    document = rich_xml["word/document.xml"]
    around: dict[str, str] = {}
    is_open: set[str] = set()
    for one in document.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t"):
        if one.tag == W + "t":
            for key in is_open:
                around[key] += one.text or ""
        elif one.tag == W + "commentRangeStart":
            is_open.add(str(one.get(W + "id")))
            around[str(one.get(W + "id"))] = ""
        else:
            is_open.remove(str(one.get(W + "id")))
    assert [words[:27] for words in around.values()] == [
        "On 8 August 2023 the joint ",
        "",
        "On 8 August 2023 the joint ",
    ]
    references = [str(one.get(W + "id")) for one in document.iter(W + "commentReference")]
    assert references == list(around) == ["0", "1", "2"]


def test_comments_say_what_was_found_and_are_told_from_a_persons(rich_bytes: bytes) -> None:
    comments = list(docx.Document(io.BytesIO(rich_bytes)).comments)
    assert [comment.author for comment in comments] == [COMMENT_AUTHOR] * 3
    assert [comment.initials for comment in comments] == ["BT"] * 3
    assert comments[0].text == "error: number\n2392.67亿元 is not 239 million; compare དུང་ཕྱུར།"
    assert comments[1].text == "warning: gap\nnothing stands here"
    assert {comment.timestamp.year for comment in comments if comment.timestamp} == {1980}  # the same whenever made


def test_what_a_comment_quotes_is_in_its_own_language_and_font(rich_xml: Parts) -> None:
    spoken = {
        text(run): (run.find(f"{W}rPr/{W}lang").get(W + "val"), run.find(f"{W}rPr/{W}cs") is not None)  # type: ignore[union-attr]
        for run in rich_xml["word/comments.xml"][0].iter(W + "r")
    }
    assert spoken["དུང་ཕྱུར།"] == ("bo-CN", True)
    assert spoken["2392.67"] == spoken["亿元 "] == ("zh-CN", False)


def test_the_record_knows_our_comments(rich_xml: Parts) -> None:
    hashes = str(rich_xml["customXml/item1.xml"].get("comments")).split()
    assert len(hashes) == 3 and hashes[0] == hashes[2] != hashes[1]


def test_a_picture_stands_over_all_columns_on_the_page_of_its_caption(rich_xml: Parts, rich_bytes: bytes) -> None:
    row = rows_of(rich_xml, 1)[2]
    (cell,) = row.findall(W + "tc")
    assert cell.find(f"{W}tcPr/{W}gridSpan").get(W + "val") == "3"  # type: ignore[union-attr]
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    style = rich_xml["word/styles.xml"].find(f"{W}style[@{W}styleId='BulletinPicture']")
    assert style is not None and style.find(f".//{W}keepNext") is not None
    described = row.find(f".//{WP}docPr")
    assert described is not None and described.get("descr") == "会场\nThe hall"
    shape = docx.Document(io.BytesIO(rich_bytes)).inline_shapes[1]  # the first is the star
    assert shape.width.pt == pytest.approx(1.5 * shape.height.pt, abs=0.01)


def test_a_picture_that_stands_twice_is_stored_once(rich_xml: Parts, rich_bytes: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(rich_bytes)) as archive:
        (name,) = [name for name in archive.namelist() if "media" in name]
        assert archive.read(name) == photograph().data
        assert 'Extension="png" ContentType="image/png"' in archive.read("[Content_Types].xml").decode()
    numbers = [one.get("id") for one in rich_xml["word/document.xml"].iter(WP + "docPr")]
    assert numbers == ["1", "2", "3"]


@pytest.mark.parametrize(("width", "height"), [(4000, 500), (500, 4000), (100, 100)])
def test_a_picture_is_no_wider_than_the_text_no_higher_than_half_of_it_and_not_blown_up(
    width: int, height: int
) -> None:
    edition = rich().edition
    extent = extent_of(Picture("p", "", width, height, "png", b""), edition)
    assert extent.width / extent.height == pytest.approx(width / height)
    assert extent.width <= edition.page_width - edition.margin_left - edition.margin_right + 0.001
    assert extent.height <= 0.45 * (edition.page_height - edition.margin_top - edition.margin_bottom) + 0.001
    assert extent.width <= width * 72 / 150 + 0.001


def test_neighbouring_runs_of_one_address_are_one_link(rich_xml: Parts) -> None:
    (link,) = rich_xml["word/document.xml"].iter(W + "hyperlink")
    assert text(link) == "the report"
    (target,) = [one for one in rich_xml["word/_rels/document.xml.rels"] if one.get("TargetMode") == "External"]
    assert target.get("Target") == "https://example.org/a?b=1&c=2" and target.get("Id") == link.get(R + "id")
    assert {one.get(W + "val") for one in link.iter(W + "rStyle")} == {"BulletinLink"}


def test_an_address_is_written_as_a_uri(docx_fonts: FontSet) -> None:
    run = Run("报告", "zh", link="https://example.org/报告\u0001?a=%20[1]#b")
    bulletin = replace(rich(), rows=(Row(RowKind.PARAGRAPH, (Cell("zh", (run,)),)),), index=())
    relations = docx.Document(io.BytesIO(typeset_docx(bulletin, docx_fonts))).part.rels.values()
    (target,) = [relation.target_ref for relation in relations if relation.is_external]
    assert target == "https://example.org/%E6%8A%A5%E5%91%8A?a=%20[1]#b"


def test_a_raised_run_is_a_superscript(rich_xml: Parts) -> None:
    raised = [
        run for run in rich_xml["word/document.xml"].iter(W + "r") if run.find(f"{W}rPr/{W}vertAlign") is not None
    ]
    assert [text(run) for run in raised] == ["2"]


def test_a_list_item_hangs_out_its_bullet(rich_xml: Parts) -> None:
    items = [
        paragraph
        for paragraph in rich_xml["word/document.xml"].iter(W + "p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and "ListItem" in str(style.get(W + "val"))
    ]
    assert [text(paragraph)[0] for paragraph in items] == ["•"] * 3
    assert all(paragraph.find(f"{W}r/{W}tab") is not None for paragraph in items)
    indents = [
        rich_xml["word/styles.xml"].find(f"{W}style[@{W}styleId='BulletinListItem{name}English']/{W}pPr/{W}ind")
        for name in ("", "Continued")
    ]
    room = str(round(1.2 * theme_named("red-header").style("paragraph", "en").size * 20))
    assert [dict(indent.attrib) for indent in indents if indent is not None] == [
        {f"{W}left": room, f"{W}hanging": room},
        {f"{W}left": room},
    ]


def test_the_index_leads_to_the_bookmark_of_each_text_in_its_own_column(rich_xml: Parts) -> None:
    head, hezuo, report = rows_of(rich_xml, 3)
    assert text(head) == "索引Indexམིང་གཞིའི་དཀར་ཆག"
    names = {str(one.get(W + "name")) for one in rich_xml["word/document.xml"].iter(W + "bookmarkStart")}
    instructions = [
        [str(field.get(W + "instr")).split() for field in cell.iter(W + "fldSimple")]
        for row in (hezuo, report)
        for cell in row.findall(W + "tc")
    ]
    assert [fields[0][1] for fields in instructions[:5]] == [
        "bt4_zh_s1",
        "bt4_en_s1_0123456789abcdef",
        "bt4_bo_s1",
        *[f"bt6_{one}_s3" for one in ("zh", "en")],
    ]
    assert instructions[5] == []  # the term has no Tibetan name
    for kind, bookmark, switch in (field for fields in instructions for field in fields):
        assert (kind, switch) == ("PAGEREF", "\\h") and bookmark in names
    assert not list(rich_xml["word/settings.xml"].iter(W + "updateFields"))


def test_the_index_hangs_and_its_figures_are_of_one_size_in_all_columns(rich_xml: Parts) -> None:
    styles = {str(style.get(W + "styleId")): style for style in rich_xml["word/styles.xml"].iter(W + "style")}
    for language in ("Chinese", "English", "Tibetan"):
        indent = styles[f"BulletinIndex{language}"].find(f"{W}pPr/{W}ind")
        assert indent is not None and indent.get(W + "hanging") == indent.get(W + "left") != "0"
    _, english, tibetan = rows_of(rich_xml, 3)[1].findall(W + "tc")
    size = styles["BulletinIndexEnglish"].find(f"{W}rPr/{W}sz")
    assert size is not None and not list(next(english.iter(W + "fldSimple")).iter(W + "sz"))
    (figures,) = next(tibetan.iter(W + "fldSimple"))
    assert [one.get(W + "val") for one in figures.iter(W + "sz")] == [size.get(W + "val")]
    assert [one.get(W + "ascii") for one in figures.iter(W + "rFonts")] == ["Source Serif 4"]


def test_a_term_has_at_most_one_page_number_for_half_a_page(rich_xml: Parts) -> None:
    hezuo = rows_of(rich_xml, 3)[1]
    depths = depths_of(rich())
    assert depths["s2"] - depths["s1"] < 0.5
    assert [len(list(cell.iter(W + "fldSimple"))) for cell in hezuo.findall(W + "tc")] == [1, 1, 1]


def test_depths_grow_with_the_text() -> None:
    bulletin = rich()
    longer = replace(bulletin, rows=bulletin.rows * 20)
    assert list(depths_of(longer)) == ["s1", "s3", "s2"]
    assert 0 < depths_of(bulletin)["s1"] < depths_of(bulletin)["s2"] < 1
    assert depths_of(replace(bulletin, rows=(*bulletin.rows[:1] * 60, bulletin.rows[-1])))["s2"] > 2


def test_a_picture_without_words_has_no_empty_row_under_it(docx_fonts: FontSet) -> None:
    bulletin = rich()
    bare = replace(bulletin.rows[1], cells=tuple(replace(cell, runs=()) for cell in bulletin.rows[1].cells))
    bulletin = replace(bulletin, rows=(bulletin.rows[0], bare, bulletin.rows[4]))
    body = docx.Document(io.BytesIO(typeset_docx(bulletin, docx_fonts))).element.body
    rows = body.findall(qn("w:tbl"))[1].findall(qn("w:tr"))
    assert [len(row.findall(qn("w:tc"))) for row in rows] == [3, 3, 1, 3]  # names, text, picture, text


def test_rows_that_may_not_split_are_kept_whole(rich_xml: Parts) -> None:
    for row in (row for table in (0, 1, 2) for row in rows_of(rich_xml, table)):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_a_red_header_has_a_rule_parted_by_a_star(rich_xml: Parts) -> None:
    star = rows_of(rich_xml, 0)[1]
    lines = [line for line in star.iter(W + "bottom") if line.get(W + "color") == "C8102E"]
    assert [line.get(W + "sz") for line in lines] == ["18", "18"]  # 2.2 pt, left and right
    assert any(one.get("prst") == "star5" for one in star.iter())
    assert not text(star)


@pytest.mark.parametrize(("theme", "kind", "size"), [("classic", "single", "11"), ("plain", "double", "5")])
def test_other_themes_rule_the_masthead_itself(theme: str, kind: str, size: str, docx_fonts: FontSet) -> None:
    bulletin = rich()
    bulletin = replace(bulletin, edition=replace(bulletin.edition, theme=theme_named(theme)))
    body = docx.Document(io.BytesIO(typeset_docx(bulletin, docx_fonts))).element.body
    lines = list(body.findall(qn("w:tbl"))[0].findall(qn("w:tr"))[0].iter(qn("w:bottom")))
    lines = [line for line in lines if line.get(qn("w:sz"))]
    assert {(line.get(qn("w:val")), line.get(qn("w:sz"))) for line in lines} == {(kind, size)} and len(lines) == 3


def test_rules_between_rows_and_columns_are_the_editions(docx_fonts: FontSet) -> None:
    bulletin = replace(rich(), rows=(rich().rows[0], rich().rows[4]))
    found = {}
    for provenance in (True, False):
        edition = replace(bulletin.edition, provenance=provenance, theme=theme_named("classic"))
        body = docx.Document(io.BytesIO(typeset_docx(replace(bulletin, edition=edition), docx_fonts))).element.body
        last = body.findall(qn("w:tbl"))[1].findall(qn("w:tr"))[-1]
        sides = [side.tag for borders in last.iter(qn("w:tcBorders")) for side in borders]
        found[provenance] = sorted({str(side).split("}")[1] for side in sides})
    assert found == {True: ["top"], False: ["right"]}
