"""What may be a name by its shape, and what the words around it say for and against."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.languages import is_han
from toolkit.names.clues import Clues
from toolkit.names.context import (
    is_foreign_office,
    is_place_ending,
    is_title,
    is_weak_verb,
    title_before,
    words_behind,
)
from toolkit.names.name import NameOrigin
from toolkit.names.tables import not_names, surnames, tibetan_parts
from toolkit.names.tibetan import runs_at

_LONGEST_SURNAME = 4
_LONGEST_WORD = 5
_TWO_PARTS = 4
_LIST_MARK = "、"
_GAPS = frozenset(" \u3000")
_DOTS = frozenset("·•・‧")
# Never in a given name: what looks like one has taken a word of the sentence along.
_NEVER = frozenset("的了是这那哪谁你我他她它们着吗呢吧啊某氏副不没个各该此")
# Seldom in one (徐仁和, 姜在忠), and often the next word of the sentence: it takes marks or words on both sides.
_SELDOM_LAST = frozenset(
    "在和与及对将也就都从于被把为以等向则还又并说称因却只要会未已很最更每曾过总老前后内外里上下中方家者员长省市县区乡镇村"
    "由让给到使所而但或且若如虽除比按据随时再共先仍人物率感化性"
)
_SELDOM_INSIDE = frozenset("在与及对将也就都被把很最和向等说称")
# Characters that write foreign sounds, and surnames that begin many a foreigner's: 莫兰, 马歇尔, 贝尔.
_FOREIGN_SOUNDS = frozenset(
    "尔斯克特德拉迪蒂姆罗尼纳塔普布格哈里切诺维卡奥埃弗伊莱茨雷戈顿洛兹勒泽诸蒙加巴比莫亚拜森逊伦利娅恩多贝韦托内兰歇梅曼契坦妮"
)
_FOREIGN_SURNAMES = frozenset(
    "鲁蒙欧塞莫马罗贝巴安艾麦米雷哈拉乔贾戴杜费霍柯洛皮普沙史塔温伊布卡古包鲍白巫武涂韦谢索利和"
)
_NAME_TAGS = frozenset(["nr", "ns", "nz"])


@dataclass(frozen=True)
class Candidate:
    """A span of the text with the shape of a name.

    `common`: it is a word of the dictionary too, so it takes evidence on both sides.  `headed`: it begins with one
    and goes on (王国 in 王国军), or holds a character that is rather a word of the sentence (在 in 姜在忠).
    `before` and `behind` are the title and the act or title around it, "" for none.
    """

    start: int
    end: int
    name: str  # Simplified, no spaces
    origin: NameOrigin
    common: bool
    headed: bool
    everyday: bool  # its surname is an everyday word
    tagged: bool
    foreign: bool
    before: str
    behind: str
    opens: bool
    parted: bool  # no single character before it that a longer name may begin with
    closes: bool
    in_list: bool
    cut_short: bool
    new: bool  # no word of the dictionary
    is_part_of_longer: bool  # the tagger sees a longer name here: 王力 in 王力宏

    @property
    def act(self) -> str:
        """The title or act behind it that proves something, "" for none."""
        return "" if is_weak_verb(self.behind) else self.behind

    @property
    def is_plain_tibetan(self) -> bool:
        """Whether it is two parts of two characters: no Chinese word looks like that."""
        return self.origin is NameOrigin.TIBETAN and len(self.name) >= _TWO_PARTS

    @property
    def score(self) -> int:
        """How well the span fits what stands around it; to compare spans that overlap."""
        return (
            4 * bool(self.before)
            + 3 * bool(self.act or (self.before and self.behind))
            - 3 * self.cut_short
            + 3 * self.tagged
            + 2 * self.closes
            + 1 * self.opens
            + 2 * self.in_list
            + 1 * (len(self.name) > 2)
            - 6 * (self.common or self.headed)
        )


def candidates(clues: Clues) -> Iterator[Candidate]:
    """Every span of the text with the shape of a Han or Tibetan name, by where it begins."""
    han, tibetan = _beginnings()
    for start, character in enumerate(clues.text):
        if character in tibetan:
            yield from _tibetan_at(clues, start)
        if character in han:
            yield from _han_at(clues, start)


@functools.cache
def _beginnings() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that begin a surname, and those that begin a part of a Tibetan name."""
    han, tibetan = (frozenset(name[0] for name in table) for table in (surnames(), tibetan_parts()))
    return han, tibetan


def _han_at(clues: Clues, start: int) -> Iterator[Candidate]:
    text = clues.text
    for length in range(_LONGEST_SURNAME, 0, -1):
        surname = text[start : start + length]
        if len(surname) < length or surname not in surnames():
            continue
        for given in (1, 2):
            end = start + length + given
            found = _han(clues, start, start + length, end)
            if found is not None:
                yield found
        if length == 1 and text[start + 1 : start + 2] in _GAPS:
            yield from _spaced(clues, start)
        return  # the longest surname decides: 欧阳修, not 欧 + 阳修


def _han(clues: Clues, start: int, middle: int, end: int) -> Candidate | None:
    text = clues.text
    given = text[middle:end]
    if end > len(text) or not all(map(is_han, given)):
        return None
    if not _NEVER.isdisjoint(given) or is_title(given):
        return None
    seldom = given[-1] in _SELDOM_LAST or not _SELDOM_INSIDE.isdisjoint(given)
    if seldom and len(given) == 1:
        return None
    name = text[start:end]
    if is_title(name) or _known_word(text, start, end):
        return None
    found = _candidate(clues, start, end, name, NameOrigin.HAN)
    if found is not None and seldom:
        found = replace(found, headed=True) if _is_held(found) else None
    if found is None or not _is_foreign_by_sound(text[start:middle], given):
        return found
    return replace(found, foreign=True) if found.before or found.in_list or len(given) == 2 else None


def _is_held(found: Candidate) -> bool:
    return bool(found.before or found.opens) and bool(found.act or found.closes)


def _known_word(text: str, start: int, end: int) -> bool:
    """Whether a word that is no name stands at `start`, as long as the span or covering its end."""
    return any(text[start : start + length] in not_names() for length in range(end - start, _LONGEST_WORD + 1))


def _is_foreign_by_sound(surname: str, given: str) -> bool:
    if surname in _FOREIGN_SURNAMES:
        return not _FOREIGN_SOUNDS.isdisjoint(given[-1])
    return len(given) == 2 and _FOREIGN_SOUNDS.issuperset(given)


def _is_word(clues: Clues, start: int, end: int) -> bool:
    tag = clues.tag_of(start, end)
    return tag is not None and (tag[:2] not in _NAME_TAGS or clues.text[start:end] in not_names())


def _spaced(clues: Clues, start: int) -> Iterator[Candidate]:
    """A name of two characters spread to the width of three, as lists print it: 马　瑜."""
    text = clues.text
    middle = start + 1
    while text[middle : middle + 1] in _GAPS and middle - start <= 2:
        middle += 1
    end = middle + 1
    if (
        not text[middle:end]
        or not is_han(text[middle])
        or text[middle] in _NEVER | _SELDOM_LAST
        or not clues.closes(end)
    ):
        return
    if not clues.opens(start) and not title_before(text, start):
        return
    found = _candidate(clues, start, end, text[start] + text[middle], NameOrigin.HAN)
    if found is not None and (found.before or found.in_list):
        yield found


def _tibetan_at(clues: Clues, start: int) -> Iterator[Candidate]:
    for end, parts in runs_at(clues.text, start):
        if _known_word(clues.text, start, end):
            continue
        found = _candidate(clues, start, end, clues.text[start:end], NameOrigin.TIBETAN)
        if found is not None and (len(parts) > 1 or found.before or found.behind or found.in_list):
            yield found
            return


def _candidate(clues: Clues, start: int, end: int, name: str, origin: NameOrigin) -> Candidate | None:
    text = clues.text
    if not _DOTS.isdisjoint((*text[max(0, start - 1) : start], *text[end : end + 1])):
        return None
    before = title_before(text, start)
    behind = words_behind(text, end)
    if not clues.is_border(start) and not before:
        return None
    if not clues.is_border(end) and (not behind or len(behind) < 2 or is_weak_verb(behind)):
        return None
    if not behind and is_place_ending(text, end):
        return None
    longer = clues.tagged.get(start, 0)
    if origin is NameOrigin.HAN and longer > end and longer - start > 3 and not before:
        return None  # 安倍晋三: the tagger sees a longer, foreign name
    tag = clues.tag_of(start, end)
    if tag is not None and tag[:2] in ("ns", "nt", "nz") and origin is NameOrigin.HAN:
        return None
    surname = surnames().get(name[:1])
    return Candidate(
        start,
        end,
        name,
        origin,
        common=_is_word(clues, start, end) and (origin is NameOrigin.HAN or end - start == 2),
        headed=origin is NameOrigin.HAN and end - start == 3 and _is_word(clues, start, start + 2),
        everyday=origin is NameOrigin.HAN and surname is not None and surname.word,
        tagged=clues.is_tagged(start, end),
        foreign=(tag == "nrt" and origin is NameOrigin.HAN)
        or (bool(before) and is_foreign_office(text, start - len(before))),
        before=before,
        behind=behind,
        opens=clues.opens(start),
        parted=clues.opens(start) or not clues.is_odd_character_before(start),
        closes=clues.closes(end),
        in_list=text[start - 1 : start] == _LIST_MARK or text[end : end + 1] == _LIST_MARK,
        cut_short=not behind and clues.is_odd_character_at(end),
        new=tag is None,
        is_part_of_longer=longer > end,
    )
