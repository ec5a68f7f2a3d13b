"""What should stand in the place of a wrong figure, when that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.figures.compare import Pair
from toolkit.figures.figure import Figure, FigureFault, FigureKind, FigureStyle, Moment
from toolkit.figures.reading import Mention, Part, Role, fraction
from toolkit.figures.write_english import write_english
from toolkit.figures.write_tibetan import write_tibetan
from toolkit.languages import Language

_GAP = " \u0f0b-"  # between words, and between syllables
_BETWEEN_ENDS = 8  # characters between the two ends of a range


def repair_number(figure: Figure, target: str, span: tuple[int, int] | None, language: Language) -> str | None:
    """`figure`, no date, to stand at `span`: without the “more than” of 多, which stands in the target already."""
    return None if span is None else _fitted(figure, target, span, language)


def repair_date(
    figure: Figure, missing: Sequence[Part], mention: Mention, pairs: Sequence[Pair], target: str, language: Language
) -> str | None:
    """`figure`, a date or time, to stand for `mention`; None when the mention says parts of other figures too.

    `pairs` are those of the figure and those of the mention.  The end of a range is written alone where its other end
    stands elsewhere.
    """
    if figure.kind not in (FigureKind.DATE, FigureKind.TIME) or figure.moment is None:
        return None
    if any(pair.mention is mention and pair.figure is not figure for pair in pairs):
        return None
    span = (mention.start, mention.end)
    moment = _without_part(figure.moment)
    stands_alone = all(pair.mention is mention for pair in pairs)
    if figure.until is None:
        return _fitted(replace(figure, moment=moment), target, span, language) if stands_alone else None
    days = sum(part.readings[0].role is Role.DAY for part in mention.parts)
    if stands_alone and (len(mention.parts) > 2 or days > 1 or figure.until.day is None):
        return _fitted(replace(figure, moment=moment), target, span, language)
    is_until = any(_says(figure.until, part) for part in missing) or any(
        pair.mention is mention and _says(figure.until, pair.source) and not _says(moment, pair.source)
        for pair in pairs
    )
    has_month = any(part.readings[0].role is Role.MONTH for part in mention.parts)
    end = figure.until if is_until else moment
    if end.month is None and has_month:
        end = replace(end, month=moment.month)
    return _fitted(replace(figure, moment=end, until=None), target, span, language)


def _says(moment: Moment, part: Part) -> bool:
    reading = part.readings[0]
    values = {Role.YEAR: moment.year, Role.MONTH: moment.month, Role.DAY: moment.day}
    value = values.get(reading.role)
    return value is not None and fraction(value) == reading.value


def _without_part(moment: Moment) -> Moment:
    """A day without its evening: the target says that outside the date."""
    return replace(moment, part="") if moment.day is not None else moment


def end_of_range(figure: Figure, part: Part) -> Figure:
    """The end of a range that `part` is; a figure of one value as it is."""
    if figure.upper is None or figure.value is None:
        return figure
    is_lower = any(reading.value == fraction(figure.value) for reading in part.readings)
    return replace(figure, value=figure.value if is_lower else figure.upper, upper=None)


def joined_span(pairs: Sequence[Pair], target: str) -> tuple[int, int] | None:
    """The place of all ends of one figure, when they stand side by side; None when they do not, or one is not there."""
    figure = pairs[0].figure
    mentions = sorted({(pair.mention.start, pair.mention.end) for pair in pairs})
    if figure.upper is not None and len(mentions) < 2:
        return None
    if any(other[0] - one[1] > _BETWEEN_ENDS for one, other in pairwise(mentions)):
        return None
    return mentions[0][0], mentions[-1][1]


def _fitted(figure: Figure, target: str, span: tuple[int, int], language: Language) -> str:
    """`figure` written to stand at `span`: no second “the”, a capital where the sentence begins, its kind of digits."""
    if language == "bo":
        style = FigureStyle(tibetan_digits=bool(re.search(r"[༠-༩]", target[span[0] : span[1]])))
        return write_tibetan(figure, style, exact=True)
    style = FigureStyle(day_first=re.match(r"(?:the\s+)?\d", target[span[0] : span[1]], re.IGNORECASE) is not None)
    written = write_english(figure, style, exact=True)
    before = target[: span[0]]
    if written.startswith("the ") and re.search(r"\b[Tt]he\s+$", before):
        return written[4:]
    if written.startswith("the ") and re.search(r"(?:^|[.!?]\s+)$", before):
        return "T" + written[1:]
    return written


def without_doubled_words(fault: FigureFault, target: str) -> FigureFault:
    """The fault with a repair that does not say again what stands beside its place: “70th” before “anniversary”.

    The place grows over a word that the repair begins or ends with and the target has there already.
    """
    if fault.repair is None or fault.target_span is None:
        return fault
    start, end = fault.target_span
    repair = fault.repair
    for size in range(len(repair), 1, -1):
        tail = repair[-size:]
        gap = len(target[end:]) - len(target[end:].lstrip(_GAP))
        after = target[end + gap :]
        begins = size == len(repair) or not repair[-size - 1].isalnum()
        if begins and after.lower().startswith(tail.lower()) and not after[size : size + 1].isalnum():
            end += gap + size
            break
    for size in range(len(repair), 1, -1):
        head = repair[:size]
        before = target[:start].rstrip(_GAP)
        ends = _ends_word(repair, size) and not before[: -len(head)][-1:].isalnum()
        if ends and before.lower().endswith(head.lower()):
            start = len(before) - size
            break
    return replace(fault, target_span=(start, end))


def _ends_word(text: str, index: int) -> bool:
    return index == len(text) or not text[index].isalnum() or text[index - 1].isdigit() != text[index].isdigit()
