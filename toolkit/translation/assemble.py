"""What is always there: the memory, and segments that are one term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.glossary import Status, TermMatch
from toolkit.languages import Language
from toolkit.memory import Memory, MemoryMatch
from toolkit.report.inline import InlineText
from toolkit.translation.draft import VIA_MEMORY, Candidate, Origin, OriginKind, Review
from toolkit.translation.request import Request

_LOWEST_SHOWN = 60  # per cent: below it a match teaches nobody anything


class Assemble:
    """Memory exact, then a term that is the whole segment, then fuzzy.  What it does not know is a gap.

    A fuzzy match is printable from `fuzzy_threshold` per cent, and only when its figures agree.
    """

    name = "assemble"

    def __init__(self, memory: Memory, *, fuzzy_threshold: int) -> None:
        self._memory = memory
        self._fuzzy_threshold = fuzzy_threshold

    def propose(self, requests: Sequence[Request], target: Language) -> list[tuple[Candidate, ...]]:
        """Candidates for each request from memory and glossary."""
        return [self._candidates(request, target) for request in requests]

    def _candidates(self, request: Request, target: Language) -> tuple[Candidate, ...]:
        text = request.segment.text
        exact = self._memory.exact(text, target, before=request.before, after=request.after)
        if exact:
            return tuple(_exact(exact, target))
        whole = [match for match in request.terms if match.end - match.start == len(text)]
        found = [_from_term(match, target) for match in whole if match.term.status is not Status.FORBIDDEN]
        for match in self._memory.fuzzy(text, target, at_least=_LOWEST_SHOWN):
            printable = match.score >= self._fuzzy_threshold and match.numbers_agree
            found.append(_from_memory(match, target, OriginKind.FUZZY, printable))
        return tuple(candidate for candidate in found if candidate.target)


def _exact(matches: Sequence[MemoryMatch], target: Language) -> Iterator[Candidate]:
    """Exact matches as candidates; what a named person reviewed, and leaves no choice, comes first and reviewed.

    It leaves no choice when all reviewed matches say the same, or those in the same context do.  What nobody has
    reviewed has no say in that: a correction made once is not asked for again because the faulty text is kept too.
    """
    reviewed = [match for match in matches if match.unit.reviewed_by]
    sure = next(
        (
            some[0]
            for some in (reviewed, [match for match in reviewed if match.in_context])
            if len({match.unit.targets[target] for match in some}) == 1
        ),
        None,
    )
    for match in matches if sure is None else (sure, *(one for one in matches if one is not sure)):
        candidate = _from_memory(match, target, OriginKind.MEMORY, True)
        if match is sure:
            review = Review(match.unit.reviewed_by, match.unit.reviewed_at, VIA_MEMORY)
            candidate = replace(candidate, review=review)
        yield candidate


def _from_memory(match: MemoryMatch, target: Language, kind: OriginKind, printable: bool) -> Candidate:
    note = match.unit.doubt(target)
    if kind is OriginKind.FUZZY:
        note = " ".join(filter(None, (f"Translates: {match.unit.source.text}", note)))
        if not match.numbers_agree:
            note += " (figures differ)"
    origin = Origin(kind, match.unit.place, match.score)
    return Candidate(match.unit.targets[target], origin, printable, note)


def _from_term(match: TermMatch, target: Language) -> Candidate:
    text = match.term.targets.get(target, "")
    if target == "en":
        text = text[:1].upper() + text[1:]
    return Candidate(InlineText(text), Origin(OriginKind.TERM, match.term.place))
