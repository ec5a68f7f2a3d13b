"""Where in a draft the words stand that a constraint should have, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.constraints.constraint import Constraint, Span
from toolkit.languages import Language
from toolkit.translation.repair.extent import cut_to_size, is_verb, loose_end, spans, splits_brackets, whole_phrase
from toolkit.translation.repair.sight import Forces, Sight, forces_of
from toolkit.translation.repair.words import Word, is_light, shared_words, target_words

_LONGEST: dict[Language, int] = {"en": 10, "bo": 24, "zh": 10}  # words, syllables


@dataclass(frozen=True)
class Place:
    """A span of the target that may stand for a constraint.

    All from 0 to 1: `coverage` is how much of the constraint's source words went into the span, `support` how much
    of that other sentences confirm, `likeness` how many of its heavy words the right rendering has, `sameness` how
    many of the rendering's it has.  `frays_before` and `frays_after` tell how little explains the heavy word right
    beside the span: it may belong to it.  `thinness` is how many of the source words have no word for them; `trust`
    how much of the whole target other sentences confirm.
    """

    span: Span
    words: tuple[str, ...]
    coverage: float
    support: float
    likeness: float
    sameness: float
    frays_before: float
    frays_after: float
    thinness: float
    trust: float


def find_places(
    sight: Sight, constraint: Constraint, renderings: Sequence[str], taken: Sequence[Span], most: int = 3
) -> list[Place]:
    """The best spans for `constraint`, best first, none overlapping another or one of `taken`."""
    rows = sight.rows_of(constraint)
    if not sight.target or not rows:
        return []
    right = [target_words(rendering, sight.language) for rendering in renderings]
    forces = forces_of(sight, rows, renderings, taken)
    longest = min(_LONGEST[sight.language], 2 * max(len(words) for words in right) + 3)
    found: list[Place] = []
    for _, first, last in sorted(spans(sight, forces, longest), reverse=True):
        if len(found) >= most:
            break
        if (first == last and is_verb(sight, first)) or splits_brackets(sight, first, last):
            continue
        first, last = cut_to_size(sight, first, last, right)
        place = _place(sight, *whole_phrase(sight, forces, first, last), forces, right, len(rows))
        if all(place.span[1] <= other.span[0] or other.span[1] <= place.span[0] for other in found):
            found.append(place)
    return found


def _place(sight: Sight, first: int, last: int, forces: Forces, right: Sequence[Sequence[Word]], rows: int) -> Place:
    target, language = sight.target, sight.language
    heavy = [column for column in range(first, last + 1) if not forces.light[column]]
    keys = [target[column].key for column in heavy]
    best_like = best_same = 0.0
    if language == "bo":  # a term has about as many syllables however it is spelled
        rows = max(rows, min(len(words) for words in right))
    for words in right:
        wanted = [word.key for word in words if not is_light(word.key, language)] or [word.key for word in words]
        shared = shared_words(keys, wanted, sight.language)
        best_like = max(best_like, shared / len(keys))
        best_same = max(best_same, shared / len(wanted) if wanted else 0.0)
    is_whole = min(best_like, best_same) > 0.99  # the right words and no other: nothing can belong to them
    return Place(
        span=(target[first].start, target[last].end),
        words=tuple(keys),
        coverage=min(1.0, float(forces.coverage[first : last + 1].sum())),
        support=float(forces.support[heavy].mean()),
        likeness=best_like,
        sameness=best_same,
        frays_before=0.0 if is_whole else loose_end(sight, forces, first, last, -1),
        frays_after=0.0 if is_whole else loose_end(sight, forces, first, last, 1),
        thinness=max(0.0, 1.0 - len(keys) / rows),
        trust=sight.trust,
    )
