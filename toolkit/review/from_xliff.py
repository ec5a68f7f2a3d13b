"""An XLIFF file that came back from a CAT tool: what its units say.

XLIFF 1.2 (and 1.0, 1.1) is read here, by the names of its elements whatever their namespace; 2.0 and later in
`from_xliff2.py`.  Proposals (`alt-trans`) are no edits.  Of segmented units (`seg-source`, `mrk`), all parts together
are the text; where some are not translated, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError
from toolkit.languages import SOURCE, TARGETS, Language
from toolkit.report.inline import InlineText
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.from_xliff2 import read_units
from toolkit.review.parsing import language_of, utc_time
from toolkit.review.structure import gone_or_moved
from toolkit.safexml import parse_xml
from toolkit.translation.draft import State
from toolkit.translation.inline_xml import read_inline
from toolkit.translation.xliff import FORMER, OURS, STATE_OF

_REMEDY = "Export it again from the program that edited it, as XLIFF 1.2"
_ORIGINAL = re.compile(r"([^/\\]+)/report\.\w+")
_IN_FILE_NAME = re.compile(r"(?:^|[-_.])(en|bo)(?:[-_.]|$)")
_TRADOS_TIME = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d:\d\d:\d\d)")
_TRADOS_APPROVED = {"ApprovedTranslation", "ApprovedSignOff"}


def read_xliff_edits(path: Path) -> EditedFile:
    """What the XLIFF file at `path` says; every unit with a target gives an edit, unchanged ones and doubled ones too.

    Told as troubles are units that were deleted, added, moved, merged, or translated in part.  A tool that dropped our
    attributes leaves the bases unknown.  Raises `SourceError` naming file and line for broken XML, entities, another
    format, another language than English or Tibetan from Chinese, and a unit without a source.
    """
    root = parse_xml(path, remedy=_REMEDY)
    version = root.get("version", "")
    if etree.QName(root).localname != "xliff" or version.partition(".")[0] not in ("1", "2"):
        raise SourceError(
            f"is not XLIFF 1 or 2: <{etree.QName(root).localname}>, version “{version[:20]}”",
            path=path,
            line=root.sourceline,
            remedy=_REMEDY,
        )
    edits: list[Edit] = []
    troubles: list[Trouble] = []
    reports: dict[str, int] = {}
    files = list(root.iterfind("{*}file"))
    if not files:
        raise SourceError("holds no file element", path=path, line=root.sourceline, remedy=_REMEDY)
    for file in files:
        language = _language(root if version[0] == "2" else file, path)
        reports.setdefault(_report(file, path), file.sourceline or 0)
        found = read_units(file, language) if version[0] == "2" else _units(file, language, path)
        known, others = _known(file, [*found])
        edits += [one for one in known if isinstance(one, Edit)]
        troubles += [*(one for one in known if isinstance(one, Trouble)), *others]
    named = [report for report in reports if report]
    if len(named) > 1:
        raise SourceError(
            f"holds files of several reports: {', '.join(named)}",
            path=path,
            line=reports[named[1]],
            remedy="Give each report its own file",
        )
    return EditedFile(path, "xliff", next(iter(named), ""), tuple(edits), tuple(troubles))


def _language(element: etree._Element, path: Path) -> Language:
    """The language a file element of 1.2, or the root of 2.1, translates into."""
    source = element.get("source-language") or element.get("srcLang") or ""
    target = element.get("target-language") or element.get("trgLang") or ""
    if not target and (named := _IN_FILE_NAME.search(path.stem)):
        target = named[1]
    language = language_of(target)
    if language not in TARGETS or (source and language_of(source) != SOURCE):
        raise SourceError(
            f"translates from “{source}” into “{target}”, not from Chinese into English or Tibetan",
            path=path,
            line=element.sourceline,
            remedy="Name the languages in the file as zh-CN and en or bo",
        )
    return language


def _report(file: etree._Element, path: Path) -> str:
    """The report the file belongs to: as we wrote it, by the original's folder, or by the folder it stands in."""
    written = file.get(f"{{{OURS}}}report")
    if written:
        return written
    if original := _ORIGINAL.fullmatch(file.get("original") or file.get("id") or ""):
        return original[1]
    return path.resolve().parent.name if path.stem in TARGETS else ""


def _known(file: etree._Element, found: list[Edit | Trouble]) -> tuple[list[Edit | Trouble], list[Trouble]]:
    """What was found for segments the file was made with, and what became of the others.

    A file without our list of segments, or whose ids a tool has all replaced, is taken as it is: then the Chinese
    decides which segment a unit is.
    """
    made = file.get(f"{{{OURS}}}segments", "").split()
    standing = [one.segment_id for one in found]
    if not set(made) & set(standing):
        return found, []
    ours = set(made)
    known: list[Edit | Trouble] = []
    troubles: list[Trouble] = []
    for one in found:
        if not isinstance(one, Edit) or one.segment_id in ours:
            known.append(one)
            continue
        reason = f"The unit “{one.segment_id}” stands for no segment of the report; it was not taken."
        troubles.append(Trouble(TroubleKind.ADDED, reason, language=one.language, place=one.place, text=one.text.text))
    return known, [*troubles, *gone_or_moved(made, standing, what="unit")]


def _units(file: etree._Element, language: Language, path: Path) -> Iterator[Edit | Trouble]:
    phases = {phase.get("phase-name", ""): phase for phase in file.iter("{*}phase")}
    for unit in file.iter("{*}trans-unit"):
        groups = list(unit.iterancestors("{*}group"))
        if any(group.get("id") == FORMER for group in groups):
            continue
        segment_id, place = unit.get("id", ""), f"line {unit.sourceline}"
        source, target = unit.find("{*}source"), unit.find("{*}target")
        if source is None:
            raise SourceError("a trans-unit has no source", path=path, line=unit.sourceline, remedy=_REMEDY)
        text = read_inline(target) if target is not None else InlineText("")
        if any(group.get("merged-trans") == "yes" for group in groups):
            reason = f"The unit {segment_id} was merged with its neighbours; whose text it is cannot be said."
            yield Trouble(TroubleKind.MERGED, reason, segment_id, language, place, text.text)
            continue
        if missing := _parts_without_text(unit, target):
            reason = f"Of the unit {segment_id}, only some parts are translated (not {', '.join(missing)})."
            yield Trouble(TroubleKind.UNCLEAR, reason, segment_id, language, place, text.text)
            continue
        by, at = _author(unit, target, phases)
        yield Edit(
            segment_id=segment_id,
            language=language,
            text=text,
            source=read_inline(source).text,
            base=unit.get(f"{{{OURS}}}base", ""),
            state=_state(unit, target),
            by=by,
            at=at,
            comment="\n".join(_notes(unit)),
            place=place,
        )


def _parts_without_text(unit: etree._Element, target: etree._Element | None) -> list[str]:
    """The `mid` of the parts of a segmented unit that have no target while others have one."""
    segmented = unit.find("{*}seg-source")
    if segmented is None or target is None:
        return []
    wanted = [mark.get("mid", "") for mark in segmented.iter("{*}mrk") if mark.get("mtype") == "seg"]
    written = {
        mark.get("mid", ""): bool(read_inline(mark).text.strip())
        for mark in target.iter("{*}mrk")
        if mark.get("mtype") == "seg"
    }
    missing = [mid for mid in wanted if not written.get(mid)]
    return missing if written and len(missing) < len(wanted) else []


def _state(unit: etree._Element, target: etree._Element | None) -> State | None:
    """What the unit says of review: its state, `approved` where that says more, or what Trados confirmed."""
    written = STATE_OF.get(target.get("state", "")) if target is not None else None
    if written is State.SIGNED_OFF:
        return written
    if unit.get("approved") == "yes":
        return State.REVIEWED
    conf = {segment.get("conf", "") for segment in unit.iterfind("{*}seg-defs/{*}seg")}
    return State.REVIEWED if conf and conf <= _TRADOS_APPROVED else written


def _author(unit: etree._Element, target: etree._Element | None, phases: dict[str, etree._Element]) -> tuple[str, str]:
    """Who made the target and when: the phase it names (1.2, section 2.4.2), or what Trados notes of its segments."""
    name = (target.get("phase-name") if target is not None else None) or unit.get("phase-name") or ""
    phase = phases.get(name)
    if phase is not None:
        by = phase.get("contact-name") or phase.get("contact-email") or ""
        return by, utc_time(phase.get("date", ""))
    values = {
        value.get("key", ""): (value.text or "").strip() for value in unit.iterfind("{*}seg-defs/{*}seg/{*}value")
    }
    return values.get("last_modified_by", ""), _trados_time(values.get("modified_on", ""))


def _trados_time(written: str) -> str:
    """11/25/2026 04:05:57, which Trados writes in UTC."""
    time = _TRADOS_TIME.fullmatch(written)
    return f"{time[3]}-{time[1]}-{time[2]}T{time[4]}Z" if time else ""


def _notes(unit: etree._Element) -> Iterator[str]:
    for note in unit.iterfind("{*}note"):
        text = "".join(str(part) for part in note.itertext()).strip()
        if text and note.get("from") != "bulletin":
            yield text
