"""An edited DOCX comes home: which words a person left in which segment's place.

::

    file ── read_record ──▶ Record (as made) ─┐
         ── read_saved ───▶ SavedFile (as is) ─┴─ divide ──▶ edits, and troubles for what is no correction
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.bulletin.words import YIG_MGO
from toolkit.docx.comments import COMMENT_AUTHOR
from toolkit.docx.identity import comment_hash, notes_hash
from toolkit.errors import SourceError
from toolkit.languages import NAMES, SOURCE, Language
from toolkit.report.formats.docx_package import open_package
from toolkit.review.docx_borders import Span, divide
from toolkit.review.docx_record import Made, MadeCell, Record, read_record, saved_by
from toolkit.review.docx_rows import Placed, place_rows
from toolkit.review.docx_saved import Comment, Letter, SavedCell, SavedFile, read_saved
from toolkit.review.docx_wording import blank_ornaments, is_untouched, text_as_made, text_of, was_restyled
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.parsing import utc_time
from toolkit.review.wording import folded

_NOT_OURS = "Edit the DOCX that bulletin build made; for a translation of your own: bulletin align"


def read_docx(path: Path) -> EditedFile:
    """What the DOCX at `path` says, an edition of ours that Word, LibreOffice or another program saved.

    Every text that stands gives an edit, untouched ones too: those with the very words the file was made with.  Tracked
    changes are taken as accepted.  Chinese in the place of a missing translation is an empty text.  Told as troubles
    are rows that were deleted, added, moved or merged, emptied cells, edits over the border of sentences, and words in
    places that are no part of the report.

    Raises `SourceError` for a file that is broken, hostile, or was not made here.
    """
    package = open_package(path, what="file")
    saved = read_saved(package)
    bookmarks = (mark.name for row in saved.rows for cell in row.cells for mark in cell.bookmarks)
    record = read_record(package.archive, bookmarks)
    if record is None:
        raise SourceError("does not say which report it belongs to: it was not made here", path=path, remedy=_NOT_OURS)
    by, at = saved_by(package.archive)
    reading = _Reading(record, saved, by, utc_time(at) if by else "")
    edits = tuple(reading.edits())
    return EditedFile(path, "docx", record.report, edits, tuple(reading.troubles()))


@dataclass(frozen=True)
class _Found:
    """One text as it stands: its letters, and where they are."""

    made: Made
    cell: SavedCell
    span: Span

    @property
    def letters(self) -> Sequence[Letter]:
        return self.cell.letters[slice(*self.span)]

    @property
    def text(self) -> str:
        return self.cell.text[slice(*self.span)]

    @property
    def place(self) -> str:
        return f"row {self.cell.row}"


@dataclass
class _Reading:
    """Goes through the placed cells once; what is no edit is told."""

    record: Record
    saved: SavedFile
    saved_by: str
    saved_at: str
    _told: list[Trouble] = field(default_factory=list)
    _found: dict[tuple[str, Language], list[_Found]] = field(default_factory=lambda: defaultdict(list))
    _sources: dict[str, str] = field(default_factory=dict)
    _comments: dict[tuple[str, Language], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def edits(self) -> Iterator[Edit]:
        placed = place_rows(self.record, self.saved)
        self._told += placed.troubles
        for cell, made_cells in placed.cells:
            self._divide(cell, made_cells, is_split=cell.row in placed.split)
        self._take_comments()
        self._tell_emptied(placed)
        self._tell_words_elsewhere(placed)
        self._tell_doubled()
        for (segment, language), found in self._found.items():
            given = [one for one in found if one.made.segment and (one.text.strip() or one.made.is_gap)]
            if language != SOURCE and given:
                yield from map(self._edit, given)
                self._comments.pop((segment, language), None)
        for (segment, language), remarks in self._comments.items():
            for author, remark in remarks:
                reason = f"A comment of {author or 'somebody'} stands beside a text that was not taken."
                self._tell_words(TroubleKind.ADDED, reason, 0, remark, segment, language)

    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(dict.fromkeys(self._told))

    def _divide(self, cell: SavedCell, made_cells: Sequence[MadeCell], *, is_split: bool) -> None:
        marks: dict[str, Span] = {}
        for stretch in cell.bookmarks:
            known = self.record.text_of(stretch.name)
            if stretch.end > stretch.start:
                marks.setdefault(known.mark if known is not None else stretch.name, (stretch.start, stretch.end))
        made = _in_order(made_cells, marks)
        usual = () if self.record.is_whole else (YIG_MGO, "•")
        blank_ornaments(cell.letters, (*(one.ornament for one in made_cells), *usual))
        if _reads_as_made(cell.text, made):
            for one, span in _spans_as_made(cell.text, made):
                self._found[one.segment or one.mark, one.language].append(_Found(one, cell, span))
            return
        if is_split:
            self._tell_open(cell, made, (0, len(cell.letters)), "changed beside a cell that was added")
            return
        division = divide(cell.letters, made, marks)
        for one, span in division.shares:
            self._found[one.segment or one.mark, one.language].append(_Found(one, cell, span))
        for several, span in division.open:
            self._tell_open(cell, several, span, "changed over the border of the sentences")
        for one, (start, end) in division.between:
            if one.language != SOURCE:
                reason = (
                    f"Words were put between two sentences of the {NAMES[one.language]}, behind {one.segment}; to "
                    "which of them they belong cannot be said, and they were not taken."
                )
                self._tell(TroubleKind.UNCLEAR, reason, one, cell, cell.text[start:end])

    def _tell_open(self, cell: SavedCell, several: Sequence[Made], span: Span, what: str) -> None:
        words = cell.text[slice(*span)]
        ids = [one.segment for one in several]
        if several[0].language == SOURCE:
            self._sources |= dict.fromkeys(ids, words)
            return
        reason = (
            f"The {NAMES[several[0].language]} of {', '.join(ids)} was {what}; which words are whose cannot be said, "
            "and none were taken."
        )
        self._tell(TroubleKind.UNCLEAR, reason, several[0], cell, words)
        for one in several:
            self._found.setdefault((one.segment, one.language), [])

    def _edit(self, found: _Found) -> Edit:
        made, text = found.made, found.text
        start, end = found.span
        changes = [letter.change for letter in found.letters if letter.change is not None]
        changes += [change for at, change in found.cell.deletions if start <= at <= end]
        tracked = bool(changes)
        is_same = is_untouched(made, text) and (not tracked or folded(made.shown) == folded(text))
        remarks = self._comments.get((made.segment, made.language), [])
        if is_same and not was_restyled(made, found.letters):
            words = text_as_made(made)
            by = at = ""
            if len({author for author, _ in remarks}) == 1:
                by = remarks[0][0]
        else:
            words = text_of(made, found.letters)
            last = max(changes, key=lambda change: utc_time(change.at), default=None)
            by, at = (last.by, utc_time(last.at)) if last is not None else (self.saved_by, self.saved_at)
        return Edit(
            segment_id=made.segment,
            language=made.language,
            text=words,
            source=self._source_of(made.segment),
            base=made.base,
            base_text=made.text,
            by=by,
            at=at,
            comment="\n".join(remark if author in ("", by) else f"{author}: {remark}" for author, remark in remarks),
            place=found.place,
        )

    def _source_of(self, segment: str) -> str:
        """The Chinese that stands beside a text; empty in an edition without it."""
        if segment in self._sources:
            return self._sources[segment]
        found = self._found.get((segment, SOURCE))
        if not found:
            return ""
        return found[0].made.shown if is_untouched(found[0].made, found[0].text) else found[0].text

    def _comments_of_people(self) -> dict[str, Comment]:
        """All comments but ours; one of ours that a person wrote into is nobody's, and is told."""
        found = {}
        for key, comment in self.saved.comments.items():
            if comment.by != COMMENT_AUTHOR:
                found[key] = comment
            elif self.record.is_whole and comment_hash(comment.text) not in self.record.comments:
                found[key] = replace(comment, by="")
        return found

    def _take_comments(self) -> None:
        anchored: set[str] = set()
        comments = self._comments_of_people()
        targets = [language for language in self._languages() if language != SOURCE]
        for row in self.saved.rows:
            for cell in row.cells:
                for stretch in cell.comments:
                    comment = comments.get(stretch.name)
                    if comment is None or stretch.name in anchored:
                        continue
                    anchored.add(stretch.name)
                    made = self._commented(cell, stretch.start, stretch.end)
                    if made is None:
                        reason = f"A comment of {comment.by or 'somebody'} stands beside no text of the report."
                        self._tell_words(TroubleKind.ADDED, reason, cell.row, comment.text)
                    else:
                        language = made.language if made.language != SOURCE else targets[0]
                        self._comments[made.segment, language].append((comment.by, comment.text))
        for key, comment in comments.items():
            if key not in anchored:
                reason = f"A comment of {comment.by or 'somebody'} stands beside no text of the report."
                self._tell_words(TroubleKind.ADDED, reason, 0, comment.text)

    def _languages(self) -> list[Language]:
        return list(dict.fromkeys(cell.language for row in self.record.rows for cell in row.cells))

    def _commented(self, cell: SavedCell, start: int, end: int) -> Made | None:
        """The text a comment stands beside: the first that it touches."""
        in_cell = [one for found in self._found.values() for one in found if one.cell is cell and one.made.segment]
        touched = [one for one in in_cell if one.span[0] <= max(end - 1, start) and start < one.span[1]]
        beside = touched or [one for one in in_cell if one.span[0] <= end and start <= one.span[1]]
        return min(beside, key=lambda one: one.span).made if beside else None

    def _tell_emptied(self, placed: Placed) -> None:
        """Texts that are gone from a row that still stands."""
        for row in self.record.rows:
            if row.number not in placed.standing:
                continue
            for cell in row.cells:
                for made in cell.texts:
                    key = made.segment or made.mark, made.language
                    is_there = key in self._found and all(one.text.strip() for one in self._found[key])
                    if is_there or not made.segment or made.is_gap or made.segment in self._sources:
                        continue
                    if made.language == SOURCE:
                        self._sources.setdefault(made.segment, "")
                    keeper = "report" if made.language == SOURCE else "draft"
                    reason = f"The {NAMES[made.language]} of {made.segment} was emptied; it stays in the {keeper}."
                    place, words = placed.standing[row.number], made.text or ""
                    self._tell_words(TroubleKind.DELETED, reason, place, words, made.segment, made.language)

    def _tell_words_elsewhere(self, placed: Placed) -> None:
        for row in self.record.rows:
            for cell in row.cells:
                for made in cell.texts:
                    for one in self._found.get((made.mark, made.language), []):
                        if not made.segment and made.text is not None and not is_untouched(made, one.text):
                            reason = (
                                f"The {NAMES[made.language]} of the line “{row.kind}” was changed; it is no part of "
                                "the report, and was not taken."
                            )
                            self._tell(TroubleKind.ADDED, reason, made, one.cell, one.text)
        for saved, made_cells in placed.cells:
            self._tell_notes(saved, made_cells)
        for saved in (one for row in self.saved.rows for one in row.cells):
            for words in saved.loose:
                reason = "Words in a text box, a note or a table inside the text were not taken."
                self._tell_words(TroubleKind.ADDED, reason, saved.row, words)
        for words in self.saved.loose:
            self._tell_words(TroubleKind.ADDED, "Words outside of the tables were not taken.", 0, words)

    def _tell_notes(self, cell: SavedCell, made_cells: Sequence[MadeCell]) -> None:
        notes = [made.notes for made in made_cells]
        if len(made_cells) == 1 and self.record.is_whole and cell.notes and notes_hash(cell.notes) != notes[0]:
            reason = "The notes under a text were changed; they are no part of the report, and were not taken."
            self._tell_words(TroubleKind.ADDED, reason, cell.row, "\n".join(cell.notes))

    def _tell_doubled(self) -> None:
        for (segment, language), found in self._found.items():
            texts = dict.fromkeys(folded(one.text) for one in found)
            if segment and len(texts) > 1 and found[0].made.segment:
                reason = f"The {NAMES[language]} of {segment} stands twice in this file, with different words."
                self._tell(TroubleKind.DOUBLED, reason, found[0].made, found[0].cell, " | ".join(texts))

    def _tell(self, kind: TroubleKind, reason: str, made: Made, cell: SavedCell, words: str) -> None:
        self._tell_words(kind, reason, cell.row, words, made.segment, made.language)

    def _tell_words(
        self,
        kind: TroubleKind,
        reason: str,
        row: int,
        words: str,
        segment: str = "",
        language: Language | None = None,
    ) -> None:
        self._told.append(Trouble(kind, reason, segment, language, f"row {row}" if row else "", words.strip()))


def _in_order(made_cells: Sequence[MadeCell], marks: Mapping[str, Span]) -> list[Made]:
    """The texts of a cell in the order they stand there; one without its bookmark stays behind the one before it."""
    made = [text for cell in made_cells for text in cell.texts]
    places: dict[str, tuple[int, int]] = {}
    last = (-1, 0)
    for number, text in enumerate(made):
        last = (marks[text.mark][0], 0) if text.mark in marks else (last[0], number + 1)
        places[text.mark] = last
    return sorted(made, key=lambda text: places[text.mark])


def _reads_as_made(text: str, made: Sequence[Made]) -> bool:
    """Whether nothing but white space differs."""
    old, new = _solid("".join(one.shown for one in made)), _solid(text)
    return bool(old) and len(old) == len(new) and _solid(folded(old)) == _solid(folded(new))


def _solid(text: str) -> str:
    return "".join(text.split())


def _spans_as_made(text: str, made: Sequence[Made]) -> Iterator[tuple[Made, Span]]:
    """Where each text stands in a cell that nobody touched."""
    position = 0
    for one in made:
        while position < len(text) and text[position].isspace():
            position += 1
        start = position
        wanted = sum(not letter.isspace() for letter in one.shown)
        while wanted and position < len(text):
            wanted -= not text[position].isspace()
            position += 1
        yield one, (start, position)
