"""What an edition says around the text: its masthead and its foot, as bulletin.toml has them.

::

    [editions.wall]
    masthead = false                       # none at all; or a table:

    [editions.wall.masthead]
    zh = ["甘南藏族自治州", "简报"]          # one text, or several lines; a language left out keeps its own
    issue = { zh = "第{number}期　{date}" }  # under the name

    [editions.wall.foot]
    running = { en = "{masthead}: {title}" }  # over the page numbers; false for none
    page = { en = "– {page} –" }           # in the languages named; false for none
    place = "right"                        # spread (over the columns), left, center, right

A line whose field the report does not tell, as its number, is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from toolkit.languages import LANGUAGES, Language
from toolkit.tomlfile import TomlFile

Lines = tuple[str, ...]
Texts = tuple[tuple[Language, Lines], ...]
"""Lines of text per language, with fields in braces; a language that is left out has none of its own."""
FootPlace = Literal["spread", "left", "center", "right"]

FIELDS = ("date", "number", "title", "masthead")
"""What stands for something else: the report's date, its number, its title; the name of the series."""
PAGE_FIELDS = ("page", "pages")
_FIELD = re.compile(r"\{([^{}]*)\}")
_ISSUE = "issue"
_FOOT_KEYS = ("running", "page", "place")


@dataclass(frozen=True)
class Masthead:
    """The name over the title: `names` where they are not those of the series, `issue` the lines under them."""

    shown: bool = True
    names: Texts = ()
    issue: Texts = ()


@dataclass(frozen=True)
class Foot:
    """The foot of every page: `running` titles and `page` numbers, None where they are those of every bulletin.

    `place` is where the page numbers stand: spread over the columns, the first on the left and the last on the right,
    or side by side in one place of the page.
    """

    running: Texts | None = None
    page: Texts | None = None
    place: FootPlace = "spread"


PLAIN_MASTHEAD, PLAIN_FOOT = Masthead(), Foot()
"""Those of an edition that says nothing of them."""


def masthead_from(values: Mapping[str, Any], where: str, file: TomlFile) -> Masthead:
    """The masthead that the edition `where` ("editions.wall") asks for.  Raises `SettingsError` naming the line."""
    said = values.get("masthead", True)
    if isinstance(said, bool):
        return Masthead(shown=said)
    table = _table(said, f"{where}.masthead", (*LANGUAGES, _ISSUE), file)
    names = {language: lines for language, lines in table.items() if language != _ISSUE}
    issue = _texts(table.get(_ISSUE, {}), f"{where}.masthead.issue", FIELDS[:-1], file)
    return Masthead(True, _texts(names, f"{where}.masthead", (), file), issue)


def foot_from(values: Mapping[str, Any], where: str, file: TomlFile) -> Foot:
    """The foot that the edition `where` asks for.  Raises `SettingsError` naming the line."""
    said = values.get("foot", True)
    if isinstance(said, bool):
        return Foot() if said else Foot((), ())
    table = _table(said, f"{where}.foot", _FOOT_KEYS, file)
    place = table.get("place", "spread")
    if place not in get_args(FootPlace):
        remedy = f"Write one of {', '.join(get_args(FootPlace))}"
        raise file.fault(f"`{where}.foot.place` is not known", near="place", remedy=remedy)
    running = _choice(table, "running", FIELDS, where, file)
    return Foot(running, _choice(table, "page", (*PAGE_FIELDS, *FIELDS), where, file), place)


def _choice(table: Mapping[str, Any], key: str, fields: Sequence[str], where: str, file: TomlFile) -> Texts | None:
    said = table.get(key, True)
    if isinstance(said, bool):
        return None if said else ()
    return _texts(said, f"{where}.foot.{key}", fields, file)


def _table(said: object, where: str, known: Sequence[str], file: TomlFile) -> Mapping[str, Any]:
    if not isinstance(said, Mapping):
        remedy = f"Write [{where}] on a line of its own, or false for none"
        raise file.fault(f"`{where}` is not a table", near=where.rpartition(".")[2], remedy=remedy)
    file.check_keys(said, known, f"{where}.")
    return said


def _texts(said: object, where: str, fields: Sequence[str], file: TomlFile) -> Texts:
    """A text or lines of text per language, whose fields are among `fields`."""
    key = where.rpartition(".")[2]
    if not isinstance(said, Mapping):
        remedy = f'Write {key} = {{ en = "…", bo = "…" }}, or false for none'
        raise file.fault(f"`{where}` is not a text for each language", near=key, remedy=remedy)
    file.check_keys(said, LANGUAGES, f"{where}.")
    found = []
    for language, text in said.items():
        lines = [text] if isinstance(text, str) else text
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            remedy = f'Write {language} = "…", or {language} = ["…", "…"] for several lines'
            raise file.fault(f"`{where}.{language}` is no text", near=key, remedy=remedy)
        for line in lines:
            _check_fields(line, f"{where}.{language}", fields, file)
        found.append((language, tuple(line for line in lines if line.strip())))
    return tuple(found)


def _check_fields(line: str, where: str, fields: Sequence[str], file: TomlFile) -> None:
    for name in _FIELD.findall(line):
        if name not in fields:
            known = ", ".join(f"{{{one}}}" for one in fields)
            remedy = f"Known here are {known}" if known else "Fields stand in `issue`, under the name"
            raise file.fault(f"`{where}` does not know {{{name}}}", near=f"{{{name}}}", remedy=remedy)


def pieces(line: str) -> tuple[tuple[str, bool], ...]:
    """A line cut at its fields: each text, or name of a field, and whether it is a field."""
    return tuple((one, index % 2 == 1) for index, one in enumerate(_FIELD.split(line)) if one)


def texts_of(texts: Texts, language: Language) -> Lines | None:
    """The lines in `language`; None where nothing is said of it."""
    return dict(texts).get(language)


def masthead_as_data(masthead: Masthead) -> dict[str, Any]:
    """A masthead as JSON can hold it."""
    return {"shown": masthead.shown, "names": _as_data(masthead.names), "issue": _as_data(masthead.issue)}


def masthead_of(data: Mapping[str, Any]) -> Masthead:
    """The other way round.  Raises `KeyError` or `TypeError` for what is none."""
    return Masthead(data["shown"], _of_data(data["names"]) or (), _of_data(data["issue"]) or ())


def foot_as_data(foot: Foot) -> dict[str, Any]:
    """A foot as JSON can hold it."""
    return {"running": _as_data(foot.running), "page": _as_data(foot.page), "place": foot.place}


def foot_of(data: Mapping[str, Any]) -> Foot:
    """The other way round.  Raises `KeyError` or `TypeError` for what is none."""
    return Foot(_of_data(data["running"]), _of_data(data["page"]), data["place"])


def _as_data(texts: Texts | None) -> dict[str, list[str]] | None:
    return None if texts is None else {language: list(lines) for language, lines in texts}


def _of_data(data: Mapping[Language, Sequence[str]] | None) -> Texts | None:
    return None if data is None else tuple((language, tuple(lines)) for language, lines in data.items())
