"""The bundled fonts, and Poppler as an independent reader."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.fonts.catalog import FontSet, bundled_fonts


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return bundled_fonts()


@pytest.fixture(scope="session")
def poppler() -> Callable[..., str]:
    """Runs one of the Poppler tools and gives what it prints."""

    def run(tool: str, *arguments: str | Path) -> str:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} (poppler-utils) is not installed")
        command = [tool, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")

    return run
