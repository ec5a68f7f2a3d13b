"""Does a translation hold a term?  Word borders for English, syllable borders for Tibetan."""

from __future__ import annotations

import re
import unicodedata

from toolkit.languages import Language

_TSHEG = "\u0f0b"
_TSHEG_NO_BREAK = "\u0f0c"
_ACHUNG = "\u0f60"
_FUSED = ("\u0f60\u0f72", "\u0f62", "\u0f66", "\u0f60\u0f44", "\u0f60\u0f58", "\u0f60\u0f7c")  # འི ར ས འང འམ འོ
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-"})


def contains_term(text: str, target: str, language: Language) -> bool:
    """Whether `target` stands in `text` as a whole.

    English: whole words, any case, straight or curly quotes.  Tibetan: from syllable to syllable, where the
    last one may carry a fused particle (ཀན་ལྷོའི holds ཀན་ལྷོ).  `\\b` would be wrong: vowel signs are marks.
    """
    if language == "bo":
        return _contains_tibetan(_normal_tibetan(text), _normal_tibetan(target).strip(f"{_TSHEG} །"))
    folded = re.escape(" ".join(target.translate(_STRAIGHT).split())).replace(r"\ ", r"\s+")
    pattern = rf"(?<!\w){folded}(?!\w)"
    return re.search(pattern, text.translate(_STRAIGHT), re.IGNORECASE) is not None


def _normal_tibetan(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace(_TSHEG_NO_BREAK, _TSHEG)


def _contains_tibetan(text: str, target: str) -> bool:
    stem = target.removesuffix(_ACHUNG)
    endings = ("", *_FUSED) if stem == target else (_ACHUNG, *_FUSED)
    start = text.find(stem)
    while start != -1:
        if start == 0 or not _joins(text[start - 1]):
            rest = text[start + len(stem) :]
            if any(rest.startswith(ending) and not _joins(rest[len(ending) : len(ending) + 1]) for ending in endings):
                return True
        start = text.find(stem, start + 1)
    return False


def _joins(character: str) -> bool:
    """Whether `character` belongs to a syllable: a Tibetan letter, vowel or subjoined sign."""
    return "\u0f40" <= character <= "\u0fbc" or character in ("\u0f35", "\u0f37", "\u0f39") if character else False
