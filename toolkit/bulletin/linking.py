"""Links of a report on the page: over the words of its own text, and over theirs in a translation.

A translation has no links of its own but those that a person put there.  Words that lead somewhere lead there in a
translation too where they stand in it as they are, or as the glossary renders them; a sentence that is a link from end
to end is one in every language; and an address that stands in a text leads to itself.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.bulletin.model import Run
from toolkit.constraints.constraint import find_rendering
from toolkit.glossary import Glossary
from toolkit.languages import Language
from toolkit.report import Segment
from toolkit.report.links import Link, bare_links, together

_AROUND = "。．.！!？?；;，,、“”‘’\"'（）()《》〈〉 \u3000"
"""What may stand outside of a link that is all of a sentence."""

_INSIDE_A_WORD = re.compile("[A-Za-z0-9]{2}")  # also in Tibetan, whose borders are those of syllables


def source_links(segment: Segment) -> tuple[Link, ...]:
    """The links of a sentence of the report."""
    return together(segment.links, tuple(bare_links(segment.text)))


def target_links(segment: Segment, text: str, language: Language, glossary: Glossary) -> tuple[Link, ...]:
    """The links of the sentence's translation `text`."""
    carried: tuple[Link, ...] = ()
    for link in segment.links:
        carried = together(carried, tuple(_carried(link, segment, text, language, glossary))[:1])
    return together(tuple(bare_links(text)), carried)


def _carried(link: Link, segment: Segment, text: str, language: Language, glossary: Glossary) -> Iterator[Link]:
    if not (segment.text[: link.start] + segment.text[link.end :]).strip(_AROUND):
        yield Link(0, len(text), link.address)
        return
    words = segment.text[link.start : link.end].strip()
    term = glossary.find(words)
    for said in (words, term.targets.get(language, "") if term else ""):
        for start, end in find_rendering(text, said, language):
            around = (text[max(0, start - 1) : start + 1], text[end - 1 : end + 1])
            if not any(map(_INSIDE_A_WORD.fullmatch, around)):
                yield Link(start, end, link.address)


def linked(runs: Sequence[Run], links: Sequence[Link]) -> list[Run]:
    """The runs of one text cut where its links, in order, begin and end.

    A run that leads somewhere already stays as it is.
    """
    if not links:
        return list(runs)
    borders = [border for one in links for border in (one.start, one.end)]
    cut: list[Run] = []
    at = 0
    for run in runs:
        end = at + len(run.text)
        inner = borders[bisect.bisect_right(borders, at) : bisect.bisect_left(borders, end)]
        edges = [at, *dict.fromkeys(inner), end] if not run.link else [at, end]
        for start, stop in itertools.pairwise(edges):
            before = bisect.bisect_right(borders, start)  # odd: a link has begun and not ended
            address = links[before // 2].address if before % 2 else ""
            cut.append(replace(run, text=run.text[start - at : stop - at], link=run.link or address))
        at = end
    return cut
