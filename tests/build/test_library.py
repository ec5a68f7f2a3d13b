"""The code in docs/library.md runs as it stands there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conftest import ROOT
from toolkit.workspace import Workspace


def test_the_example_of_the_library_runs(gannan_workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {"start": gannan_workspace.root}
    exec(code, names)
    assert names["result"].record.pages["gannan-2023-publishing.pdf"] > 1
    assert names["standing"].obstacles and names["standing"].last is None
    out = capsys.readouterr().out
    assert "甘南" in out and "gannan-2023 2 0" in out
