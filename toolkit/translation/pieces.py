"""A sentence in pieces: clauses, or the officials of a list, each translated by itself and put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.constraints import Constraint
from toolkit.languages import Language
from toolkit.report import InlineText, Segment
from toolkit.translation.attempt import attempt
from toolkit.translation.calibration import Calibration
from toolkit.translation.clauses import join_clauses, split_clauses
from toolkit.translation.engine import Question
from toolkit.translation.officials import join_officials, split_officials, write_official
from toolkit.translation.request import Request
from toolkit.translation.surrogates import swap, with_stand_ins

Restore = Callable[[str, Language], str | None]


@dataclass(frozen=True)
class Piece:
    """A clause or an official.

    `written` is its text where the glossary alone writes it; else `questions` asks the engine: for the piece as it is,
    and with stand-ins in it; `restores` turns each question's answers back.
    """

    request: Request
    written: str | None
    questions: tuple[Question, ...]
    restores: tuple[Restore, ...] = ()
    is_official: bool = False

    def best(self, answers: Sequence[tuple[str, ...]], language: Language) -> str | None:
        """The answer with the least wrong; None where there is none at all."""
        if self.written is not None:
            return self.written
        tried = [
            attempt(text, "", self.request, language)
            for said, restore in zip(answers, self.restores, strict=True)
            for one in said
            if (text := restore(one, language)) is not None
        ]
        return min(tried, key=lambda one: one.weight).text if tried else None


def cut_up(
    request: Request, unmet: Sequence[Constraint], known: Callable[[], Calibration], language: Language
) -> tuple[Piece, ...]:
    """The pieces of a sentence, in order; one piece where it cannot be cut.

    `unmet` are the constraints earlier attempts did not keep: their pieces are asked with stand-ins too, which the
    model is `known` to keep.
    """
    text, constraints = request.text, request.constraints
    officials = split_officials(text, constraints)
    is_list = len(officials) > 1
    pieces = []
    offset = 0
    for source in officials if is_list else split_clauses(text, constraints):
        mine = [one for one in constraints if offset <= one.start and one.end <= offset + len(source)]
        missed = [_moved(one, -offset) for one in mine if one in unmet]
        segment = Segment(request.segment.id, InlineText(source))
        part = replace(request, segment=segment, terms=(), constraints=tuple(_moved(one, -offset) for one in mine))
        written = write_official(source, offset, mine, language) if is_list else None
        questions: tuple[Question, ...] = () if written is not None else (part.question(),)
        restores: tuple[Restore, ...] = (_as_it_is,)
        for text_asked, restore in _stood_in(part, missed, known) if questions else ():
            questions, restores = (*questions, part.question(text=text_asked)), (*restores, restore)
        pieces.append(Piece(part, written, questions, restores, is_list))
        offset += len(source)
    return tuple(pieces)


def put_together(pieces: Sequence[Piece], answers: Sequence[tuple[str, ...]], language: Language) -> Iterator[str]:
    """The sentence from the answers to all questions of its pieces, in order.

    A piece without any answer stands there in Chinese: no draft, but a start for whoever fills the gap.
    """
    targets = []
    position = 0
    for piece in pieces:
        target = piece.best(answers[position : position + len(piece.questions)], language)
        position += len(piece.questions)
        targets.append(piece.request.text if target is None else target)
    sources = [piece.request.text for piece in pieces]
    yield (join_officials if pieces[0].is_official else join_clauses)(sources, targets, language)


def _stood_in(
    part: Request, missed: Sequence[Constraint], known: Callable[[], Calibration]
) -> Iterator[tuple[str, Restore]]:
    """The piece with surrogates in it, and with the renderings themselves in it."""
    if not missed:
        return
    swapped = swap(part.text, missed, known().kept, inline=known().copies)
    if swapped is not None:
        yield swapped.text, swapped.restored
    if known().copies:
        yield with_stand_ins(part.text, [(one, one.preferred) for one in missed]), _as_it_is


def _as_it_is(text: str, language: Language) -> str:
    return text


def _moved(one: Constraint, by: int) -> Constraint:
    return replace(one, start=one.start + by, end=one.end + by)
