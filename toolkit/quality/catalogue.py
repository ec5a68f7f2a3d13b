"""Every check there is: its id, which never changes, how much it weighs, and what it looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toolkit.glossary import Status
from toolkit.quality.finding import Finding, Severity


class Subject(StrEnum):
    """What a check looks at."""

    TERMS = "terms and names"
    FIGURES = "figures"
    TEXT = "text"
    DRAFT = "draft"
    SOURCE = "source"
    PRINT = "print"


@dataclass(frozen=True)
class Check:
    """A check.  `severity` is what its findings weigh unless `severity_of` says otherwise.

    A finding of a check that `may_be_dismissed` goes away when any named person gives a reason; the others tell a
    state of affairs, and go away when that does.
    """

    id: str
    severity: Severity
    name: str
    description: str
    subject: Subject
    may_be_dismissed: bool = True


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_TERMS, _FIGURES, _TEXT = Subject.TERMS, Subject.FIGURES, Subject.TEXT
_DRAFT, _SOURCE, _PRINT = Subject.DRAFT, Subject.SOURCE, Subject.PRINT

_ALL = (
    Check("term-missing", _W, "Term missing", "No allowed rendering of a term of the source is in the target.", _TERMS),
    Check("term-forbidden", _W, "Forbidden rendering", "A rendering stands in the target that must not.", _TERMS),
    Check("term-inconsistent", _I, "Term inconsistent", "A draft renders one term in unlike ways.", _TERMS),
    Check(
        "name-not-in-glossary", _W, "Name by rule", "A personal name that no glossary holds is written by rule.", _TERMS
    ),
    Check("name", _W, "Name", "A personal name of the source is not in the target as it should be.", _TERMS),
    Check(
        "official-order", _W, "Order of officials", "A list of persons lost its order, or names one too often.", _TERMS
    ),
    Check("number", _E, "Number", "A number of the source is missing or changed, or one was made up.", _FIGURES),
    Check("date", _E, "Date", "A date of the source is missing or changed, or one was made up.", _FIGURES),
    Check("currency", _E, "Currency", "An amount of money changed its currency.", _FIGURES),
    Check("empty", _E, "Empty", "The target holds white space only.", _TEXT, False),
    Check("same-as-source", _E, "Same as source", "The target is the Chinese again.", _TEXT),
    Check("untranslated", _E, "Untranslated", "A long stretch of the source was copied into the target.", _TEXT),
    Check("source-script-left", _E, "Chinese left", "Chinese characters or punctuation stand in the target.", _TEXT),
    Check("wrong-script", _E, "Wrong script", "The target has letters that are not those of its language.", _TEXT),
    Check(
        "placeholder-leak", _E, "Placeholder", "Signs of the machinery, or a model's chatter, are in the target.", _TEXT
    ),
    Check("length-ratio", _W, "Length", "The target is far shorter or longer than a translation can be.", _TEXT),
    Check("sentence-count", _W, "Clause missing", "The target seems to lack a clause or a point of the source.", _TEXT),
    Check("repeated", _W, "Repeated", "The target says something more often than the source.", _TEXT),
    Check("malformed-tibetan", _W, "Malformed Tibetan", "A Tibetan syllable cannot be one.", _TEXT),
    Check("control-characters", _W, "Control characters", "Invisible or broken characters are in the target.", _TEXT),
    Check("end-punctuation", _I, "End punctuation", "The target does not end as the source does.", _TEXT),
    Check("brackets-quotes", _I, "Brackets and quotes", "A bracket or quotation mark has no partner.", _TEXT),
    Check("tsheg-shad", _I, "Tsheg and shad", "A tsheg or shad stands where none may, or is missing.", _TEXT),
    Check("gap", _W, "Gap", "A segment has no target; the Chinese stands in its place.", _DRAFT, False),
    Check("unreviewed", _W, "Unreviewed", "Segments that no person has looked at.", _DRAFT, False),
    Check("fuzzy-printed", _W, "Fuzzy match printed", "The target was made for a similar sentence.", _DRAFT, False),
    Check("memory-doubt", _W, "Doubt noted", "The memory or an engine noted a doubt about the target.", _DRAFT),
    Check("repair-guessed", _W, "Repaired by guess", "Words were replaced where a term most likely stood.", _DRAFT),
    Check("foreign-note", _W, "Placed by guess", "A translation made elsewhere had to be cut or joined here.", _DRAFT),
    Check(
        "code-missing", _W, "Code missing", "Inline codes (bold, links) of the source and the target differ.", _DRAFT
    ),
    Check(
        "inconsistent-target", _I, "One source, two targets", "The same sentence was translated in two ways.", _DRAFT
    ),
    Check("inconsistent-source", _I, "Two sources, one target", "Two unlike sentences have the same target.", _DRAFT),
    Check("former-work-kept", _I, "Former work kept", "A person's work on a sentence that is gone.", _DRAFT),
    Check("dismissal-stale", _I, "Stale dismissal", "A dismissal that no finding answers to any more.", _DRAFT, False),
    Check(
        "source-enumeration-gap", _W, "Enumeration gap", "一是 … 三是 without 二是, or an odd number alone.", _SOURCE
    ),
    Check("source-count-mismatch", _W, "Count mismatch", "The source announces five points and gives four.", _SOURCE),
    Check("source-inconsistent", _W, "Source inconsistent", "The source says one thing in two ways.", _SOURCE),
    Check("source-corrected", _I, "Source corrected", "report.toml mends an error of the source.", _SOURCE, False),
    Check("caption-without-picture", _I, "Caption without picture", "A caption is left out of publishing.", _SOURCE),
    Check("link-dropped", _I, "Link dropped", "A link leads neither to a web page nor to a mailbox.", _SOURCE),
    Check("repeats-collapsed", _I, "Repeats collapsed", "A line that stands several times was taken once.", _SOURCE),
    Check("role-guessed", _I, "Role guessed", "report.toml does not say what a line is.", _SOURCE),
    Check("missing-glyph", _E, "Missing glyph", "No font has a character of the text.", _PRINT, False),
    Check(
        "font-lacks-characters", _E, "Font lacks characters", "A bundled font stands in for the house's own.", _PRINT
    ),
    Check("overflow", _W, "Overflow", "A word is wider than its column on the page.", _PRINT),
)

CHECKS: Mapping[str, Check] = {check.id: check for check in _ALL}
"""All checks by id."""

_BY_STATUS = frozenset(["term-missing", "term-forbidden", "name"])


def severity_of(check: str, *, status: Status = Status.PROPOSED, reviewed: bool = False) -> Severity:
    """How much a finding of `check` weighs.

    Severity follows `status` where a glossary row is disputed: against an approved one it is an error, whoever wrote
    the text.  Wrong figures are errors, but in text that a person `reviewed` warnings: the person may know better.
    """
    if check in _BY_STATUS:
        return Severity.ERROR if status is Status.APPROVED else Severity.WARNING
    severity = CHECKS[check].severity
    if reviewed and CHECKS[check].subject is Subject.FIGURES:
        return Severity.WARNING
    return severity


def found(check: str, reason: str, **details: Any) -> Finding:
    """A finding of `check` with the severity of the catalogue; `details` are further fields of `Finding`."""
    return Finding(check, CHECKS[check].severity, reason, **details)
