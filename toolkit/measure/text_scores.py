"""BLEU, chrF and syllable errors: how near an output is to a reference.

English is scored as the WMT25 terminology task scores it: BLEU over 13a tokens, chrF2++ over characters and word
pairs, both by sacrebleu, case kept.  Tibetan writes no spaces between words, so BLEU goes over syllables, and chrF
over characters alone: word pairs would compare whole clauses.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from toolkit import tibetan
from toolkit.languages import Language


def bleu(outputs: Sequence[str], references: Sequence[str], language: Language) -> float:
    """Corpus BLEU, 0 to 100.  Raises `ValueError` when the two are not of the same length."""
    _check_lengths(outputs, references)
    if language == "bo":
        return float(BLEU(tokenize="none").corpus_score(_spaced(outputs), [_spaced(references)]).score)
    return float(BLEU(tokenize="13a").corpus_score(list(outputs), [list(references)]).score)


def chrf(outputs: Sequence[str], references: Sequence[str], language: Language) -> float:
    """Corpus chrF2++ for English, chrF2 for Tibetan, 0 to 100.  Raises `ValueError` as `bleu` does."""
    _check_lengths(outputs, references)
    if language == "bo":
        pair = [tibetan.normal(text) for text in outputs], [[tibetan.normal(text) for text in references]]
        return float(CHRF(word_order=0).corpus_score(*pair).score)
    return float(CHRF(word_order=2).corpus_score(list(outputs), [list(references)]).score)


def syllable_error_rate(outputs: Sequence[str], references: Sequence[str]) -> float:
    """Tibetan syllables to insert, delete or replace, over the syllables of the references; 0 is the same text.

    Can be above 1 when outputs are much too long.  Raises `ValueError` as `bleu` does, and when no reference holds
    a Tibetan syllable.
    """
    _check_lengths(outputs, references)
    right = [tibetan.syllables(text) for text in references]
    total = sum(map(len, right))
    if not total:
        raise ValueError("no reference holds a Tibetan syllable")
    errors = sum(
        Levenshtein.distance(tibetan.syllables(output), reference)
        for output, reference in zip(outputs, right, strict=True)
    )
    return errors / total


def _spaced(texts: Sequence[str]) -> list[str]:
    return [" ".join(tibetan.syllables(text)) for text in texts]


def _check_lengths(outputs: Sequence[str], references: Sequence[str]) -> None:
    if len(outputs) != len(references):
        raise ValueError(f"{len(outputs)} outputs for {len(references)} references")
