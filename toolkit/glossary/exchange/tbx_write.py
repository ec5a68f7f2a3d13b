"""Terms as TBX: version 3 (ISO 30042:2019, dialect TBX-Basic, style DCA) and version 2 (ISO 30042:2008, martif).

Both say the same in other words; OmegaT, Weblate and translate-toolkit read version 2 only.

=====================  =============================================================================================
glossary               TBX-Basic
=====================  =============================================================================================
domain                 descrip subjectField
source                 admin source
file                   admin projectSubset
note                   note
status, by, date       transacGrp: its note is the status, its responsibility the name
preferred rendering    administrativeStatus preferredTerm-admn-sts
accepted               admittedTerm-admn-sts
forbidden              deprecatedTerm-admn-sts
=====================  =============================================================================================

TBX-Basic has no status for a concept.  Where a whole term is deprecated or forbidden, all of its renderings are
therefore deprecatedTerm-admn-sts, with a note that says which one was preferred or accepted, so that other programs do
not offer them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from toolkit.glossary.exchange.incoming import file_of
from toolkit.glossary.term import Status, Term
from toolkit.languages import BCP47, SOURCE, TARGETS, Language
from toolkit.safexml import XML_NAMESPACE, indent_structure

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_ROLES = {
    "preferred": "preferredTerm-admn-sts",
    "accepted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
DATE_LABEL = "date: "
_LANG = f"{{{XML_NAMESPACE}}}lang"
_TITLE = "Glossary"
_ORIGIN = "Bulletin Toolkit"
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RETIRED = (Status.DEPRECATED, Status.FORBIDDEN)


@dataclass(frozen=True)
class _Names:
    root: str
    header: str
    concept: str
    language: str
    term: str
    namespace: str = ""


_V3 = _Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", NAMESPACE)
_V2 = _Names("martif", "martifHeader", "termEntry", "langSet", "tig")


def tbx_bytes(terms: Sequence[Term]) -> bytes:
    """A TBX 3 file of `terms`; the same bytes for the same terms."""
    root = _tree(terms, _V3, {"type": "TBX-Basic", "style": "dca"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def tbx2_bytes(terms: Sequence[Term]) -> bytes:
    """A TBX 2 file (martif) of `terms`; the same bytes for the same terms."""
    root = _tree(terms, _V2, {"type": "TBX-Basic"})
    doctype = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">'
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype)


def _tree(terms: Sequence[Term], names: _Names, attributes: dict[str, str]) -> etree._Element:
    make = _Maker(names)
    root = etree.Element(make.tag(names.root), attributes, nsmap=make.nsmap)
    root.set(_LANG, BCP47[SOURCE])
    description = make(make(root, names.header), "fileDesc")
    make(make(description, "titleStmt"), "title", text=_TITLE)
    make(make(description, "sourceDesc"), "p", text=_ORIGIN)
    body = make(make(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        _concept(make(body, names.concept, id=f"c{number}"), term, make)
    leaves = {make.tag(name) for name in ("term", "note", "p", "title", "descrip", "admin", "termNote", "date")}
    indent_structure(root, leaves=leaves)
    return root


class _Maker:
    """Makes elements of one version of TBX."""

    def __init__(self, names: _Names) -> None:
        self.names = names
        self.nsmap: dict[str | None, str] | None = {None: names.namespace} if names.namespace else None

    def tag(self, name: str) -> str:
        return f"{{{self.names.namespace}}}{name}" if self.names.namespace else name

    def __call__(
        self, parent: etree._Element, name: str, *, text: str | None = None, **attributes: str
    ) -> etree._Element:
        element = etree.SubElement(parent, self.tag(name), attributes)
        element.text = text
        return element


def _concept(concept: etree._Element, term: Term, make: _Maker) -> None:
    if term.domain:
        make(concept, "descrip", type="subjectField", text=term.domain)
    if term.source:
        make(concept, "admin", type="source", text=term.source)
    if file := file_of(term):
        make(concept, "admin", type="projectSubset", text=file)
    _signature(concept, term, make)
    if term.note:
        make(concept, "note", text=term.note)
    retired = term.status in _RETIRED
    _language(concept, SOURCE, _renderings(term.sources[:1], term.sources[1:], ()), make, retired=retired)
    for language in TARGETS:
        preferred = term.targets.get(language, "")
        renderings = _renderings(
            (preferred,) if preferred else (), term.accepted.get(language, ()), term.forbidden.get(language, ())
        )
        _language(concept, language, renderings, make, retired=retired)


def _signature(concept: etree._Element, term: Term, make: _Maker) -> None:
    group = make(concept, "transacGrp")
    make(group, "transac", type="transactionType", text="modification" if term.by else "origination")
    if term.by:
        make(group, "transacNote", type="responsibility", text=term.by)
    if _ISO_DATE.fullmatch(term.date):
        make(group, "date", text=term.date)
    elif term.date:
        make(group, "note", text=DATE_LABEL + term.date)
    make(group, "note", text=str(term.status))


def _renderings(
    preferred: Iterable[str], accepted: Iterable[str], forbidden: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    named = {"preferred": preferred, "accepted": accepted, "forbidden": forbidden}
    return tuple((role, text) for role, texts in named.items() for text in texts)


def _language(
    concept: etree._Element,
    language: Language,
    renderings: tuple[tuple[str, str], ...],
    make: _Maker,
    *,
    retired: bool,
) -> None:
    if not renderings:
        return
    section = make(concept, make.names.language)
    section.set(_LANG, BCP47[language])
    for role, text in renderings:
        one = make(section, make.names.term)
        make(one, "term", text=text)
        hidden = retired and role != "forbidden"
        make(one, "termNote", type="administrativeStatus", text=_ROLES["forbidden" if hidden else role])
        if hidden:
            make(one, "note", text=role)
