"""What a model said, freed of what models say besides: thoughts, labels, fences, quotes, notes, the source again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.languages import is_han

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"^.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_THOUGHT_BEGINS = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_SPECIAL = re.compile(r"<\|[^|<>\n]{1,40}\|>|</?s>|<(?:start|end)_of_turn>|\ufeff")
_FENCE = re.compile(r"^```[^\n`]*\n(.*?)\n?```$", re.DOTALL)
_TAG = re.compile(r"^<(target|translation|output)>(.*)</\1>$", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(
    r"^[*_#\s【\[(（]{0,4}(?:(?:here is|here's|this is|sure)\b[^:：\n]{0,60}\btranslat\w+[^:：\n]{0,40}|"
    r"(?:(?:the|english|tibetan)\s+){0,2}translat(?:ion|ed text)|(?:英文|英语|藏文|藏语)?(?:译文|翻译)(?:结果|如下)?)"
    r"[*_\s】\])）]{0,4}[:：][*_\s]*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\n\s*[(（*_【\[]{0,3}(?:notes?|explanation|注释?|说明|备注)[*_\s】\]]{0,3}[:：].*$", re.DOTALL | re.IGNORECASE
)
_OWN_NOTE = re.compile(r"(?:注释?|说明|备注)\s*[:：]")
_REFUSAL = re.compile(
    r"^(?:i['’]?m sorry|i am sorry|sorry|i apologi[sz]e|i can(?:no|['’])t|i am unable|i['’]m unable|as an ai)\b"
    r".*\b(?:assist|help|translat\w+|request|provide|content|language model)\b"
    r"|^(?:很?抱歉|对不起|我(?:无法|不能)|作为(?:一个|一名)?(?:AI|人工智能))",
    re.IGNORECASE,
)
_SPEAKS_SO = re.compile(r"抱歉|对不起|歉意|我们?(?:不能|无法)")
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("「", "」"), ("『", "』"), ("`", "`"))
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")  # XML may not hold most of them
_NUMBER = re.compile(r"^[ \t]*\[(\d{1,3})\][ \t]*", re.MULTILINE)


def translation_in(reply: str, source: str) -> str:
    """The translation of `source` that `reply` holds, on one line; empty where it holds none.

    None is what is empty, refuses, only thinks, gives the source back, or has characters that nobody can print.
    """
    text = without_thoughts(reply)
    text = text if _OWN_NOTE.search(source) else _NOTE.sub("", text)
    for _ in range(3):  # a label before a fence, quotes inside the fence
        text = _unwrapped(text, source)
    text = " ".join(text.split())
    says_nothing = not _bare(text) and bool(_bare(source))
    refuses = bool(_REFUSAL.match(text)) and not _SPEAKS_SO.search(source)
    copies = any(map(is_han, source)) and _bare(text) == _bare(source)
    return "" if says_nothing or refuses or copies or _UNPRINTABLE.search(text) else text


def translations_in(reply: str, sources: Sequence[str]) -> list[str] | None:
    """The translations that a numbered `reply` holds, one for each of `sources`; None when the count is wrong.

    Single ones may be empty, as in `translation_in`.
    """
    text = without_thoughts(reply)
    heads = list(_NUMBER.finditer(text))
    if [int(head[1]) for head in heads] != list(range(1, len(sources) + 1)):
        return None
    ends = [*(head.start() for head in heads[1:]), len(text)]
    bodies = [text[head.end() : end] for head, end in zip(heads, ends, strict=True)]
    return [translation_in(body, source) for body, source in zip(bodies, sources, strict=True)]


def without_thoughts(reply: str) -> str:
    """`reply` without what stands in think tags; empty when it never stops thinking.

    Some chat templates open the tag in the prompt, so that a reply begins inside it.
    """
    text = _THOUGHT_ENDS.sub("", _THOUGHT.sub("", reply))
    return "" if _THOUGHT_BEGINS.search(text) else _SPECIAL.sub("", text).strip()


def _unwrapped(text: str, source: str) -> str:
    text = text.strip()
    if "译" not in source:
        text = _LABEL.sub("", text, count=1)
    for wrapping in (_FENCE, _TAG):
        if match := wrapping.match(text):
            text = match[match.lastindex or 0].strip()
    if any(map(is_han, source)) and text.startswith(source) and len(text) > len(source):
        text = text[len(source) :].lstrip("\n :：→=->")
    if source[:1] not in {opening for opening, _ in _QUOTES}:
        for opening, closing in _QUOTES:
            inner = text[1:-1]
            if text[:1] == opening and text[-1:] == closing and inner and not {opening, closing} & set(inner):
                text = inner.strip()
    return text


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
