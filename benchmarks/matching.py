"""Matching: 20,000 terms and 2,000 names over 100,000 characters of Chinese, beside a naive search.

    python -m benchmarks.matching [--repeat 5] [--corpus FILE ...]

Terms and names are cut and made on the spot from the text itself, with a fixed seed, so that many of them are found.
The text is the corpora named (one sentence a line; by default the recorded news beside the project, where they are),
else this project's own report, again and again, with random characters between.  Prints a Markdown table.

The naive search looks for every term with `str.find` and then takes the leftmost, longest hits.  It neither reads
Traditional characters nor knows where words begin, so its hits are other ones: it takes some that cut words apart.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import is_han
from toolkit.report import read_report

ROOT = Path(__file__).parent.parent
RECORDED = [ROOT.parent / "shared" / "reports" / "recorded" / f"{name}.zh" for name in ("wmt19", "wmt20")]
TERMS, NAMES, CHARACTERS = 20_000, 2_000, 100_000
SEED = 2023
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
LENGTHS = (2, 2, 2, 3, 3, 4, 4, 4, 5, 6, 7, 8)  # of terms, in characters


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--corpus", type=Path, nargs="*", default=[path for path in RECORDED if path.is_file()])
    options = parser.parse_args()
    chance = random.Random(SEED)
    lines = text_of(options.corpus, chance)
    names = made_names(chance)
    lines = with_names(lines, names, chance)
    terms = cut_terms(lines, chance)
    sources = [*terms, *names]
    began = time.perf_counter()
    glossary = Glossary(tuple(map(term, sources)))
    building = time.perf_counter() - began
    whole = "\n".join(lines)
    where = ", ".join(path.name for path in options.corpus) or "this project's report and random characters"
    print(f"{len(terms)} terms, {len(names)} names, {len(whole)} characters in {len(lines)} lines ({where})\n")
    print("| what | seconds | hits |")
    print("|---|---|---|")
    print(f"| making the index | {building:.3f} | |")
    first, found = timed(1, lambda: sum(len(glossary.match(line)) for line in lines))
    print(f"| matching, line by line, first time | {first:.3f} | {found} |")
    again, found = timed(options.repeat, lambda: sum(len(glossary.match(line)) for line in lines))
    print(f"| matching, line by line, again | {again:.3f} | {found} |")
    at_once, found = timed(options.repeat, lambda: len(glossary.match(whole)))
    print(f"| matching, all in one text | {at_once:.3f} | {found} |")
    naive, found = timed(1, lambda: len(leftmost_longest(all_hits(whole, sources))))
    print(f"| naive search, all in one text | {naive:.3f} | {found} |")


def timed(repeat: int, work: Callable[[], int]) -> tuple[float, int]:
    """Seconds of the fastest run, and what it found."""
    seconds, found = float("inf"), 0
    for _ in range(repeat):
        began = time.perf_counter()
        found = work()
        seconds = min(seconds, time.perf_counter() - began)
    return seconds, found


def text_of(corpora: Sequence[Path], chance: random.Random) -> list[str]:
    """Lines of Chinese, 100,000 characters in all."""
    lines = [line for path in corpora for line in path.read_text(encoding="utf-8").splitlines() if line]
    chance.shuffle(lines)
    report = [segment.text for segment in read_report(ROOT / "source" / "gannan-2023").segments]
    taken: list[str] = []
    length = 0
    while length < CHARACTERS:
        line = lines.pop() if lines else chance.choice(report) + random_han(chance, 20)
        line = line[: CHARACTERS - length]
        taken.append(line)
        length += len(line) + 1
    return taken


def random_han(chance: random.Random, count: int) -> str:
    """Characters of GB 2312, level 1, that make no sense."""
    return "".join(
        bytes([chance.randrange(0xB0, 0xD7), chance.randrange(0xA1, 0xFF)]).decode("gb2312") for _ in range(count)
    )


def made_names(chance: random.Random) -> list[str]:
    """Names that could be somebody's: a surname and one or two characters."""
    names: set[str] = set()
    while len(names) < NAMES:
        names.add(chance.choice(SURNAMES) + random_han(chance, chance.choice((1, 2))))
    return sorted(names)


def with_names(lines: Sequence[str], names: Sequence[str], chance: random.Random) -> list[str]:
    """The lines, every fifth with a person who speaks in it; no longer than before."""
    spoken = []
    for number, line in enumerate(lines):
        said = f"{chance.choice(names)}说，" if number % 5 == 0 else ""
        spoken.append((said + line)[: len(line)])
    return spoken


def cut_terms(lines: Sequence[str], chance: random.Random) -> list[str]:
    """20,000 different pieces of the text, Chinese throughout."""
    terms: set[str] = set()
    while len(terms) < TERMS:
        line, length = chance.choice(lines), chance.choice(LENGTHS)
        start = chance.randrange(max(1, len(line) - length))
        piece = line[start : start + length]
        if len(piece) == length and all(map(is_han, piece)):
            terms.add(piece)
    return sorted(terms)


def term(source: str) -> Term:
    """A row of a glossary."""
    return Term((source,), {"en": "x"}, {}, {}, "", Status.PROPOSED, "", "", "")


def all_hits(text: str, sources: Sequence[str]) -> list[tuple[int, int]]:
    """Where each source stands in `text`."""
    hits = []
    for source in sources:
        position = text.find(source)
        while position >= 0:
            hits.append((position, position + len(source)))
            position = text.find(source, position + 1)
    return hits


def leftmost_longest(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The hits that stand when earlier ones, then longer ones, go first."""
    taken: list[tuple[int, int]] = []
    for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not taken or start >= taken[-1][1]:
            taken.append((start, end))
    return taken


if __name__ == "__main__":
    main()
