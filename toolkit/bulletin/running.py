"""The masthead of a bulletin and what runs at the foot of its pages, as its edition has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.letterhead import PAGE_FIELDS, pieces, texts_of
from toolkit.bulletin.model import Cell, Edition, Mark, PageFoot, Row, RowKind, Run
from toolkit.bulletin.words import PAGE_FOOT
from toolkit.languages import Language

Fields = Mapping[str, tuple[Run, ...]]
"""What stands for each field in one language; empty where the report does not tell."""


@dataclass(frozen=True)
class Around:
    """What stands around the text of one bulletin: rows over its title, and what every page has at its foot."""

    masthead: tuple[Row, ...]
    running_title: tuple[Cell, ...]
    foot: tuple[PageFoot, ...]


def around(
    edition: Edition,
    series: Mapping[Language, str],
    dates: Mapping[Language, str],
    *,
    titles: Sequence[Cell] = (),
    numbers: Mapping[Language, str] | None = None,
) -> Around:
    """The masthead and the foot of a bulletin of `edition`.

    `series` names the series in each language, `dates` and `numbers` tell its date and number as they are printed,
    empty where they are unknown; `titles` are its titles, in the order of the columns.
    """
    fields: dict[Language, dict[str, tuple[Run, ...]]] = {}
    for language in edition.columns:
        told = {"masthead": series[language], "date": dates[language], "number": (numbers or {}).get(language, "")}
        fields[language] = {name: (Run(text, language),) if text else () for name, text in told.items()}
        title = next((cell.runs for cell in titles if cell.language == language), ())
        plain = (run for run in title if run.mark is not Mark.ORNAMENT)
        fields[language]["title"] = tuple(replace(run, segment="", mark=Mark.NONE, link="") for run in plain)
    return Around(_masthead(edition, series, fields), _running_titles(edition, fields), _page_numbers(edition, fields))


def _masthead(edition: Edition, series: Mapping[Language, str], fields: Mapping[Language, Fields]) -> tuple[Row, ...]:
    if not edition.masthead.shown:
        return ()
    names, issues = [], []
    for language in edition.columns:
        own = texts_of(edition.masthead.names, language)
        lines = (series[language],) if own is None else own
        names.append([(Run(line, language),) if line else () for line in lines])
        issue = (_filled(line, language, fields[language]) for line in texts_of(edition.masthead.issue, language) or ())
        issues.append([runs for runs in issue if runs])
    return (*_rows(RowKind.MASTHEAD, edition, names), *_rows(RowKind.ISSUE, edition, issues))


def _rows(kind: RowKind, edition: Edition, lines: Sequence[Sequence[tuple[Run, ...]]]) -> list[Row]:
    """A row for each line, level over the columns; a language with fewer lines than others has none in the last."""
    return [
        Row(
            kind,
            tuple(
                Cell(language, own[number] if number < len(own) else ())
                for language, own in zip(edition.columns, lines, strict=True)
            ),
        )
        for number in range(max(map(len, lines)))
    ]


def _filled(line: str, language: Language, fields: Fields) -> tuple[Run, ...]:
    """A line with what its fields stand for; empty where one of them stands for nothing."""
    runs: list[Run] = []
    for text, is_field in pieces(line):
        if is_field and not fields[text]:
            return ()
        runs += fields[text] if is_field else (Run(text, language),)
    return tuple(runs)


def _running_titles(edition: Edition, fields: Mapping[Language, Fields]) -> tuple[Cell, ...]:
    """By default the series and the date, because a title would take five lines."""
    asked = edition.foot.running
    if asked is not None:
        if not asked:
            return ()
        texts = {one: " ".join(texts_of(asked, one) or ()) for one in edition.columns}
        return tuple(Cell(one, _filled(texts[one], one, fields[one])) for one in edition.columns)
    cells = []
    for language in edition.columns:
        series, date = ("".join(run.text for run in fields[language][name]) for name in ("masthead", "date"))
        between = (" " if series.endswith("།") else " · ") if series and date else ""
        cells.append(Cell(language, (Run(f"{series}{between}{date}", language),)))
    return tuple(cells)


def _page_numbers(edition: Edition, fields: Mapping[Language, Fields]) -> tuple[PageFoot, ...]:
    asked = edition.foot.page
    if asked is None:
        return tuple(PAGE_FOOT[one] for one in edition.columns)
    found = []
    for language in edition.columns:
        line = " ".join(texts_of(asked, language) or ())
        told = {name: "".join(run.text for run in runs) for name, runs in fields[language].items()}
        filled = [  # the printer counts the pages
            (told[text], False) if is_field and text not in PAGE_FIELDS else (text, is_field)
            for text, is_field in pieces(line)
        ]
        if filled and all(text for text, _ in filled):
            found.append(PageFoot(language, tuple(filled)))
    return tuple(found)
