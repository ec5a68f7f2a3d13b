"""Text with inline codes: what XLIFF calls `g`, `x`, `bpt`, `ept` and `ph`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

CodeKind = Literal["open", "close", "point"]


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

    def __bool__(self) -> bool:
        return bool(self.text)

    def spans(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The text cut at its codes: each stretch with the ctypes open over it."""
        cuts = sorted({0, len(self.text), *(code.position for code in self.codes)})
        stretches = []
        for start, end in itertools.pairwise(cuts):
            stretches.append((self.text[start:end], frozenset(self._open_at(start))))
        return tuple(stretches)

    def _open_at(self, position: int) -> list[str]:
        open_codes: dict[str, str] = {}
        for code in self.codes:
            if code.position > position:
                break
            if code.kind == "open":
                open_codes[code.id] = code.ctype
            elif code.kind == "close":
                open_codes.pop(code.id, None)
        return list(open_codes.values())
