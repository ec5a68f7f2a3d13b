"""The review page on a report of 3,000 segments: how long the first view and a save take, on loopback.

    python -m benchmarks.review_page [--segments 3000] [--times 15]

Asks a server in a process of its own over HTTP, as a browser would, without the pictures.  *first view* is the first
page of the draft view after the server was started, *start* the time until it tells its address (imports included),
both of five starts; *another page* one not looked at before; *save* a corrected segment, the cell that comes back
included.  Median and slowest of so many, in ms.  The server looks through the report behind all of them.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from toolkit.build import draft_languages, keep_drafts
from toolkit.desk import Desk
from toolkit.report import read_report
from toolkit.workspace import Workspace

ROOT = Path(__file__).parent.parent
PER_BLOCK = 4
STARTS = 5


def made_workspace(folder: Path, segments: int) -> Workspace:
    """A workspace whose report has so many sentences, made of those of the real report with their figures changed."""
    chance = random.Random(7)
    workspace = Workspace(folder)
    (workspace.source / "long").mkdir(parents=True)
    subprocess.run(["cp", "-r", str(ROOT / "glossaries"), str(workspace.glossaries)], check=True)
    texts = [one.text for one in read_report(ROOT / "source" / "gannan-2023").segments]
    lines = ["很长的报告"]
    for _ in range(segments // PER_BLOCK):
        some = (re.sub(r"\d", lambda _: str(chance.randint(1, 9)), chance.choice(texts)) for _ in range(PER_BLOCK))
        lines.append("".join(text if text.endswith("。") else f"{text}。" for text in some))
    (workspace.source / "long" / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = read_report(workspace.source / "long")
    keep_drafts(draft_languages(report, Desk(workspace, "assemble")).drafts, report)
    return workspace


def served(workspace: Workspace) -> tuple[subprocess.Popen[str], str]:
    """The server, and its address."""
    code = "from toolkit.cli import main; main()"
    command = [sys.executable, "-c", code, "-C", str(workspace.root), "review", "--port", "0", "--no-open"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    line = server.stderr.readline()
    found = re.search(r"http://[^/]+", line)
    assert found, line
    return server, found[0]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=3000)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        workspace = made_workspace(Path(name), options.segments)
        starts, views = [], []
        for number in range(STARTS):
            began = time.perf_counter()
            server, address = served(workspace)
            starts.append((time.perf_counter() - began) * 1000)
            try:
                with httpx.Client(base_url=address, timeout=120, cookies={"bulletin_name": "Tester"}) as client:
                    view, page = timed(client, "GET", "/reports/long")
                    views.append(view)
                    if number == STARTS - 1:
                        print_table(
                            {"start": starts, "first view": views, **measured(client, page.text, options.times)}
                        )
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(10)


def timed(client: httpx.Client, method: str, url: str, **more: object) -> tuple[float, httpx.Response]:
    """Milliseconds, and the answer."""
    began = time.perf_counter()
    answer = client.request(method, url, **more)  # type: ignore[arg-type]
    answer.raise_for_status()
    return (time.perf_counter() - began) * 1000, answer


def measured(client: httpx.Client, first: str, times: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of request; `first` is the HTML of the first page."""
    again = [timed(client, "GET", "/reports/long")[0] for _ in range(times)]
    others = [timed(client, "GET", f"/reports/long?from={50 * number}")[0] for number in range(1, times + 1)]
    token = re.search(r'bulletin-token" content="([^"]+)"', first)
    assert token
    saves = []
    for segment in re.findall(r'<tr id="(s[^"]+)">', first)[:times]:
        page = client.get("/reports/long", params={"contains": segment}).text
        base = re.search(r'name="base" value="([^"]*)"', page)
        fields = {
            "segment": segment,
            "language": "en",
            "base": base[1] if base else "",
            "text": f"Corrected {segment}.",
        }
        headers = {"Accept": "application/json", "X-Bulletin-Token": token[1]}
        saves.append(timed(client, "POST", "/reports/long/save", data=fields, headers=headers)[0])
    return {"the same page again": again, "another page": others, "save": saves}


def print_table(times: dict[str, list[float]]) -> None:
    """Median and slowest of each."""
    print("| what | median ms | slowest ms |")
    print("|---|---|---|")
    for what, values in times.items():
        print(f"| {what} | {statistics.median(values):.0f} | {max(values):.0f} |")


if __name__ == "__main__":
    main()
