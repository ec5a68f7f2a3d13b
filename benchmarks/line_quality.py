"""How well our lines are set: what a typographer would circle, counted.

    python -m benchmarks.line_quality [--sets]

The texts are the Universal Declaration and 300 rows of NTREX, in three sets of columns on A4 and A3, as in
`tests/pdf/test_corpus_pages.py`, and the bulletin of the other benches.  With `--sets` each is told by itself.

Of each language: paragraphs of two lines and more; their lines but the last; *loose* lines, whose white grew by more
than twice what is hardly seen; *dense* ones, which give more than four fifths of what they may; *ragged* ones, which
could not be justified; *unlike* neighbours, whose white differs by more than twice what is hardly seen; last lines that
are *lone*, of a single character or syllable, in English of less than two em; hyphens, those after two letters
(*early*), those before three at most (*late*), and those under another hyphen (*stacked*).  White is counted in em for
each place that may grow: a space, a tsheg, an ideograph.

Of each bulletin: pages that could be full and end more than a line early.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from benchmarks.overnight_watch import table
from benchmarks.typesetting_rows import bulletin_of as bench_bulletin
from benchmarks.typesetting_rows import declaration_rows, ntrex_rows
from tests.pdf.corpus_bulletins import bulletin_of, parallel_rows
from toolkit.bulletin.model import Bulletin, RowKind
from toolkit.fonts.catalog import bundled_fonts
from toolkit.languages import Language
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import lay_out
from toolkit.pdf.lines import Line
from toolkit.pdf.paragraph import SOFT_HYPHEN
from toolkit.pdf.rows import RowSetter

LANGUAGES: tuple[Language, ...] = ("zh", "en", "bo")
COLUMNS: tuple[tuple[Language, ...], ...] = (("zh", "en", "bo"), ("zh", "bo"), ("en", "bo"))
_PIECE = {"zh": re.compile(r"[^\W_]"), "en": re.compile(r"[^\W_]+"), "bo": re.compile(r"[\u0f40-\u0fbc]+")}
COUNTED = (
    "paragraphs", "lines", "loose", "dense", "ragged", "unlike", "lone", "hyphens", "early", "late", "stacked",
)  # fmt: skip
_MUCH: dict[Language, float] = {"zh": 0.16, "en": 0.18, "bo": 0.12}  # em: twice what is hardly seen
_SHORT = 2  # em
_DENSE = 0.8  # of what it may give
_EARLY, _LATE = 2, 3  # letters before and after a hyphen
_RAGGED = 0.5  # pt


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", action="store_true", help="every set of columns by itself as well")
    options = parser.parse_args()
    totals: dict[Language, Counter[str]] = {language: Counter() for language in LANGUAGES}
    sets, pages = [], []
    for name, bulletin in bulletins():
        for language, counts in counts_of(bulletin).items():
            totals[language].update(counts)
            sets.append((name, language, *_told(counts)))
        pages.append((name, *map(str, full_pages(bulletin))))
    if options.sets:
        print(table(("", "language", *COUNTED), sets), end="\n\n")
    print(table(("language", *COUNTED), [(one, *_told(counts)) for one, counts in totals.items()]), end="\n\n")
    print(table(("", "pages that could be full", "end early"), pages))


def _told(counts: Counter[str]) -> list[str]:
    return [str(counts[name]) for name in COUNTED]


def bulletins() -> Iterator[tuple[str, Bulletin]]:
    """What is counted, with its name."""
    for text in ("udhr", "ntrex"):
        for columns in COLUMNS:
            for paper in ("A4", "A3"):
                name = f"{text} {'-'.join(columns)} {paper}"
                yield name, bulletin_of(parallel_rows(text, columns), columns, paper)
    yield "bench, the Declaration", bench_bulletin(declaration_rows())
    yield "bench, 300 rows of NTREX", bench_bulletin(ntrex_rows(300))


def counts_of(bulletin: Bulletin) -> dict[Language, Counter[str]]:
    """What is `COUNTED` in each language that `bulletin` has a column of."""
    setter = RowSetter(bulletin.edition, Itemizer(bundled_fonts()))
    found: dict[Language, Counter[str]] = {}
    for row in bulletin.rows:
        for cell in setter.row(row).cells:
            language = cell.cell.language
            lines = [slug.line for slug in cell.slugs]
            if len(lines) > 1:
                found.setdefault(language, Counter()).update(_counted(lines, cell.width, language))
    return found


def _counted(lines: list[Line], width: float, language: Language) -> dict[str, int]:
    """The counts of one paragraph in a column `width` pt wide."""
    much = _MUCH[language]
    whites = [_white(line) for line in lines[:-1]]
    hyphens = [line.text.endswith(SOFT_HYPHEN) for line in lines[:-1]]
    divided = [pair for pair, ends in zip(itertools.pairwise(lines), hyphens, strict=True) if ends]
    heads = [_PIECE["en"].findall(line.text)[-1] for line, _ in divided]
    tails = [_PIECE["en"].findall(line.text)[0] for _, line in divided]
    return {
        "paragraphs": 1,
        "lines": len(whites),
        "loose": sum(white > much for white in whites),
        "dense": sum(line.tight > _DENSE for line in lines),
        "ragged": sum(line.x + line.width < width - _RAGGED for line in lines[:-1]),
        "unlike": sum(abs(one - next_one) > much for one, next_one in itertools.pairwise(whites)),
        "lone": _is_lone(lines[-1], language),
        "hyphens": sum(hyphens),
        "early": sum(len(head) <= _EARLY for head in heads),
        "late": sum(len(tail) <= _LATE for tail in tails),
        "stacked": sum(one and another for one, another in itertools.pairwise(hyphens)),
    }


def _is_lone(last: Line, language: Language) -> bool:
    if language == "en":
        return last.width < _SHORT * max(box.size for box in last.boxes)
    return len(_PIECE[language].findall(last.text)) <= 1


def _white(line: Line) -> float:
    """By how many em each place that may grow did so, or shrank."""
    inner = line.boxes[:-1]
    units = sum(box.stretch for box in inner)
    size = max(box.size for box in line.boxes)
    glyphs = sum(len(box.shaped.glyphs) for box in line.boxes) - 1
    grown = line.extra * units - line.tight * sum(box.give for box in inner) + line.tracking * glyphs
    return grown / units / size if units else 0.0


def full_pages(bulletin: Bulletin) -> tuple[int, int]:
    """How many pages are followed by another, and how many of those end more than a line early."""
    edition = bulletin.edition
    layout = lay_out(bulletin, Itemizer(bundled_fonts()))
    a_line = max(edition.theme.style(RowKind.PARAGRAPH, one).leading for one in edition.columns)
    full = layout.sheets[:-1]
    left = [min(one.bottom for one in sheet.placements) - layout.furniture.frame.bottom for sheet in full]
    return len(full), sum(one > a_line for one in left)


if __name__ == "__main__":
    main()
