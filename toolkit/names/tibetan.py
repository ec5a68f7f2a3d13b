"""Chinese transcriptions of Tibetan names, back to their Tibetan spelling and usual romanisation."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from toolkit.chinese import fold
from toolkit.names.tables import tibetan_parts

_TSHEG = "\u0f0b"
_MOST_RENDERINGS = 24
_LONGEST_PART = 4
_MOST_PARTS = 4
_DOTS = frozenset("·•・‧")


def tibetan_name(name: str) -> tuple[str, str] | None:
    """The Tibetan spelling and the romanisation of `name`, or None where a part is not in the table.

    索南丹增 → ("བསོད་ནམས་བསྟན་འཛིན", "Sonam Tenzin").  The likeliest of several spellings; the bearer knows.
    """
    renderings = all_spellings(name)
    return (renderings[0][0], renderings[1][0]) if renderings else None


@functools.lru_cache(maxsize=4096)
def all_spellings(name: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Tibetan spellings, romanisations and pinyin of `name`, the likeliest first; None where a part is unknown."""
    parts = parts_of(fold(name))
    if parts is None:
        return None
    known = [tibetan_parts()[part] for part in parts]
    tibetan, english = [], []
    for choice in itertools.product(*(part.spellings for part in known)):
        tibetan.append(_TSHEG.join(spelling for spelling, _ in choice))
        english += [" ".join(romanised) for romanised in itertools.product(*(forms for _, forms in choice))]
    return _first(tibetan), _first(english), _first(list(_in_pinyin(parts)))


def _first(forms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))[:_MOST_RENDERINGS]


def parts_of(name: str) -> tuple[str, ...] | None:
    """`name` (Simplified) cut into parts of the table, or None where it does not come out even."""
    for dot in _DOTS:
        name = name.replace(dot, "")
    ends = [parts for end, parts in _runs(name, 0) if end == len(name)]
    return min(ends, key=len) if ends else None


def runs_at(text: str, start: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every run of parts that begins at `start` of `text` (Simplified), as (end, parts); the longest first."""
    return tuple(sorted(_runs(text, start), key=lambda run: (-run[0], len(run[1]))))


def _runs(text: str, start: int, before: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    for length in range(_LONGEST_PART, 0, -1):
        part = text[start : start + length]
        known = tibetan_parts().get(part) if len(part) == length else None
        if known is None or (known.last and not before):
            continue
        parts = (*before, part)
        end = start + length
        yield end, parts
        if not known.last and len(parts) < _MOST_PARTS:
            yield from _runs(text, end + 1 if text[end : end + 1] in _DOTS else end, parts)


def _in_pinyin(parts: tuple[str, ...]) -> Iterator[str]:
    from pypinyin import lazy_pinyin

    syllables = [lazy_pinyin(part) for part in parts]
    words = ["".join(part).capitalize() for part in syllables]
    yield " ".join(words)  # Suonan Danzeng
    yield "".join([words[0], *(word.lower() for word in words[1:])])  # Suonandanzeng
