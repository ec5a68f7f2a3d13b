"""report.toml: what the text of a report does not say."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.report.inline import InlineText
from toolkit.report.model import AppliedCorrection, Role
from toolkit.report.picture_notes import PictureNote, picture_notes
from toolkit.report.punctuation import mend_punctuation
from toolkit.textfile import ENCODINGS, encoding_named
from toolkit.tomlfile import TomlFile, read_toml

FILE_NAME = "report.toml"
_DATES = ("event_date", "published_date")
_TEXTS = ("outlet", "byline", "place")
_ENCODING = "encoding"
_NUMBER = "number"
_TABLES = ("roles", "corrections", "pictures")
_PREFIX_MARK = "…"


@dataclass(frozen=True)
class Correction:
    """Replace `find` by `replace`; it must occur exactly `count` times in the report.  `written` is `find` as typed."""

    find: str
    replace: str
    count: int
    note: str
    written: str


@dataclass(frozen=True)
class Sidecar:
    """The contents of a report.toml, checked.

    `roles` maps a whole line of the report (or its beginning, written with a final "…") to its role.  `encoding` is
    that of the report's text where it is not UTF-8.
    """

    file: TomlFile
    roles: Mapping[str, Role] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    pictures: tuple[PictureNote, ...] = ()
    event_date: datetime.date | None = None
    published_date: datetime.date | None = None
    outlet: str = ""
    byline: str = ""
    place: str = ""
    number: str = ""
    encoding: str | None = None

    def role_of(self, line: str) -> Role | None:
        """The role given to this line of the report, if any."""
        return next((role for pattern, role in self.roles.items() if fits(pattern, line)), None)

    def check_roles(self, lines: tuple[str, ...], file_name: str) -> None:
        """Raise `SettingsError` for a role whose line is nowhere in the report, which stands in `file_name`."""
        for written in (written for names in self.file.values.get("roles", {}).values() for written in names):
            pattern = mend_punctuation(written.strip())
            if any(fits(pattern, line) for line in lines):
                continue
            near = difflib.get_close_matches(pattern, lines, n=1, cutoff=0.4)
            hint = f"; the nearest line is “{near[0][:40]}”" if near else ""
            raise self.file.fault(
                f"no line of the report reads “{pattern[:40]}”{hint}",
                near=written,
                remedy=f"Copy the line as it stands in {file_name}, or its beginning followed by …",
            )

    def correct(
        self, lines: tuple[tuple[InlineText, int], ...]
    ) -> tuple[tuple[InlineText, ...], tuple[AppliedCorrection, ...]]:
        """The lines (each with its number in the file) with all corrections applied, and what was done where.

        Inline codes keep the words they stand around.
        """
        applied = []
        corrected = [text for text, _ in lines]
        for correction in self.corrections:
            found = sum(line.text.count(correction.find) for line in corrected)
            if found != correction.count:
                raise self.file.fault(
                    f"the correction of “{correction.find[:40]}” expects it {correction.count}×, "
                    f"but the report has it {found}×",
                    near=correction.written,
                    remedy="Mend `find` or `count`, or delete the correction",
                )
            for index, line in enumerate(corrected):
                if correction.find in line.text:
                    corrected[index] = line.replaced(correction.find, correction.replace)
                    number = lines[index][1]
                    applied.append(AppliedCorrection(number, correction.find, correction.replace, correction.note))
        return tuple(corrected), tuple(sorted(applied, key=lambda one: one.line))


def fits(pattern: str, line: str) -> bool:
    """Whether a line is what report.toml wrote: all of it, or its beginning followed by …."""
    if pattern.endswith(_PREFIX_MARK):
        return line.startswith(pattern.removesuffix(_PREFIX_MARK))
    return line == pattern


def read_sidecar(path: Path) -> Sidecar:
    """Read a report.toml; an absent one is empty.  Raises `SettingsError` for anything it does not know."""
    file = read_toml(path)
    file.check_keys(file.values, (*_DATES, *_TEXTS, _NUMBER, _ENCODING, *_TABLES))
    texts = {key: str(file.typed(file.values, key, str, "", '"…"')).strip() for key in _TEXTS}
    return Sidecar(
        file,
        roles=_roles(file),
        corrections=_corrections(file),
        pictures=picture_notes(file),
        event_date=_date(file, "event_date"),
        published_date=_date(file, "published_date"),
        outlet=texts["outlet"],
        byline=texts["byline"],
        place=texts["place"],
        number=_number(file),
        encoding=_encoding(file),
    )


def _encoding(file: TomlFile) -> str | None:
    written = str(file.typed(file.values, _ENCODING, str, "", '"gb18030"'))
    if not written:
        return None
    name = encoding_named(written)
    if name is None:
        raise file.fault(
            f"`{_ENCODING}` is “{written}”, which is not known",
            near=_ENCODING,
            remedy=f"Use one of {', '.join(ENCODINGS)}",
        )
    return name


def _number(file: TomlFile) -> str:
    """The number of the issue, as an edition's masthead may print it: 12, or "12 (128)"."""
    value = file.values.get(_NUMBER, "")
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise file.fault(f"`{_NUMBER}` is no number", near=_NUMBER, remedy=f'Write {_NUMBER} = 12, or {_NUMBER} = "12a"')


def _date(file: TomlFile, key: str) -> datetime.date | None:
    value = file.values.get(key)
    if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    raise file.fault(f"`{key}` is not a date", near=key, remedy="Write it as 2023-08-08, without quotes")


def _roles(file: TomlFile) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for name, lines in file.table("roles", tuple(Role)).items():
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise file.fault(f"`roles.{name}` is no list of lines", near=name, remedy=f'Write {name} = ["…", "…"]')
        roles.update({mend_punctuation(line.strip()): Role(name) for line in lines})
    return roles


def _corrections(file: TomlFile) -> tuple[Correction, ...]:
    rows: Any = file.values.get("corrections", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise file.fault("`corrections` is no list of tables", near="corrections", remedy="Write [[corrections]]")
    corrections = []
    for row in rows:
        file.check_keys(row, ("find", "replace", "count", "note"), "corrections.")
        texts = {key: file.typed(row, key, str, "", '"…"') for key in ("find", "replace", "note")}
        count = file.typed(row, "count", int, 1, "2")
        if not texts["find"] or not texts["replace"] or count < 1:
            raise file.fault(
                "a correction needs `find`, `replace` and a `count` from 1",
                near=texts["find"] or texts["replace"] or "[[corrections]]",
                remedy='Write [[corrections]], then find = "…" and replace = "…"',
            )
        find, replacement = mend_punctuation(texts["find"]), mend_punctuation(texts["replace"])
        corrections.append(Correction(find, replacement, count, texts["note"], texts["find"]))
    return tuple(corrections)
