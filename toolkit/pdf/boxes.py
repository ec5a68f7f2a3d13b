"""Styled text as a row of boxes: the pieces that a line is made of."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.bulletin.model import Mark, Run
from toolkit.bulletin.theme import TextStyle
from toolkit.languages import Language
from toolkit.pdf.itemize import FaceRun, Itemizer
from toolkit.pdf.linebreak import break_opportunities, line_classes
from toolkit.pdf.shaping import RECORD, UNITS, Face, ShapedRun, ShapedText, face_of
from toolkit.pdf.spacing import KIND_OF, MARKS, blanks, gap_between, outside

_CUTS = re.compile(f" +|[{re.escape(''.join(sorted(MARKS)))}]")
"""What is a box of its own even where no line may end: spaces and full-width marks."""

_RAISED_SIZE, _RISE = 0.62, 0.36  # em of the text around a superscript
_GUEST_SIZE = 0.88  # of a Tibetan word in a column of another script, whose lines stand closer than its stacks are high
_GUEST_LEADING = 1.9  # em of leading from which Tibetan has room for its full size
_BOXES_LIMIT = 6_000  # a report of twenty pages has five thousand


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run is drawn.  `color` as RRGGBB; `dotted` sets a dot under each ideograph; `link` is an address."""

    color: str
    language: Language
    mark: Mark
    dotted: bool = False
    link: str = ""


class Setting(NamedTuple):
    """How the boxes of a run are set: `size` and `rise` in pt.  Boxes set alike share one object."""

    face: Face
    ink: Ink
    size: float
    rise: float


class Box(NamedTuple):
    """A piece of text that is never cut: a word, a syllable with its tsheg, an ideograph, or the space between.

    Lengths in pt.  `size` is the font size with the face's ratio in it.  `kern` is added after the box
    unless the line ends there; `give` is what a tight line may take from the white after it, and `stretch` the box's
    share in justification.  `trim_start` and `trim_end` are what stands outside the column where a line starts or
    ends: the empty halves of full-width punctuation, the better part of a point or a hyphen.  `rise` lifts the box
    over the baseline.
    """

    shaped: ShapedText
    size: float
    width: float
    ink: Ink
    kern: float = 0.0
    trim_start: float = 0.0
    trim_end: float = 0.0
    stretch: int = 0
    breakable: bool = False
    space: bool = False
    give: float = 0.0
    rise: float = 0.0
    setting: Setting | None = None


def boxes_of(runs: Sequence[Run], style: TextStyle, itemizer: Itemizer, accent: str) -> list[Box]:
    """The boxes of a paragraph made of `runs`, in order.

    `accent` (RRGGBB) is the colour of ornaments, of links, and of Latin emphasis where there is no italic face.
    """
    texts = [itemizer.printable(run.text) for run in runs]
    whole = "".join(texts)
    classes = [value for run, text in zip(runs, texts, strict=True) for value in line_classes(text, run.language)]
    breaks = set(break_opportunities(whole, classes))
    if "CM" in classes:  # a mark without a base, as after a stray space, does not begin a line
        breaks = {place for place in breaks if place == len(whole) or classes[place] != "CM"}
    cuts = breaks.copy()
    for match in _CUTS.finditer(whole):
        cuts.add(match.start())
        cuts.add(match.end())
    places = sorted(cuts)
    boxes: list[Box] = []
    offset = 0
    for run, text in zip(runs, texts, strict=True):
        for face_run in _face_runs(run, text, style, itemizer):
            setting = _setting(run, face_run, style, accent, itemizer.has_italic)
            shaped = setting.face.run(text[face_run.start : face_run.end], run.language)
            boxes += _boxes(shaped, setting, whole, offset + face_run.start, places, breaks)
        offset += len(text)
    return boxes


def box_of(text: str, pattern: Box, *, breakable: bool) -> Box:
    """A box for `text` in the face, size and ink of `pattern`."""
    return box_from(pattern.shaped.face.shape(text, pattern.ink.language), pattern, breakable=breakable)


def box_from(shaped: ShapedText, pattern: Box, *, breakable: bool) -> Box:
    """A box for `shaped` in the size and ink of `pattern`, with nothing after it."""
    start, end = outside(shaped)
    return Box(
        shaped=shaped,
        size=pattern.size,
        width=shaped.advance * pattern.size / UNITS,
        ink=pattern.ink,
        trim_start=start * pattern.size,
        trim_end=end * pattern.size,
        breakable=breakable,
        rise=pattern.rise,
        setting=pattern.setting,
    )


def _face_runs(run: Run, text: str, style: TextStyle, itemizer: Itemizer) -> Iterator[FaceRun]:
    bold = style.bold or run.bold
    if not run.emphasis:
        yield from itemizer.runs(text, run.language, bold=bold)
        return
    for face_run in itemizer.runs(text, run.language, bold=bold, italic=True):
        if face_run.script == "tibetan" and not bold:  # Tibetan has no slanted hand: emphasis is weight
            part = text[face_run.start : face_run.end]
            for heavy in itemizer.runs(part, run.language, bold=True):
                yield FaceRun(face_run.start + heavy.start, face_run.start + heavy.end, heavy.file, heavy.script)
        else:
            yield face_run


def _setting(run: Run, face_run: FaceRun, style: TextStyle, accent: str, has_italic: bool) -> Setting:
    size = style.size * face_run.file.ratio
    script = face_run.script
    if script == "tibetan" and style.leading < _GUEST_LEADING * style.size:
        size *= _GUEST_SIZE
    accented = run.mark is Mark.ORNAMENT or bool(run.link) or (run.emphasis and script == "latin" and not has_italic)
    return _setting_of(
        face_of(face_run.file),
        accent if accented else style.color,
        run.language,
        run.mark,
        run.emphasis and script == "han",
        run.link,
        round(size * _RAISED_SIZE, 4) if run.raised else size,
        round(style.size * _RISE, 4) if run.raised else 0.0,
    )


@functools.lru_cache(maxsize=1024)
def _setting_of(
    face: Face, color: str, language: Language, mark: Mark, dotted: bool, link: str, size: float, rise: float
) -> Setting:
    return Setting(face, Ink(color, language, mark, dotted, link), size, rise)


_BoxKey = tuple[str, bytes, str, bool, str]
_made: dict[Setting, dict[_BoxKey, Box]] = {}


def _known_boxes(setting: Setting) -> dict[_BoxKey, Box]:
    """The boxes made so far in a setting; all are forgotten when they are many."""
    if sum(map(len, _made.values())) > _BOXES_LIMIT:
        _made.clear()
    return _made.setdefault(setting, {})


def _boxes(
    run: ShapedRun, setting: Setting, whole: str, begin: int, places: Sequence[int], breaks: set[int]
) -> list[Box]:
    """The boxes of a shaped run, which begins at `begin` in the `whole` paragraph; lines may end at `breaks`."""
    text, starts, form = run.text, run.starts, run.form.tobytes()
    record = RECORD * run.form.itemsize
    known = _known_boxes(setting)
    end = len(text)
    boxes: list[Box] = []
    start = first = 0
    for place in _between(places, begin, begin + end):
        index = place - begin
        last = starts[index] * record
        if last < 0:  # inside a ligature
            continue
        word = text[start:index]
        following = whole[place : place + 1]
        kind = KIND_OF[following] if following else ""
        if kind in _EXACT:
            kind = following
        elsewhere = index == end  # another face sets what follows
        before = whole[place - 2 : place - 1] if word == " " and place > 1 else ""
        key = (
            word,
            form[first:last],
            "/" + kind if elsewhere and kind else kind,
            place in breaks,
            KIND_OF[before] if before else "",
        )
        box = known.get(key)
        if box is None:
            shaped = run.cut(start, index)
            box = known[key] = _box(setting, shaped, following, place in breaks, before, same_face=not elsewhere)
        boxes.append(box)
        start, first = index, last
    return boxes


_EXACT = frozenset("ocx")
"""Kinds of following characters that must be known exactly: a mark, or a sign of whatever width."""


def _between(places: Sequence[int], begin: int, end: int) -> list[int]:
    found = list(places[bisect_right(places, begin) : bisect_left(places, end)])
    found.append(end)
    return found


def _box(setting: Setting, shaped: ShapedText, following: str, breakable: bool, before: str, *, same_face: bool) -> Box:
    size = setting.size
    start, end = outside(shaped)
    kern = give = 0.0
    stretch = 0
    if following:
        blank = 0.0
        if same_face and following in MARKS:
            blank = blanks(setting.face.shape(following, setting.ink.language))[0]
        kern, give, stretch = gap_between(shaped, following, blank, breakable=breakable, before=before)
    return Box(
        shaped=shaped,
        size=size,
        width=shaped.advance * size / UNITS,
        ink=setting.ink,
        kern=kern * size,
        trim_start=start * size,
        trim_end=end * size,
        stretch=stretch,
        breakable=breakable,
        space=shaped.text[0] == " ",
        give=give * size,
        rise=setting.rise,
        setting=setting,
    )
