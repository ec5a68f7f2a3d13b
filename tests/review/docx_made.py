"""The DOCX editions of the real report, as its drafts of record stand, and what was put into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from tests.review.docx_edits import WordFile
from toolkit.bulletin.compose import compose
from toolkit.bulletin.editions import EDITIONS
from toolkit.docx import typeset_docx
from toolkit.docx.identity import NAMESPACE
from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary
from toolkit.languages import TARGETS, Language
from toolkit.quality import Finding, Severity
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.translation.draft import Draft, State
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Settings

FOLDER = Path(__file__).parents[2] / "source" / "gannan-2023"


@dataclass(frozen=True)
class Made:
    """The bytes of each edition, and the drafts they were made of."""

    drafts: Mapping[Language, Draft]
    files: Mapping[str, bytes]

    def path(self, edition: str, folder: Path) -> Path:
        path = folder / f"gannan-2023-{edition}.docx"
        path.write_bytes(self.files[edition])
        return path

    def word(self, edition: str) -> WordFile:
        return WordFile(self.files[edition])

    def text(self, segment: str, language: Language) -> str:
        unit = self.drafts[language].unit(segment)
        assert unit is not None
        return unit.target.text

    def mark(self, edition: str, segment: str, language: Language) -> str:
        return self.word(edition).marks()[language, segment]

    def rows(self, edition: str) -> list[tuple[str, tuple[str, ...]]]:
        """Kind and segments of each row."""
        root = etree.fromstring(self.word(edition).parts["customXml/item1.xml"])
        return [
            (
                str(row.get("kind")),
                tuple(dict.fromkeys(str(text.get("segment")) for text in row.iter(f"{{{NAMESPACE}}}text"))),
            )
            for row in root
        ]

    def segments(self, edition: str) -> list[str]:
        return [segment for _, segments in self.rows(edition) for segment in segments if segment != "None"]

    def rows_with(self, edition: str, count: int) -> list[tuple[str, ...]]:
        """The paragraphs' rows of so many segments."""
        return [segments for kind, segments in self.rows(edition) if kind == "paragraph" and len(segments) == count]

    def row_of_kind(self, edition: str, kind: str) -> str:
        return next(segments[0] for found, segments in self.rows(edition) if found == kind)

    def row_before(self, edition: str, segments: tuple[str, ...]) -> tuple[str, ...]:
        rows = [found for _, found in self.rows(edition)]
        return rows[rows.index(segments) - 1]


def made_editions(report: Report, drafts: Mapping[Language, Draft] | None = None) -> Made:
    """Both editions of the report; of the drafts of record where none are given."""
    drafts = drafts or {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}
    findings = (Finding("term-missing", Severity.WARNING, "a note under the text", report.segments[4].id, "en"),)
    bulletins = [
        compose(report, drafts, findings, edition=edition, glossary=Glossary(()), settings=Settings())
        for edition in EDITIONS
    ]
    fonts = bundled_fonts()
    return Made(drafts, {bulletin.edition.name: typeset_docx(bulletin, fonts) for bulletin in bulletins})


def with_target(
    drafts: Mapping[Language, Draft], language: Language, segment: str, target: InlineText
) -> dict[Language, Draft]:
    """The drafts with another target for one segment; an empty one is a gap."""
    state = State.DRAFT if target else State.NEEDS_TRANSLATION
    units = tuple(
        replace(unit, target=target, state=state) if unit.segment_id == segment else unit
        for unit in drafts[language].units
    )
    return {**drafts, language: replace(drafts[language], units=units)}
