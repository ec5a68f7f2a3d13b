"""TrueType outlines for a face that has others: Word takes no PostScript ones (CFF) into a document.

A cubic curve becomes as many quadratic ones of equal parameter length as keep it within a unit of the design grid: for
n of them the distance is √3/36 · |p3 − 3·p2 + 3·p1 − p0| / n³ at most.  Tables by the OpenType specification 1.9
(`glyf`, `loca`, `maxp`, `hmtx`, `head`).
"""

from __future__ import annotations

import functools
import itertools
import math
import struct
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

import uharfbuzz as hb

_CUBIC = ("CFF ", "CFF2", "VORG", "DSIG")  # what goes; no signature holds for the new file
_TOLERANCE = 1.0  # units: a thousandth of an em in the faces that come as CFF
_ON_CURVE = 0x01
_LONG_LOCATIONS = 1
_MOST_KNOWN = 8_000  # glyphs: more than Chinese newspapers use
_LSB_IS_X_MIN = 0x0002  # head.flags, bit 1

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph of the `glyf` table: its bytes, its box in units of the design grid, how much it needs room for."""

    data: bytes
    box: tuple[int, int, int, int]
    points: int
    contours: int


def with_truetype_outlines(
    face: hb.Face, tables: dict[str, bytearray], origins: Mapping[int, int], known: MutableMapping[int, Drawn]
) -> None:
    """Replace the CFF tables of `face` among its `tables` by `glyf` and `loca`; other tables keep their glyph ids.

    `origins` leads from the glyphs of `face` to those of the face that it was cut from, of which the `known` ones are
    not converted again; new ones are added to them.
    """
    drawn = [_drawn(number, origins.get(number, number), known, face) for number in range(face.glyph_count)]
    for tag in _CUBIC:
        tables.pop(tag, None)
    locations = [0, *itertools.accumulate(len(one.data) for one in drawn)]
    tables["glyf"] = bytearray(b"".join([one.data for one in drawn]))
    tables["loca"] = bytearray(struct.pack(f">{len(locations)}I", *locations))
    limits = (max(one.points for one in drawn), max(one.contours for one in drawn), 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
    tables["maxp"] = bytearray(struct.pack(">IH13H", 0x00010000, face.glyph_count, *limits))
    _measure(tables, [one.box for one in drawn])


def _drawn(number: int, origin: int, known: MutableMapping[int, Drawn], face: hb.Face) -> Drawn:
    found = known.get(origin)
    if found is None:
        outline = _Outline()
        hb.Font(face).draw_glyph(number, _pen(), outline)
        contours = outline.finished()
        if len(known) >= _MOST_KNOWN:
            known.clear()
        found = known[origin] = Drawn(_glyph(contours), _box(contours), sum(map(len, contours)), len(contours))
    return found


@functools.cache
def _pen() -> hb.DrawFuncs:
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, outline: outline.move(x, y))
    pen.set_line_to_func(lambda x, y, outline: outline.line(x, y))
    pen.set_quadratic_to_func(lambda cx, cy, x, y, outline: outline.curve(cx, cy, x, y))
    pen.set_cubic_to_func(lambda ax, ay, bx, by, x, y, outline: outline.cubic((ax, ay), (bx, by), (x, y)))
    return pen


def _measure(tables: dict[str, bytearray], boxes: list[tuple[int, int, int, int]]) -> None:
    """Left side bearings and the font's box, as the new outlines have them: rasterizers shift a glyph by the former."""
    head, metrics = tables["head"], tables["hmtx"]
    (long_metrics,) = struct.unpack_from(">H", tables["hhea"], 34)
    for number, box in enumerate(boxes):
        at = 4 * number + 2 if number < long_metrics else 4 * long_metrics + 2 * (number - long_metrics)
        struct.pack_into(">h", metrics, at, box[0])
    inked = [box for box in boxes if box != (0, 0, 0, 0)] or [(0, 0, 0, 0)]
    whole = (min(b[0] for b in inked), min(b[1] for b in inked), max(b[2] for b in inked), max(b[3] for b in inked))
    struct.pack_into(">4h", head, 36, *whole)
    struct.pack_into(">2h", head, 50, _LONG_LOCATIONS, 0)
    struct.pack_into(">H", head, 16, int.from_bytes(head[16:18], "big") | _LSB_IS_X_MIN)


@dataclass
class _Outline:
    """Contours of one glyph while it is drawn: points, each with whether it is on the curve."""

    contours: list[list[tuple[Point, bool]]] = field(default_factory=list)

    def move(self, x: float, y: float) -> None:
        self.contours.append([((x, y), True)])

    def line(self, x: float, y: float) -> None:
        self.contours[-1].append(((x, y), True))

    def curve(self, cx: float, cy: float, x: float, y: float) -> None:
        self.contours[-1] += (((cx, cy), False), ((x, y), True))

    def cubic(self, a: Point, b: Point, end: Point) -> None:
        """A cubic curve from the last point to `end`."""
        start = self.contours[-1][-1][0]
        third = [e - 3 * q + 3 * p - s for s, p, q, e in zip(start, a, b, end, strict=True)]
        count = max(1, math.ceil((math.sqrt(3) / 36 * math.hypot(*third) / _TOLERANCE) ** (1 / 3)))
        places = [_on_cubic(start, a, b, end, step / count) for step in range(count + 1)]
        for ((x, y), (dx, dy)), ((next_x, next_y), (next_dx, next_dy)) in itertools.pairwise(places):
            # the quadratic nearest to a cubic from P to Q with slopes p, q has its control at (P + Q)/2 + (p - q)/4
            cx = (x + next_x) / 2 + (dx - next_dx) / (4 * count)
            cy = (y + next_y) / 2 + (dy - next_dy) / (4 * count)
            self.curve(cx, cy, next_x, next_y)

    def finished(self) -> list[list[tuple[int, int, bool]]]:
        """The contours on the grid, closed, and turned round: TrueType fills clockwise ones."""
        rounded = []
        for contour in self.contours:
            points = [(math.floor(x + 0.5), math.floor(y + 0.5), on) for (x, y), on in contour]
            if len(points) > 1 and points[-1] == points[0]:
                points.pop()
            if len(points) > 1:
                rounded.append(points[:1] + points[:0:-1])
        return rounded


def _on_cubic(start: Point, a: Point, b: Point, end: Point, at: float) -> tuple[Point, Point]:
    """Point and slope of a cubic curve at a parameter from 0 to 1."""
    rest = 1 - at
    far, near, late, last = rest**3, 3 * rest**2 * at, 3 * rest * at**2, at**3
    x, y = (far * s + near * p + late * q + last * e for s, p, q, e in zip(start, a, b, end, strict=True))
    dx, dy = (
        3 * (rest**2 * (p - s) + 2 * rest * at * (q - p) + at**2 * (e - q))
        for s, p, q, e in zip(start, a, b, end, strict=True)
    )
    return (x, y), (dx, dy)


def _box(contours: list[list[tuple[int, int, bool]]]) -> tuple[int, int, int, int]:
    xs = [x for contour in contours for x, _, _ in contour]
    ys = [y for contour in contours for _, y, _ in contour]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)


def _glyph(contours: list[list[tuple[int, int, bool]]]) -> bytes:
    """A simple glyph of the `glyf` table, each coordinate in two bytes or none; nothing for a blank one."""
    if not contours:
        return b""
    ends, flags, xs, ys = [], bytearray(), bytearray(), bytearray()
    last_x = last_y = count = 0
    for contour in contours:
        count += len(contour)
        ends.append(count - 1)
        for x, y, on in contour:
            flag = _ON_CURVE if on else 0
            flag |= _coordinate(x - last_x, xs, 0x02, 0x10) | _coordinate(y - last_y, ys, 0x04, 0x20)
            flags.append(flag)
            last_x, last_y = x, y
    header = struct.pack(f">5h{len(ends)}HH", len(contours), *_box(contours), *ends, 0)
    data = header + bytes(flags) + bytes(xs) + bytes(ys)
    return data + b"\0" * (-len(data) % 4)


def _coordinate(delta: int, into: bytearray, short: int, same_or_positive: int) -> int:
    """Write one difference; returns its bits of the flag: a byte with its sign apart, nothing for 0, or two bytes."""
    if delta == 0:
        return same_or_positive
    if -256 < delta < 256:
        into.append(abs(delta))
        return short | (same_or_positive if delta > 0 else 0)
    into += struct.pack(">h", delta)
    return 0
