"""Our PDF typesetting beside LibreOffice, which converts our DOCX files of the same bulletins."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
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
HEAD = ("", "pages", "seconds", "processor seconds", "pages/s", "")


@dataclass(frozen=True)
class Setting:
    """How many pages were set, in how many seconds on the clock and of processor time; `start` until it could begin."""

    pages: int
    seconds: float
    cpu: float
    start: float = 0.0

    @property
    def speed(self) -> float:
        """Pages a second on the clock."""
        return self.pages / self.seconds

    def row(self, name: str, note: str) -> tuple[str, ...]:
        """A row of the table."""
        return (name, f"{self.pages}", f"{self.seconds:.2f}", f"{self.cpu:.2f}", f"{self.speed:.1f}", note)


def compare_with_libreoffice(workspace: Workspace, engine: str, processes: int) -> None:
    """Pages a second, of the same bulletins in so many processes each."""
    desk = Desk(workspace, engine)
    folders = workspace.report_folders()
    for folder in folders:
        result = build_report(folder, desk)
        assert not result.errors, result.errors
    documents = sorted(workspace.dist.rglob("*.docx"))
    halves = [folders[number::processes] for number in range(processes)]
    ours = _ours(workspace, engine, halves)
    note = f"{ours.pages / (ours.seconds + ours.start):.1f} pages/s with start, fonts and glossary ({ours.start:.1f} s)"
    rows = [ours.row("ours: bulletins to PDF", note)]
    if shutil.which("soffice") is None:
        print(table(HEAD, rows))
        print("\nLibreOffice is not installed.")
        return
    peer = _libreoffice(documents, workspace.root / "peer", processes)
    note = f"{len(documents)} files, {processes} processes, one call and one warm profile each"
    print(table(HEAD, [*rows, peer.row("LibreOffice: our DOCX to PDF", note)]))
    times, with_start = (ours.pages / taken / peer.speed for taken in (ours.seconds, ours.seconds + ours.start))
    of_time = ours.pages / ours.cpu / (peer.pages / peer.cpu)
    print(f"\nOurs sets {times:.1f} times the pages a second ({with_start:.1f} times with its start counted),")
    print(f"and {of_time:.1f} times the pages a second of processor time.")
    print("Compared is setting the pages of the same bulletins; drafting, checks and writing DOCX are in neither time.")


def _ours(workspace: Workspace, engine: str, halves: Sequence[Sequence[Path]]) -> Setting:
    """Every process reads and composes its bulletins first; the clock runs while they are typeset."""
    context = multiprocessing.get_context("spawn")
    workers = []
    began = time.perf_counter()
    for half in halves:
        ours, theirs = context.Pipe()
        process = context.Process(target=_typeset, args=(theirs, workspace, engine, half))
        process.start()
        workers.append((process, ours))
    for _, pipe in workers:
        pipe.recv()
    loading = time.perf_counter() - began
    for _, pipe in workers:
        pipe.recv()
    began = time.perf_counter()
    for _, pipe in workers:
        pipe.send(None)
    done = [pipe.recv() for _, pipe in workers]
    seconds = time.perf_counter() - began
    for process, _ in workers:
        process.join()
    return Setting(sum(pages for pages, _ in done), seconds, sum(cpu for _, cpu in done), loading)


def _typeset(pipe: Connection, workspace: Workspace, engine: str, folders: Sequence[Path]) -> None:
    desk = Desk(workspace, engine)
    desk.open()
    pipe.send(None)
    composed = [bulletin for folder in folders for bulletin in _bulletins(folder, desk)]
    pipe.send(None)
    pipe.recv()
    began = time.process_time()
    pages = sum(count_pages(typeset_pdf(one, desk.fonts)) for one in composed)
    pipe.send((pages, time.process_time() - began))


def _bulletins(folder: Path, desk: Desk) -> list[Bulletin]:
    report = read_report(folder)
    drafts = {language: read_xliff(draft_path(report, language), language) for language in TARGETS}
    return compose_editions(report, drafts, check(report, drafts, desk), desk)


def _libreoffice(documents: Sequence[Path], folder: Path, processes: int) -> Setting:
    """Every process has made its profile before the clock runs."""
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = convert(documents)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = [folder / "pdf" / f"{path.stem}.pdf" for path in documents]
    pages = 0
    for path in made:
        with pypdfium2.PdfDocument(path) as pdf:
            pages += len(pdf)
    return Setting(pages, seconds, cpu)
