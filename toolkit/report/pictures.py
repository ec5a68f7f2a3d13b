"""Pictures of a report: which files can be printed, and how large they are.

JPEG (ITU-T T.81) and PNG (ISO/IEC 15948), told by their first bytes, never by their names.  What a camera or a program
wrote beside the picture (place, owner, time, text) is left out: a bulletin is given away.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass, field
from typing import Literal

from toolkit.languages import Language

MOST_BYTES = 30_000_000
LONGEST_SIDE = 20_000  # pixels
MOST_PIXELS = 80_000_000
MOST_OBLONG = 12  # times as long as broad: longer is a rule or a spacer, not a picture
SUFFIXES = (".jpg", ".jpeg", ".png")
"""What the files of pictures are usually called."""

_JPEG_MARK, _PNG_MARK = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: what PDF and Word can show
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_ALONE = (0x01, *range(0xD0, 0xD8))  # markers without a length
_SCAN, _END = 0xDA, 0xD9
_NOTES = (0xE1, 0xED, 0xFE)  # Exif and XMP, IPTC, comments
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_PNG_NOTES = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_PNG_COLORS = (0, 2, 3, 4, 6)
_QUALITY = 92  # of a JPEG that had to be turned
_OTHER_KINDS = {
    b"GIF8": "a GIF",
    b"BM": "a BMP",
    b"II*\0": "a TIFF",
    b"MM\0*": "a TIFF",
    b"RIFF": "a WebP",
    b"\xd7\xcd\xc6\x9a": "a WMF drawing",
    b"\x01\0\0\0": "an EMF drawing",
    b"<svg": "an SVG drawing",
    b"<?xml": "an SVG drawing",
    b"%PDF": "a PDF",
}


class PictureFault(ValueError):
    """Why a file cannot be printed as a picture: a clause that goes on from its name."""


@dataclass(frozen=True)
class PictureFile:
    """A picture that can be printed.  `width` and `height` in pixels; `digest` is the SHA-256 of `data` in hex.

    `name` is what the report calls it: a path beside it, a part of its Word file.
    """

    name: str
    digest: str
    width: int
    height: int
    kind: Literal["jpeg", "png"]
    data: bytes = field(repr=False, compare=False)


@dataclass(frozen=True)
class Illustration:
    """A picture in its report.

    `alternatives` say what it shows, for those who cannot see it; where a language has none, its caption does.
    `credit` is the photographer, in Chinese.  `path` is its file beside the report; empty where it is part of it.
    """

    file: PictureFile
    alternatives: tuple[tuple[Language, str], ...] = ()
    credit: str = ""
    path: str = ""


def picture_file(name: str, data: bytes) -> PictureFile:
    """The picture in `data`, checked and without the notes in it.

    Raises `PictureFault` for what is neither JPEG nor PNG, broken, cut off, too large, or in the colours of a press.
    """
    if len(data) > MOST_BYTES:
        raise PictureFault(f"has {len(data):,} bytes, more than {MOST_BYTES:,}")
    kind: Literal["jpeg", "png"]
    if data.startswith(_JPEG_MARK):
        kind = "jpeg"
        width, height, data = _jpeg(data)
    elif data.startswith(_PNG_MARK):
        kind = "png"
        width, height, data = _png(data)
    else:
        looks = next((told for mark, told in _OTHER_KINDS.items() if data.startswith(mark)), "something else")
        raise PictureFault(f"is neither JPEG nor PNG but {looks}")
    if not 0 < width <= LONGEST_SIDE or not 0 < height <= LONGEST_SIDE or width * height > MOST_PIXELS:
        raise PictureFault(f"has {width:,} × {height:,} pixels, more than can be printed")
    if max(width, height) > MOST_OBLONG * min(width, height):
        raise PictureFault(f"is {width:,} × {height:,} pixels: more than {MOST_OBLONG} times as long as broad")
    return PictureFile(name, hashlib.sha256(data).hexdigest(), width, height, kind, data)


def _jpeg(data: bytes) -> tuple[int, int, bytes]:
    """Width, height, and the file without notes; turned upright where a note says so (T.81, annex B)."""
    kept = [data[:2]]
    size: tuple[int, int] | None = None
    turn = 1
    position = 2
    while True:
        if position + 4 > len(data) or data[position] != 0xFF:
            raise PictureFault("is a broken JPEG")
        marker = data[position + 1]
        if marker == 0xFF:  # filling
            position += 1
            continue
        if marker in _ALONE:
            position += 2
            continue
        if marker == _SCAN:
            break
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position:end]
        if end > len(data) or marker == _END or len(segment) < 4:
            raise PictureFault("is a broken JPEG")
        if marker in _FRAMES and len(segment) >= 10:
            size = _frame(segment)
        elif marker in _OTHER_FRAMES:
            raise PictureFault("is a JPEG of a kind that readers of PDF cannot show (lossless or arithmetic)")
        if marker == 0xE1 and segment[4:10] == _EXIF:
            turn = _turn_in(data)
        if marker not in _NOTES:
            kept.append(segment)
        position = end
    if size is None:
        raise PictureFault("is a broken JPEG")
    if data.rfind(b"\xff\xd9", position) < 0:
        raise PictureFault("is a JPEG that is cut off")
    if turn != 1:
        return _upright(data)
    return (*size, b"".join(kept) + data[position:])


def _frame(segment: bytes) -> tuple[int, int]:
    precision, components = segment[4], segment[9]
    if components == 4:
        raise PictureFault("is a JPEG in CMYK, the colours of a press, which screens show wrongly: save it as RGB")
    if components not in (1, 3) or precision != 8:
        raise PictureFault(f"is a JPEG of {components} colours with {precision} bits, which cannot be printed")
    return int.from_bytes(segment[7:9], "big"), int.from_bytes(segment[5:7], "big")


def _turn_in(data: bytes) -> int:
    """The orientation that the camera noted (Exif 2.3, 4.6.4): 1 is upright."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            turn = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 1
    return turn if turn in range(2, 9) else 1


def _upright(data: bytes) -> tuple[int, int, bytes]:
    """A JPEG as its camera meant it: neither PDF nor Word reads the note about its orientation."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = ImageOps.exif_transpose(image)
            written = io.BytesIO()
            profile = image.info.get("icc_profile")
            turned.save(written, "JPEG", quality=_QUALITY, subsampling=0, exif=b"", icc_profile=profile)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise PictureFault(f"is a broken JPEG ({fault})") from fault
    return (*turned.size, written.getvalue())


def _png(data: bytes) -> tuple[int, int, bytes]:
    """Width, height, and the file without notes (ISO/IEC 15948, 5 and 11)."""
    kept = [_PNG_MARK]
    position = len(_PNG_MARK)
    size: tuple[int, int] | None = None
    has_data = False
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            break
        chunk = data[position:end]
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise PictureFault("is a broken PNG")
        if kind == b"IHDR" and length == 13 and size is None:
            if chunk[17] not in _PNG_COLORS:
                raise PictureFault("is a broken PNG")
            size = int.from_bytes(chunk[8:12], "big"), int.from_bytes(chunk[12:16], "big")
        elif size is None:
            raise PictureFault("is a broken PNG")
        has_data |= kind == b"IDAT"
        if kind not in _PNG_NOTES:
            kept.append(chunk)
        if kind == b"IEND" and has_data:
            assert size is not None
            return (*size, b"".join(kept))
        position = end
    raise PictureFault("is a PNG that is cut off")
