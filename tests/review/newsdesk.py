"""The small report with a machine's drafts of record, and files that people edited, said in the readers' words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.build.newsroom import ENGLISH, SCHOOL, TIBETAN, unit_of, write_school
from toolkit.build import draft_languages, draft_path, keep_drafts
from toolkit.cli.accepting import accept_files
from toolkit.cli.main import cli
from toolkit.cli.reviewing import show_history, sign_segments, undo_act
from toolkit.desk import Desk
from toolkit.languages import TARGETS, Language
from toolkit.memory import MemoryUnit, read_tmx, tmx_bytes
from toolkit.report import Report, read_report
from toolkit.report.inline import InlineText
from toolkit.review import Edit, EditedFile, Understanding, understand
from toolkit.translation import Draft, DraftUnit, Origin, OriginKind, State
from toolkit.translation.draft import Review, target_hash
from toolkit.translation.xliff import read_xliff, xliff_bytes
from toolkit.workspace import Workspace

NOW = "2026-11-25T04:05:57Z"
BY = "Zhuoma"
HERS = "The head of the school announced that a library would be added."

for command in (accept_files, show_history, sign_segments, undo_act):
    cli.add_command(command)


@dataclass(frozen=True)
class Newsdesk:
    """A workspace with the small report, which an unreviewed memory has drafted."""

    workspace: Workspace
    name: str = SCHOOL

    @property
    def report(self) -> Report:
        return read_report(self.workspace.source / self.name)

    @property
    def desk(self) -> Desk:
        return Desk(self.workspace, "assemble")

    @property
    def drafts(self) -> dict[Language, Draft]:
        return {language: read_xliff(draft_path(self.report, language), language) for language in TARGETS}

    def unit(self, source: str, language: Language = "en") -> DraftUnit:
        return unit_of(self.drafts[language], source)

    def edit(self, of: str, text: str, language: Language = "en", **more: Any) -> Edit:
        """An edit as our own files give it: with the segment, and the hash of what the file was made with."""
        unit = self.unit(of, language)
        given = {"base": target_hash(unit.target) if unit.target else ""} | more
        return Edit(unit.segment_id, language, InlineText(text), **given)

    def file(self, *edits: Edit, name: str = "back.xlsx", kind: str = "xlsx", **more: Any) -> EditedFile:
        return EditedFile(self.workspace.root / name, kind, self.name, edits, **more)

    def understood(self, *edits: Edit, kind: str = "xlsx", **more: Any) -> Understanding:
        return understand(self.file(*edits, kind=kind), self.report, self.drafts, now=NOW, someone=BY, **more)

    def rewrite(self, source: str, language: Language = "en", **changes: Any) -> None:
        """Change one unit of a draft of record, as another program would have left it."""
        draft = self.drafts[language]
        units = tuple(replace(one, **changes) if one.source.text == source else one for one in draft.units)
        draft_path(self.report, language).write_bytes(xliff_bytes(replace(draft, units=units), self.report))

    def machine_redrafts(self, source: str, text: str, language: Language = "en") -> None:
        target = InlineText(text)
        self.rewrite(source, language, target=target, drafted=target_hash(target))

    def remembered(self, language: Language = "en") -> Mapping[str, str]:
        """What people's reviewed memory says, by source."""
        units = read_tmx(self.reviewed) if self.reviewed.exists() else ()
        return {
            one.source.text: one.targets[language].text for one in units if one.reviewed_by and language in one.targets
        }

    @property
    def reviewed(self) -> Path:
        return self.workspace.glossaries / "reviewed.tmx"


def newsdesk(workspace: Workspace) -> Newsdesk:
    """The small report in `workspace`, drafted from a memory that nobody has reviewed."""
    write_school(workspace)
    units = tuple(
        MemoryUnit(
            InlineText(source),
            {"en": InlineText(ENGLISH[source]), "bo": InlineText(TIBETAN[source])},
            place=f"old.tmx:{hashlib.sha256(source.encode()).hexdigest()[:8]}",
        )
        for source in ENGLISH
    )
    (workspace.glossaries / "old.tmx").write_bytes(tmx_bytes(units))
    made = Newsdesk(workspace)
    keep_drafts(draft_languages(made.report, made.desk).drafts, made.report)
    assert {unit.state for draft in made.drafts.values() for unit in draft.units} == {State.DRAFT}
    return made


def persons(text: str, by: str = "Tashi") -> dict[str, Any]:
    """What a unit is like that a person has corrected."""
    return {
        "target": InlineText(text),
        "state": State.REVIEWED,
        "origin": Origin(OriginKind.PERSON, by),
        "review": Review(by, "2026-11-24T10:00:00Z", "letter.docx"),
    }
