"""What of a translated paragraph can be aligned: its sentences, and for Tibetan its clauses, cut with a probability.

A Tibetan shad is a full stop, a comma and a colon in one, and some writers put a space where others put a shad.  So
Tibetan is cut wherever a sentence may end, and each cut says how likely one does: by the word before it (copulas and
auxiliaries close a sentence, དང and ནས go on) and by what this text uses its shads for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.languages import Language

_ENGLISH_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z]|[\"'“‘(\[#]+\d|#)")
_DATELINE_END = re.compile(r"^[^.]{2,80}\)\s+(?=[\"“]?[A-Z])")  # China Gansu Online (Reported by …) In August
_SHORT_FORM = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Nos?|Gen|Sen|Gov|Rep|Lt|Col|Sgt|Capt|Rev|vs|etc|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov"
    r"|Dec|Inc|Ltd|Co|Corp|Art|Jr|Sr|pp?|approx|e\.g|i\.e|a\.m|p\.m)|(?:^|[\s.(])[A-Z])\.$"
)
_MAY_END_TOO = re.compile(r"(?:\b(?:Inc|Ltd|Co|Corp|Jr|Sr|etc|a\.m|p\.m)|\.[A-Z])\.$")
_TIBETAN_END = re.compile(r"[།༎༑]+[\"'”’༽)»]*\s*|(?<=[\u0f40-\u0fbc\"'”’༽)»་])\s+|[.?!]+[\"'”’)]*\s+")
_FINAL = frozenset(
    [
        "ཡིན",
        "ཡོད",
        "རེད",
        "འདུག",
        "དགོས",
        "ངེས",
        "སོང",
        "བྱུང",
        "ཡོང",
        "མེད",
        "མིན",
        "ཆོག",
        "ཐུབ",
        "ཤོག",
        "གོ",
        "ངོ",
        "དོ",
        "ནོ",
        "བོ",
        "མོ",
        "འོ",
        "རོ",
        "ལོ",
        "སོ",
        "ཏོ",
        "ཟེར",
        "བཤད",
        "གསུངས",
        "སྲིད",
        "བྱས",
    ]
)
"""What ends a Tibetan sentence: copulas, auxiliaries, verbs of saying and the closing particles."""
_GOES_ON = frozenset(
    [
        "དང",
        "ན",
        "མོད",
        "སྟེ",
        "ཏེ",
        "དེ",
        "ཞིང",
        "ཅིང",
        "ཤིང",
        "ནས",
        "རྒྱུར",
        "པར",
        "བར",
        "གིས",
        "ཡིས",
        "ཀྱིས",
        "གྱིས",
        "ཡང",
        "ཀྱང",
        "ནི",
        "ལ",
        "སྐབས",
        "རྗེས",
        "དོན",
        "ཟད",
        "ལྟར",
    ]
)
_FINAL_WORTH, _GOES_ON_WORTH = 1.5, -2.5  # nats
_LEAST, _MOST = 0.12, 0.9  # probability that a shad is a full stop
_LEAST_SPACE, _MOST_SPACE = 0.03, 0.4  # that a space is one
_ENGLISH_SURE, _ENGLISH_UNSURE = 3.5, -1.0
_PARAGRAPH_END = 6.0


@dataclass(frozen=True)
class Unit:
    """A run of translated text; `end` is the logarithm of the odds that a sentence ends behind it.

    `paragraph` is the number of its paragraph; a paragraph's last unit always ends a sentence.
    """

    text: str
    end: float
    paragraph: int = 0

    @property
    def length(self) -> int:
        """Characters without spaces."""
        return len("".join(self.text.split()))


@dataclass(frozen=True)
class Stops:
    """How likely a shad, and a space, of a Tibetan text closes a sentence, before one looks at the words."""

    shad: float = 0.5
    space: float = _LEAST_SPACE


def units_of(text: str, language: Language, *, paragraph: int = 0, stops: Stops = Stops()) -> tuple[Unit, ...]:
    """The units of one paragraph, words and order kept.

    `stops` says what the shads and spaces of a Tibetan text are used for (see `stops_of`).
    """
    cuts = _tibetan_cuts(text, stops) if language == "bo" else _english_cuts(text)
    ends = [*cuts, len(text)]
    pieces = [text[start:end].strip() for start, end in zip([0, *cuts], ends, strict=True)]
    odds = [*cuts.values(), _PARAGRAPH_END]
    found = [Unit(piece, odd, paragraph) for piece, odd in zip(pieces, odds, strict=True) if piece]
    if found and found[-1].end != _PARAGRAPH_END:
        found[-1] = Unit(found[-1].text, _PARAGRAPH_END, paragraph)
    return tuple(found)


def sentences_of(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of a paragraph: its units, joined where no sentence is likely to end."""
    sentences: list[str] = []
    goes_on = False
    for unit in units_of(text, language):
        if goes_on:
            sentences[-1] += f" {unit.text}"
        else:
            sentences.append(unit.text)
        goes_on = unit.end <= 0
    return tuple(sentences)


def stops_of(paragraphs: Sequence[str], sentences: int) -> Stops:
    """What shads and spaces do in a text that should have about so many `sentences`: shads go first."""
    shads = spaces = 0
    for text in paragraphs:
        marks = [_is_shad(match) for match in _TIBETAN_END.finditer(text.strip()) if match.end() < len(text.strip())]
        shads += sum(marks) + 1
        spaces += len(marks) - sum(marks)
    shad = max(_LEAST, min(sentences / max(1, shads), _MOST))
    space = (sentences - shads * shad) / max(1, spaces)
    return Stops(shad, max(_LEAST_SPACE, min(space, _MOST_SPACE)))


def _is_shad(match: re.Match[str]) -> bool:
    """A shad, or the space that stands for one behind ག and ཀ."""
    before = match.string[match.start() - 1 : match.start()]
    return not match.group().isspace() or before in ("ག", "ཀ")


def _tibetan_cuts(text: str, stops: Stops) -> dict[int, float]:
    cuts: dict[int, float] = {}
    for match in _TIBETAN_END.finditer(text):
        if not text[match.end() :].strip():
            continue
        if text.startswith(tibetan.SHAD, match.end()):  # ། ། and །།: the second one decides
            continue
        doubled = match.group().count(tibetan.SHAD) > 1 or text[: match.start()].rstrip().endswith(tibetan.SHAD)
        last = tibetan.syllables(text[max(0, match.start() - 20) : match.start()])[-1:]
        worth = _FINAL_WORTH if doubled or "༽" in match.group() else 0.0
        if last and last[0] in _FINAL:
            worth += _FINAL_WORTH
        elif last and last[0] in _GOES_ON:
            worth += _GOES_ON_WORTH
        probability = stops.shad if _is_shad(match) else stops.space
        cuts[match.end()] = math.log(probability / (1 - probability)) + worth
    return cuts


def _english_cuts(text: str) -> dict[int, float]:
    cuts: dict[int, float] = {}
    if dateline := _DATELINE_END.match(text):
        cuts[dateline.end()] = 0.5
    for match in _ENGLISH_END.finditer(text):
        stem = text[: match.start() + 1]
        if match.group().startswith(".") and _SHORT_FORM.search(stem):
            if _MAY_END_TOO.search(stem):
                cuts[match.end()] = _ENGLISH_UNSURE
            continue
        cuts[match.end()] = _ENGLISH_SURE
    return dict(sorted(cuts.items()))
