"""Pictures and the star of a masthead, as drawings in the line (ECMA-376 part 1, clauses 20.1, 20.2, 20.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.bulletin.model import Edition, Picture
from toolkit.docx.markup import Element, R, nearest, printable, w
from toolkit.languages import Language

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NAMESPACES = {"wp": WP, "a": A, "pic": PIC, "wps": WPS, "mc": MC}
_EMU = 12_700  # English Metric Units in a pt
_SHARPEST = 150  # pixels per inch that a picture is never enlarged beyond
_HIGHEST = 0.45  # of the page's text area


@dataclass(frozen=True)
class Extent:
    """Width and height in pt."""

    width: float
    height: float


def extent_of(picture: Picture, edition: Edition) -> Extent:
    """How large `picture` stands over all columns of `edition`: as wide as they are, if it is large and flat enough."""
    width = edition.page_width - edition.margin_left - edition.margin_right
    height = (edition.page_height - edition.margin_top - edition.margin_bottom) * _HIGHEST
    pixel = 72 / _SHARPEST
    scale = min(width / (picture.width * pixel), height / (picture.height * pixel), 1.0)
    return Extent(picture.width * pixel * scale, picture.height * pixel * scale)


def alternative_text(picture: Picture, columns: Sequence[Language]) -> str:
    """What `picture` shows, in the languages of the columns and their order: Word keeps one text for all."""
    texts = dict(picture.alternatives)
    return printable("\n".join(texts[language] for language in columns if texts.get(language)))


def picture_run(
    extent: Extent, relation: str, number: int, name: str, description: str, frame: tuple[float, str] | None = None
) -> Element:
    """A run that holds the picture of `relation`; `number` is the drawing's own in the document.

    `frame` is the thickness in pt and the colour of a line around it.
    """
    shape = _tag(
        PIC,
        "pic",
        _tag(
            PIC,
            "nvPicPr",
            _tag(PIC, "cNvPr", id=number, name=printable(name), descr=description or None),
            _tag(PIC, "cNvPicPr", _tag(A, "picLocks", noChangeAspect=1)),
        ),
        _tag(PIC, "blipFill", _blip(relation), _tag(A, "stretch", _tag(A, "fillRect"))),
        _tag(PIC, "spPr", _transform(extent), _geometry("rect"), *_frame(frame)),
    )
    return w("r", _inline(extent, number, printable(name), description, PIC, shape))


def star_run(size: float, color: str, number: int) -> Element:
    """A run that holds a five-pointed star, `size` pt wide: a decoration, which screen readers pass over."""
    extent = Extent(size, size)
    shape = _tag(
        WPS,
        "wsp",
        _tag(WPS, "cNvSpPr"),
        _tag(
            WPS,
            "spPr",
            _transform(extent),
            _geometry("star5"),
            _tag(A, "solidFill", _tag(A, "srgbClr", val=color)),
            _tag(A, "ln", _tag(A, "noFill")),
        ),
        _tag(WPS, "bodyPr"),
    )
    drawing = _inline(extent, number, f"Ornament {number}", "", WPS, shape)
    return w("r", _tag(MC, "AlternateContent", _tag(MC, "Choice", drawing, Requires="wps")))


def _inline(extent: Extent, number: int, name: str, description: str, kind: str, shape: Element) -> Element:
    width, height = _emu(extent)
    return w(
        "drawing",
        _tag(
            WP,
            "inline",
            _tag(WP, "extent", cx=width, cy=height),
            _tag(WP, "docPr", id=number, name=name, descr=description or None),
            _tag(WP, "cNvGraphicFramePr", _tag(A, "graphicFrameLocks", noChangeAspect=1)),
            _tag(A, "graphic", _tag(A, "graphicData", shape, uri=kind)),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        ),
    )


def _frame(frame: tuple[float, str] | None) -> list[Element]:
    if frame is None:
        return []
    width, color = frame
    return [_tag(A, "ln", _tag(A, "solidFill", _tag(A, "srgbClr", val=color)), w=nearest(width * _EMU))]


def _blip(relation: str) -> Element:
    blip = _tag(A, "blip")
    blip.set(f"{{{R}}}embed", relation)
    return blip


def _transform(extent: Extent) -> Element:
    width, height = _emu(extent)
    return _tag(A, "xfrm", _tag(A, "off", x=0, y=0), _tag(A, "ext", cx=width, cy=height))


def _geometry(name: str) -> Element:
    return _tag(A, "prstGeom", _tag(A, "avLst"), prst=name)


def _emu(extent: Extent) -> tuple[int, int]:
    return nearest(extent.width * _EMU), nearest(extent.height * _EMU)


def _tag(namespace: str, tag: str, /, *children: Element, **attributes: str | int | None) -> Element:
    """An element of DrawingML, whose attributes have no namespace."""
    element = etree.Element(f"{{{namespace}}}{tag}", nsmap=_NAMESPACES)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(attribute, str(value))
    element.extend(children)
    return element
