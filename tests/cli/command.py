"""The command `bulletin`, run in this process: its exit code, and what it says where."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from toolkit.cli import main


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What `--json` put on standard output: that, and nothing else."""
        return json.loads(self.out)


def bulletin(*arguments: str | Path) -> Outcome:
    """Run `bulletin ARGUMENTS`.  An exception that the command lets through is let through here too."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    argv = ["bulletin", *map(str, arguments)]
    code = -1
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(sys, "argv", argv))
        stack.enter_context(mock.patch.object(sys.modules["__main__"], "__package__", None))  # or click says “pytest”
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else -1
    said = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    return Outcome(code, *said)
