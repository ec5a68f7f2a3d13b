"""Inline codes between `InlineText` and XLIFF 1.2 elements (`g`, `x`, `bx`, `ex`, `bpt`, `ept`, `ph`, `it`)."""

from __future__ import annotations

from lxml import etree

from toolkit.report.inline import Code, InlineText
from toolkit.safexml import append_text

_OPENING = {"bx": "ex", "bpt": "ept"}
_CLOSING = {end: start for start, end in _OPENING.items()}
_POINTS = ("x", "ph", "it")


def read_inline(element: etree._Element) -> InlineText:
    """The text of a source, target or seg, with the codes in it; markers (`mrk`, `sub`) lose their tags only."""
    if not len(element):
        return InlineText(element.text or "")
    pieces: list[str] = []
    codes: list[Code] = []
    _read_into(element, pieces, codes, 0)
    return InlineText("".join(pieces), tuple(codes))


def _read_into(element: etree._Element, pieces: list[str], codes: list[Code], start: int) -> int:
    """Read what stands in `element`, `start` characters into the text; returns how many it is then."""
    here = start

    def add(text: str | None) -> None:
        nonlocal here
        if text:
            pieces.append(text)
            here += len(text)

    add(element.text)
    for child in element:
        if not isinstance(child.tag, str):  # a comment or processing instruction: what follows it is text
            add(child.tail)
            continue
        name = etree.QName(child).localname
        code_id, ctype, data = child.get("id", ""), child.get("ctype", ""), child.text or ""
        if name == "g":
            codes.append(Code(here, code_id, "open", ctype, "g"))
            here = _read_into(child, pieces, codes, here)
            codes.append(Code(here, code_id, "close", ctype, "g"))
        elif name in _OPENING:
            codes.append(Code(here, child.get("rid", code_id), "open", ctype, name, data))
        elif name in _CLOSING:
            codes.append(Code(here, child.get("rid", code_id), "close", ctype, name, data))
        elif name in _POINTS:
            codes.append(Code(here, code_id, "point", ctype, name, data))
        else:
            here = _read_into(child, pieces, codes, here)
        add(child.tail)
    return here


def append_inline(element: etree._Element, inline: InlineText) -> None:
    """Write `inline` into an empty element.  Pairs become `g` where they nest, `bx` and `ex` where they cross."""
    if not inline.codes:
        append_text(element, inline.text)
        return
    namespace = etree.QName(element).namespace
    nested = inline.pairs_nest
    stack = [element]
    position = 0
    for code in inline.codes:
        append_text(stack[-1], inline.text[position : code.position])
        position = code.position
        name = code.element or {"open": "g", "close": "g", "point": "x"}[code.kind]
        if name == "g" and not nested:
            name = "bx" if code.kind == "open" else "ex"
        if name == "g" and code.kind == "close":
            stack.pop()
            continue
        attributes = {"id": code.id}
        if name in ("bx", "ex"):
            attributes = {"id": f"{code.id}-{name}", "rid": code.id}
        elif name in ("bpt", "ept"):
            attributes = {"id": code.id, "rid": code.id}
        elif name == "it":
            attributes["pos"] = "open"
        if code.ctype and name not in ("ex", "ept"):
            attributes["ctype"] = code.ctype
        child = etree.SubElement(stack[-1], etree.QName(namespace, name), attributes)
        if code.data:
            child.text = code.data
        if name == "g":
            stack.append(child)
    append_text(stack[-1], inline.text[position:])
