"""Figures written in a translation's language."""

from __future__ import annotations

from toolkit.figures.figure import Figure, FigureStyle
from toolkit.figures.write_english import write_english
from toolkit.figures.write_tibetan import write_tibetan
from toolkit.languages import Language

_PLAIN = FigureStyle()


def write_figure(figure: Figure, language: Language, style: FigureStyle = _PLAIN) -> str:
    """The preferred way to write `figure`: “320 million yuan”, “the 8th”, “དུང་ཕྱུར་3.2”; in Chinese as it is."""
    if language == "zh":
        return figure.text
    return write_tibetan(figure, style) if language == "bo" else write_english(figure, style)
