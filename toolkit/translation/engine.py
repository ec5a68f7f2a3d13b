"""What every engine does: a batch of questions in, n-best answers out, and what it can do besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from toolkit.errors import EngineError
from toolkit.languages import Language


@dataclass(frozen=True)
class Question:
    """A Chinese text to translate.

    The rest is for engines that can use it: `terms` are (Chinese, target) pairs to keep to, `before` and `after` the
    sentences around it, `context` its paragraph (or title) in Chinese, `complaint` says what was wrong with the last
    answer, in English.
    """

    text: str
    terms: tuple[tuple[str, str], ...] = ()
    before: str = ""
    after: str = ""
    context: str = ""
    complaint: str = ""


@dataclass(frozen=True)
class Abilities:
    """What an engine can do, so that the ladder knows which rungs it has.

    `takes_terms` says whether it reads `Question.terms`, `takes_complaints` whether asking again with a complaint may
    give another answer.  One that can do neither is a black box: it is asked with other words in the Chinese.
    """

    takes_terms: bool = False
    takes_complaints: bool = False


@dataclass(frozen=True)
class Usage:
    """What an engine has done since it was made: questions answered, tokens read and written, retries, money.

    `cost` is in the currency of the settings' prices, 0 where none are set.
    """

    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    retries: int = 0
    cost: float = 0.0

    def since(self, before: Usage) -> Usage:
        """What was added after `before`."""
        return Usage(
            self.questions - before.questions,
            self.tokens_in - before.tokens_in,
            self.tokens_out - before.tokens_out,
            self.retries - before.retries,
            self.cost - before.cost,
        )


class EngineStopped(EngineError):
    """An engine that failed on the way; `answers` holds what it had said by then, by the question's index."""

    def __init__(
        self, problem: str, *, answers: Mapping[int, tuple[str, ...]], remedy: str, path: object = None
    ) -> None:
        super().__init__(problem, path=None if path is None else str(path), remedy=remedy)
        self.answers = dict(answers)


class Engine(Protocol):
    """A source of translations.  `name` is what `--engine` takes."""

    name: str
    abilities: Abilities

    def can_translate(self, target: Language) -> bool:
        """Whether the engine can produce `target` from Chinese here and now."""
        ...

    def identity(self, target: Language) -> str:
        """Name and version: a draft made by another identity is another draft."""
        ...

    def usage(self) -> Usage:
        """What it has done so far."""
        ...

    def notebook(self, target: Language) -> Path | None:
        """A file in which what was found out about this model may be kept; None where there is no good place."""
        ...

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        """Answers to each question, in order, best first; an empty tuple where the engine has none worth showing.

        Raises `EngineStopped` when the engine fails on the way, `EngineError` when it fails as a whole.
        """
        ...


@dataclass
class Tally:
    """A running `Usage`, for engines to keep."""

    total: Usage = field(default_factory=Usage)

    def add(
        self, *, questions: int = 0, tokens_in: int = 0, tokens_out: int = 0, retries: int = 0, cost: float = 0.0
    ) -> None:
        """Count some more."""
        now = self.total
        self.total = Usage(
            now.questions + questions,
            now.tokens_in + tokens_in,
            now.tokens_out + tokens_out,
            now.retries + retries,
            now.cost + cost,
        )
