"""The search for what a draft has instead of its constraints, over all items of a document at once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.constraints.constraint import Constraint, Kind, Span
from toolkit.constraints.kept import places
from toolkit.languages import Language
from toolkit.translation.repair.alignment import Pair, link_words
from toolkit.translation.repair.confidence import confidence
from toolkit.translation.repair.name_places import is_half_a_name, is_name_like, name_places
from toolkit.translation.repair.places import Place, find_places
from toolkit.translation.repair.sight import Sight
from toolkit.translation.repair.words import Word, source_words, target_words

_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\w)", re.IGNORECASE)
_ENOUGH: dict[Language, float] = {"en": 0.6, "bo": 0.7, "zh": 1.0}  # the weights were found on English
_ENOUGH_FOR_A_GUESS = 0.75  # where the term stands there once already, the other may have become “it”
_LEAST_VOTES = 2
_VOTED = 0.7  # confidence of a phrase that others chose
_FAITHFUL = 0.7  # share of a phrase's occurrences that stand where the term does


@dataclass(frozen=True)
class Item:
    """A source text, its translation (for Tibetan in normal form), and what must be in it."""

    source: str
    target: str
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True)
class Find:
    """`span` of the item's target stands for `constraint`."""

    span: Span
    constraint: Constraint
    confidence: float
    evidence: str
    phrase: tuple[str, ...]
    closed: tuple[Span, ...] = ()  # what is taken beside it


@dataclass
class _Open:
    """One item in the search: what is taken, and which constraints still have no place."""

    sight: Sight
    taken: list[Span]
    missing: list[tuple[Constraint, float]]  # with the confidence asked for
    lacking: Counter[tuple[str, ...]]  # by renderings: how many of the constraints have no place
    finds: list[Find]


def search(
    items: Sequence[Item], language: Language, bitext: Sequence[Pair], closed: Sequence[Sequence[Span]]
) -> list[list[Find]]:
    """For each item what stands for its missing constraints, none overlapping another or one of its `closed` spans."""
    sights = _sights(items, language, bitext)
    cases = [_open(item, sight, spans, language) for item, sight, spans in zip(items, sights, closed, strict=True)]
    for case in cases:
        _find_one_by_one(case, {})
    votes = _votes(items, cases, language)
    for case in cases:
        kept = [find for find in case.finds if not _has_better(find, case, votes)]
        for find in set(case.finds) - set(kept):
            case.taken.remove(find.span)
            case.missing.append((find.constraint, _ENOUGH[language]))
            case.lacking[find.constraint.targets] += 1
        case.finds = kept
        _find_one_by_one(case, votes)
    return [
        [
            replace(find, closed=tuple(span for span in case.taken if span != find.span))
            for find in sorted(case.finds, key=lambda find: find.span)
        ]
        for case in cases
    ]


def held_forms(words: Sequence[Word], constraint: Constraint) -> Iterator[Span]:
    """Where a right rendering stands in another number or with a possessive: right, whatever its ending."""
    for target in constraint.targets:
        keys = [word.key for word in target_words(_ARTICLE.sub("", target), "en")]
        for first in range(len(words) - len(keys) + 1) if keys else ():
            if [word.key for word in words[first : first + len(keys)]] == keys:
                yield words[first].start, words[first + len(keys) - 1].end


def _sights(items: Sequence[Item], language: Language, bitext: Sequence[Pair]) -> list[Sight]:
    sources = [
        source_words(
            item.source,
            [edge for one in item.constraints for edge in (one.start, one.end)],
            {(one.start, one.end) for one in item.constraints if one.is_person},
        )
        for item in items
    ]
    targets = [target_words(item.target, language) for item in items]
    pairs: list[Pair] = [
        ([word.key for word in source], [word.key for word in target])
        for source, target in zip(sources, targets, strict=True)
    ]
    links = link_words([*pairs, *bitext], len(items))
    return [
        Sight(source, target, item.target, link, language)
        for item, source, target, link in zip(items, sources, targets, links, strict=True)
    ]


def _open(item: Item, sight: Sight, closed: Sequence[Span], language: Language) -> _Open:
    held = places(item.target, item.constraints, language)
    taken = [*closed, *(span for spans in held.values() for span in spans)]
    missing: list[tuple[Constraint, float]] = []
    lacking: Counter[tuple[str, ...]] = Counter()
    groups: dict[tuple[str, ...], list[Constraint]] = defaultdict(list)
    for constraint in item.constraints:
        if constraint.kind in (Kind.TERM, Kind.NAME) and constraint.targets:
            groups[constraint.targets].append(constraint)
    for group in groups.values():
        spans = {span for one in group for span in held[one]}
        if language == "en":
            forms = [
                span
                for span in held_forms(sight.target, group[0])
                if all(span[1] <= start or end <= span[0] for start, end in taken)
            ]
            spans.update(forms)
            taken += forms
        if len(spans) < len(group) and not group[0].is_weak:
            enough = _ENOUGH_FOR_A_GUESS if spans else _ENOUGH[language]
            missing += [(constraint, enough) for constraint in group]
            lacking[group[0].targets] = len(group) - len(spans)
    return _Open(sight, taken, missing, lacking, [])


_Votes = dict[tuple[str, ...], Counter[tuple[str, ...]]]
"""For the renderings of a term the phrases that were found in their stead, with the number of items."""


def _find_one_by_one(case: _Open, votes: _Votes) -> None:
    """Settle the surest place first; what it takes is not there for the others."""
    while case.missing:
        best: tuple[Find, tuple[Constraint, float]] | None = None
        for wanted in case.missing:
            find = _best_find(case, *wanted, votes)
            if find is not None and (best is None or find.confidence > best[0].confidence):
                best = find, wanted
        if best is None:
            return
        case.finds.append(best[0])
        case.taken.append(best[0].span)
        case.missing.remove(best[1])
        settled = best[0].constraint.targets
        case.lacking[settled] -= 1
        if case.lacking[settled] <= 0:
            case.missing = [wanted for wanted in case.missing if wanted[0].targets != settled]


def _best_find(case: _Open, constraint: Constraint, enough: float, votes: _Votes) -> Find | None:
    found = [
        _find_of(place, constraint, case)
        for place in find_places(case.sight, constraint, constraint.targets, case.taken)
    ]
    for phrase, count in votes.get(constraint.targets, Counter()).items():
        for span in _occurrences(case.sight.target, phrase):
            if all(span[1] <= start or end <= span[0] for start, end in case.taken):
                sure = max(_VOTED, *(find.confidence for find in found if find.span == span), 0.0)
                evidence = f"what stands for “{constraint.source}” in {count} other places"
                found.append(Find(span, constraint, sure, evidence, phrase))
    if constraint.kind is Kind.NAME:  # found by rule: it mends a spelling, it never replaces another name
        found = [find for find in found if is_name_like(case.sight.text[slice(*find.span)], constraint)]
    if constraint.is_person and case.sight.language == "en":
        found = [find for find in found if not is_half_a_name(case.sight.text, find.span)]
        found += [
            Find(span, constraint, likeness, "another spelling of the name", _keys_at(case.sight.target, span))
            for span, likeness in name_places(case.sight.text, constraint, case.taken)
        ]
    sure_enough = [find for find in found if find.confidence >= enough]
    return max(sure_enough, key=lambda find: (find.confidence, -find.span[0]), default=None)


def _find_of(place: Place, constraint: Constraint, case: _Open) -> Find:
    if place.sameness > 0.99 and place.likeness > 0.99:
        evidence = "another spelling or order of the right words"
    elif place.sameness >= 0.5:
        evidence = "has words of the right rendering"
    elif place.support >= 0.5:
        evidence = f"goes with “{constraint.source}” in other sentences"
    else:
        evidence = "what no other word of the source explains"
    return Find(place.span, constraint, confidence(place), evidence, _keys_at(case.sight.target, place.span))


def _keys_at(words: Sequence[Word], span: Span) -> tuple[str, ...]:
    return tuple(word.key for word in words if span[0] <= word.start and word.end <= span[1])


def _occurrences(words: Sequence[Word], phrase: tuple[str, ...]) -> Iterator[Span]:
    for first in range(len(words) - len(phrase) + 1):
        if all(words[first + offset].key == key for offset, key in enumerate(phrase)):
            yield words[first].start, words[first + len(phrase) - 1].end


def _votes(items: Sequence[Item], cases: Sequence[_Open], language: Language) -> _Votes:
    """Phrases that were chosen for a term at least twice, and that stand mostly where the term does."""
    chosen: _Votes = defaultdict(Counter)
    for case in cases:
        for find in case.finds:
            chosen[find.constraint.targets][find.phrase] += 1
    votes: _Votes = {}
    for targets, phrases in chosen.items():
        for phrase, count in phrases.items():
            if count < _LEAST_VOTES:
                continue
            where = [
                any(one.targets == targets for one in item.constraints)
                for item, case in zip(items, cases, strict=True)
                if any(True for _ in _occurrences(case.sight.target, phrase))
            ]
            if sum(where) >= _FAITHFUL * len(where):
                votes.setdefault(targets, Counter())[phrase] = count
    return votes


def _has_better(find: Find, case: _Open, votes: _Votes) -> bool:
    """Whether the place is only a part of a phrase that was chosen more often elsewhere, and stands here whole."""
    phrases = votes.get(find.constraint.targets, Counter())
    for phrase, count in phrases.items():
        if 2 * count > phrases[find.phrase] and len(phrase) > len(find.phrase):
            for start, end in _occurrences(case.sight.target, phrase):
                if start <= find.span[0] and find.span[1] <= end:
                    others = [span for span in case.taken if span != find.span]
                    return all(end <= left or right <= start for left, right in others)
    return False
