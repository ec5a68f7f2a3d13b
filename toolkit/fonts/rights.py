"""What a font's maker allows to be done with it, as the font itself says (OpenType 1.9, OS/2 fsType)."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from toolkit.fonts.opened import open_face

_USAGE = 0x000F
_RESTRICTED, _PREVIEW_AND_PRINT, _EDITABLE = 0x0002, 0x0004, 0x0008
_NO_SUBSETTING, _BITMAP_ONLY = 0x0100, 0x0200


@dataclass(frozen=True)
class Rights:
    """The bits of fsType.  Old fonts may set several usage bits: the most lenient of them holds."""

    bits: int = 0

    @property
    def may_embed(self) -> bool:
        """Whether outlines may stand in a document that is read and printed (PDF)."""
        return not self._restricted and not self.bits & _BITMAP_ONLY

    @property
    def may_embed_editable(self) -> bool:
        """Whether they may stand in a document that is edited (DOCX)."""
        return self.may_embed and (not self.bits & _USAGE or bool(self.bits & _EDITABLE))

    @property
    def may_subset(self) -> bool:
        """Whether a document may hold only the glyphs it uses; else it holds the whole font."""
        return not self.bits & _NO_SUBSETTING

    @property
    def refusal(self) -> str:
        """Why no bulletin may be set in the font, as a clause; empty when one may."""
        if self._restricted:
            return "does not allow being embedded in any document (OS/2 fsType 0x0002, restricted licence)"
        if self.bits & _BITMAP_ONLY:
            return "allows only bitmaps of it to be embedded, not its outlines (OS/2 fsType 0x0200)"
        return ""

    @property
    def words(self) -> str:
        """What is allowed, in a few words for a list."""
        if self.refusal:
            return "may not be embedded"
        where = "PDF and DOCX" if self.may_embed_editable else "PDF only (preview and print)"
        return f"embed in {where}" if self.may_subset else f"embed whole in {where} (no subsetting)"

    @property
    def _restricted(self) -> bool:
        return self.bits & _USAGE == _RESTRICTED


@functools.cache
def rights_of(path: Path, index: int = 0) -> Rights:
    """The rights a face states; all, when it has no OS/2 table to say otherwise."""
    table = open_face(path, index).reference_table("OS/2").data
    return Rights(int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0)
