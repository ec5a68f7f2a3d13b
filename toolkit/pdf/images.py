"""Pictures written into a PDF (ISO 32000-1, 8.9): the file's own data as they are wherever a reader can take them.

JPEG goes in as it is, turned as its Exif data ask.  PNG goes in with its own compressed rows; interlaced and
transparent ones are unpacked, transparency becomes a soft mask.  The same picture is written once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from toolkit.bulletin.model import Picture
from toolkit.errors import BulletinError, SourceError
from toolkit.pdf.objects import PdfFile, Reference
from toolkit.pdf.rasters import Jpeg, Png, read_jpeg, read_png

_MOST_PIXELS = 100_000_000
_GRAY, _COLOUR, _PRINT = 1, 3, 4
_SPACES = {_GRAY: "/DeviceGray", _COLOUR: "/DeviceRGB", _PRINT: "/DeviceCMYK"}
_TURNS = {
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""What brings the unit square of an image upright, by its Exif orientation (CIPA DC-008, 4.6.4)."""


def add_pictures(file: PdfFile, pictures: Iterable[tuple[str, Picture]]) -> dict[str, Reference]:
    """Add pictures, named by what they are, to a file; the same one is written once however often it is drawn.

    Gives the references by name.  Raises `SourceError` for a broken one.
    """
    written: dict[str, Reference] = {}
    for name, picture in pictures:
        if name not in written:
            written[name] = add_picture(file, picture)
    return written


def add_picture(file: PdfFile, picture: Picture) -> Reference:
    """Add one picture to a file.  Raises `SourceError` that names it when it cannot be read."""
    try:
        if picture.kind == "jpeg":
            return _add_jpeg(file, read_jpeg(picture.data), picture.data)
        png = read_png(picture.data)
        if png.width * png.height > _MOST_PIXELS:
            raise _fault(picture, f"has {png.width} × {png.height} pixels, more than {_MOST_PIXELS:,}")
        return _add_unpacked(file, picture.data) if png.rows is None else _add_png(file, png, png.rows)
    except BulletinError:
        raise
    except (ValueError, OSError, SyntaxError, EOFError, Image.DecompressionBombError) as fault:
        raise _fault(picture, f"is no {picture.kind.upper()} that can be read ({fault})") from fault


def _fault(picture: Picture, problem: str) -> SourceError:
    return SourceError(f"the picture {picture.name} {problem}", remedy="Save it anew as JPEG or PNG")


def _add_jpeg(file: PdfFile, jpeg: Jpeg, data: bytes) -> Reference:
    space = _SPACES[jpeg.components]
    entries = _entries(jpeg.width, jpeg.height, space, jpeg.depth) + "/Filter/DCTDecode"
    if jpeg.components == _PRINT and jpeg.is_adobe:
        entries += "/Decode[1 0 1 0 1 0 1 0]"  # Adobe's programs write ink the other way round
    image = file.add_stream(data, entries, packed=False)
    turn = _TURNS.get(jpeg.orientation)
    if turn is None:
        return image
    matrix = " ".join(map(str, turn))
    form = f"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</Im {image}>>>>"
    return file.add_stream(f"q {matrix} cm /Im Do Q".encode("ascii"), form)


def _add_png(file: PdfFile, png: Png, rows: bytes) -> Reference:
    space = _SPACES[png.channels]
    if png.palette is not None:
        colours = len(png.palette) // 3
        space = f"[/Indexed/DeviceRGB {colours - 1} {file.add_stream(png.palette)}]"
    predictor = f"/Predictor 15/Colors {png.channels}/BitsPerComponent {png.depth}/Columns {png.width}"
    entries = _entries(png.width, png.height, space, png.depth)
    entries += f"/Filter/FlateDecode/DecodeParms<<{predictor}>>"
    return file.add_stream(rows, entries, packed=False)


@dataclass(frozen=True)
class _Planes:
    size: tuple[int, int]
    channels: int
    colour: bytes
    alpha: bytes | None


def _unpacked(data: bytes) -> _Planes:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
            opened.load()
            image: Image.Image = opened
            is_transparent = "A" in image.getbands() or "transparency" in image.info
            is_gray = image.mode in ("1", "L", "LA", "I", "I;16")
            if image.mode in ("I", "I;16"):  # 16 bits of grey: Pillow would clip, not scale
                image = image.point(lambda value: value / 256).convert("L")
            whole = image.convert("LA" if is_gray else "RGBA") if is_transparent else image
            colour = whole.convert("L" if is_gray else "RGB")
            alpha = whole.getchannel("A").tobytes() if is_transparent else None
            return _Planes(image.size, _GRAY if is_gray else _COLOUR, colour.tobytes(), alpha)
    except UnidentifiedImageError as fault:
        raise ValueError("its contents are damaged") from fault


def _add_unpacked(file: PdfFile, data: bytes) -> Reference:
    planes = _unpacked(data)
    entries = _entries(*planes.size, _SPACES[planes.channels], 8)
    if planes.alpha is not None and planes.alpha.strip(b"\xff"):
        mask = file.add_stream(planes.alpha, _entries(*planes.size, "/DeviceGray", 8))
        entries += f"/SMask {mask}"
    return file.add_stream(planes.colour, entries)


def _entries(width: int, height: int, space: str, depth: int) -> str:
    return f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace{space}/BitsPerComponent {depth}"
