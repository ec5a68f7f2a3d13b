"""Our PDF typesetting beside LibreOffice, which converts our DOCX files of the same bulletins."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pypdfium2

from benchmarks.overnight_watch import table
from toolkit.build import build_report, check, compose_editions, draft_path
from toolkit.bulletin.model import Bulletin
from toolkit.desk import Desk
from toolkit.languages import TARGETS
from toolkit.pdf import count_pages, typeset_pdf
from toolkit.report import read_report
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

_PATIENCE = 900  # seconds


def compare_with_libreoffice(workspace: Workspace, engine: str, processes: int) -> None:
    """Pages a second, of the same bulletins in so many processes each."""
    desk = Desk(workspace, engine)
    folders = workspace.report_folders()
    for folder in folders:
        result = build_report(folder, desk)
        assert not result.errors, result.errors
    documents = sorted(workspace.dist.rglob("*.docx"))
    halves = [folders[number::processes] for number in range(processes)]
    start, seconds, pages = _ours(workspace, engine, halves)
    row = (f"{pages}", f"{seconds:.2f}", f"{pages / seconds:.1f}")
    with_start = f"{pages / (seconds + start):.1f} with their start and loading of fonts and glossary ({start:.1f} s)"
    rows = [("ours: bulletins to PDF", *row, with_start)]
    if shutil.which("soffice") is None:
        print(table(("", "pages", "seconds", "pages/s", ""), rows))
        print("\nLibreOffice is not installed.")
        return
    peer_seconds, peer_pages = _libreoffice(documents, workspace.root / "peer", processes)
    peer_speed = peer_pages / peer_seconds
    note = f"{len(documents)} files, {processes} processes, one call and one warm profile each"
    rows.append(("LibreOffice: our DOCX to PDF", f"{peer_pages}", f"{peer_seconds:.2f}", f"{peer_speed:.1f}", note))
    print(table(("", "pages", "seconds", "pages/s", ""), rows))
    times, with_its_start = (pages / taken / peer_speed for taken in (seconds, seconds + start))
    print(f"\nOurs sets {times:.1f} times the pages a second; {with_its_start:.1f} times with its start counted.")
    print("Compared is setting the pages of the same bulletins; drafting, checks and writing DOCX are in neither time.")


def _ours(workspace: Workspace, engine: str, halves: Sequence[Sequence[Path]]) -> tuple[float, float, int]:
    """Seconds until all processes have read and composed their bulletins, seconds to typeset them, and their pages."""
    context = multiprocessing.get_context("spawn")
    began = time.perf_counter()
    workers = []
    for half in halves:
        ours, theirs = context.Pipe()
        process = context.Process(target=_typeset, args=(theirs, workspace, engine, half))
        process.start()
        workers.append((process, ours))
    loading = max(pipe.recv() for _, pipe in workers)
    for _, pipe in workers:
        pipe.recv()
    began = time.perf_counter()
    for _, pipe in workers:
        pipe.send(None)
    pages = sum(pipe.recv() for _, pipe in workers)
    seconds = time.perf_counter() - began
    for process, _ in workers:
        process.join()
    return loading, seconds, pages


def _typeset(pipe: Connection, workspace: Workspace, engine: str, folders: Sequence[Path]) -> None:
    began = time.perf_counter()
    desk = Desk(workspace, engine)
    desk.open()
    pipe.send(time.perf_counter() - began)
    composed = [bulletin for folder in folders for bulletin in _bulletins(folder, desk)]
    pipe.send(None)
    pipe.recv()
    pipe.send(sum(count_pages(typeset_pdf(one, desk.fonts)) for one in composed))


def _bulletins(folder: Path, desk: Desk) -> list[Bulletin]:
    report = read_report(folder)
    drafts = {language: read_xliff(draft_path(report, language), language) for language in TARGETS}
    return compose_editions(report, drafts, check(report, drafts, desk), desk)


def _libreoffice(documents: Sequence[Path], folder: Path, processes: int) -> tuple[float, int]:
    """Seconds and pages; every process has made its profile before."""
    program = shutil.which("soffice") or "soffice"

    def command(number: int, files: Sequence[Path]) -> subprocess.Popen[bytes]:
        profile = f"-env:UserInstallation={(folder / f'profile-{number}').as_uri()}"
        outdir = str(folder / "pdf")
        call = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", outdir, *map(str, files)]
        return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def convert(files: Sequence[Path]) -> float:
        began = time.perf_counter()
        running = [command(number, files[number::processes]) for number in range(processes)]
        for one in running:
            assert one.wait(_PATIENCE) == 0
        return time.perf_counter() - began

    convert(documents[:processes])
    seconds = convert(documents)
    made = [folder / "pdf" / f"{path.stem}.pdf" for path in documents]
    pages = 0
    for path in made:
        with pypdfium2.PdfDocument(path) as pdf:
            pages += len(pdf)
    return seconds, pages
