"""The same rows by other engines.  Stands alone: it is run by whatever Python has them.

    python typesetting_peers.py ENGINE JOB.json OUT.pdf

The job is what `typesetting_rows.job_for_peers` tells; for LibreOffice it is a DOCX.  Prints JSON: seconds and CPU
seconds without the imports, and the peak of memory in MB.  Each engine is asked for what it does best: justified text,
its own hyphenation and line breaking, a head repeated on every page, page numbers; where it can tag a PDF, it does.
"""

from __future__ import annotations

import html
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Job = dict[str, Any]


def cell_margins(job: Job) -> list[float]:
    """Margins at which cells that are padded by half a gutter have their text where ours stands."""
    top, right, bottom, left = job["margins"]
    return [top, right - job["gutter"] / 2, bottom, left - job["gutter"] / 2]


def weasyprint(job: Job, out: Path) -> Callable[[], None]:
    """HTML and CSS, tagged."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    classes = "zeb"
    families = "".join(
        f"@font-face{{font-family:{name};src:url({Path(path).as_uri()})}}"
        for name, path in zip(classes, job["fonts"], strict=True)
    )
    looks = "".join(
        f".{name}{{font:{size}pt/{leading}pt {name},e,z,b;width:{width + job['gutter']}pt}}"
        for name, size, leading, width in zip(classes, job["sizes"], job["leading"], job["widths"], strict=True)
    )
    width, height = job["page"]
    margins = " ".join(f"{margin}pt" for margin in cell_margins(job))
    css = (
        f"{families}@page{{size:{width}pt {height}pt;margin:{margins};"
        "@bottom-center{content:'Page ' counter(page) ' of ' counter(pages);font:8pt e}}"
        "*{box-sizing:border-box}body{margin:0}table{border-collapse:collapse;width:100%;table-layout:fixed;text-align:justify}"
        f"td,th{{vertical-align:baseline;padding:0 {job['gutter'] / 2}pt {job['gap']}pt;hyphens:auto}}{looks}"
    )

    def rows(texts: list[list[str]], tag: str) -> str:
        cells = (
            "".join(
                f"<{tag} class={name} lang={language}>{html.escape(text)}</{tag}>"
                for name, language, text in zip(classes, job["languages"], row, strict=True)
            )
            for row in texts
        )
        return "".join(f"<tr>{row}</tr>" for row in cells)

    def make() -> None:
        page = (
            f"<!doctype html><html lang={job['languages'][0]}><title>{html.escape(job['title'])}</title>"
            f"<style>{css}</style><table><thead>{rows([job['head']], 'th')}</thead>{rows(job['rows'], 'td')}</table>"
        )
        HTML(string=page).write_pdf(out, font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_tags=True)

    return make


def typst(job: Job, out: Path) -> Callable[[], None]:
    """Typst markup, tagged."""
    import typst as engine

    folder = out.parent
    source = folder / "rows.typ"
    (folder / "rows.json").write_text(json.dumps([job["head"], job["rows"]], ensure_ascii=False), encoding="utf-8")
    families = [_family(path) for path in job["fonts"]]
    shows = []
    over = 0.8 * min(job["leading"])  # the same in all columns, so that they begin level
    for number, language in enumerate(job["languages"]):
        chain = ", ".join(json.dumps(one) for one in dict.fromkeys([families[number], families[1], *families]))
        size, leading = job["sizes"][number], job["leading"][number]
        code, _, region = language.partition("-")
        where = ', region: "cn"' if region else ""
        shows.append(
            f'#let c{number}(t) = [#set text(font: ({chain}), size: {size}pt, lang: "{code}"{where}, '
            f"top-edge: {over}pt, bottom-edge: {over - leading}pt)\n#set par(leading: 0pt)\n#t]"
        )
    width, height = job["page"]
    top, right, bottom, left = cell_margins(job)
    columns = ", ".join(f"{one + job['gutter']}pt" for one in job["widths"])
    source.write_text(
        f"#set page(width: {width}pt, height: {height}pt, "
        f"margin: (top: {top}pt, right: {right}pt, bottom: {bottom}pt, left: {left}pt), "
        f'numbering: "1 / 1")\n#set document(title: {json.dumps(job["title"])})\n'
        "#set par(justify: true)\n" + "\n".join(shows) + "\n"
        '#let (head, rows) = json("rows.json")\n'
        "#let cells(row) = (c0(row.at(0)), c1(row.at(1)), c2(row.at(2)))\n"
        f"#table(columns: ({columns}), stroke: none, inset: (x: {job['gutter'] / 2}pt, top: 0pt, "
        f"bottom: {job['gap']}pt), table.header(..cells(head)), ..rows.map(cells).flatten())\n",
        encoding="utf-8",
    )
    fonts = [str(Path(path).parent) for path in job["fonts"]]
    return lambda: engine.compile(str(source), output=str(out), font_paths=fonts[:1], ignore_system_fonts=True)


def _family(path: str) -> str:
    from fontTools.ttLib import TTFont

    return str(TTFont(path, lazy=True)["name"].getBestFamilyName())


def fpdf2(job: Job, out: Path) -> Callable[[], None]:
    """fpdf2 with HarfBuzz; it cannot tag."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    class Paged(FPDF):
        def footer(self) -> None:
            self.set_y(-30)
            self.set_font("e", size=8)
            self.cell(0, 10, f"Page {self.page_no()} of {{nb}}", align="C")

    def make() -> None:
        pdf = Paged(unit="pt", format=tuple(job["page"]))
        top, right, bottom, left = cell_margins(job)
        pdf.set_margins(left, top, right)
        pdf.set_auto_page_break(True, bottom)
        for name, path in zip("zeb", job["fonts"], strict=True):
            pdf.add_font(name, "", path)
        pdf.set_font("e", size=10)
        pdf.set_fallback_fonts(["z", "b"])
        pdf.set_text_shaping(True)
        pdf.set_title(job["title"])
        pdf.add_page()
        looks = [FontFace(name, size_pt=size) for name, size in zip("zeb", job["sizes"], strict=True)]
        widths = tuple(width + job["gutter"] for width in job["widths"])
        with pdf.table(
            col_widths=widths,
            width=pdf.epw,
            line_height=max(job["leading"]),
            text_align="JUSTIFY",
            borders_layout="NONE",
            padding=(0, job["gutter"] / 2, job["gap"]),
            v_align="TOP",
            headings_style=FontFace(emphasis=""),
        ) as table:
            for texts in [job["head"], *job["rows"]]:
                row = table.row()
                for text, look in zip(texts, looks, strict=True):
                    row.cell(text, style=look)
        pdf.output(str(out))

    return make


def libreoffice(document: Path, out: Path) -> Callable[[], None]:
    """A DOCX converted, the start of the program included; the fonts beside it are there as if installed."""
    folder = Path(tempfile.mkdtemp(prefix="office"))
    shutil.copytree(document.parent / "fonts", folder / "data" / "fonts")
    surroundings = os.environ | {"XDG_DATA_HOME": str(folder / "data")}
    shutil.copy(document, folder / f"{out.stem}.docx")
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ['pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}', "--outdir", str(out.parent)]

    def convert(*more: str) -> None:
        subprocess.run([*command, *more], check=True, capture_output=True, timeout=600, env=surroundings)

    (folder / "first.txt").write_text("first", encoding="utf-8")
    subprocess.run(
        [*command[:-1], str(folder), str(folder / "first.txt")], check=True, capture_output=True, timeout=300
    )
    return lambda: convert(str(folder / f"{out.stem}.docx"))


ENGINES: dict[str, Callable[[Any, Path], Callable[[], None]]] = {
    "WeasyPrint": weasyprint,
    "Typst": typst,
    "fpdf2": fpdf2,
    "LibreOffice": libreoffice,
}


def peak_megabytes() -> float:
    """The greatest resident set of this process; Linux lets a child inherit the figure of `getrusage`."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Make one file and print what it took."""
    engine, job, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    given: Any = job if engine == "LibreOffice" else json.loads(job.read_text("utf-8"))
    make = ENGINES[engine](given, out)
    before, began = os.times(), time.perf_counter()
    make()
    seconds, after = time.perf_counter() - began, os.times()
    peak = peak_megabytes()
    if engine == "LibreOffice":
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": sum(after[:4]) - sum(before[:4]), "megabytes": peak}))


if __name__ == "__main__":
    main()
