"""Settings in TOML, with errors that name the line."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.errors import SettingsError


@dataclass(frozen=True)
class TomlFile:
    """A TOML file as read: `values`, and the `text` to find a line in."""

    path: Path
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def fault(self, problem: str, *, near: str, remedy: str) -> SettingsError:
        """An error at the first line that holds `near`."""
        return SettingsError(problem, path=self.path, line=self.line_of(near), remedy=remedy)

    def line_of(self, needle: str) -> int | None:
        """The number of the first line that holds `needle`."""
        lines = enumerate(self.text.splitlines(), start=1)
        return next((number for number, line in lines if needle in line), None)

    def check_keys(self, table: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
        """Raise `SettingsError` for a key that is not `known`."""
        for key in table:
            if key not in known:
                raise self.fault(f"does not know `{where}{key}`", near=key, remedy=f"Known are {', '.join(known)}")

    def table(self, name: str, known: Collection[str]) -> Mapping[str, Any]:
        """The table `name`, empty when absent, with known keys only."""
        table = self.values.get(name, {})
        if not isinstance(table, Mapping):
            raise self.fault(f"`{name}` is not a table", near=name, remedy=f"Write [{name}] on a line of its own")
        self.check_keys(table, known, f"{name}.")
        return table

    def typed(self, table: Mapping[str, Any], key: str, kind: type, default: Any, example: str) -> Any:
        """`table[key]`, which must be of `kind`; `default` when absent."""
        value = table.get(key, default)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if value is default or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
            return value
        raise self.fault(f"`{key}` has the wrong type", near=key, remedy=f"Write it like {key} = {example}")


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file; an absent one is empty.  Raises `SettingsError` when it is broken."""
    if not path.exists():
        return TomlFile(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(path, text, tomllib.loads(text))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsError(
            f"could not be read as TOML ({fault})", path=path, remedy="Mend the line it names (https://toml.io)"
        ) from fault
