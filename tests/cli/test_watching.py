"""bulletin watch: a saved file, and its bulletins are made again."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT, write_report
from toolkit.cli.watching import touched_by
from toolkit.workspace import Workspace


def test_a_file_touches_the_reports_that_depend_on_it(workspace: Workspace) -> None:
    for name in ("a", "b"):
        write_report(workspace, name, "标题\n正文。\n")

    def touched(*paths: Path, wanted: tuple[str, ...] = ()) -> tuple[str, ...]:
        return touched_by(paths, workspace, wanted)

    assert touched(workspace.source / "a" / "report.txt") == ("a",)
    assert touched(workspace.source / "b" / "bo.xlf") == ("b",)
    assert touched(workspace.glossaries / "terms.csv") == ("a", "b")
    assert touched(workspace.settings_file, wanted=("b",)) == ("b",)
    assert touched(workspace.root / "themes" / "ours.toml") == ("a", "b")
    assert touched(workspace.dist / "a" / "a-publishing.pdf") == ()
    assert touched(workspace.glossaries / ".cache" / "terms.sqlite") == ()
    assert touched(workspace.source / "a" / ".report.txt.x.part", workspace.source / "a" / "report.txt~") == ()


def test_a_saved_report_is_built_again_and_ctrl_c_ends_it(workspace: Workspace) -> None:
    folder = write_report(workspace, "a", "标题\n正文。\n")
    code = "from toolkit.cli import main; main()"
    command = [sys.executable, "-c", code, "-C", str(workspace.root), "watch", "--edition", "english"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    watcher = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=workspace.root
    )
    try:
        assert watcher.stdout is not None
        read_until(watcher, "Watching")
        printed = workspace.dist / "a" / "a-english.pdf"
        before = printed.read_bytes()
        time.sleep(0.5)  # the watch begins after it was announced
        (folder / "report.txt").write_text("标题\n正文。还有一句。\n", encoding="utf-8")
        said = read_until(watcher, r"a-english\.pdf")
        assert "a: built" in said
        assert printed.read_bytes() != before
    finally:
        watcher.send_signal(signal.SIGINT)
        assert watcher.wait(10) == 0
        if watcher.stdout is not None:
            watcher.stdout.close()


def read_until(process: subprocess.Popen[bytes], wanted: str, seconds: float = 40.0) -> str:
    said = ""
    end = time.monotonic() + seconds
    assert process.stdout is not None
    while time.monotonic() < end:
        ready, _, _ = select.select([process.stdout], [], [], 0.2)
        if ready:
            said += os.read(process.stdout.fileno(), 4096).decode("utf-8", "replace")
        if re.search(wanted, said):
            return said
    raise AssertionError(said)
