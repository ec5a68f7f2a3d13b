"""Numbers, percentages, money, fractions, multiples and ordinals in folded Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.figures.chinese_numerals import (
    DIGITS,
    HAN_NUMERAL,
    is_vague,
    near_digits,
    numeral_value,
    says_more,
    scale_of,
)
from toolkit.figures.chinese_patterns import CODES, QUANTITY
from toolkit.figures.counters import Words, unit_after
from toolkit.figures.figure import Approximation, Figure, FigureKind, Moment

_BEFORE: tuple[tuple[re.Pattern[str], Approximation], ...] = (
    (re.compile(r"(?:超过|超出|突破|多于|高于|大于|逾|超)$"), "more than"),
    (re.compile(r"(?:至少|最少|不少于|不低于)$"), "at least"),
    (re.compile(r"(?:至多|最多|不超过|不高于|高达|多达)$"), "at most"),
    (re.compile(r"(?:不到|不足|少于|低于)$"), "less than"),
    (re.compile(r"(?:将近|近|接近|几近)$"), "nearly"),
    (re.compile(r"(?:大约|约|约合|约为|大概|估计|上)$"), "about"),
)
_SHARES = {"百分之": 100, "千分之": 1000, "万分之": 10000}
_HALF = re.compile(
    r"(?<![一对过大上下各夜])(?P<half>一半|半数|半)(?![导决径场岛边空球路殖截成价托载信疑点壁夜官山途晌旬工生身死辈圆日])"
)


def find_quantities(text: str, masked: str) -> Iterator[Figure]:
    """The quantities in `masked`, a copy of `text` in which what is taken is blank, in order of place."""
    words = Words(text)
    for match in QUANTITY.finditer(masked):
        yield from _figures(match, text, words)


def _figures(match: re.Match[str], text: str, words: Words) -> Iterator[Figure]:
    start, end = match.span()
    first = match["a"]
    if match["below"] and len(match["below"]) == 2 and _is_year(match["a"], numeral_value(match["a"])):
        first_year = int(match["a"])
        until = Moment(year=first_year - first_year % 100 + int(match["below"]))
        yield Figure(start, end, text[start:end], FigureKind.DATE, moment=Moment(year=first_year), until=until)
        return
    if match["of"] or match["below"]:
        yield from _fraction(match, text)
        return
    second = match["b"] or match["b1"]
    low = numeral_value(first)
    high = numeral_value(second.removeprefix("百分之")) if second else None
    near = near_digits(first) if low is None or len(first) > 2 else None
    if near is not None and not first[0].isdigit():
        low, high = near
    if low is None:
        return
    if second and high is not None:
        low = _scaled(low, first, high, second)
        if low >= high:  # 2-0, 10-3: two numbers
            yield from _apart(match, text, words)
            return
        if _is_year(first, low) and _is_year(second, high) and _kind(match, low, high)[0] is FigureKind.NUMBER:
            moments = Moment(year=int(low)), Moment(year=int(high))
            yield Figure(start, end, text[start:end], FigureKind.DATE, moment=moments[0], until=moments[1])
            return
    kind, unit, currency, value, upper = _kind(match, low, high)
    if _is_year(first, value) and upper is None and kind is FigureKind.NUMBER and _OF_A_YEAR.match(text, end):
        yield Figure(start, end, text[start:end], FigureKind.DATE, moment=Moment(year=int(value)))
        return
    if kind is FigureKind.NUMBER and not match["nth"]:
        found = unit_after(text, end)
        if found in ("届", "周年", "号") and value == int(value):
            kind = FigureKind.ORDINAL
        unit = found or unit
    if match["nth"]:
        unit = unit_after(text, end)
    if unit in ("周年", "届", "次", "号") and kind is FigureKind.ORDINAL and text.startswith(unit, end):
        end += len(unit)
    if match["prefix"] and kind is not FigureKind.MONEY:
        start = match.start("a")
    is_han = not any(map(str.isdigit, first))
    weak = is_vague(first) or near is not None or (kind in (FigureKind.NUMBER, FigureKind.MONEY) and value == 1)
    if is_han and not match["share"] and not match["percent"]:
        strength = words.strength(match.start("a"), match.start("a") + len(first), unit, bool(match["nth"]))
        if kind in (FigureKind.MONEY, FigureKind.MULTIPLE, FigureKind.PERCENT) and not set(first) <= set(
            "一百千万亿十"
        ):
            strength = words.strength(match.start("a"), match.start("a") + len(first), "元", False)
        if strength is None:
            return
        weak = weak or strength == "weak"
    yield Figure(
        start,
        end,
        text[start:end],
        kind,
        value,
        upper,
        currency=currency,
        unit=unit,
        approximation=_approximation(match, text),
        digits=not is_han,
        weak=weak,
    )


_OF_A_YEAR = re.compile(r"财年|赛季|学年|年[前后](?!.{0,4}历史)|款|版")


def _is_year(numeral: str, value: Decimal | None) -> bool:
    return value is not None and numeral.isdigit() and len(numeral) == 4 and 1800 <= value <= 2100


def _scaled(low: Decimal, first: str, high: Decimal, second: str) -> Decimal:
    """3至5亿 is 300 to 500 million: the first end takes the scale of the second, unless it has its own."""
    scale = scale_of(second)
    if scale_of(first) == 1 and first[0].isdigit() and scale > 1 and low < high / scale:
        return low * scale
    if len(first) == 1 and first in DIGITS and second[-1] in "万亿" and second[:-1] and second[0] in DIGITS:
        large = numeral_value("一" + second[-1]) or Decimal(1)
        return low * large if low < high / large else low
    return low


def _apart(match: re.Match[str], text: str, words: Words) -> Iterator[Figure]:
    for name in ("a", "b" if match["b"] else "b1"):
        numeral = match[name]
        value = numeral_value(numeral)
        start, end = match.span(name)
        if value is None:
            continue
        weak = not numeral[0].isdigit() and words.strength(start, end, unit_after(text, end), False) != "strong"
        yield Figure(start, end, text[start:end], FigureKind.NUMBER, value, digits=numeral[0].isdigit(), weak=weak)


def _kind(
    match: re.Match[str], low: Decimal, high: Decimal | None
) -> tuple[FigureKind, str, str, Decimal, Decimal | None]:
    share, percent = match["share"], match["percent"]
    if share:
        factor = Decimal(100) / _SHARES[share]
        unit = "‰" if share == "千分之" else "%"
        return FigureKind.PERCENT, unit, "", low if unit == "‰" else low * factor, high
    if percent:
        if percent == "厘半":  # interest in Hong Kong's papers: 4厘半 is 4.5 %
            return FigureKind.PERCENT, "厘", "", low + Decimal("0.5"), high
        return FigureKind.PERCENT, percent.removeprefix("个"), "", low, high
    if match["money"] or match["prefix"]:
        name = match["money"] or match["prefix"].strip()
        code = CODES[name][0]
        if match["prefix"] and match["money"] == "元":
            code = CODES[match["prefix"].strip()][0]
        if match["jiao"]:
            low += Decimal(int(numeral_value(match["jiao"]) or 0)) / 10
            low += Decimal(int(numeral_value(match["fen"]) or 0)) / 100 if match["fen"] else 0
        return FigureKind.MONEY, "", code, low, high
    if match["tenths"]:
        return FigureKind.PERCENT, "成", "", low * 10, high * 10 if high is not None else None
    if match["off"]:
        off = Decimal(100) - low * 10 if low < 10 else Decimal(100) - low
        return FigureKind.PERCENT, "折", "", off, None
    if match["plus"]:
        return FigureKind.NUMBER, match["plus"][0].replace("个", ""), "", low + Decimal("0.5"), None
    if match["times"]:
        return FigureKind.MULTIPLE, "倍", "", low, high
    is_ordinal = match["nth"] and low == int(low)
    return FigureKind.ORDINAL if is_ordinal else FigureKind.NUMBER, "", "", low, high


def _fraction(match: re.Match[str], text: str) -> Iterator[Figure]:
    below, above = numeral_value(match["a"]), numeral_value(match["over"] or match["a"])
    if match["below"]:
        below = numeral_value(match["below"])
    if below is None or above is None or below == 0:
        return
    start, end = match.span()
    yield Figure(
        *(start, end, text[start:end], FigureKind.FRACTION, above),
        denominator=below,
        digits=match["a"][0].isdigit(),
    )


def _approximation(match: re.Match[str], text: str) -> Approximation:
    before = text[max(0, match.start() - 3) : match.start()]
    for pattern, meaning in _BEFORE:
        if pattern.search(before):
            return meaning
    if says_more(match["a"]):
        return "more than"
    after = text[match.end() : match.end() + 4]
    if re.match(r".{0,2}(?:左右|上下)", after):
        return "about"
    return "more than" if re.match(r".{0,2}以上", after) else ""


def find_halves(text: str, masked: str) -> Iterator[Figure]:
    """半, 一半 and 半数, which are weak: English says them in many ways."""
    for match in _HALF.finditer(masked):
        start, end = match.span()
        if start == 0 or text[start - 1] not in HAN_NUMERAL:
            yield Figure(
                *(start, end, text[start:end], FigureKind.FRACTION, Decimal(1)),
                denominator=Decimal(2),
                digits=False,
                weak=True,
            )
