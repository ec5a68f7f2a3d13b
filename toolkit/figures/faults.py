"""The faults of the figures of a translation: what is missing, changed or invented, and what should stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from toolkit.figures.compare import Comparison, Pair, compare
from toolkit.figures.currencies import BY_CODE, is_a_dollar
from toolkit.figures.figure import Figure, FigureFault, FigureKind
from toolkit.figures.reading import DATE_ROLES, PER_MILLE, PERCENT, SHARE_UNITS, Mention, Part, Reading, Role, fraction
from toolkit.figures.write import write_repair
from toolkit.languages import Language

Check = Literal["number", "date", "currency"]


def figure_faults(source: str, target: str, language: Language) -> tuple[FigureFault, ...]:
    """The faults of the figures of `target`, a translation of the Chinese `source`, in order of the source.

    A figure is compared by value, however it is written.  What the source says weakly (a lone 一) may be left out; what
    the target says in a word (both, dozens) is never called invented.  Empty for a target without any text.
    """
    if not target.strip():
        return ()
    found = compare(source, target, language)
    faults = [*_of_currencies(found, target, language), *_of_values(found, target, language)]
    return tuple(sorted(faults, key=_place))


def _place(fault: FigureFault) -> tuple[int, int]:
    return (fault.figure.start if fault.figure else 1 << 30, fault.target_span[0] if fault.target_span else 0)


def _of_currencies(found: Comparison, target: str, language: Language) -> Iterator[FigureFault]:
    said = {reading.unit for pair in found.pairs for reading in pair.target.readings if reading.unit}
    for pair in found.pairs:
        wanted, is_there = pair.source_reading.unit, pair.target_reading.unit
        if wanted == is_there or pair.figure.weak:
            continue
        span = (pair.mention.start, pair.mention.end)
        repair = write_repair(pair.figure, target, span, language)
        words = target[span[0] : span[1]]
        if pair.figure.kind is FigureKind.MONEY and (not is_there or is_there in BY_CODE):
            if not is_there and (wanted in said or _named_near(target, span, wanted)):
                continue
            name = BY_CODE[wanted].en[0]
            reason = (
                f"“{pair.figure.text}” is in {name}, “{words}” in {BY_CODE[is_there].en[0]}."
                if is_there
                else f"“{pair.figure.text}” is in {name}; “{words}” names no currency."
            )
            yield FigureFault("currency", reason, pair.figure, span, repair)
        elif wanted in SHARE_UNITS or is_there in SHARE_UNITS:
            kind = "a percentage" if wanted == PERCENT else "per mille" if wanted == PER_MILLE else "no percentage"
            reason = (
                f"“{pair.figure.text}” is {kind}, “{words}” is not."
                if wanted
                else f"“{pair.figure.text}” is no percentage, “{words}” is."
            )
            yield FigureFault("number", reason, pair.figure, span, repair)


def _named_near(target: str, span: tuple[int, int], code: str) -> bool:
    """Whether the currency is named close behind the number: 5 of the 8 billion in yuan."""
    near = target[max(0, span[0] - 30) : span[1] + 40].lower()
    names = BY_CODE[code].en
    return any(name.lower() in near for name in names) or (is_a_dollar(code) and "dollar" in near)


def _of_values(found: Comparison, target: str, language: Language) -> Iterator[FigureFault]:
    missing: dict[Figure, list[Part]] = {}
    for figure, part in found.missing:
        missing.setdefault(figure, []).append(part)
    invented = list(found.invented)
    for figure, parts in missing.items():
        mention, strays = _counterpart(figure, parts, found, invented)
        invented = [stray for stray in invented if stray not in strays]
        yield _fault_of(figure, parts, mention, target, language)
    by_mention: dict[Mention, list[Part]] = {}
    for mention, part in invented:
        by_mention.setdefault(mention, []).append(part)
    for mention, strays_here in by_mention.items():
        yield _invented(mention, strays_here, found, target, language)


def _counterpart(
    figure: Figure, parts: list[Part], found: Comparison, invented: list[tuple[Mention, Part]]
) -> tuple[Mention | None, list[tuple[Mention, Part]]]:
    """The mention that stands wrongly for a figure, and the invented parts it settles.

    A mention that holds another part of the same figure comes first (8 September for 8月8日), then the first stray of
    like kind.
    """
    for pair in found.pairs:
        if pair.figure is figure and pair.mention.is_date:
            strays = [stray for stray in invented if stray[0] is pair.mention]
            return pair.mention, strays
    for part in parts:
        for mention, stray in invented:
            if _same_kind(part.readings[0], stray.readings[0]):
                return mention, [other for other in invented if other[0] is mention]
    for part in parts:
        for mention, stray in found.idle:
            if not mention.is_date and _slipped(part.readings[0], stray.readings[0]):
                return mention, []
    return None, []


def _slipped(one: Reading, other: Reading) -> bool:
    """Whether two numbers of like kind differ by zeros only: 7 % for 七成, 320 for 3.2亿."""
    if one.role in DATE_ROLES or other.role in DATE_ROLES or not one.value or not other.value:
        return False
    ratio = one.value / other.value
    ratio = 1 / ratio if ratio < 1 else ratio
    is_power_of_ten = ratio.denominator == 1 and set(str(ratio.numerator).rstrip("0")) == {"1"}
    return is_power_of_ten and ratio > 1 and _same_kind(one, other) and bool(one.unit) == bool(other.unit)


def _same_kind(one: Reading, other: Reading) -> bool:
    if one.role in DATE_ROLES or other.role in DATE_ROLES:
        clocks = (Role.CLOCK, Role.CLOCK_12)
        return one.role is other.role or (one.role in clocks and other.role in clocks)
    if (one.unit in SHARE_UNITS) != (other.unit in SHARE_UNITS):
        return False
    return bool(one.unit) == bool(other.unit) or one.unit not in SHARE_UNITS


def _fault_of(
    figure: Figure, parts: list[Part], mention: Mention | None, target: str, language: Language
) -> FigureFault:
    check: Check = "date" if figure.kind in (FigureKind.DATE, FigureKind.TIME) else "number"
    if mention is None:
        return FigureFault(check, f"“{figure.text}” is missing.", figure, None, None)
    span = (mention.start, mention.end)
    words = target[mention.start : mention.end]
    repair = None
    if mention.is_date == (check == "date"):
        end = _single(figure, parts[0]) if len(parts) == 1 else figure
        repair = write_repair(end, target, span, language)
    return FigureFault(check, f"“{figure.text}” became “{words}”.", figure, span, repair)


def _single(figure: Figure, part: Part) -> Figure:
    """The end of a range that `part` is; a figure of one value as it is."""
    if figure.upper is None or figure.value is None:
        return figure
    is_lower = any(reading.value == fraction(figure.value) for reading in part.readings)
    return replace(figure, value=figure.value if is_lower else figure.upper, upper=None)


def _invented(mention: Mention, strays: list[Part], found: Comparison, target: str, language: Language) -> FigureFault:
    span = (mention.start, mention.end)
    words = target[mention.start : mention.end]
    owners = [pair for pair in found.pairs if pair.mention is mention]
    roles = {reading.role for part in strays for reading in part.readings[:1]}
    if mention.is_date and owners:
        figure = owners[0].figure
        name = "month" if Role.MONTH in roles else "year" if Role.YEAR in roles else "day"
        repair = _date_repair(owners, figure, target, span, language)
        return FigureFault("date", f"“{figure.text}” names no {name}; “{words}” does.", figure, span, repair)
    check: Check = "date" if mention.is_date else "number"
    return FigureFault(check, f"Nothing in the source stands for “{words}”.", None, span, None)


def _date_repair(
    owners: list[Pair], figure: Figure, target: str, span: tuple[int, int], language: Language
) -> str | None:
    if figure.kind is not FigureKind.DATE or any(owner.figure is not figure for owner in owners):
        return None
    return write_repair(figure, target, span, language)
