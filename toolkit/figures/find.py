"""Finding the figures of a Chinese text: one pass per sort, the surest first, each blanking what it took."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from toolkit.chinese import fold
from toolkit.figures.chinese_dates import find_dates, find_times
from toolkit.figures.chinese_numerals import numeral_value
from toolkit.figures.chinese_patterns import CIRCLED, CODE, CONGRESS, DOCUMENT, ENUMERATOR, PLAN
from toolkit.figures.figure import Figure, FigureKind, Moment
from toolkit.figures.quantities import find_halves, find_quantities
from toolkit.languages import is_han

BLANK = "\x00"
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")
_WIDE_COMMA = re.compile(r"(?<![０-９])，|，(?![０-９])")


@functools.lru_cache(maxsize=512)
def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures of a Chinese `text` in source order, none overlapping another; Traditional and full width too."""
    folded = folded_for_figures(text)
    masked = blanked(folded, (match.span() for match in CODE.finditer(folded)))
    found: list[Figure] = []
    for search in _SEARCHES:
        new = list(search(folded, masked))
        masked = blanked(masked, ((figure.start, figure.end) for figure in new))
        found += (_as_year(figure, folded) for figure in new)
    if folded != text:
        found = [_with_text(figure, text) for figure in found]
    return tuple(sorted(found, key=lambda figure: figure.start))


def folded_for_figures(text: str) -> str:
    """`text` folded, but with its full-width commas: 2018，2019 is no number of seven digits."""
    folded = fold(text)
    if "，" not in text:
        return folded
    characters = list(folded)
    for match in _WIDE_COMMA.finditer(text):
        characters[match.start()] = "，"
    return "".join(characters)


def blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """`text` with the characters of `spans` blank."""
    for start, end in spans:
        text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def _as_year(figure: Figure, text: str) -> Figure:
    """2018中国柳州水上运动会: a bare number before a name is its year."""
    is_bare = figure.kind is FigureKind.NUMBER and not figure.unit and not figure.approximation and figure.digits
    if not is_bare or figure.upper is not None or not _YEAR_NUMBER.fullmatch(figure.text):
        return figure
    if not is_han(text[figure.end : figure.end + 1] or " "):
        return figure
    return replace(figure, kind=FigureKind.DATE, value=None, moment=Moment(year=int(figure.text)))


def _with_text(figure: Figure, text: str) -> Figure:
    return replace(figure, text=text[figure.start : figure.end])


def _documents(text: str, masked: str) -> Iterator[Figure]:
    for match in DOCUMENT.finditer(masked):
        start, end = match.span()
        year = Moment(year=int(match["year"]))
        number = Decimal(match["number"])
        yield Figure(start, end, text[start:end], FigureKind.DOCUMENT, number, moment=year, unit="号")


def _plans(text: str, masked: str) -> Iterator[Figure]:
    for match in PLAN.finditer(masked):
        start, end = match.span()
        number = numeral_value("十" + (match["n"] or match["n2"]))
        yield Figure(start, end, text[start:end], FigureKind.ORDINAL, number, unit="五年规划", digits=False)
    for match in CONGRESS.finditer(masked):
        start, end = match.span()
        number = numeral_value(match["n"])
        yield Figure(start, end, text[start:end], FigureKind.ORDINAL, number, unit="大", digits=False)


def _enumerators(text: str, masked: str) -> Iterator[Figure]:
    for match in ENUMERATOR.finditer(masked):
        start, end = match.span()
        numeral = match["is"] or (match["qi"] or "")[1:] or match["bracket"] or match["dot"]
        value = numeral_value(numeral)
        if value is not None:
            digits = numeral.isdigit()
            yield Figure(start, end, text[start:end], FigureKind.ENUMERATOR, value, digits=digits, weak=True)
    for match in CIRCLED.finditer(masked):
        value = Decimal(ord(match.group()) - 0x245F)
        yield Figure(*match.span(), match.group(), FigureKind.ENUMERATOR, value, weak=True)


_SEARCHES: tuple[Callable[[str, str], Iterator[Figure]], ...] = (
    _documents,
    _plans,
    _enumerators,
    find_dates,
    find_times,
    find_quantities,
    find_halves,
)
