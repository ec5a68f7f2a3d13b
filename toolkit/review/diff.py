"""What differs between two texts: words in English, syllables in Tibetan, characters in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import click
from rapidfuzz.distance import Indel

from toolkit.languages import Language

SpanKind = Literal["equal", "insert", "delete"]
_TOKENS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\w+(?:['’\u2011-]\w+)*|\s+|.", re.DOTALL),
    "bo": re.compile(
        "[\u0f35\u0f37\u0f39\u0f40-\u0fbc]+[\u0f0b\u0f0c]?|[0-9\u0f20-\u0f33]+[\u0f0b\u0f0c]?|\\w+|\\s+|.", re.DOTALL
    ),
    "zh": re.compile(r"[0-9A-Za-z]+|.", re.DOTALL),
}
_SLOW_FROM = 2_000  # tokens from which difflib, whose diffs read better, takes too long
_BRIDGE = re.compile(r"[\s\u0f0b-\u0f0d]*")  # what may stand equal between two changes and is no reason to cut them


@dataclass(frozen=True)
class DiffSpan:
    """A stretch of text that both have (`equal`), only the new one (`insert`), or only the old one (`delete`)."""

    kind: SpanKind
    text: str


def diff(before: str, after: str, language: Language) -> tuple[DiffSpan, ...]:
    """The spans in reading order; a deletion stands before the insertion in its place.

    Joined without the insertions they give `before`, without the deletions `after`.
    """
    old, new = tokens(before, language), tokens(after, language)
    spans: list[DiffSpan] = []
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            spans.append(DiffSpan("equal", "".join(old[i1:i2])))
            continue
        spans += [DiffSpan("delete", "".join(old[i1:i2]))] * (i2 > i1)
        spans += [DiffSpan("insert", "".join(new[j1:j2]))] * (j2 > j1)
    return tuple(_bridged(spans))


def tokens(text: str, language: Language) -> list[str]:
    """`text` cut into what a diff counts as one thing; joined they give `text`."""
    return _TOKENS[language].findall(text)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    if len(old) + len(new) < _SLOW_FROM:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    for one in Indel.opcodes(old, new):
        yield one.tag, one.src_start, one.src_end, one.dest_start, one.dest_end


def _bridged(spans: Sequence[DiffSpan]) -> Iterator[DiffSpan]:
    """Changes with nothing but white space or a tsheg between them as one: it reads better."""
    deleted = inserted = held = ""
    for span in spans:
        if span.kind == "delete":
            deleted, inserted, held = deleted + held + span.text, inserted + held, ""
        elif span.kind == "insert":
            deleted, inserted, held = deleted + held, inserted + held + span.text, ""
        elif (deleted and inserted) and not held and _BRIDGE.fullmatch(span.text):
            held = span.text
        else:
            yield from _change(deleted, inserted)
            deleted = inserted = ""
            yield DiffSpan("equal", held + span.text)
            held = ""
    yield from _change(deleted, inserted)
    if held:
        yield DiffSpan("equal", held)


def _change(deleted: str, inserted: str) -> Iterator[DiffSpan]:
    if deleted:
        yield DiffSpan("delete", deleted)
    if inserted:
        yield DiffSpan("insert", inserted)


def shown(spans: Sequence[DiffSpan], *, colour: bool) -> str:
    """The diff for a person: red struck through and green on a terminal, else `[-old-]{+new+}`."""
    return "".join(_shown(span, colour) for span in spans)


def _shown(span: DiffSpan, colour: bool) -> str:
    if span.kind == "equal":
        return span.text
    if colour:
        is_new = span.kind == "insert"
        return click.style(span.text, fg="green" if is_new else "red", strikethrough=None if is_new else True)
    return f"{{+{span.text}+}}" if span.kind == "insert" else f"[-{span.text}-]"


@dataclass(frozen=True)
class Replacement:
    """Words that stand in place of others: `[start, end)` in the old text, `[new_start, new_end)` in the new."""

    start: int
    end: int
    new_start: int
    new_end: int


def replacements(spans: Sequence[DiffSpan]) -> tuple[Replacement, ...]:
    """Each deletion with the insertion in its place; what was only taken out or only put in has an empty side."""
    found = []
    old = new = 0
    start, new_start, is_open = 0, 0, False
    for span in (*spans, DiffSpan("equal", "")):
        if span.kind == "equal":
            if is_open:
                found.append(Replacement(start, old, new_start, new))
            is_open = False
            old, new = old + len(span.text), new + len(span.text)
            continue
        if not is_open:
            start, new_start, is_open = old, new, True
        if span.kind == "delete":
            old += len(span.text)
        else:
            new += len(span.text)
    return tuple(found)
