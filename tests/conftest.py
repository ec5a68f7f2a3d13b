"""Shared by all tests: workspaces made on the spot, and the real report."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from toolkit.report import Report, read_report
from toolkit.workspace import Workspace

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def gannan() -> Report:
    """The report this project was founded for."""
    return read_report(ROOT / "source" / "gannan-2023")


@pytest.fixture(autouse=True)
def packages_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of model packages: what this machine has installed must not decide a test."""
    from argostranslate import settings

    folder = tmp_path / "argos-packages"
    folder.mkdir()
    monkeypatch.setattr(settings, "package_data_dir", folder)
    monkeypatch.setattr(settings, "package_dirs", [folder])
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    root = tmp_path / "workspace"
    for folder in ("source", "glossaries"):
        (root / folder).mkdir(parents=True)
    return Workspace(root)


@pytest.fixture
def gannan_workspace(workspace: Workspace) -> Workspace:
    """The real report with its glossary and memory, and no drafts yet."""
    shutil.copytree(ROOT / "glossaries", workspace.glossaries, dirs_exist_ok=True)
    folder = workspace.source / "gannan-2023"
    folder.mkdir()
    for name in ("report.txt", "report.toml"):
        shutil.copy(ROOT / "source" / "gannan-2023" / name, folder / name)
    return workspace


def write_report(workspace: Workspace, name: str, text: str, sidecar: str = "") -> Path:
    """Put a report into a workspace; returns its folder."""
    folder = workspace.source / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    if sidecar:
        (folder / "report.toml").write_text(sidecar, encoding="utf-8")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when any test was skipped (used in CI)")


def pytest_configure() -> None:
    """Ctrl-C is heard by what the tests start, even where a shell started them in the background (POSIX sh, 2.11)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
