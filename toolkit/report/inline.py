"""Text with inline codes: what XLIFF calls `g`, `x`, `bpt`, `ept` and `ph`."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

CodeKind = Literal["open", "close", "point"]
StyledRun = tuple[str, frozenset[str]]
"""A stretch of text and the ctypes (`bold`, `italic`) that hold over all of it."""


@dataclass(frozen=True)
class Code:
    """One inline code.  It stands before character `position` of the text it belongs to.

    `id` pairs an open code with its close; `ctype` is XLIFF's name for what it does (`bold`, `italic`, `link`,
    `x-…`); `element` is the XLIFF element it came in, and `data` the native code inside it: so it goes out the
    way it came.
    """

    position: int
    id: str
    kind: CodeKind
    ctype: str = ""
    element: str = ""
    data: str = ""


@dataclass(frozen=True)
class InlineText:
    """Plain `text`, and the codes that stand in it, in order.  Matching and measuring see only `text`."""

    text: str
    codes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= code.position <= len(self.text) for code in self.codes):
            raise ValueError(f"a code stands outside its text: {self!r}")

    @property
    def pairs_nest(self) -> bool:
        """Whether pairs stand inside one another and none across another's border, as XML elements must."""
        stack: list[str] = []
        for code in self.codes:
            if code.element not in ("g", "") or code.kind == "point":
                continue
            if code.kind == "open":
                stack.append(code.id)
            elif not stack or stack.pop() != code.id:
                return False
        return not stack

    def __bool__(self) -> bool:
        return bool(self.text)

    def spans(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The text cut at its codes: each stretch with the ctypes open over it."""
        cuts = sorted({0, len(self.text), *(code.position for code in self.codes)})
        stretches = []
        is_open: dict[str, str] = {}
        index = 0
        for start, end in itertools.pairwise(cuts):
            while index < len(self.codes) and self.codes[index].position <= start:
                code = self.codes[index]
                if code.kind == "open":
                    is_open[code.id] = code.ctype
                elif code.kind == "close":
                    is_open.pop(code.id, None)
                index += 1
            stretches.append((self.text[start:end], frozenset(is_open.values())))
        return tuple(stretches)

    def cut(self, start: int, end: int) -> InlineText:
        """Characters `start` to `end` (0 ≤ start ≤ end ≤ length); a pair of codes that a cut goes through is kept on
        both sides of it."""
        return self.pieces((start, end, len(self.text)))[1]

    def pieces(self, ends: Sequence[int]) -> tuple[InlineText, ...]:
        """The text cut at `ends`, which rise; the last is the length of the text."""
        pieces: list[InlineText] = []
        is_open: dict[str, Code] = {}
        start = index = 0
        for end in ends:
            kept = [replace(code, position=0) for code in is_open.values()]
            while index < len(self.codes) and self.codes[index].position <= end:
                code = self.codes[index]
                if code.position == end < len(self.text) and code.kind != "close":
                    break  # it belongs to what follows
                kept.append(replace(code, position=code.position - start))
                if code.kind == "open":
                    is_open[code.id] = code
                elif code.kind == "close":
                    is_open.pop(code.id, None)
                index += 1
            still = reversed(is_open.values())
            kept += [Code(end - start, code.id, "close", code.ctype, code.element) for code in still]
            pieces.append(InlineText(self.text[start:end], _without_empty_pairs(kept)))
            start = end
        return tuple(pieces)

    def stripped(self) -> InlineText:
        """The text without white space around it."""
        text = self.text.strip()
        start = len(self.text) - len(self.text.lstrip())
        return self if text == self.text else self.cut(start, start + len(text)) if text else InlineText("")

    def renumbered(self) -> InlineText:
        """The same with ids 1, 2 … in order of appearance, so that they depend on this text alone."""
        ids: dict[str, str] = {}
        codes = [replace(code, id=ids.setdefault(code.id, str(len(ids) + 1))) for code in self.codes]
        return replace(self, codes=tuple(codes))

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> InlineText:
        """The text with each (start, end, replacement) made; edits are in order and do not overlap.

        Codes inside a replaced stretch move to its end; what is put in at the border of a pair stands outside it.
        A pair that is left with nothing inside goes.
        """
        pieces: list[str] = []
        done = 0
        for start, end, replacement in edits:
            pieces += (self.text[done:start], replacement)
            done = end
        pieces.append(self.text[done:])
        moved = _moved(self.codes, edits)
        return InlineText("".join(pieces), _without_empty_pairs(sorted(moved, key=lambda code: code.position)))

    def replaced(self, find: str, replacement: str) -> InlineText:
        """The text with every `find` replaced; only what differs between the two is touched."""
        head = _shared_beginning(find, replacement)
        most = min(len(find), len(replacement)) - head
        tail = min(_shared_beginning(find[::-1], replacement[::-1]), most)
        new = replacement[head : len(replacement) - tail]
        places = re.finditer(re.escape(find), self.text)
        return self.edited([(place.start() + head, place.end() - tail, new) for place in places])


def _shared_beginning(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def _moved(codes: Iterable[Code], edits: Sequence[tuple[int, int, str]]) -> Iterator[Code]:
    """The codes where they stand after the edits."""
    starts = [start for start, _, _ in edits]
    shifts = list(itertools.accumulate((len(new) - (end - start) for start, end, new in edits), initial=0))
    for code in codes:
        before = bisect.bisect_right(starts, code.position)  # edits that start at or before the code
        if before:
            start, end, new = edits[before - 1]
            if start == code.position and (start < end or code.kind != "open"):
                before -= 1
            elif code.position < end:
                yield replace(code, position=start + shifts[before - 1] + len(new))
                continue
        yield replace(code, position=code.position + shifts[before])


def _without_empty_pairs(codes: Iterable[Code]) -> tuple[Code, ...]:
    codes = tuple(codes)
    ends = {code.id: code.position for code in codes if code.kind == "close"}
    empty = {code.id for code in codes if code.kind == "open" and ends.get(code.id, -1) == code.position}
    return tuple(code for code in codes if code.kind == "point" or code.id not in empty)


def inline_of(runs: Iterable[StyledRun]) -> InlineText:
    """One text of many runs: neighbours of one style share a pair of codes, and pairs nest."""
    text: list[str] = []
    codes: list[Code] = []
    is_open: list[tuple[str, str]] = []  # ctype, id
    length = count = 0
    for piece, styles in runs:
        if not piece:
            continue
        while any(ctype not in styles for ctype, _ in is_open):
            ctype, code_id = is_open.pop()
            codes.append(Code(length, code_id, "close", ctype))
        for ctype in sorted(styles - {ctype for ctype, _ in is_open}):
            count += 1
            codes.append(Code(length, str(count), "open", ctype))
            is_open.append((ctype, str(count)))
        text.append(piece)
        length += len(piece)
    codes += [Code(length, code_id, "close", ctype) for ctype, code_id in reversed(is_open)]
    return InlineText("".join(text), tuple(codes))
