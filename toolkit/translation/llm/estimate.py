"""What a draft will cost, before any of it is spent: rules of thumb, no network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.languages import Language, is_han, is_tibetan
from toolkit.translation.engine import Question
from toolkit.translation.llm.prompts import Messages, parcels_of, prompt
from toolkit.translation.llm.settings import LlmSettings

_TOKENS_PER_MESSAGE = 4  # role and borders
_CHARACTERS_OUT: Mapping[Language, float] = {"zh": 1.0, "en": 5.4, "bo": 5.2}
"""Characters per Chinese character, over the 50 units of the memory of gannan-2023."""
_TOKENS_PER_TARGET_CHARACTER: Mapping[Language, float] = {"zh": 1.0, "en": 0.25, "bo": 2.0}
_MILLION = 1_000_000


@dataclass(frozen=True)
class Estimate:
    """What `questions` would take at the first go: `cost` in the currency of the settings' prices.

    Asking again (a refusal, a broken term) and thinking aloud come on top.
    """

    requests: int
    tokens_in: int
    tokens_out: int
    cost: float

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.cost + other.cost,
        )


def estimate(questions: Sequence[Question], target: Language, settings: LlmSettings) -> Estimate:
    """The requests, tokens and cost of translating `questions` into `target` once."""
    parcels = parcels_of(questions, settings)
    prompts = [prompt([questions[index] for index in parcel], target, settings) for parcel in parcels]
    tokens_in = sum(map(tokens_of_messages, prompts))
    characters = sum(len(question.text) for question in questions)
    tokens_out = math.ceil(characters * _CHARACTERS_OUT[target] * _TOKENS_PER_TARGET_CHARACTER[target])
    return Estimate(len(parcels), tokens_in, tokens_out, cost_of(tokens_in, tokens_out, settings))


def cost_of(tokens_in: int, tokens_out: int, settings: LlmSettings) -> float:
    """The price of so many tokens."""
    return (tokens_in * settings.price_in + tokens_out * settings.price_out) / _MILLION


def tokens_of(text: str) -> int:
    """About how many tokens `text` has: one a Chinese character, two a Tibetan one, four others to a token."""
    han = sum(map(is_han, text))
    tibetan = sum(map(is_tibetan, text))
    return han + 2 * tibetan + math.ceil((len(text) - han - tibetan) / 4)


def tokens_of_messages(messages: Messages) -> int:
    """About how many tokens a prompt has."""
    return sum(_TOKENS_PER_MESSAGE + tokens_of(message["content"]) for message in messages)
