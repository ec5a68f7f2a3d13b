"""The font file inside a PDF: only the glyphs a document draws, or the whole where the maker allows no less.

HarfBuzz subsets.  A variable font is held at its axes; CFF outlines keep their glyph numbers (ISO 32000-1, 9.7.4.2
and 9.9).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

import uharfbuzz as hb

from toolkit.pdf.markcopies import with_copies
from toolkit.pdf.shaping import Face

_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "name", "STAT", "kern", "DSIG", "vhea", "vmtx", "VORG", "cmap")
_SFNT_MAGIC = (b"\x00\x01\x00\x00", b"true", b"OTTO")


Copy = tuple[int, float]
"""A glyph's number in the font file, and the advance of its copy in 1/1000 em."""


@dataclass(frozen=True)
class FontProgram:
    """A font as a file holds it: under which `key` of the descriptor, with which `entries` of the stream.

    `numbers` are the glyphs' numbers in it by those in the font file, `copies` those of
    copied ones; `box` is the box of its glyphs, in font units.
    """

    data: bytes = field(repr=False)
    key: str
    entries: str
    numbers: dict[int, int]
    box: tuple[int, ...]
    is_subset: bool
    copies: dict[Copy, int] = field(default_factory=dict)


def font_program(face: Face, glyphs: Set[int], copies: Sequence[Copy] = ()) -> FontProgram:
    """`face` with `glyphs` (and .notdef), or whole when it may not be subset (OS/2 fsType 0x0100).

    `copies` are glyphs to be there once more, with advances of their own: in a subset of TrueType outlines only.
    """
    if face.file.may_subset:
        program = _subset(face, sorted({*glyphs, 0}), is_subset=True)
        return _with_copies(program, face, copies) if copies else program
    source = face.hb_face.blob.data
    if bytes(source[:4]) in _SFNT_MAGIC and "glyf" in face.hb_face.table_tags and not face.hb_face.has_var_data:
        data = bytes(source)
        numbers = {gid: gid for gid in glyphs}
        return FontProgram(data, "FontFile2", f"/Length1 {len(data)}", numbers, _box(face.hb_face), is_subset=False)
    return _subset(face, range(face.hb_face.glyph_count), is_subset=False)


def _subset(face: Face, glyphs: range | list[int], *, is_subset: bool) -> FontProgram:
    source = face.hb_face
    is_cff = "glyf" not in source.table_tags
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    if is_cff:
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.CFF_IDENTITY_CHARSET
        wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES)
    if source.has_var_data:
        wanted.pin_all_axes_to_default(source)
        for axis, value in face.file.axes:
            wanted.pin_axis_location(source, axis, value)
    plan = hb.SubsetPlan(source, wanted)
    subset = plan.execute()
    numbers, box = dict(plan.old_to_new_glyph_mapping), _box(subset)
    if is_cff:
        data = bytes(subset.reference_table("CFF ").data)
        return FontProgram(data, "FontFile3", "/Subtype/CIDFontType0C", numbers, box, is_subset)
    data = bytes(subset.blob.data)
    return FontProgram(data, "FontFile2", f"/Length1 {len(data)}", numbers, box, is_subset)


def _with_copies(program: FontProgram, face: Face, copies: Sequence[Copy]) -> FontProgram:
    wanted = [(program.numbers[gid], round(advance / face.scale)) for gid, advance in copies]
    data = with_copies(program.data, wanted)
    first = hb.Face(program.data).glyph_count
    numbers = {copy: first + number for number, copy in enumerate(copies)}
    return replace(program, data=data, entries=f"/Length1 {len(data)}", copies=numbers)


def _box(face: hb.Face) -> tuple[int, ...]:
    return struct.unpack(">4h", face.reference_table("head").data[36:44])
