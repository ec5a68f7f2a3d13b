"""The length of a translation: text that was lost on the way, or made up.

What is known to be rendered by a long title or a short name counts with that; the rest by a line through the lengths
of 1,000 news sentences and their translations by professionals (NTREX-128), in characters of English and syllables of
Tibetan.  The bounds are the distance from it that 0.6 % of those translations exceed (a clause may be lost), and
0.1 % (a length that cannot be right); `python benchmarks/checks_on_good_text.py` prints line and shares.  The upper
bound leaves room for officials' titles, which grow eightfold in English.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.constraints.constraint import Constraint
from toolkit.constraints.fault import Fault
from toolkit.languages import NAMES, Language, is_han

MARK = re.compile(r"[，。；：！？,;:!?]")
"""The marks of a Chinese text that end a clause."""
_OTHER = re.compile(r"[A-Za-z0-9.,%-]+")
_LETTERS_PER_HAN = 3  # Latin letters and digits that weigh as much as one Chinese character
_ENUMERATOR = re.compile(r"(?:^|[，。；：、！])\s*([一二三四五六七八九])是")
_BREAK = re.compile(r"[,;:.!?–—)]+(?=\s|$|[”\"’])|\band\b|[།༎]|[ཀགཤ](?= )")


@dataclass(frozen=True)
class _Line:
    """Expected length = base + per_character·size + per_de·(的) + per_mark·(marks); bounds in √(size + 5)."""

    base: float
    per_character: float
    per_de: float
    per_mark: float
    lost_clause: float
    too_short: float
    longest_per_character: float
    longest_base: float

    def at(self, source: str) -> float:
        return (
            self.base
            + self.per_character * size(source)
            + self.per_de * source.count("的")
            + self.per_mark * len(MARK.findall(source))
        )


_LINES: Mapping[Language, _Line] = {
    "en": _Line(3.9, 3.29, -1.20, 2.18, 7.5, 9.2, 10.0, 40.0),
    "bo": _Line(2.1, 1.00, -0.45, 0.25, 2.6, 3.3, 2.6, 20.0),
}


def size(source: str) -> float:
    """The length of a Chinese text: its ideographs, and a third for each Latin letter or digit."""
    return sum(map(is_han, source)) + sum(map(len, _OTHER.findall(source))) / _LETTERS_PER_HAN


def length_of(target: str, language: Language) -> float:
    """The length of a translation: characters in English, syllables in Tibetan (four Latin letters for one)."""
    if language != "bo":
        return len(target)
    return len(tibetan.syllables(target)) + sum(map(len, _OTHER.findall(target))) / 4


def expected_length(source: str, language: Language, constraints: Sequence[Constraint] = ()) -> float:
    """How long a translation of `source` usually is, with the preferred renderings of `constraints` in it."""
    rest: list[str] = []
    known = 0.0
    position = 0
    for constraint in constraints:
        if constraint.preferred and constraint.start >= position:
            rest.append(source[position : constraint.start])
            known += length_of(constraint.preferred, language) + (language != "bo")  # and a space
            position = constraint.end
    return _LINES[language].at("".join((*rest, source[position:]))) + known


def shortfall(
    source: str, target: str, language: Language, constraints: Sequence[Constraint] = (), *, scale: float = 1.0
) -> float:
    """How much `target` is too short, as a share of what is still usual: above 1 a clause may be lost.

    `scale` is how much longer than usual the translations of this text are; negative values tell a long target.
    """
    line = _LINES[language]
    lacking = scale * expected_length(source, language, constraints) - length_of(target, language)
    return lacking / (scale * line.lost_clause * math.sqrt(size(source) + 5))


def length_faults(
    source: str, target: str, language: Language, constraints: Sequence[Constraint] = ()
) -> Iterator[Fault]:
    """`length-ratio` for a length that cannot be right, else `sentence-count` when a clause or a point seems lost."""
    line = _LINES.get(language)
    weight = size(source)
    if line is None or not weight:
        return
    length = length_of(target, language)
    short = shortfall(source, target, language, constraints)
    measured = _measured(length, expected_length(source, language, constraints), language)
    if short > line.too_short / line.lost_clause:
        yield Fault("length-ratio", f"The translation is too short: {measured}.")
    elif length > line.longest_per_character * weight + line.longest_base:
        yield Fault("length-ratio", f"The translation is too long: {measured}.")
    elif short > 1 and has_clauses(source):
        yield Fault("sentence-count", f"A clause may be missing: {measured}.")
    elif (points := len(_ENUMERATOR.findall(source))) > 1 and (clauses := len(_BREAK.findall(target))) < points:
        yield Fault(
            "sentence-count", f"The Chinese counts {points} points (一是 …); the translation has {clauses} clauses."
        )


def has_clauses(source: str) -> bool:
    """Whether a Chinese text has more than one clause, so that one can be lost."""
    return len(MARK.findall(source)) > 1


def _measured(length: float, expected: float, language: Language) -> str:
    unit = "syllables" if language == "bo" else "characters"
    return f"{length:.0f} {unit} of {NAMES[language]} where about {expected:.0f} are usual"
