"""A translation made elsewhere, brought in as a draft: whose words stand for which sentence of the report.

No word of it is lost and none is added: what has no place is kept aside and said, what had to be cut is said too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.alignment import Link, align_documents
from toolkit.constraints.constraint import Constraint
from toolkit.errors import SourceError
from toolkit.languages import NAMES, Language, is_tibetan
from toolkit.report import Report, Segment
from toolkit.report.formats import read_paragraphs
from toolkit.textfile import read_text_file
from toolkit.translation.foreign_cuts import cut_at_clauses

DOUBTFUL = 0.6  # probability of a link under which a person should look at it
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
    """`targets` by segment id, a segment without one being a gap; `left_over` is text that has no place.

    `links` say how the two texts were laid beside each other.
    """

    targets: Mapping[str, str]
    notes: tuple[ForeignNote, ...] = ()
    left_over: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass
class _Draft:
    """A foreign draft in the making; `waiting` are words whose sentence comes after them."""

    targets: dict[str, str] = field(default_factory=dict)
    notes: list[ForeignNote] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    waiting: str = ""
    last_id: str = ""
    paragraph: int | None = None

    def note(self, reason: str, segment_id: str = "") -> None:
        self.notes.append(ForeignNote(reason, segment_id))


def read_translation(path: Path, language: Language, blocks: int) -> tuple[str, ...]:
    """The paragraphs of a translation made elsewhere: a text, or a Word, Markdown or HTML file.

    A text has one paragraph a line, or blank lines between, whichever comes nearer to `blocks`.  Raises `SourceError`
    for a file that cannot be read, and for one that is not written in `language`.
    """
    if path.suffix.lower() in (".docx", ".md", ".html", ".htm"):
        paragraphs = read_paragraphs(path)
    else:
        paragraphs = paragraphs_of(read_text_file(path, what="translation"), blocks)
    check_script("\n".join(paragraphs), language, path)
    return paragraphs


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


def bring_in(report: Report, paragraphs: Sequence[str], language: Language, constraints: Constraints) -> ForeignDraft:
    """`paragraphs`, a translation of `report` into `language`, cut into targets for its segments.

    Markdown headings lose their signs where the report has none.  A sentence that was left out becomes a gap, one that
    stands for several is cut at a clause border near its place, and both are noted; so is what has no place in the
    report.
    """
    segments = report.segments
    source = [[segment.text for segment in block.segments] for block in report.blocks]
    needed = [constraints.get(segment.id, ()) for segment in segments]
    plain = _without_headings(paragraphs, report)
    links = _with_paragraphs_in_place(align_documents(source, plain, language, needed).links, source, plain)
    draft = _Draft()
    for number, link in enumerate(links):
        if not link.sources:
            _put_beside(link, links[number + 1 :], [segment.id for segment in segments], draft)
        elif not link.text:
            for one in link.sources:
                draft.note("The translation has no sentence for this one", segments[one].id)
        else:
            _place(link, segments, needed, language, draft)
    return ForeignDraft(draft.targets, tuple(draft.notes), tuple(draft.left_over), links)


def _with_paragraphs_in_place(
    links: Sequence[Link], source: Sequence[Sequence[str]], paragraphs: Sequence[str]
) -> tuple[Link, ...]:
    """Where there are as many paragraphs as blocks, one that found no place goes to its own block, if that has nothing.

    It is doubtful then, and a person sees both side by side.
    """
    if len(source) != len(paragraphs):
        return tuple(links)
    first = [0, *itertools.accumulate(map(len, source))]
    linked = {number for link in links if link.text for number in link.sources}
    moved: dict[int, tuple[int, ...]] = {}
    for link in links:
        own = link.paragraph
        if link.sources or own is None or "".join(link.text.split()) != "".join(paragraphs[own].split()):
            continue
        numbers = range(first[own], first[own + 1])
        if numbers and linked.isdisjoint(numbers):
            moved[own] = tuple(numbers)
    taken = {one for sources in moved.values() for one in sources}
    kept = []
    for link in links:
        if link.sources and not taken.isdisjoint(link.sources):
            continue  # it had no text
        if not link.sources and link.paragraph in moved:
            link = Link(moved[link.paragraph], link.text, "1:1", 0.0, (), link.paragraph)
        kept.append(link)
    return tuple(kept)


def _put_beside(link: Link, rest: Sequence[Link], ids: Sequence[str], draft: _Draft) -> None:
    """A sentence that stands for none stays with its neighbours in the paragraph; a paragraph of its own goes aside."""
    following = next((one for one in rest if one.sources and one.text), None)
    if draft.last_id and draft.paragraph == link.paragraph:
        draft.targets[draft.last_id] += f" {link.text}"
        draft.note(f"“{_short(link.text)}” seems to stand for nothing in the report", draft.last_id)
    elif following is not None and following.paragraph == link.paragraph:
        draft.waiting = f"{draft.waiting} {link.text}".strip()
        draft.note(f"“{_short(link.text)}” seems to stand for nothing in the report", ids[following.sources[0]])
    else:
        draft.left_over.append(link.text)
        draft.note(f"A passage of the translation stands for none of the report: “{_short(link.text)}”")


def _place(
    link: Link,
    segments: Sequence[Segment],
    needed: Sequence[Sequence[Constraint]],
    language: Language,
    draft: _Draft,
) -> None:
    """Give the text of a link to its segments."""
    given, draft.waiting = f"{draft.waiting} {link.text}".strip(), ""
    ids = [segments[number].id for number in link.sources]
    sources = [segments[number].text for number in link.sources]
    pieces = cut_at_clauses(given, sources, [needed[number] for number in link.sources], language)
    for segment_id, piece in zip(ids, pieces, strict=False):
        draft.targets[segment_id] = piece
        draft.last_id = segment_id
    draft.paragraph = link.paragraph
    if len(ids) > 1:
        _note_cut(draft, ids, len(pieces))
    elif link.confidence < DOUBTFUL:
        draft.note("It is not certain that this stands for the Chinese beside it: read both", ids[0])


def _note_cut(draft: _Draft, ids: Sequence[str], pieces: int) -> None:
    if pieces > 1:
        draft.note(f"One sentence stood for {len(ids)} of the report and was cut between clauses: read both", ids[0])
        for segment_id in ids[1:]:
            draft.note("It was cut off the sentence before, between clauses: read both", segment_id)
        return
    draft.note(f"One sentence stands for {len(ids)} of the report and could not be cut: it is all here", ids[0])
    for segment_id in ids[1:]:
        draft.note("The sentence before holds the translation of this one too", segment_id)


def _without_headings(paragraphs: Sequence[str], report: Report) -> list[str]:
    if any(_HEADING.match(block.text) for block in report.blocks):
        return list(paragraphs)
    return [_HEADING.sub("", paragraph) for paragraph in paragraphs]


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
