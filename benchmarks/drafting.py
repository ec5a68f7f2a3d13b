"""What drafting costs on a model of real Argos size: our first pass against Argos Translate, and the ladder on top.

    python -m benchmarks.drafting [--length 72] [--threads 2] [--repeat 3] [--skip-ladder]

Prints two Markdown tables.  All contestants translate the same sentences of one report with the same package, beam
and threads.  A model that knows nothing never ends a sentence, so CTranslate2 itself is wrapped, for all alike: every
translation has exactly `--length` tokens; 72 is how many words and signs a sentence of this report's own English
draft has on average.

* *Argos Translate* is its own `translate()`, over the whole report.  Its sentence splitter wants the network; in its
  place stands one that knows our sentences.
* *bare CTranslate2* is one `translate_batch` over all sentences, already cut into tokens; nothing is put together.
* *first pass* is our engine: tokens, batch, n-best texts.

The ladder is measured twice: with this model, which gets everything wrong and so climbs every rung for every
segment; and with the naughty model of the tests, which gets some things wrong, as trained models do.  Of the first
the shares of time count, of the second the tokens: it is small, so its seconds say nothing.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import ctranslate2
from argostranslate import settings as argos_settings
from argostranslate import translate as argos_translate

from benchmarks.random_model import write_random_package
from tests.translation.naughty_model import write_naughty_package
from toolkit import quality
from toolkit.desk import Desk
from toolkit.languages import Language
from toolkit.memory import Memory
from toolkit.report import Report, read_report
from toolkit.translation import Assemble, Sources, argos, attempt, draft_report, drafting, ladder
from toolkit.translation.argos import Argos, LoadedModel
from toolkit.translation.ladder import RungCost
from toolkit.translation.models import ModelPackage, install_file, installed_models
from toolkit.workspace import Workspace

ROOT = Path(__file__).parent.parent
REPORT = "gannan-2023"
TARGET: Language = "en"
CALIBRATION = "calibration"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--length", type=int, default=72, help="tokens of every translation")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each contestant; the best counts")
    parser.add_argument("--skip-ladder", action="store_true")
    options = parser.parse_args()
    desk = Desk(Workspace(ROOT))
    report = read_report(desk.workspace.source / REPORT)
    with tempfile.TemporaryDirectory() as name, packages_in(Path(name)), threads(options.threads):
        folder = Path(name)
        sentences = [segment.text for segment in report.segments]
        package = install_file(write_random_package(folder / "random.argosmodel", sentences))
        with fixed_length(options.length):
            print_first_pass(report, package, options.repeat)
            if not options.skip_ladder:
                ladders = [("random, real size", climb(report, desk))]
        if not options.skip_ladder:
            pairs = [(term.zh, term.targets[TARGET]) for term in desk.glossary.terms if term.targets[TARGET]]
            install_file(write_naughty_package(folder / "naughty.argosmodel", pairs))
            with threads(1):  # so small a model only waits for the others
                ladders.append(("naughty, small", climb(report, desk)))
            print_ladders(ladders)


# The first pass


def print_first_pass(report: Report, package: ModelPackage, repeat: int) -> None:
    """Seconds of Argos Translate, of CTranslate2 alone and of our engine, for the same sentences."""
    sentences = [segment.text for segment in report.segments]
    model = LoadedModel(package)
    contestants: dict[str, Callable[[], object]] = {
        "Argos Translate": argos_run(report),
        "bare CTranslate2": bare_run(package, sentences),
        "first pass": lambda: model.translate(sentences),
    }
    times = best_of(repeat, contestants)
    characters = sum(map(len, sentences))
    print(f"{len(sentences)} sentences, {characters} characters\n")
    print(
        "| contestant | seconds | source characters/s | speed, Argos = 1 | speed, bare = 1 | CPU seconds | bare = 1 |"
    )
    print("|---|---|---|---|---|---|---|")
    bare = times["bare CTranslate2"]
    for contestant, took in times.items():
        by_argos, by_bare = times["Argos Translate"].wall / took.wall, bare.wall / took.wall
        print(
            f"| {contestant} | {took.wall:.2f} | {characters / took.wall:.0f} | {by_argos:.2f} | {by_bare:.2f} "
            f"| {took.cpu:.2f} | {bare.cpu / took.cpu:.2f} |"
        )


@dataclass(frozen=True)
class Times:
    """Seconds on the clock and seconds of all cores, which other programs on the machine disturb less."""

    wall: float
    cpu: float


def best_of(repeat: int, contestants: dict[str, Callable[[], object]]) -> dict[str, Times]:
    """The fastest run of each; they take turns, so that a busy minute hits all."""
    runs: dict[str, list[Times]] = {contestant: [] for contestant in contestants}
    for run in contestants.values():
        run()  # loads the model
    for _ in range(repeat):
        for contestant, run in contestants.items():
            wall, cpu = time.perf_counter(), time.process_time()
            run()
            runs[contestant].append(Times(time.perf_counter() - wall, time.process_time() - cpu))
    return {
        contestant: Times(min(one.wall for one in times), min(one.cpu for one in times))
        for contestant, times in runs.items()
    }


def argos_run(report: Report) -> Callable[[], object]:
    """Argos Translate over the report, one paragraph a line."""
    sentences_of = {block.text: [segment.text for segment in block.segments] for block in report.blocks}
    assert [one for several in sentences_of.values() for one in several] == [one.text for one in report.segments]

    class OurSentences:
        """In the place of its sentence splitter."""

        def __init__(self, package: object) -> None: ...

        def split_sentences(self, text: str) -> list[str]:
            return sentences_of[text]

    text = "\n".join(sentences_of)
    argos_translate.get_installed_languages.cache_clear()
    with mock.patch.object(argos_translate, "MiniSBDSentencizer", OurSentences):
        translation = argos_translate.get_translation_from_codes("zh", TARGET)

    def run() -> object:
        translation.cache = {}  # or it would say what it said last time
        return argos_translate.translate(text, "zh", TARGET)

    return run


def bare_run(package: ModelPackage, sentences: Sequence[str]) -> Callable[[], object]:
    """One call of CTranslate2 with the options of our engine."""
    from argostranslate.tokenizer import SentencePieceTokenizer

    tokenizer = SentencePieceTokenizer(package.folder / "sentencepiece.model")
    tokens = [tokenizer.encode(sentence) for sentence in sentences]
    translator = ctranslate2.Translator(str(package.folder / "model"), inter_threads=1, intra_threads=argos._THREADS)
    options = {
        "replace_unknowns": True,
        "max_batch_size": argos._BATCH_TOKENS,
        "batch_type": "tokens",
        "beam_size": argos._BEAM,
        "num_hypotheses": argos._BEAM,
        "length_penalty": 0.2,
    }
    return lambda: translator.translate_batch(tokens, **options)


# The ladder


@dataclass(frozen=True)
class Climb:
    """What a drafting cost: each rung, tokens, and seconds: altogether, and in each of its parts."""

    segments: int
    rungs: tuple[RungCost, ...]
    tokens: int
    seconds: float
    parts: Mapping[str, float]

    @property
    def first_pass_tokens(self) -> int:
        """Tokens written for the first rung."""
        return self.rungs[0].usage.tokens_out

    @property
    def calibration_tokens(self) -> int:
        """Tokens of what is asked once per package."""
        return sum(rung.usage.tokens_out for rung in self.rungs if rung.rung == CALIBRATION)


PARTS: Mapping[str, tuple[tuple[object, str], ...]] = {
    "engine": ((Argos, "translate"),),
    "constraints and checks": ((drafting, "requests_of"), (attempt, "faults_of"), (quality, "check_draft")),
    "repair": ((ladder, "repair_document"),),
}
"""Where drafting spends its time, and the functions that are entered for it; what they call themselves is theirs."""


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Seconds in each part, running."""
    seconds = dict.fromkeys(PARTS, 0.0)
    running: list[str] = []

    def timed(part: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            if running:
                return function(*arguments, **options)
            running.append(part)
            began = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                seconds[running.pop()] += time.perf_counter() - began

        return run

    with ExitStack() as patches:
        for part, functions in PARTS.items():
            for owner, name in functions:
                patches.enter_context(mock.patch.object(owner, name, timed(part, getattr(owner, name))))
        yield seconds


def climb(report: Report, desk: Desk) -> Climb:
    """Draft the report without memory, with the newest package installed, and check the draft."""
    sources = Sources(desk.glossary, desk.settings, Assemble(Memory(()), fuzzy_threshold=desk.settings.fuzzy_threshold))
    _ = desk.fonts.fingerprint
    engine = Argos(installed_models())
    with stopwatch() as parts:
        began = time.perf_counter()
        drafted = draft_report(report, TARGET, sources, engine=engine, previous=None)
        quality.check_draft(drafted.draft, report, desk.glossary, desk.settings)
        seconds = time.perf_counter() - began
    if drafted.fault:
        raise drafted.fault
    return Climb(len(drafted.redone), drafted.costs, engine.usage().tokens_out, seconds, parts)


def print_ladders(ladders: Sequence[tuple[str, Climb]]) -> None:
    """What the ladder wrote beyond the first pass, and where time went."""
    print("\n| model | rung | segments still open after it | tokens written | first pass = 1 |")
    print("|---|---|---|---|---|")
    for model, climbed in ladders:
        first = climbed.first_pass_tokens
        for rung in (one for one in climbed.rungs if one.rung != CALIBRATION):
            print(
                f"| {model} | {rung.rung} | {rung.still_open} of {climbed.segments} | {rung.usage.tokens_out} |", end=""
            )
            print(f" {rung.usage.tokens_out / first:.2f} |")
        print(f"| {model} | calibration, once per package | | {climbed.calibration_tokens} |", end="")
        print(f" {climbed.calibration_tokens / first:.2f} |")
        whole = climbed.tokens - climbed.calibration_tokens
        print(f"| {model} | **all rungs** | | {whole} | **{whole / first:.2f}** |")
    print(f"\n| model | seconds | {' | '.join(PARTS)} | all else |")
    print("|---|---|" + "---|" * (len(PARTS) + 1))
    for model, climbed in ladders:
        parts = [*climbed.parts.values(), climbed.seconds - sum(climbed.parts.values())]
        shares = " | ".join(f"{part:.2f} ({part / climbed.seconds:.1%})" for part in parts)
        print(f"| {model} | {climbed.seconds:.2f} | {shares} |")


# Conditions


@contextmanager
def fixed_length(length: int) -> Iterator[None]:
    """Every translation by CTranslate2, whoever calls it, has exactly `length` tokens."""
    real = ctranslate2.Translator

    class FixedLength:
        """A translator that decodes neither less nor more."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            self._real = real(*arguments, **options)

        def translate_batch(self, tokens: list[list[str]], **options: Any) -> Any:
            return self._real.translate_batch(
                tokens, **{**options, "min_decoding_length": length, "max_decoding_length": length}
            )

    with mock.patch.object(ctranslate2, "Translator", FixedLength):
        yield


@contextmanager
def packages_in(folder: Path) -> Iterator[None]:
    """Packages are installed into `folder` and looked for there alone."""
    packages = folder / "packages"
    packages.mkdir()
    with (
        mock.patch.object(argos_settings, "package_data_dir", packages),
        mock.patch.object(argos_settings, "package_dirs", [packages]),
    ):
        yield


@contextmanager
def threads(count: int) -> Iterator[None]:
    """The same number of threads for all."""
    with mock.patch.object(argos_settings, "intra_threads", count), mock.patch.object(argos, "_THREADS", count):
        yield


if __name__ == "__main__":
    main()
