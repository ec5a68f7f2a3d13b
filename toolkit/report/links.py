"""Links of a report: which words of a sentence lead where.

They stand beside the text, not in it: a sentence with a link is the same sentence, and its translation as well.  While
a file is read, a link is a style of its words like bold, named by `link_style`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit.report.inline import InlineText, inline_of

SCHEMES = ("http", "https", "mailto")
"""Where a link may lead: a bulletin that is given away opens no file and runs no script."""

_STYLE = "link:"
_BARE = re.compile(
    r"(?:https?://[A-Za-z0-9\[]|mailto:[A-Za-z0-9])[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.IGNORECASE
)
_CLOSING = {")": "(", "]": "["}
_AFTER_A_SENTENCE = ".,;:!?'"
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")


@dataclass(frozen=True)
class Link:
    """Characters `start` to `end` of a text lead to `address`."""

    start: int
    end: int
    address: str


def link_style(address: str | None) -> frozenset[str]:
    """The style of words that lead to `address`; none for a place in the same file."""
    written = (address or "").strip()
    return frozenset({_STYLE + written}) if written and not written.startswith("#") else frozenset()


def address_of(written: str) -> str:
    """An address as it may be printed; empty for one that leads elsewhere than to a page or a mailbox."""
    address = _CONTROLS.sub("", written)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES or not (parts.path.strip("/") if scheme == "mailto" else parts.hostname):
        return ""
    return address


def take_links(inline: InlineText) -> tuple[InlineText, tuple[Link, ...], tuple[str, ...]]:
    """A text without the styles of links; its links; and the addresses that no bulletin leads to."""
    if not any(code.ctype.startswith(_STYLE) for code in inline.codes):
        return inline, (), ()
    links: list[Link] = []
    refused: list[str] = []
    plain = []
    at = 0
    for text, styles in inline.spans():
        own = frozenset(one for one in styles if one.startswith(_STYLE))
        plain.append((text, styles - own))
        for written in sorted(one.removeprefix(_STYLE) for one in own)[:1]:
            address = address_of(written)
            if not address:
                refused.append(written)
            elif links and links[-1].end == at and links[-1].address == address:
                links[-1] = Link(links[-1].start, at + len(text), address)
            elif text:
                links.append(Link(at, at + len(text), address))
        at += len(text)
    return inline_of(plain), tuple(links), tuple(dict.fromkeys(refused))


def links_of_pieces(links: Sequence[Link], ends: Sequence[int]) -> Iterator[tuple[Link, ...]]:
    """The links of a text, in order and apart from each other, as those of its pieces, which end at `ends`."""
    start = first = 0
    for end in ends:
        own = []
        while first < len(links) and links[first].start < end:
            one = links[first]
            own.append(Link(max(one.start, start) - start, min(one.end, end) - start, one.address))
            if one.end > end:  # it goes on in the next piece
                break
            first += 1
        yield tuple(own)
        start = end


def bare_links(text: str) -> Iterator[Link]:
    """The addresses that stand in a text as such: each leads to itself, without what closes the sentence around it."""
    for place in _BARE.finditer(text):
        address = place.group()
        while address[-1] in _AFTER_A_SENTENCE or (
            address[-1] in _CLOSING and address.count(address[-1]) > address.count(_CLOSING[address[-1]])
        ):
            address = address[:-1]
        if address_of(address):
            yield Link(place.start(), place.start() + len(address), address)


def together(links: Sequence[Link], more: Sequence[Link]) -> tuple[Link, ...]:
    """`links`, which do not overlap, and those of `more` that overlap none of them, in the order of the text."""
    kept = sorted(links, key=lambda one: one.start)
    starts = [one.start for one in kept]
    free = []
    for one in more:
        after = bisect.bisect_left(starts, one.end)  # the links before it begin before the end of `one`
        if after == 0 or kept[after - 1].end <= one.start:
            free.append(one)
    return tuple(sorted([*kept, *free], key=lambda one: one.start))
