"""TMX 1.4b written unit by unit: what nobody changed as it stood, the rest in one form.

The bytes are the same for the same units, and a changed unit is a small diff.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from lxml import etree

import toolkit
from toolkit.files import hash_of
from toolkit.languages import BCP47, LANGUAGES
from toolkit.memory.cache import written_aside
from toolkit.memory.segments import append_segment
from toolkit.memory.tmx import AFTER, BEFORE, ORIGIN, REVIEWED_BY, StandingUnit, standing_header
from toolkit.memory.unit import MemoryUnit
from toolkit.report.inline import InlineText
from toolkit.safexml import without_forbidden

WRITE_BUFFER = 1 << 20  # bytes
_NEEDS_CARE = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_PROLOGUE = """<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
"""
OUR_HEADER = (
    f'<header creationtool="bulletin-toolkit" creationtoolversion="{toolkit.__version__}" segtype="sentence" '
    f'o-tmf="bulletin-toolkit" adminlang="en" srclang="{BCP47["zh"]}" datatype="plaintext"/>'
)
_FOOT = "  </body>\n</tmx>"


def tuid_of(unit: MemoryUnit) -> str:
    """The id of the unit in its file: that of its place, else one made of its source, context and languages."""
    given = unit.place.rpartition(":")[2]
    return given or "m" + hash_of(unit.source.text, unit.before, unit.after, *sorted(unit.targets))[:12]


def tmx_bytes(units: Iterable[MemoryUnit]) -> bytes:
    """A TMX 1.4b file of `units`; the same bytes for the same units.

    A unit's place gives its `tuid`; a doubt becomes a note of the variant it concerns.
    """
    stream = io.BytesIO()
    for _ in written(map(StandingUnit, units), stream):
        pass
    return stream.getvalue()


def written(units: Iterable[StandingUnit], stream: IO[bytes], *, header: str = OUR_HEADER) -> Iterator[MemoryUnit]:
    """The same units, each after it was written to `stream`, which is a whole file when the last has passed."""
    stream.write(f"{_PROLOGUE}  {header}\n  <body>\n".encode())
    for one in units:
        stream.write(f"    {one.xml or unit_xml(one.unit)}\n".encode())
        yield one.unit
    stream.write(_FOOT.encode("utf-8"))
    stream.flush()


def write_tmx(path: Path, units: Iterable[StandingUnit]) -> int:
    """Make `path` a TMX file of `units` without holding them all; returns how many.  No unit, no file.

    A header that stands there stays.  Raises `OutputError` when the file cannot be written; the old one is then still
    there, whole.
    """
    header = standing_header(path) or OUR_HEADER
    with written_aside(path) as aside, aside.open("wb", buffering=WRITE_BUFFER) as stream:
        count = sum(1 for _ in written(units, stream, header=header))
    if not count:
        path.unlink()
    return count


def unit_xml(unit: MemoryUnit) -> str:
    """The unit as a `tu` element, indented as it stands in a file."""
    lines = [f'<tu tuid="{_attribute(tuid_of(unit))}"{_stamp(unit)}>']
    properties = (
        (REVIEWED_BY, unit.reviewed_by),
        (ORIGIN, unit.origin),
        (BEFORE, unit.before),
        (AFTER, unit.after),
    )
    lines += [f'  <prop type="{name}">{_text(value)}</prop>' for name, value in properties if value]
    texts = {"zh": unit.source, **unit.targets}
    for language in LANGUAGES:
        text = texts.get(language)
        if not text:
            continue
        lines.append(f'  <tuv xml:lang="{BCP47[language]}">')
        if doubt := unit.doubt(language):
            lines.append(f"    <note>{_text(doubt)}</note>")
        lines.append(f"    {_segment(text)}")
        lines.append("  </tuv>")
    lines.append("</tu>")
    return "\n    ".join(lines)


def _stamp(unit: MemoryUnit) -> str:
    if not unit.reviewed_at:
        return ""
    date, person = _attribute(re.sub(r"[-:]", "", unit.reviewed_at)), _attribute(unit.reviewed_by)
    acts = ("creation", "change")
    return "".join(f' {act}date="{date}"' + (f' {act}id="{person}"' if person else "") for act in acts)


def _segment(text: InlineText) -> str:
    if not text.codes:
        return f"<seg>{_text(text.text)}</seg>"
    element = etree.Element("seg")
    append_segment(element, text)
    return etree.tostring(element, encoding="unicode")


def _text(text: str) -> str:
    if not _NEEDS_CARE.search(text):
        return text
    return escape(without_forbidden(text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    if not _NEEDS_CARE.search(text):
        return text
    return escape(without_forbidden(text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
