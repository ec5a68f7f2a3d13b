"""Where a sentence of a translation can be cut that stands for several of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.constraints.constraint import Constraint
from toolkit.languages import Language

_TIBETAN_CLAUSE = re.compile(r"[།༎༑]+[”’༽)»]*\s*|(?<=[ཀག])\s+")
_CLAUSE_END: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"[,;:—–][\"'”’)]*\s+|\s+(?=(?:but|while|whereas|because|although|which)\s)"),
    "bo": _TIBETAN_CLAUSE,
}
_FARTHEST = 0.22  # of the sentence: a border farther from where it should be is none
_ANCHOR_WEIGHT = 0.15


def cut_at_clauses(
    text: str, sources: Sequence[str], constraints: Sequence[Sequence[Constraint]], language: Language
) -> tuple[str, ...]:
    """`text` cut into as many pieces as `sources`, each at the clause border that fits length and anchors best.

    Only one piece, the whole, where there is no such border near enough.
    """
    pieces: list[str] = []
    rest = text
    for number in range(len(sources) - 1):
        lengths = [len(source) for source in sources[number:]]
        position = _border(rest, lengths[0] / sum(lengths), constraints[number], constraints[number + 1], language)
        if position is None:
            return (text,)
        pieces.append(rest[:position].rstrip())
        rest = rest[position:].lstrip()
    return (*pieces, rest)


def _border(
    text: str, share: float, before: Sequence[Constraint], after: Sequence[Constraint], language: Language
) -> int | None:
    anchors = [(span[0], True) for constraint in before for span in constraint.find_in(text, language)]
    anchors += [(span[0], False) for constraint in after for span in constraint.find_in(text, language)]
    best: tuple[float, int] | None = None
    for match in _CLAUSE_END[language].finditer(text):
        position = match.end()
        distance = abs(position / len(text) - share)
        if distance > _FARTHEST or not text[:position].strip() or not text[position:].strip():
            continue
        wrong = sum((place < position) != belongs_before for place, belongs_before in anchors)
        cost = distance + _ANCHOR_WEIGHT * wrong
        if best is None or cost < best[0]:
            best = (cost, position)
    return best[1] if best else None
