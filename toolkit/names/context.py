"""The words of a Chinese report that stand around a person's name: titles, what persons do, what follows a place."""

from __future__ import annotations

import functools
import re

from toolkit.names.tables import context_words

_CLAUSE = "[^，,。；;“”]"
_LOOK_BACK = 24
_LONGEST_GAP = 3
_GAP = frozenset(":：/| \u3000")


def _any_of(*kinds: str) -> str:
    words = {word for kind in kinds for word in context_words()[kind]}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@functools.cache
def _behind() -> re.Pattern[str]:
    spoken = f"(?:{_any_of('adverb')})?(?:{_any_of('act', 'weak act')})"
    return re.compile(
        rf"[副原前]?(?:{_any_of('title', 'title behind')})(?![会团部室])"  # 欧盟委员会 is no person
        rf"|{spoken}"
        rf"|在{_CLAUSE}{{1,14}}?(?:时|中|上|后|会|期间){spoken}"
        rf"|[对向]{_CLAUSE}{{1,10}}?(?:表示|说|介绍|透露|坦言|解释|强调)"
        rf"|就{_CLAUSE}{{1,14}}?(?:表示|作|提出|回应|致辞|发言)"
    )


@functools.cache
def _place() -> re.Pattern[str]:
    return re.compile(_any_of("place"))


@functools.cache
def _foreign() -> re.Pattern[str]:
    # 中国驻泰国大使 serves China
    return re.compile(rf"(?<!驻)(?:{_any_of('foreign')})[^，,。；;、：“”]{{0,8}}$")


@functools.cache
def _titles() -> frozenset[str]:
    return context_words()["title"] | context_words()["title before"]


@functools.cache
def _longest_title() -> int:
    return max(map(len, _titles()))


def title_before(text: str, position: int) -> str:
    """The longest title that ends at `position` of `text` (Simplified), a colon or space between; "" for none."""
    for gap in range(_LONGEST_GAP):
        shortest = 1 if gap else 2  # 文 and 图 are titles before a colon or a stroke only
        for length in range(min(_longest_title(), position), shortest - 1, -1):
            title = text[position - length : position]
            if title in _titles():
                return title
        if position == 0 or text[position - 1] not in _GAP:
            return ""
        position -= 1
    return ""


def words_behind(text: str, position: int) -> str:
    """The title or the act of a person that begins at `position` of `text` (Simplified); "" for none."""
    match = _behind().match(text, position)
    return match[0] if match else ""


def is_weak_verb(words: str) -> bool:
    """Whether `words` follow things as often as persons (为, 分析), so that they prove little."""
    return words in context_words()["weak act"]


def is_title(words: str) -> bool:
    """Whether `words` are a title by themselves."""
    return words in _titles()


def is_place_ending(text: str, position: int) -> bool:
    """Whether what stands at `position` makes a place or an institution of the words before it."""
    return _place().match(text, position) is not None


def is_foreign_office(text: str, position: int) -> bool:
    """Whether a foreign country stands before the title that ends at `position`."""
    return _foreign().search(text, max(0, position - _LOOK_BACK), position) is not None
