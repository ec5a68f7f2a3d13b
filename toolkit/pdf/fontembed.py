"""Faces written into a PDF: subset, with the text of every glyph (ISO 32000-1, 9.7 and 9.10.3).

A face becomes a Type 0 font with Identity-H encoding.  For TrueType outlines a CID stands for a pair of
glyph and text, so that one glyph drawn for two characters is still copied and searched as the right one.
For CFF outlines the CID is the glyph's own number; the rarer second text of a glyph is left to ActualText.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from toolkit.pdf.shaping import UNITS, Face, ShapedText

_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "name", "STAT", "kern", "DSIG", "vhea", "vmtx", "VORG", "cmap")
_SYMBOLIC = 4
_BFCHAR_BLOCK = 100  # entries per beginbfchar, at most (Adobe Technical Note 5014)

Pair = tuple[int, int, str]
"""CID, glyph number in the font file, text."""


class EmbeddedFont:
    """One face as one document uses it: CIDs are given out while text is drawn, the objects written at the end."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._is_cff = "glyf" not in face.hb_face.table_tags
        self._cids: dict[tuple[int, str], int] = {}
        self._texts: dict[int, str] = {}
        self._fragments: dict[tuple[ShapedText, float], str] = {}

    def cid(self, gid: int, text: str) -> int:
        """The CID under which glyph `gid` is drawn when it stands for `text`."""
        if self._is_cff:
            if text or gid not in self._texts:
                self._texts[gid] = self._texts.get(gid) or text
            return gid
        return self._cids.setdefault((gid, text), len(self._cids) + 1)

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
        parts: list[str] = []
        rise = 0.0
        for glyph in shaped.glyphs:
            if glyph.y_offset != rise:
                rise = glyph.y_offset
                parts.append(f"] TJ {number(rise * size / UNITS)} Ts [")
            if glyph.x_offset:
                parts.append(number(-glyph.x_offset))
            parts.append(f"<{self.cid(glyph.gid, glyph.text):04X}>")
            adjustment = self.face.nominal_width(glyph.gid) - glyph.advance + glyph.x_offset
            if abs(adjustment) >= 0.01:
                parts.append(number(adjustment))
        if rise:
            parts.append("] TJ 0 Ts [")
        body = " ".join(parts).replace("> <", "")
        if self._speaks(shaped):
            return body
        actual = shaped.text.encode("utf-16-be").hex().upper()
        return f"] TJ /Span <</ActualText <FEFF{actual}>>> BDC [{body}] TJ EMC ["

    def _speaks(self, shaped: ShapedText) -> bool:
        if shaped.needs_actual_text:
            return False
        return not self._is_cff or all(self._texts.get(glyph.gid, glyph.text) == glyph.text for glyph in shaped.glyphs)

    def write(self, document: Any) -> Any:
        """Add the font's objects to a reportlab document; gives the reference of the Type 0 font."""
        pairs = self._pairs()
        subset, numbers = self._subset(sorted({gid for _, gid, _ in pairs} | {0}))
        name = f"{_subset_tag(self.face, pairs)}+{self.face.name}"
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if self._is_cff else "/CIDFontType2",
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": document.Reference(self._descriptor(document, name, subset)),
            "DW": 1000,
            "W": self._widths(pairs),
        }
        if not self._is_cff:
            glyphs = [0] * (len(pairs) + 1)
            for cid, gid, _ in pairs:
                glyphs[cid] = numbers[gid]
            descendant["CIDToGIDMap"] = document.Reference(stream(struct.pack(f">{len(glyphs)}H", *glyphs)))
        return document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/Type0",
                    "BaseFont": pdfdoc.PDFName(name),
                    "Encoding": "/Identity-H",
                    "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
                    "ToUnicode": document.Reference(stream(to_unicode_cmap([(cid, text) for cid, _, text in pairs]))),
                }
            )
        )

    def _pairs(self) -> list[Pair]:
        if self._is_cff:
            return [(gid, gid, text) for gid, text in sorted(self._texts.items())]
        return [(cid, gid, text) for (gid, text), cid in self._cids.items()]

    def _subset(self, glyphs: Sequence[int]) -> tuple[Any, dict[int, int]]:
        face = self.face.hb_face
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        if self._is_cff:
            wanted.flags |= hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.CFF_IDENTITY_CHARSET
            wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED_TABLES)
        if face.has_var_data:
            wanted.pin_all_axes_to_default(face)
            for axis, value in self.face.file.axes:
                wanted.pin_axis_location(face, axis, value)
        plan = hb.SubsetPlan(face, wanted)
        return plan.execute(), dict(plan.old_to_new_glyph_mapping)

    def _widths(self, pairs: Sequence[Pair]) -> Any:
        entries: list[Any] = []
        for cid, gid, _ in pairs:
            entries += [cid, pdfdoc.PDFArray([self.face.nominal_width(gid)])]
        return pdfdoc.PDFArray(entries)

    def _descriptor(self, document: Any, name: str, subset: Any) -> Any:
        face, scale = self.face, self.face.scale
        extents = face.hb_font.get_font_extents("ltr")
        head = subset.reference_table("head").data
        box = [round(value * scale) for value in struct.unpack(">4h", head[36:44])]
        cap_height = face.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        weight = face.hb_font.get_style_value(hb.StyleTag.WEIGHT)
        entries = {
            "Type": "/FontDescriptor",
            "FontName": pdfdoc.PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(box),
            "ItalicAngle": round(face.hb_font.get_style_value(hb.StyleTag.SLANT_ANGLE), 2),
            "Ascent": round(extents.ascender * scale),
            "Descent": round(extents.descender * scale),
            "CapHeight": round(cap_height * scale),
            "StemV": round(50 + (weight / 65) ** 2),
        }
        if self._is_cff:
            data = bytes(subset.reference_table("CFF ").data)
            entries["FontFile3"] = document.Reference(stream(data, Subtype="/CIDFontType0C"))
        else:
            data = bytes(subset.blob.data)
            entries["FontFile2"] = document.Reference(stream(data, Length1=len(data)))
        return pdfdoc.PDFDictionary(entries)


class FontBook:
    """The fonts of one document, in the order in which text first used them."""

    def __init__(self) -> None:
        self._fonts: dict[Face, EmbeddedFont] = {}

    def font(self, face: Face) -> EmbeddedFont:
        """The face as this document embeds it."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return font

    def write(self, document: Any) -> dict[str, Any]:
        """Add all fonts to a reportlab document; gives the references by resource name."""
        return {font.resource: font.write(document) for font in self._fonts.values()}


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, no superfluous zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def stream(content: bytes, **entries: Any) -> Any:
    """A compressed reportlab stream object with the given dictionary entries."""
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, [pdfdoc.PDFZCompress])


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
