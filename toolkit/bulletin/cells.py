"""From segments and drafts to the text of a cell."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.bulletin.linking import linked, source_links, target_links
from toolkit.bulletin.model import Cell, Comment, Mark, Run
from toolkit.fonts import script_of
from toolkit.glossary import Glossary
from toolkit.languages import NAMES, SOURCE, Language
from toolkit.quality import Finding, Severity
from toolkit.report import Code, InlineText, Segment
from toolkit.translation import Draft, DraftUnit, OriginKind
from toolkit.translation.draft import target_hash

_BETWEEN_SENTENCES: dict[Language, str] = {"zh": "", "en": " ", "bo": " "}
_BOLD = ("bold", "x-bold")
_EMPHASIS = ("italic", "x-italic")
_RAISED = ("superscript", "x-superscript", "x-sup")
_LINKS = ("link", "x-link", "x-hyperlink", "x-a")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\"'<>]+")


@dataclass(frozen=True)
class CellWriter:
    """Writes the cells of one edition.  `drafts` go by language; `findings` are those of the report."""

    drafts: dict[Language, Draft]
    findings: tuple[Finding, ...]
    glossary: Glossary
    provenance: bool

    def cell(self, segments: Sequence[Segment], language: Language) -> Cell:
        """The text of these segments in `language`, with notes when the edition shows provenance."""
        if language == SOURCE:
            runs = [
                run
                for segment in segments
                for run in linked(_runs(segment.source, language, segment.id), source_links(segment))
            ]
            notes = self._source_notes(segments) if self.provenance else ()
            bases = tuple((segment.id, "") for segment in segments)
            return Cell(language, tuple(runs), tuple(notes), bases, self._comments(segments, None))
        units = [self._unit(segment, language) for segment in segments]
        runs = []
        for before, unit, segment in zip((None, *units), units, segments, strict=False):
            if before is not None:
                both_gaps = before.is_gap and unit.is_gap
                runs.append(Run(_BETWEEN_SENTENCES[SOURCE if both_gaps else language], language))
            runs += self._linked(segment, unit, language)
        runs = [run for run in runs if run.text]
        notes = self._target_notes(units, language) if self.provenance else ()
        bases = tuple((unit.segment_id, "" if unit.is_gap else target_hash(unit.target)) for unit in units)
        return Cell(language, tuple(runs), tuple(notes), bases, self._comments(segments, language))

    def _comments(self, segments: Sequence[Segment], language: Language | None) -> tuple[Comment, ...]:
        """What checks found in these texts, where the edition shows provenance: warnings and errors, heaviest first."""
        if not self.provenance:
            return ()
        return tuple(
            Comment(segment.id, f"{one.severity}: {one.check}", one.reason)
            for segment in segments
            for one in sorted(self._found(segment.id, language), key=lambda one: list(Severity).index(one.severity))
            if one.severity.at_least(Severity.WARNING)
        )

    def _found(self, segment_id: str, language: Language | None) -> Iterator[Finding]:
        for finding in self.findings:
            if finding.segment_id == segment_id and finding.language == language and finding.check != "gap":
                yield finding

    def _unit(self, segment: Segment, language: Language) -> DraftUnit:
        unit = self.drafts[language].unit(segment.id)
        if unit is None:
            raise ValueError(f"the {NAMES[language]} draft lacks segment {segment.id}")
        return unit

    def _linked(self, segment: Segment, unit: DraftUnit, language: Language) -> list[Run]:
        runs = self._unit_runs(unit, language)
        if unit.is_gap:
            return linked(runs, source_links(segment) if unit.source.text == segment.text else ())
        return linked(runs, target_links(segment, unit.target.text, language, self.glossary))

    def _unit_runs(self, unit: DraftUnit, language: Language) -> list[Run]:
        if unit.is_gap:
            return [Run(unit.source.text, SOURCE, mark=Mark.GAP, segment=unit.segment_id)]
        kind = unit.origin.kind if unit.origin else OriginKind.PERSON
        is_guess = (
            self.provenance and unit.is_open and kind in (OriginKind.FUZZY, OriginKind.ENGINE, OriginKind.FOREIGN)
        )
        return _runs(unit.target, language, unit.segment_id, Mark.UNREVIEWED if is_guess else Mark.NONE)

    def _source_notes(self, segments: Sequence[Segment]) -> Iterator[tuple[Run, ...]]:
        yield note(" ".join(segment.id for segment in segments))

    def _target_notes(self, units: Sequence[DraftUnit], language: Language) -> Iterator[tuple[Run, ...]]:
        numbered = len(units) > 1
        for span, text in _provenance(units):
            yield note(f"{span}: {text}" if numbered else text)
        for number, unit in enumerate(units, start=1):
            if unit.is_gap:
                prefix = f"{number}: " if numbered else ""
                yield from (note(prefix + line) for line in self._offers(unit, language))
        told: dict[Finding, list[int]] = {}
        for number, unit in enumerate(units, start=1):
            for finding in self._found(unit.segment_id, language):
                alike = Finding(finding.check, finding.severity, finding.reason)
                told.setdefault(alike, []).append(number)
        for finding, numbers in told.items():
            prefix = f"{', '.join(map(str, dict.fromkeys(numbers)))}: " if numbered else ""
            yield _finding_note(finding, prefix)

    def _offers(self, unit: DraftUnit, language: Language) -> Iterator[str]:
        """What a gap can be filled with: its terms, and matches that are not good enough to print."""
        terms = {match.term.zh: match.term.targets.get(language, "") for match in self.glossary.match(unit.source.text)}
        if terms:
            yield "terms: " + " · ".join(f"{zh} = {target}" for zh, target in terms.items() if target)
        for candidate in unit.alternatives[:1]:
            yield f"{candidate.origin}: {candidate.target.text}"


def name_run(name: str, language: Language, glossary: Glossary) -> Run:
    """A name of the report in `language`, or the Chinese as a gap where the glossary has no rendering."""
    term = glossary.find(name)
    target = name if language == SOURCE else (term.targets.get(language, "") if term else "")
    return Run(target, language) if target else Run(name, SOURCE, mark=Mark.GAP)


def note(text: str) -> tuple[Run, ...]:
    """An English note, cut into runs where it quotes Chinese or Tibetan."""
    runs: list[Run] = []
    for character in text:
        script = script_of(character)
        language: Language = runs[-1].language if runs else "en"
        if script is not None:
            language = {"latin": "en", "han": "zh", "tibetan": "bo"}[script]  # type: ignore[assignment]
        elif character in "0123456789=:·;" or unicodedata.category(character) == "Zs":
            language = language if language == "bo" and character == " " else "en"
        if runs and runs[-1].language == language:
            runs[-1] = Run(runs[-1].text + character, language)
        else:
            runs.append(Run(character, language))
    return tuple(runs)


def _finding_note(finding: Finding, prefix: str) -> tuple[Run, ...]:
    """A finding in one line, an error in bold: it keeps the bulletin from being printed."""
    if finding.severity is not Severity.ERROR:
        return note(f"{prefix}{finding.check}: {finding.reason}")
    return (Run(f"{prefix}error, {finding.check}: ", "en", bold=True), *note(finding.reason))


def _runs(inline: InlineText, language: Language, segment: str, mark: Mark = Mark.NONE) -> list[Run]:
    runs = []
    start = 0
    for text, ctypes in inline.spans():
        runs.append(
            Run(
                text,
                language,
                bold=any(ctype in _BOLD for ctype in ctypes),
                emphasis=any(ctype in _EMPHASIS for ctype in ctypes),
                mark=mark,
                segment=segment,
                link=_link_at(inline.codes, start) if any(ctype in _LINKS for ctype in ctypes) else "",
                raised=any(ctype in _RAISED for ctype in ctypes),
            )
        )
        start += len(text)
    return runs


def _link_at(codes: Sequence[Code], position: int) -> str:
    """The address of the innermost link over the character at `position`, as the native code of its begin has it.

    Addresses of pages and of mail alone: a bulletin that is given away leads to no file and runs no script.
    """
    is_open: dict[str, str] = {}
    for code in codes:
        if code.position > position:
            break
        if code.kind == "open" and code.ctype in _LINKS:
            address = _ADDRESS.search(html.unescape(code.data))
            is_open[code.id] = address.group() if address else ""
        elif code.kind == "close":
            is_open.pop(code.id, None)
    return next(reversed(is_open.values()), "")


def _provenance(units: Sequence[DraftUnit]) -> Iterator[tuple[str, str]]:
    """Neighbouring units of the same origin and state share a line: ("1–3", "memory gannan.tmx · draft")."""
    start = 0
    for end in range(1, len(units) + 1):
        if end == len(units) or _origin_line(units[end]) != _origin_line(units[start]):
            numbers = str(start + 1) if end - start == 1 else f"{start + 1}–{end}"
            yield numbers, _origin_line(units[start])
            start = end


def _origin_line(unit: DraftUnit) -> str:
    if unit.is_gap:
        return "gap: nothing in memory, and no engine filled it"
    origin = unit.origin
    if origin is None:
        return str(unit.state)
    if origin.kind is OriginKind.MEMORY:
        return (
            f"memory {origin.detail.partition(':')[0]} · {unit.state}, unreviewed" if unit.is_open else str(unit.state)
        )
    return f"{origin} · {unit.state}"
