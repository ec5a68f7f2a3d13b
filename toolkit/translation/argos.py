"""Packages of Argos Translate, decoded with their own CTranslate2 model and SentencePiece.

The call and its parameters are Argos's own (`argostranslate.translate.apply_packaged_translation`), so the same
sentence gives the same text; the sentence splitter is ours, and the whole report goes in one batch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit.errors import EngineError
from toolkit.languages import NAMES, SOURCE, Language
from toolkit.translation.engine import Abilities, Question, Tally, Usage
from toolkit.translation.models import InstalledModels, ModelPackage

_BEAM = 4
_MOST_SOURCE_TOKENS = 1022  # CTranslate2 cuts input at 1,024 without a word, and <s> and </s> count
_MOST_TARGET_TOKENS = 512
_BATCH_TOKENS = 2048
_THREADS = 2
_NOTEBOOK = "bulletin-calibration.json"
_SCRAP = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd-\uffff]")  # XML may not hold most of them


def use_threads(count: int) -> None:
    """How many threads a model loaded from now on computes with: fewer where several processes share the cores."""
    global _THREADS
    _THREADS = count


class LoadedModel:
    """A package in memory.  Raises `EngineError` when model or tokenizer do not load."""

    def __init__(self, package: ModelPackage) -> None:
        import ctranslate2
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

        self.package = package
        self.tally = Tally()
        pieces = package.folder / "sentencepiece.model"
        try:
            self._model: Any = ctranslate2.Translator(
                str(package.folder / "model"), device="cpu", inter_threads=1, intra_threads=_THREADS
            )
            self._tokenizer: Any = (
                SentencePieceTokenizer(pieces)
                if pieces.is_file()
                else BPETokenizer(package.folder / "bpe.model", package.from_code, package.to_code)
            )
            self._tokenizer.encode("试")
        except Exception as fault:  # both libraries raise RuntimeError, OSError, ValueError …
            raise EngineError(
                f"the model does not load ({str(fault).splitlines()[0] if str(fault) else type(fault).__name__})",
                path=package.folder,
                remedy="Install the package again: bulletin models install FILE.argosmodel",
            ) from fault

    def translate(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Up to four translations of each text, best first; none where a text or its translation was too long.

        A text with control characters or U+FFFD, which come of byte pieces put together wrongly, is left out.
        """
        tokens = [self._tokenizer.encode(text) for text in texts]
        fitting = [index for index, pieces in enumerate(tokens) if 0 < len(pieces) <= _MOST_SOURCE_TOKENS]
        answers: list[tuple[str, ...]] = [() for _ in texts]
        prefix = self.package.target_prefix
        try:
            results = self._model.translate_batch(
                [tokens[index] for index in fitting],
                target_prefix=[[prefix]] * len(fitting) if prefix else None,
                replace_unknowns=True,
                max_batch_size=_BATCH_TOKENS,
                batch_type="tokens",
                beam_size=_BEAM,
                num_hypotheses=_BEAM,
                length_penalty=0.2,
                max_decoding_length=_MOST_TARGET_TOKENS,
            )
        except (RuntimeError, ValueError) as fault:
            raise EngineError(
                f"the model failed while translating ({fault})",
                path=self.package.folder,
                remedy="Install the package again, or build with --engine assemble",
            ) from fault
        self.tally.add(
            questions=len(texts),
            tokens_in=sum(len(tokens[index]) for index in fitting),
            tokens_out=sum(len(result.hypotheses[0]) for result in results),
        )
        for index, result in zip(fitting, results, strict=True):
            whole = (pieces for pieces in result.hypotheses if len(pieces) < _MOST_TARGET_TOKENS)
            decoded = (self._text(pieces) for pieces in whole)
            answers[index] = tuple(dict.fromkeys(text for text in decoded if text and not _SCRAP.search(text)))
        return answers

    def _text(self, pieces: list[str]) -> str:
        prefix = self.package.target_prefix
        text: str = self._tokenizer.decode(pieces[1:] if prefix and pieces[:1] == [prefix] else pieces)
        return text.strip()


class Argos:
    """The engine `argos`: one installed package per language."""

    name = "argos"
    abilities = Abilities()

    def __init__(self, models: InstalledModels) -> None:
        self._models = models
        self._loaded: dict[Language, LoadedModel] = {}

    def can_translate(self, target: Language) -> bool:
        """Whether a package from Chinese into `target` is installed."""
        return self._package(target) is not None

    def identity(self, target: Language) -> str:
        """Engine, pair and version of the package."""
        package = self._package(target)
        return f"{self.name} {package.identity}" if package else self.name

    def usage(self) -> Usage:
        """Questions and tokens of all packages so far; of each n-best the tokens of the first count."""
        tally = Tally()
        for model in self._loaded.values():
            one = model.tally.total
            tally.add(questions=one.questions, tokens_in=one.tokens_in, tokens_out=one.tokens_out)
        return tally.total

    def notebook(self, target: Language) -> Path | None:
        """A file in the package's own folder: it goes when the package goes."""
        package = self._package(target)
        return package.folder / _NOTEBOOK if package else None

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        """N-best answers to each question: one batch over all of them, a text that comes again asked once."""
        package = self._package(target)
        if package is None:
            raise EngineError(
                f"no Argos package Chinese → {NAMES[target]} is installed", remedy=how_to_get_a_model(target)
            )
        if target not in self._loaded:
            self._loaded[target] = LoadedModel(package)
        texts = list(dict.fromkeys(question.text for question in questions))
        answers = dict(zip(texts, self._loaded[target].translate(texts), strict=True))
        return [answers[question.text] for question in questions]

    def _package(self, target: Language) -> ModelPackage | None:
        return self._models.for_pair(SOURCE, target)


def how_to_get_a_model(target: Language) -> str:
    """What to type to get a package for Chinese → `target`."""
    if target == "bo":
        return "The Argos index has none for Tibetan; if you have a package: bulletin models install FILE.argosmodel"
    return f"Get it: bulletin models install {SOURCE} {target}"
