"""Finding terms in Chinese text: leftmost, then longest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from toolkit.glossary.term import Status, Term


@dataclass(frozen=True)
class TermMatch:
    """`term` stands in a source text from character `start` up to `end`."""

    term: Term
    start: int
    end: int


class Glossary:
    """A set of terms, indexed by the first two characters of their sources."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._index: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        for term in terms:
            if term.status is Status.DEPRECATED:
                continue
            for source in term.sources:
                self._index[source[:2]].append((source, term))
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order, none overlapping another."""
        matches = []
        position = 0
        while position < len(text):
            match = self._longest_at(text, position)
            if match is None:
                position += 1
            else:
                matches.append(match)
                position = match.end
        return tuple(matches)

    def find(self, source: str) -> Term | None:
        """The term whose source is exactly `source`."""
        return next((term for spelled, term in self._index.get(source[:2], ()) if spelled == source), None)

    def _longest_at(self, text: str, position: int) -> TermMatch | None:
        for key in (text[position : position + 2], text[position]):
            for source, term in self._index.get(key, ()):
                if text.startswith(source, position):
                    return TermMatch(term, position, position + len(source))
        return None
