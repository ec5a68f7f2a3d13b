"""Our engine against WeasyPrint, Typst, fpdf2 and LibreOffice: the same rows, paper, columns, sizes and fonts.

    python -m benchmarks.typesetting [--rows 300] [--repeat 3] [--peers PYTHON] [--keep DIR] [--only ours scaling]

Every figure is the best of so many runs, each in a process of its own; imports are not counted, opening fonts is.
*ours* has everything on: tags, bookmarks, balanced widths, a term index; *plain* goes without the last two.
LibreOffice gets our DOCX, and its time has the start of the program in it; the last row takes away what a DOCX of one
row costs.

The peers come with `pip install weasyprint typst fpdf2` into this environment, or into another whose Python `--peers`
names.  Rows come from NTREX, where it lies beside the project.  On a machine that does other things too, the CPU time
is the better measure; Typst may use several processors at once.

The *floor* is what no engine with these fonts and this file format can do without: shaping the text of the cells once,
subsetting the faces to the glyphs used, deflating the streams of our own file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from benchmarks.typesetting_peers import ENGINES
from benchmarks.typesetting_rows import CORPORA, bulletin_of, job_for_peers, ntrex_rows, static_fonts
from toolkit.bulletin.model import Bulletin
from toolkit.docx import typeset_docx
from toolkit.fonts.catalog import bundled_fonts

MODULES = {"WeasyPrint": "weasyprint", "Typst": "typst", "fpdf2": "fpdf"}
OURS, OFFICE, OFFICE_START = "ours", "LibreOffice", "its start"
PARTS = ("peers", "scaling", "floor")


@dataclass(frozen=True)
class Measured:
    """Best of the runs of one engine; `megabytes` is its peak of memory."""

    seconds: float
    cpu: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has the other engines")
    parser.add_argument("--keep", type=Path, help="keep the PDFs here")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    if not (CORPORA / "ntrex.zh").exists():
        sys.exit(f"NTREX is not in {CORPORA}: ntrex.zh, ntrex.en, ntrex.bo, a sentence a line.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if "peers" in options.only:
            print_peers(ntrex_rows(options.rows), options.peers, options.repeat, folder)
        if "scaling" in options.only:
            print_scaling(options.repeat)
        if "floor" in options.only:
            print_floor(options.rows, options.repeat)


def print_peers(rows: Sequence[Sequence[str]], python: str, repeat: int, folder: Path) -> None:
    """One table of all engines."""
    count = len(rows)
    job, document, one_row = make_jobs(bulletin_of(rows), bulletin_of(rows[:1]), folder)
    commands = {
        OURS: our_command(count, folder / "ours.pdf", everything=True),
        "ours, plain": our_command(count, folder / "ours-plain.pdf", everything=False),
    }
    missing = {name: why for name in ENGINES if (why := why_missing(name, python))}
    for name in ENGINES.keys() - missing.keys():
        given = document if name == OFFICE else job
        commands[name] = peer_command(python, name, given, folder / f"{name.lower()}.pdf")
    if OFFICE not in missing:
        commands[OFFICE_START] = peer_command(python, OFFICE, one_row, folder / "libreoffice-start.pdf")
    measured = best(commands, repeat)
    print(f"| {count} rows | rows/s | seconds | CPU s | peak MB | file kB | pages | tagged | {OURS} is |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in [OURS, "ours, plain", *ENGINES]:
        if name in missing:
            print(f"| {name} | – | {missing[name]} | | | | | | |")
        else:
            print_line(name, count, measured[name], Path(commands[name][-1]), measured[OURS])
    if OFFICE not in missing:
        whole, start = measured[OFFICE], measured[OFFICE_START]
        rest = Measured(max(whole.seconds - start.seconds, 0.01), max(whole.cpu - start.cpu, 0.01), whole.megabytes)
        print_line("– less its start", count, rest, folder / "libreoffice.pdf", measured[OURS])


def make_jobs(bulletin: Bulletin, one_row: Bulletin, folder: Path) -> tuple[Path, Path, Path]:
    """What the peers are given: rows as JSON, rows as DOCX, one row as DOCX."""
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    job, document, start = folder / "job.json", folder / "rows.docx", folder / "one-row.docx"
    job.write_text(job_for_peers(bulletin, static_fonts(fonts)), encoding="utf-8")
    document.write_bytes(typeset_docx(bulletin, bundled_fonts()))
    start.write_bytes(typeset_docx(one_row, bundled_fonts()))
    return job, document, start


def peer_command(python: str, engine: str, job: Path, out: Path) -> list[str]:
    """The command that has `engine` make `out`."""
    return [python, str(Path(__file__).parent / "typesetting_peers.py"), engine, str(job), str(out)]


def why_missing(engine: str, python: str) -> str | None:
    """How to get an engine that is not there."""
    if engine == "LibreOffice":
        return None if shutil.which("soffice") else "not installed: Debian package libreoffice-writer-nogui"
    tried = subprocess.run([python, "-c", f"import {MODULES[engine]}"], capture_output=True, check=False)
    return None if tried.returncode == 0 else f"not installed: pip install {engine.lower()}"


def best(commands: Mapping[str, Sequence[str]], repeat: int) -> dict[str, Measured]:
    """For each command the fastest of so many fresh processes and the least of their peaks, one round after another."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for name, command in [*commands.items()] * repeat:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        runs[name].append(json.loads(done.stdout.splitlines()[-1]))
    return {
        name: Measured(*(min(run[key] for run in some) for key in ("seconds", "cpu", "megabytes")))
        for name, some in runs.items()
    }


def print_line(name: str, rows: int, measured: Measured, path: Path, ours: Measured) -> None:
    """A line of the table; whether it is tagged is asked of the file."""
    note = (
        ""
        if name.startswith(OURS)
        else (f"{measured.seconds / ours.seconds:.1f} × as fast, {measured.cpu / ours.cpu:.1f} × by CPU")
    )
    with pikepdf.open(path) as pdf:
        pages, tagged = len(pdf.pages), "/StructTreeRoot" in pdf.Root
    print(
        f"| {name} | {rows / measured.seconds:.0f} | {measured.seconds:.2f} | {measured.cpu:.2f} "
        f"| {measured.megabytes:.0f} | {path.stat().st_size / 1000:.0f} | {pages} | {'yes' if tagged else 'no'} "
        f"| {note} |",
        flush=True,
    )


def print_scaling(repeat: int) -> None:
    """1,000 rows against 100."""
    with tempfile.TemporaryDirectory() as name:
        commands = {str(rows): our_command(rows, Path(name) / f"{rows}.pdf", everything=True) for rows in (100, 1000)}
        few, many = best(commands, repeat).values()
    print(
        f"\n1,000 rows take {many.seconds:.2f} s, 100 rows {few.seconds:.2f} s: {many.seconds / few.seconds:.1f} times "
        f"as long (of CPU time {many.cpu / few.cpu:.1f} times); {many.megabytes:.0f} and {few.megabytes:.0f} MB.",
        flush=True,
    )


def print_floor(rows: int, repeat: int) -> None:
    """Our time as a multiple of the floor, each in a fresh process."""
    runs = []
    for _ in range(repeat):
        command = [sys.executable, "-m", "benchmarks.typesetting_floor", str(rows)]
        runs.append(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    least = {key: min(run[key] for run in runs) for key in runs[0]}
    floor = least["shape"] + least["subset"] + least["deflate"]
    print(
        f"\nFloor of {rows} rows, CPU time: shaping {least['shape']:.3f} s, subsetting {least['subset']:.3f} s, "
        f"deflating {least['deflate']:.3f} s, together {floor:.3f} s.  Ours takes {least['ours']:.3f} s: "
        f"{least['ours'] / floor:.1f} times the floor."
    )


def our_command(rows: int, out: Path, *, everything: bool) -> list[str]:
    """The command that has our engine make `out`."""
    command = [sys.executable, "-m", "benchmarks.typesetting_ours", str(rows)]
    return [*command, *(["--everything"] if everything else []), str(out)]


if __name__ == "__main__":
    main()
