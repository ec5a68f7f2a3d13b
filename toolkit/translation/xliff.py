"""Drafts as XLIFF 1.2 files beside the report: what CAT tools exchange.

What XLIFF has no word for (inputs, the hash of the machine's text, rungs) stands in attributes of our own
namespace, which the standard allows on `file`, `trans-unit` and `alt-trans`.  The report's name stands in `original`
too, which every tool keeps.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

import toolkit
from toolkit.errors import SourceError
from toolkit.files import sha256
from toolkit.languages import BCP47, SOURCE, Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.safexml import XML_NAMESPACE, indent_structure, parse_xml
from toolkit.translation.draft import Candidate, Draft, DraftUnit, Origin, OriginKind, Review, State, target_hash
from toolkit.translation.inline_xml import append_inline, read_inline

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
OURS = "urn:bulletin-toolkit:draft:1"
_REMEDY = "Restore the file, or delete it to have it drafted again (corrections in it would be lost)"
FORMER = "former"

_MOST_KNOWN = 16
_Key = tuple[Path, Language, str]
_known: dict[_Key, Draft] = {}
"""The drafts read or written lately, by the hash of their files."""

_STATE_OUT = {
    State.NEEDS_TRANSLATION: "needs-translation",
    State.DRAFT: "needs-review-translation",
    State.REVIEWED: "translated",
    State.SIGNED_OFF: "signed-off",
}
STATE_OF = {
    "new": State.NEEDS_TRANSLATION,
    "needs-translation": State.NEEDS_TRANSLATION,
    "needs-adaptation": State.DRAFT,
    "needs-l10n": State.DRAFT,
    "needs-review-adaptation": State.DRAFT,
    "needs-review-l10n": State.DRAFT,
    "needs-review-translation": State.DRAFT,
    "translated": State.REVIEWED,
    "signed-off": State.SIGNED_OFF,
    "final": State.SIGNED_OFF,
}
_QUALIFIER = {
    OriginKind.MEMORY: "exact-match",
    OriginKind.TERM: "leveraged-glossary",
    OriginKind.FUZZY: "fuzzy-match",
    OriginKind.ENGINE: "leveraged-mt",
}
_ORIGINS = frozenset(OriginKind)


@functools.cache
def _q(name: str) -> str:
    return f"{{{XLIFF}}}{name}"


@functools.cache
def _own(name: str) -> str:
    return f"{{{OURS}}}{name}"


def xliff_bytes(draft: Draft, report: Report) -> bytes:
    """The draft as an XLIFF 1.2 file; the same bytes for the same draft."""
    root = etree.Element(_q("xliff"), {"version": "1.2"}, nsmap={None: XLIFF, "bt": OURS})
    file = etree.SubElement(
        root,
        _q("file"),
        {
            "original": f"{report.name}/{report.path.name}",
            "source-language": BCP47[SOURCE],
            "target-language": BCP47[draft.language],
            "datatype": "plaintext",
            _own("report"): report.name,
            _own("segments"): " ".join(segment.id for segment in report.segments),
        },
    )
    header = etree.SubElement(file, _q("header"))
    etree.SubElement(
        header,
        _q("tool"),
        {"tool-id": "bulletin", "tool-name": "Bulletin Toolkit", "tool-version": toolkit.__version__},
    )
    body = etree.SubElement(file, _q("body"))
    units = {unit.segment_id: unit for unit in draft.units}
    for number, block in enumerate(report.blocks, start=1):
        group = etree.SubElement(body, _q("group"), {"id": f"b{number}", "restype": f"x-{block.role}"})
        for segment in block.segments:
            _append_unit(group, units[segment.id])
    if draft.former:
        group = etree.SubElement(body, _q("group"), {"id": FORMER, "restype": f"x-{FORMER}", "translate": "no"})
        for unit in draft.former:
            _append_unit(group, unit)
    indent_structure(root, leaves={_q("source"), _q("target"), _q("note")})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _append_unit(group: etree._Element, unit: DraftUnit) -> None:
    element = etree.SubElement(
        group,
        _q("trans-unit"),
        {"id": unit.segment_id, "approved": "no" if unit.is_open else "yes", f"{{{XML_NAMESPACE}}}space": "preserve"},
    )
    _set(element, _own("inputs"), unit.inputs)
    _set(element, _own("asked"), unit.asked)
    _set(element, _own("drafted"), unit.drafted)
    _set(element, _own("base"), target_hash(unit.target) if unit.target else "")
    if unit.origin:
        _set_origin(element, unit.origin)
    if unit.review:
        _set(element, _own("by"), unit.review.by)
        _set(element, _own("at"), unit.review.at)
        _set(element, _own("via"), unit.review.via)
    append_inline(etree.SubElement(element, _q("source")), unit.source)
    target = etree.SubElement(element, _q("target"), {"state": _STATE_OUT[unit.state]})
    if unit.origin and unit.origin.kind in _QUALIFIER:
        target.set("state-qualifier", _QUALIFIER[unit.origin.kind])
    append_inline(target, unit.target)
    if unit.note:
        etree.SubElement(element, _q("note"), {"from": "bulletin"}).text = unit.note
    for candidate in unit.alternatives:
        _append_alternative(element, candidate)


def _append_alternative(unit: etree._Element, candidate: Candidate) -> None:
    element = etree.SubElement(unit, _q("alt-trans"), {"origin": str(candidate.origin.kind)})
    if candidate.origin.score is not None:
        element.set("match-quality", str(candidate.origin.score))
    _set_origin(element, candidate.origin)
    _set(element, _own("printable"), "" if candidate.printable else "no")
    append_inline(etree.SubElement(element, _q("target")), candidate.target)
    if candidate.note:
        etree.SubElement(element, _q("note"), {"from": "bulletin"}).text = candidate.note


def _set_origin(element: etree._Element, origin: Origin) -> None:
    _set(element, _own("origin"), origin.kind)
    _set(element, _own("detail"), origin.detail)
    _set(element, _own("score"), "" if origin.score is None else str(origin.score))
    _set(element, _own("rung"), origin.rung)


def _set(element: etree._Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)


def read_xliff(path: Path, language: Language) -> Draft:
    """Read a draft that we wrote or that a CAT tool saved.

    Raises `SourceError` naming file and line for broken XML, another format, another target language, a unit
    without id or source, and an id that stands twice.  The last few drafts are kept: a file that says the same as
    before is not parsed again.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return _read(path, language)  # it says what is wrong with it
    key = (path, language, sha256(data))
    draft = _known.get(key)
    if draft is None:
        _know(key, draft := _read(path, language, data))
    return draft


def keep_written(path: Path, language: Language, draft: Draft, data: bytes, before: bytes | None) -> None:
    """Let the next `read_xliff` of `path` parse only what is new: `data`, which is `draft`, was written there.

    Units that `draft` took unchanged from the file as it stood `before` are known; the others are read from `data`,
    so that what is kept is what the file says, not what was meant.
    """
    known = None if before is None else _known.get((path, language, sha256(before)))
    if known is None:
        return
    root = etree.fromstring(data)
    read = {}
    for element in root.iter(_q("trans-unit")):
        segment_id = element.get("id", "")
        unit = known.unit(segment_id)
        wanted = draft.unit(segment_id)
        if unit is None or (unit is not wanted and unit != wanted):
            unit = _read_unit(element, path)
        read[segment_id] = unit
    former = tuple(read.pop(unit.segment_id) for unit in draft.former)
    _know((path, language, sha256(data)), Draft(language, tuple(read.values()), former))


def _know(key: _Key, draft: Draft) -> None:
    _known[key] = draft
    for oldest in tuple(_known)[:-_MOST_KNOWN]:
        _known.pop(oldest, None)


def _read(path: Path, language: Language, data: bytes | None = None) -> Draft:
    root = parse_xml(path, remedy=_REMEDY, data=data)
    if root.tag != _q("xliff") or root.get("version") != "1.2":
        raise SourceError("is not XLIFF 1.2", path=path, line=root.sourceline, remedy=_REMEDY)
    units: list[DraftUnit] = []
    former: list[DraftUnit] = []
    seen: dict[str, int | None] = {}
    for file in root.iterfind(_q("file")):
        tag = file.get("target-language", BCP47[language])
        if tag.split("-")[0] != language:
            raise SourceError(
                f"translates into “{tag}”, not into {BCP47[language]}",
                path=path,
                line=file.sourceline,
                remedy="Put the right draft there, or delete it to have it drafted again",
            )
        for element in file.iter(_q("trans-unit")):
            unit = _read_unit(element, path)
            if unit.segment_id in seen:
                raise SourceError(
                    f"the unit “{unit.segment_id}” stands on line {seen[unit.segment_id]} already",
                    path=path,
                    line=element.sourceline,
                    remedy="Delete one of the two",
                )
            seen[unit.segment_id] = element.sourceline
            parent = element.getparent()
            is_former = parent is not None and parent.get("id") == FORMER
            (former if is_former else units).append(unit)
    return Draft(language, tuple(units), tuple(former))


def _read_unit(element: etree._Element, path: Path) -> DraftUnit:
    source = element.find(_q("source"))
    segment_id = element.get("id")
    if not segment_id or source is None:
        raise SourceError("a trans-unit needs an id and a source", path=path, line=element.sourceline, remedy=_REMEDY)
    target = element.find(_q("target"))
    text = read_inline(target) if target is not None else InlineText("")
    origin = _read_origin(element)
    drafted = element.get(_own("drafted"), "")
    base = element.get(_own("base"), "")
    was_typed_over = bool(text) and base not in ("", target_hash(text))
    if was_typed_over:
        origin = Origin(OriginKind.PERSON, path.name)
    elif text and drafted != target_hash(text):
        origin = origin if origin and origin.kind is OriginKind.PERSON else Origin(OriginKind.PERSON, path.name)
    state = _read_state(element, target, text)
    return DraftUnit(
        segment_id=segment_id,
        source=read_inline(source),
        target=text,
        state=State.REVIEWED if was_typed_over and state is State.SIGNED_OFF else state,
        origin=origin,
        alternatives=tuple(_read_alternatives(element)),
        note=_note(element),
        inputs=element.get(_own("inputs"), ""),
        asked=element.get(_own("asked"), ""),
        drafted=drafted,
        review=None if was_typed_over else _read_review(element),
    )


def _read_state(element: etree._Element, target: etree._Element | None, text: InlineText) -> State:
    if not text:
        return State.NEEDS_TRANSLATION
    written = target.get("state") if target is not None else None
    if written is None:
        return State.REVIEWED if element.get("approved") == "yes" else State.DRAFT
    state = STATE_OF.get(written, State.DRAFT)
    return State.DRAFT if state is State.NEEDS_TRANSLATION else state


def _read_alternatives(element: etree._Element) -> Iterable[Candidate]:
    for alternative in element.iterfind(_q("alt-trans")):
        target = alternative.find(_q("target"))
        origin = _read_origin(alternative)
        if target is not None and origin is not None:
            printable = alternative.get(_own("printable")) != "no"
            yield Candidate(read_inline(target), origin, printable, _note(alternative))


def _read_origin(element: etree._Element) -> Origin | None:
    kind = element.get(_own("origin"))
    if kind not in _ORIGINS:
        return None
    score = element.get(_own("score"), "")
    return Origin(
        OriginKind(kind),
        element.get(_own("detail"), ""),
        int(score) if score.isdigit() else None,
        element.get(_own("rung"), ""),
    )


def _read_review(element: etree._Element) -> Review | None:
    by = element.get(_own("by"), "")
    return Review(by, element.get(_own("at"), ""), element.get(_own("via"), "")) if by else None


def _note(element: etree._Element) -> str:
    return "\n".join(note.text or "" for note in element.iterfind(_q("note")) if note.get("from") == "bulletin")
