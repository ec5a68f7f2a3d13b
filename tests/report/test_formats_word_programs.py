"""Word files that other programs really wrote: python-docx and LibreOffice."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import docx
import pytest
from docx.shared import Cm

from tests.report.word_files import by_libreoffice, marked, told
from toolkit.report.formats import RawBlock, RawKind, read_blocks

TITLE, HEADING, PARAGRAPH, ITEM = RawKind.TITLE, RawKind.HEADING, RawKind.PARAGRAPH, RawKind.ITEM
CELL, FOOTNOTE, CAPTION = RawKind.CELL, RawKind.FOOTNOTE, RawKind.CAPTION

FLAT_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
 <style:style style:name="Title" style:family="paragraph"/>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:default-outline-level="1"/>
</office:styles>
<office:automatic-styles>
 <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"
  style:font-weight-asian="bold"/></style:style>
</office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="d1"><text:deletion><office:change-info><dc:creator>赵</dc:creator>
<dc:date>2023-08-08T10:00:00</dc:date></office:change-info><text:p>草率</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="i1"><text:insertion><office:change-info><dc:creator>赵</dc:creator>
<dc:date>2023-08-08T10:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p text:style-name="Title">联席会议召开</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">一、致辞</text:h>
<text:p>会议<text:span text:style-name="B">强调</text:span>团结<text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>脚注文字。</text:p></text:note-body></text:note>，<text:change
 text:change-id="d1"/><text:change-start text:change-id="i1"/>认真<text:change-end text:change-id="i1"/>落实。</text:p>
<text:list><text:list-item><text:p>第一项</text:p><text:list><text:list-item><text:p>分项</text:p></text:list-item>
</text:list></text:list-item></text:list>
<table:table><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>地区</text:p></table:table-cell>
<table:table-cell><text:p>甘南</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>果洛</text:p></table:table-cell></table:table-row>
</table:table>
<text:p>表后。<draw:frame text:anchor-type="paragraph" svg:width="4cm"><draw:text-box><text:p>框中文字</text:p>
</draw:text-box></draw:frame></text:p>
</office:text></office:body></office:document>
"""


def png(path: Path) -> Path:
    """A picture of one white point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    )
    return path


@pytest.fixture(scope="module")
def by_python_docx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything that python-docx can write."""
    folder = tmp_path_factory.mktemp("word")
    document = docx.Document()
    document.add_heading("联席会议召开", 0)
    document.add_heading("一、致辞", 1)
    paragraph = document.add_paragraph("会议")
    paragraph.add_run("强调").bold = True
    paragraph.add_run("：")
    paragraph.add_run("团结").italic = True
    paragraph.add_run("。")
    document.add_paragraph("第一项", style="List Bullet")
    document.add_paragraph("分项", style="List Bullet 2")
    document.add_paragraph("编号项", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "地区"
    table.cell(0, 1).text, table.cell(1, 1).text = "甘南", "果洛"
    document.add_picture(str(png(folder / "point.png")), width=Cm(2))
    document.add_paragraph("图1 会议现场", style="Caption")
    document.sections[0].header.paragraphs[0].text = "页眉"
    path = folder / "report.docx"
    document.save(str(path))
    return path


SAID = [
    (TITLE, "联席会议召开"),
    (HEADING, "一、致辞"),
    (PARAGRAPH, "会议强调：团结。"),
    (ITEM, "第一项"),
    (ITEM, "分项"),
    (PARAGRAPH, "1. 编号项"),
    (CELL, "地区"),
    (CELL, "甘南"),
    (CELL, "果洛"),
    (CAPTION, "图1 会议现场"),
]


def with_picture(blocks: tuple[RawBlock, ...]) -> list[str]:
    return [block.text.text for block in blocks if block.picture.startswith("word/media/")]


def test_what_python_docx_writes_is_read(by_python_docx: Path) -> None:
    blocks = read_blocks(by_python_docx)
    assert told(blocks) == SAID
    assert marked(blocks[2]) == "会议<bold>强调</bold>：<italic>团结</italic>。"
    assert with_picture(blocks) == ["图1 会议现场"]


def test_the_same_saved_again_by_libreoffice_reads_the_same(by_python_docx: Path) -> None:
    blocks = read_blocks(by_libreoffice(by_python_docx, "docx"))
    assert told(blocks) == SAID
    assert marked(blocks[2]) == "会议<bold>强调</bold>：<italic>团结</italic>。"
    assert with_picture(blocks) == ["图1 会议现场"]


def test_an_open_document_that_libreoffice_saved_as_word_file_is_read(tmp_path: Path) -> None:
    source = tmp_path / "report.fodt"
    source.write_text(FLAT_ODT, encoding="utf-8")
    blocks = read_blocks(by_libreoffice(source, "docx"))
    assert told(blocks) == [
        (TITLE, "联席会议召开"),
        (HEADING, "一、致辞"),
        (PARAGRAPH, "会议强调团结，认真落实。"),
        (FOOTNOTE, "脚注文字。"),
        (ITEM, "第一项"),
        (ITEM, "分项"),
        (CELL, "地区"),
        (CELL, "甘南"),
        (CELL, "果洛"),
        (PARAGRAPH, "表后。"),
        (PARAGRAPH, "框中文字"),
    ]
    assert marked(blocks[2]).startswith("会议<bold>强调</bold>团结")
    assert [block.level for block in blocks if block.kind is ITEM] == [0, 1]
