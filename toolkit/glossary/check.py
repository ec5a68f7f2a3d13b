"""Does a translation hold a term?"""

from __future__ import annotations

from toolkit import english, tibetan
from toolkit.languages import Language


def contains_term(text: str, target: str, language: Language) -> bool:
    """Whether `target` stands in `text` as a whole: words in English, syllables in Tibetan.

    Tibetan text in any normal form; `\\b` would be wrong, because vowel signs are marks.
    """
    if language == "bo":
        return bool(tibetan.find_phrase(tibetan.normal(text), target))
    return bool(english.find_phrase(text, target))
