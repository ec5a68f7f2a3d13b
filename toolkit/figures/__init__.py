"""Figures and dates: found in Chinese, written in English and Tibetan, recognised in both, and compared."""

from toolkit.figures.compare import find_figure
from toolkit.figures.faults import figure_faults
from toolkit.figures.figure import Figure, FigureFault, FigureKind, FigureStyle, Moment
from toolkit.figures.find import find_figures
from toolkit.figures.write import write_figure

__all__ = [
    "Figure",
    "FigureFault",
    "FigureKind",
    "FigureStyle",
    "Moment",
    "figure_faults",
    "find_figure",
    "find_figures",
    "write_figure",
]
