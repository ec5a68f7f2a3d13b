"""The translation memory with 10,000 to 1,000,000 units, beside brute force and translate-toolkit's.

    python -m benchmarks.memory [--units 10000 100000] [--queries 100] [--weigh-all 100000] [--folder DIR]

Units are made on the spot with a fixed seed: Chinese from the word sequences of the report (and of NTREX where it lies
beside the project), four in ten of them near-duplicates of an earlier one; an English target for each, a Tibetan one
for each third.  Sentences to look for are units with some characters changed, dropped or added: a few in half of the
queries, up to a third in the other half.

*Recall* is the share of the hits of brute force (every source weighed with the same score; the best three and the best
ten from 70 per cent) that the memory finds too, by score: of two units with the same score either may be the third.
Each size is imported and searched in a process of its own, so that its memory (peak resident set) is its own as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz, process

from toolkit.chinese import words
from toolkit.languages import Language
from toolkit.memory import Memory, MemoryUnit, iter_tmx, open_index
from toolkit.memory.scores import without_figures
from toolkit.memory.tmx import StandingUnit
from toolkit.memory.tmx_write import write_tmx
from toolkit.report import InlineText, read_report
from toolkit.report.punctuation import mend_punctuation

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
SEED = 2023
FROM = 70  # per cent
PEER_UNITS, PEER_QUERIES = 10_000, 20
Result = TypeVar("Result")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--weigh-all", type=int, default=100_000, help="brute force up to this size")
    parser.add_argument("--folder", type=Path, help="keep the files here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        print("| units | TMX MB, index / TMX | import units/s, of CPU time | MB | exact ms, p95 | fuzzy ms, p95 | MB |")
        print("|---|---|---|---|---|---|---|")
        measures = []
        for count in options.units:
            path = made_file(folder / f"{count}" / "made.tmx", count)
            imported = alone(measure_import, path)
            found = alone(measure_search, path, options.queries, count <= options.weigh_all)
            measures.append((count, found))
            print(
                f"| {count:,} | {path.stat().st_size / 1e6:.1f}, {imported.ratio:.2f} "
                f"| {imported.rate:,.0f}, {imported.cpu_rate:,.0f} | {imported.megabytes:.0f} "
                f"| {found.exact[0]:.3f}, {found.exact[1]:.3f} "
                f"| {found.fuzzy[0]:.1f}, {found.fuzzy[1]:.1f} | {found.megabytes:.0f} |",
                flush=True,
            )
        print(
            "\n| units | recall of the best 3, 10 | hits from 70 % | brute force ms, p95 | its sources in memory, MB |"
        )
        print("|---|---|---|---|---|")
        for count, found in measures:
            if found.brute:
                print(
                    f"| {count:,} | {found.recall[0]:.4f}, {found.recall[1]:.4f} | {found.hits} "
                    f"| {found.brute[0]:.1f}, {found.brute[1]:.1f} | {found.brute_megabytes:.0f} |"
                )
        print(f"\n{alone(measure_peer, made_file(folder / 'peer' / 'made.tmx', PEER_UNITS))}")


@dataclass(frozen=True)
class Import:
    """What making an index cost."""

    rate: float
    cpu_rate: float  # on a machine that does nothing else
    ratio: float
    megabytes: float


@dataclass(frozen=True)
class Search:
    """Median and 95th percentile in milliseconds, and recall beside brute force."""

    exact: tuple[float, float]
    fuzzy: tuple[float, float]
    megabytes: float
    recall: tuple[float, float] = (0, 0)
    hits: int = 0
    brute: tuple[float, float] | None = None
    brute_megabytes: float = 0


def alone(function: Callable[..., Result], *arguments: object) -> Result:
    """Run in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def megabytes() -> float:
    """The greatest resident set of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_import(path: Path) -> Import:
    """Index the file anew."""
    index = path.parent / ".cache" / f"{path.name}.sqlite"
    index.unlink(missing_ok=True)
    began, worked = time.perf_counter(), time.process_time()
    opened = open_index(path)
    taken = time.perf_counter() - began
    return Import(
        len(opened) / taken,
        len(opened) / (time.process_time() - worked),
        index.stat().st_size / path.stat().st_size,
        megabytes(),
    )


def measure_search(path: Path, queries: int, weigh_all: bool) -> Search:
    """Look for known and for changed sentences."""
    memory = Memory(indexes=[open_index(path)])
    chance = random.Random(SEED)
    known = picked(memory, queries, chance)
    changed = [altered(text, chance, few=number % 2 == 0) for number, text in enumerate(known)]
    memory.exact(known[0], "en")
    memory.fuzzy(changed[0], "en", at_least=FROM)
    exact = timed(known, lambda text: memory.exact(text, "en"))
    fuzzy = timed(changed, lambda text: memory.fuzzy(text, "en", at_least=FROM))
    own = megabytes()
    if not weigh_all:
        return Search(exact, fuzzy, own)
    sources = [(unit.source.text, without_figures(unit.source.text)) for unit in memory]
    plain = [text for _, text in sources]
    best: dict[str, list[int]] = {}

    def brute(text: str) -> None:
        found = process.extract(without_figures(text), plain, scorer=fuzz.ratio, score_cutoff=FROM, limit=12)
        best[text] = [min(int(score), 99) for _, score, number in found if sources[number][0] != text]

    weighed = timed(changed, brute)
    recall = [recall_of(memory, best, limit) for limit in (3, 10)]
    hits = sum(len(scores[:10]) for scores in best.values())
    return Search(exact, fuzzy, own, (recall[0], recall[1]), hits, weighed, megabytes() - own)


def recall_of(memory: Memory, best: dict[str, list[int]], limit: int) -> float:
    """The share of brute force's best `limit` scores that the memory has too."""
    wanted = found = 0
    for text, scores in best.items():
        expected = Counter(scores[:limit])
        got = Counter(match.score for match in memory.fuzzy(text, "en", at_least=FROM, limit=limit))
        wanted += expected.total()
        found += (expected & got).total()
    return found / wanted if wanted else 1.0


def timed(texts: Sequence[str], look: Callable[[str], object]) -> tuple[float, float]:
    """Milliseconds a text: the median, and what 95 per cent stay under."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        look(text)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]


def measure_peer(path: Path) -> str:
    """translate-toolkit's matcher on a size it can bear."""
    try:
        from translate.search.match import matcher
        from translate.storage.tmx import tmxfile
    except ImportError:
        return "translate-toolkit is not installed."
    chance = random.Random(SEED)
    known = [unit.source.text for unit in iter_tmx(path)]
    changed = [altered(chance.choice(known), chance, few=True) for _ in range(PEER_QUERIES)]
    began = time.perf_counter()
    with path.open("rb") as stream:
        peer = matcher(tmxfile(stream, "zh-CN", "en-US"), max_candidates=3, min_similarity=FROM, max_length=1000)
    rate = len(known) / (time.perf_counter() - began)
    failed = 0

    def look(text: str) -> None:
        nonlocal failed
        try:
            peer.matches(text)
        except TypeError:  # it compares units when two have the same score
            failed += 1

    median, _ = timed(changed, look)
    taken = f"import {rate:,.0f} units/s, fuzzy {median:.1f} ms, {megabytes():.0f} MB"
    return f"translate-toolkit, {len(known):,} units: {taken}; {failed} of {PEER_QUERIES} searches failed."


def made_file(path: Path, count: int) -> Path:
    """A TMX file of made units, unless it is there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_tmx(path, map(StandingUnit, made_units(count)))
    return path


def picked(memory: Memory, count: int, chance: random.Random) -> list[str]:
    """Sources of units drawn by lot."""
    wanted = set(chance.sample(range(len(memory)), count))
    return [unit.source.text for number, unit in enumerate(memory) if number in wanted]


def altered(text: str, chance: random.Random, *, few: bool) -> str:
    """`text` with one to three characters changed, dropped or added, or up to a third of them."""
    for _ in range(chance.randint(1, 3 if few else max(4, len(text) // 3))):
        place = chance.randrange(len(text)) if text else 0
        text = text[:place] + chance.choice(("", "的", "新", "州市", "7")) + text[place + chance.randint(0, 1) :]
    return text


def made_units(count: int, seed: int = SEED) -> Iterator[MemoryUnit]:
    """Units with plausible Chinese, the same for the same seed."""
    chance = random.Random(seed)
    texts = {language: corpus(f"ntrex.{language}") for language in ("zh", "en", "bo")}
    report = [
        segment.text for block in read_report(ROOT / "source" / "gannan-2023").blocks for segment in block.segments
    ]
    english = texts["en"] or [f"Sentence {number} of a translation." for number in range(500)]
    tibetan = texts["bo"] or [f"ཚིག་གྲུབ་ཨང་{number}་པ།" for number in range(500)]
    for number, sentence in enumerate(sentences([*texts["zh"], *report], count, chance)):
        targets: dict[Language, InlineText] = {"en": InlineText(chance.choice(english))}
        if number % 3 == 0:
            targets["bo"] = InlineText(chance.choice(tibetan))
        yield MemoryUnit(InlineText(mend_punctuation(sentence)), targets, place=f"made.tmx:{number}")


def corpus(name: str) -> list[str]:
    """The lines of a corpus beside the project; none where there is none."""
    path = CORPORA / name
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []


def sentences(lines: Sequence[str], count: int, chance: random.Random) -> Iterator[str]:
    """Walks along the word pairs of `lines`; four in ten are a recent sentence with one to three other words."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        before = ""
        for word in (*words(line), ""):
            following[before].append(word)
            before = word
    vocabulary = [word for several in following.values() for word in several if word]
    recent: list[list[str]] = []
    for _ in range(count):
        if recent and chance.random() < 0.4:
            sentence = list(chance.choice(recent))
            for _ in range(chance.randint(1, 3)):
                sentence[chance.randrange(len(sentence))] = chance.choice(vocabulary)
        else:
            sentence = walk(following, chance)
        if len(recent) < 5_000:
            recent.append(sentence)
        else:
            recent[chance.randrange(5_000)] = sentence
        yield "".join(sentence)


def walk(following: dict[str, list[str]], chance: random.Random) -> list[str]:
    """Five to sixty words, each one that follows the former somewhere."""
    sentence: list[str] = []
    word = ""
    while len(sentence) < 60:
        word = chance.choice(following[word] or following[""])
        if word:
            sentence.append(word)
        elif len(sentence) > 4:
            break
    return sentence


if __name__ == "__main__":
    main()
