"""How each family of models is asked: the words of the prompt, and the sampling its makers recommend.

In every template the text to translate stands last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.languages import NAMES, Language
from toolkit.translation.engine import Question
from toolkit.translation.llm.settings import LlmSettings

Messages = list[dict[str, str]]
_MOST_TOKENS = 4096  # as Hy-MT2's card has it; some servers refuse a limit that their context cannot hold
_MOST_CHARACTERS = 1500
_TOKENS_PER_CHARACTER: Mapping[Language, int] = {"zh": 2, "en": 4, "bo": 24}
"""Most tokens that a Chinese character may become: up to 8.4 characters in either language (units of the memory of
gannan-2023), of which English takes four to a token and Tibetan, often spelled in bytes, up to three tokens each."""


@dataclass(frozen=True)
class HyMt:
    """Tencent's Hunyuan translation models Hy-MT2 and HY-MT1.5, in the words of their model card.

    Source: github.com/Tencent-Hunyuan/Hy-MT2, README_CN.md: default, terminology, background (“Structured Data 2”)
    and personalization; sampling as recommended for 1.8B and 7B, another one for 30B-A3B; no system prompt.  The
    card does not say how these forms go together: background stands first here, then the terms.  The penalty goes
    under two names, vLLM's `repetition_penalty` and llama.cpp's `repeat_penalty`; each ignores the other's.
    """

    name: str = "hymt"
    version: int = 1
    sampling: Mapping[str, Any] = field(
        default_factory=lambda: {
            "temperature": 0.7,
            "top_p": 0.6,
            "top_k": 20,
            "repetition_penalty": 1.05,
            "repeat_penalty": 1.05,
        }
    )
    wants_context: bool = False  # the terms matter more, and a small model may translate the background too
    takes_many: bool = False
    thinking: int = 0

    def messages(
        self, questions: Sequence[Question], target: Language, *, house_style: Sequence[str], with_context: bool
    ) -> Messages:
        """One user message, in Chinese."""
        (question,) = questions
        language = {"zh": "中文", "en": "英语", "bo": "藏语"}[target]
        background = surroundings(question) if with_context else ""
        wishes = [*house_style, *([f"改正上次译文的错误：{question.complaint}"] if question.complaint else [])]
        parts = [f"【背景信息】\n{background}\n\n"] if background else []
        if question.terms:
            parts += ["参考下面的翻译：\n", *(f"{term} 翻译成 {wanted}\n" for term, wanted in question.terms)]
        if wishes:
            tasks = [*wishes, f"将【待翻译文本】翻译为{language}，注意只需要输出翻译后的结果，不要额外解释。"]
            numbered = "".join(f"{number}、{task}\n" for number, task in enumerate(tasks, start=1))
            parts.append(f"【翻译任务】\n{numbered}\n【待翻译文本】\n{question.text}")
        elif background:
            parts.append(f"请结合背景信息将以下文本翻译为{language}。\n\n【待翻译文本】\n{question.text}")
        else:
            parts.append(f"将以下文本翻译为{language}，注意只需要输出翻译后的结果，不要额外解释：\n\n{question.text}")
        return [{"role": "user", "content": "".join(parts)}]


_RULES = (
    "Give the translation alone: no notes, no alternatives, no quotation marks around it, no Chinese left in it.",
    "Translate everything, in the order of the original. Leave nothing out and add nothing.",
    "Keep every figure, date, percentage and sum as it is: 万 is ten thousand, 亿 a hundred million. "
    "Never add a month, a year or a currency that the text does not give.",
    "Keep every person and every title, each once, in the order of the original.",
    "Use the terms that are given with the text exactly as they are given.",
)
_SCRIPT: Mapping[Language, str] = {
    "zh": "Write simplified Chinese.",
    "en": "Write plain news English.",
    "bo": "Write Tibetan in Tibetan script, in the written language of news, with tsheg and shad as in print.",
}


@dataclass(frozen=True)
class Chat:
    """A general chat model: the rules in the system message, what belongs to one text in the user message.

    So the system message stays the same for a whole report, and servers that keep prefixes need not read it again.
    With `has_system` False all is one user message, for chat templates that refuse the role.
    """

    name: str = "chat"
    version: int = 1
    sampling: Mapping[str, Any] = field(default_factory=lambda: {"temperature": 0.3})
    wants_context: bool = True
    takes_many: bool = True
    thinking: int = 4096
    has_system: bool = True

    def messages(
        self, questions: Sequence[Question], target: Language, *, house_style: Sequence[str], with_context: bool
    ) -> Messages:
        """Two messages, or one without a system role."""
        rules = "\n".join(f"- {rule}" for rule in (*_RULES, _SCRIPT[target], *house_style))
        system = f"You translate Chinese news reports into {NAMES[target]} for a printed bulletin.\n{rules}"
        parts = []
        terms = dict.fromkeys(pair for question in questions for pair in question.terms)
        if terms:
            parts.append("Terms:\n" + "\n".join(f"{term} = {wanted}" for term, wanted in terms))
        if len(questions) == 1:
            (question,) = questions
            background = surroundings(question) if with_context else ""
            if background:
                parts.append(f"Where it comes from, to understand it by, not to be translated:\n{background}")
            if question.complaint:
                parts.append(f"An earlier translation was wrong. Do not repeat this: {question.complaint}")
            parts.append(f"Translate into {NAMES[target]}:\n{question.text}")
        else:
            numbered = "\n".join(f"[{number}] {question.text}" for number, question in enumerate(questions, start=1))
            parts.append(
                f"Translate these {len(questions)} texts into {NAMES[target]}. Answer with the same {len(questions)} "
                f"numbers in brackets, each at the start of a line, each before its translation:\n{numbered}"
            )
        user = "\n\n".join(parts)
        if not self.has_system:
            return [{"role": "user", "content": f"{system}\n\n{user}"}]
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]


Template = HyMt | Chat
"""A family's prompt.  `version` changes with its words; `wants_context` says whether the paragraph goes along unless
the settings say otherwise, `takes_many` whether one prompt may hold several texts, `thinking` how many tokens the model
may spend before it answers."""

TEMPLATES: Mapping[str, Template] = {
    "hymt": HyMt(),
    "chat": Chat(),
    "plain": Chat(name="plain", has_system=False, thinking=0),
}
_HUNYUAN = re.compile(r"hy-?mt|hunyuan-?mt", re.IGNORECASE)
_NO_SYSTEM_ROLE = re.compile(r"gemma", re.IGNORECASE)  # the chat template of Gemma 1 and 2 raises an error on it


def template_of(settings: LlmSettings) -> Template:
    """The template that the settings name or, on "auto", that the model's name tells."""
    if settings.family != "auto":
        return TEMPLATES[settings.family]
    if _HUNYUAN.search(settings.model):
        return TEMPLATES["hymt"]
    return TEMPLATES["plain" if _NO_SYSTEM_ROLE.search(settings.model) else "chat"]


def sampling_of(settings: LlmSettings) -> dict[str, Any]:
    """What goes to the server beside the messages: the template's, the model's, then the newsroom's own."""
    sampling = dict(template_of(settings).sampling)
    if "30b-a3b" in settings.model.lower() and _HUNYUAN.search(settings.model):
        sampling |= {"top_p": 1.0, "top_k": -1, "repetition_penalty": 1.0, "repeat_penalty": 1.0}
    return {**sampling, **settings.sampling}


def room_for(questions: Sequence[Question], target: Language, settings: LlmSettings, *, bare: bool = False) -> int:
    """The most tokens an answer may have: ample for the longest true one, and an end for a model that loops.

    Half of that when `bare`, for a model whose context is short.
    """
    if settings.max_tokens is not None:
        return settings.max_tokens
    characters = sum(len(question.text) for question in questions)
    room = 100 + 10 * len(questions) + characters * _TOKENS_PER_CHARACTER[target]
    room = min(room, _MOST_TOKENS) + template_of(settings).thinking
    return room // 2 if bare else room


def parcels_of(questions: Sequence[Question], settings: LlmSettings) -> list[tuple[int, ...]]:
    """The indices of `questions` that go into one request each, in order; texts without a word go into none.

    A question with a complaint travels alone, and no parcel of several has more than 1,500 characters.
    """
    most = settings.segments_per_request if template_of(settings).takes_many else 1
    parcels: list[tuple[int, ...]] = []
    is_open, characters = False, 0
    for index, question in enumerate(questions):
        if not question.text.strip():
            continue
        characters += len(question.text)
        joins = is_open and not question.complaint and len(parcels[-1]) < most and characters <= _MOST_CHARACTERS
        if joins:
            parcels[-1] += (index,)
        else:
            parcels.append((index,))
            characters = len(question.text)
        is_open = not question.complaint
    return parcels


def prompt(questions: Sequence[Question], target: Language, settings: LlmSettings, *, bare: bool = False) -> Messages:
    """The messages for `questions` as the settings want them; `bare` leaves the context out."""
    template = template_of(settings)
    wants_context = template.wants_context if settings.context is None else settings.context
    return template.messages(
        questions,
        target,
        house_style=settings.house_style.get(target, ()),
        with_context=wants_context and not bare,
    )


def surroundings(question: Question) -> str:
    """The paragraph of `question` and its neighbours, each once; empty where they say no more than the text."""
    paragraph = question.context or question.text
    lines = [line for line in (question.before, question.after) if line and line not in paragraph]
    if not lines and paragraph == question.text:
        return ""
    before = [question.before] if question.before in lines else []
    after = [question.after] if question.after in lines else []
    return "\n".join([*before, paragraph, *after])
