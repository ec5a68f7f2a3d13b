"""Editions: columns of which languages, on which paper, in which theme; those that ship, and a press office's own.

Own ones stand in bulletin.toml::

    [editions]
    build = ["publishing", "review", "wall"]

    [editions.wall]
    columns = ["zh", "bo"]
    paper = "A3"
    landscape = true
    theme = "red-header"

Their mastheads and feet stand there too: see `toolkit.bulletin.letterhead`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

from toolkit.bulletin.letterhead import foot_as_data, foot_from, foot_of, masthead_as_data, masthead_from, masthead_of
from toolkit.bulletin.model import Edition, ReadingOrder
from toolkit.bulletin.themes import theme_as_data, theme_from_data, theme_named
from toolkit.errors import SettingsError
from toolkit.languages import LANGUAGES, Language
from toolkit.tomlfile import TomlFile

MM = 72 / 25.4
PAPERS: dict[str, tuple[float, float]] = {
    "A3": (841.89, 1190.55),
    "A4": (595.28, 841.89),
    "A5": (419.53, 595.28),
    "B5": (498.9, 708.66),
}
PAPERS |= {"Letter": (612.0, 792.0), "Legal": (612.0, 1008.0)}
"""Width and height in pt, upright (ISO 216; ANSI/ASME Y14.1)."""
_SHARES: dict[Language, float] = {"zh": 0.27, "en": 0.34, "bo": 0.39}
_KEYS = (
    "columns",
    "paper",
    "landscape",
    "margins",
    "gutter",
    "widths",
    "theme",
    "provenance",
    "reading",
    "splits_rows",
    "captions",
    "facing",
    "index",
    "lists",
    "masthead",
    "foot",
    "title",
)
_DEEP = ("theme", "masthead", "foot")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_LEAST_COLUMN = 85.0  # pt, 3 cm: narrower, and a long word stands alone on every line
_LEAST_HEIGHT = 150.0  # pt that rows may fill
_WIDEST_GUTTER = 100  # mm
_LARGEST_PAGE = 558  # mm: Word knows none above 22 in


def _shipped(
    name: str, columns: tuple[Language, ...], *, landscape: bool = False, title: str, **changes: Any
) -> Edition:
    width, height = PAPERS["A4"]
    if landscape:
        width, height = height, width
    edition = Edition(
        name=name,
        columns=columns,
        widths=tuple(_SHARES[one] for one in columns),
        page_width=width,
        page_height=height,
        margin_top=62.0,
        margin_bottom=60.0,
        margin_left=54.0,
        margin_right=54.0,
        gutter=20.0,
        provenance=False,
        title=title,
    )
    return replace(edition, **changes)


PUBLISHING = _shipped("publishing", ("en", "bo"), widths=(0.46, 0.54), title="what is printed and given away")
REVIEW = _shipped(
    "review",
    ("zh", "en", "bo"),
    landscape=True,
    margin_top=56.0,
    margin_bottom=54.0,
    margin_left=42.0,
    margin_right=42.0,
    gutter=16.0,
    provenance=True,
    title="everything a reviewer needs to see",
)
EDITIONS = (PUBLISHING, REVIEW)
"""What is built where nobody asks for something else."""

_WIDE: dict[str, Any] = {"margin_left": 85.0, "margin_right": 85.0}  # a line of one column must not be too long
SHIPPED: tuple[Edition, ...] = (
    *EDITIONS,
    _shipped("trilingual", ("zh", "en", "bo"), landscape=True, gutter=18.0, title="all three languages, for readers"),
    _shipped("zh-bo", ("zh", "bo"), widths=(0.45, 0.55), title="Chinese beside Tibetan"),
    _shipped("zh-en", ("zh", "en"), widths=(0.45, 0.55), title="Chinese beside English"),
    _shipped("facing", ("en", "bo"), facing=True, **_WIDE, title="English on the left page, Tibetan on the right"),
    _shipped("tibetan", ("bo",), **_WIDE, title="Tibetan alone"),
    _shipped("english", ("en",), **_WIDE, title="English alone"),
    _shipped("chinese", ("zh",), **_WIDE, title="Chinese alone"),
)


def editions_of(file: TomlFile, workspace: Path) -> dict[str, Edition]:
    """All editions by name: those that ship, and those of `file` (bulletin.toml), which may change a shipped one.

    Raises `SettingsError` naming the line of what cannot be.
    """
    found = {edition.name: edition for edition in SHIPPED}
    table = file.values.get("editions", {})
    if not isinstance(table, Mapping):
        raise file.fault(
            "`editions` is not a table", near="editions", remedy="Write [editions.NAME] on a line of its own"
        )
    for name, values in table.items():
        if name == "build":
            continue
        if not _NAME.fullmatch(name):
            remedy = "Name it with small letters, digits and hyphens: it becomes part of file names"
            raise file.fault(f"“{name}” is no name for an edition", near=name, remedy=remedy)
        if not isinstance(values, Mapping):
            raise file.fault(f"`editions.{name}` is not a table", near=name, remedy=f"Write [editions.{name}]")
        found[name] = _edition(name, values, found.get(name), file, workspace)
    return found


def chosen(found: Mapping[str, Edition], file: TomlFile, names: Sequence[str] = ()) -> tuple[Edition, ...]:
    """The editions to build: `names`, else `build` under [editions], else publishing and review.

    Raises `SettingsError` for a name that is not in `found`.
    """
    asked = file.values.get("editions", {}).get("build", [edition.name for edition in EDITIONS])
    if not isinstance(asked, list) or not asked or not all(isinstance(name, str) for name in asked):
        raise file.fault("`build` is no list of names", near="build", remedy='Write build = ["publishing", "review"]')
    remedy = f"Known are {', '.join(found)}; your own stand under [editions.NAME] in bulletin.toml"
    for name in names or asked:
        if name not in found:
            problem = f"there is no edition “{name}”"
            raise SettingsError(problem, remedy=remedy) if names else file.fault(problem, near=name, remedy=remedy)
    return tuple(found[name] for name in dict.fromkeys(names or asked))


def _edition(name: str, values: Mapping[str, Any], shipped: Edition | None, file: TomlFile, workspace: Path) -> Edition:
    file.check_keys(values, _KEYS, f"editions.{name}.")
    columns = _columns(name, values, shipped, file)
    wide = bool(file.typed(values, "landscape", bool, len(columns) == 3, "true"))
    base = shipped or _shipped(name, columns, landscape=wide, title="of this press office")
    changes: dict[str, Any] = {"columns": columns}
    if shipped is None or "paper" in values or "landscape" in values:
        changes["page_width"], changes["page_height"] = _paper(values, wide, file)
    if "margins" in values:
        sides = _lengths(values, "margins", 4, file)
        for side, length in zip(("top", "right", "bottom", "left"), sides, strict=True):
            changes[f"margin_{side}"] = round(length * MM, 2)
    if "gutter" in values:
        gutter = float(file.typed(values, "gutter", float, 0.0, "7.0"))
        if not 0 <= gutter <= _WIDEST_GUTTER:
            remedy = f"Write mm between columns, from 0 to {_WIDEST_GUTTER}: gutter = 7.0"
            raise file.fault(f"`gutter` is {gutter:g}", near="gutter", remedy=remedy)
        changes["gutter"] = round(gutter * MM, 2)
    if values.get("widths") == "balanced":
        changes["balanced"] = True
    if "widths" in values and values["widths"] != "balanced":
        changes["widths"] = tuple(_lengths(values, "widths", len(columns), file))
    elif len(columns) != len(base.widths) or columns != base.columns:
        changes["widths"] = tuple(_SHARES[one] for one in columns)
    if "theme" in values:
        asked = file.typed(values, "theme", str, "", '"classic"')
        changes["theme"] = theme_named(asked, workspace, near=file)
    for key in ("provenance", "splits_rows", "captions", "facing", "lists"):
        if key in values:
            changes[key] = file.typed(values, key, bool, False, "true")
    if "masthead" in values:
        changes["masthead"] = masthead_from(values, f"editions.{name}", file)
    if "foot" in values:
        changes["foot"] = foot_from(values, f"editions.{name}", file)
    if "index" in values:
        changes["indexes_all"] = values["index"] == "all"
        changes["index"] = changes["indexes_all"] or file.typed(values, "index", bool, False, 'true, or "all"')
    if "title" in values:
        changes["title"] = file.typed(values, "title", str, "", '"for the notice board"')
    if values.get("reading", "rows") not in get_args(ReadingOrder):
        raise file.fault("`reading` is not known", near="reading", remedy='Write "rows" or "columns"')
    if "reading" in values:
        changes["reading"] = values["reading"]
    return _checked(replace(base, **changes), file)


def _columns(name: str, values: Mapping[str, Any], shipped: Edition | None, file: TomlFile) -> tuple[Language, ...]:
    asked = values.get("columns", list(shipped.columns) if shipped else None)
    right = isinstance(asked, list) and 1 <= len(asked) <= 3 and len(set(map(str, asked))) == len(asked)
    if not right or any(one not in LANGUAGES for one in asked or ()):
        remedy = 'Name one, two or three of zh, en, bo: columns = ["zh", "bo"]'
        raise file.fault(f"`editions.{name}` has no right `columns`", near=name, remedy=remedy)
    return tuple(asked or ())


def _paper(values: Mapping[str, Any], landscape: bool, file: TomlFile) -> tuple[float, float]:
    paper = values.get("paper", "A4")
    if isinstance(paper, str):
        if paper not in PAPERS:
            remedy = f"Known are {', '.join(PAPERS)}; or write width and height in mm: paper = [210, 297]"
            raise file.fault(f"the paper “{paper}” is not known", near=paper, remedy=remedy)
        width, height = PAPERS[paper]
    else:
        lengths = _lengths(values, "paper", 2, file)
        if max(lengths) > _LARGEST_PAGE:
            remedy = f"Stay below {_LARGEST_PAGE} mm either way, as Word does; print it enlarged"
            raise file.fault(f"the paper is {max(lengths):g} mm long", near="paper", remedy=remedy)
        width, height = (round(length * MM, 2) for length in lengths)
    if landscape != (width > height):
        width, height = height, width
    return width, height


def _lengths(values: Mapping[str, Any], key: str, count: int, file: TomlFile) -> list[float]:
    asked = values[key]
    right = isinstance(asked, list) and len(asked) == count
    numbers = [one for one in asked if isinstance(one, int | float) and not isinstance(one, bool)] if right else []
    if len(numbers) != count or any(not 0 < one < 2000 for one in numbers):
        raise file.fault(f"`{key}` is not {count} numbers above 0", near=key, remedy=f"Write them as {key} = [20, 18]")
    return [float(one) for one in numbers]


def _checked(edition: Edition, file: TomlFile) -> Edition:
    """Raise `SettingsError` where text would have no room."""
    room = edition.page_width - edition.margin_left - edition.margin_right
    room -= edition.gutter * (len(edition.widths) - 1)
    narrowest = room * min(edition.widths) / sum(edition.widths)
    height = edition.page_height - edition.margin_top - edition.margin_bottom
    if narrowest < _LEAST_COLUMN or height < _LEAST_HEIGHT:
        problem = f"`{edition.name}` leaves {narrowest / MM:.0f} mm to a column and {height / MM:.0f} mm to its height"
        remedy = "Take larger paper, smaller margins or fewer columns: 30 mm and 53 mm are the least"
        raise file.fault(problem, near=f"editions.{edition.name}", remedy=remedy)
    return edition


def edition_as_data(edition: Edition) -> dict[str, Any]:
    """An edition with its theme as JSON can hold it: what a release pins."""
    data = {one.name: getattr(edition, one.name) for one in fields(edition) if one.name not in _DEEP}
    return {
        **{key: list(one) if isinstance(one, tuple) else one for key, one in data.items()},
        "masthead": masthead_as_data(edition.masthead),
        "foot": foot_as_data(edition.foot),
        "theme": theme_as_data(edition.theme),
    }


def edition_from_data(data: Mapping[str, Any]) -> Edition:
    """The other way round.  Raises `KeyError` or `TypeError` for what is none."""
    values: dict[str, Any] = {
        key: tuple(one) if isinstance(one, list) else one for key, one in data.items() if key not in _DEEP
    }
    if "masthead" in data:  # what is older says nothing of them
        values |= {"masthead": masthead_of(data["masthead"]), "foot": foot_of(data["foot"])}
    return Edition(**values, theme=theme_from_data(data["theme"]))
