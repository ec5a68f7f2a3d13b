"""Which row and cell of the file as it was made each row and cell of the edited file is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.languages import NAMES, Language
from toolkit.review.docx_record import Made, MadeCell, Record
from toolkit.review.docx_saved import SavedCell, SavedFile, SavedRow
from toolkit.review.edit import Trouble, TroubleKind
from toolkit.review.structure import gone_or_moved
from toolkit.review.wording import folded

CellKey = tuple[int, Language]


@dataclass
class Placed:
    """`cells` are those that hold texts of ours, with what each was made with; `standing` maps rows as made to rows as
    they are; `split` are rows with more cells than they were made with."""

    cells: list[tuple[SavedCell, tuple[MadeCell, ...]]] = field(default_factory=list)
    standing: dict[int, int] = field(default_factory=dict)
    split: set[int] = field(default_factory=set)
    troubles: list[Trouble] = field(default_factory=list)


def place_rows(record: Record, saved: SavedFile) -> Placed:
    """Find every cell by the bookmarks in it; one that lost them all by its row and column, or by its words."""
    return _Placing(record, saved).placed()


class _Placing:
    """Goes through the rows of one file."""

    def __init__(self, record: Record, saved: SavedFile) -> None:
        self._record = record
        self._rows = [row for row in saved.rows if row.deleted is None]
        self._texts = {id(cell): self._texts_in(cell) for row in self._rows for cell in row.cells}
        self._homes = self._find_homes()
        self._columns = self._find_columns()
        self._lost = self._find_lost()
        self._placed = Placed()

    def placed(self) -> Placed:
        for row in self._rows:
            self._place(row)
        self._placed.troubles += self._gone_or_moved()
        return self._placed

    def _texts_in(self, cell: SavedCell) -> dict[str, Made]:
        """The texts whose bookmarks stand in a cell, by name."""
        found: dict[str, Made] = {}
        for stretch in cell.bookmarks:
            made = self._record.text_of(stretch.name)
            if made is not None and (stretch.end > stretch.start or not cell.text.strip()):
                found[made.mark] = made
        for stretch in cell.bookmarks:  # a bookmark that nothing is left in still says whose cell it was
            made = self._record.text_of(stretch.name)
            if made is not None and not found:
                found[made.mark] = made
        return found

    def _find_homes(self) -> dict[CellKey, SavedCell]:
        """For each cell as made the one that has most of its texts."""
        votes: dict[CellKey, Counter[int]] = defaultdict(Counter)
        cells = {id(cell): cell for row in self._rows for cell in row.cells}
        for key, texts in self._texts.items():
            for made in texts.values():
                votes[made.row, made.language][key] += 1
        return {key: cells[count.most_common(1)[0][0]] for key, count in votes.items()}

    def _find_columns(self) -> dict[tuple[int, int], Language]:
        """The language of a column, in rows with so many cells."""
        votes: dict[tuple[int, int], Counter[Language]] = defaultdict(Counter)
        for row in self._rows:
            for column, cell in enumerate(row.cells):
                for made in self._texts[id(cell)].values():
                    votes[len(row.cells), column][made.language] += 1
        return {place: count.most_common(1)[0][0] for place, count in votes.items()}

    def _place(self, row: SavedRow) -> None:
        numbers = Counter(made.row for cell in row.cells for made in self._texts[id(cell)].values())
        number = numbers.most_common(1)[0][0] if numbers else self._known_by_words(row)
        if number is None:
            self._tell_added(row, [cell for cell in row.cells if cell.text.strip()])
            return
        for one in numbers or {number: 1}:
            if not numbers or any(self._is_home(cell, one) for cell in row.cells):
                self._placed.standing.setdefault(one, row.number)
        if any(cell.is_merged for cell in row.cells):
            self._tell_merged(row, sorted(numbers))
        beyond = []
        for column, cell in enumerate(row.cells):
            made_cells = self._made_cells(row, column, cell, number)
            if made_cells:
                self._placed.cells.append((cell, made_cells))
                self._tell_company(row, made_cells)
            elif cell.text.strip():
                beyond.append(cell)
        if beyond:
            self._placed.split.add(row.number)
            self._tell_added(row, beyond)

    def _is_home(self, cell: SavedCell, number: int) -> bool:
        return any(key[0] == number and home is cell for key, home in self._homes.items())

    def _made_cells(self, row: SavedRow, column: int, cell: SavedCell, number: int) -> tuple[MadeCell, ...]:
        texts = self._texts[id(cell)]
        keys = list(dict.fromkeys((made.row, made.language) for made in texts.values()))
        language = self._columns.get((len(row.cells), column))
        if not keys and language is not None:
            key = (number, language)
            if key in self._record.cells and key not in self._homes:
                self._homes[key] = cell
                return (self._record.cells[key],)
        return tuple(self._part(cell, key, texts) for key in keys)

    def _part(self, cell: SavedCell, key: CellKey, texts: Mapping[str, Made]) -> MadeCell:
        """What this cell has of a cell as made: the texts marked in it, and at home those that lost their marks."""
        whole = self._record.cells[key]
        elsewhere = {mark for others in self._texts.values() for mark in others} if self._homes[key] is cell else None
        kept = [
            made for made in whole.texts if made.mark in texts or (elsewhere is not None and made.mark not in elsewhere)
        ]
        return replace(whole, texts=tuple(kept))

    def _known_by_words(self, row: SavedRow) -> int | None:
        """The row as made whose words this row has in some language, where it lost all its bookmarks."""
        for column, cell in enumerate(row.cells):
            language = self._columns.get((len(row.cells), column))
            words = _bare(cell.text)
            if language is not None and words and (language, words) in self._lost:
                return self._lost[language, words]
        return None

    def _find_lost(self) -> dict[tuple[Language, str], int]:
        """The rows as made of which no bookmark is left, by their words in each language."""
        known = {number for number, _ in self._homes}
        cells = (cell for row in self._record.rows if row.number not in known for cell in row.cells)
        return {(cell.language, _bare("".join(one.shown for one in cell.texts))): cell.row for cell in cells}

    def _tell_added(self, row: SavedRow, cells: Sequence[SavedCell]) -> None:
        words = " | ".join(cell.text.strip() for cell in cells)
        reason = f"Row {row.number} stands for no segment of the report; it was not taken."
        if row.number in self._placed.split:
            reason = f"Row {row.number} has a cell that it was not made with; its words were not taken."
        if words:
            self._placed.troubles.append(Trouble(TroubleKind.ADDED, reason, place=f"row {row.number}", text=words))

    def _tell_merged(self, row: SavedRow, numbers: Sequence[int]) -> None:
        ids = [one for made in self._record.rows if made.number in numbers for one in made.segments]
        reason = (
            f"Cells of row {row.number} were merged ({', '.join(ids)}); what can be told apart in them was taken."
            if ids
            else f"Cells of row {row.number} were merged; what can be told apart in them was taken."
        )
        words = " | ".join(cell.text.strip() for cell in row.cells if cell.text.strip())
        self._placed.troubles.append(
            Trouble(TroubleKind.MERGED, reason, ids[0] if ids else "", place=f"row {row.number}", text=words)
        )

    def _tell_company(self, row: SavedRow, made_cells: Sequence[MadeCell]) -> None:
        """Texts of several cells in one: cells that became one, or sentences that were moved."""
        if len(made_cells) == 1 or any(cell.is_merged for cell in row.cells):
            return
        for made in made_cells:
            whole = self._record.cells[made.row, made.language]
            if (made.row, made.language) == (made_cells[0].row, made_cells[0].language):
                continue
            ids = ", ".join(text.segment for text in made.texts)
            kind, what = TroubleKind.MOVED, "stands in another cell"
            if len(made.texts) == len(whole.texts):
                kind, what = TroubleKind.MERGED, "stands in one cell with its neighbour"
            reason = f"The {NAMES[made.language]} of {ids} {what}; what can be told apart was taken."
            trouble = Trouble(kind, reason, made.texts[0].segment, made.language, f"row {row.number}")
            self._placed.troubles.append(trouble)

    def _gone_or_moved(self) -> Iterator[Trouble]:
        standing = self._placed.standing
        order = sorted(standing, key=lambda number: standing[number])
        if not self._record.is_whole:
            for number in range(1, self._record.row_count + 1):
                if number not in standing:
                    reason = f"Row {number} of the file as it was made was deleted; the draft keeps its texts."
                    yield Trouble(TroubleKind.DELETED, reason)
        rows = {row.number: row for row in self._record.rows}
        words: dict[str, str] = {}
        for made in self._record.texts.values():
            if made.segment and made.text:
                words[made.segment] = " | ".join(filter(None, (words.get(made.segment, ""), made.text)))
        made_order = [segment for row in self._record.rows for segment in row.segments]
        now = [segment for number in order for segment in rows[number].segments]
        yield from gone_or_moved(made_order, now, what="row", words=words)


def _bare(text: str) -> str:
    return "".join(folded(text).split())
