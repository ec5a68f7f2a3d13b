"""Figures written in a translation's language, and fitted into a text that has them wrong."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.figures.figure import Figure, FigureStyle, Moment
from toolkit.figures.write_english import write_english
from toolkit.figures.write_tibetan import write_tibetan
from toolkit.languages import Language

_PLAIN = FigureStyle()


def write_figure(figure: Figure, language: Language, style: FigureStyle = _PLAIN) -> str:
    """The preferred way to write `figure`: “320 million yuan”, “the 8th”, “དུང་ཕྱུར་3.2”; in Chinese as it is."""
    if language == "zh":
        return figure.text
    return write_tibetan(figure, style) if language == "bo" else write_english(figure)


def write_repair(figure: Figure, target: str, span: tuple[int, int], language: Language) -> str | None:
    """`figure` to stand in `target` at `span`: no second “the” or “more than”, no part of the day said twice."""
    if figure.moment is not None:
        figure = replace(figure, moment=_without_spoken_part(figure, target, span))
    if language == "bo":
        digits = bool(re.search(r"[༠-༩]", target[span[0] : span[1]]))
        return write_tibetan(figure, FigureStyle(tibetan_digits=digits), exact=True)
    written = write_english(figure, exact=True)
    before = target[: span[0]]
    if written.startswith("the ") and re.search(r"\b[Tt]he\s+$", before):
        written = written[4:]
    elif written.startswith("the ") and re.search(r"(?:^|[.!?]\s+)$", before):
        written = "The " + written[4:]
    return written


def _without_spoken_part(figure: Figure, target: str, span: tuple[int, int]) -> Moment | None:
    moment = figure.moment
    if moment is None or not moment.part or moment.day is None:
        return moment
    return replace(moment, part="")
