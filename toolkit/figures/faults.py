"""The faults of the figures of a translation: what is missing, changed or invented, and what should stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from toolkit.figures.compare import Comparison, Pair, compare
from toolkit.figures.currencies import BY_CODE, is_a_dollar
from toolkit.figures.figure import Figure, FigureFault, FigureKind
from toolkit.figures.reading import DATE_ROLES, PERCENT, SHARE_UNITS, Mention, Part, Reading, Role
from toolkit.figures.repair import end_of_range, joined_span, repair_date, repair_number, without_doubled_words
from toolkit.languages import Language

Check = Literal["number", "date", "currency"]
_Stray = tuple[Mention, Part]


def figure_faults(source: str, target: str, language: Language) -> tuple[FigureFault, ...]:
    """The faults of the figures of `target`, a translation of the Chinese `source`, in order of the source.

    A figure is compared by value, however it is written.  What the source says weakly (a lone 一) may be left out; what
    the target says in a word (both, dozens) is never called invented.  Empty for a target without any text.
    """
    if not target.strip():
        return ()
    found = compare(source, target, language)
    faults = [*_of_units(found, target, language), *_of_values(found, target, language)]
    certain = (without_doubled_words(fault, target) for fault in faults)
    return tuple(sorted((_only_if_it_helps(fault, source, target, language) for fault in certain), key=_place))


def _only_if_it_helps(fault: FigureFault, source: str, target: str, language: Language) -> FigureFault:
    """The fault with its repair only where the figure is right once that stands there."""
    if fault.repair is None or fault.target_span is None:
        return fault
    start, end = fault.target_span
    mended = compare(source, target[:start] + fault.repair + target[end:], language)
    still = {figure for figure, _ in mended.missing}
    is_worse = len(mended.missing) + len(mended.invented) > len(
        (before := compare(source, target, language)).missing
    ) + len(before.invented)
    return replace(fault, repair=None) if fault.figure in still or is_worse else fault


def _place(fault: FigureFault) -> tuple[int, int]:
    return (fault.figure.start if fault.figure else 1 << 30, fault.target_span[0] if fault.target_span else 0)


def _of_units(found: Comparison, target: str, language: Language) -> Iterator[FigureFault]:
    """Right values of the wrong currency, or with a percent sign gained or lost."""
    said = {reading.unit for pair in found.pairs for reading in pair.target.readings if reading.unit}
    wrong: dict[Figure, list[Pair]] = {}
    for pair in found.pairs:
        is_money = pair.figure.kind is FigureKind.MONEY and pair.target_reading.unit in BY_CODE
        if pair.source_reading.unit != pair.target_reading.unit and (is_money or not pair.figure.weak):
            wrong.setdefault(pair.figure, []).append(pair)
    for figure, pairs in wrong.items():
        wanted, is_there = pairs[0].source_reading.unit, pairs[-1].target_reading.unit
        span = joined_span(pairs, target)
        repair = repair_number(figure, target, span, language)
        if span is None or repair is None:
            span = (pairs[0].mention.start, pairs[0].mention.end)
            repair = repair_number(end_of_range(figure, pairs[0].source), target, span, language)
        words = target[span[0] : span[1]]
        if figure.kind is FigureKind.MONEY and (not is_there or is_there in BY_CODE):
            if is_there or not (wanted in said or _named_near(target, span, wanted)):
                yield FigureFault("currency", _wrong_currency(figure, words, is_there), figure, span, repair)
        elif wanted in SHARE_UNITS or is_there in SHARE_UNITS:
            is_share = "is a percentage" if wanted == PERCENT else "is per mille" if wanted else "is no percentage"
            reason = f"“{figure.text}” {is_share}, “{words}” is {'not' if wanted else 'one'}."
            yield FigureFault("number", reason, figure, span, repair)


def _of_another_currency(figure: Figure, mention: Mention, fault: FigureFault, target: str) -> Iterator[FigureFault]:
    """A wrong value may be of a wrong currency besides."""
    units = {reading.unit for part in mention.parts for reading in part.readings if reading.unit in BY_CODE}
    if figure.kind is FigureKind.MONEY and units and figure.currency not in units:
        words = target[mention.start : mention.end]
        reason = _wrong_currency(figure, words, min(units))
        yield FigureFault("currency", reason, figure, (mention.start, mention.end), fault.repair)


def _wrong_currency(figure: Figure, words: str, is_there: str) -> str:
    name = BY_CODE[figure.currency].en[0]
    if is_there:
        return f"“{figure.text}” is in {name}, “{words}” in {BY_CODE[is_there].en[0]}."
    return f"“{figure.text}” is in {name}; “{words}” names no currency."


def _named_near(target: str, span: tuple[int, int], code: str) -> bool:
    """Whether the currency is named close behind the number: 5 of the 8 billion in yuan."""
    near = target[max(0, span[0] - 30) : span[1] + 40].lower()
    currency = BY_CODE[code]
    return any(name.lower() in near for name in (*currency.en, *currency.bo)) or (
        is_a_dollar(code) and "dollar" in near
    )


def _of_values(found: Comparison, target: str, language: Language) -> Iterator[FigureFault]:
    missing: dict[Figure, list[Part]] = {}
    for figure, part in found.missing:
        missing.setdefault(figure, []).append(part)
    invented = list(found.invented)
    for figure, parts in missing.items():
        is_only = len(missing) == 1 and len(found.invented) == 1
        mention, settled = _counterpart(figure, parts, found, invented)
        invented = [stray for stray in invented if stray not in settled]
        fault = _fault_of(figure, parts, mention, found, target, language, is_only=is_only)
        yield fault
        if mention is not None and fault.check == "number":
            yield from _of_another_currency(figure, mention, fault, target)
    by_mention: dict[Mention, list[Part]] = {}
    for mention, part in invented:
        by_mention.setdefault(mention, []).append(part)
    for mention, strays in by_mention.items():
        yield _invented(mention, strays, found, target, language)


def _counterpart(
    figure: Figure, parts: Sequence[Part], found: Comparison, invented: Sequence[_Stray]
) -> tuple[Mention | None, list[_Stray]]:
    """The mention that stands wrongly for a figure, and the invented parts it settles.

    A date that holds another part of the same figure comes first where it has a stray (8 September for 8月8日), then
    the first stray of like kind, then the rest of the date (August), then a number that says the same but for zeros.
    """
    own = [pair.mention for pair in found.pairs if pair.figure is figure and pair.mention.is_date]
    for mention in own:
        if strays := [stray for stray in invented if stray[0] is mention]:
            return mention, strays
    for likes in (_slipped, _same_kind):
        for part in parts:
            for mention, stray in invented:
                if likes(part.readings[0], stray.readings[0]):
                    return mention, [other for other in invented if other[0] is mention]
    if own:
        return own[0], []
    for part in parts:
        for mention, stray in found.idle:
            if not mention.is_date and _slipped(part.readings[0], stray.readings[0]):
                return mention, []
    return None, []


def _slipped(one: Reading, other: Reading) -> bool:
    """Whether two numbers of like kind differ by zeros only: 7 % for 七成, 320 for 3.2亿."""
    if one.role in DATE_ROLES or other.role in DATE_ROLES or not one.value or not other.value:
        return False
    ratio = max(one.value, other.value) / min(one.value, other.value)
    is_power_of_ten = ratio > 1 and ratio.denominator == 1 and str(ratio.numerator).rstrip("0") == "1"
    return is_power_of_ten and _same_kind(one, other) and bool(one.unit) == bool(other.unit)


def _same_kind(one: Reading, other: Reading) -> bool:
    if one.role is Role.YEAR and other.role is Role.NUMBER:
        return not other.unit and 1000 < other.value < 2200
    if one.role in DATE_ROLES or other.role in DATE_ROLES:
        clocks = (Role.CLOCK, Role.CLOCK_12)
        return one.role is other.role or (one.role in clocks and other.role in clocks)
    return (one.unit in SHARE_UNITS) == (other.unit in SHARE_UNITS)


def _fault_of(
    figure: Figure,
    parts: Sequence[Part],
    mention: Mention | None,
    found: Comparison,
    target: str,
    language: Language,
    *,
    is_only: bool,
) -> FigureFault:
    check: Check = "date" if figure.kind in (FigureKind.DATE, FigureKind.TIME) else "number"
    if mention is None:
        return FigureFault(check, f"“{figure.text}” is missing.", figure, None, None)
    span = (mention.start, mention.end)
    repair: str | None = None
    pairs = [pair for pair in found.pairs if pair.figure is figure or pair.mention is mention]
    if mention.is_date and check == "date":
        repair = repair_date(figure, parts, mention, pairs, target, language)
    elif not mention.is_date and len(parts) == 1 and parts[0].readings[0].role is Role.YEAR:
        repair = str(parts[0].readings[0].value)
    elif not mention.is_date and check == "number":
        one, other = parts[0].readings[0], mention.parts[0].readings[0]
        is_whole = figure.upper is None or len(parts) == 1
        if is_whole and (is_only or _slipped(one, other) or _looks_like(one, other)):
            repair = repair_number(end_of_range(figure, parts[0]), target, span, language)
    reason = f"“{figure.text}” became “{target[span[0] : span[1]]}”."
    return FigureFault(check, reason, figure, span, repair)


def _looks_like(one: Reading, other: Reading) -> bool:
    """Whether two numbers have the same kind of unit, or digits in common: 14422 and 1442."""
    if one.unit and other.unit:
        return True
    digits, others = (str(reading.value.numerator).rstrip("0") for reading in (one, other))
    return min(len(digits), len(others)) > 1 and (digits.startswith(others[:2]) or others.startswith(digits[:2]))


def _invented(
    mention: Mention, strays: Sequence[Part], found: Comparison, target: str, language: Language
) -> FigureFault:
    span = (mention.start, mention.end)
    words = target[mention.start : mention.end]
    owners = [pair for pair in found.pairs if pair.mention is mention]
    if mention.is_date and owners:
        figure = owners[0].figure
        roles = {part.readings[0].role for part in strays}
        name = "month" if Role.MONTH in roles else "year" if Role.YEAR in roles else "day"
        pairs = [*owners, *(pair for pair in found.pairs if pair.figure is figure and pair.mention is not mention)]
        repair = repair_date(figure, (), mention, pairs, target, language)
        return FigureFault("date", f"“{figure.text}” names no {name}; “{words}” does.", figure, span, repair)
    check: Check = "date" if mention.is_date else "number"
    return FigureFault(check, f"Nothing in the source stands for “{words}”.", None, span, None)
