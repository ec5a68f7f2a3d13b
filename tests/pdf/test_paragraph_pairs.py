"""The table of pairs says what the rules say, whatever stands around a pair."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from toolkit.pdf.linebreak import _Units, break_opportunities, line_class
from toolkit.pdf.linepairs import AFTER, TABLE, is_unusual

SAMPLES = "aé1٣་།–-,.:;!?)]}》（(「一かー$€%°…—/\u00a0\u2060\u200b “”\"'א\u0301\u0f71\u200d\u3000འ༔·①🇨👍한\u200b\n"


def characters() -> dict[str, list[str]]:
    """Characters of each class, those set apart left out."""
    found: dict[str, list[str]] = {}
    blocks = [(0x20, 0x3400), (0x4E00, 0x4E08), (0xFE30, 0xFFEE)]
    for code in (code for first, end in blocks for code in range(first, end)):
        character = chr(code)
        value = line_class(character)
        if not is_unusual(character, [value]) and unicodedata.category(character) != "Cn":
            found.setdefault(value, []).append(character)
    return found


def test_every_answer_of_the_table_holds_whatever_stands_around_the_pair() -> None:
    source = random.Random(16)
    known = characters()
    classes = sorted(known)
    rows = dict(line.split(" ") for line in TABLE.strip().split("\n"))
    for before, answers in rows.items():
        for after, answer in zip(AFTER, answers, strict=True):
            if answer == "?":
                continue
            for _ in range(40):
                around = [source.choice(classes) for _ in range(4)]
                pattern = [*around[: source.randrange(3)], before, after, *around[2 : 2 + source.randrange(3)]]
                place = pattern.index(before) if before not in around[:2] else len(pattern[: pattern.index(after)]) - 1
                if pattern[place : place + 2] != [before, after]:
                    continue
                text = "".join(source.choice(known[value]) for value in pattern)
                units = _Units(text, pattern)
                if place + 1 in units.starts:
                    verdict = units.may_break(units.starts.index(place + 1))
                    assert verdict == (answer == "÷"), (pattern, text)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.text(st.sampled_from(SAMPLES), min_size=1, max_size=30))
def test_breaks_found_by_pairs_are_those_of_the_annex(text: str) -> None:
    assert break_opportunities(text) == list(line_break_boundaries(text))
