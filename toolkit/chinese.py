"""Chinese text: one script for matching, and where words begin and end."""

from __future__ import annotations

import functools

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_TOO_LONG_A_CACHE = 1 << 16


def fold(text: str) -> str:
    """`text` in Simplified characters and half-width ASCII, for matching only.

    Character by character, so the result is as long as `text` and offsets hold for both.  Which simplified
    character stands for a traditional one comes from OpenCC's t2s tables; where a word decides (乾坤, 著作) the
    more frequent one is taken, which is harmless as long as both sides of a comparison are folded.
    """
    if text.isascii():
        return text
    return text.translate(_FullFold.table())


class _FullFold(dict[int, int | str]):
    """A translation table that asks OpenCC about a character the first time it is met."""

    def __missing__(self, code: int) -> int | str:
        if code in _FULL_WIDTH:
            folded: int | str = _FULL_WIDTH[code]
        elif code < 0x3400:
            folded = code
        else:
            simple = _converter().convert(chr(code))
            folded = simple if len(simple) == 1 else code
        if len(self) < _TOO_LONG_A_CACHE:
            self[code] = folded
        return folded

    @staticmethod
    @functools.cache
    def table() -> _FullFold:
        """The one table of this process."""
        return _FullFold()


@functools.cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


def words(text: str) -> tuple[str, ...]:
    """`text` (Simplified) cut into words by jieba's dictionary; joined they give `text` again.

    New words are not guessed (no HMM): a name of three characters comes out as three words, which makes no border
    inside a known word.
    """
    import rjieba

    return tuple(rjieba.cut(text, False))
