"""Sentences of a translation, and where one can be cut that stands for several of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit import tibetan
from toolkit.constraints.constraint import Constraint
from toolkit.languages import Language

_ENGLISH_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9#])")
_DATELINE_END = re.compile(r"^[^.]{2,80}\)\s+(?=[\"“]?[A-Z])")  # China Gansu Online (Reported by …) In August
_SHORT_FORM = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Nos?|Gen|Sen|Gov|vs|etc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Art"
    r"|pp?|approx|e\.g|i\.e|a\.m|p\.m)|(?:^|[\s.(])[A-Z])\.$"
)
_TIBETAN_CLAUSE = re.compile(r"[།༎༑]+[”’༽)»]*\s*|(?<=[ཀག])\s+")
_FINAL_WORDS = "ཡིན ཡོད རེད འདུག དགོས ངེས སོང བྱུང ཡོང མེད མིན ཆོག ཐུབ ཤོག གོ ངོ དོ ནོ བོ མོ འོ རོ ལོ སོ ཏོ"
_FINAL = frozenset(_FINAL_WORDS.split())
"""What ends a Tibetan sentence: copulas, auxiliaries and the closing particles.  Before any other shad it goes on."""
_CLAUSE_END: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"[,;:—–][\"'”’)]*\s+|\s+(?=(?:but|while|whereas|because|although|which)\s)"),
    "bo": _TIBETAN_CLAUSE,
}
_FARTHEST = 0.22  # of the sentence: a border farther from where it should be is none
_ANCHOR_WEIGHT = 0.15


def split_translation(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of a paragraph, words and order kept; one too many does no harm, they are joined again."""
    if language == "bo":
        ends = [match.end() for match in _TIBETAN_CLAUSE.finditer(text) if _is_final(text, match)]
    else:
        ends = [match.end() for match in _ENGLISH_END.finditer(text) if not _is_short_form(text, match)]
        if dateline := _DATELINE_END.match(text):
            ends = sorted({dateline.end(), *ends})
    pieces = [text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return tuple(piece for piece in pieces if piece)


def _is_final(text: str, match: re.Match[str]) -> bool:
    """Whether a Tibetan sentence may end here: after a final word, a closing bracket or a double shad."""
    last = tibetan.syllables(text[max(0, match.start() - 20) : match.start()])[-1:]
    doubled = match.group().count(tibetan.SHAD) > 1 or text.startswith(tibetan.SHAD, match.end())
    return doubled or "༽" in match.group() or (bool(last) and last[0] in _FINAL)


def _is_short_form(text: str, match: re.Match[str]) -> bool:
    return match.group().startswith(".") and _SHORT_FORM.search(text[: match.start() + 1]) is not None


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
