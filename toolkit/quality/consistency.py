"""Does a draft say the same thing in the same way throughout?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from toolkit import tibetan
from toolkit.chinese import fold
from toolkit.constraints import Constraint, Kind
from toolkit.languages import Language
from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding
from toolkit.translation import Draft, DraftUnit
from toolkit.translation.draft import target_hash

_ALIKE = 80  # per cent: Chinese sentences this near to each other may share a translation
_SHORTEST = 3  # words or syllables: “Yes.” may stand for many things
_STEM = 6  # letters in which cooperation and cooperated, prefecture and prefectural agree
_LIGHT = frozenset(["the", "a", "an", "of", "in", "for", "and"])
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def check_consistency(draft: Draft, constraints: Mapping[str, Sequence[Constraint]]) -> Iterator[Finding]:
    """`term-inconsistent`, `inconsistent-target`, `inconsistent-source`; `constraints` go by segment id."""
    units = [unit for unit in draft.units if not unit.is_gap]
    yield from _terms(units, constraints, draft.language)
    yield from _targets(units, draft.language)
    yield from _sources(units, draft.language)


def _terms(
    units: Sequence[DraftUnit], constraints: Mapping[str, Sequence[Constraint]], language: Language
) -> Iterator[Finding]:
    """A term in two renderings, of which neither is a short form of the other."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    terms: dict[str, Constraint] = {}
    for unit in units:
        text = _normal(unit.target.text, language)
        for place, constraint in {one.place: one for one in constraints.get(unit.segment_id, ())}.items():
            if constraint.kind is Kind.TERM and not constraint.is_person:
                terms.setdefault(place, constraint)
                used[place].update(text[start:end].lower() for start, end in constraint.find_in(text, language))
    for place, renderings in used.items():
        unlike = _unlike(renderings, language)
        if len(unlike) > 1:
            shown = ", ".join(f"“{rendering}” {renderings[rendering]}×" for rendering in unlike)
            term = terms[place]
            yield found(
                "term-inconsistent",
                f"“{term.source}” stands as {shown}; the glossary prefers “{term.preferred}”.",
                language=language,
                place=place,
                about=f"{term.source}: {' / '.join(unlike)}",
            )


def _unlike(renderings: Counter[str], language: Language) -> list[str]:
    """The most frequent rendering of each family; a short form belongs to the family of its long form."""
    families: list[tuple[str, frozenset[str]]] = []
    for rendering, _ in sorted(renderings.items(), key=lambda item: (-item[1], item[0])):
        words = _words(rendering, language)
        if not any(words <= family or family <= words for _, family in families):
            families.append((rendering, words))
    return [rendering for rendering, _ in families]


def _words(text: str, language: Language) -> frozenset[str]:
    if language == "bo":
        return frozenset(tibetan.syllables(text))
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _LIGHT)


def _targets(units: Sequence[DraftUnit], language: Language) -> Iterator[Finding]:
    """The same source, another target than at its first place."""
    first: dict[str, DraftUnit] = {}
    for unit in units:
        before = first.setdefault(_bare(unit.source.text), unit)
        if _normal(before.target.text, language) != _normal(unit.target.text, language):
            yield found(
                "inconsistent-target",
                f"“{unit.source.text}” stands here as “{unit.target.text}”, before as “{before.target.text}”.",
                segment_id=unit.segment_id,
                language=language,
                about=unit.source.text,
                target=target_hash(unit.target),
            )


def _sources(units: Sequence[DraftUnit], language: Language) -> Iterator[Finding]:
    """The same target for sentences that are not alike."""
    first: dict[str, DraftUnit] = {}
    for unit in units:
        target = _normal(unit.target.text, language).strip()
        if len(_words(target, language)) < _SHORTEST:
            continue
        before = first.setdefault(target, unit)
        if fuzz.ratio(_bare(before.source.text), _bare(unit.source.text)) < _ALIKE:
            yield found(
                "inconsistent-source",
                f"“{unit.source.text}” has the same target as “{before.source.text}”.",
                segment_id=unit.segment_id,
                language=language,
                about=before.source.text,
                target=target_hash(unit.target),
            )


def _normal(text: str, language: Language) -> str:
    return tibetan.normal(text) if language == "bo" else text


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
