"""A night's work: hundreds of reports, some of them broken; its memory, its scaling, and what comes after.

    python -m benchmarks.overnight [--part broken memory scaling noop libreoffice] [--reports N] [--folder DIR]

*broken*: 500 reports, 25 of them broken in a dozen ways: what is good is built, what is bad is named with its reason.
*memory*: the largest resident memory of the command and of a worker over 50, 500 and 5,000 one-page reports (`--most`:
fewer than 5,000, which take a while).
*scaling*: the same reports by this process, by two, and by a Dask cluster of two, beside what two copies of a pure loop
reach on this machine in the same run; the start of the workers is told apart; the bytes are compared.
*noop*: 1,000 built reports, and nothing to do; then one term is edited.
*libreoffice*: our PDF typesetting in two processes, beside LibreOffice converting our DOCX files of the same bulletins
in two processes, each with a profile of its own and all its files in one call.

Reports are made on the spot by `overnight_reports`.  Drafts come from a translation memory: no engine is timed here.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.overnight_peer import compare_with_libreoffice
from benchmarks.overnight_reports import EDITED_TERM, break_reports, make_workspace
from benchmarks.overnight_watch import bulletin, loops_per_second, processor_seconds, table
from toolkit.batch import ExecutorOptions, build_planned, make_executor, open_ledger, plan
from toolkit.batch.stamps import Stamps
from toolkit.batch.task import Task
from toolkit.desk import Desk
from toolkit.workspace import Workspace

ENGINE = "assemble"
BUILD = ("build", "--engine", ENGINE, "--fail-on", "never")
PROCESSES = 2
ONE_PAGE, A_FEW_PAGES = 60, 300  # Chinese characters
TO_BEGIN_WITH = 8  # reports before the clock starts: every worker is there and has loaded what it needs
SECONDS_OF_LOOP, TRIES_OF_LOOP = 8.0, 4  # the best of them counts: a machine that is shared has slow moments


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--reports", type=int, default=0, help="instead of the number that belongs to the part")
    parser.add_argument("--most", type=int, default=5_000, help="reports of the longest run of the part memory")
    parser.add_argument("--folder", type=Path, help="work here, and leave it there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.part:
            folder = (options.folder or Path(temporary)) / name
            shutil.rmtree(folder, ignore_errors=True)
            print(f"## {name}\n", flush=True)
            PARTS[name](folder, options)
            print(flush=True)


def broken(folder: Path, options: argparse.Namespace) -> None:
    """What is good is built, what is bad is named; memory and speed of a night."""
    count = options.reports or 500
    workspace = make_workspace(folder, count, characters=A_FEW_PAGES // 2)
    bad = break_reports(workspace, max(1, count // 20))
    run = bulletin(folder, *BUILD, "--jobs", str(PROCESSES), "--json")
    told = {one["report"]: one for one in run.data["reports"]}
    assert len(told) == count, "a report is missing in --json"
    for name, one in told.items():
        way = bad.get(name)
        if way is None:
            assert not one["errors"] and one["pages"], f"{name} is good and was not built: {one['errors']}"
            assert all((folder / file).is_file() for file in one["files"])
        else:
            (error,) = one["errors"]
            assert way.says in error["message"] and error["exit_code"] == way.code, f"{way.name}: {error}"
            assert "fault of the toolkit" not in error["message"]
    assert run.code == 3, run.code
    again = bulletin(folder, *BUILD, "--retry-failed", "--jobs", str(PROCESSES))
    unnamed = [name for name in bad if name not in again.out]
    assert again.code == 3 and not unnamed, f"not in the table: {unnamed}"
    pages = sum(sum(one["pages"].values()) for one in told.values())
    ways = len({way.name for way in bad.values()})
    print(
        f"{count} reports, {len(bad)} broken in {ways} ways: {count - len(bad)} built, {len(bad)} named, exit code 3.\n"
    )
    head = ("reports/minute", "pages/s", "seconds", "MB, the command", "MB, a worker")
    row = (f"{count / run.seconds * 60:.0f}", f"{pages / run.seconds:.1f}", f"{run.seconds:.0f}")
    print(table(head, [(*row, f"{run.parent:.0f}", f"{run.worker:.0f}")]))


def memory(folder: Path, options: argparse.Namespace) -> None:
    """Memory must not grow with the number of reports."""
    rows = []
    for count in (50, 500, options.most):
        root = folder / str(count)
        make_workspace(root, count, characters=ONE_PAGE)
        run = bulletin(root, *BUILD, "--edition", "publishing", "--jobs", str(PROCESSES), "--json")
        told = run.data["reports"]
        assert run.code == 0 and len(told) == count
        pages = sum(sum(one["pages"].values()) for one in told)
        rows.append((f"{count:,}", f"{pages:,}", f"{run.parent:.1f}", f"{run.worker:.1f}", f"{run.seconds:.0f}"))
        print(table(("reports", "pages", "MB, the command", "MB, a worker", "seconds"), rows[-1:]), flush=True)
        shutil.rmtree(root)
    first, last = rows[0], rows[-1]
    growth = (f"{(float(last[number]) / float(first[number]) - 1) * 100:+.1f} %" for number in (2, 3))
    print(f"\nfrom {first[0]} to {last[0]} reports: the command {next(growth)}, a worker {next(growth)}")


@dataclass(frozen=True)
class Timed:
    """A build: seconds until the workers had done a few reports, then seconds on the clock and of processors for the
    rest, and the pages of the rest."""

    start: float
    seconds: float
    cpu: float
    pages: int


def scaling(folder: Path, options: argparse.Namespace) -> None:
    """Two processes beside what the machine has for two, and Dask beside the pool."""
    count = options.reports or 60
    made = make_workspace(folder / "made", count + TO_BEGIN_WITH, characters=A_FEW_PAGES)
    rows: list[tuple[str, ...]] = []
    timed: dict[str, Timed] = {}
    alone, together = (
        max(loops_per_second(copies, SECONDS_OF_LOOP / TRIES_OF_LOOP) for _ in range(TRIES_OF_LOOP))
        for copies in (1, PROCESSES)
    )
    trees: dict[str, dict[str, bytes]] = {}
    for name in ("serial", "pool", "dask"):
        workspace = Workspace(folder / name)
        shutil.copytree(made.root, workspace.root)
        timed[name] = one = _timed(workspace, ExecutorOptions(name, PROCESSES))
        trees[name] = _files(workspace.dist) | _files(workspace.source)
        gain, machine = timed["serial"].seconds / one.seconds, 1.0 if name == "serial" else together / alone
        speed = f"{count / one.seconds * 60:.0f}", f"{one.pages / one.seconds:.1f}", f"{one.cpu / count:.3f}"
        processes = "1" if name == "serial" else f"{PROCESSES}"
        of_machine = f"{gain / machine:.3f}"
        rows.append((name, processes, *speed, f"{gain:.2f}", f"{machine:.2f}", of_machine, f"{one.start:.1f}"))
    head = ("", "processes", "reports/minute", "pages/s", "processor s a report", "gain", "gain of a pure loop")
    print(table((*head, "one by the other", "s to start and do 8 reports"), rows))
    print(f"\nDask takes {timed['dask'].seconds / timed['pool'].seconds:.2f} times as long as the pool.")
    assert trees["serial"] == trees["pool"] == trees["dask"], "the executors wrote different bytes"
    print(f"{len(trees['serial'])} files, byte for byte the same from all three.")


def _timed(workspace: Workspace, options: ExecutorOptions) -> Timed:
    desk = Desk(workspace, ENGINE)
    desk.open()
    folders = workspace.report_folders()
    began = time.perf_counter()
    with closing(open_ledger(workspace)) as ledger, make_executor(options, desk, len(folders)) as executor:
        for folder in folders[:TO_BEGIN_WITH]:
            executor.submit(Task("build", (folder,)))
        assert sum(len(done.answers) for done in executor.completed()) == TO_BEGIN_WITH
        start = time.perf_counter() - began
        began, used = time.perf_counter(), processor_seconds()
        stamps = Stamps(ledger, ledger.keep_stamps)
        planned = list(plan(folders[TO_BEGIN_WITH:], desk, ledger.rows(), stamps.digest))
        batch = build_planned(planned, desk, executor, ledger, stamps=stamps)
        seconds, used = time.perf_counter() - began, processor_seconds() - used
        assert batch.built == len(planned)
    return Timed(start, seconds, used, batch.pages)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def noop(folder: Path, options: argparse.Namespace) -> None:
    """A second run with nothing to do, and one after the edit of a term."""
    count = options.reports or 1_000
    workspace = make_workspace(folder, count, characters=ONE_PAGE)
    build = (*BUILD, "--edition", "publishing", "--jobs", str(PROCESSES))
    full = bulletin(folder, *build)
    again = bulletin(folder, *build)
    assert again.code == 0 and f"{count} up to date" in again.out, again.out
    began = time.perf_counter()
    batch = _build_in_process(workspace)
    inside = time.perf_counter() - began
    assert batch == count
    head = ("", "seconds", "of the full run")
    rows = [
        (f"{count:,} one-page reports built", f"{full.seconds:.1f}", ""),
        ("again, nothing to do: the command", f"{again.seconds:.2f}", f"{again.seconds / full.seconds:.2%}"),
        ("again, nothing to do: in process", f"{inside:.2f}", f"{inside / full.seconds:.2%}"),
    ]
    terms = workspace.glossaries / "places.csv"
    with terms.open("a", encoding="utf-8") as stream:
        columns = terms.read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",")
        values = {"zh": EDITED_TERM, "en": "the new school on the steppe", "status": "proposed", "source": "none"}
        stream.write(",".join(values.get(column, "") for column in columns) + "\n")
    edited = bulletin(folder, *build, "--json")
    touched = sorted(one["report"] for one in edited.data["reports"] if not one["unchanged"])
    expected = [f"report-{number:05}" for number in range(0, count, 100)]
    assert touched == expected, f"built again: {touched}"
    rows.append(
        (
            f"a term edited that stands in {len(touched)}",
            f"{edited.seconds:.1f}",
            f"{edited.seconds / full.seconds:.2%}",
        )
    )
    print(table(head, rows))
    print(f"\nOnly the {len(touched)} reports that hold the term were built again.")


def _build_in_process(workspace: Workspace) -> int:
    """All that the command does, without starting Python: the reports that were up to date."""
    with closing(open_ledger(workspace)) as ledger:
        stamps = Stamps(ledger, ledger.keep_stamps)
        desk = Desk(workspace, ENGINE, ("publishing",), stamps.digest)
        desk.open()
        planned = list(plan(workspace.report_folders(), desk, ledger.rows(), stamps.digest))
        todo = sum(one.state != "done" for one in planned)
        with make_executor(ExecutorOptions(jobs=PROCESSES), desk, todo) as executor:
            return build_planned(planned, desk, executor, ledger, stamps=stamps).unchanged


def libreoffice(folder: Path, options: argparse.Namespace) -> None:
    """Our typesetting beside LibreOffice's, of the same bulletins."""
    workspace = make_workspace(folder, options.reports or 40, characters=A_FEW_PAGES)
    compare_with_libreoffice(workspace, ENGINE, PROCESSES)


PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    part.__name__: part for part in (broken, memory, scaling, noop, libreoffice)
}

if __name__ == "__main__":
    main()
