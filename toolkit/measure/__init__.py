"""Measuring a translation against references, terms and figures."""

from toolkit.measure.evaluation import Evaluation, evaluate
from toolkit.measure.figures import FigureScore, figure_accuracy
from toolkit.measure.terms import Share, Terms, term_consistency, term_success, terms_of
from toolkit.measure.text_scores import bleu, chrf, syllable_error_rate

__all__ = [
    "Evaluation",
    "FigureScore",
    "Share",
    "Terms",
    "bleu",
    "chrf",
    "evaluate",
    "figure_accuracy",
    "syllable_error_rate",
    "term_consistency",
    "term_success",
    "terms_of",
]
