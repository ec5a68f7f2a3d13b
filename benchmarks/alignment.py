"""Alignment: how many links of a noisy document are found exactly, against the known alignment.

    python -m benchmarks.alignment [--seeds 11 12 13] [--first 500] [--corpora FOLDER]

Documents are made on the spot from lines that stand for each other in three languages: the last 500 lines of NTREX
(nothing was tuned on them; the first 500 were used for that), 10 to 40 paragraphs a document.  A seeded
generator then does to them what translators do: one sentence for two, two for one, sentences left out, sentences of
the translator's own (from elsewhere in the corpus), paragraphs run together or broken in two.  What it did is the
known alignment; the table tells how much of it there was.

Two figures, both F1 over a whole table: strict counts a link as right only when the set of source sentences *and*
the run of translated text are exactly those (a sentence without translation is a link, too, and so is an addition);
lax counts the pairs of source sentence and translated sentence that stand for each other.  `known` keeps the
translation's paragraphs, `unknown` gives it as one run of text, headlines closed with a full stop.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.alignment import Alignment, align_documents
from toolkit.alignment.units import units_of
from toolkit.constraints import Constraint, constraints_of
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import TARGETS, Language
from toolkit.workspace import Settings

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
SOURCE_MERGED = TARGET_MERGED = 0.14
SOURCE_SPLIT = TARGET_SPLIT = 0.11
DROPPED, ADDED = 0.06, 0.045
PARAGRAPHS_JOINED = PARAGRAPH_BROKEN = 0.08
SENTENCE_SHORTEST = {"zh": 5, "en": 15, "bo": 20}
_ENDS = {"zh": "。！？!?…", "en": ".!?…", "bo": "།༎༑"}
_LOWERED = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "He",
        "She",
        "It",
        "They",
        "But",
        "And",
        "This",
        "That",
        "We",
        "His",
        "Her",
        "There",
        "On",
        "At",
        "For",
        "If",
        "When",
        "After",
        "As",
    ]
)


@dataclass(frozen=True)
class Known:
    """Source sentences and the translated text that stands for them; one side may be empty."""

    sources: tuple[str, ...]
    target: str
    kind: str


Paragraph = list[Known]


@dataclass(frozen=True)
class Document:
    """Source paragraphs, translated paragraphs, and the links: source numbers, run of the text without spaces."""

    sources: list[list[str]]
    targets: list[str]
    links: frozenset[tuple[tuple[int, ...], tuple[int, int]]]
    kinds: Counter[str]


Link = tuple[tuple[int, ...], tuple[int, int]]


def noisy(
    lines: Sequence[tuple[str, str]], spare: Sequence[str], language: Language, chance: random.Random
) -> Paragraph:
    """One paragraph of `lines` (source, translation) after the translator; `spare` are others' sentences."""
    out: Paragraph = []
    position = 0
    while position < len(lines):
        source, target = lines[position]
        if chance.random() < ADDED:
            out.append(Known((), chance.choice(spare), "added"))
        following = lines[position + 1] if position + 1 < len(lines) else None
        draw = chance.random()
        position += 1
        known, kind = None, ""
        for share, name in (
            (SOURCE_MERGED, "source merged"),
            (TARGET_MERGED, "target merged"),
            (SOURCE_SPLIT, "source split"),
            (TARGET_SPLIT, "target split"),
            (DROPPED, "missing"),
            (1.0, "as it was"),
        ):
            draw -= share
            if draw < 0:
                kind = name
                break
        if kind == "source merged" and following:
            known = Known((joined(source, following[0], "zh", chance),), f"{target} {following[1]}", kind)
        elif kind == "target merged" and following:
            known = Known((source, following[0]), joined(target, following[1], language, chance), kind)
        elif kind == "source split" and (halves := halved(source, "zh")):
            known = Known(halves, target, kind)
        elif kind == "target split" and (halves := halved(target, language)):
            known = Known((source,), " ".join(halves), kind)
        elif kind == "missing":
            known = Known((source,), "", kind)
        if known and kind.endswith("merged"):
            position += 1
        out.append(known or Known((source,), target, "as it was"))
    return out


def joined(first: str, second: str, language: Language, chance: random.Random) -> str:
    """Two sentences as one."""
    head = first.rstrip(" ་" + _ENDS[language])
    if language == "zh":
        return f"{head}，{second}"
    if language == "bo":
        return f"{head}{chance.choice(('་ཞིང་', '་བ་དང་། '))}{second}"
    word, _, rest = second.partition(" ")
    return f"{head}{chance.choice((', and ', '; '))}{word.lower() if word in _LOWERED else word} {rest}"


def halved(text: str, language: Language) -> tuple[str, str] | None:
    """One sentence as two, cut near its middle; None where there is no place for it."""
    borders = {
        "zh": r"[，；]",
        "en": r"[,;:] | (?=(?:and|but|while|when|after|because|which|that|who|as) )",
        "bo": r"[།༎]? +|་",
    }
    places = []
    for match in re.finditer(borders[language], text):
        head, tail = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        if min(len(head), len(tail)) >= SENTENCE_SHORTEST[language]:
            distance = abs(match.start() / len(text) - 0.5) + (0.35 if match.group() == "་" else 0.0)
            places.append((distance, head, tail))
    if not places or min(places)[0] > 0.4:
        return None
    _, head, tail = min(places)
    return {
        "zh": (f"{head}。", tail),
        "en": (f"{head}.", tail[:1].upper() + tail[1:]),
        "bo": (f"{head}།", tail),
    }[language]


def documents_of(
    lines: Sequence[tuple[str, str]], language: Language, seed: int, *, known: bool, headlines: Iterable[int] = ()
) -> Iterator[Document]:
    """Documents of 10 to 40 paragraphs over `lines`, in order; the same ones for the same seed."""
    chance = random.Random(seed)
    start = 0
    while start < len(lines):
        paragraphs: list[Paragraph] = []
        wanted = chance.randint(10, 40)
        first = start
        while start < len(lines) and len(paragraphs) < wanted:
            size = chance.choice((1, 2, 2, 3, 3, 4, 5))
            taken = list(lines[start : start + size])
            bare = next((n for n, (_, target) in enumerate(taken) if _is_bare(target, language)), None)
            if bare is not None:  # a headline is a paragraph of its own
                taken = taken[: max(1, bare)]
            start += len(taken)
            far = [
                target
                for number, (_, target) in enumerate(lines)
                if abs(number - first) > min(150, len(lines) // 3) and len(target) > 20
            ]
            paragraphs.append(noisy(taken, far, language, chance))
        yield rendered(paragraphs, language, chance, known=known)


def _is_bare(text: str, language: Language) -> bool:
    return language == "en" and text.rstrip("\"'”’) ")[-1:] not in _ENDS["en"]


def rendered(paragraphs: Sequence[Paragraph], language: Language, chance: random.Random, *, known: bool) -> Document:
    """The document of these paragraphs, with its links."""
    sources: list[list[str]] = []
    targets: list[list[str]] = []
    links: set[Link] = set()
    kinds: Counter[str] = Counter()
    number = place = 0
    for paragraph in paragraphs:
        if any(one.sources for one in paragraph):
            sources.append([text for one in paragraph for text in one.sources])
        texts = []
        for one in paragraph:
            text = one.target
            if text and not known and _is_bare(text, language):
                text += "."
            length = len("".join(text.split()))
            links.add((tuple(range(number, number + len(one.sources))), (place, place + length) if text else (0, 0)))
            kinds[one.kind] += 1
            number, place = number + len(one.sources), place + length
            texts += [text] if text else []
        if not texts:
            continue
        if targets and known and chance.random() < PARAGRAPHS_JOINED and not _is_bare(targets[-1][-1], language):
            targets[-1] += texts
        elif known and len(texts) > 1 and chance.random() < PARAGRAPH_BROKEN:
            middle = len(texts) // 2
            targets += [texts[:middle], texts[middle:]]
        else:
            targets.append(texts)
    rows = [" ".join(texts) for texts in targets]
    return Document(sources, rows if known else [" ".join(rows)], frozenset(links), kinds)


def links_of(alignment: Alignment) -> frozenset[Link]:
    """The links found, in the same terms as the known ones."""
    found: set[Link] = set()
    place = 0
    for link in alignment.links:
        length = len("".join(link.text.split()))
        found.add((link.sources, (place, place + length) if length else (0, 0)))
        place += length
    return frozenset(found)


@dataclass
class Score:
    """Counts of right links, strict and lax, and how long it took."""

    right: int = 0
    found: int = 0
    known: int = 0
    right_pairs: int = 0
    found_pairs: int = 0
    known_pairs: int = 0
    seconds: float = 0.0

    def add(self, found: frozenset[Link], document: Document, edges: Sequence[int]) -> None:
        """Count one document; `edges` are the ends of its translated sentences, for the pairs."""
        self.right += len(found & document.links)
        self.found += len(found)
        self.known += len(document.links)
        mine, theirs = pairs(found, edges), pairs(document.links, edges)
        self.right_pairs += len(mine & theirs)
        self.found_pairs += len(mine)
        self.known_pairs += len(theirs)

    @property
    def strict(self) -> float:
        """F1 of exact links."""
        return 2 * self.right / (self.found + self.known)

    @property
    def lax(self) -> float:
        """F1 of pairs."""
        return 2 * self.right_pairs / (self.found_pairs + self.known_pairs)


def pairs(links: Iterable[Link], edges: Sequence[int]) -> set[tuple[int, int]]:
    """Source sentence and translated sentence (by the place of its end) for every link."""
    return {(one, edge) for sources, (start, end) in links for edge in edges if start < edge <= end for one in sources}


def edges_of(document: Document, language: Language) -> list[int]:
    """Where the translated sentences end, counted without spaces."""
    edges, place = [], 0
    for paragraph in document.targets:
        for unit in units_of(paragraph, language):
            place += len("".join(unit.text.split()))
            edges.append(place)
    return sorted({*edges, *(end for _, (_, end) in document.links if end)})


def constraints(document: Document, language: Language, glossary: Glossary) -> list[tuple[Constraint, ...]]:
    """What must come out on the other side, by sentence, as the house knows it."""
    house = Settings()
    return [constraints_of(text, language, glossary, house) for paragraph in document.sources for text in paragraph]


def read_lines(folder: Path, language: Language, first: int, last: int) -> list[tuple[str, str]]:
    """Lines `first` to `last` of NTREX in Chinese and `language`."""
    zh, other = ((folder / f"ntrex.{one}").read_text(encoding="utf-8").splitlines() for one in ("zh", language))
    return [(source.strip(), target.strip()) for source, target in zip(zh, other, strict=True)][first:last]


def read_declaration(folder: Path, language: Language) -> list[tuple[str, str]]:
    """The lines of the UDHR that stand for each other: preamble (its sentences of law) and all articles."""
    zh, other = (
        [line.strip() for line in (folder / f"udhr.{one}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
        for one in ("zh", language)
    )
    opening = [(zh[0], other[0]), *((zh[n], other[n + (-2 if language == "en" else -1)]) for n in range(3, 11))]
    closing = (zh[11], " ".join(other[9 if language == "en" else 10 : 12]))
    return [*opening, closing, *zip(zh[12:], other[12:], strict=True)]


def measure(documents: Iterable[Document], language: Language, glossary: Glossary) -> tuple[Score, Counter[str]]:
    """Align documents and compare."""
    score, kinds = Score(), Counter[str]()
    for document in documents:
        needed = constraints(document, language, glossary)
        began = time.perf_counter()
        alignment = align_documents(document.sources, document.targets, language, needed)
        score.seconds += time.perf_counter() - began
        score.add(links_of(alignment), document, edges_of(document, language))
        kinds += document.kinds
    return score, kinds


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    arguments.add_argument("--first", type=int, default=500, help="the first of 500 lines (0: those it was tuned on)")
    arguments.add_argument("--corpora", type=Path, default=CORPORA)
    given = arguments.parse_args()
    glossary = read_glossary(ROOT / "glossaries")
    print("text   language  paragraphs  seed  strict F1  lax F1  seconds  what was done to the sentences")
    for language in TARGETS:
        texts = {
            "NTREX": read_lines(given.corpora, language, given.first, given.first + 500),
            "UDHR": read_declaration(given.corpora, language),
        }
        for text, known, seed in itertools.product(texts, (True, False), given.seeds):
            score, kinds = measure(documents_of(texts[text], language, seed, known=known), language, glossary)
            done = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
            how = "known" if known else "unknown"
            figures = f"{score.strict:9.3f}  {score.lax:6.3f}  {score.seconds:7.1f}"
            print(f"{text:5}  {language:8}  {how:10}  {seed:4}  {figures}  {done}", flush=True)


if __name__ == "__main__":
    main()
