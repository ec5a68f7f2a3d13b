"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import toolkit
from toolkit.desk import Desk
from toolkit.errors import BulletinError
from toolkit.translation.models import packages_folder

_LIBRARIES = ("argos-translate-lt", "ctranslate2", "reportlab", "uharfbuzz", "python-docx", "babel", "rapidfuzz")


@dataclass(frozen=True)
class Diagnosis:
    """One line of the doctor: `ok` is false for what a person should do something about."""

    area: str
    what: str
    ok: bool = True


def examine(desk: Desk) -> tuple[Diagnosis, ...]:
    """Look at versions, fonts, models and the workspace.  Faults become diagnoses, never exceptions."""
    looks: tuple[tuple[str, Callable[[Desk], Iterator[Diagnosis]]], ...] = (
        ("versions", _versions),
        ("settings", _settings),
        ("fonts", _fonts),
        ("models", _models),
        ("workspace", _workspace),
    )
    found: list[Diagnosis] = []
    for area, look in looks:
        try:
            found.extend(look(desk))
        except BulletinError as fault:
            found.append(Diagnosis(area, str(fault), ok=False))
    return tuple(found)


def as_dicts(diagnoses: tuple[Diagnosis, ...]) -> list[dict[str, Any]]:
    """For `--json`."""
    return [asdict(diagnosis) for diagnosis in diagnoses]


def _versions(_: Desk) -> Iterator[Diagnosis]:
    yield Diagnosis("versions", f"Bulletin Toolkit {toolkit.__version__}, Python {platform.python_version()}")
    for name in _LIBRARIES:
        try:
            yield Diagnosis("versions", f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Diagnosis("versions", f"{name} is not installed: pip install {name}", ok=False)


def _settings(desk: Desk) -> Iterator[Diagnosis]:
    settings, path = desk.settings, desk.workspace.settings_file
    where = str(path) if path.is_file() else f"no {path.name}: defaults are used"
    yield Diagnosis("settings", f"{where}; fuzzy matches are printed from {settings.fuzzy_threshold} %")


def _fonts(desk: Desk) -> Iterator[Diagnosis]:
    fonts = desk.fonts
    for script, faces in fonts.regular.items():
        face = faces[0]
        bold = "with bold" if fonts.bold.get(script) else "no bold: headings take size and colour instead"
        what = f"{face.family} {face.names.version}, {face.ratio:.2f} × the Chinese size"
        yield Diagnosis("fonts", f"{script}: {what}, {len(face.characters)} characters, {bold}")


def _models(desk: Desk) -> Iterator[Diagnosis]:
    yield Diagnosis("models", f"packages live in {packages_folder()}")
    for package in desk.models.packages:
        yield Diagnosis("models", f"argos {package.identity}")
    for line in desk.missing_models():
        yield Diagnosis("models", line, ok=False)


def _workspace(desk: Desk) -> Iterator[Diagnosis]:
    workspace = desk.workspace
    reports = len(workspace.report_folders())
    terms, units = len(desk.glossary.terms), len(desk.memory)
    yield Diagnosis("workspace", f"{workspace.root}: {reports} reports, {terms} terms, {units} memory units")
    sourceless = sum(1 for term in desk.glossary.terms if term.source in ("", "none"))
    if sourceless:
        yield Diagnosis("workspace", f"{sourceless} terms have no source that can be looked up")
