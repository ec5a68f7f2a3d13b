"""How large a picture stands on a page."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.bulletin.model import Picture

_FINENESS = 150  # dots per inch: no picture is printed coarser to look larger
_TALLEST = 0.45  # of the height that rows may fill


class Size(NamedTuple):
    """Width and height in pt."""

    width: float
    height: float

    def lowered(self, height: float) -> Size:
        """The same shape, at most `height` pt high."""
        return self if height >= self.height else Size(self.width * height / self.height, height)


def printed_size(picture: Picture, width: float, height: float) -> Size:
    """The size of `picture` between margins `width` pt apart on a page whose rows may fill `height` pt.

    As large as 150 dots per inch allow; no wider than the text, and no higher than 45 per cent of the page.
    """
    size = Size(picture.width * 72 / _FINENESS, picture.height * 72 / _FINENESS)
    if size.width > width:
        size = size.lowered(size.height * width / size.width)
    return size.lowered(_TALLEST * height)
