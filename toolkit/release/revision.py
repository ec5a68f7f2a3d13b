"""A revision: what was released, by whom, and the pins it can be made again from.

`source/REPORT/releases/N/` holds release.json and, beside it, the pinned text: the report, its drafts, the terms that
stand in it.  It needs nothing of the workspace but the fonts, which are pinned by hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from toolkit.bulletin.editions import PUBLISHING, edition_as_data, edition_from_data
from toolkit.bulletin.model import Edition
from toolkit.errors import SourceError
from toolkit.files import json_bytes, sha256
from toolkit.fonts import FontSet
from toolkit.workspace import Settings

FOLDER = "releases"
RECORD = "release.json"
GLOSSARY = "glossary"
_REMEDY = "Restore it from a backup, or from version control"


@dataclass(frozen=True)
class Revision:
    """One release of one report.

    `number` counts from 1; `at` is UTC, `date` the day printed on it.  `pins` are the SHA-256 of the pinned files by
    name, `fonts` those of the faces ("han Noto Serif SC": hash), `style` the house style that shaped the pages.
    `outputs` are the SHA-256 of the released files; `toolkit` and `code` tell what typeset them.
    """

    report: str
    number: int
    by: str
    at: str
    date: str
    pins: Mapping[str, str]
    fonts: Mapping[str, str]
    style: Mapping[str, Any]
    toolkit: str
    code: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


def revisions(report_folder: Path) -> tuple[Revision, ...]:
    """All revisions of a report, in order.  Raises `SourceError` for a record that cannot be read."""
    folder = report_folder / FOLDER
    found = [read_revision(path.parent) for path in folder.glob(f"*/{RECORD}") if path.parent.name.isdecimal()]
    return tuple(sorted(found, key=lambda one: one.number))


def read_revision(folder: Path) -> Revision:
    """The revision whose pins lie in `folder`.  Raises `SourceError` when they are not all there, or were changed."""
    path = folder / RECORD
    try:
        revision = Revision(**json.loads(path.read_text(encoding="utf-8")))
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy=_REMEDY) from fault
    except (ValueError, TypeError) as fault:
        raise SourceError("is no record of a release", path=path, line=1, remedy=_REMEDY) from fault
    return revision


def check_pins(revision: Revision, folder: Path) -> None:
    """Raise `SourceError` naming the first pinned file that is gone or no longer what was released."""
    for name, digest in revision.pins.items():
        path = folder / name
        if not path.is_file():
            raise SourceError(f"is gone; revision {revision.number} was made from it", path=path, remedy=_REMEDY)
        if sha256(path.read_bytes()) != digest:
            raise SourceError(f"was changed since revision {revision.number} was released", path=path, remedy=_REMEDY)


def record_bytes(revision: Revision) -> bytes:
    """release.json."""
    return json_bytes(asdict(revision))


def for_readers(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions that are released: those without notes on where the text came from, or the publishing one."""
    return tuple(edition for edition in editions if not edition.provenance) or (PUBLISHING,)


def style_of(settings: Settings, editions: Sequence[Edition]) -> dict[str, Any]:
    """The house style that shapes a page, and the editions for readers, as data; fonts are pinned apart, by hash."""
    return {
        "editions": [edition_as_data(edition) for edition in for_readers(editions)],
        "masthead": dict(settings.masthead),
        "tibetan_digits": settings.tibetan_digits,
        "tibetan_names": settings.tibetan_names,
        "day_first": settings.day_first,
    }


def style_from(style: Mapping[str, Any]) -> tuple[Settings, tuple[Edition, ...]]:
    """The other way round; what a later version added has its default."""
    own = {key: value for key, value in style.items() if key in style_of(Settings(), ()) and key != "editions"}
    editions = for_readers([edition_from_data(one) for one in style.get("editions", ())])
    return Settings(**own), editions


def faces_of(fonts: FontSet) -> dict[str, str]:
    """Hash of each face, by script, weight or slant, and family."""
    return {
        f"{script}{style} {number}: {face.family}": face.fingerprint
        for style, table in (("", fonts.regular), (" bold", fonts.bold), (" italic", fonts.italic))
        for script, faces in sorted(table.items())
        for number, face in enumerate(faces, start=1)
    }
