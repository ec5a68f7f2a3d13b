"""The plan of the house holds: imports run one way, modules stay small, nothing unwanted is imported."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit

PACKAGE = Path(toolkit.__file__).parent
FLOOR = (
    *("errors", "files", "languages", "safexml", "safezip", "textfile", "tomlfile", "sheets"),
    *("chinese", "english", "tibetan", "tibetan_particles", "workspace", "locks", "fonts"),
)
ROOMS = (
    *FLOOR,
    *("report", "figures", "names", "glossary", "memory", "constraints"),
    *("alignment", "translation", "quality", "measure"),
    *("bulletin", "pdf", "docx"),
    *("desk", "record", "leftovers", "build", "review", "impact", "release", "batch", "web"),
    *("summary", "doctor", "starter", "cli"),
)
RANK = {room: number for number, room in enumerate(ROOMS)} | {"docx": ROOMS.index("pdf")}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    return module.split(".")[1]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("toolkit."):
            found.add(room_of(node.module))
        elif isinstance(node, ast.ImportFrom) and node.module == "toolkit":
            found |= {alias.name for alias in node.names if alias.name in RANK}
        elif isinstance(node, ast.Import):
            found |= {room_of(alias.name) for alias in node.names if alias.name.startswith("toolkit.")}
    return found


def test_every_room_has_a_place_in_the_plan() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert rooms == set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_down_the_house_and_pdf_and_docx_do_not_know_each_other(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    for imported in imports_of(path) - {room}:
        assert RANK[imported] < RANK[room], f"{room} imports {imported}"


@pytest.mark.parametrize("room", ["pdf", "docx"])
def test_printers_know_nothing_of_translation(room: str) -> None:
    imported = set().union(*(imports_of(path) for path in (PACKAGE / room).glob("*.py")))
    assert imported <= {room, "bulletin", "fonts", "languages", "errors", "files"}


def test_no_module_outgrows_its_reason() -> None:
    long = {path.name: lines for path in MODULES if (lines := path.read_text(encoding="utf-8").count("\n")) > 400}
    assert long == {}


def test_the_command_imports_neither_agpl_code_nor_onnxruntime_nor_a_printer_it_does_not_need() -> None:
    code = (
        "import sys, toolkit.cli; print([m for m in ('minisbd', 'onnxruntime', 'torch', 'stanza') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def modules_named_in(path: Path) -> set[str]:
    """Every module a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_only_models_and_a_configured_server_may_reach_the_network() -> None:
    ways_out = {"socket", "http.client", "urllib.request", "requests", "httpx", "openai", "aiohttp"}
    reaching = {path.relative_to(PACKAGE).as_posix() for path in MODULES if modules_named_in(path) & ways_out}
    assert reaching == {"translation/models.py", "translation/llm/server.py", "web/server.py"}  # that one listens
