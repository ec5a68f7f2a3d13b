"""From a block's text to its segments: sentences, with ids that survive edits elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.files import sha256
from toolkit.report.model import Role

_END = re.compile(r"(?:[。！？…]|[!?](?![A-Za-z0-9=/&]))+[”’」』）》〉】]*")
_DATELINE = re.compile(r"^[^，。：；]{2,24}?讯（[^）]{2,24}?）")  # 中国甘肃在线甘南讯（赵小春报道）
_DASH = "——"
_ID_LENGTH = 10  # hex digits: two of 100,000 sentences collide with p < 0.005


def split_sentences(text: str, role: Role) -> tuple[str, ...]:
    """The sentences of a block, in order; joined they give `text` again.

    A list of officials present stays whole.  A kicker is cut after its dash, a dateline stands alone.
    """
    if role is Role.PROTOCOL:
        return (text,)
    if role in (Role.KICKER, Role.TITLE) and _DASH in text:
        head, _, tail = text.partition(_DASH)
        return (head + _DASH, tail) if tail else (text,)
    pieces = []
    start = 0
    if role is Role.PARAGRAPH and (dateline := _DATELINE.match(text)):
        start = dateline.end()
        pieces.append(dateline.group())
    for end in (match.end() for match in _END.finditer(text, start)):
        if _is_ellipsis_inside(text, start, end) or _inside_brackets(text[start:end]):
            continue
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return tuple(pieces)


def _is_ellipsis_inside(text: str, start: int, end: int) -> bool:
    """An ellipsis ends a sentence only where nothing but a new paragraph follows."""
    return text[start:end].rstrip("”’」』）》〉】").endswith("…") and end < len(text)


def _inside_brackets(piece: str) -> bool:
    return piece.count("（") > piece.count("）") or piece.count("《") > piece.count("》")


class SegmentIds:
    """Gives each sentence its id: a hash of its text, and -2, -3 … where the same text comes again."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def next_for(self, text: str) -> str:
        """The id for the next occurrence of `text` in this report."""
        digest = sha256(text.encode("utf-8"))[:_ID_LENGTH]
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"s{digest}" if count == 1 else f"s{digest}-{count}"

    def over(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The ids of several sentences in order."""
        return tuple(self.next_for(text) for text in texts)
