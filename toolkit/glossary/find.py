"""Looking a term up by whatever one remembers of it: Chinese, its pinyin, English, Tibetan, its Wylie, or a part."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.chinese import fold
from toolkit.glossary.term import Term
from toolkit.languages import TARGETS, is_han, is_tibetan

_WHOLE, _START, _PART = 0, 1, 2
_FORBIDDEN_LAST = 3


@dataclass(frozen=True)
class Lookup:
    """`term` answers to what was looked for in `where` (zh, pinyin, en, bo, wylie, en_forbidden …) with `text`."""

    term: Term
    where: str
    text: str


def find_terms(terms: Iterable[Term], wanted: str) -> tuple[Lookup, ...]:
    """The terms that `wanted` is, starts or is part of, the nearest first.

    Han characters are looked for in the sources (Traditional and Simplified alike), Tibetan in the Tibetan, Latin
    letters in the English, without regard to case and accents, in the pinyin of the sources without tones and
    spaces (gannan, gan nan, Gānnán), and in the Tibetan by its letters (Extended Wylie: kan lho).  Notes and domains
    are not looked at.
    """
    wanted = " ".join(wanted.split())
    found = []
    for number, term in enumerate(terms):
        hits = [
            (rank + (_FORBIDDEN_LAST if where.endswith("forbidden") else 0), Lookup(term, where, text))
            for where, text, key in _keys(term, wanted)
            if (rank := _rank(key, _key(where, wanted))) is not None
        ]
        if hits:
            rank, lookup = min(hits, key=lambda hit: hit[0])
            found.append((rank, number, lookup))
    return tuple(lookup for _, _, lookup in sorted(found, key=lambda one: one[:2]))


def _keys(term: Term, wanted: str) -> Iterable[tuple[str, str, str]]:
    """(where, text, what is compared) of everything in `term` that can be like `wanted`."""
    if any(map(is_han, wanted)):
        columns = [("zh", term.sources)]
    else:
        language = "bo" if any(map(is_tibetan, wanted)) else "en"
        columns = [(one, term.allowed(one)) for one in TARGETS if one == language]
        columns += [(f"{one}_forbidden", term.forbidden.get(one, ())) for one in TARGETS if one == language]
        if language == "en":
            columns += [("pinyin", term.sources), ("wylie", term.allowed("bo"))]
    for where, texts in columns:
        for text in texts:
            spelled = {"pinyin": _pinyin, "wylie": _wylie}.get(where)
            yield where, text, spelled(text) if spelled else _key(where, text)


def _key(where: str, text: str) -> str:
    if where == "zh":
        return fold(text)
    if where.startswith("bo"):
        return tibetan.normal(text).strip(tibetan.TSHEG + tibetan.SHAD)
    if where == "wylie":
        return text  # capital letters are other letters there
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)).casefold()
    return "".join(one for one in plain if one.isalnum()).replace("v", "u") if where == "pinyin" else plain


def _rank(key: str, wanted: str) -> int | None:
    if not wanted or wanted not in key:
        return None
    return _WHOLE if key == wanted else _START if key.startswith(wanted) else _PART


@functools.lru_cache(maxsize=1 << 14)
def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(fold(text))).casefold().replace("v", "u")  # lü is typed lv or lu


@functools.lru_cache(maxsize=1 << 14)
def _wylie(text: str) -> str:
    return str(_converter().toWylie(text)).strip("/ ")


@functools.cache
def _converter():  # type: ignore[no-untyped-def]
    from pyewts import pyewts

    return pyewts()
