"""Checks over a draft: the faults of each target become findings, and what is told of the draft as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit import tibetan
from toolkit.constraints import Constraint, Fault, Kind, constraints_of, faults_of, names_in
from toolkit.glossary import Glossary
from toolkit.languages import NAMES, Language
from toolkit.quality.catalogue import found, severity_of
from toolkit.quality.consistency import check_consistency
from toolkit.quality.finding import Finding, told_apart
from toolkit.quality.lengths import check_lengths
from toolkit.report import Report
from toolkit.translation import Draft, DraftUnit, OriginKind
from toolkit.translation.draft import target_hash
from toolkit.workspace import Settings


def check_draft(draft: Draft, report: Report, glossary: Glossary, house: Settings) -> tuple[Finding, ...]:
    """Findings about a draft in one language, in segment order; what concerns all of it comes last.

    `report` gives the lines to look at; `glossary` and `house` what terms, names and figures should look like.
    """
    lines = {segment.id: f"{report.path.name}:{block.line}" for block in report.blocks for segment in block.segments}
    findings: list[Finding] = []
    constraints: dict[str, tuple[Constraint, ...]] = {}
    said: frozenset[str] = frozenset()
    for unit in draft.units:
        mine = constraints_of(unit.source.text, draft.language, glossary, house, said=said)
        said |= names_in(mine)
        constraints[unit.segment_id] = mine
        findings += check_unit(unit, draft.language, mine, lines.get(unit.segment_id, ""))
    findings += check_lengths(draft, constraints)
    findings += check_consistency(draft, constraints)
    findings += _check_whole(draft)
    return told_apart(findings)


def check_unit(
    unit: DraftUnit, language: Language, constraints: tuple[Constraint, ...], line: str
) -> Iterator[Finding]:
    """Findings about one target; `line` is "file:line" of its source."""
    where = {"segment_id": unit.segment_id, "language": language, "place": line}
    if unit.is_gap:
        yield found("gap", f"No {NAMES[language]} yet for “{unit.source.text}”.", **where)
        return
    where["target"] = target_hash(unit.target)
    for fault in faults_of(unit.source.text, unit.target.text, constraints, language):
        yield _of_fault(fault, unit, language, line)
    if {code.id for code in unit.source.codes} != {code.id for code in unit.target.codes}:
        yield found("code-missing", "Inline codes of the source and the target differ.", **where)
    if unit.is_open and unit.origin and unit.origin.kind is OriginKind.FUZZY:
        yield found("fuzzy-printed", f"Taken from a match of {unit.origin.score} %. {unit.note}".strip(), **where)
    elif unit.is_open and unit.note and unit.origin and unit.origin.kind is OriginKind.FOREIGN:
        yield found("foreign-note", unit.note, about=unit.note, **where)
    elif unit.is_open and unit.note and unit.origin and unit.origin.kind is OriginKind.ENGINE:
        yield found("repair-guessed", unit.note, about=unit.note, **where)
    elif unit.is_open and unit.note:
        where["place"] = unit.origin.detail if unit.origin else line
        yield found("memory-doubt", unit.note, about=unit.note, **where)


def _of_fault(fault: Fault, unit: DraftUnit, language: Language, line: str) -> Finding:
    constraint = fault.constraint
    in_glossary = constraint is not None and constraint.kind in (Kind.TERM, Kind.KEEP)
    return Finding(
        fault.check,
        severity_of(
            fault.check, reviewed=not unit.is_open, **({"status": constraint.status} if constraint is not None else {})
        ),
        fault.reason,
        unit.segment_id,
        language,
        constraint.place if constraint is not None and in_glossary else line,
        _about(fault, unit, language),
        fault.source_span,
        fault.target_span,
        fault.repair,
        target_hash(unit.target),
    )


def _about(fault: Fault, unit: DraftUnit, language: Language) -> str:
    """The disputed thing: the term, the figure, or the piece of the target."""
    target = tibetan.normal(unit.target.text) if language == "bo" else unit.target.text
    said = target[slice(*fault.target_span)] if fault.target_span is not None else ""
    if fault.constraint is not None:
        return f"{fault.constraint.source} → {said}" if said else fault.constraint.source
    if fault.source_span is not None:
        source = unit.source.text[slice(*fault.source_span)]
        return f"{source} → {said}" if said else source
    return said


def _check_whole(draft: Draft) -> Iterator[Finding]:
    name = NAMES[draft.language]
    open_units = [unit for unit in draft.units if unit.is_open and not unit.is_gap]
    if open_units:
        yield found(
            "unreviewed",
            f"{len(open_units)} of {len(draft.units)} segments are {name} that no person has reviewed.",
            language=draft.language,
        )
    for unit in draft.former:
        yield found(
            "former-work-kept",
            f"The report no longer has “{unit.source.text}”; the {name} a person wrote for it is kept in the draft.",
            segment_id=unit.segment_id,
            language=draft.language,
        )
