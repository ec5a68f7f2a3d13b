"""Pictures of a report on the page: over their captions, with who took them and what they show.

Who took a picture is a note under the caption: small and quiet, and no part of the text that a correction could change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.bulletin import words
from toolkit.bulletin.cells import name_run
from toolkit.bulletin.model import Cell, Mark, Picture, Row, RowKind, Run
from toolkit.glossary import Glossary
from toolkit.languages import Language
from toolkit.report import Illustration


def with_picture(row: Row, illustration: Illustration, glossary: Glossary) -> Row:
    """The caption `row` under its picture, the photographer under the caption."""
    cells = tuple(
        replace(cell, notes=(*_credit(cell.language, illustration, glossary), *cell.notes)) for cell in row.cells
    )
    return replace(row, cells=cells, picture=_picture(row.cells, illustration))


def picture_row(columns: Sequence[Language], illustration: Illustration, glossary: Glossary) -> Row:
    """A picture that has no caption: a row of its own, with nothing in it but who took it."""
    cells = tuple(Cell(language, (), _credit(language, illustration, glossary)) for language in columns)
    return Row(RowKind.CAPTION, cells, picture=_picture(cells, illustration))


def _picture(cells: Sequence[Cell], illustration: Illustration) -> Picture:
    file = illustration.file
    said = dict(illustration.alternatives)
    alternatives = tuple((cell.language, said.get(cell.language) or _shown(cell)) for cell in cells)
    return Picture(file.name, file.digest, file.width, file.height, file.kind, file.data, alternatives)


def _shown(cell: Cell) -> str:
    """What a caption says, where it is translated; else that this is a picture."""
    is_gap = any(run.mark is Mark.GAP for run in cell.runs)
    caption = "".join(run.text for run in cell.runs if run.mark is not Mark.ORNAMENT)
    return words.PICTURE[cell.language] if is_gap or not caption else caption


def _credit(language: Language, illustration: Illustration, glossary: Glossary) -> tuple[tuple[Run, ...], ...]:
    if not illustration.credit:
        return ()
    before, _, after = words.CREDIT[language].partition("{name}")
    runs = (Run(before, language), name_run(illustration.credit, language, glossary), Run(after, language))
    return (tuple(run for run in runs if run.text),)
