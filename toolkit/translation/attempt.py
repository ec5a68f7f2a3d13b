"""An attempt at a segment: a text, the rung of the ladder it came from, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.constraints import Constraint, Fault, faults_of
from toolkit.glossary import Status
from toolkit.languages import Language, is_han
from toolkit.translation.request import Request

UNPRINTABLE = frozenset(["empty", "same-as-source", "untranslated", "wrong-script", "repeated", "placeholder-leak"])
"""Checks whose faults make a text word salad: it is kept to look at, never printed as if it were a sentence."""

_HEAVY = {
    "number": 10.0,
    "date": 10.0,
    "currency": 10.0,
    "source-script-left": 10.0,
    "official-order": 8.0,
    "sentence-count": 9.0,
    "term-missing": 6.0,
    "term-forbidden": 6.0,
    "name": 6.0,
    "length-ratio": 9.0,  # lost text weighs more than a proposed term
}
_APPROVED_TERM = 10.0
_WORD_SALAD = 50.0
_LIGHT = 0.5
_FEW_HAN, _SMALL_SHARE = 2, 0.1  # Chinese characters left in a sentence that is a sentence all the same
_WORTH_ANOTHER_TRY = 4.0


@dataclass(frozen=True)
class Attempt:
    """`text` for a segment, reached on `rung`; `faults` as the same checks find them that write the findings.

    `held` are the constraints that something else stood for when the engine was asked: it would lose them again.
    `note` tells a reviewer what was done to the text.
    """

    text: str
    rung: str
    faults: tuple[Fault, ...]
    held: tuple[Constraint, ...] = ()
    note: str = ""

    @property
    def weight(self) -> float:
        """How much is wrong: 0 for nothing."""
        return sum(map(_weight, self.faults))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is wrong that another try could be worth."""
        return all(_weight(fault) < _WORTH_ANOTHER_TRY for fault in self.faults)

    @property
    def is_printable(self) -> bool:
        """Whether it is a sentence at all."""
        if any(fault.check in UNPRINTABLE for fault in self.faults):
            return False
        left = sum(map(is_han, self.text))
        return left <= max(_FEW_HAN, _SMALL_SHARE * len(self.text))


def attempt(
    text: str,
    rung: str,
    request: Request,
    language: Language,
    held: tuple[Constraint, ...] = (),
    note: str = "",
) -> Attempt:
    """Verify `text` as a translation of the request."""
    return Attempt(text, rung, faults_of(request.text, text, request.constraints, language), held, note)


def _weight(fault: Fault) -> float:
    if fault.check in UNPRINTABLE:
        return _WORD_SALAD
    if fault.check.startswith("term-") and fault.constraint and fault.constraint.status is Status.APPROVED:
        return _APPROVED_TERM
    return _HEAVY.get(fault.check, _LIGHT)
