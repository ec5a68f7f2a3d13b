"""Checks over a draft: gaps, terms, figures, scripts, and what no person has looked at."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.glossary import Glossary, Status, Term, contains_term
from toolkit.languages import NAMES, Language, is_han
from toolkit.quality.figures import missing_figures
from toolkit.quality.finding import Finding, Severity
from toolkit.translation import Draft, DraftUnit, OriginKind

_TERM_SEVERITY = {Status.APPROVED: Severity.ERROR}


def check_draft(draft: Draft, glossary: Glossary) -> tuple[Finding, ...]:
    """Findings about a draft in one language, in segment order; what concerns all of it comes last."""
    findings = [finding for unit in draft.units for finding in _check_unit(unit, draft.language, glossary)]
    return (*findings, *_check_whole(draft))


def _check_unit(unit: DraftUnit, language: Language, glossary: Glossary) -> Iterator[Finding]:
    def finding(check: str, severity: Severity, reason: str, place: str = "") -> Finding:
        return Finding(check, severity, reason, unit.segment_id, language, place)

    if unit.is_gap:
        yield finding("gap", Severity.WARNING, f"No {NAMES[language]} yet for “{unit.source.text}”.")
        return
    text = unit.target.text
    yield from _check_terms(unit, language, glossary)
    if missing := missing_figures(unit.source.text, text, language):
        yield finding("figure-missing", Severity.WARNING, f"Not in the {NAMES[language]}: {', '.join(missing)}.")
    if han := "".join(filter(is_han, text)):
        yield finding("han-in-target", Severity.ERROR, f"Chinese characters in the {NAMES[language]}: {han}.")
    if [code.id for code in unit.source.codes] and {c.id for c in unit.source.codes} != {
        c.id for c in unit.target.codes
    }:
        yield finding("code-missing", Severity.WARNING, "Inline codes of the source and the target differ.")
    if unit.is_open and unit.origin and unit.origin.kind is OriginKind.FUZZY:
        yield finding("fuzzy-printed", Severity.WARNING, f"Taken from a match of {unit.origin.score} %. {unit.note}")
    elif unit.is_open and unit.note:
        yield finding("memory-doubt", Severity.WARNING, unit.note, unit.origin.detail if unit.origin else "")


def _check_terms(unit: DraftUnit, language: Language, glossary: Glossary) -> Iterator[Finding]:
    terms = dict.fromkeys(match.term.place for match in glossary.match(unit.source.text))
    by_place: dict[str, Term] = {term.place: term for term in glossary.terms}
    for term in (by_place[place] for place in terms):
        severity = _TERM_SEVERITY.get(term.status, Severity.WARNING)
        allowed = term.allowed(language)
        required = bool(allowed) and term.status is not Status.FORBIDDEN
        if required and not any(contains_term(unit.target.text, target, language) for target in allowed):
            reason = f"“{term.zh}” should be “{allowed[0]}” ({term.status})."
            yield Finding("term-missing", severity, reason, unit.segment_id, language, term.place)
        for forbidden in term.forbidden.get(language, ()):
            if contains_term(unit.target.text, forbidden, language):
                reason = f"“{forbidden}” must not stand for “{term.zh}”."
                yield Finding("term-forbidden", severity, reason, unit.segment_id, language, term.place)


def _check_whole(draft: Draft) -> Iterator[Finding]:
    name = NAMES[draft.language]
    open_units = [unit for unit in draft.units if unit.is_open and not unit.is_gap]
    if open_units:
        yield Finding(
            "unreviewed",
            Severity.WARNING,
            f"{len(open_units)} of {len(draft.units)} segments are {name} that no person has reviewed.",
            language=draft.language,
        )
    for unit in draft.former:
        yield Finding(
            "former-work-kept",
            Severity.INFO,
            f"The report no longer has “{unit.source.text}”; the {name} a person wrote for it is kept in the draft.",
            unit.segment_id,
            draft.language,
        )
