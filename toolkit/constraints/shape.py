"""Can this text be a translation of that one at all?  What can be told from its look, without a word of either.

The modules beside this one hold the parts: `scripts` (the right letters, nothing copied), `repeats` (loops),
`lengths` (text lost or made up), `marks` (punctuation, brackets, dirt), `tsheg` (Tibetan punctuation) and `spelling`
(Tibetan syllables).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit import tibetan
from toolkit.constraints.constraint import Constraint
from toolkit.constraints.fault import Fault
from toolkit.constraints.lengths import length_faults
from toolkit.constraints.marks import bracket_faults, control_faults, end_faults, placeholder_faults
from toolkit.constraints.repeats import repeat_faults
from toolkit.constraints.scripts import is_copy, script_faults
from toolkit.constraints.spelling import spelling_faults, syllables_of
from toolkit.constraints.tsheg import tsheg_faults
from toolkit.languages import NAMES, Language

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def shape_faults(
    source: str, target: str, language: Language, constraints: Sequence[Constraint] = ()
) -> tuple[Fault, ...]:
    """What is wrong with the look of `target` as a translation of the Chinese `source` into `language`.

    Spans count in `target`; a Tibetan one is brought into normal form first, as `faults_of` does.  A target that is
    empty or the source again gets that one fault and no other.  Of the `constraints` only the length of their
    renderings counts here, and the syllables they are spelt with.
    """
    if language == "bo":
        target = tibetan.normal(target)
    if not target.strip().strip(_UNSEEN).strip():
        return (Fault("empty", f"The {NAMES[language]} is empty."),) if source.strip() else ()
    if is_copy(source, target):
        return (Fault("same-as-source", f"The {NAMES[language]} is the Chinese again.", target_span=(0, len(target))),)
    return tuple(_faults(source, target, language, constraints))


def _faults(source: str, target: str, language: Language, constraints: Sequence[Constraint]) -> Iterator[Fault]:
    yield from script_faults(source, target, language)
    yield from repeat_faults(source, target, language)
    yield from length_faults(source, target, language, constraints)
    yield from end_faults(source, target, language)
    yield from bracket_faults(source, target)
    yield from control_faults(target)
    yield from placeholder_faults(source, target)
    if language == "bo":
        yield from tsheg_faults(target)
        yield from spelling_faults(target, syllables_of(text for one in constraints for text in one.targets))
