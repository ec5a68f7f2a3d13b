"""What a fault itself knows how to repair, and when to believe it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit import tibetan
from toolkit.chinese import fold
from toolkit.constraints import Constraint, Fault, faults_of
from toolkit.figures import find_figures
from toolkit.languages import Language
from toolkit.translation.insertion import fit
from toolkit.translation.repair.edits import Change, overlaps

_NUMBER_CHECKS = frozenset(["number", "currency"])
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TIBETAN_DIGITS = str.maketrans({chr(0x0F20 + digit): str(digit) for digit in range(10)})
_RELATIVE_YEAR = re.compile(r"(?:今|去|明|前|同|翌|次|本|当|當)年[^，。；]{0,4}$")
_PREFIX = re.compile(r"^(HK\$|US\$|HKD|USD|RMB|CNY|€|£|\$|¥)(\s?)(?=\d)")
_CURRENCY_WORDS = {
    "HK$": " Hong Kong dollars",
    "HKD": " Hong Kong dollars",
    "US$": " US dollars",
    "USD": " US dollars",
    "$": " US dollars",
    "RMB": " yuan",
    "CNY": " yuan",
    "¥": " yuan",
    "€": " euros",
    "£": " pounds",
}


def certain_changes(
    source: str, target: str, constraints: Sequence[Constraint], language: Language, document: Sequence[str]
) -> list[Change]:
    """The repairs of the target's own faults that can be made unseen, none overlapping another.

    A forbidden rendering.  A number that has the right digits and the wrong power of ten or currency: other wrong
    numbers may be another figure's.  A month or year that was added to a date, unless some sentence of `document`
    (all sources) has it: then a careful translator may have said it.
    """
    changes: list[Change] = []
    said = {number for text in document for number in _numbers(text)}
    for fault in faults_of(source, target, constraints, language):
        span, after = fault.target_span, fault.repair
        if span is None or after is None or not _is_certain(fault, source, target[slice(*span)], after, said):
            continue
        if any(overlaps(span, one.span) for one in changes):
            continue
        if fault.check == "term-forbidden":
            span, after = fit(target, span, after, language)
        elif language == "en":
            after = _in_its_style(target[slice(*span)], after)
        before = target[slice(*span)]
        if before != after:
            changes.append(Change(span, before, after, fault.constraint, _EVIDENCE[fault.check], 1.0))
    return changes


_EVIDENCE = {
    "term-forbidden": "a forbidden rendering",
    "number": "the right digits, the wrong number",
    "currency": "the right number, the wrong currency",
    "date": "more of a date than the source says",
}


def _is_certain(fault: Fault, source: str, before: str, after: str, said: set[str]) -> bool:
    if fault.check == "date":
        year_is_known = fault.source_span is not None and _RELATIVE_YEAR.search(source[: fault.source_span[0]])
        kept, had = _parts(after), _parts(before)
        return bool(kept) and kept < had and said.isdisjoint(had - kept) and not year_is_known
    if fault.check in _NUMBER_CHECKS:
        # a unit that only fell away is not sure to be wrong: 0.75厘 is 0.75 %
        return _digits(before) == _digits(after) != "" and not before.strip().startswith(after.strip())
    return fault.check == "term-forbidden"


def _parts(date: str) -> set[str]:
    """The numbers of a date, months too."""
    plain = tibetan.normal(date).translate(_TIBETAN_DIGITS)
    months = (_MONTHS.get(word) for word in re.findall(r"[A-Z][a-z]{2}", plain))
    return {*_DIGITS.findall(plain), *(str(month) for month in months if month)}


_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
    )
}


def _digits(text: str) -> str:
    """The digits of the one number in `text` without zeros around them: what stays when a power of ten goes wrong."""
    numbers = _DIGITS.findall(tibetan.normal(text).translate(_TIBETAN_DIGITS))
    return numbers[0].replace(",", "").replace(".", "").strip("0") if len(numbers) == 1 else ""


def _numbers(text: str) -> set[str]:
    """The years and months that a Chinese text says, as digits."""
    return {
        str(part)
        for figure in find_figures(fold(text))
        for moment in (figure.moment, figure.until)
        if moment is not None
        for part in (moment.year, moment.month)
        if part is not None
    }


def _in_its_style(before: str, after: str) -> str:
    """`after` with the currency sign that `before` has: HK$3 billion, not 3 billion Hong Kong dollars."""
    sign = _PREFIX.match(before)
    words = _CURRENCY_WORDS.get(sign.group(1), "") if sign else ""
    if sign and after.endswith(words):
        return f"{sign.group(1)}{sign.group(2)}{after.removesuffix(words)}"
    return after
