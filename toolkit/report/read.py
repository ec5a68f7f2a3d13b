"""Reading a report from its folder: report.txt and report.toml."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import SourceError
from toolkit.report.inline import InlineText
from toolkit.report.model import Block, Report, Role, Segment
from toolkit.report.punctuation import mend_punctuation
from toolkit.report.sentences import SegmentIds, split_sentences
from toolkit.report.sidecar import FILE_NAME, Sidecar, read_sidecar

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
    lines = tuple(mend_punctuation(line.strip()) for line in _read_text(path).splitlines())
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


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=path, remedy="Put the report there as UTF-8 text"
        ) from fault
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            "is UTF-16 text", path=path, line=1, remedy=f"Save it as UTF-8: iconv -f UTF-16 -t UTF-8 {path.name}"
        )
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise SourceError("is not text but binary data", path=path, line=line, remedy="Export the report as UTF-8 text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _not_utf8(path, data, fault) from fault
    text = text.translate(_CONTROLS)
    if not text.strip():
        raise SourceError("is empty", path=path, line=1, remedy="Paste the report's text into it, one paragraph a line")
    return text


def _not_utf8(path: Path, data: bytes, fault: UnicodeDecodeError) -> SourceError:
    line = data[: fault.start].count(b"\n") + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return SourceError("is not UTF-8 text", path=path, line=line, remedy="Save it as UTF-8")
    return SourceError(
        "is not UTF-8; it reads as GBK (GB 18030)",
        path=path,
        line=line,
        remedy=f"Save it as UTF-8: iconv -f GB18030 -t UTF-8 {path.name}",
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
