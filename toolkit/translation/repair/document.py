"""Repairing the drafts of a document: every constraint that is not kept gets its rendering, where its place is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.constraints import Constraint, Fault, Kind, Span, faults_of
from toolkit.languages import Language
from toolkit.translation.insertion import fit
from toolkit.translation.repair.alignment import Pair
from toolkit.translation.repair.certain import certain_changes
from toolkit.translation.repair.edits import Change, applied, new_places, overlaps, place_before
from toolkit.translation.repair.search import Find, Item, search
from toolkit.translation.repair.words import is_light, source_words, target_words

_JOINS = f" {tibetan.TSHEG}"
_HOUSE = 0.1  # what the house prefers wins over a form that is hardly more like
_MAY_BE_FUSED = re.compile(r"[\u0f71-\u0f7d][སར]$")
_ROUNDS = 3  # what one round puts in place explains more words to the next


@dataclass(frozen=True)
class Repaired:
    """`text` after `changes`, and the faults that are left."""

    text: str
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]


def repair_document(
    items: Sequence[Item], language: Language, *, bitext: Sequence[tuple[str, str]] = ()
) -> list[Repaired]:
    """Mend the drafts of one document, whoever made them, without a model.

    For each constraint that a target does not keep, the words that stand for it are looked for and replaced by the
    right rendering, fitted into the sentence.  What is certain comes first (a fault that knows its own repair, a
    forbidden rendering); other places are found by what goes with what over all items, by spelling and by shared
    words.  Where that is not sure enough nothing is touched and the fault stays.  Words that keep another
    constraint are never touched.

    `bitext` are more pairs of Chinese and target texts to learn from: other drafts by the same hand, a memory.
    All changes are listed, in the places of the text as it came.
    """
    if language == "bo":
        items = [Item(item.source, tibetan.normal(item.target), item.constraints) for item in items]
    learnt = _pairs([*_terms(items), *bitext], language)
    document = [item.source for item in items]
    changes = [certain_changes(item.source, item.target, item.constraints, language, document) for item in items]
    for _ in range(_ROUNDS):
        now = [
            Item(item.source, applied(item.target, done), item.constraints)
            for item, done in zip(items, changes, strict=True)
        ]
        found = search(now, language, learnt, [new_places(done) for done in changes])
        known = frozenset(word.key for item in now for word in target_words(item.target, language))
        fresh = [
            _changes(item, finds, done, language, known) for item, finds, done in zip(now, found, changes, strict=True)
        ]
        if not any(fresh):
            break
        changes = [[*done, *more] for done, more in zip(changes, fresh, strict=True)]
    return [_repaired(item, done, language) for item, done in zip(items, changes, strict=True)]


def _repaired(item: Item, changes: Sequence[Change], language: Language) -> Repaired:
    text = applied(item.target, changes)
    ordered = tuple(sorted(changes, key=lambda change: change.span))
    return Repaired(text, ordered, faults_of(item.source, text, item.constraints, language))


def _terms(items: Sequence[Item]) -> list[tuple[str, str]]:
    """The terms themselves, once each: they teach what their parts mean."""
    pairs = {
        (one.source, target): None
        for item in items
        for one in item.constraints
        if one.kind is Kind.TERM
        for target in one.targets
    }
    return list(pairs)


def _pairs(texts: Sequence[tuple[str, str]], language: Language) -> list[Pair]:
    return [
        ([word.key for word in source_words(source)], [word.key for word in target_words(target, language)])
        for source, target in texts
    ]


def _changes(
    item: Item, finds: Sequence[Find], done: Sequence[Change], language: Language, known: frozenset[str]
) -> list[Change]:
    """The finds as changes to the text as it came; `known` are the words of all targets."""
    fresh: list[Change] = []
    for find in finds:
        rendering = _best_rendering(find, language)
        found = _without_particle(item.target, find.span, known) if language == "bo" else find.span
        span = _with_echo(item.target, found, rendering, find.closed, language)
        span, after = fit(item.target, span, rendering, language, is_person=find.constraint.is_person)
        origin = place_before(span, done)
        before = item.target[slice(*span)]
        if origin is None or before == after or any(overlaps(origin, other.span) for other in fresh):
            continue
        fresh.append(Change(origin, before, after, find.constraint, find.evidence, round(find.confidence, 2)))
    return fresh


def _without_particle(text: str, span: Span, known: frozenset[str]) -> Span:
    """`span` without a last ས or ར behind a vowel that is a particle: the syllable stands elsewhere without it."""
    last = target_words(text[slice(*span)], "bo")[-1].key
    is_fused = _MAY_BE_FUSED.search(last) is not None and last[:-1] in known
    return (span[0], span[1] - 1) if is_fused and text[span[1] - 1] == last[-1] else span


def _with_echo(text: str, span: Span, rendering: str, closed: Sequence[Span], language: Language) -> Span:
    """`span` with the words beside it that the rendering would only repeat: “Hong Kong” before “Hong Kong Bureau”."""
    keys = [word.key for word in target_words(rendering, language)]
    before = target_words(text[: span[0]], language)
    after = target_words(text[span[1] :], language)
    start, end = span
    for size in range(1, len(keys)):
        if [word.key for word in before[-size:]] == keys[:size] and not text[before[-1].end : span[0]].strip(_JOINS):
            start = before[-size].start
        if [word.key for word in after[:size]] == keys[-size:] and not text[span[1] : span[1] + after[0].start].strip(
            _JOINS
        ):
            end = span[1] + after[size - 1].end
    if any(overlaps((start, end), other) for other in closed):
        return span
    return start, end


def _best_rendering(find: Find, language: Language) -> str:
    """The rendering most like the words it replaces in words and length; the preferred one when none is.

    For a person the preferred spelling, or the surname where only one word stood.
    """
    constraint: Constraint = find.constraint
    if constraint.is_person:
        lone = (target for target in constraint.targets if len(find.phrase) == 1 and len(target.split()) == 1)
        return next(lone, constraint.preferred)
    preferred = constraint.preferred
    present = {key for key in find.phrase if not is_light(key, language)}

    def closeness(rendering: str) -> float:
        keys = [word.key for word in target_words(rendering, language)]
        shared = len(present.intersection(keys))
        longest = max(len(keys), len(find.phrase), 1)
        likeness = 2 * shared / (len(present) + len(keys) or 1)
        return likeness + 0.1 * (1 - abs(len(keys) - len(find.phrase)) / longest) + _HOUSE * (rendering == preferred)

    return max(constraint.targets, key=closeness)
