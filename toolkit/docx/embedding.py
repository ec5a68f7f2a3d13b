"""Fonts inside the document, so that it looks right on a machine that does not have them.

Word embeds TrueType faces only, obfuscated with a key that stands in the font table (ECMA-376 part 4,
clause 13.1 and 17.8.1: the first 32 bytes XOR the GUID's, last byte first).
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import uharfbuzz as hb

from toolkit.docx.instance import static_program
from toolkit.docx.markup import Element, R, w
from toolkit.fonts import FontFile, FontSet, Script

_TRUETYPE = b"\x00\x01\x00\x00"
_NAMESPACE = uuid.UUID("5f6c1a0e-6f0b-5d38-9d7e-3b0a5b1f6c11")  # our own; keys follow from the font's hash
_EDITABLE = (0x0000, 0x0008)  # OS/2 fsType, usage bits: installable, editable; others may not be edited with
_KEY_SPAN = 32

_STAND_INS: dict[Script, str] = {
    "latin": "Source Serif Pro,Cambria,Georgia",
    "han": "Source Han Serif SC,宋体,SimSun,Songti SC",
    "tibetan": "Microsoft Himalaya,Kailasa",
}
"""`w:altName`: what Word tries, in order, where a font is neither embedded nor installed."""
_CHARSETS: dict[Script, str] = {"latin": "00", "han": "86", "tibetan": "00"}  # 86: GB2312


@dataclass(frozen=True)
class EmbeddedFont:
    """A face as it stands in the document: `key` without braces, `data` obfuscated."""

    face: FontFile
    key: str
    data: bytes


def embedded_fonts(fonts: FontSet) -> tuple[EmbeddedFont, ...]:
    """The faces of `fonts` that may travel with an editable document, regular ones first, each once."""
    faces = [face for table in (fonts.regular, fonts.bold) for script in sorted(table) for face in table[script]]
    return tuple(font for face in dict.fromkeys(faces) if (font := _embedded(face)) is not None)


def obfuscated(program: bytes, key: str) -> bytes:
    """`program` with its first 32 bytes XOR the GUID `key`; the same call undoes it."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(program[:_KEY_SPAN], mask, strict=False)) + program[_KEY_SPAN:]


@functools.lru_cache(maxsize=16)
def _embedded(face: FontFile) -> EmbeddedFont | None:
    usage = int.from_bytes(_os2(face)[8:10], "big") & 0x000F
    if not face.embedding_allowed or usage not in _EDITABLE:
        return None
    with face.path.open("rb") as stream:
        if stream.read(4) != _TRUETYPE:
            return None
    key = str(uuid.uuid5(_NAMESPACE, face.fingerprint)).upper()
    return EmbeddedFont(face, key, obfuscated(static_program(face), key))


def font_table(fonts: FontSet, embedded: Sequence[tuple[EmbeddedFont, str]]) -> Element:
    """`w:fonts`: every family, what may stand in for it, and the relation id of each face that is embedded."""
    families: dict[str, tuple[Script, FontFile]] = {}
    for script in sorted(fonts.regular):
        for face in fonts.regular[script] + fonts.bold.get(script, ()):
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
            tag = "embedBold" if font.face.bold else "embedRegular"
            element = w(tag, fontKey=f"{{{font.key}}}")
            element.set(f"{{{R}}}id", relation)
            faces.setdefault(tag, element)
    entry.extend(faces[tag] for tag in ("embedRegular", "embedBold") if tag in faces)
    return entry


def _signature(face: FontFile) -> dict[str, str]:
    """Unicode and code page ranges from the face's OS/2 table, as `w:sig` wants them."""
    table = _os2(face)
    unicode = [table[at : at + 4].hex().upper() for at in (42, 46, 50, 54)]
    pages = [table[at : at + 4].hex().upper() for at in (78, 82)]
    return {f"usb{n}": value for n, value in enumerate(unicode)} | {f"csb{n}": value for n, value in enumerate(pages)}


def _os2(face: FontFile) -> bytes:
    """The OS/2 table; zeros where the face has none or an old, short one."""
    table = hb.Face(hb.Blob.from_file_path(str(face.path))).reference_table("OS/2").data
    return bytes(table).ljust(96, b"\0")
