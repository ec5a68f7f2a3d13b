"""One line of text as operators of a content stream (ISO 32000-1, 9.4)."""

from __future__ import annotations

from toolkit.languages import BCP47, Language, is_han, is_tibetan
from toolkit.pdf.boxes import Box
from toolkit.pdf.fontembed import FontBook, number
from toolkit.pdf.paragraph import Line
from toolkit.pdf.shaping import UNITS

_DOT_DEPTH, _DOT_RADIUS = 0.26, 0.055  # em: where an emphasis dot stands under the baseline, and how large it is
_LINK_DEPTH, _LINK_DEPTH_TIBETAN, _LINK_THICKNESS = 0.13, 0.55, 0.04  # em: a link's underline, under the letters
_CIRCLE = 0.5523  # of the radius: the handles of the curves that make a circle


def text_operators(fonts: FontBook, line: Line, left: float, baseline: float, language: Language) -> str:
    """A text object; `language` is what the structure element around it says already."""
    return _LineWriter(fonts, line, left, baseline, language).operators()


class _LineWriter:
    """Writes boxes into one text object, changing font, colour and language only where they change."""

    def __init__(self, fonts: FontBook, line: Line, left: float, baseline: float, language: Language) -> None:
        self._fonts = fonts
        self._line = line
        self._left = left
        self._baseline = baseline
        self._around = language
        self._language = language
        self._color = ""
        self._font = ""
        self._rise = 0.0

    def operators(self) -> str:
        line, fonts = self._line, self._fonts
        extra, tight = line.extra, line.tight
        setting: object = None
        size = 0.0
        font = None
        gaps: dict[float, str] = {}
        parts: list[str] = []
        for index, box in enumerate(line.boxes):
            if box.setting is not setting:
                setting, size = box.setting, box.size
                font = fonts.font(box.shaped.face)
                gaps = {}
                changes = self._changes(index, box, font.resource)
                if changes:
                    parts.append(f"] TJ {' '.join(changes)} [")
            assert font is not None
            parts.append(font.fragment(box.shaped, size))
            gap = box.kern + box.stretch * extra - box.give * tight
            if gap:
                written = gaps.get(gap)
                if written is None:
                    written = gaps[gap] = number(-gap * UNITS / size)
                parts.append(written)
        closing = " EMC" if self._language != self._around else ""
        shown = f"[{' '.join(parts)} ] TJ{closing}".replace("[ ] TJ", "").replace("[] TJ", "")
        begin = f"BT 1 0 0 1 {number(self._left + line.x)} {number(self._baseline)} Tm"
        if line.tracking:
            return f"{begin} {line.tracking:.4f} Tc {shown} 0 Tc ET"
        return f"{begin} {shown} ET"

    def _changes(self, index: int, box: Box, resource: str) -> list[str]:
        changes = []
        if box.ink.language != self._language:
            if self._language != self._around:
                changes.append("EMC")
            if box.ink.language != self._around:
                changes.append(f"/Span <</Lang ({BCP47[box.ink.language]})>> BDC")
            self._language = box.ink.language
        font = f"/{resource} {number(box.size)} Tf"
        if font != self._font:
            self._font = font
            changes.append(font)
        if self._color != box.ink.color:
            self._color = box.ink.color
            changes.append(f"{rgb(self._color)} rg")
        if self._rise != box.rise:
            self._rise = box.rise
            x = self._left + next(x for k, (x, _) in enumerate(self._line.places()) if k == index)
            changes.append(f"1 0 0 1 {number(x)} {number(self._baseline + box.rise)} Tm")
        return changes


def decorations(line: Line, left: float, baseline: float) -> str:
    """What is drawn around the text of a line and is none of it: dots under stressed ideographs, rules under links."""
    if not any(box.ink.dotted or box.ink.link for box in line.boxes):
        return ""
    marked = [(x, box) for x, box in line.places() if box.ink.dotted or box.ink.link]
    drawn = []
    for x, box in marked:
        if box.ink.dotted and is_han(box.shaped.text[0]):
            middle = left + x + box.width / 2
            drawn.append(f"{rgb(box.ink.color)} rg {_dot(middle, baseline - _DOT_DEPTH * box.size, box.size)}")
    for link, start, end in line.links():
        box = next(box for _, box in marked if box.ink.link == link)
        depth = _LINK_DEPTH_TIBETAN if is_tibetan(box.shaped.text[0]) else _LINK_DEPTH
        y = number(baseline - depth * box.size)
        rule = f"{rgb(box.ink.color)} RG {number(_LINK_THICKNESS * box.size)} w [] 0 d"
        drawn.append(f"{rule} {number(left + start)} {y} m {number(left + end)} {y} l S")
    return "\n".join(drawn)


def _dot(x: float, y: float, size: float) -> str:
    radius = _DOT_RADIUS * size
    handle = radius * _CIRCLE
    corners = [
        (x + radius, y + handle, x + handle, y + radius, x, y + radius),
        (x - handle, y + radius, x - radius, y + handle, x - radius, y),
        (x - radius, y - handle, x - handle, y - radius, x, y - radius),
        (x + handle, y - radius, x + radius, y - handle, x + radius, y),
    ]
    curves = " ".join(" ".join(map(_fine, corner)) + " c" for corner in corners)
    return f"{_fine(x + radius)} {_fine(y)} m {curves} f"


def _fine(value: float) -> str:
    return f"{value:.3f}"


def rgb(color: str) -> str:
    """A colour given as RRGGBB, as three numbers from 0 to 1."""
    return " ".join(number(int(color[index : index + 2], 16) / 255) for index in (0, 2, 4))
