"""A machine on which nothing is installed but what a test puts there."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.fonts.shelf import FOLDERS_VARIABLE


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of installed fonts, empty."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.setenv(FOLDERS_VARIABLE, str(folder))
    return folder
