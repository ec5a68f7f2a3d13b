"""Units of XLIFF 2.0 and 2.1 (OASIS, “XLIFF Version 2.1”, sections 4.2 and 4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from toolkit.languages import Language
from toolkit.report.inline import Code, CodeKind, InlineText
from toolkit.review.edit import Edit, Trouble, TroubleKind
from toolkit.translation.draft import State
from toolkit.translation.xliff import OURS

_STATE_OF = {"translated": State.DRAFT, "reviewed": State.REVIEWED, "final": State.REVIEWED}
_CTYPES = {"xlf:b": "bold", "xlf:i": "italic", "xlf:u": "underline", "xlf:lb": "lb"}
_KINDS: dict[str, CodeKind] = {"sc": "open", "ec": "close", "ph": "point"}


def read_units(file: etree._Element, language: Language) -> Iterator[Edit | Trouble]:
    """What the `unit` elements of a file say: their segments together, in the order the target has them."""
    for unit in file.iter("{*}unit"):
        segment_id, place = unit.get("id", ""), f"line {unit.sourceline}"
        parts = [part for part in unit if etree.QName(part).localname in ("segment", "ignorable")]
        source = _joined([part.find("{*}source") for part in parts])
        target = _joined([part.find("{*}target") for part in _in_target_order(parts)])
        if _translated_in_part(parts):
            reason = f"Of the unit {segment_id}, only some segments are translated."
            yield Trouble(TroubleKind.UNCLEAR, reason, segment_id, language, place, target.text)
            continue
        yield Edit(
            segment_id=segment_id,
            language=language,
            text=target,
            source=source.text,
            base=unit.get(f"{{{OURS}}}base", ""),
            state=_state(parts),
            comment="\n".join(_notes(unit)),
            place=place,
        )


def _in_target_order(parts: list[etree._Element]) -> list[etree._Element]:
    """The parts as the targets' `order` puts them (section 4.7.3)."""

    def order(numbered: tuple[int, etree._Element]) -> int:
        target = numbered[1].find("{*}target")
        written = target.get("order", "") if target is not None else ""
        return int(written) if written.isdecimal() else numbered[0]

    return [part for _, part in sorted(enumerate(parts, start=1), key=order)]


def _translated_in_part(parts: list[etree._Element]) -> bool:
    segments = [part for part in parts if etree.QName(part).localname == "segment"]
    filled = [_joined([part.find("{*}target")]).text.strip() != "" for part in segments]
    return any(filled) and not all(filled)


def _state(parts: list[etree._Element]) -> State | None:
    """The state that all segments have reached; `initial` says nothing."""
    states = [_STATE_OF.get(part.get("state", "initial")) for part in parts if etree.QName(part).localname == "segment"]
    if not states or None in states:
        return None
    return State.REVIEWED if all(state is State.REVIEWED for state in states) else State.DRAFT


def _joined(elements: list[etree._Element | None]) -> InlineText:
    """The texts one after the other, with their codes."""
    pieces: list[str] = []
    codes: list[Code] = []
    here = 0
    for element in elements:
        if element is not None:
            here = _read_into(element, pieces, codes, here)
    return InlineText("".join(pieces), tuple(codes))


def _read_into(element: etree._Element, pieces: list[str], codes: list[Code], start: int) -> int:
    here = start

    def add(text: str | None) -> None:
        nonlocal here
        if text:
            pieces.append(text)
            here += len(text)

    add(element.text)
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        code_id, ctype = child.get("id", ""), _CTYPES.get(child.get("subType", ""), "")
        if name == "pc":
            codes.append(Code(here, code_id, "open", ctype, "g"))
            here = _read_into(child, pieces, codes, here)
            codes.append(Code(here, code_id, "close", ctype, "g"))
        elif name in _KINDS:
            element_name = {"sc": "bx", "ec": "ex", "ph": "ph"}[name]
            codes.append(Code(here, child.get("startRef", code_id), _KINDS[name], ctype, element_name))
        elif name == "cp":
            add(_character(child.get("hex", "")))
        elif name == "mrk":
            here = _read_into(child, pieces, codes, here)
        add(child.tail)
    return here


def _character(hexadecimal: str) -> str:
    """The character that XML cannot hold (`cp`); empty where the number is none."""
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""


def _notes(unit: etree._Element) -> Iterator[str]:
    for note in unit.iterfind("{*}notes/{*}note"):
        text = (note.text or "").strip()
        if text and note.get("category") != "bulletin":
            yield text
