"""What the draft view shows of a segment: marked text, findings, terms, alternatives, who and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.languages import TARGETS, Language
from toolkit.quality import Finding
from toolkit.report import Segment
from toolkit.review import DiffSpan, diff
from toolkit.translation import DraftUnit, OriginKind
from toolkit.translation.draft import State, target_hash
from toolkit.web.shelf import Open

_MOST_ALTERNATIVES = 6
_MOST_TERMS = 9  # Alt+1 … Alt+9


@dataclass(frozen=True)
class Span:
    """A stretch of text; `mark` is "term", "fault" or empty, `title` what a pointer over it is told."""

    text: str
    mark: str = ""
    title: str = ""


@dataclass(frozen=True)
class TermView:
    """A term of the source: its Chinese, its rendering, and whether that stands in the target."""

    zh: str
    target: str
    is_there: bool
    status: str


@dataclass(frozen=True)
class AlternativeView:
    """A text to pick: where it came from, and how it differs from what stands there."""

    text: str
    origin: str
    spans: tuple[DiffSpan, ...]


@dataclass(frozen=True)
class CellView:
    """One language of a row.  `base` is the hash of the text it shows, empty for a gap."""

    language: Language
    text: str
    spans: tuple[Span, ...]
    base: str
    state: State
    origin: str
    score: int | None
    review: str
    note: str
    is_open: bool
    findings: tuple[Finding, ...]
    terms: tuple[TermView, ...]
    alternatives: tuple[AlternativeView, ...]
    changed: tuple[DiffSpan, ...]


@dataclass(frozen=True)
class RowView:
    """A segment with its translations."""

    id: str
    number: int
    source: tuple[Span, ...]
    cells: tuple[CellView, ...]


def row_view(segment: Segment, opened: Open) -> RowView:
    """The row of a segment."""
    cells = tuple(cell_view(segment, language, opened) for language in TARGETS)
    return RowView(segment.id, opened.numbers[segment.id], tuple(_source_spans(segment.text, opened)), cells)


def cell_view(segment: Segment, language: Language, opened: Open) -> CellView:
    """One language of a segment's row."""
    unit = opened.unit(segment.id, language)
    if unit is None:
        raise ValueError(f"the draft lacks segment {segment.id}")
    findings = opened.findings(unit, language)
    terms = tuple(_terms(segment.text, unit.target.text, language, opened))
    review = unit.review
    return CellView(
        language=language,
        text=unit.target.text,
        spans=tuple(_target_spans(unit.target.text, segment.text, language, findings, opened)),
        base="" if unit.is_gap else target_hash(unit.target),
        state=unit.state,
        origin=str(unit.origin.kind) if unit.origin else "",
        score=unit.origin.score if unit.origin else None,
        review=f"{review.by}, {review.at[:16].replace('T', ' ')}" if review else "",
        note="" if any(unit.note in one.reason for one in findings) else unit.note,
        is_open=unit.is_open,
        findings=findings,
        terms=terms,
        alternatives=tuple(_alternatives(unit, language)),
        changed=_changed(unit, language),
    )


def _source_spans(text: str, opened: Open) -> Iterator[Span]:
    place = 0
    for match in opened.matches(text):
        if match.start > place:
            yield Span(text[place : match.start])
        targets = " · ".join(match.term.targets[one] for one in TARGETS if match.term.targets.get(one))
        yield Span(text[match.start : match.end], "term", targets)
        place = match.end
    if place < len(text):
        yield Span(text[place:])


def _target_spans(
    text: str, source: str, language: Language, findings: Sequence[Finding], opened: Open
) -> Iterator[Span]:
    """Terms that stand in the target are marked, and what a finding points at; a fault goes before a term."""
    marks: list[tuple[int, int, str, str]] = []
    for finding in findings:
        if finding.target_span is not None and finding.dismissed is None:
            marks.append((*finding.target_span, "fault", finding.reason))
    for constraint in opened.constraints(source, language):
        if not constraint.is_weak:
            marks += [(start, end, "term", constraint.source) for start, end in constraint.find_in(text, language)]
    place = 0
    for start, end, mark, title in sorted(marks, key=lambda one: (one[0], one[2] != "fault", -one[1])):
        if start < place or not start < end <= len(text):
            continue
        if start > place:
            yield Span(text[place:start])
        yield Span(text[start:end], mark, title)
        place = end
    if place < len(text):
        yield Span(text[place:])


def _terms(source: str, target: str, language: Language, opened: Open) -> Iterator[TermView]:
    seen: set[str] = set()
    for constraint in opened.constraints(source, language):
        if constraint.preferred and not constraint.is_weak and constraint.source not in seen:
            seen.add(constraint.source)
            is_there = bool(constraint.find_in(target, language))
            yield TermView(constraint.source, constraint.preferred, is_there, str(constraint.status))
        if len(seen) == _MOST_TERMS:
            return


def _alternatives(unit: DraftUnit, language: Language) -> Iterator[AlternativeView]:
    for candidate in unit.alternatives[:_MOST_ALTERNATIVES]:
        if candidate.target and candidate.target != unit.target:
            spans = diff(unit.target.text, candidate.target.text, language)
            yield AlternativeView(candidate.target.text, str(candidate.origin), spans)


def _changed(unit: DraftUnit, language: Language) -> tuple[DiffSpan, ...]:
    """What a person changed in the machine's draft, which is the first alternative that no person wrote."""
    if unit.is_gap or unit.origin is None or unit.origin.kind is not OriginKind.PERSON:
        return ()
    former = next((one for one in unit.alternatives if one.origin.kind is not OriginKind.PERSON), None)
    return diff(former.target.text, unit.target.text, language) if former is not None else ()
