"""What no engine can do without, timed beside our engine in one process:  python -m benchmarks.typesetting_floor ROWS

Which face sets which characters is found out before the clock starts.  The floor comes first, so that nothing our
engine remembers helps it.  CPU time is taken: all of this runs in one thread.
"""

from __future__ import annotations

import argparse
import io
import json
import time
import zlib
from collections.abc import Sequence

import pikepdf
import uharfbuzz as hb

from benchmarks.typesetting_rows import bulletin_of, ntrex_rows
from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontFile, FontSet, bundled_fonts
from toolkit.pdf import typeset_pdf
from toolkit.pdf.itemize import Itemizer

_LAYOUT = (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"name", b"STAT", b"kern", b"vhea", b"vmtx", b"VORG", b"cmap")
Piece = tuple[FontFile, str]


def main() -> None:
    """Measure and print JSON, in seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    bulletin, fonts = bulletin_of(ntrex_rows(parser.parse_args().rows), everything=True), bundled_fonts()
    pieces = pieces_of(bulletin, fonts)
    times = {}
    began = time.process_time()
    faces = {file: opened(file) for file, _ in pieces}
    used = shape(pieces, faces)
    times["shape"] = time.process_time() - began
    began = time.process_time()
    subsets = [subset(file, faces[file].face, glyphs) for file, glyphs in used.items()]
    times["subset"] = time.process_time() - began
    assert all(subsets)
    began = time.process_time()
    data = typeset_pdf(bulletin, bundled_fonts())
    times["ours"] = time.process_time() - began
    streams = streams_of(data)
    began = time.process_time()
    for stream in streams:
        zlib.compress(stream)
    times["deflate"] = time.process_time() - began
    print(json.dumps(times))


def pieces_of(bulletin: Bulletin, fonts: FontSet) -> list[Piece]:
    """The text of every cell, parted where another face takes over."""
    itemizer = Itemizer(fonts)
    return [
        (run.file, text[run.start : run.end])
        for row in bulletin.rows
        for cell in row.cells
        for text in [itemizer.printable(cell.text)]
        for run in itemizer.runs(text, cell.language)
    ]


def opened(file: FontFile) -> hb.Font:
    """The face at its axes."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file.path))))
    if file.axes:
        font.set_variations(dict(file.axes))
    return font


def shape(pieces: Sequence[Piece], faces: dict[FontFile, hb.Font]) -> dict[FontFile, set[int]]:
    """Shape everything once; gives the glyphs used."""
    used: dict[FontFile, set[int]] = {file: set() for file in faces}
    for file, text in pieces:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(faces[file], buffer)
        used[file].update([info.codepoint for info in buffer.glyph_infos])
    return used


def subset(file: FontFile, face: hb.Face, glyphs: set[int]) -> int:
    """A face with these glyphs only, held at its axes; gives its length."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _LAYOUT)
    if face.has_var_data:
        wanted.pin_all_axes_to_default(face)
        for axis, value in file.axes:
            wanted.pin_axis_location(face, axis, value)
    return len(hb.subset(face, wanted).blob.data)


def streams_of(data: bytes) -> list[bytes]:
    """The streams of a PDF, inflated."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]


if __name__ == "__main__":
    main()
