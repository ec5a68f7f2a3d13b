"""The same replacement made again and again is a change of terms: noticed and offered, never made by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit import english, tibetan
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.review.diff import Replacement, diff, replacements

_OFTEN = 3
_LONGEST = 60  # characters: beyond, it is a sentence rewritten and no term


@dataclass(frozen=True)
class Correction:
    """One corrected segment, as far as terms are concerned."""

    segment_id: str
    language: Language
    source: str
    before: str
    after: str


@dataclass(frozen=True)
class TermOffer:
    """`old` became `new` in all of `segments`.

    `term` is the one whose rendering `old` is; None when it is no term's, and then `shared` are the Chinese spellings
    of the terms that stand in every one of these segments: candidates for what was renamed.
    """

    language: Language
    old: str
    new: str
    segments: tuple[str, ...]
    term: Term | None = None
    shared: tuple[str, ...] = ()


def term_changes(
    corrections: Iterable[Correction], glossary: Glossary, *, at_least: int = _OFTEN
) -> tuple[TermOffer, ...]:
    """Replacements made in `at_least` segments or more, most frequent first.

    Where the words replaced are part of a term's rendering, the whole rendering is compared (“Guoluo Prefecture”
    became “Golog Prefecture”).  A change to what the glossary prefers already is no offer; one to a rendering that it
    only accepts is.
    """
    found: dict[tuple[Language, str, str, str], dict[str, Correction]] = {}
    terms: dict[str, Term] = {}
    for one in corrections:
        for term, old, new in _renamings(one, glossary):
            place = term.place if term is not None else ""
            if term is not None:
                terms[place] = term
            found.setdefault((one.language, place, old, new), {})[one.segment_id] = one
    offers = [
        TermOffer(
            language,
            old,
            new,
            tuple(segments),
            terms.get(place),
            () if place in terms else _shared(segments.values(), glossary),
        )
        for (language, place, old, new), segments in found.items()
        if len(segments) >= at_least
    ]
    return tuple(sorted(offers, key=lambda offer: -len(offer.segments)))


def _renamings(one: Correction, glossary: Glossary) -> list[tuple[Term | None, str, str]]:
    """Each replacement in one segment, of a term's whole rendering or of bare words: the term, old, new."""
    changes = replacements(diff(one.before, one.after, one.language))
    renamed: list[tuple[Term | None, str, str]] = []
    explained: set[Replacement] = set()
    for term, rendering in _renderings(one, glossary):
        for span in _find(one.before, rendering, one.language):
            inside = [change for change in changes if change.start < span[1] and change.end > span[0]]
            crosses = bool(inside) and (inside[0].start < span[0] or inside[-1].end > span[1])
            if not inside or crosses or explained.issuperset(inside):
                continue
            explained.update(inside)
            new = one.after[_moved(span[0], changes) : _moved(span[1], changes)].strip()
            if _is_wording(new, one.language) and not _is_preferred(new, term, one.language):
                renamed.append((term, one.before[slice(*span)], _as_term(new, one.language)))
    for change in changes:
        old, new = one.before[change.start : change.end].strip(), one.after[change.new_start : change.new_end].strip()
        old, new = _as_term(old, one.language), _as_term(new, one.language)
        if change not in explained and _is_wording(old, one.language) and _is_wording(new, one.language):
            renamed.append((None, old, new))
    return renamed


def _renderings(one: Correction, glossary: Glossary) -> list[tuple[Term, str]]:
    """What the terms of the sentence may be called, longest first: a part explains no more than the whole."""
    terms = [match.term for match in glossary.match(one.source) if match.term.status is not Status.FORBIDDEN]
    pairs = [(term, rendering) for term in terms for rendering in term.allowed(one.language)]
    return sorted(pairs, key=lambda pair: -len(pair[1]))


def _find(text: str, rendering: str, language: Language) -> tuple[tuple[int, int], ...]:
    return tibetan.find_phrase(text, rendering) if language == "bo" else english.find_phrase(text, rendering)


def _moved(position: int, changes: Sequence[Replacement]) -> int:
    """Where a place in the old text, which no change crosses, is in the new one."""
    shift = 0
    for change in changes:
        if change.end <= position and change.start < position:
            shift = change.new_end - change.end
    return position + shift


def _as_term(text: str, language: Language) -> str:
    return text.strip(f"{tibetan.TSHEG}{tibetan.SHAD} ") if language == "bo" else text


def _is_wording(text: str, language: Language) -> bool:
    letter = tibetan.joins if language == "bo" else str.isalpha
    return 0 < len(text) <= _LONGEST and any(map(letter, text))


def _is_preferred(text: str, term: Term, language: Language) -> bool:
    preferred = _as_term(term.targets.get(language, ""), language)
    return _as_term(text, language).casefold() == preferred.casefold()


def _shared(corrections: Iterable[Correction], glossary: Glossary) -> tuple[str, ...]:
    sets = [{match.term.zh for match in glossary.match(one.source)} for one in corrections]
    return tuple(sorted(set.intersection(*sets)))
