"""A fault: what is wrong with a target, and where."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.constraints.constraint import Constraint, Span


@dataclass(frozen=True)
class Fault:
    """`check` is the stable id of the check that found it, `reason` a whole sentence for an editor.

    Spans are in characters of the source and of the target; None where there is no such place.  `constraint` is
    what is not kept, if that is what is wrong.  `repair` is the text that should stand in `target_span`, when
    that is certain.
    """

    check: str
    reason: str
    source_span: Span | None = None
    target_span: Span | None = None
    constraint: Constraint | None = None
    repair: str | None = None
