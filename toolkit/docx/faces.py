"""Which font Word takes for a character, and how a text is cut so that it is the right one.

Word picks one of four fonts by character class and by `w:cs` (ECMA-376 part 1, 17.3.2.26): Latin
(`ascii`, `hAnsi`), Chinese (`eastAsia`), complex script (`cs`).  Tibetan only counts as complex script
when its run says `w:cs`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toolkit.docx.looks import Look
from toolkit.docx.markup import half_points
from toolkit.fonts import FontFile, FontSet, Script, script_of
from toolkit.fonts.stretches import OWN_SCRIPT, scripts
from toolkit.languages import Language

_LEGAL_CONTROLS = "\t\n"  # all others are illegal in XML 1.0 or mean nothing in a document


@dataclass(frozen=True)
class Slot:
    """What one of Word's font slots says: family, weight, size in half points."""

    family: str
    bold: bool
    half_points: int


@dataclass(frozen=True)
class Slots:
    """The font slots of a style.  Latin and Chinese share weight and size (`w:b`, `w:sz`)."""

    latin: Slot
    han: Slot
    tibetan: Slot

    def __getitem__(self, script: Script) -> Slot:
        match script:
            case "latin":
                return self.latin
            case "han":
                return self.han
            case "tibetan":
                return self.tibetan


@dataclass(frozen=True)
class Segment:
    """Text of one script in one face."""

    text: str
    script: Script
    face: FontFile


def slots_of(look: Look, fonts: FontSet) -> Slots:
    """The fonts of a style.

    Tibetan stands in all four places of a Tibetan style: text that an editor pastes or types without
    `w:cs` would else fall to the Latin font, and from there to a tiny Microsoft Himalaya.  A Chinese style has a
    pair of fonts, as Chinese offices set them: Latin letters and figures in the Latin one, at the size of the Chinese.
    """
    home = _slot(look, OWN_SCRIPT[look.language], fonts)
    if look.language == "bo":
        return Slots(home, home, home)
    latin, han = (replace(home, family=_slot(look, script, fonts).family) for script in ("latin", "han"))
    return Slots(latin, han, _slot(look.spoken("bo"), "tibetan", fonts))


def slot_for(segment: Segment, look: Look, language: Language) -> Slot:
    """What `segment`, written in `language`, must be set in inside a paragraph of `look`."""
    size = look.spoken(language).text_style.size * segment.face.ratio
    return Slot(segment.face.family, segment.face.bold, half_points(size))


def segments(text: str, language: Language, fonts: FontSet, *, bold: bool) -> Iterator[Segment]:
    """`text` cut where the script or the face changes.

    Marks stay with what stands before them in the same script as long as its face has them.  A character
    that no face has is drawn as `[U+XXXX]`, as in the PDF; the caller reports it.
    """
    held: Segment | None = None
    for character, script in _scripted(text, language):
        piece = _segment(character, script, held, fonts, bold)
        if held is not None and (piece.script, piece.face) == (held.script, held.face) and not _parts(held, piece):
            held = Segment(held.text + piece.text, held.script, held.face)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _scripted(text: str, language: Language) -> Iterable[tuple[str, Script]]:
    """Characters with their scripts, as the PDF has them: figures are Latin, both brackets of a pair of one font.

    In Tibetan one of no script takes that of its neighbour, the one before it first: a line stays in few runs.
    """
    return _by_neighbours(text, language) if language == "bo" else zip(text, scripts(text, language), strict=True)


def _by_neighbours(text: str, language: Language) -> Iterator[tuple[str, Script]]:
    script: Script = next(filter(None, map(script_of, text)), OWN_SCRIPT[language])
    for character in text:
        script = script_of(character) or script
        yield character, script


def needs_its_font(segment: Segment) -> bool:
    """Whether text set in Chinese is of marks alone that a reader may take for Latin.

    Word does so with the brackets of 议员(AM), LibreOffice with a “ that begins a paragraph or follows Latin letters.
    """
    return segment.script == "han" and not segment.text.isspace() and not any(map(_is_wide, segment.text))


def _parts(held: Segment, piece: Segment) -> bool:
    """Whether a run must end between them: marks that carry their font themselves, and other Chinese text.

    A mark that follows Chinese, and is none of ASCII, is taken for Chinese by all.
    """
    if held.script != "han" or piece.text.isspace():
        return False
    return _is_wide(piece.text) if needs_its_font(held) else piece.text.isascii()


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _segment(character: str, script: Script, held: Segment | None, fonts: FontSet, bold: bool) -> Segment:
    if _invisible(character):
        return Segment(character, held.script, held.face) if held else _plain(character, script, fonts, bold)
    face = fonts.face_for(character, script, bold=bold)
    if held is not None and held.script == script and script_of(character) is None:
        face = held.face if ord(character) in held.face.characters else face
    if face is None or unicodedata.category(character) == "Cc":  # fonts have glyphs for some controls, XML has not
        return _plain(f"[U+{ord(character):04X}]", "latin", fonts, bold)
    return Segment(character, _home_of(face, script, fonts), face)


def _plain(text: str, script: Script, fonts: FontSet, bold: bool) -> Segment:
    return Segment(text, script, fonts.faces(script, bold=bold)[0])


def _home_of(face: FontFile, script: Script, fonts: FontSet) -> Script:
    """The slot a borrowed face belongs in: a Latin letter set in the Latin face is no complex script."""
    if face in fonts.regular.get(script, ()) or face in fonts.bold.get(script, ()):
        return script
    homes: tuple[Script, ...] = ("latin", "han", "tibetan")
    return next((home for home in homes if face in fonts.regular[home]), script)


def _invisible(character: str) -> bool:
    """Controls Word understands, and format characters (joiners, marks of direction), need no glyph."""
    return character in _LEGAL_CONTROLS or unicodedata.category(character) == "Cf"


def _slot(look: Look, script: Script, fonts: FontSet) -> Slot:
    style = look.text_style
    face = fonts.faces(script, bold=style.bold)[0]
    return Slot(face.family, face.bold, half_points(style.size * face.ratio))
