"""How often do the checks find fault with good text, and what do they find of text that was spoilt on purpose?

    python benchmarks/checks_on_good_text.py CORPORA

CORPORA is a folder with ntrex.zh, ntrex.en, ntrex.bo (NTREX-128, one sentence a line) and udhr.bo.txt.  Prints the
line fitted through the lengths (the constants in toolkit/constraints/lengths.py), the share of sentences each check
reports, how many of the sentences that lost one clause are reported, and the same for Tibetan syllables and their
corruptions.  `--show CHECK` prints what a check reported.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from toolkit import tibetan
from toolkit.constraints.lengths import MARK, length_of, size
from toolkit.constraints.shape import shape_faults
from toolkit.constraints.spelling import is_well_formed, malformed_syllables
from toolkit.languages import TARGETS, Language

_CLAUSE = {"en": re.compile(r"(?<=[,;:.!?])\s+"), "bo": re.compile(r"(?<=།)\s*|(?<=[ཀག]) ")}
_VOWEL = re.compile("[\u0f72\u0f74\u0f7a\u0f7c]")
_SHORTEST_CLAUSE = 3  # words or syllables
Pair = tuple[str, str]


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--show", default="")
    chosen = arguments.parse_args()
    source = (chosen.corpora / "ntrex.zh").read_text(encoding="utf-8").splitlines()
    for language in TARGETS:
        target = [tibetan.normal(line) for line in _lines(chosen.corpora / f"ntrex.{language}")]
        pairs = list(zip(source, target, strict=False))
        fit(pairs, language)
        rates(pairs, language, chosen.show)
        lost_clauses(pairs, language)
    for name in ("ntrex.bo", "udhr.bo.txt"):
        spelling(_lines(chosen.corpora / name), name)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def fit(pairs: Sequence[Pair], language: Language) -> None:
    """The line by weighted least squares, and the distances from it that few sentences exceed."""
    import numpy

    rows = numpy.array([[1.0, size(zh), zh.count("的"), len(MARK.findall(zh))] for zh, _ in pairs])
    lengths = numpy.array([length_of(target, language) for _, target in pairs])
    weights = 1 / numpy.sqrt(rows[:, 1] + 5)
    line, *_ = numpy.linalg.lstsq(rows * weights[:, None], lengths * weights, rcond=None)
    off = sorted((lengths - rows @ line) * weights)
    print(f"{language}: line {[round(float(one), 2) for one in line]}", end="; ")
    print("shortest", {share: round(float(off[int(share * len(off))]), 2) for share in (0.002, 0.005, 0.01)}, end="; ")
    ratios = sorted(length / max(1.0, row[1]) for length, row in zip(lengths, rows, strict=True))
    print(f"longest per character {ratios[-1]:.1f}, 99.5 %: {ratios[int(0.995 * len(ratios))]:.1f}")


def rates(pairs: Sequence[Pair], language: Language, show: str) -> None:
    """The share of sentences with at least one fault, by check."""
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    for source, target in pairs:
        faults = shape_faults(source, target, language)
        counts.update({fault.check for fault in faults})
        for fault in faults:
            if fault.check == show:
                print(f"  {fault.reason}\n    {source}\n    {target}")
    print(f"{language}: {(time.perf_counter() - began) / len(pairs) * 1e6:.0f} µs a sentence;", end=" ")
    print(", ".join(f"{check} {count / len(pairs):.2%}" for check, count in counts.most_common()))


def lost_clauses(pairs: Sequence[Pair], language: Language) -> None:
    """Take one clause of three words or more out of each translation that has several: how many are reported?"""
    chance = random.Random(1)
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for source, target in pairs:
        parts = [part for part in _CLAUSE[language].split(target) if part.strip()]
        long = [index for index, part in enumerate(parts) if _words(part, language) >= _SHORTEST_CLAUSE]
        if len(parts) < 2 or not long:
            continue
        lost = chance.choice(long)
        share = _words(parts.pop(lost), language) / max(1, _words(target, language))
        name = f"{min(3, math.floor(share * 4)) * 25} % and more"
        total.update((name, "all"))
        faults = shape_faults(source, " ".join(parts), language)
        if any(fault.check in ("sentence-count", "length-ratio") for fault in faults):
            found.update((name, "all"))
    print(f"{language}: one clause lost, reported:", end=" ")
    print(", ".join(f"{name} {found[name]} of {count}" for name, count in sorted(total.items())))


def spelling(lines: Sequence[str], name: str) -> None:
    """Malformed syllables in print, and what is found of syllables spoilt on purpose."""
    lines = [tibetan.normal(line) for line in lines]
    syllables = [syllable for line in lines for syllable in tibetan.syllables(line)]
    malformed = Counter(syllable for line in lines for _, _, syllable in malformed_syllables(line))
    share = malformed.total() / len(syllables)
    print(f"{name}: {malformed.total()} of {len(syllables)} syllables malformed, {share:.3%}:", end=" ")
    print(" ".join(f"{syllable} {count}" for syllable, count in malformed.most_common(30)))
    chance = random.Random(3)
    good = [syllable for syllable in chance.choices(syllables, k=4000) if is_well_formed(syllable)]
    for spoil in (_vowel_lost, _vowel_twice, _letters_swapped, _letter_lost, _tsheg_lost):
        spoilt = [other for one in good if (other := spoil(one, chance, good)) not in ("", one)]
        found = sum(not is_well_formed(one) for one in spoilt)
        print(f"    {spoil.__name__[1:].replace('_', ' ')}: {found / len(spoilt):.0%} of {len(spoilt)} found")


def _vowel_lost(syllable: str, chance: random.Random, good: Sequence[str]) -> str:
    return _VOWEL.sub("", syllable, count=1)


def _vowel_twice(syllable: str, chance: random.Random, good: Sequence[str]) -> str:
    return _VOWEL.sub(lambda match: match.group() * 2, syllable, count=1)


def _letters_swapped(syllable: str, chance: random.Random, good: Sequence[str]) -> str:
    at = chance.randrange(len(syllable))
    return syllable[:at] + syllable[at : at + 2][::-1] + syllable[at + 2 :]


def _letter_lost(syllable: str, chance: random.Random, good: Sequence[str]) -> str:
    at = chance.randrange(len(syllable))
    return syllable[:at] + syllable[at + 1 :] if len(syllable) > 2 else ""


def _tsheg_lost(syllable: str, chance: random.Random, good: Sequence[str]) -> str:
    return syllable + chance.choice(good)


def _words(text: str, language: Language) -> int:
    return len(tibetan.syllables(text)) if language == "bo" else len(text.split())


if __name__ == "__main__":
    main()
