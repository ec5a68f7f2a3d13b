"""Figure accuracy: how many of the source's figures came through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.figures import figure_faults, find_figures
from toolkit.languages import Language
from toolkit.measure.terms import Share


@dataclass(frozen=True)
class FigureScore:
    """`right` is the share of source figures without a fault; `invented` counts figures that no source asked for."""

    right: Share
    invented: int


def figure_accuracy(sources: Sequence[str], outputs: Sequence[str], language: Language) -> FigureScore:
    """Judge the figures of each text by `toolkit.figures`; weak ones (a lone 一) are not asked for."""
    parts: list[float] = []
    invented = 0
    for source, output in zip(sources, outputs, strict=True):
        faults = figure_faults(source, output, language)
        wrong = {(fault.figure.start, fault.figure.end) for fault in faults if fault.figure is not None}
        invented += sum(fault.figure is None for fault in faults)
        if not output.strip():
            parts += [0.0 for figure in find_figures(source) if not figure.weak]
            continue
        parts += [float((figure.start, figure.end) not in wrong) for figure in find_figures(source) if not figure.weak]
    return FigureScore(Share.of(parts), invented)
