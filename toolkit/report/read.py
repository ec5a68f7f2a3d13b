"""Reading a report from its folder: report.txt and report.toml."""

from __future__ import annotations

from pathlib import Path

from toolkit.report.inline import InlineText
from toolkit.report.model import Block, Report, Role, Segment
from toolkit.report.punctuation import mend_punctuation
from toolkit.report.sentences import SegmentIds, split_sentences
from toolkit.report.sidecar import FILE_NAME, Sidecar, read_sidecar
from toolkit.textfile import read_text_file

REPORT_FILE = "report.txt"
_LONGEST_HEADING = 40  # characters: a longer line without a full stop is taken for a paragraph
_TERMINAL = tuple("。！？!?…；：”）")
_CONTROLS = dict.fromkeys(
    (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF)
)
"""Characters that no page shows and XML 1.0 mostly forbids; line ends and tabs are not among them."""


def read_report(folder: Path) -> Report:
    """Read the report in `folder`.

    Raises `SourceError` for a report that is missing, empty, binary or not UTF-8, and `SettingsError` for a
    report.toml that does not fit it.
    """
    path = folder / REPORT_FILE
    lines = tuple(
        mend_punctuation(line.strip()) for line in read_text_file(path, what="report").translate(_CONTROLS).splitlines()
    )
    sidecar = read_sidecar(folder / FILE_NAME)
    sidecar.check_roles(tuple(line for line in lines if line))
    corrected, applied = sidecar.correct(lines)
    return Report(
        name=folder.name,
        path=path,
        blocks=_blocks(lines, corrected, sidecar),
        corrections=applied,
        event_date=sidecar.event_date,
        published_date=sidecar.published_date,
        outlet=sidecar.outlet,
        byline=sidecar.byline,
        place=sidecar.place,
    )


def _blocks(lines: tuple[str, ...], corrected: tuple[str, ...], sidecar: Sidecar) -> tuple[Block, ...]:
    """One block per line with text; consecutive repeats collapse, and a title is not said twice."""
    ids = SegmentIds()
    blocks: list[Block] = []
    last = ""
    for number, (original, line) in enumerate(zip(lines, corrected, strict=True), start=1):
        if not line:
            continue
        role = sidecar.role_of(original)
        guessed = role is None
        if role is None:
            role = _guess_role(line, first=not blocks)
        if blocks and line == last and role in (Role.CAPTION, Role.HEADING):
            before = blocks[-1]
            blocks[-1] = Block(before.role, before.segments, before.line, before.repeats + 1, before.guessed)
            continue
        last = line
        sentences = split_sentences(line, role)
        if role is Role.KICKER:
            said = {block.text for block in blocks if block.role is Role.TITLE}
            sentences = tuple(sentence for sentence in sentences if sentence not in said)
        segments = tuple(
            Segment(segment_id, InlineText(sentence))
            for segment_id, sentence in zip(ids.over(sentences), sentences, strict=True)
        )
        if segments:
            blocks.append(Block(role, segments, number, guessed=guessed))
    return tuple(blocks)


def _guess_role(line: str, *, first: bool) -> Role:
    if first:
        return Role.TITLE
    return Role.PARAGRAPH if len(line) > _LONGEST_HEADING or line.endswith(_TERMINAL) else Role.HEADING
