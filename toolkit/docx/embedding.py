"""Fonts inside the document, so that it looks right on a machine that does not have them.

Word embeds TrueType faces only, obfuscated with a key that stands in the font table (ECMA-376 part 4, clause 13.1 and
17.8.1: the first 32 bytes XOR the GUID's, last byte first).  A face goes in whole, for an editor will type what nobody
printed yet; but of a Chinese one, of 30,000 glyphs in 11 MB, only the characters of the bulletin (0.2 MB for 800): what
is typed beside them Word takes from the fonts of its machine, and it has Chinese ones wherever Chinese is typed.

LibreOffice keeps an embedded face by its family as long as it runs, and sets the next document in it too: see
`with_marks_apart`.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import uharfbuzz as hb

from toolkit.bulletin.model import Bulletin, Run
from toolkit.docx.faces import segments
from toolkit.docx.instance import static_program
from toolkit.docx.markup import Element, R, w
from toolkit.files import hash_of
from toolkit.fonts import FontFile, FontSet, Script, script_of
from toolkit.languages import is_han

_NAMESPACE = uuid.UUID("5f6c1a0e-6f0b-5d38-9d7e-3b0a5b1f6c11")  # our own; keys follow from the font's hash
_KEY_SPAN = 32
_MOST_GLYPHS = 6_000  # of a face that goes in whole: Tibetan faces have up to 5,000, Chinese ones from 7,000
_ALWAYS = frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "“”‘’—–…·、。，：；？！（）《》〈〉「」　"))
"""Of a face cut to the bulletin's characters, also these: corrections need them."""
_MARKS = " Marks"
_LONGEST_FAMILY = 31  # characters: Windows' LOGFONT holds no more

_STAND_INS: dict[Script, str] = {
    "latin": "Source Serif Pro,Cambria,Georgia",
    "han": "Source Han Serif SC,宋体,SimSun,Songti SC",
    "tibetan": "Microsoft Himalaya,Kailasa",
}
"""`w:altName`: what Word tries, in order, where a font is neither embedded nor installed."""
_PLACES = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
_CHARSETS: dict[Script, str] = {"latin": "00", "han": "86", "tibetan": "00"}  # 86: GB2312


@dataclass(frozen=True)
class EmbeddedFont:
    """A face as it stands in the document: `key` without braces, `data` obfuscated."""

    face: FontFile
    key: str
    data: bytes


def embedded_fonts(bulletin: Bulletin, fonts: FontSet) -> tuple[EmbeddedFont, ...]:
    """The faces that set `bulletin` and may travel with an editable document; regular ones first, each once."""
    used = sorted({character for run in _runs(bulletin) for character in run.text})
    faces = [*_faces_for(used, fonts, bold=False), *_faces_for(used, fonts, bold=True)]
    if any(run.emphasis for run in _runs(bulletin)):
        faces += fonts.italic.get("latin", ())
    characters = frozenset(map(ord, used)) | _ALWAYS
    embedded = (_embedded(face, characters if _is_large(face) else None) for face in dict.fromkeys(faces))
    return tuple(font for font in embedded if font is not None)


def with_marks_apart(bulletin: Bulletin, fonts: FontSet) -> FontSet:
    """`fonts` to set the text of `bulletin` in, while its styles go on to name the families of `fonts`.

    A bulletin without Chinese embeds a Chinese face for the 《 》 of its Tibetan alone.  Under the family's own name,
    LibreOffice would set in these few marks every bulletin that is opened after it; so they have a family of their own.
    It has the same marks in all bulletins.  `fonts` itself where more is set in Chinese faces, or other than Tibetan.
    """
    large = {face for table in (fonts.regular, fonts.bold) for face in table.get("han", ()) if _is_large(face)}
    if any(len(face.family + _MARKS) > _LONGEST_FAMILY for face in large) or not _has_marks_alone(
        bulletin, fonts, large
    ):
        return fonts
    apart = {face: replace(face, family=face.family + _MARKS) for face in large}
    regular, bold = (
        {
            script: (*(apart.get(face, face) for face in faces), *(face for face in faces if face in apart))
            for script, faces in table.items()
        }
        for table in (fonts.regular, fonts.bold)
    )
    return replace(fonts, regular=regular, bold=bold)


def _has_marks_alone(bulletin: Bulletin, fonts: FontSet, large: set[FontFile]) -> bool:
    """Whether faces of `large` set something, and that only marks in Tibetan that every cut of them has."""
    found = False
    for run in _runs(bulletin):
        if any(map(is_han, run.text)):
            return False
        for segment in segments(run.text, run.language, fonts, bold=False):
            if segment.face in large:
                if run.language != "bo" or not _ALWAYS.issuperset(map(ord, segment.text)):
                    return False
                found = True
    return found


def _runs(bulletin: Bulletin) -> Iterator[Run]:
    """Everything that is set in type, the index and the foot included."""
    rows = [*bulletin.head_rows, *bulletin.text_rows, *bulletin.tail_rows]
    rows += [bulletin.index_head] if bulletin.index_head else []
    cells = [cell for row in rows for cell in row.cells]
    for cell in (*cells, *bulletin.running_title, *bulletin.stamp):
        yield from cell.runs
        for note in cell.notes:
            yield from note
        for comment in cell.comments:
            yield Run(comment.head + comment.text, "en")
    for entry in bulletin.index:
        yield from (Run(name, language) for language, name in entry.names)
    for foot in bulletin.foot:
        yield Run("".join(text for text, _ in foot.pieces) + "0123456789", foot.language)


def _faces_for(characters: Sequence[str], fonts: FontSet, *, bold: bool) -> Iterator[FontFile]:
    """The face that the styles of each script name, and those that set characters it lacks."""
    table = fonts.bold if bold else fonts.regular
    scripts: dict[str, Script] = {character: script_of(character) or "latin" for character in characters}
    named: set[Script] = {"latin", *scripts.values()}
    for script in sorted(named):
        yield from table.get(script, ())[:1]
    for character, script in scripts.items():
        face = fonts.face_for(character, script, bold=bold)
        if face is not None and face.bold == bold:
            yield face


def _is_large(face: FontFile) -> bool:
    return len(face.characters) > _MOST_GLYPHS and face.may_subset


def obfuscated(program: bytes, key: str) -> bytes:
    """`program` with its first 32 bytes XOR the GUID `key`; the same call undoes it."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(program[:_KEY_SPAN], mask, strict=False)) + program[_KEY_SPAN:]


@functools.lru_cache(maxsize=32)
def _embedded(face: FontFile, characters: frozenset[int] | None) -> EmbeddedFont | None:
    if not face.may_embed_editable or (characters is None and _is_foreign_and_large(face)):
        return None
    kept = None if characters is None else characters & face.characters
    cut = [] if kept is None else [str(code) for code in sorted(kept)]
    key = str(uuid.uuid5(_NAMESPACE, hash_of(face.fingerprint, *cut) if cut else face.fingerprint)).upper()
    return EmbeddedFont(face, key, obfuscated(static_program(face, kept), key))


def _is_foreign_and_large(face: FontFile) -> bool:
    """A face with PostScript outlines that may not be cut: rewriting all of them would take a minute."""
    with face.path.open("rb") as stream:
        return stream.read(4) == b"OTTO" and len(face.characters) > _MOST_GLYPHS


def font_table(fonts: FontSet, embedded: Sequence[tuple[EmbeddedFont, str]]) -> Element:
    """`w:fonts`: every family, what may stand in for it, and the relation id of each face that is embedded."""
    families: dict[str, tuple[Script, FontFile]] = {}
    for script in sorted(fonts.regular):
        for face in fonts.regular[script] + fonts.bold.get(script, ()) + fonts.italic.get(script, ()):
            families.setdefault(face.family, (script, face))
    return w("fonts", *(_entry(script, face, embedded) for script, face in families.values()))


def _entry(script: Script, face: FontFile, embedded: Sequence[tuple[EmbeddedFont, str]]) -> Element:
    entry = w(
        "font",
        w("altName", val=_STAND_INS[script]),
        w("panose1", val=_os2(face)[32:42].hex().upper()),
        w("charset", val=_CHARSETS[script]),
        w("family", val="roman"),
        w("pitch", val="variable"),
        w("sig", **_signature(face)),
        name=face.family,
    )
    faces: dict[str, Element] = {}
    for font, relation in embedded:
        if font.face.family == face.family:
            tag = f"embed{font.face.style.replace(' ', '')}"
            element = w(tag, fontKey=f"{{{font.key}}}")
            element.set(f"{{{R}}}id", relation)
            faces.setdefault(tag, element)
    entry.extend(faces[tag] for tag in _PLACES if tag in faces)
    return entry


def _signature(face: FontFile) -> dict[str, str]:
    """Unicode and code page ranges from the face's OS/2 table, as `w:sig` wants them."""
    table = _os2(face)
    unicode = [table[at : at + 4].hex().upper() for at in (42, 46, 50, 54)]
    pages = [table[at : at + 4].hex().upper() for at in (78, 82)]
    return {f"usb{n}": value for n, value in enumerate(unicode)} | {f"csb{n}": value for n, value in enumerate(pages)}


def _os2(face: FontFile) -> bytes:
    """The OS/2 table; zeros where the face has none or an old, short one."""
    table = hb.Face(hb.Blob.from_file_path(str(face.path)), face.index).reference_table("OS/2").data
    return bytes(table).ljust(96, b"\0")
