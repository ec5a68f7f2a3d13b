"""TMX 1.4b, the file people keep."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

import toolkit
from toolkit.errors import SourceError
from toolkit.languages import BCP47, LANGUAGES, Language
from toolkit.memory.memory import Memory, MemoryUnit
from toolkit.report.inline import InlineText
from toolkit.report.punctuation import mend_punctuation
from toolkit.safexml import XML_NAMESPACE, indent_structure, parse_xml

_REMEDY = "Export the memory again as TMX 1.4b, or move the file away"
_LANG = f"{{{XML_NAMESPACE}}}lang"
_REVIEWED_BY = "x-reviewed-by"


def read_memory(folder: Path) -> Memory:
    """All units of the TMX files in `folder`; no file, an empty memory.

    Raises `SourceError` naming file and line for broken XML, another root element, or a unit without Chinese.
    """
    units: list[MemoryUnit] = []
    for path in sorted(folder.glob("*.tmx")):
        root = parse_xml(path, remedy=_REMEDY)
        if root.tag != "tmx":
            raise SourceError(
                f"is not TMX: its root is <{root.tag!s}>", path=path, line=root.sourceline, remedy=_REMEDY
            )
        units += [_unit(element, path, number) for number, element in enumerate(root.iter("tu"), start=1)]
    return Memory(tuple(units))


def _unit(element: etree._Element, path: Path, number: int) -> MemoryUnit:
    texts: dict[Language, InlineText] = {}
    doubts: dict[Language, str] = {}
    for variant in element.iterfind("tuv"):
        language = _language(variant.get(_LANG) or variant.get("lang") or "")
        segment = variant.find("seg")
        if language is None or segment is None:
            continue
        texts[language] = InlineText("".join(str(part) for part in segment.itertext()).strip())
        doubt = " ".join((note.text or "").strip() for note in variant.iterfind("note"))
        if doubt:
            doubts[language] = doubt
    source = texts.pop("zh", None)
    if not source:
        raise SourceError(
            "the unit has no Chinese text", path=path, line=element.sourceline, remedy="Add a <tuv xml:lang='zh-CN'>"
        )
    reviewer = next((prop.text or "" for prop in element.iterfind("prop") if prop.get("type") == _REVIEWED_BY), "")
    place = f"{path.name}:{element.get('tuid') or number}"
    return MemoryUnit(InlineText(mend_punctuation(source.text)), texts, reviewer.strip(), doubts, place)


def _language(tag: str) -> Language | None:
    primary = tag.lower().replace("_", "-").split("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def tmx_bytes(units: tuple[MemoryUnit, ...]) -> bytes:
    """A TMX 1.4b file of `units`; the same bytes for the same units.

    A unit's place gives its `tuid`; a doubt becomes a note of the variant it concerns.
    """
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "bulletin-toolkit",
            "creationtoolversion": toolkit.__version__,
            "segtype": "sentence",
            "o-tmf": "bulletin-toolkit",
            "adminlang": "en",
            "srclang": BCP47["zh"],
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for unit in units:
        element = etree.SubElement(body, "tu", tuid=unit.place.rpartition(":")[2])
        if unit.reviewed_by:
            etree.SubElement(element, "prop", type=_REVIEWED_BY).text = unit.reviewed_by
        texts = {"zh": unit.source, **unit.targets}
        for language in (language for language in LANGUAGES if texts.get(language)):
            variant = etree.SubElement(element, "tuv", {_LANG: BCP47[language]})
            if doubt := unit.doubt(language):
                etree.SubElement(variant, "note").text = doubt
            etree.SubElement(variant, "seg").text = texts[language].text
    indent_structure(root, leaves={"seg", "note", "prop"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
