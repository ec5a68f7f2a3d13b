"""The Declaration by every engine, as pictures for docs/typesetting.md; and what four programs read out of the files.

    python -m benchmarks.typesetting_pictures [--peers PYTHON] [--keep DIR] [--to docs/pictures]

Needs pdftoppm and pdftotext (poppler-utils), mutool (mupdf-tools) and Pillow.

The table printed tells, per engine and reader, which share of the Tibetan syllables, Chinese characters and English
words is read as it stood in the rows: each as often as it occurs there, the page read as a whole, by the reader's
default.  An English word parted by a soft hyphen counts, one parted by a hard hyphen does not: nobody finds it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
from PIL import Image, ImageDraw

from benchmarks.typesetting import make_jobs, peer_command, why_missing
from benchmarks.typesetting_peers import ENGINES
from benchmarks.typesetting_rows import bulletin_of, declaration_rows
from toolkit.pdf.rows import column_spans

ROOT = Path(__file__).parent.parent
DPI = 100
COLORS = 24
CLOSE_DPI, CLOSE_TOP, CLOSE_HEIGHT = 120, 250, 100  # the lines of article 2, in pt from the top
LABEL_WIDTH = 100
WORDS = {"bo": r"[\u0f40-\u0fbc]+", "zh": r"[\u3400-\u9fff]", "en": r"[A-Za-z]+"}


def main() -> None:
    """Make files, pictures and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has the other engines")
    parser.add_argument("--keep", type=Path, help="keep the PDFs here")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files = made_files(folder, options.peers)
        for name, path in files.items():
            picture(path, options.to / f"typesetting-{name.lower()}.png")
        tibetan_lines(files, options.to / "typesetting-tibetan.png")
        print_table(files)


def made_files(folder: Path, python: str) -> dict[str, Path]:
    """The Declaration by every engine that is there."""
    rows = declaration_rows()
    job, document, _ = make_jobs(bulletin_of(rows), bulletin_of(rows[:1]), folder)
    files = {"ours": folder / "ours.pdf"}
    subprocess.run([sys.executable, "-m", "benchmarks.typesetting_ours", "0", str(files["ours"])], check=True)
    for name in ENGINES:
        if why_missing(name, python) is None:
            files[name] = folder / f"{name.lower()}.pdf"
            given = document if name == "LibreOffice" else job
            subprocess.run(peer_command(python, name, given, files[name]), check=True, timeout=600)
    return files


def picture(path: Path, to: Path) -> None:
    """The first page in few colours, without its margins."""
    drawn = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", str(path), str(drawn)], check=True)
    page = Image.open(drawn.with_suffix(".png")).convert("L")
    margin = 36 * DPI // 72
    page = page.crop((margin, margin, page.width - margin, page.height - margin))
    page.quantize(COLORS).save(to, optimize=True)


def tibetan_lines(files: dict[str, Path], to: Path) -> None:
    """The Tibetan column of the same paragraph by every engine, one over the other, with their names."""
    left, width = column_spans(bulletin_of(declaration_rows()[:1]).edition)[-1]
    strips = []
    for path in files.values():
        drawn = path.with_suffix("")
        command = ["pdftoppm", "-r", str(CLOSE_DPI), "-png", "-singlefile", str(path), str(drawn)]
        subprocess.run(command, check=True)
        box = (left - 6, CLOSE_TOP, left + width + 6, CLOSE_TOP + CLOSE_HEIGHT)
        page = Image.open(drawn.with_suffix(".png")).convert("L")
        strips.append(page.crop(tuple(round(edge * CLOSE_DPI / 72) for edge in box)))
    whole = Image.new("L", (LABEL_WIDTH + strips[0].width, sum(strip.height + 8 for strip in strips)), 255)
    draw, y = ImageDraw.Draw(whole), 0
    for name, strip in zip(files, strips, strict=True):
        draw.text((8, y + 8), name, fill=0)
        whole.paste(strip, (LABEL_WIDTH, y))
        y += strip.height + 4
        draw.line((0, y, whole.width, y), fill=160)
        y += 4
    whole.quantize(COLORS).save(to, optimize=True)


def print_table(files: dict[str, Path]) -> None:
    """Shares in per cent."""
    rows = declaration_rows()
    wanted = {one: counted(" ".join(row[place] for row in rows), one) for place, one in enumerate(("zh", "en", "bo"))}
    print("| bo, zh, en % | " + " | ".join(READERS) + " |")
    print("|---" * (len(READERS) + 1) + "|")
    for name, path in files.items():
        cells = []
        for read in READERS.values():
            text = read(path)
            cells.append(", ".join(f"{share(wanted[one], counted(text, one)):.1f}" for one in ("bo", "zh", "en")))
        print(f"| {name} | {' | '.join(cells)} |")


def counted(text: str, language: str) -> Counter[str]:
    """The words of one language in a text, soft hyphens aside."""
    text = unicodedata.normalize("NFD", re.sub("[\u00ad\ufffe\x02]\\s*|[\u2010\u2011](?=[A-Za-z])", "", text))
    return Counter(re.findall(WORDS[language], text))


def share(wanted: Counter[str], found: Counter[str]) -> float:
    """How much of what is wanted is found, in per cent."""
    return 100 * (wanted & found).total() / wanted.total()


def _pdftotext(path: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()


def _mutool(path: Path) -> str:
    command = ["mutool", "draw", "-q", "-F", "txt", "-o", "-", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def _pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfium(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


READERS: dict[str, Callable[[Path], str]] = {
    "pdftotext": _pdftotext,
    "mutool": _mutool,
    "pypdf": _pypdf,
    "pdfium": _pdfium,
}

if __name__ == "__main__":
    main()
