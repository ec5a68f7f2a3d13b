"""One evaluation: every measure that fits a language, over the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from toolkit.glossary import Glossary
from toolkit.languages import Language
from toolkit.measure.figures import FigureScore, figure_accuracy
from toolkit.measure.terms import Share, Terms, term_consistency, term_success, terms_of
from toolkit.measure.text_scores import bleu, chrf, syllable_error_rate


@dataclass(frozen=True)
class Evaluation:
    """What was measured over `texts` texts in `language`.

    `bleu` and `chrf` go from 0 to 100, the rest from 0 to 1.  What needs references is None without them, and
    `syllable_errors` is for Tibetan only.
    """

    language: Language
    texts: int
    bleu: float | None
    chrf: float | None
    terms: Share
    consistency: Share
    figures: FigureScore
    syllable_errors: float | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON: full precision, the counts beside the shares."""
        return {
            "language": self.language,
            "texts": self.texts,
            "bleu": self.bleu,
            self._chrf_name: self.chrf,
            "term_success": self.terms.value,
            "terms": self.terms.count,
            "term_consistency": self.consistency.value,
            "figure_accuracy": self.figures.right.value,
            "figures": self.figures.right.count,
            "figures_invented": self.figures.invented,
            "syllable_error_rate": self.syllable_errors,
        }

    def __str__(self) -> str:
        rows = [
            ("BLEU" if self.language == "en" else "BLEU (syllables)", _points(self.bleu), ""),
            ("chrF2++" if self.language == "en" else "chrF2 (characters)", _points(self.chrf), ""),
            ("term success", _share(self.terms.value), f"{self.terms.count} terms"),
            ("term consistency", _share(self.consistency.value), f"{self.consistency.count} terms"),
            ("figure accuracy", _share(self.figures.right.value), self._figure_note()),
        ]
        if self.language == "bo":
            rows.append(("syllable error rate", _share(self.syllable_errors), ""))
        return "\n".join(f"{name:<20}{value:>8}  {note}".rstrip() for name, value, note in rows)

    def _figure_note(self) -> str:
        return f"{self.figures.right.count} figures, {self.figures.invented} invented"

    @property
    def _chrf_name(self) -> str:
        return "chrf2++" if self.language == "en" else "chrf2"


def evaluate(
    sources: Sequence[str],
    outputs: Sequence[str],
    references: Sequence[str] | None,
    language: Language,
    terms: Glossary | Terms,
    *,
    documents: Sequence[int] | None = None,
) -> Evaluation:
    """Score `outputs`, one for each of `sources`, a gap being the empty text.

    Term success is counted document by document: `documents` says how many texts each one has, all of them being
    one document by default.  Raises `ValueError` when the numbers of texts do not agree.
    """
    counts = [len(sources), len(outputs)] + ([len(references)] if references is not None else [])
    lengths = [len(sources)] if documents is None else list(documents)
    if len({*counts, sum(lengths)}) > 1:
        raise ValueError(f"{counts} texts in documents of {lengths}")
    wanted = terms_of(terms, language) if isinstance(terms, Glossary) else terms
    has_references = references is not None and any(text.strip() for text in references)
    return Evaluation(
        language=language,
        texts=len(sources),
        bleu=bleu(outputs, references, language) if references is not None and has_references else None,
        chrf=chrf(outputs, references, language) if references is not None and has_references else None,
        terms=term_success(
            _joined(sources, lengths),
            _joined(outputs, lengths),
            None if references is None else _joined(references, lengths),
            wanted,
        ),
        consistency=term_consistency(sources, outputs, wanted),
        figures=figure_accuracy(sources, outputs, language),
        syllable_errors=(
            syllable_error_rate(outputs, references)
            if language == "bo" and references is not None and has_references
            else None
        ),
    )


def _joined(texts: Sequence[str], lengths: Sequence[int]) -> list[str]:
    return ["\n".join(texts[start:end]) for start, end in pairwise([0, *accumulate(lengths)])]


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
