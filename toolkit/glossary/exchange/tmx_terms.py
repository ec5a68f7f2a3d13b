"""Terms as translation units of TMX 1.4b.

The preferred renderings are the segments, so that every CAT tool shows them.  TMX has no place for the rest; it goes
into properties: x-domain, x-status, x-source, x-by, x-date and x-file of the unit, x-accepted and x-forbidden of the
variant of a language.  A tool that drops properties keeps the preferred renderings and the note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

import toolkit
from toolkit.errors import SourceError
from toolkit.glossary.exchange.incoming import Collector, Entry, Incoming, clean, file_of, language_of
from toolkit.glossary.term import Term
from toolkit.languages import BCP47, LANGUAGES, SOURCE
from toolkit.safexml import XML_NAMESPACE, indent_structure, parse_xml

_REMEDY = "Export the terms again as TMX 1.4b, or as CSV"
_LANG = f"{{{XML_NAMESPACE}}}lang"
_UNIT_PROPERTIES = ("domain", "status", "source", "by", "date", "file")
_ACCEPTED, _FORBIDDEN = "x-accepted", "x-forbidden"


def tmx_terms_bytes(terms: Sequence[Term]) -> bytes:
    """A TMX file of `terms`; the same bytes for the same terms."""
    root = etree.Element("tmx", version="1.4")
    attributes = {"creationtool": "bulletin-toolkit", "creationtoolversion": toolkit.__version__, "segtype": "phrase"}
    attributes |= {"o-tmf": "bulletin-toolkit", "adminlang": "en", "srclang": BCP47[SOURCE], "datatype": "plaintext"}
    etree.SubElement(root, "header", attributes)
    body = etree.SubElement(root, "body")
    for number, term in enumerate(terms, 1):
        unit = etree.SubElement(body, "tu", tuid=f"t{number}")
        if term.note:
            etree.SubElement(unit, "note").text = term.note
        values = (term.domain, str(term.status), term.source, term.by, term.date, file_of(term))
        for name, value in zip(_UNIT_PROPERTIES, values, strict=True):
            _property(unit, f"x-{name}", value)
        for language in LANGUAGES:
            preferred, accepted = (
                (term.zh, term.sources[1:])
                if language == SOURCE
                else (term.targets.get(language, ""), term.accepted.get(language, ()))
            )
            forbidden = term.forbidden.get(language, ())
            if not (preferred or accepted or forbidden):
                continue
            variant = etree.SubElement(unit, "tuv", {_LANG: BCP47[language]})
            for text in accepted:
                _property(variant, _ACCEPTED, text)
            for text in forbidden:
                _property(variant, _FORBIDDEN, text)
            etree.SubElement(variant, "seg").text = preferred
    indent_structure(root, leaves={"seg", "note", "prop"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def _property(parent: etree._Element, kind: str, value: str) -> None:
    if value:
        etree.SubElement(parent, "prop", type=kind).text = value


def read_tmx_terms(path: Path) -> Incoming:
    """The units of the TMX file at `path` as terms; a second variant of a language is an accepted rendering.

    Raises `SourceError` naming the line for broken XML, entities, or a root that is not TMX.
    """
    root = parse_xml(path, remedy=_REMEDY)
    if root.tag != "tmx":
        raise SourceError(f"is not TMX: its root is <{root.tag!s}>", path=path, line=root.sourceline, remedy=_REMEDY)
    collector = Collector(path)
    for unit in root.iter("tu"):
        entry = Entry(unit.sourceline or 0)
        entry.notes = [text for text in map(_text, unit.iterfind("note")) if text]
        for kind, value, line in _properties(unit):
            name = kind.removeprefix("x-")
            if name in _UNIT_PROPERTIES:
                setattr(entry, name, value)
            else:
                collector.count(f"prop {kind}", line)
        for variant in unit.iterfind("tuv"):
            _read_variant(variant, entry, collector)
        if entry.sources:
            collector.add(entry)
        else:
            collector.leave_out(entry.line, "the unit has no Chinese text")
    return collector.incoming()


def _read_variant(variant: etree._Element, entry: Entry, collector: Collector) -> None:
    tag = variant.get(_LANG) or variant.get("lang") or ""
    language = language_of(tag)
    if language is None:
        collector.count(f"text in the language “{tag}”", variant.sourceline or 0)
        return
    segment = variant.find("seg")
    text = _text(segment) if segment is not None else ""
    if language == SOURCE:
        entry.sources += [text] if text else []
    elif text and language in entry.targets:
        entry.accepted.setdefault(language, []).append(text)
    elif text:
        entry.targets[language] = text
    entry.notes += [f"{language}: {note}" for note in map(_text, variant.iterfind("note")) if note]
    for kind, value, line in _properties(variant):
        if kind == _ACCEPTED and language == SOURCE:
            entry.sources.append(value)
        elif kind in (_ACCEPTED, _FORBIDDEN) and language != SOURCE:
            (entry.accepted if kind == _ACCEPTED else entry.forbidden).setdefault(language, []).append(value)
        else:
            collector.count(f"prop {kind}", line)


def _properties(element: etree._Element) -> Iterator[tuple[str, str, int]]:
    for prop in element.iterfind("prop"):
        if value := _text(prop):
            yield prop.get("type", ""), value, prop.sourceline or 0


def _text(element: etree._Element) -> str:
    return clean("".join(str(part) for part in element.itertext()))
