"""Themes as TOML: those that ship (`theme_files/`), and a press office's own (`themes/NAME.toml` in its workspace).

A theme may extend another and say only what differs.  Sizes are scales of the base size of a language, so that the
hierarchy holds in all three.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from toolkit.bulletin.kinds import RowKind
from toolkit.bulletin.theme import FOOT, NOTE, Alignment, MastheadRule, Ornaments, Palette, TextStyle, Theme
from toolkit.errors import SettingsError
from toolkit.languages import LANGUAGES, Language
from toolkit.tomlfile import TomlFile, read_toml

SHIPPED = ("classic", "red-header", "plain")
FOLDER = "themes"  # of a workspace
STYLES: tuple[str, ...] = (*RowKind, NOTE, FOOT)
_STYLE_KEYS = ("scale", "align", "bold", "color", "indent", "before", "after", "keep_with_next")
_BASE_KEYS = ("size", "leading", "indent")
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_DEEPEST = 5  # themes that extend one another
_SMALLEST, _LARGEST = 4.0, 96.0  # pt
_RANGES = {"leading": (0.8, 6.0), "indent": (0.0, 12.0), "list_indent": (0.0, 12.0), "before": (0.0, 144.0)}
_RANGES |= {"after": _RANGES["before"], "scale": (0.0, 100.0)}
_LENGTHS = (0.0, 144.0)  # pt: what ornaments measure


def theme_named(name: str, workspace: Path | None = None, *, near: TomlFile | None = None) -> Theme:
    """The theme called `name`: that of the workspace folder before the shipped one.

    Raises `SettingsError` naming file and line for an unknown theme (in `near`, which asks for it) or a broken one.
    """
    folder = None if workspace is None else workspace / FOLDER
    own = None if folder is None else folder / f"{name}.toml"
    stamp = own.stat().st_mtime_ns if own is not None and re.fullmatch(r"[\w-]+", name) and own.is_file() else None
    if stamp is None and name not in SHIPPED:
        known = ", ".join(dict.fromkeys((*SHIPPED, *_names_in(folder))))
        remedy = f"Known are {known}; your own stand in {FOLDER}/NAME.toml"
        if near is not None:
            raise near.fault(f"the theme “{name}” is not known", near=name, remedy=remedy)
        raise SettingsError(f"the theme “{name}” is not known", remedy=remedy)
    return _theme(name, own if stamp is not None else None, folder, stamp)


def _names_in(folder: Path | None) -> tuple[str, ...]:
    return () if folder is None else tuple(sorted(path.stem for path in folder.glob("*.toml")))


@functools.lru_cache(maxsize=64)
def _theme(name: str, own: Path | None, folder: Path | None, stamp: int | None) -> Theme:
    layers = _layers(name, own, folder)
    return _built(name, layers)


def _layers(name: str, own: Path | None, folder: Path | None) -> list[TomlFile]:
    """The files of a theme, what it extends first."""
    layers: list[TomlFile] = []
    while True:
        file = read_toml(own or _shipped(name))
        file.check_keys(file.values, ("extends", "palette", "base", "ornaments", "rows"))
        layers.insert(0, file)
        upper = file.typed(file.values, "extends", str, "", '"classic"')
        if not upper and name != "classic":
            upper = "classic"
        if not upper:
            return layers
        above = None if folder is None else folder / f"{upper}.toml"
        own = above if above is not None and above.is_file() and upper != name else None
        if len(layers) > _DEEPEST or (own is None and upper not in SHIPPED):
            raise file.fault(
                f"extends “{upper}”, which is not there", near="extends", remedy=f"Known are {', '.join(SHIPPED)}"
            )
        name = upper


def _shipped(name: str) -> Path:
    return Path(str(files("toolkit.bulletin") / "theme_files" / f"{name}.toml"))


def _built(name: str, layers: list[TomlFile]) -> Theme:
    palette: dict[str, str] = {}
    ornaments: dict[str, Any] = {}
    base: dict[Language, dict[str, float]] = {language: {} for language in LANGUAGES}
    rows: dict[tuple[str, Language], dict[str, Any]] = {(kind, one): {} for kind in STYLES for one in LANGUAGES}
    for file in layers:
        palette |= _palette(file)
        ornaments |= _ornaments(file)
        for language, values in _base(file).items():
            base[language] |= values
        for key, changes in _rows(file).items():
            rows[key] |= changes
    colors = Palette(**palette)
    last = layers[-1]
    styles = {
        kind: {one: _style(kind, base[one], rows[kind, one], colors, last) for one in LANGUAGES} for kind in STYLES
    }
    return Theme(name, colors, styles, Ornaments(**ornaments))


def _palette(file: TomlFile) -> dict[str, str]:
    table = file.table("palette", [one.name for one in fields(Palette)])
    return {key: _color(file, key, value) for key, value in table.items()}


def _color(file: TomlFile, key: str, value: object) -> str:
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise file.fault(f"`{key}` is no colour", near=key, remedy=f'Write six hex digits: {key} = "9B1C1C"')
    return value.upper()


def _ornaments(file: TomlFile) -> dict[str, Any]:
    defaults = asdict(Ornaments())
    table = file.table("ornaments", list(defaults))
    found: dict[str, Any] = {}
    for key in table:
        if isinstance(defaults[key], float):
            found[key] = _number(file, table, key, f"{defaults[key]}")
        else:
            found[key] = file.typed(table, key, type(defaults[key]), None, json.dumps(defaults[key]))
    if found.get("masthead_rule", "none") not in get_args(MastheadRule):
        raise file.fault(
            "`masthead_rule` is not known",
            near="masthead_rule",
            remedy=f"Known are {', '.join(get_args(MastheadRule))}",
        )
    return found


def _base(file: TomlFile) -> dict[Language, dict[str, float]]:
    table = file.table("base", LANGUAGES)
    found: dict[Language, dict[str, float]] = {}
    for language in LANGUAGES:
        values = table.get(language, {})
        if not isinstance(values, Mapping):
            raise file.fault(f"`base.{language}` is not a table", near=f"base.{language}", remedy="Write [base.zh]")
        file.check_keys(values, _BASE_KEYS, f"base.{language}.")
        found[language] = {key: _number(file, values, key, "10.5" if key == "size" else "1.5") for key in values}
    return found


def _number(file: TomlFile, table: Mapping[str, Any], key: str, example: str) -> float:
    """A number in the range of its key, which nan and inf are in none of."""
    number = float(file.typed(table, key, float, None, example))
    least, most = (_SMALLEST, _LARGEST) if key == "size" else _RANGES.get(key, _LENGTHS)
    if not least <= number <= most:
        raise file.fault(f"`{key}` is {number:g}", near=key, remedy=f"Stay between {least:g} and {most:g}")
    return number


def _rows(file: TomlFile) -> dict[tuple[str, Language], dict[str, Any]]:
    """What a file says of each kind in each language; what it says of one language alone comes last."""
    kinds = {kind.replace(" ", "-"): kind for kind in STYLES}
    found: dict[tuple[str, Language], dict[str, Any]] = {}
    for key, values in file.table("rows", list(kinds)).items():
        if not isinstance(values, Mapping):
            raise file.fault(f"`rows.{key}` is not a table", near=key, remedy=f"Write [rows.{key}] on its own line")
        file.check_keys(values, (*_STYLE_KEYS, *LANGUAGES), f"rows.{key}.")
        general = {one: value for one, value in values.items() if one not in LANGUAGES}
        for language in LANGUAGES:
            special = values.get(language, {})
            if not isinstance(special, Mapping):
                raise file.fault(f"`rows.{key}.{language}` is not a table", near=key, remedy="Write it as a table")
            file.check_keys(special, _STYLE_KEYS, f"rows.{key}.{language}.")
            found[kinds[key], language] = _typed_style(file, {**general, **special})
    return found


def _typed_style(file: TomlFile, values: Mapping[str, Any]) -> dict[str, Any]:
    texts = {"align": '"left"', "color": '"accent"'}
    found: dict[str, Any] = {}
    for key in values:
        if key in _RANGES:
            found[key] = _number(file, values, key, "1.0")
        elif key in texts:
            found[key] = file.typed(values, key, str, None, texts[key])
        else:
            found[key] = file.typed(values, key, bool, None, "true")
    if found.get("align", "left") not in get_args(Alignment):
        raise file.fault("`align` is not known", near="align", remedy=f"Known are {', '.join(get_args(Alignment))}")
    return found


def _style(
    kind: str, base: Mapping[str, float], changes: Mapping[str, Any], palette: Palette, file: TomlFile
) -> TextStyle:
    size = round(base["size"] * changes.get("scale", 1.0), 2)
    if not _SMALLEST <= size <= _LARGEST:
        raise file.fault(
            f"{kind} would be {size} pt", near="scale", remedy=f"Stay between {_SMALLEST} and {_LARGEST} pt"
        )
    color = changes.get("color", "ink")
    named = asdict(palette)
    if color not in named:
        color = _color(file, "color", color)
    return TextStyle(
        size=size,
        leading=round(size * base["leading"], 2),
        align=changes.get("align", "justify"),
        bold=changes.get("bold", False),
        color=named.get(color, color),
        indent=changes.get("indent", base["indent"] if kind == RowKind.PARAGRAPH else 0.0),
        before=changes.get("before", 0.0),
        after=changes.get("after", 0.0),
        keep_with_next=changes.get("keep_with_next", False),
    )


def theme_as_data(theme: Theme) -> dict[str, Any]:
    """A theme as JSON can hold it: what a release pins."""
    return {
        "name": theme.name,
        "palette": asdict(theme.palette),
        "ornaments": asdict(theme.ornaments),
        "styles": {kind: {one: asdict(style) for one, style in each.items()} for kind, each in theme.styles.items()},
    }


def theme_from_data(data: Mapping[str, Any]) -> Theme:
    """The other way round.  Raises `KeyError` or `TypeError` for what is no theme."""
    styles = {
        kind: {language: TextStyle(**style) for language, style in each.items()}
        for kind, each in data["styles"].items()
    }
    styles.setdefault(RowKind.ISSUE, styles[RowKind.BYLINE])  # themes that are older know none
    return Theme(data["name"], Palette(**data["palette"]), styles, Ornaments(**data["ornaments"]))


CLASSIC = theme_named("classic")
