"""So many rows by our engine, in this process:  python -m benchmarks.typesetting_ours ROWS [--everything] OUT.pdf"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from benchmarks.typesetting_peers import peak_megabytes
from benchmarks.typesetting_rows import bulletin_of, declaration_rows, ntrex_rows
from toolkit.fonts.catalog import bundled_fonts
from toolkit.pdf import typeset_pdf


def main() -> None:
    """Make one file and print what it took; 0 rows are the Declaration's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    rows = ntrex_rows(options.rows) if options.rows else declaration_rows()
    bulletin, fonts = bulletin_of(rows, everything=options.everything), bundled_fonts()
    before, began = time.process_time(), time.perf_counter()
    data = typeset_pdf(bulletin, fonts)
    seconds, cpu = time.perf_counter() - began, time.process_time() - before
    peak = peak_megabytes()
    options.out.write_bytes(data)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak}))


if __name__ == "__main__":
    main()
