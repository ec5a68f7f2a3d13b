"""Web pages as browsers save them and programs export them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.word_files import marked, told
from toolkit.errors import SourceError
from toolkit.report.formats import RawBlock, RawKind, read_blocks

TITLE, HEADING, PARAGRAPH, ITEM = RawKind.TITLE, RawKind.HEADING, RawKind.PARAGRAPH, RawKind.ITEM
CELL, CAPTION = RawKind.CELL, RawKind.CAPTION


def blocks(tmp_path: Path, page: str | bytes, encoding: str | None = None) -> tuple[RawBlock, ...]:
    path = tmp_path / "report.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read_blocks(path, encoding=encoding)


def test_a_page_is_read_with_its_kinds_and_without_what_nobody_sees(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>网站名</title><style>p{}</style></head><body>
    <nav><ul><li>首页</li></ul></nav><script>var x = "<p>假的</p>";</script>
    <h1>联席会议召开</h1><p>第一段&nbsp;&ldquo;引文&rdquo;。</p>
    <div hidden>看不见</div><div style="color:red; display: none">也看不见</div><noscript>请打开脚本</noscript>
    <h2>第一节</h2><ul><li>甲<ol><li><p>乙</p></li></ol></li></ul>
    <table><caption>表一</caption><tr><th>地区</th><td>甘南</td></tr></table>
    <blockquote><p>引文。</p></blockquote><h1>又一章</h1></body></html>"""
    assert told(blocks(tmp_path, page)) == [
        (TITLE, "联席会议召开"),
        (PARAGRAPH, "第一段\u00a0“引文”。"),
        (HEADING, "第一节"),
        (ITEM, "甲"),
        (ITEM, "乙"),
        (CAPTION, "表一"),
        (CELL, "地区"),
        (CELL, "甘南"),
        (PARAGRAPH, "引文。"),
        (HEADING, "又一章"),
    ]


def test_a_soup_of_divs_and_breaks_becomes_paragraphs(tmp_path: Path) -> None:
    page = (
        "<div><div>　　第一段。<br>　　第二段没有句号<br/><br/>第三段<br>接着。<br>第四段。</div>裸露的文字"
        "<div><span>第五</span><font>段</font>。</div></div>"
    )
    assert [text for _, text in told(blocks(tmp_path, page))] == [
        "第一段。",
        "第二段没有句号",
        "第三段接着。",
        "第四段。",
        "裸露的文字",
        "第五段。",
    ]


def test_white_space_of_the_file_is_that_of_the_page(tmp_path: Path) -> None:
    page = "<p>\n  联席\n  会议 <b>在甘南</b>\n  召开 \n</p>"
    page += "<p>The joint\n   <i>meeting </i> was  held</p><pre>甲  乙\n丙。</pre>"
    assert [text for _, text in told(blocks(tmp_path, page))] == [
        "联席会议 在甘南召开",
        "The joint meeting was held",
        "甲  乙丙。",
    ]


def test_bold_and_italic_by_tag_or_style_become_codes(tmp_path: Path) -> None:
    page = "<p>会议<b>强</b><strong>调</strong>，"
    page += '<span style="font-weight:700">要<em>抓</em>好</span>落实 10<sup>5</sup></p>'
    (block,) = blocks(tmp_path, page)
    assert marked(block) == "会议<bold>强调</bold>，<bold>要<italic>抓</italic>好</bold>落实 10⁵"


def test_pictures_have_the_caption_that_a_reader_sees(tmp_path: Path) -> None:
    page = (
        '<figure><img src="1.jpg" alt="别的"><figcaption>会议现场</figcaption></figure><p>正文。</p>'
        '<img src="2.jpg" alt="合影留念"><p>正文。</p><p><img src="3.jpg" alt="IMG_0003.jpg"></p><p>代表参观</p>'
        '<p><img src="data:image/png;base64,AAAA"></p><p>会议指出，要发展。</p>'
    )
    assert [(block.kind, block.text.text, block.picture) for block in blocks(tmp_path, page)] == [
        (CAPTION, "会议现场", "1.jpg"),
        (PARAGRAPH, "正文。", ""),
        (CAPTION, "合影留念", "2.jpg"),
        (PARAGRAPH, "正文。", ""),
        (CAPTION, "代表参观", "3.jpg"),
        (PARAGRAPH, "会议指出，要发展。", ""),
    ]


def test_a_table_that_only_places_text_is_no_table(tmp_path: Path) -> None:
    page = "<table><tr><td>菜单</td><td><h1>题目</h1><p>一。</p><p>二。</p></td></tr></table>"
    page += "<table><tr><td>框</td></tr></table>"
    assert told(blocks(tmp_path, page)) == [
        (CELL, "菜单"),
        (TITLE, "题目"),
        (PARAGRAPH, "一。"),
        (PARAGRAPH, "二。"),
        (PARAGRAPH, "框"),
    ]


def test_a_mark_that_links_to_a_note_is_not_text(tmp_path: Path) -> None:
    page = '<p>正文<sup><a href="#fn1">[1]</a></sup>。</p><p id="fn1">注。</p>'
    assert [text for _, text in told(blocks(tmp_path, page))] == ["正文。", "注。"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    assert [block.line for block in blocks(tmp_path, "<html>\n<body>\n<p>一。\n</p>\n\n<p>二。</p>")] == [3, 6]


PAGE = "<html><head><meta {}></head><body><p>甘南藏族自治州</p></body></html>"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (PAGE.format('charset="gb2312"').encode("gb18030"), None),
        (PAGE.format('http-equiv="Content-Type" content="text/html; charset=GBK"').encode("gb18030"), None),
        (PAGE.format('name="x"').encode("utf-8-sig"), None),
        (PAGE.format('charset="utf-8"').encode("utf-16"), None),
        (PAGE.format('charset="big5"').encode("big5", "xmlcharrefreplace"), None),
        (PAGE.format('name="x"').encode("gb18030"), "gb18030"),
        (PAGE.format('charset="gb2312"').encode(), "utf-8"),
        (PAGE.format('charset="iso-8859-1"').encode(), None),
        (('<?xml version="1.0" encoding="utf-8"?>' + PAGE.format('charset="utf-8"')).encode(), None),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_or_a_person_says(
    tmp_path: Path, page: bytes, encoding: str | None
) -> None:
    assert [block.text.text for block in blocks(tmp_path, page, encoding)] == ["甘南藏族自治州"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (PAGE.format('charset="gb2312"').encode(), "says it is in “gb2312”, but it reads as UTF-8: “甘南藏族自治州"),
        (PAGE.format('charset="utf-8"').encode("gb18030"), "is not UTF-8 text"),
        (PAGE.format('charset="klingon"').encode(), "“klingon”, which is not known"),
        (PAGE.format('name="x"').encode("gb18030"), "reads as GBK"),
        (b"\x89PNG\0\0", "binary"),
        (b"<!-- nothing -->", "has no text"),
    ],
)
def test_a_page_in_another_encoding_than_it_says_is_told_so(tmp_path: Path, page: bytes, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        blocks(tmp_path, page)
    assert says in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "blockquote"])
def test_elements_nested_without_end_are_refused_and_nothing_is_cut_off_in_silence(tmp_path: Path, tag: str) -> None:
    with pytest.raises(SourceError, match="elements inside each other"):
        blocks(tmp_path, "<p>正文。</p>" + f"<{tag}>" * 10_000 + "深处的话")


def test_nothing_outside_the_page_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]><p>看&s;</p><iframe src="{secret.as_uri()}"></iframe>'
    )
    assert "秘密" not in "".join(block.text.text for block in blocks(tmp_path, page))
