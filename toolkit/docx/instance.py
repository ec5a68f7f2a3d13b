"""A face as a font file of its own that Word takes in: static, with TrueType outlines, named so that Word finds it.

Word takes no variable fonts and no PostScript outlines into a document.  Pinning the axes leaves every instance with
the names and flags of the file's default one; Word and fontconfig then cannot tell bold from regular, so names, weight
and style bits are written anew (OpenType 1.9: `name`, `OS/2`, `head`).
"""

from __future__ import annotations

import functools
import struct

import uharfbuzz as hb

from toolkit.docx.outlines import Drawn, with_truetype_outlines
from toolkit.fonts import FontFile

_KEPT_NAMES = (0, 5, 7, 8, 9, 11, 13, 14)  # copyright, version, trademark, makers, licence
_WINDOWS_ENGLISH = (3, 1, 0x0409)
_BOLD_WEIGHT, _REGULAR_WEIGHT = 700, 400
_CHECKSUM_OF_FILE = 0xB1B0AFBA
_TRUETYPE = b"\x00\x01\x00\x00"


def static_program(face: FontFile, characters: frozenset[int] | None = None) -> bytes:
    """The bytes of `face` as a TrueType file of its own, axes pinned: all of it, or the glyphs of `characters`.

    A file that is one such already is taken as it is.
    """
    if characters is None and not face.axes and not face.index:
        program = face.path.read_bytes()
        if program.startswith(_TRUETYPE):
            return program
    source = hb.Face(hb.Blob.from_file_path(str(face.path)), face.index)
    cut = hb.SubsetInput()
    if characters is None:
        cut.keep_everything()
    else:
        cut.unicode_set.update(characters)
        cut.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    for axis, value in face.axes:
        cut.pin_axis_location(source, axis, value)
    plan = hb.SubsetPlan(source, cut)
    pinned = plan.execute()
    tables = {tag: bytearray(pinned.reference_table(tag).data) for tag in pinned.table_tags}
    if "glyf" not in tables:
        with_truetype_outlines(pinned, tables, dict(plan.new_to_old_glyph_mapping), _outlines_of(face))
    tables["name"] = bytearray(_names(source, face))
    _set_style_bits(tables, face)
    return _assembled(tables)


@functools.lru_cache(maxsize=4)
def _outlines_of(face: FontFile) -> dict[int, Drawn]:
    """The glyphs of a face that were converted already: most bulletins have most of their ideographs in common."""
    return {}


def _set_style_bits(tables: dict[str, bytearray], face: FontFile) -> None:
    """OS/2 usWeightClass and fsSelection (bits 0 italic, 5 bold, 6 regular); head macStyle (bits 0 bold, 1 italic)."""
    bold, italic = face.bold, face.italic
    selection = int.from_bytes(tables["OS/2"][62:64], "big") & ~0x0061
    selection |= 0x0020 * bold | 0x0001 * italic | 0x0040 * (not bold and not italic)
    struct.pack_into(">H", tables["OS/2"], 4, _BOLD_WEIGHT if bold else _REGULAR_WEIGHT)
    struct.pack_into(">H", tables["OS/2"], 62, selection)
    struct.pack_into(">H", tables["head"], 44, 0x0001 * bold | 0x0002 * italic)


def _names(source: hb.Face, face: FontFile) -> bytes:
    """A `name` table: family and style as the document says them, makers and licence as they were."""
    style = face.style
    postscript = "".join(c for c in face.family if c.isascii() and c.isalnum())[:48] or "Embedded"
    full = f"{face.family} {style}"
    texts = {number: source.get_name(number) for number in _KEPT_NAMES}
    texts |= {1: face.family, 2: style, 3: f"{full} static", 4: full, 6: f"{postscript}-{style.replace(' ', '')}"}
    records, strings = b"", b""
    entries = sorted((number, text.encode("utf-16-be")) for number, text in texts.items() if text)
    for number, text in entries:
        records += struct.pack(">6H", *_WINDOWS_ENGLISH, number, len(text), len(strings))
        strings += text
    return struct.pack(">3H", 0, len(entries), 6 + len(records)) + records + strings


def _assembled(tables: dict[str, bytearray]) -> bytes:
    """A TrueType file of `tables`, with its directory and checksums."""
    struct.pack_into(">I", tables["head"], 8, 0)
    power = len(tables).bit_length() - 1
    span = 16 << power
    header = struct.pack(">I4H", 0x00010000, len(tables), span, power, len(tables) * 16 - span)
    offset = len(header) + 16 * len(tables)
    directory, body = b"", b""
    for tag in sorted(tables):
        data = bytes(tables[tag])
        directory += struct.pack(">4s3I", tag.encode(), _checksum(data), offset + len(body), len(data))
        if tag == "head":
            adjustment_at = offset + len(body) + 8
        body += data + b"\0" * (-len(data) % 4)
    program = bytearray(header + directory + body)
    struct.pack_into(">I", program, adjustment_at, (_CHECKSUM_OF_FILE - _checksum(bytes(program))) & 0xFFFFFFFF)
    return bytes(program)


def _checksum(data: bytes) -> int:
    """Sum of the 32-bit words, as the OpenType specification defines it."""
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
