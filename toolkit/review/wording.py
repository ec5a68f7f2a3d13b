"""Whether two texts say the same, and what of a person's words is kept.

Programs change texts that nobody touched: they compose letters (NFC), write U+0F0C for U+0F0B and no-break spaces for
spaces, put a line end where a space stood, and add or drop space at the ends.  Such differences alone are no
correction.  How many spaces stand inside a text, quotes, hyphens and capitals do count: people change those on purpose.
Someone who wants a no-break space and nothing else writes it into the draft itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from toolkit import tibetan
from toolkit.languages import Language, is_han, is_tibetan
from toolkit.report.inline import Code, InlineText
from toolkit.review.diff import diff, replacements

_SPACES = re.compile(r"\r\n|[\s\u00a0\u2007\u202f]")
_FEW = 3  # letters of another script that a short target may well consist of: GDP, 二


def folded(text: str) -> str:
    """`text` without what programs change by themselves."""
    return _SPACES.sub(" ", tibetan.normal(text)).strip()


def says_the_same(one: InlineText, other: InlineText, *, with_codes: bool) -> bool:
    """Whether two texts differ in nothing a person meant; with their codes, or in words alone."""
    if folded(one.text) != folded(other.text):
        return False
    return not with_codes or len(one.text) != len(other.text) or _shape(one) == _shape(other)


def _shape(text: InlineText) -> tuple[tuple[int, str, str], ...]:
    """Where which codes stand; programs renumber their ids."""
    return tuple((code.position, code.kind, code.ctype) for code in text.codes)


def as_kept(text: InlineText, language: Language) -> InlineText:
    """A person's words as the draft keeps them: as typed, in normal form, without space at the ends."""
    words = tibetan.normal(text.text) if language == "bo" else unicodedata.normalize("NFC", text.text)
    if len(words) != len(text.text) and text.codes:
        words = text.text  # else the codes would stand in wrong places
    start = len(words) - len(words.lstrip())
    end = len(words.rstrip())
    codes = tuple(replace(one, position=min(max(one.position, start), end) - start) for one in text.codes)
    return InlineText(words[start:end], codes)


def with_codes_of(before: InlineText, after: InlineText, language: Language) -> InlineText:
    """`after`, from a file that cannot hold codes, with those of `before` beside the same words."""
    if after.codes or not before.codes or not after.text:
        return after
    changes = replacements(diff(before.text, after.text, language))

    def moved(code: Code) -> int:
        shift = 0
        for change in changes:
            if change.start < code.position < change.end:
                return change.new_end if code.kind == "close" else change.new_start
            if change.end > code.position or (change.start == code.position and code.kind == "close"):
                break
            shift = change.new_end - change.end
        return code.position + shift

    positions = [moved(code) for code in before.codes]
    if positions != sorted(positions):
        return after
    return InlineText(
        after.text, tuple(replace(code, position=at) for code, at in zip(before.codes, positions, strict=True))
    )


def is_in_another_script(text: str, source: str, language: Language) -> bool:
    """Whether most letters of `text` are of a script that `language` is not written in and the source does not have.

    A few Latin letters (GDP, CCTV) are at home anywhere.
    """
    own = other = 0
    for character in text:
        if not character.isalpha() or (character in source and not is_han(character)):
            continue
        if is_tibetan(character):
            is_own = language == "bo"
        elif is_han(character):
            is_own = language == "zh"
        else:
            is_own = language == "en"
        own, other = own + is_own, other + (not is_own)
    return other > own and other > _FEW
