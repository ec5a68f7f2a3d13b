"""Reads a PDF of ours back as other programs do: the structure tree, the text of each of its elements, links."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pdf_samples import make_bulletin
from PIL import Image

from toolkit.bulletin.model import Bulletin, Cell, IndexEntry, Picture, Row, RowKind, Run
from toolkit.files import sha256
from toolkit.languages import Language


@dataclass
class Spoken:
    """A structure element as read: its tag, the language that holds in it, its own text and what is under it."""

    tag: str
    language: str
    node: Any = field(repr=False)
    text: str = ""
    under: list[Spoken] = field(default_factory=list)

    def all(self) -> Iterator[Spoken]:
        yield self
        for child in self.under:
            yield from child.all()

    @property
    def outline(self) -> str:
        """The tags alone: `Sect(P P)`."""
        inner = " ".join(child.outline for child in self.under)
        return f"{self.tag}({inner})" if inner else self.tag


def read_structure(pdf: pikepdf.Pdf) -> Spoken:
    """The structure tree with the text that the pages' marks give each element."""
    texts = marked_texts(pdf)
    pages = {tuple(page.objgen): number for number, page in enumerate(pdf.pages)}

    def read(node: Any, language: str) -> Spoken:
        language = str(node.get("/Lang", language))
        spoken = Spoken(str(node.S)[1:], language, node)
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                spoken.text += texts.get((pages[tuple(node.Pg.objgen)], int(kid)), "")
            elif "/S" in kid:
                spoken.under.append(read(kid, language))
                spoken.text += spoken.under[-1].text if spoken.under[-1].tag == "Link" else ""
            elif "/MCID" in kid:
                spoken.text += texts.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
        return spoken

    return read(pdf.Root.StructTreeRoot.K, "")


def marked_texts(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """The text of every marked sequence by page and MCID, read through the fonts' own CMaps and ActualText."""
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages):
        fonts = {str(name): _cmap(font) for name, font in page.Resources.Font.items()}
        font = ""
        opened: list[tuple[str, Any]] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                entries = operands[1]
                kind = next((key for key in ("/MCID", "/ActualText") if key in entries), "")
                opened.append((kind, entries.get(kind) if kind else None))
                mcids = [int(value) for kind, value in opened if kind == "/MCID"]
                if mcids:
                    found.setdefault((number, mcids[-1]), "")
                if kind == "/ActualText" and mcids:
                    found[number, mcids[-1]] += str(entries.ActualText)
            elif name == "EMC":
                opened.pop()
            elif name == "Tf":
                font = str(operands[0])
            elif name == "TJ" and not any(kind == "/ActualText" for kind, _ in opened):
                mcids = [int(value) for kind, value in opened if kind == "/MCID"]
                if mcids:
                    found[number, mcids[-1]] += "".join(
                        fonts[font].get(int.from_bytes(bytes(part)[k : k + 2], "big"), "")
                        for part in operands[0]
                        if isinstance(part, pikepdf.String)
                        for k in range(0, len(bytes(part)), 2)
                    )
    return found


def _cmap(font: Any) -> dict[int, str]:
    stream = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", stream)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def picture_of(image: Image.Image, kind: str = "PNG", *, alternatives: Any = (), **options: Any) -> Picture:
    """`image` as a picture of a report."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    data = buffer.getvalue()
    low = "jpeg" if kind == "JPEG" else "png"
    return Picture(f"photo.{low}", sha256(data), image.width, image.height, low, data, alternatives)  # type: ignore[arg-type]


def photograph(width: int = 160, height: int = 90) -> Image.Image:
    """Four fields of one colour each: red, green, blue, white from the top left."""
    image = Image.new("RGB", (width, height), "white")
    for place, colour in (((0, 0), "red"), ((1, 0), "lime"), ((0, 1), "blue")):
        left, top = place[0] * width // 2, place[1] * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def rich_bulletin(columns: tuple[Language, ...] = ("zh", "en", "bo"), **edition: Any) -> Bulletin:
    """Headings, paragraphs, a picture over its caption, a link in each language, and an index of two terms."""
    bulletin = make_bulletin(columns, rows=9)
    words = {"zh": "甘南州网站", "en": "website of Gannan", "bo": "ཀན་ལྷོའི་དྲ་ཚིགས།"}
    linked = tuple(
        Cell(
            one,
            (
                Run("（" if one == "zh" else "See the ", "zh" if one == "zh" else "en", segment="s1"),
                Run(words[one], one, link="https://example.org/甘南?a=(1)", segment="s1"),
                Run(".", "en", segment="s1"),
            ),
        )
        for one in columns
    )
    alternatives = {"zh": "会场。", "en": "The hall.", "bo": "ཚོགས་ཁང་།"}
    picture = picture_of(
        photograph(), "JPEG", quality=95, alternatives=tuple((one, alternatives[one]) for one in columns)
    )
    caption = tuple(Cell(one, (Run(alternatives[one], one, segment="s2"),)) for one in columns)
    names = {"zh": "甘南", "en": "Gannan", "bo": "ཀན་ལྷོ།"}
    heads = {"zh": "索引", "en": "Index", "bo": "དཀར་ཆག"}
    rows = (
        *bulletin.rows,
        Row(RowKind.PARAGRAPH, linked),
        Row(RowKind.CAPTION, caption, picture=picture),
    )
    return replace(
        bulletin,
        edition=replace(bulletin.edition, index=True, **edition),
        rows=rows,
        index_head=Row(RowKind.HEADING, tuple(Cell(one, (Run(heads[one], one),)) for one in columns)),
        index=(
            IndexEntry(tuple((one, names[one]) for one in columns), ("s1", "s2")),
            IndexEntry(tuple((one, words[one]) for one in columns), ("s1",)),
        ),
    )
