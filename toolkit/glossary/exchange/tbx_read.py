"""TBX from anywhere as terms: version 3 in both styles (DCA, DCT), version 2 (martif), with and without namespace.

Only the shape counts: concepts that hold languages that hold terms.  What a glossary has no column for is kept in the
note (definitions, contexts, notes) or counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError
from toolkit.glossary.exchange.incoming import Collector, Entry, Incoming, clean, language_of
from toolkit.glossary.exchange.tbx_write import DATE_LABEL
from toolkit.glossary.term import Status
from toolkit.languages import SOURCE, Language
from toolkit.safexml import XML_NAMESPACE, parse_xml

_REMEDY = "Export the terms again as TBX, or as CSV"
_LANG = f"{{{XML_NAMESPACE}}}lang"
_ROOTS = ("tbx", "martif")
_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GROUPS = ("descripGrp", "adminGrp", "termNoteGrp", "termGrp", "termCompList")
_TYPED = ("descrip", "admin", "termNote", "descripNote", "adminNote", "transac", "transacNote", "ref", "xref")
_STATUSES = ("administrativeStatus", "normativeAuthorization")
_KEPT_IN_NOTE = ("definition", "context", "explanation", "usageNote", "usage note", "example", "figure")
_ROLES = {
    **dict.fromkeys(("preferredterm", "preferred", "standardizedterm", "legalterm", "regulatedterm"), "preferred"),
    **dict.fromkeys(("admittedterm", "admitted", "accepted", "proposedterm"), "accepted"),
    **dict.fromkeys(("deprecatedterm", "deprecated", "supersededterm", "superseded", "forbidden"), "forbidden"),
    **dict.fromkeys(("obsolete", "notrecommended"), "forbidden"),
}


def read_tbx(path: Path) -> Incoming:
    """The terms of the TBX file at `path`.

    Raises `SourceError` naming the line for broken XML, entities, or a root that is not TBX.
    """
    root = parse_xml(path, remedy=_REMEDY)
    if _name(root) not in _ROOTS:
        raise SourceError(f"is not TBX: its root is <{_name(root)}>", path=path, line=root.sourceline, remedy=_REMEDY)
    collector = Collector(path)
    for element in root.iter(etree.Element):
        if _name(element) in _CONCEPTS:
            _read_concept(element, collector)
    return collector.incoming()


@dataclass
class _Word:
    """One rendering; `role` is empty where the file gives none."""

    text: str
    role: str = ""


@dataclass
class _Concept:
    entry: Entry
    words: dict[Language, list[_Word]] = field(default_factory=dict)
    is_ours: bool = False  # it says its status, as only we do


def _read_concept(element: etree._Element, collector: Collector) -> None:
    concept = _Concept(Entry(_line(element)))
    for child in element.iterchildren(etree.Element):
        if _name(child) in _LANGUAGES:
            _read_language(child, concept, collector)
        elif _name(child) == "transacGrp":
            _read_signature(child, concept, collector)
        else:
            for category, text, line, grouped in _data(child):
                _take_concept_data(category, text, line, grouped, concept, collector)
    if SOURCE not in concept.words:
        collector.leave_out(concept.entry.line, "the entry has no Chinese term")
        return
    _sort_out(concept)
    collector.add(concept.entry)


def _take_concept_data(
    category: str, text: str, line: int, grouped: bool, concept: _Concept, collector: Collector
) -> None:
    entry = concept.entry
    if category == "subjectField":
        entry.domain = text if not entry.domain else f"{entry.domain}, {text}"
    elif category == "source" and not grouped and not entry.source:
        entry.source = text
    elif category == "projectSubset" and not entry.file:
        entry.file = text
    elif category == "note":
        entry.notes.append(text)
    elif category in _KEPT_IN_NOTE or category.lower() in _KEPT_IN_NOTE:
        entry.notes.append(f"{category}: {text}")
    else:
        collector.count(category, line)


def _read_signature(group: etree._Element, concept: _Concept, collector: Collector) -> None:
    """Who gave the concept its status, when the group says a status; any other transaction is counted."""
    by = date = status = ""
    for child in group.iterchildren(etree.Element):
        for category, text, _, _ in _data(child):
            if category == "responsibility":
                by = text
            elif category == "date":
                date = text
            elif category == "note" and text in set(Status):
                status = text
            elif category == "note" and text.startswith(DATE_LABEL):
                date = text.removeprefix(DATE_LABEL)
    if not status:
        collector.count("transacGrp", _line(group))
        return
    concept.is_ours = True
    concept.entry.by, concept.entry.date, concept.entry.status = by, date, status


def _read_language(section: etree._Element, concept: _Concept, collector: Collector) -> None:
    tag = section.get(_LANG) or section.get("lang") or ""
    language = language_of(tag)
    if language is None:
        collector.count(f"terms in the language “{tag}”", _line(section))
        return
    for child in section.iterchildren(etree.Element):
        if _name(child) in _TERMS:
            _read_word(child, language, concept, collector)
            continue
        for category, text, line, _ in _data(child):
            _keep(category, text, line, language, concept, collector)


def _read_word(section: etree._Element, language: Language, concept: _Concept, collector: Collector) -> None:
    word = _Word("")
    for child in section.iterchildren(etree.Element):
        for category, text, line, _ in _data(child):
            if category == "term":
                word.text = text
            elif category in _STATUSES:
                word.role = word.role or _role(text, line, collector)
            elif category == "note" and text in ("preferred", "accepted"):
                word.role = text
            else:
                _keep(category, text, line, word.text or language, concept, collector)
    if word.text:
        concept.words.setdefault(language, []).append(word)


def _role(status: str, line: int, collector: Collector) -> str:
    role = _ROLES.get(status.lower().removesuffix("-admn-sts"), "")
    if not role:
        collector.count(f"administrativeStatus “{status}”", line)
    return role


def _keep(category: str, text: str, line: int, label: str, concept: _Concept, collector: Collector) -> None:
    if category == "note":
        concept.entry.notes.append(f"{label}: {text}")
    elif category in _KEPT_IN_NOTE or category.lower() in _KEPT_IN_NOTE:
        concept.entry.notes.append(f"{label}, {category}: {text}")
    elif text:
        collector.count(category, line)


def _sort_out(concept: _Concept) -> None:
    """Renderings by role into the entry; of those without a role the first is preferred."""
    entry = concept.entry
    targets = {language: words for language, words in concept.words.items() if language != SOURCE}
    if (
        not concept.is_ours
        and targets
        and all(word.role == "forbidden" for words in targets.values() for word in words)
    ):
        entry.status = str(Status.DEPRECATED)
        for words in targets.values():
            for word in words:
                word.role = ""
    spellings = sorted(concept.words[SOURCE], key=lambda word: word.role != "preferred")
    entry.sources = [word.text for word in spellings]
    for language, words in targets.items():
        preferred = next((word for word in words if word.role == "preferred"), None)
        preferred = preferred or next((word for word in words if not word.role), None)
        if preferred:
            entry.targets[language] = preferred.text
        for word in words:
            if word is not preferred:
                kind = entry.forbidden if word.role == "forbidden" else entry.accepted
                kind.setdefault(language, []).append(word.text)


def _data(element: etree._Element, *, grouped: bool = False) -> Iterator[tuple[str, str, int, bool]]:
    """(category, text, line, whether in a group) of a data element, or of each in a group; empty ones left out."""
    name = _name(element)
    if name in _GROUPS or name == "transacGrp":
        for child in element.iterchildren(etree.Element):
            yield from _data(child, grouped=name != "termGrp")
        return
    category = element.get("type", name) if name in _TYPED else name
    text = clean("".join(str(part) for part in element.itertext()))
    if text:
        yield category, text, _line(element), grouped


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _line(element: etree._Element) -> int:
    return element.sourceline or 0
