"""Fonts in the file: TrueType, CFF, variable, from a collection, and whole where the maker forbids less."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection
from pdf_samples import SENTENCES, make_bulletin

from toolkit.fonts.catalog import FontFile, FontSet, Script
from toolkit.languages import Language
from toolkit.pdf import typeset_pdf

LETTERS = "".join(map(chr, range(0x21, 0x7F))) + "“”\u2003 "


def with_face(fonts: FontSet, script: Script, face: FontFile) -> FontSet:
    return replace(fonts, regular={**fonts.regular, script: (face,)}, bold={}, italic={})


@dataclass(frozen=True)
class Embedded:
    """A font as a file has it: its name, the key and the subtype of its program, and the program."""

    name: str
    key: str
    subtype: str
    program: bytes

    @property
    def font(self) -> TTFont:
        return TTFont(io.BytesIO(self.program))


def embedded(data: bytes, name: str) -> Embedded:
    """The font whose name has `name` in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        descriptor = next(
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/Type") == "/FontDescriptor"
            and name in str(one.FontName)
        )
        key = next(key for key in ("/FontFile2", "/FontFile3") if key in descriptor)
        stream = descriptor[key]
        return Embedded(str(descriptor.FontName), key, str(stream.get("/Subtype", "")), bytes(stream.read_bytes()))


def changed(path: Path, source: Path, rights: int) -> Path:
    font = TTFont(source)
    font["OS/2"].fsType = rights
    font.save(path)
    return path


def bars(path: Path) -> Path:
    """A font with name-keyed CFF outlines: every letter is a bar, as high as its number asks."""
    builder = FontBuilder(1000, isTTF=False)
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in LETTERS)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in LETTERS})
    outlines = {}
    for name in names:
        pen = T2CharStringPen(500, None)
        if name not in ("u0020", "u2003"):
            pen.moveTo((50, 0))
            for corner in ((450, 0), (450, 700), (50, 700)):
                pen.lineTo(corner)
            pen.closePath()
        outlines[name] = pen.getCharString()
    builder.setupCFF("Bars-Regular", {"FullName": "Bars"}, outlines, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\x02-]", "", text)


def read_by_pdfium(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def assert_copied(data: bytes, language: Language, poppler: Callable[..., str], folder: Path) -> None:
    path = folder / "copied.pdf"
    path.write_bytes(data)
    wanted = [squeezed(sentence) for sentence in SENTENCES[language][:2]]
    for text in (squeezed(poppler("pdftotext", "-enc", "UTF-8", path, "-")), squeezed(read_by_pdfium(data))):
        assert all(sentence in text for sentence in wanted), text


def test_a_font_that_may_not_be_subset_goes_in_whole_and_under_its_own_name(
    fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    source = fonts.regular["tibetan"][0]
    path = changed(tmp_path / "whole.ttf", source.path, 0x0100)
    face = replace(source, family="Whole", path=path)
    data = typeset_pdf(make_bulletin(("bo",), rows=2), with_face(fonts, "tibetan", face))
    whole = embedded(data, "Whole")
    assert whole.name == "/Whole-Regular"
    assert whole.program == path.read_bytes()
    assert_copied(data, "bo", poppler, tmp_path)


def test_a_variable_font_that_may_not_be_subset_keeps_all_its_glyphs_at_its_weight(
    fonts: FontSet, tmp_path: Path
) -> None:
    source = fonts.regular["latin"][0]
    path = changed(tmp_path / "whole.ttf", source.path, 0x0100)
    face = replace(source, family="Whole", path=path)
    data = typeset_pdf(make_bulletin(("en",), rows=1), with_face(fonts, "latin", face))
    program = embedded(data, "Whole").font
    assert program["maxp"].numGlyphs == TTFont(path)["maxp"].numGlyphs
    assert "fvar" not in program
    assert "delegatesofthefiveprovinces" in squeezed(read_by_pdfium(data))


def test_a_variable_font_is_held_at_its_weight(fonts: FontSet) -> None:
    """A heavier weight has wider letters: the widths written are those of the outlines embedded."""
    source = fonts.regular["latin"][0]
    widths = []
    for weight in (400.0, 700.0):
        axes = tuple((tag, weight if tag == "wght" else value) for tag, value in source.axes)
        face = replace(source, family=f"At{weight:.0f}", axes=axes)
        data = typeset_pdf(make_bulletin(("en",), rows=1), with_face(fonts, "latin", face))
        program = embedded(data, face.family).font
        assert "fvar" not in program
        widths.append(sum(width for width, _ in program["hmtx"].metrics.values()))
    assert widths[1] > widths[0] * 1.02


def test_a_static_font_with_cff_outlines_is_drawn_and_copied(
    fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    face = FontFile("Bars", bars(tmp_path / "bars.otf"))
    data = typeset_pdf(make_bulletin(("en",), rows=2), with_face(fonts, "latin", face))
    assert embedded(data, "Bars").subtype == "/CIDFontType0C"
    assert_copied(data, "en", poppler, tmp_path)
    page = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    dark = sum(page.histogram()[:100]) / (page.width * page.height)
    assert dark > 0.05, "bars cover far more of the page than letters would"


@pytest.mark.parametrize("number", [0, 1])
def test_a_face_of_a_collection_is_the_one_that_was_asked_for(
    number: int, fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    regular, bold = fonts.regular["tibetan"][0], fonts.bold["tibetan"][0]
    together = TTCollection()
    together.fonts = [TTFont(regular.path), TTFont(bold.path)]
    path = tmp_path / "both.ttc"
    together.save(path)
    face = replace(regular, family="Both", path=path, index=number)
    data = typeset_pdf(make_bulletin(("bo",), rows=1), with_face(fonts, "tibetan", face))
    alone = typeset_pdf(
        make_bulletin(("bo",), rows=1),
        with_face(fonts, "tibetan", replace((regular, bold)[number], family="Both", bold=False)),
    )
    programs = [embedded(one, "Both").font for one in (data, alone)]
    assert programs[0]["hmtx"].metrics == programs[1]["hmtx"].metrics
    assert_copied(data, "bo", poppler, tmp_path)


def test_only_glyphs_that_are_drawn_are_embedded(fonts: FontSet) -> None:
    data = typeset_pdf(make_bulletin(("bo",), rows=1), fonts)
    tibetan = embedded(data, "NotoSerifTibetan-Regular")
    program = tibetan.font
    assert re.fullmatch(r"/[A-Z]{6}\+NotoSerifTibetan-Regular", tibetan.name)
    assert 20 < program["maxp"].numGlyphs < 200
    assert not {"GSUB", "GPOS", "name"} & set(program.keys())


def test_widths_are_those_of_the_embedded_glyphs(fonts: FontSet) -> None:
    data = typeset_pdf(make_bulletin(rows=3), fonts)
    pdf = pikepdf.open(io.BytesIO(data))
    for font in (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/CIDToGIDMap" in one):
        program = TTFont(io.BytesIO(bytes(font.FontDescriptor.FontFile2.read_bytes())))
        order, metrics = program.getGlyphOrder(), program["hmtx"].metrics
        scale = 1000 / program["head"].unitsPerEm
        table = bytes(font.CIDToGIDMap.read_bytes())
        widths: dict[int, float] = {}
        entries = list(font.W)
        for first, run in zip(entries[::2], entries[1::2], strict=True):
            widths |= {int(first) + k: float(width) for k, width in enumerate(run)}
        assert len(widths) == len(table) // 2 - 1
        for cid, width in widths.items():
            gid = int.from_bytes(table[2 * cid : 2 * cid + 2], "big")
            assert width == pytest.approx(metrics[order[gid]][0] * scale, abs=1.0), (font.BaseFont, cid)
