"""What a JPEG or PNG file says of itself: as much as a PDF must repeat.

JPEG: ITU-T T.81, annex B; its Exif orientation: CIPA DC-008.  PNG: the W3C's specification, third edition.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
"""Baseline, extended and progressive frames: what PDF's DCTDecode understands (7.4.8)."""
_OTHER_FRAMES = frozenset((0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_ORIENTATION = 0x0112
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3


@dataclass(frozen=True)
class Jpeg:
    """`width` and `height` in pixels as stored, before `orientation` (Exif, 1 to 8) turns them."""

    width: int
    height: int
    components: int
    depth: int
    is_adobe: bool
    orientation: int


@dataclass(frozen=True)
class Png:
    """`rows` are the compressed rows as PDF can take them; None when they are interlaced or transparent."""

    width: int
    height: int
    depth: int
    channels: int
    palette: bytes | None
    rows: bytes | None = field(repr=False)


def read_jpeg(data: bytes) -> Jpeg:
    """The frame of a JPEG file.  Raises `ValueError` for what is none, or a kind that PDF does not know."""
    is_adobe, orientation = False, 1
    for marker, segment in _segments(data):
        if marker == 0xEE and segment.startswith(b"Adobe"):
            is_adobe = True
        elif marker == 0xE1 and segment.startswith(b"Exif\0\0"):
            orientation = _orientation(segment[6:])
        elif marker in _OTHER_FRAMES:
            raise ValueError("it is compressed in a way that PDF does not know")
        elif marker in _FRAMES:
            if len(segment) < 6:
                break
            depth, height, width, components = struct.unpack(">BHHB", segment[:6])
            if components not in (1, 3, 4) or not width or not height or depth != 8:
                raise ValueError(f"it has {components} colours of {depth} bits and {width} × {height} pixels")
            return Jpeg(width, height, components, depth, is_adobe, orientation)
    raise ValueError("it has no frame")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    if data[:2] != b"\xff\xd8":
        raise ValueError("it does not begin like a JPEG file")
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise ValueError("a marker is missing")
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
        elif marker in _ALONE:
            place += 2
        else:
            length = int.from_bytes(data[place + 2 : place + 4], "big")
            yield marker, data[place + 4 : place + 2 + length]
            place += 2 + max(length, 2)


def _orientation(tiff: bytes) -> int:
    """The orientation in a TIFF header and its first directory; 1 when it says none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    start = struct.unpack(order + "I", tiff[4:8])[0]
    count = int.from_bytes(tiff[start : start + 2], "little" if order == "<" else "big")
    for entry in range(min(count, 200)):
        field_of = tiff[start + 2 + 12 * entry : start + 14 + 12 * entry]
        if len(field_of) < 12:
            break
        tag, _, _, value = struct.unpack(order + "HHIH2x", field_of)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def read_png(data: bytes) -> Png:
    """The header of a PNG file and its rows.  Raises `ValueError` for what is none or is cut short."""
    if data[:8] != _PNG_SIGNATURE:
        raise ValueError("it does not begin like a PNG file")
    header, palette, is_transparent = b"", None, False
    rows: list[bytes] = []
    ended = False
    for kind, content in _chunks(data):
        if kind == b"IHDR":
            header = content
        elif kind == b"PLTE":
            palette = content
        elif kind == b"tRNS":
            is_transparent = True
        elif kind == b"IDAT":
            rows.append(content)
        elif kind == b"IEND":
            ended = True
    if len(header) != 13 or not rows or not ended:
        raise ValueError("it is cut short")
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", header)
    if colour not in _CHANNELS or not width or not height or (colour == _PALETTE and not palette):
        raise ValueError("its header makes no sense")
    passes = not interlace and not is_transparent and colour in (0, 2, _PALETTE)
    packed = b"".join(rows)
    if passes:
        _check_rows(packed, height * (1 + (width * _CHANNELS[colour] * depth + 7) // 8))
    return Png(
        width, height, depth, _CHANNELS[colour], palette if colour == _PALETTE else None, packed if passes else None
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        checksum = int.from_bytes(data[place + 8 + length : place + 12 + length], "big")
        if len(content) < length or zlib.crc32(content, zlib.crc32(kind)) != checksum:
            raise ValueError(f"its part {kind.decode('latin-1')} is damaged")
        yield kind, content
        place += 12 + length


def _check_rows(packed: bytes, expected: int) -> None:
    """Unpack the rows once, piece by piece, because no viewer says what is wrong with them."""
    stream = zlib.decompressobj()
    length = 0
    for start in range(0, len(packed), 65536):
        piece = packed[start : start + 65536]
        while piece and length <= expected:
            try:
                length += len(stream.decompress(piece, 1 << 20))
            except zlib.error as fault:
                raise ValueError("its rows are damaged") from fault
            piece = stream.unconsumed_tail
    if length < expected:
        raise ValueError("its rows are cut short")
