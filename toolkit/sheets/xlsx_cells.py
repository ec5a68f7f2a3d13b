"""What one cell of an XLSX worksheet says, and what the spreadsheet made of it.

ISO/IEC 29500-1, 18.3.1.4 (c), 18.4 (shared strings), 18.8 (styles).  Names are compared without namespace, because
“Strict Open XML” has other namespaces than what most programs write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from toolkit.errors import SourceError

LONGEST_CELL = 32_767
"""Characters a cell may hold in Excel; LibreOffice takes more, but cannot give them to Excel."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring, 22.9.2.19: a character that XML cannot hold
_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class CellKind(StrEnum):
    """What the spreadsheet takes a cell for.  Only text is surely what a person typed."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True)
class XlsxCell:
    """One cell that is not empty: its `place` (“C12”), its `text`, and what it is.

    The text of a formula is the formula itself with its equals sign: what a program once computed from it is not what
    a person wrote.  A date is given as ISO 8601, a number without its format.
    """

    text: str
    place: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True)
class CellReader:
    """Reads `c` elements: knows the shared strings, which styles show dates, and from which day they count."""

    strings: Sequence[str]
    date_styles: frozenset[int]
    from_1904: bool
    fault: Callable[[str], SourceError] = field(repr=False)

    def read(self, element: etree._Element, place: str) -> XlsxCell | None:
        """The cell at `place`, None for an empty one.  Raises `SourceError` naming the cell."""
        kind, text = self._kind_and_text(element, place)
        if len(text) > LONGEST_CELL:
            raise self.fault(f"has {len(text):,} characters in cell {place}, more than the {LONGEST_CELL:,} of a cell")
        return XlsxCell(text, place, kind) if text else None

    def _kind_and_text(self, element: etree._Element, place: str) -> tuple[CellKind, str]:
        parts = {local(child): child for child in element}
        if "f" in parts:
            return CellKind.FORMULA, f"={parts['f'].text or ''}"
        written = element.get("t", "n")
        if written == "inlineStr":
            return CellKind.TEXT, rich_text(parts["is"]) if "is" in parts else ""
        value = (parts["v"].text or "") if "v" in parts else ""
        if not value:
            return CellKind.TEXT, ""
        if written == "s":
            return CellKind.TEXT, self._shared(value, place)
        if written == "str":
            return CellKind.TEXT, _unescaped(value)
        if written == "b":
            return CellKind.BOOLEAN, "FALSE" if value.strip() == "0" else "TRUE"
        if written == "e":
            return CellKind.ERROR, value
        if written == "d":
            return CellKind.DATE, value
        return self._number(value, element.get("s", ""), place)

    def _shared(self, value: str, place: str) -> str:
        try:
            number = int(value)
            if number < 0:
                raise IndexError
            return self.strings[number]
        except (ValueError, IndexError) as fault:
            raise self.fault(f"has no shared string “{value[:20]}”, which cell {place} names") from fault

    def _number(self, value: str, style: str, place: str) -> tuple[CellKind, str]:
        try:
            number = float(value)
        except ValueError as fault:
            raise self.fault(f"says “{value[:40]}” is a number in cell {place}") from fault
        if style.isdecimal() and int(style) in self.date_styles:
            try:
                day = from_excel(number, CALENDAR_MAC_1904 if self.from_1904 else CALENDAR_WINDOWS_1900)
                return CellKind.DATE, "" if day is None else day.isoformat().removesuffix("T00:00:00")
            except (ValueError, OverflowError, AttributeError):
                return CellKind.NUMBER, value
        return CellKind.NUMBER, str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def rich_text(element: etree._Element) -> str:
    """The text of an `si` or `is` element: plain or in runs, without phonetic guides (`rPh`)."""
    pieces = []
    for child in element:
        if local(child) == "t":
            pieces.append(_unescaped(child.text or ""))
        elif local(child) == "r":
            pieces += [_unescaped(part.text or "") for part in child if local(part) == "t"]
    return "".join(pieces)


def escaped(text: str) -> str:
    """`text` as XLSX writes it: characters that XML cannot hold, and what looks like one of these, as `_xHHHH_`."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def date_styles(styles: etree._Element | None) -> frozenset[int]:
    """The numbers of the cell styles in xl/styles.xml that show a number as a date or time."""
    if styles is None:
        return frozenset()
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    own: Mapping[str, str] = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in styles.iter("{*}numFmt")
        if local(element) == "numFmt"
    }
    formats.update(own)
    of_cells = next((child for child in styles if local(child) == "cellXfs"), ())
    ids = [element.get("numFmtId", "0") for element in of_cells]
    return frozenset(number for number, code in enumerate(ids) if is_date_format(formats.get(code, "General")))
