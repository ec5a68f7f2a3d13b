"""Glyphs of a TrueType font copied under other advances: marks that end where their base ends.

A mark over a base has no advance; it is drawn with a step back and a step forward, and a program that reads the page by
its gaps (MuPDF, pypdf) takes the step forward for a space inside the syllable.  A copy of the mark as wide as the step
needs none.  It is a glyph of its own because a PDF's widths must be those of the font program (ISO 14289-1, 7.21.5).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_DIRECTORY_ENTRY = ">4sIII"


def with_copies(data: bytes, copies: Sequence[tuple[int, int]]) -> bytes:
    """`data`, a TrueType font, with a glyph added for each pair of a glyph's number and an advance in font units."""
    if not copies:
        return data
    tables = _tables(data)
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    is_long = struct.unpack_from(">h", tables["head"], 50)[0] == 1
    offsets = list(
        struct.unpack(f">{count + 1}{'I' if is_long else 'H'}", tables["loca"][: (count + 1) * (4 if is_long else 2)])
    )
    if not is_long:
        offsets = [offset * 2 for offset in offsets]
    glyphs = bytearray(tables["glyf"][: offsets[-1]])
    metrics = _metrics(tables, count)
    for gid, advance in copies:
        outline = tables["glyf"][offsets[gid] : offsets[gid + 1]]
        glyphs += outline + bytes(-len(outline) % 4)
        offsets.append(len(glyphs))
        metrics.append((advance, metrics[gid][1]))
    total = count + len(copies)
    tables["glyf"] = bytes(glyphs)
    tables["loca"] = struct.pack(f">{total + 1}I", *offsets)
    tables["hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in metrics)
    tables["head"] = tables["head"][:50] + struct.pack(">h", 1) + tables["head"][52:]
    tables["maxp"] = tables["maxp"][:4] + struct.pack(">H", total) + tables["maxp"][6:]
    tables["hhea"] = tables["hhea"][:34] + struct.pack(">H", total)
    return _assembled(data[:4], tables)


def _tables(data: bytes) -> dict[str, bytes]:
    found = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(_DIRECTORY_ENTRY, data, 12 + 16 * index)
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found


def _metrics(tables: dict[str, bytes], count: int) -> list[tuple[int, int]]:
    long = struct.unpack_from(">H", tables["hhea"], 34)[0]
    metrics = [struct.unpack_from(">Hh", tables["hmtx"], 4 * index) for index in range(long)]
    bearings = struct.unpack_from(f">{count - long}h", tables["hmtx"], 4 * long)
    return [*metrics, *((metrics[-1][0], bearing) for bearing in bearings)]


def _assembled(version: bytes, tables: dict[str, bytes]) -> bytes:
    """A font file of these tables with right checksums (OpenType, "Organization of an OpenType Font")."""
    tables["head"] = tables["head"][:8] + bytes(4) + tables["head"][12:]
    largest = 1 << (len(tables).bit_length() - 1)
    head = version + struct.pack(
        ">4H", len(tables), largest * 16, largest.bit_length() - 1, (len(tables) - largest) * 16
    )
    offset, entries, bodies = 12 + 16 * len(tables), [], []
    for tag, content in sorted(tables.items()):
        entries.append(struct.pack(_DIRECTORY_ENTRY, tag.encode("latin-1"), _sum(content), offset, len(content)))
        bodies.append(content + bytes(-len(content) % 4))
        offset += len(bodies[-1])
    whole = head + b"".join(entries) + b"".join(bodies)
    adjustment = (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF
    place = whole.index(tables["head"], 12 + 16 * len(tables)) + 8
    return whole[:place] + struct.pack(">I", adjustment) + whole[place + 4 :]


def _sum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
