"""Inline codes between `InlineText` and the content of a TMX `seg` (TMX 1.4b, section 4, "Content Markup").

The native code inside `bpt`, `ept`, `ph`, `it` and `ut` is no text; what `hi` encloses is text; `sub` (a footnote
inside a code, say) belongs to another sentence and is left out.  `hi` is what XLIFF calls `g`, and `ut`, which the
standard gave up, goes out as `ph`.
"""

from __future__ import annotations

from lxml import etree

from toolkit.report.inline import Code, InlineText
from toolkit.safexml import append_text, without_forbidden

_TYPE_IN = {"ulined": "underline"}  # TMX's name: XLIFF's name
_TYPE_OUT = {ours: theirs for theirs, ours in _TYPE_IN.items()}


def read_segment(element: etree._Element) -> InlineText:
    """The text of a `seg` without white space around it, and the codes in it."""
    if len(element) == 0:
        return InlineText((element.text or "").strip())
    reader = _Reader()
    reader.read(element)
    text = "".join(reader.pieces)
    start = len(text) - len(text.lstrip())
    inner = text.strip()
    codes = (
        Code(min(max(one.position - start, 0), len(inner)), one.id, one.kind, one.ctype, one.element, one.data)
        for one in reader.codes
    )
    return InlineText(inner, tuple(codes))


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.codes: list[Code] = []
        self._length = 0
        self._pairs: dict[str, str] = {}  # the `i` of a bpt: the id of its pair

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self._length += len(text)

    def read(self, element: etree._Element) -> None:
        self._add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._read_code(child)
            self._add(child.tail)

    def _read_code(self, child: etree._Element) -> None:
        name = etree.QName(child).localname
        code_id = child.get("x") or child.get("i") or str(len(self.codes) + 1)
        kind = child.get("type", "")
        ctype = _TYPE_IN.get(kind, kind)
        here, data = self._length, _native(child)
        if name == "hi":
            self.codes.append(Code(here, code_id, "open", ctype, "g"))
            self.read(child)
            self.codes.append(Code(self._length, code_id, "close", ctype, "g"))
        elif name == "bpt":
            self._pairs[child.get("i", "")] = code_id
            self.codes.append(Code(here, code_id, "open", ctype, "bpt", data))
        elif name == "ept":
            self.codes.append(Code(here, self._pairs.get(child.get("i", ""), code_id), "close", ctype, "ept", data))
        elif name == "it":
            ends = child.get("pos") == "end"
            self.codes.append(Code(here, code_id, "close" if ends else "open", ctype, "it", data))
        elif name in ("ph", "ut"):
            self.codes.append(Code(here, code_id, "point", ctype, "ph", data))
        elif name != "sub":
            self.read(child)


def _native(element: etree._Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def append_segment(element: etree._Element, inline: InlineText) -> None:
    """Write `inline` into the empty `seg`; pairs of XLIFF become `hi` where they nest, `bpt` and `ept` where not."""
    nested = inline.pairs_nest
    numbers: dict[str, str] = {}
    stack = [element]
    position = 0
    for code in inline.codes:
        append_text(stack[-1], inline.text[position : code.position])
        position = code.position
        name = _tmx_name(code, nested)
        if name == "hi" and code.kind == "close":
            stack.pop()
            continue
        child = etree.SubElement(stack[-1], name)
        _set_attributes(child, code, numbers)
        if code.data:
            child.text = without_forbidden(code.data)
        if name == "hi":
            stack.append(child)
    append_text(stack[-1], inline.text[position:])


def _tmx_name(code: Code, nested: bool) -> str:
    if code.kind == "point":
        return "ph"
    if code.element == "it":
        return "it"
    if code.element in ("g", "") and nested:
        return "hi"
    return "bpt" if code.kind == "open" else "ept"


def _set_attributes(child: etree._Element, code: Code, numbers: dict[str, str]) -> None:
    if child.tag in ("bpt", "ept"):
        number = numbers.setdefault(code.id, str(len(numbers) + 1))
        child.set("i", number)
        if child.tag == "bpt" and code.id != number:
            child.set("x", code.id)
    elif child.tag == "it":
        child.set("pos", "begin" if code.kind == "open" else "end")
    if child.tag in ("ph", "it", "hi") and code.id:
        child.set("x", code.id)
    if code.ctype and child.tag != "ept":
        child.set("type", _TYPE_OUT.get(code.ctype, code.ctype))
