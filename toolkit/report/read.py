"""Reading a report from its folder: report.docx, .md, .html or .txt, and report.toml."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.errors import SettingsError, SourceError
from toolkit.report.formats import SUFFIXES, RawBlock, RawKind, read_blocks
from toolkit.report.illustrate import Pictures
from toolkit.report.inline import InlineText
from toolkit.report.links import Link, links_of_pieces, take_links
from toolkit.report.model import Block, Report, Role, Segment
from toolkit.report.punctuation import mend_punctuation
from toolkit.report.sentences import SegmentIds, split_sentences
from toolkit.report.sidecar import FILE_NAME, Sidecar, read_sidecar
from toolkit.workspace import VOLUMES

REPORT_FILE = "report.txt"
"""What the file of a report is called where nobody chose another format."""

REPORT_FILES = tuple(f"report{suffix}" for suffix in SUFFIXES)
"""All the names it may have."""

_LONGEST_HEADING = 40  # characters: a longer line without a full stop is taken for a paragraph
_TERMINAL = tuple("。！？!?…；：”）")
_ROLES = {
    RawKind.TITLE: Role.TITLE,
    RawKind.HEADING: Role.HEADING,
    RawKind.ITEM: Role.ITEM,
    RawKind.CELL: Role.CELL,
    RawKind.FOOTNOTE: Role.FOOTNOTE,
    RawKind.CAPTION: Role.CAPTION,
}
_CAPTIONS = (RawKind.PARAGRAPH, RawKind.CELL, RawKind.CAPTION)
"""What a line may be in its file that report.toml takes for a caption by naming its picture."""


def find_report_file(folder: Path) -> Path:
    """The report in `folder`: one of `REPORT_FILES`.

    Raises `SourceError` when there is none, or more than one.
    """
    found = [folder / name for name in REPORT_FILES if (folder / name).is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise SourceError(f"holds {names}, and one is the report", path=folder, remedy="Keep one, and rename the other")
    if found:
        return found[0]
    others = [
        f"the folder {path.name}" if path.is_dir() else path.name
        for path in sorted(folder.glob("report.*"))
        if path.name != FILE_NAME and path.suffix != ".xlf"
    ]
    there = f", only {', '.join(others)}" if others else ""
    raise SourceError(
        f"could not be read (there is no report{there})",
        path=folder / REPORT_FILE,
        remedy=f"Put the report there as {', '.join(REPORT_FILES)}",
    )


def check_name(name: str, folder: Path) -> None:
    """Raises `SettingsError` for a report in `folder` whose place in dist is taken, in whatever letters."""
    if name.casefold() == VOLUMES:
        raise SettingsError(
            f"a report cannot be called “{name}”: dist/{VOLUMES} is where bulletin volume writes",
            path=folder,
            remedy="Give it another name",
        )


def read_report(folder: Path) -> Report:
    """Read the report in `folder`.

    Raises `SourceError` for a report that is missing, there twice, empty, broken or in another encoding, and
    `SettingsError` for a report.toml that does not fit it.
    """
    check_name(folder.name, folder)
    path = find_report_file(folder)
    sidecar = read_sidecar(folder / FILE_NAME)
    raw = tuple(
        _mended(block) for block in read_blocks(path, what="report", encoding=sidecar.encoding, keep_links=True)
    )
    sidecar.check_roles(tuple(block.text.text for block in raw), path.name)
    pictures = Pictures(path, sidecar)
    pictures.check(raw)
    texts, applied = sidecar.correct(tuple((block.text, block.line) for block in raw))
    return Report(
        name=folder.name,
        path=path,
        blocks=_blocks(raw, texts, sidecar, pictures),
        corrections=applied,
        event_date=sidecar.event_date,
        published_date=sidecar.published_date,
        outlet=sidecar.outlet,
        byline=sidecar.byline,
        place=sidecar.place,
        number=sidecar.number,
    )


def _mended(block: RawBlock) -> RawBlock:
    return replace(block, text=replace(block.text, text=mend_punctuation(block.text.text)))


def _blocks(
    raw: Sequence[RawBlock], texts: Sequence[InlineText], sidecar: Sidecar, pictures: Pictures
) -> tuple[Block, ...]:
    """The blocks of a report; consecutive repeats collapse, and a title is not said twice."""
    ids = SegmentIds()
    blocks: list[Block] = []
    is_structured = any(block.kind in (RawKind.TITLE, RawKind.HEADING) for block in raw)
    has_title = any(block.kind is RawKind.TITLE for block in raw)
    last = ""
    for one, written in zip(raw, texts, strict=True):
        text, links, refused = take_links(written)
        role = sidecar.role_of(one.text.text)
        shown = pictures.over(one)
        guessed = False
        if role is None and shown.is_caption and one.kind in _CAPTIONS:
            role = Role.CAPTION
        if role is None and one.kind is not RawKind.PARAGRAPH:
            role = _ROLES[one.kind]
        elif role is None:
            guessed = not is_structured or (not blocks and not has_title)
            role = _guess_role(text.text, first=not blocks) if guessed else Role.PARAGRAPH
        if blocks and text.text == last and role in (Role.CAPTION, Role.HEADING):
            before = blocks[-1]
            if None in (before.illustration, shown.illustration) or before.illustration == shown.illustration:
                kept = before.illustration or shown.illustration
                fault = "" if kept else before.no_picture or shown.fault
                blocks[-1] = replace(before, repeats=before.repeats + 1, illustration=kept, no_picture=fault)
                continue
        last = text.text
        segments = _segments(text, links, role, ids, blocks)
        if segments:
            blocks.append(
                Block(
                    role,
                    segments,
                    one.line,
                    guessed=guessed,
                    picture=one.picture,
                    illustration=shown.illustration,
                    no_picture=shown.fault,
                    refused_links=refused,
                )
            )
    return tuple(blocks)


def _segments(
    text: InlineText, links: Sequence[Link], role: Role, ids: SegmentIds, before: Sequence[Block]
) -> tuple[Segment, ...]:
    """The sentences of a block, each with the inline codes and the links that stand in it."""
    if role in (Role.TITLE, Role.HEADING):
        text = _without_codes_around(text)
    sentences = split_sentences(text.text, role)
    ends = tuple(itertools.accumulate(map(len, sentences)))
    pieces = tuple(zip(text.pieces(ends), links_of_pieces(links, ends), strict=True))
    if role is Role.KICKER:
        said = {block.text for block in before if block.role is Role.TITLE}
        pieces = tuple(one for one in pieces if one[0].text not in said)
    return tuple(Segment(ids.next_for(piece.text), piece.renumbered(), leading) for piece, leading in pieces)


def _without_codes_around(text: InlineText) -> InlineText:
    """A headline that is bold from end to end says nothing by it."""
    whole = {code.id for code in text.codes if code.kind == "open" and code.position == 0} & {
        code.id for code in text.codes if code.kind == "close" and code.position == len(text.text)
    }
    return replace(text, codes=tuple(code for code in text.codes if code.id not in whole))


def _guess_role(line: str, *, first: bool) -> Role:
    if first:
        return Role.TITLE
    return Role.PARAGRAPH if len(line) > _LONGEST_HEADING or line.endswith(_TERMINAL) else Role.HEADING
