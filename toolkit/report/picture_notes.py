"""[[pictures]] in report.toml: which picture stands over which line, what it shows, and who took it::

[[pictures]]
caption = "联席会议现场"       # the line, or its beginning followed by …; or line = 12
file = "photos/hall.jpg"      # JPEG or PNG, in the folder of the report
credit = "赵小春"
alt = { en = "Some forty people in a hall, under red banners" }
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.languages import LANGUAGES, Language
from toolkit.report.punctuation import mend_punctuation
from toolkit.tomlfile import TomlFile

_KEYS = ("caption", "line", "file", "alt", "credit")
_EXAMPLE = 'Write [[pictures]], then caption = "…" (or line = 12) and file = "photo.jpg"'


@dataclass(frozen=True)
class PictureNote:
    """A picture that report.toml names.

    It stands over the `caption`, a line of the report as [roles] have it, or over the block at `line`.  `file` is a
    path from the report's folder, `alternatives` say what it shows, `credit` is the photographer in Chinese.
    """

    caption: str
    line: int | None
    file: str
    alternatives: tuple[tuple[Language, str], ...] = ()
    credit: str = ""
    written: str = ""

    @property
    def place(self) -> str:
        """What names it in report.toml, for the line of an error."""
        return self.written or f"line = {self.line}"


def picture_notes(file: TomlFile) -> tuple[PictureNote, ...]:
    """All [[pictures]] of `file`.  Raises `SettingsError` naming the line of what is wrong."""
    rows: Any = file.values.get("pictures", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise file.fault("`pictures` is no list of tables", near="pictures", remedy="Write [[pictures]]")
    notes: list[PictureNote] = []
    for row in rows:
        file.check_keys(row, _KEYS, "pictures.")
        caption = file.typed(row, "caption", str, "", '"…"').strip()
        line = file.typed(row, "line", int, None, "12")
        name = file.typed(row, "file", str, "", '"photo.jpg"').strip()
        if not name or bool(caption) == (line is not None):
            near = caption or name or "[[pictures]]"
            raise file.fault("a picture needs a `file`, and a `caption` or a `line`", near=near, remedy=_EXAMPLE)
        note = PictureNote(
            mend_punctuation(caption),
            line,
            name,
            _alternatives(file, row),
            file.typed(row, "credit", str, "", '"…"').strip(),
            caption,
        )
        if any((one.caption, one.line) == (note.caption, note.line) for one in notes):
            raise file.fault(
                f"two pictures stand over {f'“{caption[:40]}”' if caption else f'line {line}'}",
                near=name,
                remedy="Where several lines read the same, tell them apart by line = …",
            )
        notes.append(note)
    return tuple(notes)


def _alternatives(file: TomlFile, row: Mapping[str, Any]) -> tuple[tuple[Language, str], ...]:
    table = row.get("alt", {})
    if not isinstance(table, Mapping):
        raise file.fault("`alt` is not a table", near="alt", remedy='Write alt = { zh = "…", en = "…", bo = "…" }')
    file.check_keys(table, LANGUAGES, "pictures.alt.")
    texts = {one: " ".join(file.typed(table, one, str, "", '"…"').split()) for one in LANGUAGES}
    return tuple((language, text) for language, text in texts.items() if text)
