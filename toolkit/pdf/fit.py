"""Line ends chosen for the whole paragraph at once, after Knuth and Plass, "Breaking Paragraphs into Lines" (1981).

A first-fit line may leave the next one loose.  Here every possible line has a price that grows with the
cube of its looseness and with the square of how unlike the line before it is, and the cheapest way through the
paragraph wins.  A word is divided only at a price, and only words across a possible line end are looked at: the work
grows with the text, not with its square.  Of the ways to a line end only the cheapest is remembered, where Knuth and
Plass remember one for each class of looseness: what a later line thinks of the one before comes too late for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf, nan
from typing import NamedTuple

from toolkit.pdf.boxes import Box
from toolkit.pdf.hyphenation import Division

_TORN = 50.0  # price of a line too loose to be justified
_EMPTY = 1500.0  # times the square of the share of the line that then stays empty
_EMPTIEST = 0.2  # share of a line that stays empty only where nothing else is possible
_RAGGED = 10.0  # times the square of the empty share, for text that is not justified
_DIVIDED = 2.5  # price of a hyphen
_DIVIDED_NAME = 5.0  # more, for a name
_DIVIDED_EARLY = 13.0  # more, where two letters stand before the hyphen
_DIVIDED_LATE = 7.0  # more, where three letters stand after it
_DIVIDED_AGAIN = (0.0, 9.0, 400.0)  # more, for a hyphen under one, two and more others
_GOOD = 0.15  # price of a line that no hyphen would make better
_SHORTEST_DIVIDED = 5  # letters
_ENOUGH_LETTERS, _ENOUGH_LEFT = 3, 4  # before and after a hyphen
_ALIKE = 1.0  # by how much the white of lines beside each other may differ, in units of `Room.easy`
_UNLIKE = 2.0  # times the square of what it differs more
_TOLERANCE = 0.01  # pt
_PRICE = 3  # its place in what is known of a place

Divide = Callable[[Box], Sequence[Division]]


@dataclass(frozen=True, slots=True)
class Room:
    """What lines may be.  `first` and `others` are widths in pt.

    A unit of `Box.stretch` may grow by `most` pt, and does so unseen up to `easy`; a glyph may move away from the next
    by `tracking` pt when that is not enough, and in a tight line comes `nearer` by up to so many pt.  A line that gives
    all it can costs `tightest`, a last line shorter than `short` pt up to `crumb`, and `lone` more when it is one
    ideograph, syllable or word.  Lines that are not `justified` end where they end.
    """

    first: float
    others: float
    easy: float
    most: float
    tracking: float = 0.0
    nearer: float = 0.0
    tightest: float = 3.0
    short: float = 0.0
    crumb: float = 0.0
    lone: float = 0.0
    justified: bool = True


class Span(NamedTuple):
    """A line: the boxes from `start` to before `end`.

    `rest` is the second part of a divided word and stands for the first box, `divided` the first part after the last.
    """

    start: int
    end: int
    rest: Box | None = None
    divided: Box | None = None


def total_fit(boxes: Sequence[Box], room: Room, divide: Divide | None = None) -> list[Span] | None:
    """The lines of a paragraph; None when no line ends keep every line in its room.

    `divide` gives the ways to divide a word; without it words stay whole.
    """
    lines = _Fit(boxes, room, divide, _EMPTIEST).lines()
    return _Fit(boxes, room, divide, 1.0).lines() if lines is None and room.justified else lines


_Way = tuple[float, int, float]
"""How a line end is reached: the price of all lines up to it, where the last of them begins, and its white.

The white is by how much it grew, in units of `Room.easy`, or, negative, which share of what it gives it gave; `nan`
where nobody sees it: in a last line, or one that is not justified.
"""


class _Fit:
    """One paragraph.

    Places where a line may end are numbered in the order of the text; what is known of them stands in lists.  A place
    is after the boxes before its end, or inside the box at its end.  No line but the last leaves more than the share
    `emptiest` of its room empty: nothing is remembered of a place that only such lines reach.
    """

    def __init__(self, boxes: Sequence[Box], room: Room, divide: Divide | None, emptiest: float) -> None:
        self._boxes = boxes
        self._room = room
        self._divide = divide
        self._emptiest = emptiest
        self._advances = [0.0, *accumulate([box.width + box.kern for box in boxes])]
        self._stretches = [0, *accumulate([box.stretch for box in boxes])]
        glyphs = [len(box.shaped.glyphs) for box in boxes] if room.tracking or room.nearer else []
        self._glyphs = [0, *accumulate(glyphs)]
        gives = [box.give for box in boxes]
        if room.nearer:
            gives = [give + room.nearer * count for give, count in zip(gives, glyphs, strict=True)]
        self._gives = [0.0, *accumulate(gives)]
        self._ends: list[int] = []
        self._followings: list[int] = []  # the box with which the next line begins
        self._origins: list[int] = []  # the place where the line began
        self._begun: list[tuple[float, int, float, float, float]] = []
        """Advance, stretch and give up to where the next line begins; the price of all lines up to the place, and the
        white of the last of them."""
        self._divisions: dict[int, Division] = {}
        self._hyphens: dict[int, int] = {}  # lines in a row up to the place that end in a hyphen
        self._oldest = 0  # the first place from which a line still fits
        self._is_done = False
        self._line_price = 0.0  # of the cheapest line to the place found last

    def lines(self) -> list[Span] | None:
        """The cheapest lines."""
        boxes, divide = self._boxes, self._divide
        stop = len(boxes)
        while stop and boxes[stop - 1].space:
            stop -= 1
        if not stop:
            return []
        last_break = stop - 2
        while last_break >= 0 and not boxes[last_break].breakable:
            last_break -= 1
        start = 0
        while boxes[start].space:
            start += 1
        self._begin(start, start, (0.0, -1, nan), trim=self._room.first == self._room.others)
        for index in range(start, stop):
            box = boxes[index]
            may_divide = index <= last_break or box.width > self._room.others
            if divide is not None and may_divide and len(box.shaped.text) >= _SHORTEST_DIVIDED:
                self._divide_word(index, divide)
            if box.breakable or index == stop - 1:
                following = index + 1
                while following < stop and boxes[following].space:
                    following += 1
                self._end_line(index if box.space else index + 1, following, is_last=following >= stop)
                if self._oldest == len(self._begun):
                    return None
        return self._trace() if self._is_done else None

    def _begin(self, end: int, following: int, came: _Way, *, trim: bool = True) -> None:
        """Remember a place, from which the next line may begin."""
        advance = self._advances[following]
        if trim:
            advance += self._boxes[following].trim_start
        self._remember(end, following, came, advance)

    def _remember(self, end: int, following: int, came: _Way, advance: float) -> None:
        price, origin, white = came
        self._begun.append((advance, self._stretches[following], self._gives[following], price, white))
        self._ends.append(end)
        self._followings.append(following)
        self._origins.append(origin)

    def _end_line(self, end: int, following: int, *, is_last: bool) -> None:
        """Add the place after the box before `end`, if a line reaches it."""
        last = self._boxes[end - 1]
        came = self._cheapest(self._advances[end] - last.kern - last.trim_end, end, None, is_last=is_last)
        if came is None:
            self._line_price = inf
            return
        price, origin, _ = came
        self._line_price = price - self._begun[origin][_PRICE]
        self._begin(end, end - 1 if is_last else following, came)
        self._is_done = is_last

    def _divide_word(self, index: int, divide: Divide) -> None:
        """Add the places inside the word at `index`, if it stands across the end of a line that could be better."""
        word, begins = self._boxes[index], self._advances[index]
        limit = self._room.others if self._oldest else self._room.first
        if begins + word.width - word.trim_end - self._begun[self._oldest][0] <= limit:
            return
        if self._line_price < _GOOD and word.width <= limit:
            return
        for division in divide(word):
            came = self._cheapest(begins + division.head_width, index + 1, division)
            if came is None:
                return
            place = len(self._ends)
            self._divisions[place] = division
            self._hyphens[place] = self._hyphens.get(came[1], 0) + 1
            self._remember(index, index, came, begins + word.width - division.tail_width)

    def _cheapest(self, width: float, end: int, division: Division | None, *, is_last: bool = False) -> _Way | None:
        """The cheapest way to the end of a line at `width`; None when no line is short enough.

        The line's last box is the one before `end`.
        """
        room, begun = self._room, self._begun
        stretch, give = self._stretches[end - 1], self._gives[end - 1]
        justified, easy, most = room.justified, room.easy, room.most
        best, chosen, chosen_white = 0.0, -1, nan
        for number in range(self._oldest, len(begun)):
            began, stretched, given, price_before, white_before = begun[number]
            limit = room.others if number else room.first
            slack = limit - width + began
            if slack < 0:
                given = give - given if justified else 0.0
                if slack < -given - _TOLERANCE:
                    if division is None:
                        self._oldest = number + 1
                    continue
                white = slack / given if given > 0 else 0.0
                price = -room.tightest * white**3
            elif is_last:
                price, white = 0.0, nan
            elif not justified:
                price, white = _RAGGED * (slack / limit) ** 2, nan
            else:
                units = stretch - stretched
                if slack <= most * units or slack <= most * units + self._tracked(number, end):
                    white = slack / (units * easy) if units else 0.0
                    price = white**3
                else:
                    empty = slack / limit
                    if empty > self._emptiest or (chosen >= 0 and best < price_before + _TORN):
                        break  # lines that begin later are looser still
                    price, white = _TORN + _EMPTY * empty**2, nan
            if is_last and number and limit - slack < room.short:
                price += room.crumb * (1 - (limit - slack) / room.short)
                if stretch == stretched:
                    price += room.lone
            elif division is not None:
                if number in self._divisions and self._followings[number] == end - 1:
                    continue  # the same word again
                price += self._divided(number, division)
            price += price_before
            unlike = white - white_before
            if unlike > _ALIKE:
                price += _UNLIKE * (unlike - _ALIKE) ** 2
            elif unlike < -_ALIKE:
                price += _UNLIKE * (unlike + _ALIKE) ** 2
            if chosen < 0 or price < best:
                best, chosen, chosen_white = price, number, white
        return (best, chosen, chosen_white) if chosen >= 0 else None

    def _tracked(self, place: int, end: int) -> float:
        """How much wider a line that begins at `place` may become by moving its glyphs apart."""
        if not self._room.tracking:
            return _TOLERANCE
        return self._room.tracking * (self._glyphs[end] - self._glyphs[self._followings[place]] - 1)

    def _divided(self, place: int, division: Division) -> float:
        """What dividing a word costs at the end of a line that begins at `place`."""
        again = _DIVIDED_AGAIN[min(self._hyphens.get(place, 0), 2)]
        early = _DIVIDED_EARLY if division.letters < _ENOUGH_LETTERS else 0.0
        late = _DIVIDED_LATE if division.left < _ENOUGH_LEFT else 0.0
        return _DIVIDED + again + early + late + (_DIVIDED_NAME if division.of_name else 0.0)

    def _trace(self) -> list[Span]:
        spans: list[Span] = []
        place = len(self._ends) - 1
        while place > 0:
            origin = self._origins[place]
            begun, ended = self._divisions.get(origin), self._divisions.get(place)
            rest = begun.tail if begun else None
            divided = ended.head if ended else None
            spans.append(Span(self._followings[origin], self._ends[place], rest, divided))
            place = origin
        return spans[::-1]
