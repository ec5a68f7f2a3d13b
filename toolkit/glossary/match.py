"""Finding terms in Chinese text: leftmost, then longest, and never across the border of a word."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from toolkit.chinese import fold, words
from toolkit.glossary.term import Status, Term

_PERSON = "person"  # the domain of personal names
_NAME_TAGS = ("ns", "nr")  # jieba's tags of places and persons

_PROVINCES = frozenset(
    re.findall(
        r"\w+",
        "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 "
        "贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门",
    )
)  # 甘肃兰州, 甘肃省甘南藏族自治州: one entry of the dictionary, and yet two names


@dataclass(frozen=True)
class TermMatch:
    """`term` stands in a source text from character `start` up to `end`.

    `inside` is the longer dictionary word it is a part of (统计局 in 国家统计局), empty for none: worth a look.
    """

    term: Term
    start: int
    end: int
    inside: str = ""


class Glossary:
    """A set of terms, indexed by the first two characters of their sources, Traditional and Simplified alike."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._index: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        self._exact: dict[str, Term] = {}
        for term in terms:
            if term.status is Status.DEPRECATED:
                continue
            for source in term.sources:
                folded = fold(source)
                self._index[folded[:2]].append((folded, term))
                self._exact.setdefault(folded, term)
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms in `text`, in order, none overlapping another; offsets are those of `text` as it is.

        A hit that cuts words apart (长沙 in 卫生部长沙龙), stands in the middle of one (中国 in 发展中国家) or ends a
        longer name (兰州 in 马里兰州) is none, and a shorter term at the same place gets its chance.
        """
        folded = fold(text)
        line = _Words(folded)
        matches = []
        position = 0
        index, length = self._index, len(folded)
        while position < length:
            entries = index.get(folded[position : position + 2])
            single = index.get(folded[position])
            match = None
            if entries:
                match = self._longest(folded, position, entries, line)
            if single and match is None:
                match = self._longest(folded, position, single, line)
            if match is None:
                position += 1
            else:
                matches.append(match)
                position = match.end
        return tuple(matches)

    def find(self, source: str) -> Term | None:
        """The term whose source is exactly `source`."""
        return self._exact.get(fold(source))

    def _longest(self, text: str, position: int, entries: list[tuple[str, Term]], line: _Words) -> TermMatch | None:
        for source, term in entries:
            if text.startswith(source, position):
                end = position + len(source)
                inside = line.longer_word(position, end, is_name=term.domain == _PERSON and len(source) > 2)
                if inside is not None:
                    return TermMatch(term, position, end, inside)
        return None


class _Words:
    """Where the words of a text begin; cut when the first hit asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for word in words(self._text):
            starts.append(starts[-1] + len(word))
        return starts

    def longer_word(self, start: int, end: int, *, is_name: bool) -> str | None:
        """None when a hit cuts words apart; else the longer word it lies in, empty where it is made of whole words.

        A full personal name is in no dictionary, so a word that begins with its last character (王春明说: 明说) or
        ends with its first proves nothing; only one at either end does.
        """
        starts = self._starts
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, end - 1) - 1
        word_start, word_end = starts[first], starts[last + 1]
        if (word_start, word_end) == (start, end):
            return ""
        whole = self._text[word_start:word_end]
        if first == last:
            is_head = start == word_start
            before = self._text[word_start:start]
            province = before.removesuffix("省").removesuffix("自治区")
            is_tail = end == word_end and (province in _PROVINCES or not _is_name(whole))
            return whole if is_head or is_tail else None
        left, right = self._text[word_start:start], self._text[end:word_end]
        if is_name and not (left and right):
            return whole
        return whole if all(len(rest) != 1 and _is_word(rest) for rest in (left, right) if rest) else None


@functools.lru_cache(maxsize=1 << 14)
def _is_name(word: str) -> bool:
    import rjieba

    tagged = rjieba.tag(word, False)
    return len(tagged) == 1 and tagged[0][1].startswith(_NAME_TAGS)


@functools.lru_cache(maxsize=1 << 14)
def _is_word(text: str) -> bool:
    return len(words(text)) == 1
