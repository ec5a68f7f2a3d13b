"""Are the constraints kept?  Terms, names and figures that a target lacks, or has where it must not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.constraints.constraint import Constraint, Kind, Span
from toolkit.constraints.fault import Fault
from toolkit.figures import figure_faults, find_figures
from toolkit.glossary import Status
from toolkit.languages import Language

_OFFICE = "office"  # the glossary's domain of titles
_BLANK = "\u00a0"  # stands for what a term has accounted for: no figure, no word


def term_faults(target: str, constraints: Sequence[Constraint], language: Language) -> Iterator[Fault]:
    """Terms, kept text and names that are not in `target`, and renderings that must not be there; each once."""
    held = places(target, constraints, language)
    seen: set[tuple[str, str]] = set()
    for constraint in constraints:
        key = (constraint.place, constraint.targets[0] if constraint.targets else constraint.source)
        if constraint.kind is Kind.FIGURE or key in seen:
            continue
        seen.add(key)
        if not held[constraint] and not constraint.is_weak:
            check = "name" if constraint.is_person else "term-missing"
            yield Fault(check, _missing(constraint), (constraint.start, constraint.end), constraint=constraint)
        for span in constraint.find_forbidden_in(target, language):
            yield Fault(
                "term-forbidden",
                f"“{target[span[0] : span[1]]}” must not stand for “{constraint.source}”.",
                (constraint.start, constraint.end),
                span,
                constraint,
                constraint.preferred or None,
            )


def places(target: str, constraints: Sequence[Constraint], language: Language) -> dict[Constraint, tuple[Span, ...]]:
    """Where each constraint is kept in `target`.

    A place inside that of a longer term which holds the shorter one is the longer's: “Qinghai” in “Qinghai Lake” does
    not stand for 青海 where 青海湖 is said too.
    """
    found = {constraint: constraint.find_in(target, language) for constraint in constraints}
    claims = [
        (span, constraint.source)
        for constraint, spans in found.items()
        if constraint.kind is not Kind.FIGURE
        for span in spans
    ]
    return {
        constraint: tuple(span for span in spans if not _is_taken(span, constraint, claims))
        for constraint, spans in found.items()
    }


def _is_taken(span: Span, constraint: Constraint, claims: list[tuple[Span, str]]) -> bool:
    return any(
        start <= span[0] and span[1] <= end and end - start > span[1] - span[0] and _holds(source, constraint.source)
        for (start, end), source in claims
    )


def _holds(longer: str, shorter: str) -> bool:
    return shorter != longer and shorter in longer


def title_faults(target: str, constraints: Sequence[Constraint], language: Language) -> Iterator[Fault]:
    """In a list of three persons or more a title must be said as often as the source says it, or in the plural."""
    if len({one.source for one in constraints if one.is_person and not one.is_weak}) < 3:
        return
    held = places(target, constraints, language)
    for title in dict.fromkeys(one.source for one in constraints if one.domain == _OFFICE):
        same = [one for one in constraints if one.source == title]
        spans = held[same[0]]
        shared = any(target[start:end].lower() not in map(str.lower, same[0].targets) for start, end in spans)
        if 0 < len(spans) < len(same) and not shared:
            reason = f"“{title}” is said {len(same)} times, “{same[0].preferred}” {len(spans)} times."
            yield Fault("official-order", reason, (same[0].start, same[0].end), None, same[0])


def _missing(constraint: Constraint) -> str:
    if constraint.kind is Kind.KEEP:
        return f"“{constraint.source}” should stand as it is."
    how = "proposed by rule" if constraint.kind is Kind.NAME else str(constraint.status)
    return f"“{constraint.source}” should be “{constraint.preferred}” ({how})."


def number_faults(source: str, target: str, constraints: Sequence[Constraint], language: Language) -> Iterator[Fault]:
    """Figures, dates and currencies that are missing, changed or invented; those that kept terms hold are settled."""
    held = places(target, [one for one in constraints if one.kind is not Kind.FIGURE], language)
    for constraint, spans in held.items():
        if spans and constraint.status is not Status.FORBIDDEN:
            for start, end in spans:
                if find_figures(constraint.source) or any(map(str.isdigit, target[start:end])):
                    target = target[:start] + _BLANK * (end - start) + target[end:]
                    source = _blanked(source, constraint)
    for fault in figure_faults(source, target, language):
        figure = fault.figure
        kept = next(
            (one for one in constraints if figure is not None and (one.start, one.end) == (figure.start, figure.end)),
            None,
        )
        span = None if figure is None else (figure.start, figure.end)
        yield Fault(fault.check, fault.reason, span, fault.target_span, kept, fault.repair)


def _blanked(source: str, constraint: Constraint) -> str:
    return source[: constraint.start] + _BLANK * (constraint.end - constraint.start) + source[constraint.end :]


def order_faults(target: str, constraints: Sequence[Constraint], language: Language) -> Iterator[Fault]:
    """A list of three persons or more must keep its order, and name each as often as the source does."""
    persons = [one for one in constraints if one.is_person and not one.is_weak]
    if len({one.source for one in persons}) < 3:
        return
    held = places(target, persons, language)
    last: tuple[int, Constraint] | None = None
    for person in dict.fromkeys(one.source for one in persons):
        same = [one for one in persons if one.source == person]
        spans = held[same[0]]
        if len(spans) > len(same):
            reason = f"“{same[0].preferred}” is named {len(spans)} times, “{person}” {len(same)} times in the source."
            yield Fault("official-order", reason, (same[0].start, same[0].end), spans[len(same)], same[0])
        if not spans:
            continue
        if last is not None and spans[0][0] < last[0]:
            reason = (
                f"“{same[0].preferred}” comes before “{last[1].preferred}”; the source names {last[1].source} first."
            )
            yield Fault("official-order", reason, (same[0].start, same[0].end), spans[0], same[0])
        else:
            last = (spans[0][0], same[0])
