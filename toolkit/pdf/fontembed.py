"""Faces written into a PDF: subset, with the text of every glyph (ISO 32000-1, 9.7 and 9.10.3).

A face becomes a Type 0 font with Identity-H encoding.  For TrueType outlines a CID stands for a pair of
glyph and text, so that one glyph drawn for two characters is still copied and searched as the right one.
For CFF outlines the CID is the glyph's own number; the rarer second text of a glyph is left to ActualText.

A mark without advance, set back over its base, is drawn as a copy of itself as wide as that step (`markcopies.py`):
readers that look at gaps would take the step forward again for a space inside the syllable.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

import uharfbuzz as hb

from toolkit.pdf.fontprogram import FontProgram, font_program
from toolkit.pdf.objects import PdfFile, Reference, array, dictionary
from toolkit.pdf.objects import number as number
from toolkit.pdf.shaping import UNITS, Face, Glyph, ShapedText

_SYMBOLIC = 4
_BFCHAR_BLOCK = 100  # entries per beginbfchar, at most (Adobe Technical Note 5014)

Pair = tuple[int, int, float, str]
"""CID, glyph number in the font file, advance of the copy that is drawn (0: the glyph itself), text."""


class EmbeddedFont:
    """One face as one document uses it: CIDs are given out while text is drawn, the objects written at the end."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._is_cff = "glyf" not in face.hb_face.table_tags
        self._cids: dict[tuple[int, float, str], int] = {}
        self._texts: dict[int, str] = {}
        self._fragments: dict[tuple[ShapedText, float], str] = {}
        self._bodies: dict[tuple[ShapedText, float], str] = {}

    def cid(self, gid: int, text: str, step: float = 0.0) -> int:
        """The CID under which glyph `gid` (or its copy with the advance `step`) is drawn when it stands for `text`."""
        if self._is_cff:
            if text or gid not in self._texts:
                self._texts[gid] = self._texts.get(gid) or text
            return gid
        return self._cids.setdefault((gid, step, text), len(self._cids) + 1)

    def fragment(self, shaped: ShapedText, size: float) -> str:
        """`shaped` as elements of a TJ array, for text inside one; `size` in pt.

        Where the glyphs alone would not give back the text, it closes the array around a span with ActualText.
        """
        key = (shaped, size)
        fragment = self._fragments.get(key)
        if fragment is None:
            fragment = self._fragments[key] = self._fragment(shaped, size)
        return fragment

    def _fragment(self, shaped: ShapedText, size: float) -> str:
        body = self.silent_fragment(shaped, size)
        if self._speaks(shaped):
            return body
        actual = shaped.text.encode("utf-16-be").hex().upper()
        return f"] TJ /Span <</ActualText <FEFF{actual}>>> BDC [{body}] TJ EMC ["

    def silent_fragment(self, shaped: ShapedText, size: float) -> str:
        """The same without ActualText: for what stands inside a longer span that has it."""
        key = (shaped, size)
        body = self._bodies.get(key)
        if body is None:
            body = self._bodies[key] = self._body(shaped, size)
        return body

    def _body(self, shaped: ShapedText, size: float) -> str:
        parts: list[str] = []
        rise = 0.0
        for glyph in shaped.glyphs:
            if glyph.y_offset != rise:
                rise = glyph.y_offset
                parts.append(f"] TJ {number(rise * size / UNITS)} Ts [")
            if glyph.x_offset:
                parts.append(number(-glyph.x_offset))
            step = self._step(glyph)
            parts.append(f"<{self.cid(glyph.gid, glyph.text, step):04X}>")
            adjustment = (step or self.face.nominal_width(glyph.gid)) - glyph.advance + glyph.x_offset
            if abs(adjustment) >= 0.01:
                parts.append(number(adjustment))
        if rise:
            parts.append("] TJ 0 Ts [")
        return " ".join(parts).replace("> <", "")

    def _step(self, glyph: Glyph) -> float:
        """How wide the copy is that stands for a mark over its base; 0 where the glyph is drawn itself."""
        if self._is_cff or glyph.advance or glyph.x_offset >= 0 or not self.face.file.may_subset:
            return 0.0
        return 0.0 if self.face.nominal_width(glyph.gid) else -glyph.x_offset

    def _speaks(self, shaped: ShapedText) -> bool:
        if shaped.needs_actual_text:
            return False
        return not self._is_cff or all(self._texts.get(glyph.gid, glyph.text) == glyph.text for glyph in shaped.glyphs)

    def write(self, file: PdfFile) -> Reference:
        """Add the font's objects to a file; gives the reference of the Type 0 font."""
        pairs = self._pairs()
        copies = sorted({(gid, step) for _, gid, step, _ in pairs if step})
        program = font_program(self.face, {gid for _, gid, _, _ in pairs}, copies)
        name = f"/{_subset_tag(self.face, pairs)}+{self.face.name}" if program.is_subset else f"/{self.face.name}"
        descendant = (
            f"<</Type/Font/Subtype/CIDFontType{0 if self._is_cff else 2}/BaseFont{name}"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {_add_descriptor(file, self.face, name, program)}/DW 1000/W{self._widths(pairs)}"
        )
        if not self._is_cff:
            glyphs = [0] * (len(pairs) + 1)
            for cid, gid, step, _ in pairs:
                glyphs[cid] = program.copies[gid, step] if step else program.numbers[gid]
            descendant += f"/CIDToGIDMap {file.add_stream(struct.pack(f'>{len(glyphs)}H', *glyphs))}"
        texts = file.add_stream(to_unicode_cmap([(cid, text) for cid, _, _, text in pairs]))
        return file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H"
            f"/DescendantFonts[{file.add(descendant + '>>')}]/ToUnicode {texts}>>"
        )

    def _pairs(self) -> list[Pair]:
        if self._is_cff:
            return [(gid, gid, 0.0, text) for gid, text in sorted(self._texts.items())]
        return [(cid, gid, step, text) for (gid, step, text), cid in self._cids.items()]

    def _widths(self, pairs: Sequence[Pair]) -> str:
        """Runs of consecutive CIDs with their widths (9.7.4.3)."""
        parts: list[str] = []
        following = -1
        for cid, gid, step, _ in pairs:
            width = number(step or self.face.nominal_width(gid))
            parts.append(f" {width}" if cid == following else f"]{cid}[{width}")
            following = cid + 1
        return f"[{''.join(parts)[1:]}]]" if parts else "[]"


class _SilentFont(EmbeddedFont):
    """A font of the document for text inside a span that says it."""

    def __init__(self, font: EmbeddedFont) -> None:
        super().__init__(font.face, font.resource)
        self._font = font

    def _fragment(self, shaped: ShapedText, size: float) -> str:
        return self._font.silent_fragment(shaped, size)


class FontBook:
    """The fonts of one document, in the order in which text first used them."""

    def __init__(self) -> None:
        self._fonts: dict[Face, EmbeddedFont] = {}
        self.silent: FontBook = _SilentBook(self)
        """The same fonts, without ActualText of their own: for text inside a span that has it."""

    def font(self, face: Face) -> EmbeddedFont:
        """The face as this document embeds it."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return font

    def write(self, file: PdfFile) -> dict[str, Reference]:
        """Add all fonts to a file; gives the references by resource name."""
        return {font.resource: font.write(file) for font in self._fonts.values()}


class _SilentBook(FontBook):
    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._silent_fonts: dict[Face, _SilentFont] = {}

    def font(self, face: Face) -> EmbeddedFont:
        font = self._silent_fonts.get(face)
        if font is None:
            font = self._silent_fonts[face] = _SilentFont(self._book.font(face))
        return font


def _add_descriptor(file: PdfFile, face: Face, name: str, program: FontProgram) -> Reference:
    scale = face.scale
    extents = face.hb_font.get_font_extents("ltr")
    cap_height = face.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    weight = face.hb_font.get_style_value(hb.StyleTag.WEIGHT)
    entries = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": _SYMBOLIC,
        "FontBBox": array(round(value * scale) for value in program.box),
        "ItalicAngle": number(face.hb_font.get_style_value(hb.StyleTag.SLANT_ANGLE)),
        "Ascent": round(extents.ascender * scale),
        "Descent": round(extents.descender * scale),
        "CapHeight": round(cap_height * scale),
        "StemV": round(50 + (weight / 65) ** 2),
        program.key: file.add_stream(program.data, program.entries),
    }
    return file.add(dictionary(entries))


def to_unicode_cmap(texts: Sequence[tuple[int, str]]) -> bytes:
    """The CMap that says which text each CID stands for (Adobe Technical Note 5411)."""
    entries = [f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>" for cid, text in texts if text]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BFCHAR_BLOCK):
        block = entries[start : start + _BFCHAR_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _subset_tag(face: Face, pairs: Sequence[Pair]) -> str:
    """Six capital letters that depend on the face and on what of it is used, and on nothing else."""
    digest = hashlib.sha256(f"{face.file.fingerprint} {pairs!r}".encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
