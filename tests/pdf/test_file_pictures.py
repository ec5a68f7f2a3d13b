"""Pictures of every kind come out with the colours they went in with, upright, and once."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from file_reading import photograph, picture_of, rich_bulletin
from PIL import Image

from toolkit.bulletin.model import Cell, Picture, Row, RowKind
from toolkit.errors import SourceError
from toolkit.files import sha256
from toolkit.fonts.catalog import FontSet
from toolkit.pdf import typeset_pdf
from toolkit.pdf.images import add_picture
from toolkit.pdf.objects import PdfFile

FIELDS = [("red", (255, 0, 0)), ("green", (0, 255, 0)), ("blue", (0, 0, 255)), ("white", (255, 255, 255))]


def page_with(picture: Picture) -> bytes:
    """A page of 160 by 90 pt filled with a picture, on a yellow ground."""
    file = PdfFile()
    catalog, pages = file.reserve(), file.reserve()
    image = add_picture(file, picture)
    content = file.add_stream(b"1 1 0 rg 0 0 160 90 re f q 160 0 0 90 0 0 cm /Im1 Do Q")
    page = file.add(
        f"<</Type/Page/Parent {pages}/MediaBox[0 0 160 90]/Contents {content}/Resources<</XObject<</Im1 {image}>>>>>>"
    )
    file.define(pages, f"<</Type/Pages/Count 1/Kids[{page}]>>")
    file.define(catalog, f"<</Type/Catalog/Pages {pages}>>")
    return file.to_bytes(catalog, file.add("<<>>"))


def seen(picture: Picture) -> list[tuple[int, ...]]:
    """The colours in the middle of the four fields: from left to right, from top to bottom."""
    image = pypdfium2.PdfDocument(page_with(picture))[0].render(scale=1).to_pil().convert("RGB")
    return [image.getpixel(place) for place in ((40, 22), (120, 22), (40, 67), (120, 67))]  # type: ignore[misc]


def assert_alike(found: Any, wanted: Any, tolerance: int = 6) -> None:
    for one, other in zip(found, wanted, strict=True):
        assert all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True)), (found, wanted)


COLOURS = [colour for _, colour in FIELDS]
GRAYS = [(76, 76, 76), (150, 150, 150), (29, 29, 29), (255, 255, 255)]


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"subsampling": 0}], ids=["plain", "progressive", "4:4:4"]
)
def test_a_colour_photograph_goes_in_as_it_is(options: dict[str, Any]) -> None:
    picture = picture_of(photograph(), "JPEG", quality=98, **options)
    assert picture.data in page_with(picture)
    assert_alike(seen(picture), COLOURS)


def test_a_photograph_in_grey_and_one_for_print_keep_their_colours() -> None:
    assert_alike(seen(picture_of(photograph().convert("L"), "JPEG", quality=98)), GRAYS)
    for number, ink in enumerate(seen(picture_of(photograph().convert("CMYK"), "JPEG", quality=98))):
        nearest = min(COLOURS, key=lambda colour: sum((a - b) ** 2 for a, b in zip(colour, ink, strict=True)))
        assert nearest == COLOURS[number]  # print shows red, green and blue duller than a screen


def turned(orientation: int) -> Picture:
    """The photograph as a camera held another way stores it, and the note that says so."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that undoes each orientation
    image = photograph().transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return picture_of(image, "JPEG", quality=98, exif=exif)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_taken_with_the_camera_turned_stands_upright(orientation: int) -> None:
    assert_alike(seen(turned(orientation)), COLOURS)


PNGS: dict[str, tuple[Image.Image, list[tuple[int, ...]]]] = {
    "colour": (photograph(), COLOURS),
    "grey": (photograph().convert("L"), GRAYS),
    "palette": (photograph().quantize(4), COLOURS),
    "black and white": (photograph().convert("L").point(lambda value: 255 * (value > 100)).convert("1"), []),
    "transparent": (photograph().convert("RGBA"), COLOURS),
    "transparent grey": (photograph().convert("LA"), GRAYS),
}


@pytest.mark.parametrize("name", PNGS)
def test_a_png_keeps_its_colours(name: str) -> None:
    image, wanted = PNGS[name]
    black_and_white = [(0, 0, 0), (255, 255, 255), (0, 0, 0), (255, 255, 255)]
    assert_alike(seen(picture_of(image)), wanted or black_and_white)


def test_an_opaque_png_goes_in_with_its_own_rows() -> None:
    picture = picture_of(photograph())
    start = picture.data.index(b"IDAT") + 4
    assert picture.data[start : start + 40] in page_with(picture)


def test_what_is_transparent_shows_the_paper() -> None:
    image = photograph().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda value: 255 * (value > 127)))
    assert_alike(seen(picture_of(image)), [(255, 255, 0), (255, 255, 0), (0, 0, 255), (255, 255, 255)])
    palette = photograph().quantize(4)
    see_through = palette.getpixel((0, 0))
    assert_alike(seen(picture_of(palette, transparency=see_through)), [(255, 255, 0), *COLOURS[1:]])


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(header: bytes, rows: bytes) -> Picture:
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return Picture("made.png", sha256(data), 160, 90, "png", data)


def test_an_interlaced_png_is_put_in_order() -> None:
    """Adam7: seven passes of (first column, first row, step across, step down)."""
    image = photograph()
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    rows = b""
    for left, top, across, down in passes:
        for y in range(top, 90, down):
            rows += b"\0" + b"".join(bytes(image.getpixel((x, y))) for x in range(left, 160, across))  # type: ignore[arg-type]
    assert_alike(seen(png(struct.pack(">IIBBBBB", 160, 90, 8, 2, 0, 0, 1), rows)), COLOURS)


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped() -> None:
    row = struct.pack(">80H", *[0x4000] * 80) + struct.pack(">80H", *[0xC000] * 80)
    plain = png(struct.pack(">IIBBBBB", 160, 90, 16, 0, 0, 0, 0), (b"\0" + row) * 90)
    wanted = [(64,) * 3, (192,) * 3] * 2
    assert_alike(seen(plain), wanted)


def test_a_picture_on_many_pages_is_in_the_file_once(fonts: FontSet) -> None:
    bulletin = rich_bulletin()
    row = bulletin.rows[-1]
    data = typeset_pdf(replace(bulletin, rows=(*bulletin.rows, row, row, row, row)), fonts)
    assert row.picture is not None
    assert data.count(row.picture.data) == 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = [page for page in pdf.pages if "/XObject" in page.Resources]
        assert 1 <= len(drawn) < len(pdf.pages)


def test_a_figure_says_what_it_shows_in_the_first_language_of_the_page(fonts: FontSet) -> None:
    with pikepdf.open(io.BytesIO(typeset_pdf(rich_bulletin(("bo", "en")), fonts))) as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert [(str(one.Alt), str(one.Lang)) for one in figures] == [("ཚོགས་ཁང་།", "bo-CN")]
        left, bottom, right, top = map(float, figures[0].A.BBox)
        assert (right - left) / (top - bottom) == pytest.approx(160 / 90, rel=0.01)


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("PNG", lambda data: data[:-20]),
        ("PNG", lambda data: data[:60] + b"\xff\xff" + data[62:]),
        ("PNG", lambda data: b"GIF89a" + data),
        ("JPEG", lambda data: data[:30]),
        ("JPEG", lambda data: b"\xff\xd8" + b"\0" * 50),
        ("JPEG", lambda data: b""),
    ],
)
def test_a_damaged_picture_is_refused_by_its_name(kind: str, damage: Any) -> None:
    picture = picture_of(photograph(), kind)
    broken = replace(picture, data=damage(picture.data))
    with pytest.raises(SourceError, match=rf"photo\.{picture.kind}"):
        add_picture(PdfFile(), broken)


def test_a_picture_larger_than_any_page_needs_is_refused_before_it_is_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 6, 0, 0, 0)
    with pytest.raises(SourceError, match="20000 × 20000"):
        add_picture(PdfFile(), png(header, b"\0" * 100))


def test_an_edition_with_no_words_for_a_picture_names_it(fonts: FontSet) -> None:
    bulletin = rich_bulletin(("en",))
    row = Row(RowKind.CAPTION, (Cell("en", ()),), picture=picture_of(photograph()))
    with pikepdf.open(io.BytesIO(typeset_pdf(replace(bulletin, rows=(row,)), fonts))) as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert [str(one.Alt) for one in figures] == ["photo.png"]
