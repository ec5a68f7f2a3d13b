"""Numbers that Word writes before headings and list items by itself: 一、 （二） 1. 第三章 (ISO/IEC 29500-1, 17.9).

They stand in no text of the file, yet a reader sees them; so they become text, as a typed number is.  Bullets do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from toolkit.languages import is_han
from toolkit.report.formats.docx_package import attribute, child, children

_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PLACE = re.compile(r"%([1-9])")
_SETS_OFF = ("、", "）", "】", "．", "。", "：", "章", "节", "条", "款")
_MOST_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    """One level of a list: `text` is its pattern, `%2` standing for the number of the second level."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    is_legal: bool = False


@dataclass
class Numbering:
    """The numbers of a Word file, counted paragraph by paragraph in reading order."""

    levels: Mapping[str, tuple[str, Mapping[int, _Level]]]  # by w:numId: which counter, and its levels
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, number_id: str, level: int) -> str:
        """The number before the next paragraph of a list, with what parts it from the text; empty for a bullet."""
        counter, levels = self.levels.get(number_id, ("", {}))
        own = levels.get(level)
        if own is None or not 0 <= level < _MOST_LEVELS:
            return ""
        counts = self._counts[counter]
        counts[level] = counts[level] + 1 if level in counts else own.start
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if own.format in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            which = int(match.group(1)) - 1
            one = levels.get(which, _Level())
            number = counts.setdefault(which, one.start)
            return in_words(number, "decimal" if own.is_legal else one.format)

        text = _PLACE.sub(written, own.text).strip()
        if not text:
            return ""
        return text if text.endswith(_SETS_OFF) or is_han(text[-1]) else f"{text} "


def read_numbering(root: etree._Element | None) -> Numbering:
    """The numbering of a file; none where the part is not there."""
    if root is None:
        return Numbering({})
    abstract: dict[str, dict[int, _Level]] = {}
    linked: dict[str, str] = {}
    named: dict[str, str] = {}
    for name, element in children(root):
        key = attribute(element, "abstractNumId")
        if name == "abstractNum" and key is not None:
            abstract[key] = {number: level for number, level in map(_level, _all(element, "lvl")) if number is not None}
            for tag, found in (("numStyleLink", linked), ("styleLink", named)):
                if (style := attribute(child(element, tag), "val")) is not None:
                    found.update({key: style} if tag == "numStyleLink" else {style: key})
    numbers: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for element in _all(root, "num"):
        number_id = attribute(element, "numId")
        key = attribute(child(element, "abstractNumId"), "val") or ""
        if key in linked and not abstract.get(key):
            key = named.get(linked[key], key)
        if number_id is not None and key in abstract:
            overrides = dict(_overrides(element, abstract[key]))
            counter = f"num {number_id}" if overrides else f"abstract {key}"
            numbers[number_id] = (counter, {**abstract[key], **overrides})
    return Numbering(numbers)


def _all(parent: etree._Element, name: str) -> list[etree._Element]:
    return [element for found, element in children(parent) if found == name]


def _level(element: etree._Element) -> tuple[int | None, _Level]:
    number = attribute(element, "ilvl") or ""
    start = attribute(child(element, "start"), "val") or ""
    legal = child(element, "isLgl")
    return (
        int(number) if number.isdecimal() else None,
        _Level(
            int(start) if start.isdecimal() else 1,
            attribute(child(element, "numFmt"), "val") or "decimal",
            attribute(child(element, "lvlText"), "val") or "",
            legal is not None and (attribute(legal, "val") or "1") not in ("0", "false", "off"),
        ),
    )


def _overrides(number: etree._Element, levels: Mapping[int, _Level]) -> list[tuple[int, _Level]]:
    found = []
    for override in _all(number, "lvlOverride"):
        which = attribute(override, "ilvl") or ""
        if not which.isdecimal():
            continue
        level = levels.get(int(which), _Level())
        own = child(override, "lvl")
        if own is not None:
            level = _level(own)[1]
        start = attribute(child(override, "startOverride"), "val") or ""
        if start.isdecimal():
            level = _Level(int(start), level.format, level.text, level.is_legal)
        found.append((int(which), level))
    return found


def in_words(number: int, number_format: str) -> str:
    """`number` in one of the formats of 17.18.59 (ST_NumberFormat); one that is not known here in figures."""
    writer = _WRITERS.get(number_format, str)
    return writer(number)


def _counted(number: int) -> str:
    """一 … 十 十一 二十 … 九十九; a hundred and more as one reads them out."""
    if not 0 < number < 1000:
        return _digits(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_HAN[ones] if ones else "")


def _digits(number: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    text = ""
    for value, sign in zip(values, signs, strict=True):
        times, number = divmod(number, value)
        text += sign * times
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


def _stem(number: int) -> str:
    return _STEMS[(number - 1) % 10] if number > 0 else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "chineseLegalSimplified": lambda number: _counted(number).translate(str.maketrans(_HAN[1:], "壹贰叁肆伍陆柒捌玖")),
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "ideographTraditional": _stem,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "ordinal": str,
}
