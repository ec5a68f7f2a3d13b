"""Enumerations as lists: which rows are items, where the edition asks for lists.

An enumeration is two items or more: 一是 …, 二是 … inside a paragraph, or neighbouring paragraphs that are numbered in
one way (1. 2. 3.; （一）（二）; ①②).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from toolkit.bulletin.model import ItemPart
from toolkit.bulletin.sentence_rows import ENUMERATOR
from toolkit.report import Block, Role, Segment

_LEAST = 2  # items
_LABELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[(（]?[0-9]{1,2}[)）.．、](?![0-9])",
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
        r"[一二三四五六七八九十]{1,3}、",
        r"[①-⑳]",
    )
)


def item_parts(rows: Sequence[tuple[Segment, ...]]) -> tuple[ItemPart, ...]:
    """For each row of one paragraph what part of a list it is; what stands before the first item is none."""
    begins = [bool(ENUMERATOR.match(row[0].text)) for row in rows]
    if sum(begins) < _LEAST:
        return no_item(rows)
    parts: list[ItemPart] = []
    for begin in begins:
        parts.append("begins" if begin else "continues" if "begins" in parts else "")
    return tuple(parts)


def one_item(rows: Sequence[object]) -> tuple[ItemPart, ...]:
    """The parts of a block that is one item."""
    parts: list[ItemPart] = ["continues" for _ in rows]
    parts[:1] = ["begins"]
    return tuple(parts)


def no_item(rows: Sequence[object]) -> tuple[ItemPart, ...]:
    """The parts of a block that is no item of a list."""
    parts: list[ItemPart] = ["" for _ in rows]
    return tuple(parts)


def numbered_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the paragraphs that are numbered in one way, two or more in a row."""
    found: set[int] = set()
    places = enumerate(blocks)
    for label, group in itertools.groupby(places, key=lambda place: _label_of(place[1])):
        members = [index for index, _ in group]
        if label is not None and len(members) >= _LEAST:
            found.update(members)
    return frozenset(found)


def _label_of(block: Block) -> int | None:
    """Which kind of number a paragraph begins with."""
    if block.role not in (Role.PARAGRAPH, Role.ITEM):
        return None
    return next((kind for kind, pattern in enumerate(_LABELS) if pattern.match(block.text)), None)
