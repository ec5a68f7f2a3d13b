"""No test is lost without a word: neither passed over by pytest nor kept out of the repository."""

from __future__ import annotations

import fnmatch
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEST_FILES = sorted((ROOT / "tests").rglob("test_*.py"))


def test_no_folder_of_tests_has_a_name_that_pytest_passes_over(pytestconfig: pytest.Config) -> None:
    patterns = pytestconfig.getini("norecursedirs")
    folders = {part for path in TEST_FILES for part in path.relative_to(ROOT).parts[:-1]}
    passed_over = [name for name in sorted(folders) for pattern in patterns if fnmatch.fnmatch(name, pattern)]
    assert passed_over == []


def test_no_test_is_kept_out_of_the_repository() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    names = "\n".join(str(path.relative_to(ROOT)) for path in TEST_FILES)
    command = ["git", "-C", str(ROOT), "check-ignore", "--no-index", "--stdin"]
    assert subprocess.run(command, input=names, capture_output=True, text=True, timeout=30).stdout == ""


def test_no_two_files_of_tests_share_a_name() -> None:
    names = [path.name for path in TEST_FILES]
    assert sorted(set(names)) == sorted(names)
    assert Path(__file__).name in names
