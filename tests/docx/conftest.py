"""Two small trilingual bulletins with everything a page can hold, typeset once for all tests of this folder."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest
from lxml import etree

from toolkit.bulletin.model import (
    Bulletin,
    Cell,
    Comment,
    Edition,
    IndexEntry,
    Mark,
    Picture,
    Row,
    RowKind,
    Run,
    page_foot,
)
from toolkit.bulletin.themes import theme_named
from toolkit.docx import typeset_docx
from toolkit.fonts import FontSet, bundled_fonts
from toolkit.languages import Language

COLUMNS: tuple[Language, ...] = ("zh", "en", "bo")
HEADING = ("一、总体要求", "I. General requirements", "དང་པོ། སྤྱིའི་རེ་འདུན།")
NAMES = ("中文", "English", "བོད་ཡིག")
STAMP = ("草稿 — 不得印刷", "DRAFT – NOT FOR PRINT", "ཟིན་བྲིས། པར་འདེབས་མི་རུང༌།")
TITLE = (
    "甘南州举行“五省区”联席会议",
    "Joint Meeting of “Five Provinces” in Gannan",
    "ཀན་ལྷོ་ཁུལ་དུ་མཉམ་འཛོམས་ཚོགས་འདུ་འཚོགས་པ།",
)
BODY = (
    "2023年8月8日，联席会议在合作市召开：总投资2392.67亿元。“共同打造”GDP平台——热线12345。",
    "On 8 August 2023 the joint meeting was held in Hezuo City; “total investment” was 239.267 billion yuan.",
    "2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན་ལ། གཙོས་གྲོང་ཁྱེར་དུ་མཉམ་འཛོམས་ཚོགས་འདུ་འཚོགས་པ་རེད།",
)
BODY_BO_NEXT = "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐང་གི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།"


def row(kind: RowKind, texts: tuple[str, str, str], **more: object) -> Row:
    cells = tuple(Cell(language, (Run(text, language),)) for language, text in zip(COLUMNS, texts, strict=True))
    return Row(kind, cells, **more)  # type: ignore[arg-type]


def marked_row() -> Row:
    """Every mark, bold, emphasis, foreign words, a character without a glyph, and notes in three languages."""
    note = (Run("term: ", "en"), Run("合作市", "zh"), Run(" → ", "en"), Run("གཙོས་གྲོང་ཁྱེར།", "bo"))
    english = (
        Run("Unreviewed ", "en", mark=Mark.UNREVIEWED),
        Run("bold ", "en", bold=True),
        Run("stressed ", "en", emphasis=True),
        Run("甘南（合作）", "zh"),
        Run(" ཀན་ལྷོ་", "bo"),
        Run(" no glyph: \u1234\u0001\r.", "en"),
    )
    tibetan = (
        Run("༄༅། །", "bo", mark=Mark.ORNAMENT),
        Run("缺译：2023年。", "zh", mark=Mark.GAP),
        Run("ནན་བཤད།", "bo", emphasis=True),
        Run("Gannan", "en"),
    )
    chinese = (Run("强调", "zh", emphasis=True), Run("与加粗", "zh", bold=True))
    cells = (Cell("zh", chinese), Cell("en", english, (note, note[:1])), Cell("bo", tibetan, (note,)))
    return Row(RowKind.PARAGRAPH, cells, anchor="s002")


def sample() -> Bulletin:
    edition = Edition(
        "zh-en-bo", COLUMNS, (0.8, 1.0, 1.1), 841.89, 595.28, 62.0, 60.0, 54.0, 54.0, 16.0, provenance=True
    )
    return Bulletin(
        name="gannan-2023",
        edition=edition,
        title=TITLE[0],
        subject="Joint meeting",
        author="甘南日报",
        keywords=("བོད་ཡིག", "bulletin"),
        running_title=row(RowKind.TITLE, TITLE).cells,
        head_rows=(row(RowKind.MASTHEAD, NAMES), row(RowKind.TITLE, TITLE)),
        column_head=row(RowKind.COLUMN_HEAD, NAMES),
        rows=(
            row(RowKind.HEADING, HEADING, anchor="s000"),
            row(RowKind.PARAGRAPH, BODY, anchor="s001"),
            row(RowKind.PARAGRAPH, (*BODY[:2], BODY_BO_NEXT), opens_paragraph=False, anchor="s001"),
            marked_row(),
            row(RowKind.CAPTION, NAMES),
        ),
        tail_rows=(row(RowKind.COLOPHON, NAMES),),
        stamp=row(RowKind.NOTICE, STAMP).cells,
        foot=(
            page_foot("zh", "第{page}页，共{pages}页"),
            page_foot("en", "Page {page} of {pages}"),
            page_foot("bo", "ཤོག་ངོས་{page} / {pages}"),
        ),
    )


def photograph(width: int = 1200, height: int = 800) -> Picture:
    """A PNG of one colour, with alternative texts in two languages."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\xc8\x10\x2e" * width) * height)
    header = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    alternatives: tuple[tuple[Language, str], ...] = (("zh", "会场"), ("en", "The hall"))
    return Picture("hall.png", hashlib.sha256(data).hexdigest(), width, height, "png", data, alternatives)


def told(segment: str, zh: str, en: str, bo: str, **more: object) -> Row:
    """A paragraph of one segment; the English has a comment of a check."""
    finding = Comment(segment, "error: number", "2392.67亿元 is not 239 million; compare དུང་ཕྱུར།")
    cells = (
        Cell("zh", (Run(zh, "zh", segment=segment),)),
        Cell("en", (Run(en, "en", segment=segment),), bases=((segment, "0123456789abcdef"),), comments=(finding,)),
        Cell("bo", (Run(bo, "bo", segment=segment),)),
    )
    return Row(RowKind.PARAGRAPH, cells, anchor=segment, **more)  # type: ignore[arg-type]


def linked_row() -> Row:
    """Links, a superscript, a bullet, and a comment on a segment that has no text."""
    english = (
        Run("• ", "en", mark=Mark.ORNAMENT),
        Run("See ", "en", segment="s3"),
        Run("the ", "en", segment="s3", link="https://example.org/a?b=1&c=2"),
        Run("report", "en", bold=True, segment="s3", link="https://example.org/a?b=1&c=2"),
        Run("2", "en", segment="s3", raised=True),
    )
    chinese = (Run("• ", "zh", mark=Mark.ORNAMENT), Run("见报告。", "zh", segment="s3"))
    tibetan = (Run("• ", "bo", mark=Mark.ORNAMENT), Run("སྙན་ཞུ་ལ་གཟིགས།", "bo", segment="s3"))
    lost = Comment("s9", "warning: gap", "nothing stands here")
    cells = (Cell("zh", chinese), Cell("en", english, comments=(lost,)), Cell("bo", tibetan))
    return Row(RowKind.PARAGRAPH, cells, opens_paragraph=False, item="begins")


def rich() -> Bulletin:
    """The sample under a red header, with a picture, links, a list item, comments and a term index."""
    plain = sample()
    edition = replace(plain.edition, name="rich", theme=theme_named("red-header"), provenance=False, splits_rows=False)
    rows = (
        told("s1", *BODY),
        replace(row(RowKind.CAPTION, NAMES), picture=photograph()),
        linked_row(),
        replace(row(RowKind.CAPTION, NAMES), picture=photograph()),
        told("s2", *BODY, opens_paragraph=False),
    )
    index = (
        IndexEntry((("zh", "合作市"), ("en", "Hezuo City"), ("bo", "གཙོས་གྲོང་ཁྱེར།")), ("s1", "s2")),
        IndexEntry((("zh", "报告"), ("en", "report")), ("s3",)),
    )
    head = row(RowKind.HEADING, ("索引", "Index", "མིང་གཞིའི་དཀར་ཆག"))
    return replace(plain, edition=edition, rows=rows, report="gannan-2023", index_head=head, index=index)


@pytest.fixture(scope="session")
def docx_bulletin() -> Bulletin:
    return sample()


@pytest.fixture(scope="session")
def docx_fonts() -> FontSet:
    return bundled_fonts()


@pytest.fixture(scope="session")
def docx_bytes(docx_bulletin: Bulletin, docx_fonts: FontSet) -> bytes:
    return typeset_docx(docx_bulletin, docx_fonts)


@pytest.fixture(scope="session")
def docx_parts(docx_bytes: bytes) -> dict[str, bytes]:
    """Name in the zip, and content."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def docx_xml(docx_parts: dict[str, bytes]) -> dict[str, etree._Element]:
    """The parts that are XML, parsed."""
    return {name: etree.fromstring(data) for name, data in docx_parts.items() if name.endswith((".xml", ".rels"))}


@pytest.fixture(scope="session")
def rich_bytes(docx_fonts: FontSet) -> bytes:
    return typeset_docx(rich(), docx_fonts)


@pytest.fixture(scope="session")
def rich_xml(rich_bytes: bytes) -> dict[str, etree._Element]:
    """The XML parts of the richer bulletin, parsed."""
    with zipfile.ZipFile(io.BytesIO(rich_bytes)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
