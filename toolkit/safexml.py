"""One hardened XML parser for every file that comes from outside."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_forbidden(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold (section 2.2, Char)."""
    return _FORBIDDEN.sub("", text)


def parse_xml(path: Path, *, remedy: str, data: bytes | None = None) -> etree._Element:
    """The root element of the XML file at `path`; of `data` where that was read from it already.

    No entity is resolved, no DTD loaded, no network used.  Raises `SourceError`, with the line of the
    fault, for a file that is missing, broken or carries a DTD with entity declarations.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(path.read_bytes() if data is None else data, parser)
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy=remedy) from fault
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or 1
        raise SourceError(f"is not well-formed XML ({fault.msg})", path=path, line=line, remedy=remedy) from fault
    entity = _line_of_entity(root)
    if entity is not None:  # one that is not resolved would leave a hole in the text
        raise SourceError("declares XML entities, which are not allowed here", path=path, line=entity, remedy=remedy)
    return root


def _line_of_entity(root: etree._Element) -> int | None:
    """The line of an entity that the file uses, 1 where it only declares some, None for none; in any encoding."""
    used = next(root.iter(etree.Entity), None)
    if used is not None:
        return used.sourceline or 1
    dtd = root.getroottree().docinfo.internalDTD
    return 1 if dtd is not None and any(True for _ in dtd.iterentities()) else None


def indent_structure(element: etree._Element, *, leaves: set[str], level: int = 0) -> None:
    """Put each child on a line of its own, except inside elements named in `leaves`, where white space counts."""
    children = list(element)
    if element.tag in leaves or not children:
        return
    element.text = "\n" + "  " * (level + 1)
    for child in children:
        indent_structure(child, leaves=leaves, level=level + 1)
        child.tail = "\n" + "  " * (level + 1)
    children[-1].tail = "\n" + "  " * level


def append_text(element: etree._Element, text: str) -> None:
    """Put `text` behind what `element` holds already, without what XML cannot hold."""
    text = without_forbidden(text)
    if text and len(element):
        element[-1].tail = (element[-1].tail or "") + text
    elif text:
        element.text = (element.text or "") + text
