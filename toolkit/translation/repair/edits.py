"""Replacements in one text, each known by where it stood in the text as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.constraints.constraint import Constraint, Span


@dataclass(frozen=True)
class Change:
    """`before`, which stood at `span` of the text as it came, became `after`.

    `evidence` says in words why, `confidence` from 0 to 1 how sure that is; `constraint` is what asked for it,
    None for a figure that the source does not have.
    """

    span: Span
    before: str
    after: str
    constraint: Constraint | None
    evidence: str
    confidence: float


def applied(text: str, changes: Sequence[Change]) -> str:
    """`text` with all `changes`, which do not overlap."""
    for change in sorted(changes, key=lambda one: one.span, reverse=True):
        text = text[: change.span[0]] + change.after + text[change.span[1] :]
    return text


def new_places(changes: Sequence[Change]) -> list[Span]:
    """Where the `after` of each change stands once all are applied."""
    found = []
    shift = 0
    for change in sorted(changes, key=lambda one: one.span):
        start = change.span[0] + shift
        found.append((start, start + len(change.after)))
        shift += len(change.after) - (change.span[1] - change.span[0])
    return found


def place_before(span: Span, changes: Sequence[Change]) -> Span | None:
    """Where a span of the changed text stood before `changes`; None when it touches one of them."""
    shift = 0
    for change, (start, end) in zip(sorted(changes, key=lambda one: one.span), new_places(changes), strict=True):
        if span[0] < end and start < span[1]:
            return None
        if end <= span[0]:
            shift += len(change.after) - (change.span[1] - change.span[0])
    return span[0] - shift, span[1] - shift


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def guesses(changes: Iterable[Change]) -> str:
    """What was replaced by evidence and not by certainty, in a sentence for the note of a draft; empty for none."""
    said = [
        f"“{change.before}” became “{change.after}” ({change.evidence}, {change.confidence:.0%})"
        for change in changes
        if change.confidence < 1
    ]
    return f"Repaired by its likely place: {'; '.join(said)}." if said else ""
