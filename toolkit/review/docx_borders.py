"""Where one sentence ends and the next begins in a cell that a person has edited.

Evidence is taken in this order; what none of it decides stays open:

1. the bookmark around the space between two sentences, or theirs with nothing but white space between;
2. the character style of that space: what is typed takes the style of the character before it, so words before the
   space were put at the end of a sentence, and words in it before the next one;
3. the texts the file was made with: words beside a border that are still the same;
4. where words on both sides changed: one mark of a sentence's end, in the old words and in the new ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from toolkit import tibetan
from toolkit.docx.runs import BETWEEN_STYLE
from toolkit.languages import SOURCE
from toolkit.review.diff import tokens
from toolkit.review.docx_record import Made
from toolkit.review.docx_saved import Letter

_BETWEEN = BETWEEN_STYLE.lower()
_ENOUGH = 3  # words in a row that cannot be the same by chance
_SOME = 2  # words in a row over a border
_ENDS = frozenset(".!?…。！？།༎")
_CLOSING = frozenset("”’\"')）】》」』")
_MOST_TOKENS = 4_000  # old and new; a cell of ours has hundreds, and comparing more takes seconds

Span = tuple[int, int]


@dataclass(frozen=True)
class Division:
    """A cell cut up: `shares` are the letters of each text, `open` those of texts whose borders are lost, and
    `between` words that stand between two sentences and belong to neither."""

    shares: tuple[tuple[Made, Span], ...] = ()
    open: tuple[tuple[tuple[Made, ...], Span], ...] = ()
    between: tuple[tuple[Made, Span], ...] = ()


def divide(letters: Sequence[Letter], made: Sequence[Made], marks: Mapping[str, Span]) -> Division:
    """Cut the letters of a cell into the texts `made`, which are in the order they stand there.

    `marks` are the bookmarks that are left, by name.
    """
    cutter = _Cutter(letters, made, marks)
    return cutter.division()


@dataclass(frozen=True)
class _Token:
    """A word or sign of the new text and where it stands; `key` is what is compared."""

    key: str
    start: int
    end: int


class _Cutter:
    """Finds the borders of one cell: where the text before ends and the next begins, None for one that is open."""

    def __init__(self, letters: Sequence[Letter], made: Sequence[Made], marks: Mapping[str, Span]) -> None:
        self._letters = letters
        self._text = "".join(letter.text for letter in letters)
        self._made = made
        self._marks = [self._whole(marks.get(one.mark)) for one in made]
        self._spaces = [marks.get(one.space) for one in made]
        self._borders: list[Span | None] = [None] * max(len(made) - 1, 0)
        self._between: list[tuple[Made, Span]] = []

    def division(self) -> Division:
        self._by_spaces()
        self._by_marks()
        self._by_styles()
        for first, last, span in list(self._stretches()):
            if first != last:
                self._by_words(first, last, span)
        shares: list[tuple[Made, Span]] = []
        undecided: list[tuple[tuple[Made, ...], Span]] = []
        for first, last, span in self._stretches():
            if first == last:
                shares.append((self._made[first], self._trimmed(span)))
            else:
                undecided.append((tuple(self._made[first : last + 1]), self._trimmed(span)))
        return Division(tuple(shares), tuple(undecided), tuple(self._between))

    def _whole(self, mark: Span | None) -> Span | None:
        return mark if mark is not None and self._text[slice(*mark)].strip() else None

    def _trimmed(self, span: Span) -> Span:
        text = self._text[slice(*span)]
        start = span[0] + len(text) - len(text.lstrip())
        return start, max(start, span[0] + len(text.rstrip()))

    def _stretches(self) -> Iterator[tuple[int, int, Span]]:
        """First and last of the texts between two known borders, and the letters they share."""
        start, first = 0, 0
        for index, border in enumerate((*self._borders, (len(self._text), len(self._text)))):
            if border is not None and self._made:
                yield first, index, (start, border[0])
                start, first = border[1], index + 1

    def _by_spaces(self) -> None:
        reached = 0
        for index, space in enumerate(self._spaces[1:]):
            one, other = self._marks[index], self._marks[index + 1]
            is_whole = space is not None and space[0] < space[1] and not self._text[slice(*space)].strip()
            if space is None or not is_whole or space[0] < max(reached, one[1] if one else 0):
                continue
            if other is None or space[1] <= other[0]:
                self._borders[index] = space
                reached = space[1]

    def _by_marks(self) -> None:
        for index, (one, other) in enumerate(itertools.pairwise(self._marks)):
            if self._borders[index] is not None:
                continue
            if one is None or other is None or one[1] > other[0]:
                continue
            gap = self._text[one[1] : other[0]]
            if not gap.strip() and (gap or self._touch(index)):
                self._borders[index] = one[1], other[0]

    def _touch(self, index: int) -> bool:
        """Whether nothing stood between this text and the next: Chinese needs no space."""
        one, other = self._made[index], self._made[index + 1]
        return one.language == SOURCE or (one.is_gap and other.is_gap)

    def _by_styles(self) -> None:
        for first, last in list(self._runs_of_open_borders()):
            start = (self._marks[first] or (0, self._start_of(first)))[1]
            end = (self._marks[last] or (self._end_of(last), 0))[0]
            wanted = last - first
            if start > end or any(self._touch(index) for index in range(first, last)):
                continue
            islands = list(self._islands(start, end))
            if len(islands) == wanted and not any(self._text[slice(*one)].strip() for one in islands):
                self._borders[first:last] = islands
            elif len(islands) == wanted == 1:
                self._by_what_was_typed(first, islands[0])

    def _runs_of_open_borders(self) -> Iterator[tuple[int, int]]:
        """Stretches of texts with open borders, cut where a text still has its bookmark."""
        first = None
        for index, border in enumerate(self._borders):
            if border is not None:
                first = None
                continue
            first = index if first is None else first
            if self._marks[index + 1] is not None or index + 1 == len(self._borders) or self._borders[index + 1]:
                yield first, index + 1
                first = None

    def _start_of(self, index: int) -> int:
        border = self._borders[index - 1] if index else None
        return border[1] if border else 0

    def _end_of(self, index: int) -> int:
        border = self._borders[index] if index < len(self._borders) else None
        return border[0] if border else len(self._text)

    def _islands(self, start: int, end: int) -> Iterator[Span]:
        """Stretches in the style of the space between sentences."""
        position = start
        for styled, group in itertools.groupby(self._letters[start:end], lambda letter: letter.has_style(_BETWEEN)):
            length = len(list(group))
            if styled:
                yield position, position + length
            position += length

    def _by_what_was_typed(self, index: int, island: Span) -> None:
        """Words in that style: typed behind the space, unless the sentence before it has the style too."""
        text = self._text[slice(*island)]
        space = len(text) - len(text.lstrip())
        follows_own_style = island[0] > 0 and self._letters[island[0] - 1].has_style(_BETWEEN)
        if space and not follows_own_style:
            self._borders[index] = island[0], island[0] + space

    def _by_words(self, first: int, last: int, span: Span) -> None:
        made = self._made[first : last + 1]
        if any(one.text is None for one in made):
            return
        words = _Words(made, self._text, span)
        if words.is_too_long:
            return
        reached = span[0]
        for index in range(first, last):
            marked = self._marks[index], self._marks[index + 1]
            found = words.border(index - first, marked)
            if found is None or found[0][0] < reached:
                continue
            border, between = found
            self._borders[index] = border
            reached = border[1]
            if between is not None:
                self._between.append((self._made[index], between))


class _Words:
    """The words of several texts as made, beside those that stand there now; white space is not looked at."""

    def __init__(self, made: Sequence[Made], text: str, span: Span) -> None:
        self._text = text
        self._old: list[str] = []
        self._ends: list[int] = []
        for one in made:
            self._old += (_key(token) for token in tokens(one.shown, one.language) if token.strip())
            self._ends.append(len(self._old))
        self._new = list(_tokens(text, made[0], span))
        self.is_too_long = len(self._old) + len(self._new) > _MOST_TOKENS
        self._place: list[int | None] = [None] * len(self._old)
        if not self.is_too_long:
            matcher = SequenceMatcher(None, self._old, [token.key for token in self._new], autojunk=False)
            for block in matcher.get_matching_blocks():
                for offset in range(block.size):
                    self._place[block.a + offset] = block.b + offset

    def border(self, index: int, marked: tuple[Span | None, Span | None]) -> tuple[Span, Span | None] | None:
        """The border behind text `index`, and words between it and the next; None where nothing decides it."""
        at = self._ends[index]
        left = self._place[at - 1] if at else None
        right = self._place[at] if at < len(self._old) else None
        if left is not None and right is not None:
            return self._between_known(index, at, left, right)
        if right is not None and self._is_sure(index + 1, self._run_after(at), marked[1], self._new[right].start, 0):
            before = next((place for place in reversed(self._place[:at]) if place is not None), -1)
            if self._ends_as_before(self._old[at - 1], before + 1, right):
                return (self._new[right].start, self._new[right].start), None
        if left is not None and self._is_sure(index, self._run_before(at), marked[0], self._new[left].end, 1):
            ceiling = self._ends[index + 1]
            after = next((place for place in self._place[at:ceiling] if place is not None), None)
            last = next((place for place in self._place[ceiling:] if place is not None), len(self._new))
            if self._is_one_sentence(left + 1, last if after is None else after, is_whole=after is None):
                return (self._new[left].end, self._new[left].end), None
        return self._by_sentence_end(index, at)

    def _ends_as_before(self, old: str, start: int, end: int) -> bool:
        """Whether what was typed before a known beginning is the end of the text before it, and no more than that.

        Words behind its last mark of an end, or a second one, may as well belong to the text that follows.
        """
        if start == end:
            return True
        ends = list(_sentence_ends([token.key for token in self._new[start:end]]))
        is_ended = old in _ENDS or old in _CLOSING
        return ends == [end - start] or (not ends and not is_ended)

    def _is_one_sentence(self, start: int, end: int, *, is_whole: bool) -> bool:
        """Whether what was typed behind a known end is the beginning of the text that follows, or all of it."""
        ends = list(_sentence_ends([token.key for token in self._new[start:end]]))
        return not ends or (is_whole and ends == [end - start])

    def _between_known(self, index: int, at: int, left: int, right: int) -> tuple[Span, Span | None] | None:
        before, after = self._run_before(at), self._run_after(at)
        end, start = self._new[left].end, self._new[right].start
        if right == left + 1:
            words = sum(map(_is_word, self._old[at - before : at + after]))
            if words >= _SOME or before == self._length(index) or after == self._length(index + 1):
                return (end, start), None
            return self._by_sentence_end(index, at)
        gap = self._text[end:start]
        if not gap[0].isspace() and gap[-1].isspace():
            return (end + len(gap.rstrip()), start), None
        if gap[0].isspace() and not gap[-1].isspace():
            return (end, end + len(gap) - len(gap.lstrip())), None
        if not gap[0].isspace():
            return None
        return (end, start), (end + len(gap) - len(gap.lstrip()), start - len(gap) + len(gap.rstrip()))

    def _is_sure(self, index: int, run: int, marked: Span | None, place: int, side: int) -> bool:
        """Whether `run` words that are the same beside a border are so by more than chance."""
        at = self._ends[index - 1] if side == 0 else self._ends[index]
        words = self._old[at : at + run] if side == 0 else self._old[at - run : at]
        is_marked = marked is not None and marked[side] == place
        return sum(map(_is_word, words)) >= _ENOUGH or run == self._length(index) or is_marked

    def _length(self, index: int) -> int:
        return self._ends[index] - (self._ends[index - 1] if index else 0)

    def _run_before(self, at: int) -> int:
        """How many words in a row before the border are the same, inside its text."""
        run = 0
        floor = max((end for end in self._ends if end < at), default=0)
        while at - run > floor and self._follows(at - run - 1, at - run if run else None):
            run += 1
        return run

    def _run_after(self, at: int) -> int:
        run = 0
        ceiling = min(end for end in self._ends if end > at)
        while at + run < ceiling and self._follows(at + run - 1 if run else None, at + run):
            run += 1
        return run

    def _follows(self, one: int | None, other: int | None) -> bool:
        places = [self._place[index] for index in (one, other) if index is not None]
        if any(place is None for place in places):
            return False
        return len(places) < 2 or places[1] == (places[0] or 0) + 1

    def _by_sentence_end(self, index: int, at: int) -> tuple[Span, Span | None] | None:
        """Both sides changed: the old words and the new ones have one mark of a sentence's end, there it is."""
        low, high = at, at
        floor, ceiling = self._ends[index] - self._length(index), self._ends[index + 1]
        while low > floor and not self._is_anchor(low - 1):
            low -= 1
        while high < ceiling and not self._is_anchor(high):
            high += 1
        if (low == floor and floor > 0) or (high == ceiling and ceiling < len(self._old)):
            return None  # the change goes on over the next border
        start = (self._place[low - 1] or 0) + 1 if low else 0
        end = self._place[high] if high < len(self._old) else len(self._new)
        if end is None or start > end:
            return None
        old = list(_sentence_ends(self._old[low:high]))
        new = list(_sentence_ends([token.key for token in self._new[start:end]]))
        if len(old) != 1 or len(new) != 1 or low + old[0] != at or start + new[0] >= len(self._new):
            return None
        border = start + new[0]
        return (self._new[border - 1].end, self._new[border].start), None

    def _is_anchor(self, index: int) -> bool:
        """Whether a word is the same, and its neighbour with it: one alone may be so by chance."""
        if self._place[index] is None or not _is_word(self._old[index]):
            return False
        follows = index > 0 and self._follows(index - 1, index)
        return follows or (index + 1 < len(self._old) and self._follows(index, index + 1))


def _tokens(text: str, made: Made, span: Span) -> Iterator[_Token]:
    position = span[0]
    for token in tokens(text[slice(*span)], made.language):
        if token.strip():
            yield _Token(_key(token), position, position + len(token))
        position += len(token)


def _key(token: str) -> str:
    """A token for comparison: a syllable with or without its tsheg is the same."""
    return tibetan.normal(token).rstrip(tibetan.TSHEG) or token


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def _sentence_ends(words: Sequence[str]) -> Iterator[int]:
    """How many of the words stand before each end of a sentence, closing quotes with it."""
    index = 0
    while index < len(words):
        if words[index] in _ENDS:
            while index < len(words) and (words[index] in _ENDS or words[index] in _CLOSING):
                index += 1
            yield index
        else:
            index += 1
