"""Numbers that Word writes by itself stand in the report as a reader sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.word_files import W, p, part, read, relations, style, word_file
from toolkit.report.formats.docx_numbering import in_words

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("bullet", "•"))


def numbering(*, more: str = "") -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for number, (kind, text) in enumerate(LEVELS)
    )
    first = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    return f'{first}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'


def numbered(text: str, level: int = 0, number_id: int = 1, style: str = "") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
    return p(text, properties=properties, style=style)


def texts(path: Path, body: str, lists: str, styles: str = "") -> list[str]:
    kinds = {"rIdn": ("numbering", "numbering.xml"), "rIds": ("styles", "styles.xml")}
    more = {"word/numbering.xml": part("numbering", lists, W), "word/_rels/document.xml.rels": relations(kinds)}
    return [block.text.text for block in read(word_file(path, body, styles=styles, more=more))]


def test_numbered_headings_and_items_begin_with_their_numbers(tmp_path: Path) -> None:
    body = numbered("总体要求") + numbered("指导思想", 1) + numbered("第一点", 2) + numbered("第二点", 2)
    body += numbered("基本原则", 1) + numbered("其一", 2) + numbered("重点任务")
    assert texts(tmp_path / "r.docx", body, numbering()) == [
        "一、总体要求",
        "（一）指导思想",
        "1. 第一点",
        "2. 第二点",
        "（二）基本原则",
        "1. 其一",
        "二、重点任务",
    ]


def test_bullets_and_paragraphs_without_a_list_have_none(tmp_path: Path) -> None:
    assert texts(tmp_path / "r.docx", numbered("牦牛", 3) + p("草场。"), numbering()) == ["牦牛", "草场。"]


def test_a_heading_style_brings_its_number(tmp_path: Path) -> None:
    heading = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'
    body = p("保障措施", style="2") + p("加强领导。") + p("附则", style="2")
    styles = style("2", "heading 2", heading)
    assert texts(tmp_path / "r.docx", body, numbering(), styles) == ["（一）保障措施", "加强领导。", "（二）附则"]


def test_another_list_may_begin_anew_and_two_numbers_of_one_list_count_on(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    more += '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    body = numbered("甲") + numbered("乙") + numbered("丙", number_id=2) + numbered("丁", number_id=3)
    assert texts(tmp_path / "r.docx", body, numbering(more=more)) == ["一、甲", "二、乙", "一、丙", "三、丁"]


def test_a_list_that_is_not_defined_has_no_numbers(tmp_path: Path) -> None:
    assert texts(tmp_path / "r.docx", numbered("甲", number_id=9), numbering()) == ["甲"]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (2023, "ideographDigital", "二〇二三"),
        (3, "ideographTraditional", "丙"),
        (27, "lowerLetter", "aa"),
        (4, "upperRoman", "IV"),
        (7, "decimalEnclosedCircle", "⑦"),
        (21, "decimalEnclosedCircle", "21"),
        (0, "chineseCounting", "〇"),
        (5, "a format of tomorrow", "5"),
    ],
)
def test_numbers_are_written_as_the_list_says(number: int, kind: str, written: str) -> None:
    assert in_words(number, kind) == written
