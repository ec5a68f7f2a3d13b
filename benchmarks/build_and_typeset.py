"""Build from scratch, no-op build, and the PDF engine against LibreOffice on the same pages.

    make bench      or      python benchmarks/build_and_typeset.py [--repeat N]

Prints a Markdown table.  Times are the best of N runs on this machine; what counts is the ratios.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from toolkit.build import build_report, check, compose_editions, draft_languages
from toolkit.bulletin.model import Bulletin
from toolkit.desk import Desk
from toolkit.docx import typeset_docx
from toolkit.pdf import count_pages, typeset_pdf
from toolkit.report import read_report
from toolkit.workspace import Workspace

ROOT = Path(__file__).parent.parent
REPORT = "gannan-2023"


def best_of(repeat: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of `repeat` runs."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def fresh_workspace(folder: Path) -> Workspace:
    """A copy of this project's workspace without drafts and without dist."""
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns("*.xlf"))
    shutil.copytree(ROOT / "glossaries", folder / "glossaries")
    return Workspace(folder)


def seconds_to_build(repeat: int) -> tuple[float, float]:
    """From scratch, and again with nothing changed; both in process, everything reloaded each time."""
    with tempfile.TemporaryDirectory() as name:
        workspace = fresh_workspace(Path(name) / "workspace")
        folder = workspace.source / REPORT

        def from_scratch() -> None:
            shutil.rmtree(workspace.dist, ignore_errors=True)
            for draft in folder.glob("*.xlf"):
                draft.unlink()
            result = build_report(folder, Desk(workspace))
            assert not result.errors and not result.unchanged

        def no_op() -> None:
            assert build_report(folder, Desk(workspace)).unchanged

        return best_of(repeat, from_scratch), best_of(repeat * 3, no_op)


def bulletins() -> tuple[Desk, list[Bulletin]]:
    """Both editions of the report, composed."""
    desk = Desk(Workspace(ROOT))
    report = read_report(desk.workspace.source / REPORT)
    drafts = draft_languages(report, desk).drafts
    return desk, compose_editions(report, drafts, check(report, drafts, desk), desk)


def libreoffice_seconds(document: bytes, repeat: int) -> tuple[float, int] | None:
    """Seconds and pages for LibreOffice to convert one of our DOCX files; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "b.docx").write_bytes(document)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / "b.docx")]

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=180)

        convert()  # the first run makes the profile
        seconds = best_of(repeat, convert)
        return seconds, len(pypdfium2.PdfDocument(folder / "b.pdf"))


def typeset_cold(edition: int) -> tuple[float, int]:
    """Seconds for one edition's PDF with nothing shaped before, fonts loaded; and its pages."""
    desk, editions = bulletins()
    _ = desk.fonts.fingerprint
    began = time.perf_counter()
    data = typeset_pdf(editions[edition], desk.fonts)
    return time.perf_counter() - began, count_pages(data)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    scratch, no_op = seconds_to_build(repeat)
    print("| what | seconds | |")
    print("|---|---|---|")
    print(f"| build from scratch, 2 editions × PDF and DOCX | {scratch:.2f} | |")
    print(f"| build again, nothing changed | {no_op:.3f} | {scratch / no_op:.0f} × faster |")
    desk, editions = bulletins()
    for number, bulletin in enumerate(editions):
        name = bulletin.edition.name
        rows = len(bulletin.head_rows) + len(bulletin.rows) + len(bulletin.tail_rows)
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as fresh_processes:
            seconds, pages = min(fresh_processes.map(typeset_cold, [number] * repeat, chunksize=1))
        speed = f"{rows / seconds:.0f} rows/s, {pages / seconds:.0f} pages/s"
        print(f"| PDF, {name} edition, {pages} pages | {seconds:.2f} | {speed} |")
        peer = libreoffice_seconds(typeset_docx(bulletin, desk.fonts), repeat)
        if peer is None:
            print(f"| LibreOffice, the same {name} edition from DOCX | – | not installed |")
            continue
        peer_seconds, peer_pages = peer
        ratio = (pages / seconds) / (peer_pages / peer_seconds)
        note = f"{peer_pages / peer_seconds:.1f} pages/s, its start included; ours {ratio:.0f} × per page"
        print(f"| LibreOffice, the same {name} edition from DOCX, {peer_pages} pages | {peer_seconds:.2f} | {note} |")


if __name__ == "__main__":
    main()
