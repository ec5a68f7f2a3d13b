"""Markdown as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.word_files import marked, told
from toolkit.errors import SourceError
from toolkit.report.formats import RawBlock, RawKind, read_blocks

TITLE, HEADING, PARAGRAPH, ITEM = RawKind.TITLE, RawKind.HEADING, RawKind.PARAGRAPH, RawKind.ITEM
CELL, FOOTNOTE, CAPTION = RawKind.CELL, RawKind.FOOTNOTE, RawKind.CAPTION


def blocks(tmp_path: Path, text: str) -> tuple[RawBlock, ...]:
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    return read_blocks(path)


def test_headings_lists_tables_and_quotations_have_their_kinds_and_lines(tmp_path: Path) -> None:
    text = (
        "# 题目\n\n第一段，\n接着写。\n\n## 第一节\n\n- 甲\n  1. 乙\n\n     乙的第二段\n- 丙\n\n"
        "> 引文。\n\n| 地区 | 数 |\n|---|---|\n| 甘南 | 8 |\n\n---\n\n# 又一章\n"
    )
    found = blocks(tmp_path, text)
    assert told(found) == [
        (TITLE, "题目"),
        (PARAGRAPH, "第一段，接着写。"),
        (HEADING, "第一节"),
        (ITEM, "甲"),
        (ITEM, "乙"),
        (ITEM, "乙的第二段"),
        (ITEM, "丙"),
        (PARAGRAPH, "引文。"),
        (CELL, "地区"),
        (CELL, "数"),
        (CELL, "甘南"),
        (CELL, "8"),
        (HEADING, "又一章"),
    ]
    assert [block.line for block in found] == [1, 3, 6, 8, 9, 11, 12, 14, 16, 16, 18, 18, 22]
    assert [block.level for block in found if block.kind is ITEM] == [0, 1, 1, 0]


def test_emphasis_becomes_codes_beside_chinese_quotation_marks_too(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "会议*强调*，**“两个确立”**是**根本**。\\*不是\\*")
    assert marked(block) == "会议<italic>强调</italic>，<bold>“两个确立”</bold>是<bold>根本</bold>。*不是*"


def test_lone_asterisks_stay(tmp_path: Path) -> None:
    (block,) = blocks(tmp_path, "面积 3 ** 2 大")
    assert (block.text.text, block.text.codes) == ("面积 3 ** 2 大", ())


def test_lines_of_a_paragraph_are_joined_as_their_script_wants(tmp_path: Path) -> None:
    text = "The joint\nmeeting\n\n联席\n会议\n\nབཀྲ་\nཤིས།\n\n一行  \n硬换行\n"
    assert [block.text.text for block in blocks(tmp_path, text)] == [
        "The joint meeting",
        "联席会议",
        "བཀྲ་ཤིས།",
        "一行硬换行",
    ]


def test_a_picture_is_the_caption_that_its_description_is_or_takes_the_next_short_line(tmp_path: Path) -> None:
    found = blocks(
        tmp_path, "正文。\n\n![会议现场](img/1.jpg)\n\n正文。\n\n![](img/2.jpg)\n\n合影留念\n\n文中![图注](3.png)有图。"
    )
    assert [(block.kind, block.text.text, block.picture) for block in found] == [
        (PARAGRAPH, "正文。", ""),
        (CAPTION, "会议现场", "img/1.jpg"),
        (PARAGRAPH, "正文。", ""),
        (CAPTION, "合影留念", "img/2.jpg"),
        (PARAGRAPH, "文中有图。", ""),
        (CAPTION, "图注", "3.png"),
    ]


def test_footnotes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    text = "甲[^1]，乙[^无]。\n\n[^1]: 注**一**\n    接着。\n\n第二段。\n\n[^2]: 没人提到。\n"
    found = blocks(tmp_path, text)
    assert told(found) == [
        (PARAGRAPH, "甲，乙[^无]。"),
        (FOOTNOTE, "注一接着。"),
        (PARAGRAPH, "第二段。"),
        (FOOTNOTE, "没人提到。"),
    ]
    assert [block.line for block in found] == [1, 3, 6, 8]
    assert marked(found[1]) == "注<bold>一</bold>接着。"


def test_what_looks_like_a_footnote_in_a_code_block_is_text(tmp_path: Path) -> None:
    assert [block.text.text for block in blocks(tmp_path, "```\n[^1]: 原样\n```\n")] == ["[^1]: 原样"]


def test_tags_are_left_out_and_the_text_between_them_stays(tmp_path: Path) -> None:
    text = '<div align="center">\n居中的话\n</div>\n\n前<b>中</b>后<!-- 评注 -->\n\n<script>alert(1)</script>\n'
    assert [block.text.text for block in blocks(tmp_path, text)] == ["居中的话", "前中后"]


def test_an_indent_of_four_spaces_begins_a_paragraph_as_it_does_in_chinese(tmp_path: Path) -> None:
    assert told(blocks(tmp_path, "    第一段。\n\n　　第二段。\n")) == [
        (PARAGRAPH, "第一段。"),
        (PARAGRAPH, "第二段。"),
    ]


def test_front_matter_gives_the_title_and_keeps_the_line_numbers(tmp_path: Path) -> None:
    found = blocks(tmp_path, '---\ntitle: "联席会议召开"\ndate: 2023-08-08\n---\n\n# 第一节\n')
    assert [(block.kind, block.text.text, block.line) for block in found] == [
        (TITLE, "联席会议召开", 1),
        (HEADING, "第一节", 6),
    ]


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert [block.text.text for block in blocks(tmp_path, "---\n\n正文。\n\n---\n")] == ["正文。"]


@pytest.mark.parametrize("line", [">" * 10_000 + "深", "- " * 10_000 + "深"])
def test_blocks_nested_without_end_are_refused_with_their_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(SourceError, match=r"report\.md:3: has more than \d+ lists or quotations"):
        blocks(tmp_path, f"正文。\n\n{line}\n")


def test_lists_as_deep_as_people_write_them_are_read_whole(tmp_path: Path) -> None:
    text = "\n".join("  " * level + f"- 第{level}层" for level in range(12))
    assert len(blocks(tmp_path, text)) == 12
