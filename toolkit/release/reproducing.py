"""Typesetting from pins: a release is made this way, and made again this way, so that both give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit.bulletin import words
from toolkit.bulletin.compose import compose
from toolkit.bulletin.dates import printed_date
from toolkit.bulletin.model import Bulletin, Cell, Edition, Row, RowKind, Run
from toolkit.desk import Desk
from toolkit.docx import typeset_docx
from toolkit.errors import SettingsError
from toolkit.files import sha256, write_whole
from toolkit.fonts import FontSet
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import TARGETS, Language
from toolkit.pdf import typeset_pdf
from toolkit.release.revision import GLOSSARY, Revision, check_pins, faces_of, read_revision, style_from
from toolkit.report import Report, read_report
from toolkit.translation import Draft
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Settings


@dataclass(frozen=True)
class Pinned:
    """What lies beside a release.json, read."""

    report: Report
    drafts: Mapping[Language, Draft]
    glossary: Glossary
    settings: Settings
    editions: tuple[Edition, ...]


@dataclass(frozen=True)
class Reproduction:
    """A release made again: `files` as written; `differing` are those whose bytes are not the released ones."""

    revision: Revision
    files: tuple[Path, ...]
    differing: tuple[str, ...]
    same_toolkit: bool


def read_pinned(folder: Path, revision: Revision) -> Pinned:
    """The pinned text of `revision`.  Raises `SourceError` when a pin is gone or was changed."""
    check_pins(revision, folder)
    report = replace(read_report(folder), name=revision.report)
    drafts = {language: read_xliff(folder / f"{language}.xlf", language) for language in TARGETS}
    return Pinned(report, drafts, read_glossary(folder / GLOSSARY), *style_from(revision.style))


def typeset_pinned(pinned: Pinned, fonts: FontSet, number: int, day: date) -> dict[str, bytes]:
    """The released files by name: the editions for readers, without the stamp, with the revision in the colophon."""
    files = {}
    for edition in pinned.editions:
        bulletin = compose(
            pinned.report,
            pinned.drafts,
            (),
            edition=edition,
            glossary=pinned.glossary,
            settings=pinned.settings,
        )
        bulletin = _as_released(bulletin, number, day, pinned.settings)
        files[f"{bulletin.name}.pdf"] = typeset_pdf(bulletin, fonts)
        files[f"{bulletin.name}.docx"] = typeset_docx(bulletin, fonts)
    return files


def _as_released(bulletin: Bulletin, number: int, day: date, settings: Settings) -> Bulletin:
    cells = tuple(
        Cell(language, (Run(_released_line(language, number, day, settings), language),))
        for language in bulletin.edition.columns
    )
    return replace(
        bulletin,
        name=f"{bulletin.name}-r{number}",
        stamp=(),
        tail_rows=(*bulletin.tail_rows, Row(RowKind.COLOPHON, cells)),
    )


def _released_line(language: Language, number: int, day: date, settings: Settings) -> str:
    written = printed_date(day, language, tibetan_digits=settings.tibetan_digits)
    return words.RELEASED[language].format(number=number, date=written)


def reproduce(pins: Path, into: Path, desk: Desk) -> Reproduction:
    """Make the release whose pins lie in the folder `pins` again, in the folder `into`.

    Raises `SourceError` when a pin is gone or changed, `SettingsError` when a pinned font is not at hand, and
    `OutputError`.
    """
    revision = read_revision(pins)
    check_fonts(revision, desk.fonts)
    files = typeset_pinned(read_pinned(pins, revision), desk.fonts, revision.number, date.fromisoformat(revision.date))
    for name, data in files.items():
        write_whole(into / name, data)
    differing = tuple(name for name, data in files.items() if sha256(data) != revision.outputs.get(name))
    return Reproduction(
        revision, tuple(into / name for name in files), differing, revision.code == desk.code_fingerprint
    )


def check_fonts(revision: Revision, fonts: FontSet) -> None:
    """Raise `SettingsError` naming the faces of `revision` that are not these."""
    at_hand = faces_of(fonts)
    other = [face for face, digest in revision.fonts.items() if at_hand.get(face) != digest]
    if other or len(at_hand) != len(revision.fonts):
        raise SettingsError(
            f"revision {revision.number} of {revision.report} was set in other fonts: "
            f"{', '.join(other) or 'there are more faces now'}",
            remedy="Name the same font files under [fonts] in bulletin.toml, or install the toolkit of then",
        )
