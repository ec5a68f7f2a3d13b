"""Pictures made on the spot."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def jpeg(width: int = 60, height: int = 40, *, mode: str = "RGB", turn: int = 1, place: bool = False) -> bytes:
    """A JPEG; `turn` is its Exif orientation, `place` puts a place and an owner into it."""
    notes = Image.Exif()
    if turn != 1:
        notes[0x0112] = turn
    if place:
        notes[0x9C9D] = "Owner of the camera".encode("utf-16-le")
        notes[0x010F] = "Lhasa camera"
    out = io.BytesIO()
    image = Image.new(mode, (width, height), (200, 30, 30) if mode == "RGB" else None)
    if mode == "RGB":
        image.paste((30, 30, 200), (0, 0, width // 2, height))  # blue on the left, red on the right
    image.save(out, "JPEG", exif=notes.tobytes() if len(notes) else b"")
    return out.getvalue()


def png(width: int = 60, height: int = 40, *, said: str = "") -> bytes:
    """A PNG, with `said` as a text chunk in it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (20, 120, 60)).save(out, "PNG")
    data = out.getvalue()
    return data if not said else data[:33] + chunk(b"tEXt", b"Comment\0" + said.encode()) + data[33:]


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG (ISO/IEC 15948, 5.3)."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose header tells this size, with next to nothing behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    )
