"""The letters of a translation: those of its own language, and nothing copied from the source."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from toolkit.chinese import fold
from toolkit.constraints.fault import Fault
from toolkit.languages import NAMES, Language, is_han

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE_MARKS = "，。、；：？！「」『』【】〔〕〖〗"
_CHINESE_STRETCH = re.compile(rf"[{_HAN}](?:[{_HAN}{_CHINESE_MARKS}“”《》·—…\s\d]*[{_HAN}])?[。！？]?")
_LEFT_MARKS = re.compile(rf"[{_CHINESE_MARKS}]+")
_LONG_COPY = 8  # Han characters: more than a quoted name or a term left standing
_FOREIGN_RUN = re.compile(r"[^\W\d_]+(?:[\s.'’-]+[^\W\d_]+)*")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LATIN_PROSE = re.compile(r"[A-Za-z\u00c0-\u024f'’]+(?:,? [A-Za-z\u00c0-\u024f'’-]+){3,}")
_ENGLISH_GLUE = frozenset(
    ["the", "of", "and", "to", "in", "is", "was", "are", "for", "on", "with", "that", "by", "from", "as", "at", "be"]
)
_FEW_LETTERS = 8


def is_copy(source: str, target: str) -> bool:
    """Whether `target` says what `source` says, letter for letter; one without Chinese (2023, GDP) may do so."""
    return _bare(source) == _bare(target) and any(map(is_han, target))


def _bare(text: str) -> str:
    return "".join(fold(text).split()).strip("。.!！?？…;；:：")


def script_faults(source: str, target: str, language: Language) -> Iterator[Fault]:
    """Chinese left in `target` (`untranslated` when long, else `source-script-left`), and letters of other scripts."""
    name = NAMES[language]
    left = 0
    for match in _CHINESE_STRETCH.finditer(target):
        left = match.end()
        stretch = match.group()
        if sum(map(is_han, stretch)) >= _LONG_COPY and stretch in source:
            yield Fault(
                "untranslated", f"Copied from the Chinese: “{stretch}”.", _span_in(source, stretch), match.span()
            )
        else:
            reason = f"Chinese characters in the {name}: {stretch}."
            yield Fault("source-script-left", reason, _span_in(source, stretch), match.span())
    if not left:
        for match in _LEFT_MARKS.finditer(target):
            reason = f"Chinese punctuation in the {name}: {match.group()}"
            yield Fault("source-script-left", reason, target_span=match.span())
    yield from _wrong_letters(source, target, language)


def _span_in(source: str, stretch: str) -> tuple[int, int] | None:
    start = source.find(stretch)
    return None if start < 0 else (start, start + len(stretch))


def _wrong_letters(source: str, target: str, language: Language) -> Iterator[Fault]:
    name = NAMES[language]
    own = "TIBETAN" if language == "bo" else "LATIN"
    allowed = {own, "LATIN", "CJK", "GREEK", ""}
    if not target.isascii():
        for match in _FOREIGN_RUN.finditer(target):
            script = next((one for one in map(script_of, match.group()) if one not in allowed), "")
            if script:
                reason = f"{script.capitalize()} letters in the {name}: {match.group()}."
                yield Fault("wrong-script", reason, target_span=match.span())
                return
    if language != "bo":
        return
    for match in _LATIN_PROSE.finditer(target):
        words = match.group().lower().split()
        if sum(word.strip(",") in _ENGLISH_GLUE for word in words) >= 2 and match.group() not in source:
            yield Fault("wrong-script", f"English left in the Tibetan: “{match.group()}”.", target_span=match.span())
            return
    latin = sum(len(word) for word in _LATIN_WORD.findall(target)) - sum(map(len, _LATIN_WORD.findall(source)))
    tibetan = sum(map(_is_tibetan_letter, target))
    if latin >= _FEW_LETTERS and latin > 2 * tibetan:
        yield Fault("wrong-script", f"The {name} is mostly in Latin letters.", target_span=(0, len(target)))


def _is_tibetan_letter(character: str) -> bool:
    return "\u0f40" <= character <= "\u0fbc"


@functools.lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The script of a letter as its Unicode name begins: LATIN, TIBETAN, CYRILLIC …; empty for what is no letter.

    Letter-like signs (ª º µ ℃ №) belong to no script.
    """
    if not character.isalpha() or unicodedata.normalize("NFKC", character) != character:
        return ""
    return unicodedata.name(character, "").split(" ")[0].split("-")[0]
