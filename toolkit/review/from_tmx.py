"""A translation memory that came back: what its units say of the sentences of a report.

A memory knows sentences, not segments: the Chinese decides which segments a unit is for.  Only in a file of ours
(`bulletin export --as tmx`), whose units name their report, the id of a unit is its segment; so that a sentence that
stands twice in the report may have two translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError
from toolkit.languages import SOURCE, Language
from toolkit.memory.segments import read_segment
from toolkit.report.inline import InlineText
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.parsing import language_of, utc_time
from toolkit.safexml import XML_NAMESPACE, parse_xml
from toolkit.translation.draft import State

_REMEDY = "Export it again from the program that edited it, as TMX 1.4b"
_LANG = f"{{{XML_NAMESPACE}}}lang"
_SEGMENT_ID = re.compile(r"s[0-9a-f]{10}(?:-\d+)?")


def read_tmx_edits(path: Path) -> EditedFile:
    """What the TMX file at `path` says: an edit for each variant in English or Tibetan, with its author and date.

    Units without Chinese are told as troubles.  The report is the one that all units name (x-origin), else empty.
    Raises `SourceError` naming file and line for broken XML, entities, and another root element.
    """
    root = parse_xml(path, remedy=_REMEDY)
    if etree.QName(root).localname != "tmx":
        name = etree.QName(root).localname
        raise SourceError(f"is not TMX: its root is <{name}>", path=path, line=root.sourceline, remedy=_REMEDY)
    units = list(root.iterfind("{*}body/{*}tu"))
    origins = {_props(unit).get("x-origin", "") for unit in units}
    report = origins.pop() if len(origins) == 1 else ""
    found = [one for unit in units for one in _unit(unit, is_ours=bool(report))]
    edits = tuple(one for one in found if isinstance(one, Edit))
    return EditedFile(path, "tmx", report, edits, tuple(one for one in found if isinstance(one, Trouble)))


def _unit(unit: etree._Element, *, is_ours: bool) -> Iterator[Edit | Trouble]:
    place = f"line {unit.sourceline}"
    texts: list[tuple[etree._Element, Language, InlineText]] = []
    for variant in unit.iterfind("{*}tuv"):
        segment = variant.find("{*}seg")
        language = language_of(variant.get(_LANG) or variant.get("lang") or "")
        if segment is not None and language is not None:
            texts.append((variant, language, read_segment(segment)))
    source = next((text.text for _, language, text in texts if language == SOURCE), "")
    props = _props(unit)
    named = unit.get("tuid", "")
    for variant, language, text in texts:
        if language == SOURCE:
            continue
        if not source:
            reason = f"The unit on {place} has no Chinese; which sentence it translates cannot be said."
            yield Trouble(TroubleKind.UNCLEAR, reason, language=language, place=place, text=text.text)
            continue
        by, at = _author(variant, unit)
        yield Edit(
            segment_id=named if is_ours and _SEGMENT_ID.fullmatch(named) else "",
            language=language,
            text=text,
            source=source,
            state=State.REVIEWED if props.get("x-reviewed-by") else None,
            by=props.get("x-reviewed-by") or by,
            at=at,
            comment="\n".join(_notes(variant)),
            place=place,
        )


def _author(variant: etree._Element, unit: etree._Element) -> tuple[str, str]:
    """Who changed the variant last, or else made it, and when; of the unit where the variant does not say."""
    for element in (variant, unit):
        for act in ("change", "creation"):
            by, at = element.get(f"{act}id", ""), utc_time(element.get(f"{act}date", ""))
            if by or at:
                return by, at
    return "", ""


def _props(unit: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): (prop.text or "").strip() for prop in unit.iterfind("{*}prop")}


def _notes(variant: etree._Element) -> Iterator[str]:
    return (text for note in variant.iterfind("{*}note") if (text := (note.text or "").strip()))
