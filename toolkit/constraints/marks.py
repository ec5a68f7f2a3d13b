"""Punctuation a translation shares with its source, brackets that must close, and dirt that no text may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from toolkit.constraints.fault import Fault
from toolkit.languages import Language

_CLOSERS = "\"'”’)]}）】》〉」』»*_"
_ENDS = {"。": ".", "．": ".", "？": "?", "?": "?", "！": "!", "!": "!"}
_ENGLISH_ENDS = ".?!…。？！"  # what is left of the Chinese is another fault
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:Inc|Ltd|Co|Corp|etc|Jr|Sr|No|St|Mr|Mrs|Dr|vs|al))\.$")
_TIBETAN_END = re.compile(r"(?:[།༎༏༐༑༔?!？！…]|[ཀགཤ][ིེོ]?་?|[ཀ-ྼ0-9༠-༩]་?(?=[”\"》)）]))[”\"’'》)）\]\s]*$")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_QUOTES = {"“": "”", "«": "»"}
_LIST_MARK = re.compile(r"(?:^|[\s(;,])(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\)")
_FACE = re.compile(r"[:;]-?[()]")
_INCHES = re.compile(r"\d\"")
_FEW_QUOTES = 3  # professionals drop up to three: the Chinese quotes names where others use capitals

_CONTROL_NAMES = {"Cc": "a control character", "Cf": "an invisible sign", "Co": "a private character"}
_WELCOME = "\n\t\u2060"  # a word joiner keeps words together, as authors want it
_PLACEHOLDER = re.compile(
    r"#[A-Z]{2,}\d*#"
    r"|\{\{?\w*\}?\}|\$\{\w+\}|%\(\w+\)[sd]|(?<![\d%])%[sd](?!\w)"
    r"|</?[A-Za-z][\w:-]*(?:\s+[\w:-]+=[^<>]*)?\s*/?>|<\|[\w ]+\|>"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9A-Fa-f]+);"
    r"|__\w+?__|⟦[^⟧]*⟧|⟨[^⟩]*⟩|\[[A-Z_]{2,}_?\d+\]|\[/?INST\]"
    r"|⁇|▁|\w@@(?= )|\*\*|```"
)
_CHATTER = re.compile(
    r"^\W*(?:(?:sure|certainly|of course|okay)\W+)?(?:here(?:'s|’s| is)|below is|this is|the following is)"
    r" (?:the|a|your|my) (?:\w+ ){0,2}translation\b|^\W*(?:\w+ )?translation\s*[:：]"
    r"|^\W*(?:翻译|译文)(?:结果|如下)?[：:]",
    re.IGNORECASE,
)


def end_faults(source: str, target: str, language: Language) -> Iterator[Fault]:
    """`end-punctuation`: a sentence must end, a question must ask, a title must not end.

    A Chinese exclamation may become a plain sentence.  In Tibetan a sentence ends with a shad, or with ག, ཀ or ཤ and
    nothing; titles are printed with a shad and without one, so nothing is said of them.
    """
    end = _ENDS.get(_last_mark(source), "")
    stripped = target.rstrip()
    at = (len(stripped), len(stripped))
    if language == "bo":
        if end and not _TIBETAN_END.search(stripped):
            yield Fault("end-punctuation", "The Tibetan sentence does not end with a shad.", target_span=at)
        return
    mark = _last_mark(stripped)
    if end == "?" and mark not in "?？":
        yield Fault("end-punctuation", "The Chinese asks a question; the translation does not.", target_span=at)
    elif end and mark not in _ENGLISH_ENDS:
        closed = stripped.rstrip(_CLOSERS) != stripped
        repair = None if closed or mark in ",;:–—-" else end
        yield Fault("end-punctuation", "The sentence has no end mark.", target_span=at, repair=repair)
    elif not end and mark == "." and _has_no_mark(source) and not _ABBREVIATION.search(stripped):
        span = (len(stripped) - 1, len(stripped)) if stripped.endswith(".") else at
        reason = "The Chinese is a title without an end mark; the translation ends with a full stop."
        yield Fault("end-punctuation", reason, target_span=span)


def _last_mark(text: str) -> str:
    """The last character behind which only closing quotes and brackets stand; a space for a text without any."""
    return text.rstrip(_CLOSERS + " \u00a0\u3000\n")[-1:] or " "


def _has_no_mark(source: str) -> bool:
    last = _last_mark(source)
    return last.isalnum() and not any(mark in source for mark in "。！？，；")


def bracket_faults(source: str, target: str) -> Iterator[Fault]:
    """`brackets-quotes`: a bracket or quote without its partner in `target`, and quotations that are all gone.

    A quotation may run over several sentences: where the source opens one and leaves it open, so may the target.
    """
    lone = _lone(target, _BRACKETS)
    if lone is not None and _lone(source, _BRACKETS) is None:
        yield Fault("brackets-quotes", f"“{target[lone]}” has no partner.", target_span=(lone, lone + 1))
    lone = _lone_quote(target)
    if lone is not None and _lone_quote(source) is None:
        yield Fault("brackets-quotes", "A quotation mark has no partner.", target_span=(lone, lone + 1))
    said = source.count("“") + source.count("「")
    if said > _FEW_QUOTES and not any(mark in target for mark in "“\"‘'’《«"):
        yield Fault("brackets-quotes", f"The Chinese has {said} quotations; the translation has none.")


def _lone(text: str, pairs: Mapping[str, str]) -> int | None:
    """The place of an opening mark that nothing closes, or of a closing one that nothing opened."""
    if not any(mark in text for pair in pairs.items() for mark in pair):
        return None
    text = _LIST_MARK.sub(_blanked, _FACE.sub(_blanked, text))
    opened: list[int] = []
    for index, character in enumerate(text):
        if character in pairs:
            opened.append(index)
        elif character in pairs.values():
            if not opened or pairs[text[opened[-1]]] != character:
                return index
            opened.pop()
    return opened[-1] if opened else None


def _lone_quote(text: str) -> int | None:
    if text.count('"') % 2 and _INCHES.sub(_blanked, text).count('"') % 2:
        return text.rindex('"')
    if '"' in text:  # straight and curly marks may be partners: only their number can be told
        return None if (text.count("“") + text.count("”")) % 2 == 0 else max(text.rfind("“"), text.rfind("”"))
    return _lone(text, _QUOTES)


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def control_faults(target: str) -> Iterator[Fault]:
    """`control-characters`: what no page shows (controls, direction marks, zero-width signs), and broken characters."""
    if target.isascii() and target.isprintable():
        return
    for index, character in enumerate(target):
        if character.isprintable() or character in _WELCOME:
            if character != "\ufffd":
                continue
        elif unicodedata.category(character) == "Zs":
            continue
        code = f"U+{ord(character):04X}"
        kind = unicodedata.category(character)
        if character == "\ufffd":
            reason = f"A character was lost on the way: {code} stands for it."
        else:
            what = _CONTROL_NAMES.get(kind, "no character of Unicode")
            reason = f"{code} is {what} and does not belong in print."
        repair = "" if kind in ("Cc", "Cf") else None
        yield Fault("control-characters", reason, target_span=(index, index + 1), repair=repair)


def placeholder_faults(source: str, target: str) -> Iterator[Fault]:
    """`placeholder-leak`: signs of the machinery (#ORG#, {0}, <x id="1"/>, ⟦1⟧, ▁) and a model's chatter."""
    for match in _PLACEHOLDER.finditer(target):
        if match.group() not in source:
            reason = f"“{match.group()}” is a placeholder, not text."
            yield Fault("placeholder-leak", reason, target_span=match.span())
    if (chatter := _CHATTER.match(target)) and not _CHATTER.match(source):
        reason = f"“{chatter.group()}” is what a model says about its answer, not the translation."
        yield Fault("placeholder-leak", reason, target_span=chatter.span())
