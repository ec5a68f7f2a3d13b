"""TMX, the file people keep, read unit by unit; `tmx_write.py` writes it.

Reads TMX 1.1 to 1.4 as OmegaT, Trados, memoQ, Weblate and others write it: in UTF-8 or UTF-16, with `lang` or
`xml:lang`, with or without a DOCTYPE, several variants a unit, any order of languages.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lxml import etree

from toolkit.errors import SourceError
from toolkit.languages import BCP47, LANGUAGES, Language
from toolkit.memory.segments import read_segment
from toolkit.memory.unit import MemoryUnit
from toolkit.report.inline import InlineText
from toolkit.report.punctuation import mend_punctuation
from toolkit.safexml import XML_NAMESPACE

LONGEST_SEGMENT = 1_000_000  # characters: a "segment" beyond it is a whole book, or an attack
_REMEDY = "Export the memory again as TMX 1.4b, or move the file away"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"
REVIEWED_BY, ORIGIN = "x-reviewed-by", "x-origin"
BEFORE, AFTER = "x-context-pre", "x-context-post"
_PROPS_IN = {REVIEWED_BY: REVIEWED_BY, ORIGIN: ORIGIN, BEFORE: BEFORE, AFTER: AFTER}
_PROPS_IN |= {"prev": BEFORE, "next": AFTER}  # OmegaT's names
_SEG_TAGS = re.compile(r"</?seg>")  # memoQ keeps the whole element in its context properties
_CODES = {"zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "en": "en", "eng": "en", "bo": "bo", "bod": "bo"}
_CODES["tib"] = "bo"
_MAY_NEED_MENDING = re.compile(r"[^\x00-\x7f][,:;!?()]|[,:;!?()][^\x00-\x7f]|[^\x00-\x7f] [^\x00-\x7f]")


class _Tags:
    """The names of elements, with the namespace that some programs give them and the standard does not."""

    def __init__(self, space: str = "") -> None:
        self.tu, self.tuv, self.seg = f"{space}tu", f"{space}tuv", f"{space}seg"
        self.prop, self.note = f"{space}prop", f"{space}note"


@dataclass(frozen=True)
class Skipped:
    """A unit that was left out, where it stands, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class StandingUnit:
    """A unit of a file and its XML as it stands there, foreign properties and languages included; empty for a new one
    and for one that changed."""

    unit: MemoryUnit
    xml: str = ""


def read_tmx(path: Path) -> tuple[MemoryUnit, ...]:
    """All units of the TMX file at `path`.  Raises as `iter_tmx` does."""
    return tuple(iter_tmx(path))


def iter_tmx(path: Path, *, skip: Callable[[Skipped], None] | None = None) -> Iterator[MemoryUnit]:
    """The units of the TMX file at `path`, one after the other, without holding the file in memory.

    Raises `SourceError` naming file and line for a file that is missing, broken XML, another root element, declared
    entities, a segment of over a million characters, and a unit without Chinese.  With `skip` a unit without Chinese,
    or with nothing but Chinese, is told to it and left out.
    """
    for unit, element in _units(path):
        if skip is not None and not (unit.source and any(unit.targets.values())):
            reason = "no Chinese text" if not unit.source else "neither English nor Tibetan"
            skip(Skipped(element.sourceline or 0, reason))
            continue
        if not unit.source:
            remedy = "Add a <tuv xml:lang='zh-CN'>"
            raise SourceError("the unit has no Chinese text", path=path, line=element.sourceline, remedy=remedy)
        yield unit


def standing_units(path: Path) -> Iterator[StandingUnit]:
    """The units of the TMX file at `path` with their XML, so that what nobody changes can stay as it is.

    No file, no units.  Raises `SourceError` as `iter_tmx` does, but takes units without Chinese too.
    """
    if path.exists():
        for unit, element in _units(path):
            xml = etree.tostring(element, encoding="unicode", with_tail=False) if element.tag == "tu" else ""
            yield StandingUnit(unit, xml)


def standing_header(path: Path) -> str:
    """The header of the TMX file at `path` as it stands there; empty when there is no file, or none in it.

    Raises `SourceError` for a file that cannot be read.
    """
    if not path.exists():
        return ""
    first = next(_parsed(path, "end", ("{*}header", "{*}tu", "{*}body")), None)
    if first is None or first.tag != "header":
        return ""
    return etree.tostring(first, encoding="unicode", with_tail=False)


def _units(path: Path) -> Iterator[tuple[MemoryUnit, etree._Element]]:
    root = _first_element(path)
    name = etree.QName(root)
    if name.localname != "tmx":
        raise SourceError(f"is not TMX: its root is <{root.tag!s}>", path=path, line=root.sourceline, remedy=_REMEDY)
    tags = _Tags(f"{{{name.namespace}}}" if name.namespace else "")
    for number, element in enumerate(_elements(path, tags.tu), start=1):
        yield _unit(element, path, number, tags), element


def _first_element(path: Path) -> etree._Element:
    return next(_parsed(path, "start", None))


def _elements(path: Path, tag: str) -> Iterator[etree._Element]:
    for element in _parsed(path, "end", tag):
        yield element
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]  # what was read; the element itself is still the parser's


def _parsed(path: Path, event: Literal["start", "end"], tag: str | tuple[str, ...] | None) -> Iterator[etree._Element]:
    try:
        with path.open("rb") as stream:
            parser = etree.iterparse(
                stream,
                events=(event,),
                tag=tag,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in parser:
                if event == "start":
                    _refuse_entities(element, path)
                yield element
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy=_REMEDY) from fault
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or 1
        raise SourceError(f"is not well-formed XML ({fault.msg})", path=path, line=line, remedy=_REMEDY) from fault


def _refuse_entities(root: etree._Element, path: Path) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise SourceError("declares XML entities, which are not allowed here", path=path, line=1, remedy=_REMEDY)


def _unit(element: etree._Element, path: Path, number: int, tags: _Tags) -> MemoryUnit:
    texts: dict[Language, InlineText] = {}
    doubts: dict[Language, str] = {}
    props: dict[str, str] = {}
    notes: list[str] = []
    for child in element:
        if child.tag == tags.prop:
            _read_prop(child, props)
        elif child.tag == tags.note:
            notes.append((child.text or "").strip())
        elif child.tag == tags.tuv:
            _read_variant(child, tags, path, texts, doubts, props)
    source = texts.pop("zh", None) or InlineText("")
    if notes:
        doubts |= {one: " ".join(filter(None, (*notes, doubts.get(one, "")))) for one in texts}
    reviewer = props.get(REVIEWED_BY, "")
    changed = element.get("changedate") or element.get("creationdate") or ""
    unit = MemoryUnit(
        source=source,
        targets=texts,
        reviewed_by=reviewer,
        doubts=doubts,
        place=f"{path.name}:{element.get('tuid') or number}",
        reviewed_at=_iso(changed) if reviewer else "",
        origin=props.get(ORIGIN, ""),
        before=props.get(BEFORE, ""),
        after=props.get(AFTER, ""),
    )
    return mended(unit)


def _read_variant(
    variant: etree._Element,
    tags: _Tags,
    path: Path,
    texts: dict[Language, InlineText],
    doubts: dict[Language, str],
    props: dict[str, str],
) -> None:
    tag = variant.get(XML_LANG) or variant.get("lang") or ""
    language = _language(tag)
    if language is None or (language in texts and tag != BCP47[language]):
        return
    notes = []
    for child in variant:
        if child.tag == tags.seg:
            texts[language] = read_segment(child)
            if len(texts[language].text) > LONGEST_SEGMENT:
                problem = f"a segment has over {LONGEST_SEGMENT:,} characters"
                raise SourceError(problem, path=path, line=child.sourceline, remedy="Take the unit out of the file")
        elif child.tag == tags.note:
            notes.append((child.text or "").strip())
        elif child.tag == tags.prop and language == "zh":
            _read_prop(child, props)
    if doubt := " ".join(notes):
        doubts[language] = doubt


def _read_prop(element: etree._Element, props: dict[str, str]) -> None:
    name = _PROPS_IN.get(element.get("type", ""))
    if name and (text := (element.text or "").strip()):
        props.setdefault(name, _SEG_TAGS.sub("", text) if name in (BEFORE, AFTER) else text)


def mended(unit: MemoryUnit) -> MemoryUnit:
    """The unit with Chinese punctuation as reports have it, so that the same sentence is found again."""
    context = unit.before or unit.after
    if not _MAY_NEED_MENDING.search(
        f"{unit.source.text}\n{unit.before}\n{unit.after}" if context else unit.source.text
    ):
        return unit
    source, before, after = map(mend_punctuation, (unit.source.text, unit.before, unit.after))
    return replace(unit, source=InlineText(source, unit.source.codes), before=before, after=after)


@functools.lru_cache(maxsize=256)
def _language(tag: str) -> Language | None:
    primary = tag.lower().replace("_", "-").split("-")[0]
    code = _CODES.get(primary)
    return next((language for language in LANGUAGES if language == code), None)


def _iso(date: str) -> str:
    """20261125T040557Z as 2026-11-25T04:05:57Z (TMX 1.4b, "changedate"); anything else as it is."""
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", date)
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else date


def unit_from_xml(xml: str) -> MemoryUnit:
    """The unit that `unit_xml` wrote.  Raises `ValueError` for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        element = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(str(fault)) from fault
    return _unit(element, Path(), 0, _Tags())
