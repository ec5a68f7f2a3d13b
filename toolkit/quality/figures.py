"""Are the figures of a Chinese segment in its translation?"""

from __future__ import annotations

import re

from babel.dates import get_month_names

from toolkit.languages import Language

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MONTH = re.compile(r"(\d{1,2})月(?:\d{1,2}日|份|底|初|中旬|上旬|下旬)")
_TIBETAN_DIGITS = str.maketrans("༠༡༢༣༤༥༦༧༨༩", "0123456789")
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SCALED = re.compile(r"\d+(?:\.\d+)?[万亿]")  # 3.2亿 may be 320 million: not for a plain comparison


def missing_figures(source: str, target: str, language: Language) -> tuple[str, ...]:
    """The Arabic figures of `source` that `target` does not have, in order, once each.

    A month may be named in English.  Figures with 万 or 亿 are left out: their value may be written otherwise.
    """
    source = source.translate(_FULL_WIDTH_DIGITS)
    present = [_plain(figure) for figure in _FIGURE.findall(target.translate(_TIBETAN_DIGITS))]
    missing = []
    months = {match.start(1) for match in _MONTH.finditer(source)}
    scaled = [match.span() for match in _SCALED.finditer(source)]
    for match in _FIGURE.finditer(source):
        figure = _plain(match.group())
        if any(start <= match.start() < end for start, end in scaled):
            continue
        if match.start() in months and language == "en" and _names_month(int(figure), target):
            continue
        if figure in present:
            present.remove(figure)
        else:
            missing.append(match.group())
    return tuple(dict.fromkeys(missing))


def _plain(figure: str) -> str:
    return figure.replace(",", "")


def _names_month(number: int, target: str) -> bool:
    if not 1 <= number <= 12:
        return False
    names = (get_month_names(width, locale="en")[number] for width in ("wide", "abbreviated"))
    return any(re.search(rf"\b{name}\b", target) for name in names)
