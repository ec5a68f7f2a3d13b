"""The inside of a Word paragraph: its text with tracked changes accepted, and what hangs on it.

Sources: ISO/IEC 29500-1, 17.3 (paragraphs and runs), 17.13.5 (revisions), 17.16 (fields); part 3 (alternate content).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from toolkit.report.formats.blocks import BOLD, ITALIC, PLAIN, Runs, subscript, superscript
from toolkit.report.formats.docx_package import Style, WordPackage, attribute, child, children, local, switch
from toolkit.report.links import link_style

_OF_TEXT = "ins moveTo hyperlink smartTag sdt sdtContent fldSimple customXml bdo dir"  # 17.3, 17.13, 17.16
_OF_FORMULAS = (
    "oMath oMathPara e num den sub deg fName rad nary func limLow limUpp lim acc bar box borderBox groupChr m mr "
    "eqArr sPre phant sSup sSub sSubSup"  # 22.1
)
_WRAPPERS = frozenset(f"{_OF_TEXT} {_OF_FORMULAS}".split())
_PLAIN_CHARACTERS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "cr": "\n"}
_PRIVATE = range(0xF000, 0xF100)  # where symbol fonts put their characters
_SYMBOLS = {
    "symbol": dict(
        zip(
            b"\xb0\xb1\xb4\xb7\xb8\xa3\xb3\xb9\xbb\xa5\xae\xac\xde\xdc\xd6\xe5",
            "°±×•÷≤≥≠≈∞→←⇒⇐√∑",
            strict=True,
        )
    )
    | dict(zip(b"abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    "wingdings": dict(
        zip(
            b"\x6c\x6e\x6f\x71\x75\x76\xa7\xa8\xd8\xe0\xe8\xf0\xfb\xfc\xfd\xfe\xab\xb5\xb6\x52\x54\x28\x2a\x4a",
            "●■□❑◆❖▪◻➢→➔⇨✗✓☒☑★✪☆☑☒☎✉☺",
            strict=True,
        )
    ),
}
_TEXT_BOX = "txbxContent"
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)


@dataclass
class ParagraphContent:
    """What was found in a paragraph: its text, then in order its notes, its text boxes and its pictures."""

    runs: Runs = field(default_factory=Runs)
    notes: list[etree._Element] = field(default_factory=list)
    text_boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    floating: list[str] = field(default_factory=list)  # pictures that stand beside the text


class FieldTracker:
    """Which part of a field the text stands in: an instruction is not read, a result is (17.16.18)."""

    def __init__(self) -> None:
        self._results: list[bool] = []
        self._instructions: list[str] = []

    def mark(self, kind: str | None) -> None:
        """Take a w:fldChar."""
        if kind == "begin":
            self._results.append(False)
            self._instructions.append("")
        elif kind == "separate" and self._results:
            self._results[-1] = True
        elif kind == "end" and self._results:
            self._results.pop()
            self._instructions.pop()

    def say(self, instruction: str) -> None:
        """Take the text of a w:instrText."""
        if self._results and not self._results[-1]:
            self._instructions[-1] += instruction

    @property
    def in_instruction(self) -> bool:
        return not all(self._results)

    @property
    def link(self) -> frozenset[str]:
        """The style of a link that the text is the result of (17.16.5.25)."""
        return next((style for one in reversed(self._instructions) if (style := field_link(one))), PLAIN)

    def end_paragraph(self) -> None:
        """Forget fields whose instruction never ended: they must not swallow the rest of the document."""
        kept = [index for index, result in enumerate(self._results) if result]
        self._results = [True] * len(kept)
        self._instructions = [self._instructions[index] for index in kept]


def field_link(instruction: str) -> frozenset[str]:
    """The style of what a field's instruction leads to; none where it is no HYPERLINK, or leads inside the file."""
    address = _HYPERLINK.match(instruction)
    return link_style(address.group(1) or address.group(2)) if address else PLAIN


class ParagraphReader:
    """Reads the paragraphs of one Word file, in order: fields run on from one to the next."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._fields = FieldTracker()
        self._link = PLAIN

    def read(self, paragraph: etree._Element, into: ParagraphContent) -> None:
        """Append what is in `paragraph`."""
        self._inside(paragraph, into)
        self._fields.end_paragraph()

    def _inside(self, element: etree._Element, into: ParagraphContent) -> None:
        for name, inner in children(element):
            if name == "r":
                self._run(inner, into)
            elif name == "f":
                self._fraction(inner, into)
            elif name == "d":
                self._write("(", PLAIN, into)
                self._inside(inner, into)
                self._write(")", PLAIN, into)
            elif name == "sup":
                before = len(into.runs.pieces)
                self._inside(inner, into)
                raised = into.runs.pieces[before:]
                into.runs.pieces[before:] = [(superscript(text), styles) for text, styles in raised]
            elif name == "sdt" and child(inner, "sdtPr", "showingPlcHdr") is not None:
                continue  # “click here to enter text”
            elif name in ("hyperlink", "fldSimple"):
                around, self._link = self._link, self._link_of(name, inner) or self._link
                self._inside(inner, into)
                self._link = around
            elif name in _WRAPPERS:
                self._inside(inner, into)
            elif name == "t":  # of a formula
                self._write(inner.text or "", PLAIN, into)
            elif name == "AlternateContent":
                self._inside(alternative(inner), into)

    def _link_of(self, name: str, element: etree._Element) -> frozenset[str]:
        if name == "fldSimple":
            return field_link(attribute(element, "instr") or "")
        part = local(str(element.getroottree().getroot().tag))
        return link_style(self._package.links.get(f"{part} {attribute(element, 'id')}"))

    def _fraction(self, element: etree._Element, into: ParagraphContent) -> None:
        for name, inner in children(element):
            if name == "den":
                self._write("/", PLAIN, into)
            self._inside(inner, into)

    def _run(self, run: etree._Element, into: ParagraphContent) -> None:
        properties = child(run, "rPr")
        style = self._package.styles.get(attribute(child(properties, "rStyle"), "val") or "-", Style())
        if _either(switch(properties, "vanish"), style.hidden):
            return
        styles = PLAIN
        if _either(switch(properties, "b"), style.bold):
            styles |= BOLD
        if _either(switch(properties, "i"), style.italic):
            styles |= ITALIC
        raised = attribute(child(properties, "vertAlign"), "val")
        for name, inner in children(run):
            if name == "t":
                text = inner.text or ""
                if raised == "superscript":
                    text = superscript(text)
                elif raised == "subscript":
                    text = subscript(text)
                self._write(text.replace("\n", " ").replace("\t", " "), styles, into)
            elif name == "br":
                kind = attribute(inner, "type") or "textWrapping"
                self._write("\n" if kind == "textWrapping" else "\n\n", styles, into)
            elif name in _PLAIN_CHARACTERS:
                self._write(_PLAIN_CHARACTERS[name], styles, into)
            elif name == "sym":
                self._write(symbol(attribute(inner, "font") or "", attribute(inner, "char") or ""), styles, into)
            elif name == "instrText":
                self._fields.say(inner.text or "")
            elif name == "fldChar":
                self._fields.mark(attribute(inner, "fldCharType"))
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._package.notes.get((name.removesuffix("Reference"), attribute(inner, "id") or ""))
                if note is not None:
                    into.notes.append(note)
            elif name == "ruby":  # the reading over a character is not its text
                base = child(inner, "rubyBase")
                if base is not None:
                    self._inside(base, into)
            elif name == "AlternateContent":
                self._drawing(alternative(inner), into)
            elif name in ("drawing", "pict", "object"):
                self._drawing(inner, into)

    def _write(self, text: str, styles: frozenset[str], into: ParagraphContent) -> None:
        if not self._fields.in_instruction:
            into.runs.add(text, styles | (self._link or self._fields.link))

    def _drawing(self, element: etree._Element, into: ParagraphContent, *, floats: bool = False) -> None:
        """Pictures and text boxes, however deep; what stands in a text box is read with that box."""
        for name, inner in children(element):
            if name == _TEXT_BOX:
                into.text_boxes.append(inner)
            elif name == "AlternateContent":
                self._drawing(alternative(inner), into, floats=floats)
            elif name in ("blip", "imagedata"):
                key = attribute(inner, "embed") or attribute(inner, "id") or attribute(inner, "link") or ""
                (into.floating if floats else into.pictures).append(self._package.pictures.get(key, key))
            else:
                self._drawing(inner, into, floats=floats or name == "anchor")


def alternative(element: etree._Element) -> etree._Element:
    """The first choice of an mc:AlternateContent, or what it falls back to: never both."""
    choice = child(element, "Choice")
    if choice is not None and len(choice):
        return choice
    fallback = child(element, "Fallback")
    return fallback if fallback is not None else element


def _either(direct: bool | None, by_style: bool | None) -> bool:
    return bool(by_style if direct is None else direct)


def symbol(font: str, code: str) -> str:
    """The character of a w:sym: what the common symbol fonts show there; else the character with that code."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number not in _PRIVATE and number > 0xFF:
        return chr(number) if number < 0x110000 else ""
    table = next((table for name, table in _SYMBOLS.items() if font.lower().startswith(name)), None)
    if table is not None:
        return table.get(number & 0xFF, chr(number))
    return chr(number)
