"""All that is wrong with one target: constraints that are not kept, and text that cannot be right."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit import tibetan
from toolkit.constraints.constraint import Constraint
from toolkit.constraints.fault import Fault
from toolkit.constraints.kept import number_faults, order_faults, term_faults, title_faults
from toolkit.constraints.shape import shape_faults
from toolkit.languages import Language


def faults_of(source: str, target: str, constraints: Sequence[Constraint], language: Language) -> tuple[Fault, ...]:
    """The faults of `target` as a translation of `source`; spans count in `target` brought into normal form.

    Nothing is said of the constraints of a target that is empty: that it is empty says it all.
    """
    if language == "bo":
        target = tibetan.normal(target)
    shape = shape_faults(source, target, language, constraints)
    if not target.strip():
        return shape
    return (
        *term_faults(target, constraints, language),
        *number_faults(source, target, constraints, language),
        *order_faults(target, constraints, language),
        *title_faults(target, constraints, language),
        *shape,
    )
