"""Workspaces built once, for the tests that only read them and for those that take a copy."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, TIBETAN, install, write_school
from tests.cli.command import Outcome, bulletin
from tests.conftest import ROOT
from toolkit.report import Report, read_report
from toolkit.translation import argos
from toolkit.workspace import Workspace

GANNAN = "gannan-2023"


@dataclass(frozen=True)
class Built:
    """A workspace with the real report, and what the build that made its dist said."""

    workspace: Workspace
    outcome: Outcome

    @property
    def dist(self) -> Path:
        return self.workspace.dist / GANNAN

    @property
    def report(self) -> Report:
        return read_report(self.workspace.source / GANNAN)


def build_with(root: Path, packages: Path) -> Outcome:
    """Build the workspace in `root` with the models in `packages` and no others."""
    from argostranslate import settings

    packages.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "package_dirs", [packages])
        patch.setattr(argos, "_THREADS", 1)
        return bulletin("-C", root, "build")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real report.  Only to be read: tests that change something take `built_copy`."""
    folder = tmp_path_factory.mktemp("built")
    root = folder / "newsroom"
    shutil.copytree(ROOT / "glossaries", root / "glossaries")
    (root / "source" / GANNAN).mkdir(parents=True)
    for name in ("report.txt", "report.toml"):
        shutil.copy(ROOT / "source" / GANNAN / name, root / "source" / GANNAN / name)
    return Built(Workspace(root), build_with(root, folder / "no-packages"))


@pytest.fixture
def built_copy(built: Built, tmp_path: Path) -> Built:
    """The real report, built, to change."""
    root = shutil.copytree(built.workspace.root, tmp_path / "newsroom")
    return Built(Workspace(root), built.outcome)


def small_workspace(folder: Path) -> Workspace:
    workspace = Workspace(folder / "workspace")
    workspace.glossaries.mkdir(parents=True)
    write_school(workspace)
    return workspace


@pytest.fixture(scope="session")
def built_gaps(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small report, built without memory and without models.  Only to be read."""
    folder = tmp_path_factory.mktemp("gaps")
    workspace = small_workspace(folder)
    assert build_with(workspace.root, folder / "no-packages").code == 0
    return workspace


@pytest.fixture(scope="session")
def built_school(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small report, drafted by models in both languages, and built.  Only to be read."""
    folder = tmp_path_factory.mktemp("school")
    workspace = small_workspace(folder)
    packages = folder / "packages"
    packages.mkdir()
    install(packages, ENGLISH)
    install(packages, TIBETAN, "bo")
    assert build_with(workspace.root, packages).code == 0
    return workspace


@pytest.fixture
def gaps(built_gaps: Workspace, tmp_path: Path) -> Workspace:
    """The small report, built without memory and without models, to change."""
    return Workspace(shutil.copytree(built_gaps.root, tmp_path / "gaps"))


@pytest.fixture
def models(packages_of_this_test: Path) -> tuple[Path, Path]:
    """A package for each language that knows the small report by heart; their folders."""
    return install(packages_of_this_test, ENGLISH), install(packages_of_this_test, TIBETAN, "bo")


@pytest.fixture
def school(built_school: Workspace, models: tuple[Path, Path], tmp_path: Path) -> Workspace:
    """The small report, drafted by `models` and built, to change."""
    return Workspace(shutil.copytree(built_school.root, tmp_path / "school"))


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models this small lose more to waiting threads than they gain."""
    monkeypatch.setattr(argos, "_THREADS", 1)
