"""The parts of a Chinese figure and every right way to read them; and what else its text licenses to be said."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from fractions import Fraction

from toolkit.figures.chinese_numerals import ARABIC, DIGITS, HAN_NUMERAL, numeral_value, scale_of
from toolkit.figures.figure import Figure, FigureKind, Moment
from toolkit.figures.reading import BASIS_POINT, PER_MILLE, PERCENT, Part, Reading, Role, fraction, number, percent

_RUN = re.compile(rf"{ARABIC}\s?[百千万亿]*|[{HAN_NUMERAL}]+|\d+")
_TWICE = re.compile(r"双|俩|对|翻番|翻一番|翻了一番|翻倍|倍增|加倍|兩|夫妻|夫妇|父母|彼此")
_QUARTER = re.compile(r"季|刻")
_FESTIVALS = {
    "元旦": (1, 1), "正月": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "愚人节": (4, 1), "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "六四": (6, 4), "七一": (7, 1), "七七": (7, 7), "八一": (8, 1),
    "九一八": (9, 18), "十一": (10, 1), "国庆": (10, 1), "双十一": (11, 11), "双11": (11, 11), "一二九": (12, 9),
    "双十二": (12, 12), "腊月": (12, 1), "圣诞": (12, 25),
}  # fmt: skip
_DOTTED_DAY = re.compile(r"(?<!\d)(\d{1,2})[·•.．/](\d{1,2})(?!\d)|(?<!\d)(9)(11)(?!\d)")


@functools.lru_cache(maxsize=512)
def parts_of(figure: Figure) -> tuple[Part, ...]:
    """The parts of a figure, at its own place in the source."""
    readings = list(_of_moments(figure)) if figure.moment is not None else []
    if figure.value is not None:
        readings += _of_numbers(figure)
    return tuple(Part(figure.start, figure.end, ways, figure.weak or _is_vague(figure)) for ways in readings)


def _is_vague(figure: Figure) -> bool:
    """上世纪 and 本世纪 may be “the last century” as well."""
    moment = figure.moment
    return moment is not None and moment.century is not None and not moment.is_certain


def _of_moments(figure: Figure) -> Iterator[tuple[Reading, ...]]:
    for moment in (figure.moment, figure.until):
        if moment is not None:
            yield from _of_moment(moment)


def _of_moment(moment: Moment) -> Iterator[tuple[Reading, ...]]:
    if moment.year is not None:
        yield (Reading(Role.YEAR, fraction(moment.year)),)
    if moment.month is not None:
        yield (Reading(Role.MONTH, fraction(moment.month)),)
    if moment.day is not None:
        yield (Reading(Role.DAY, fraction(moment.day)),)
    if moment.decade is not None:
        yield (Reading(Role.DECADE, fraction(moment.decade)), Reading(Role.DECADE, fraction(moment.decade % 100)))
    if moment.century is not None:
        ways = [Reading(Role.CENTURY, fraction(moment.century))]
        yield tuple(ways)
    if moment.hour is not None:
        minutes = fraction(moment.hour * 60 + (moment.minute or 0))
        clock = Reading(Role.CLOCK if moment.is_certain else Role.CLOCK_12, minutes)
        yield (clock, number(moment.hour)) if not moment.minute else (clock,)
    if moment.part.startswith("q"):
        yield (Reading(Role.ORDINAL, fraction(int(moment.part[1]))),)


def _of_numbers(figure: Figure) -> Iterator[tuple[Reading, ...]]:
    value = fraction(figure.value or 0)
    ends = [value] if figure.upper is None else [value, fraction(figure.upper)]
    if figure.kind is FigureKind.FRACTION and figure.denominator:
        share = value / fraction(figure.denominator)
        yield (number(share), Reading(Role.NUMBER, share * 100, PERCENT))
    elif figure.kind is FigureKind.PERCENT:
        for end in ends:
            if figure.unit == PER_MILLE:
                yield (Reading(Role.NUMBER, end, PER_MILLE), *percent(end / 10))
            elif figure.unit == "折":
                yield (*percent(end), *percent(100 - end), number((100 - end) / 10))
            elif figure.unit == "基点":
                yield (Reading(Role.NUMBER, end, BASIS_POINT), *percent(end / 100)[:1])
            else:
                yield (*percent(end), Reading(Role.NUMBER, end * 100, BASIS_POINT))
    elif figure.kind is FigureKind.MULTIPLE:
        for end in ends:
            yield (number(end), number(end + 1), *(percent(100 * (end + more))[0] for more in (0, 1, -1)))
    elif figure.kind is FigureKind.MONEY:
        for end in ends:
            yield (number(end, figure.currency),)
    elif figure.kind in (FigureKind.ORDINAL, FigureKind.ENUMERATOR, FigureKind.DOCUMENT):
        yield (Reading(Role.ORDINAL, value),)
    else:
        for end in ends:
            dozen = (number(12),) if end == 10 and figure.weak else ()  # 十几, 十余
            yield (*(number(way) for way in _other_units(end, figure.unit)), *dozen)


_TIMES = {
    **dict.fromkeys(("公里", "千米", "公斤", "千克"), 1000),
    **dict.fromkeys(("年", "岁"), 12),
    **dict.fromkeys(("周", "星期"), 7),
    **dict.fromkeys(("小时", "分钟"), 60),
    "天": 24,
    "平方公里": 100,
}
_PARTS = {"年": 10, "天": 7, "个月": 12, "季度": 4}


def _other_units(value: Fraction, unit: str) -> tuple[Fraction, ...]:
    """The same length in a smaller unit (14 days for 两周), or a larger one where it fits (a year for 12个月)."""
    ways = [value]
    if unit in _TIMES:
        ways.append(value * _TIMES[unit])
    if unit in _PARTS and (value / _PARTS[unit]).denominator == 1:
        ways.append(value / _PARTS[unit])
    return tuple(ways)


def licences(text: str, figures: tuple[Figure, ...]) -> frozenset[tuple[Role, Fraction]]:
    """What a translation of the folded `text` may say without inventing: all it holds that looks like a number."""
    allowed: set[tuple[Role, Fraction]] = {(Role.NUMBER, fraction(1))}
    for figure in figures:
        for part in parts_of(figure):
            for reading in part.readings:
                allowed.add((_licensed_role(reading.role), reading.value))
        if figure.moment is not None and figure.moment.part in ("first half", "second half"):
            allowed.add((Role.NUMBER, Fraction(1, 2)))
    for match in _RUN.finditer(text):
        run = match.group()
        value = numeral_value(run)
        if value is not None:
            allowed.add((Role.NUMBER, fraction(value)))
            mantissa = fraction(value) / fraction(scale_of(run))
            allowed.add((Role.NUMBER, mantissa))
        for character in run:
            if character in DIGITS:
                allowed.add((Role.NUMBER, fraction(DIGITS[character])))
    for digits in re.findall(r"\d+", text):
        allowed.add((Role.NUMBER, fraction(int(digits))))
    if _TWICE.search(text):
        allowed.add((Role.NUMBER, fraction(2)))
    if "半" in text:
        allowed |= {(Role.NUMBER, Fraction(1, 2)), (Role.NUMBER, fraction(6)), (Role.NUMBER, fraction(30))}
    if "本世纪" in text or "世纪之初" in text or "21世纪初" in text:
        allowed.add((Role.DECADE, fraction(2000)))
    if _QUARTER.search(text):
        allowed.add((Role.NUMBER, Fraction(1, 4)))
    for name, (month, day) in _FESTIVALS.items():
        if name in text:
            allowed |= {(Role.MONTH, fraction(month)), (Role.NUMBER, fraction(day))}
    for match in _DOTTED_DAY.finditer(text):
        dotted = [int(group) for group in match.groups() if group]
        allowed |= {(Role.MONTH, fraction(dotted[0])), (Role.NUMBER, fraction(dotted[1]))}
    return frozenset(allowed)


_CALENDAR = (Role.MONTH, Role.CENTURY, Role.DECADE, Role.CLOCK, Role.CLOCK_12)


def _licensed_role(role: Role) -> Role:
    """Months, decades and clock times are licensed by their like only; all else by any number of that value."""
    return role if role in _CALENDAR else Role.NUMBER


def is_licensed(reading: Reading, allowed: frozenset[tuple[Role, Fraction]]) -> bool:
    """Whether a reading of a target says nothing that its source does not."""
    value = reading.value
    if reading.role in (Role.CLOCK, Role.CLOCK_12):
        shifts = (0, 720, -720) if reading.role is Role.CLOCK_12 else (0,)
        if any((role, value + shift) in allowed for role in (Role.CLOCK, Role.CLOCK_12) for shift in shifts):
            return True
        hour, minute = Fraction(value // 60), value % 60
        return (Role.NUMBER, hour) in allowed and (not minute or (Role.NUMBER, minute) in allowed)
    if reading.role is Role.DECADE:
        return any((Role.DECADE, way) in allowed or (Role.NUMBER, way) in allowed for way in (value, value % 100))
    if reading.role in (Role.MONTH, Role.CENTURY):
        return (reading.role, value) in allowed
    return (Role.NUMBER, value) in allowed
