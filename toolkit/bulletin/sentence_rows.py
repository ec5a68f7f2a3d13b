"""How much of a paragraph stands in one row."""

from __future__ import annotations

import re

from toolkit.report import Block, Role, Segment

ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、]|其[一二三四五六七八九十]+[，、])"
)
_FULL = 200  # source characters: near this many make a row
_AT_MOST = 240
_LONG = (Role.PARAGRAPH, Role.PROTOCOL, Role.ITEM, Role.CELL, Role.FOOTNOTE)
"""Roles whose blocks may run to more than one row."""


def sentence_rows(block: Block) -> tuple[tuple[Segment, ...], ...]:
    """The sentences of a block, grouped into rows.

    A row ends before an enumerator (一是, 二是 …), and else near 200 source characters: speeches run to 1,100 in one
    paragraph, and columns of that length cannot be kept level.  Sentences are never cut.
    """
    if block.role not in _LONG:
        return (block.segments,)
    rows: list[list[Segment]] = [[]]
    for segment in block.segments:
        length = sum(len(one.text) for one in rows[-1])
        is_full = length >= _FULL or length + len(segment.text) > _AT_MOST
        if rows[-1] and (is_full or ENUMERATOR.match(segment.text)):
            rows.append([])
        rows[-1].append(segment)
    return tuple(tuple(row) for row in rows)
