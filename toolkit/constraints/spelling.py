"""Is a Tibetan syllable well formed?

By the rules of hunspell-bo (which prefix may stand before which stack, which suffixes may follow), read by spylls; see
data/LICENSE.  Its rules are those of Tibetan words.  Two sorts of loanwords are well formed besides, by their shape:

- Chinese and other names in transcription have endings that Tibetan words do not have (ཝུའུ, ཀྲོའུ, ལའེ, ཀྭང);
- Sanskrit has letters, stacks and long vowels of its own (ཊ, གྷ, མཱ).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import tibetan
from toolkit.constraints.fault import Fault

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

_RULES = Path(__file__).parent / "data" / "bo"  # .aff and .dic
_SYLLABLE = re.compile(r"[\u0f35\u0f37\u0f39\u0f40-\u0fbc]+")
_PARTICLE = r"(?:འི|འོ|འིའོ|ར|ས|འང|འམ)?"
_TWO_VOWELS = re.compile(rf"(?P<stem>[^འ]+?[ིེོུ]?)འ[ིེོུ](?P<coda>[ནངལམ]?){_PARTICLE}$|(?P<open>[^འ]+?[ིེོུ]?)འ[རལན]$")
_SANSKRIT_SIGN = re.compile(
    "[\u0f4a-\u0f4e\u0f65\u0f71\u0f7b\u0f7d-\u0f80\u0f83\u0f9a-\u0f9e\u0fb5]|[\u0f42\u0f4c\u0f51\u0f56\u0f5b]\u0fb7"
)  # retroflex letters, ཥ, long vowels, anusvara, visarga; གྷ ཌྷ དྷ བྷ ཛྷ
_SANSKRIT = re.compile(
    r"(?:[\u0f40-\u0f6c][\u0f90-\u0fbc]{0,2}\u0f71?[\u0f72\u0f74\u0f7a-\u0f7d\u0f80]?[\u0f7e\u0f7f\u0f83]?){1,2}"
    rf"{_PARTICLE}$"
)
_NO_STACK = re.compile("(?<![\u0f40\u0f4a\u0f4c\u0f4e\u0f65])[\u0f9a-\u0f9e\u0fb5]")  # ྚ ྜ ྵ stand below ཀ ཊ ཌ ཎ ཥ only
_GLIDE = re.compile(rf"(?:ཀྲ?|ཁྲ?|ག|ཧྲ?)ྭ(?:ན|ང|འེ)?{_PARTICLE}$")


def spelling_faults(target: str, known: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """`malformed-tibetan` for every syllable of a Tibetan text that cannot be one.

    `target` must be normal (`tibetan.normal`); `known` are syllables that are right whatever the rules say, see
    `syllables_of`.  Where only a tsheg is missing between two good syllables, the fault carries the repair.
    """
    for start, end, syllable in malformed_syllables(target, known):
        split = _split(syllable, known)
        reason = f"“{syllable}” is no Tibetan syllable."
        if split:
            reason = f"“{syllable}” is no Tibetan syllable; “{split}” may be meant."
        yield Fault("malformed-tibetan", reason, target_span=(start, end), repair=split or None)


def malformed_syllables(text: str, known: frozenset[str] = frozenset()) -> tuple[tuple[int, int, str], ...]:
    """(start, end, syllable) of each syllable in `text` that is malformed and not `known`, in order."""
    return tuple(
        (match.start(), match.end(), match.group())
        for match in _SYLLABLE.finditer(text)
        if not is_well_formed(match.group()) and not _is_known(match.group(), known)
    )


def syllables_of(renderings: Iterable[str]) -> frozenset[str]:
    """The syllables in Tibetan renderings (a glossary's column, a table of transcriptions): what a house writes."""
    return frozenset(syllable for rendering in renderings for syllable in tibetan.syllables(rendering))


def _is_known(syllable: str, known: frozenset[str]) -> bool:
    if not known:
        return False
    return any(syllable[: match.start()] in known for match in re.finditer(rf"{_PARTICLE}$", syllable))


@functools.lru_cache(maxsize=1 << 12)
def is_well_formed(syllable: str) -> bool:
    """Whether `syllable`, without tsheg and in normal form, can be a Tibetan syllable or a loan."""
    if _dictionary().lookup(syllable):
        return True
    if match := _TWO_VOWELS.match(syllable):
        return bool(_dictionary().lookup(match["stem"] or match["open"]))
    if _GLIDE.match(syllable):
        return True
    return bool(_SANSKRIT_SIGN.search(syllable) and _SANSKRIT.match(syllable)) and not _NO_STACK.search(syllable)


def _split(syllable: str, known: frozenset[str]) -> str:
    """`syllable` as two, when there is one way only to cut it into two good ones."""
    cuts = [
        f"{syllable[:cut]}{tibetan.TSHEG}{syllable[cut:]}"
        for cut in range(1, len(syllable))
        if all(part in known or is_well_formed(part) for part in (syllable[:cut], syllable[cut:]))
    ]
    return cuts[0] if len(cuts) == 1 else ""


@functools.cache
def _dictionary() -> Dictionary:
    from spylls.hunspell import Dictionary  # here, because English drafts need none of it

    return Dictionary.from_files(str(_RULES))
