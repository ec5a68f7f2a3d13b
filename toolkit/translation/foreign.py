"""A translation made elsewhere, brought in as a draft: whose words stand for which sentence of the report.

No word of it is lost and none is added: what has no place is kept aside and said, what had to be cut is said too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.constraints.constraint import Constraint
from toolkit.errors import SourceError
from toolkit.languages import NAMES, Language, is_tibetan
from toolkit.report import Block, Report
from toolkit.textfile import read_text_file
from toolkit.translation.foreign_beads import Anchors, Bead, Moves, align
from toolkit.translation.foreign_cuts import cut_at_clauses, split_translation

_PARAGRAPH_MOVES = Moves(
    {(1, 1): 0.0, (1, 0): 1.0, (0, 1): 1.0}
    | {(1, given): 3.0 + (given - 2) for given in (2, 3, 4)}
    | {(taken, 1): 2.0 + (taken - 2) for taken in range(2, 9)},
    per_character=0.025,
    most=2.5,
)
_SENTENCE_MOVES: dict[Language, Moves] = {
    "en": Moves(
        {(1, 1): 0.0, (1, 0): 1.0, (0, 1): 2.0, (2, 1): 1.8, (3, 1): 3.2}
        | {(1, n): 0.5 * (n - 1) for n in range(2, 9)},
        per_character=0.016,
        most=2.5,
    ),
    "bo": Moves(
        {(1, 1): 0.0, (1, 0): 1.5, (0, 1): 2.0, (2, 1): 2.0, (3, 1): 3.5}
        | {(1, n): 0.3 * (n - 1) for n in range(2, 9)},
        per_character=0.016,
        most=2.5,
    ),
}
_MOSTLY = 0.5  # of the letters
_HEADING = re.compile(r"^#{1,6}\s+")
_BLANK_LINES = re.compile(r"\n\s*\n")

Constraints = Mapping[str, Sequence[Constraint]]
"""The constraints of each segment, by its id."""


@dataclass(frozen=True)
class ForeignNote:
    """What an editor should know about how the text was brought in: a whole sentence, and the segment it is about."""

    reason: str
    segment_id: str = ""


@dataclass(frozen=True)
class ForeignDraft:
    """`targets` by segment id, a segment without one being a gap; `left_over` is text that has no place."""

    targets: Mapping[str, str]
    notes: tuple[ForeignNote, ...] = ()
    left_over: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A foreign draft in the making."""

    targets: dict[str, str] = field(default_factory=dict)
    notes: list[ForeignNote] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)

    def note(self, reason: str, segment_id: str = "") -> None:
        self.notes.append(ForeignNote(reason, segment_id))


def read_foreign(path: Path) -> str:
    """The text of a translation made elsewhere: UTF-8, with or without a byte-order mark.

    Raises `SourceError` for a file that is missing, empty or not UTF-8, with what to do about it.
    """
    return read_text_file(path, what="translation")


def check_script(text: str, language: Language, path: Path) -> None:
    """Raise `SourceError` when most letters of `text` are not those of `language`: it is another file, or another
    language was named."""
    letters = [character for character in text if character.isalpha() or is_tibetan(character)]
    own = sum(is_tibetan(one) if language == "bo" else one < "\u0250" for one in letters)
    if letters and own < _MOSTLY * len(letters):
        raise SourceError(
            f"is not {NAMES[language]}: only {own / len(letters):.0%} of its letters are",
            path=path,
            remedy="Name the right file, or the right --language",
        )


def paragraphs_of(text: str, expected: int) -> tuple[str, ...]:
    """The paragraphs of `text`: its lines, or what stands between blank lines, whichever comes nearer to `expected`.

    Lines inside such a paragraph are joined by a space.
    """
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    groups = tuple(" ".join(group.split("\n")).strip() for group in _BLANK_LINES.split("\n".join(text.splitlines())))
    groups = tuple(" ".join(group.split()) for group in groups if group)
    return lines if abs(len(lines) - expected) <= abs(len(groups) - expected) else groups


def align_paragraphs(
    report: Report, paragraphs: Sequence[str], language: Language, constraints: Constraints
) -> tuple[Bead, ...]:
    """Which paragraphs stand for which blocks of `report`: one to one where there are as many of both.

    Otherwise by length and by the figures, names and terms that must come out on the other side.
    """
    if len(report.blocks) == len(paragraphs):
        return tuple(Bead((number, number + 1), (number, number + 1)) for number in range(len(paragraphs)))
    blocks = [[c for segment in block.segments for c in constraints.get(segment.id, ())] for block in report.blocks]
    sources = [block.text for block in report.blocks]
    return align(sources, paragraphs, _PARAGRAPH_MOVES, Anchors(blocks, paragraphs, language), language)


def bring_in(report: Report, text: str, language: Language, constraints: Constraints) -> ForeignDraft:
    """`text`, a translation of `report` into `language`, cut into targets for its segments.

    One paragraph a line, or blank lines between; Markdown headings lose their signs.  A paragraph or sentence
    that was left out becomes a gap, one that stands for several is cut at a clause border near its place, and
    both are noted; so is what has no place in the report.
    """
    paragraphs = paragraphs_of(text, len(report.blocks))
    draft = _Draft()
    for bead in align_paragraphs(report, paragraphs, language, constraints):
        blocks = report.blocks[slice(*bead.sources)]
        given = [_without_heading(paragraphs[number], blocks) for number in range(*bead.targets)]
        if not blocks:
            draft.left_over.append("\n".join(given))
            draft.note(f"A paragraph of the translation stands for none of the report: “{_short(given[0])}”")
        elif not given:
            for block in blocks:
                draft.note(f"The translation has no paragraph for “{_short(block.text)}”", block.segments[0].id)
        else:
            if len(blocks) > 1:
                draft.note(
                    f"One paragraph of the translation stands for {len(blocks)} of the report", blocks[0].segments[0].id
                )
            _place(blocks, " ".join(given), language, constraints, draft)
    return ForeignDraft(draft.targets, tuple(draft.notes), tuple(draft.left_over))


def _place(blocks: Sequence[Block], text: str, language: Language, constraints: Constraints, draft: _Draft) -> None:
    """Give the sentences of `text` to the segments of `blocks`."""
    segments = [segment for block in blocks for segment in block.segments]
    sentences = split_translation(text, language)
    needed = [constraints.get(segment.id, ()) for segment in segments]
    anchors = Anchors(needed, sentences, language)
    beads = align([segment.text for segment in segments], sentences, _SENTENCE_MOVES[language], anchors, language)
    waiting = ""  # sentences without a segment, before the first that has one
    last_id = ""
    for bead in beads:
        given = " ".join(sentences[slice(*bead.targets)])
        taken = range(*bead.sources)
        if not taken:
            draft.note(f"“{_short(given)}” seems to stand for nothing in the report", last_id or segments[0].id)
            if last_id:
                draft.targets[last_id] += f" {given}"
            else:
                waiting = f"{waiting} {given}".strip()
            continue
        if not given:
            for number in taken:
                draft.note("The translation has no sentence for this one", segments[number].id)
            continue
        given, waiting = f"{waiting} {given}".strip(), ""
        pieces = cut_at_clauses(
            given, [segments[number].text for number in taken], [needed[number] for number in taken], language
        )
        for number, piece in zip(taken, pieces, strict=False):
            draft.targets[segments[number].id] = piece
            last_id = segments[number].id
        if len(taken) > 1:
            _note_cut(draft, [segments[number].id for number in taken], len(pieces))
    if waiting:  # no sentence found its segment
        draft.targets[segments[0].id] = waiting


def _note_cut(draft: _Draft, ids: Sequence[str], pieces: int) -> None:
    if pieces > 1:
        draft.note(f"One sentence stood for {len(ids)} of the report and was cut between clauses: read both", ids[0])
        return
    draft.note(f"One sentence stands for {len(ids)} of the report and could not be cut: it is all here", ids[0])
    for segment_id in ids[1:]:
        draft.note("The sentence before holds the translation of this one too", segment_id)


def _without_heading(paragraph: str, blocks: Sequence[Block]) -> str:
    if blocks and _HEADING.match(blocks[0].text):
        return paragraph
    return _HEADING.sub("", paragraph)


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
