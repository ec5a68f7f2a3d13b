"""One segment to translate, with all that is known about it beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.constraints import Constraint
from toolkit.glossary import TermMatch
from toolkit.report import Segment
from toolkit.translation.engine import Question


@dataclass(frozen=True)
class Request:
    """A segment, the terms in it, the constraints its translation must keep, the sentences around it, its paragraph."""

    segment: Segment
    terms: tuple[TermMatch, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    before: str = ""
    after: str = ""
    context: str = ""

    @property
    def text(self) -> str:
        """The Chinese sentence."""
        return self.segment.text

    def question(self, *, text: str = "", complaint: str = "") -> Question:
        """This request for an engine, perhaps with another `text` in the sentence's place."""
        pairs = dict.fromkeys(
            (one.source, one.preferred) for one in self.constraints if one.preferred and not one.is_weak
        )
        return Question(text or self.text, tuple(pairs), self.before, self.after, self.context, complaint)
