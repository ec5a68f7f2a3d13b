"""Tibetan particles that take their form from the letter before them, and what letter that is.

Rules: the traditional grammars (Sum cu pa), with today's habit where the two part: ཞེས after ས, where they ask for
ཤེས.  What stands behind digits, Latin and a closing quote is what 1,000 translated sentences (NTREX-128) have there:
no tsheg, and ཡི ཡིས ལ.  Particles that never change (ལ ན ནས ལས དང ནི) are not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from toolkit import tibetan

OPEN = "-"
DRAG = "+"
OTHER = "*"
CLOSING = '”’》〉」』"'

_BETWEEN = f"{tibetan.TSHEG}{tibetan.SHAD} "
_PARENTHESIS = re.compile(r"\s*[(（][^()（）]*[)）]$")
_VOWELS_AND_BELOW = re.compile(r"[\u0f71-\u0f7d\u0f80\u0f81\u0f90-\u0fbc]")
_SILENT = re.compile(r"[\u0f35\u0f37\u0f39\u0f7f]")
_FINALS = frozenset("གངདནབམརལས")
_PREFIXES = frozenset("གདབམའ")
_BEFORE_DRAG = frozenset("ནརལ")


@dataclass(frozen=True)
class Ending:
    """How words end, as far as a particle behind them asks.

    `letter` is one of the finals ག ང ད ན བ མ ར ལ ས, OPEN (a vowel, a bare letter, འ), DRAG (a second final ད behind
    ན ར ལ, as in གྱུརད) or OTHER (digits, Latin, a letter that is no Tibetan final).  `is_apart` says that what stands
    there keeps a particle from fusing: a closing quote or bracket, or a sign of another script.
    """

    letter: str
    is_apart: bool = False


def ending_of(phrase: str) -> Ending:
    """How `phrase` ends; a tsheg, shad or space behind it does not count.

    Within quotes it is the last letter of what they hold; before a parenthesis, which is not read with the sentence,
    the last letter before it.
    """
    whole = tibetan.normal(phrase).rstrip(_BETWEEN)
    body = _PARENTHESIS.sub("", whole.rstrip(CLOSING + _BETWEEN)).rstrip(CLOSING + _BETWEEN) or whole
    if not tibetan.joins(body[-1:]):
        return Ending(OTHER, is_apart=True)
    return Ending(_final(tibetan.syllables(body)[-1]), is_apart=body != whole)


def _final(syllable: str) -> str:
    spelt = _SILENT.sub("", syllable).replace("\u0f7e", "མ")
    marks = [match.end() for match in _VOWELS_AND_BELOW.finditer(spelt)]
    tail = spelt[marks[-1] :] if marks else spelt[1:]
    letter = tail[-1:]
    if letter in ("", "འ"):
        return OPEN
    has_room = bool(marks) or len(spelt) > 3 or spelt[0] not in _PREFIXES  # གནད is a prefix, a root and one final
    if letter == "ད" and len(tail) > 1 and tail[-2] in _BEFORE_DRAG and has_room:
        return DRAG
    return letter if letter in _FINALS else OTHER


class Particle(StrEnum):
    """A particle that has more than one form."""

    GENITIVE = "genitive"
    AGENTIVE = "agentive"
    PLACE = "la don"
    ALSO = "also"
    SOME = "a, some"
    CONTINUED = "continuative"
    QUOTED = "quotative"
    JOINED = "connective"
    OR = "or, question"
    FINISHED = "end of a sentence"


_FORMS: dict[Particle, dict[str, str]] = {
    Particle.GENITIVE: {"གི": "གང", "ཀྱི": "དབས+", "གྱི": "ནམརལ", "འི": "-", "ཡི": "-*"},
    Particle.AGENTIVE: {"གིས": "གང", "ཀྱིས": "དབས+", "གྱིས": "ནམརལ", "ས": "-", "ཡིས": "-*"},
    Particle.PLACE: {"སུ": "ས", "ཏུ": "གབ+", "དུ": "ངདནམརལ", "ར": "-", "ལ": "*", "རུ": "-*"},
    Particle.ALSO: {"ཀྱང": "གདབས+", "འང": "-", "ཡང": "ངནམརལ-*"},
    Particle.SOME: {"ཅིག": "གདབ+", "ཤིག": "ས", "ཞིག": "ངནམརལ-*"},
    Particle.CONTINUED: {"ཏེ": "ནརལས+", "དེ": "ད", "སྟེ": "གངབམ-*"},
    Particle.QUOTED: {"ཅེས": "གདབ+", "ཞེས": "ངནམརལས-*"},
    Particle.JOINED: {"ཅིང": "གདབ+", "ཤིང": "ས", "ཞིང": "ངནམརལ-*"},
    Particle.OR: {f"{letter}མ": letter for letter in "གངདནབམརལས"} | {"ཏམ": "+", "འམ": "-*"},
    Particle.FINISHED: {f"{letter}ོ": letter for letter in "གངདནབམརལས"} | {"ཏོ": "+", "འོ": "-*"},
}
"""The forms of each particle and the endings they stand behind; of two that may, the first is preferred."""

_FUSED = frozenset(["འི", "ས", "ར", "འང", "འམ", "འོ"])
_ONLY_FUSED = frozenset(["འི", "ས", "ར", "འང"])  # behind a quote they give way; འམ and འོ have no other form
_WORDS_TOO = frozenset(["ས", "ར"])
_CHANGELESS = frozenset(["ལ"])
_PARTICLE_OF = {form: one for one, forms in _FORMS.items() for form in forms if form not in _CHANGELESS}
_ALWAYS = frozenset(["གི", "ཀྱི", "གྱི", "འི", "གིས", "ཀྱིས", "གྱིས", "ཡིས", "ས", "ར", "ཀྱང", "འང", "འམ", "འོ", "སྟེ", "ཅེས", "ཞེས"])
"""Forms that are particles wherever they stand (ས and ར only fused).  The others are words too."""

_BEFORE_A_SHAD_ONLY = frozenset(["དེ", "ཞིང", "ཤིང", *_FORMS[Particle.FINISHED]]) - {"འོ"}
"""Words so frequent behind a noun (that, field, wood, year …) that nothing but the end of a clause tells."""

_COMPOUNDS = {
    "ཡི": "གེ གེའི གེར གེས དམ རང རངས མུག",
    "དུ": "མ མའི མར མས བ བའི",
    "རུ": "ཁག དཔོན སྡེ ཆེན སྐོར",
    "ཡང": "ན དག བསྐྱར ཡང སྲིད རྩེ སྙིང མོ དྲག",
    "ཞིག": "གསོ རལ",
    "ཅིག": "ཅར ཤོས",
    "དམ": "པ པའི པར པས པོ པོའི པོར ཚིག བཅའ བཅས བསྒྲགས འཛིན",
    "ནམ": "མཁའ མཁའི མཁར ཟླ ཡང རྒྱུན ཞིག",
    "བམ": "པོ རོ",
    "རམ": "འདེགས",
    "ལམ": "ལུགས སྲོལ ཕྱོགས འགྲོ ཁ སྟོན བུ ཐོག ཡིག བཟོ གཞུང",
}
_COMPOUND = {form: frozenset(following.split()) for form, following in _COMPOUNDS.items()}
_CLAUSE_END = re.compile(r"་?[།༎]")


def form_behind(particle: Particle, ending: Ending) -> str:
    """The form of `particle` behind words that end so."""
    return next(form for form in _FORMS[particle] if may_stand(form, particle, ending))


def may_stand(form: str, particle: Particle, ending: Ending) -> bool:
    """Whether `form` is right behind words that end so; more than one may be (འི and ཡི behind a vowel)."""
    return ending.letter in _FORMS[particle].get(form, "") and not (ending.is_apart and form in _ONLY_FUSED)


def fuses(form: str, ending: Ending) -> bool:
    """Whether `form` becomes part of the syllable before it, without a tsheg."""
    return form in _FUSED and ending == Ending(OPEN)


@dataclass(frozen=True)
class Standing:
    """A particle as it stands in a text: `form`, which begins at `start` and ends at `end`."""

    particle: Particle
    form: str
    start: int
    end: int


def particle_at(text: str, start: int, before: Ending, gap: str) -> Standing | None:
    """The particle whose syllable begins at `start`, behind words that end as `before`; None where none surely is.

    `gap` is what parts them: nothing, a tsheg, a closing quote.  A form that is a word as well (ལམ: or, road; ཅིང:
    and, a syllable of Chinese names) counts only where it is right behind `before`, so has been fitted to it, and
    where what follows does not make it part of another word.
    """
    end = start
    while tibetan.joins(text[end : end + 1]):
        end += 1
    form = text[start:end]
    particle = _PARTICLE_OF.get(form)
    within_syllable = not gap and not before.is_apart
    if particle is None or (within_syllable and form not in _FUSED):
        return None
    if form in _WORDS_TOO and not within_syllable and (gap or before.letter != OTHER):
        return None
    behind = Ending(before.letter, before.is_apart or bool(gap.strip(tibetan.TSHEG)))
    if form not in _ALWAYS and not (may_stand(form, particle, behind) and _reads_as_particle(form, text, end)):
        return None
    return Standing(particle, form, start, end)


def _reads_as_particle(form: str, text: str, end: int) -> bool:
    if form in _BEFORE_A_SHAD_ONLY:
        return _CLAUSE_END.match(text, end) is not None
    if not text.startswith(tibetan.TSHEG, end) or not tibetan.joins(text[end + 1 : end + 2]):
        return True
    return tibetan.syllables(text[end + 1 : end + 16])[0] not in _COMPOUND.get(form, ())
