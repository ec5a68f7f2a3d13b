"""Does a package translate?  Tried in a process of its own: a crafted model can crash CTranslate2 itself.

python -m toolkit.translation.trial FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from toolkit.errors import EngineError
from toolkit.translation.argos import LoadedModel
from toolkit.translation.models import read_package

_PATIENCE = 300  # s: a large model on a slow disk


def try_in_a_process(folder: Path) -> None:
    """Load the package in `folder` and translate a word.  Raises `EngineError` when that fails or the process dies."""
    remedy = "Download the package again"
    command = [sys.executable, "-m", __name__, str(folder)]
    try:
        trial = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired as fault:
        raise EngineError(f"the model has not answered in {_PATIENCE} s", path=folder, remedy=remedy) from fault
    if trial.returncode < 0:
        raise EngineError("the model crashes the translation library", path=folder, remedy=remedy)
    if trial.returncode:
        raise EngineError(trial.stderr.strip() or "the model does not load", path=folder, remedy=remedy)


def _main(folder: Path) -> int:
    try:
        LoadedModel(read_package(folder)).translate(["试"])
    except EngineError as fault:
        print(fault.problem, file=sys.stderr)
        return fault.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1])))
