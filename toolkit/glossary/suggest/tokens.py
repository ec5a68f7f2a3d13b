"""A Chinese text as words with tags and offsets, for the rules that look for terms in it."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.chinese import fold


@dataclass(frozen=True)
class Token:
    """One word: `tag` is jieba's (ns place, nt organisation, nr person, n noun …), offsets are those of the text."""

    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A stretch of a text that a rule takes for a term, and why."""

    start: int
    end: int
    evidence: str


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of `text`, new ones guessed; joined they are the text in Simplified characters."""
    import rjieba

    tokens = []
    position = 0
    for word, tag in rjieba.tag(fold(text), True):
        tokens.append(Token(word, tag, position, position + len(word)))
        position += len(word)
    return tuple(tokens)
