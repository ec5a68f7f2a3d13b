"""What a file that a person edited says: one vocabulary for DOCX, XLIFF, XLSX and TMX.

A reader of files only reports what stands there.  Whether that is a correction, an old text, or a conflict is
judged in one place, `understand.py`, for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolkit.languages import Language
from toolkit.report.inline import InlineText
from toolkit.translation.draft import State


@dataclass(frozen=True)
class Edit:
    """What the file says of one segment in one language; not yet a change.

    `segment_id` is empty where the file knows none (TMX): then `source` decides.  `source` is the Chinese the file
    shows beside it, empty when it shows none.  `base` is the `target_hash` of the text that the file was made with,
    `base_text` that text itself; empty and None when the file does not carry them.  `state` is what the file says
    about review, None for nothing.  `by` and `at` name the author and the time (UTC, ISO 8601) where the file
    records them.  `place` is for messages: "row 12", "line 340".
    """

    segment_id: str
    language: Language
    text: InlineText
    source: str = ""
    base: str = ""
    base_text: str | None = None
    state: State | None = None
    by: str = ""
    at: str = ""
    comment: str = ""
    place: str = ""


class TroubleKind(StrEnum):
    """What the structure of an edited file can have that is no correction: reported, never guessed."""

    DELETED = "deleted"  # a row or unit of the file as it was made is gone
    MOVED = "moved"  # rows stand in another order: their texts are still taken
    MERGED = "merged"  # two rows or cells became one
    ADDED = "added"  # a row or text that stands for no segment
    DOUBLED = "doubled"  # the same segment stands twice, with different words
    UNKNOWN = "unknown"  # a segment that the report does not have
    SOURCE_CHANGED = "source-changed"  # the Chinese beside it is not the report's
    UNCLEAR = "unclear"  # an edit over the border of sentences, which cannot be given to one of them
    CONFLICT = "conflict"  # somebody else changed the same segment meanwhile


@dataclass(frozen=True)
class Trouble:
    """One such thing: a whole sentence in `reason`; `text` holds the person's words, so that none are lost."""

    kind: TroubleKind
    reason: str
    segment_id: str = ""
    language: Language | None = None
    place: str = ""
    text: str = ""


@dataclass(frozen=True)
class EditedFile:
    """An edited file as read.  `report` is the report it says it belongs to, empty when it says none (TMX)."""

    path: Path
    kind: str  # "docx", "xliff", "xlsx", "tmx"
    report: str
    edits: tuple[Edit, ...]
    troubles: tuple[Trouble, ...] = ()
