"""Documents with sentences merged, split, dropped, added, against the known alignment (benchmarks/alignment.py)."""

from __future__ import annotations

import pytest

from benchmarks.alignment import CORPORA, ROOT, documents_of, measure, read_declaration, read_lines
from toolkit.glossary import read_glossary
from toolkit.languages import Language

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora do not lie beside the project")


@pytest.mark.parametrize(
    ("text", "language", "pairs", "links"),
    [("NTREX", "en", 0.95, 0.88), ("UDHR", "en", 0.95, 0.9), ("NTREX", "bo", 0.86, 0.66), ("UDHR", "bo", 0.88, 0.75)],
)
def test_most_pairs_of_sentences_are_found(text: str, language: Language, pairs: float, links: float) -> None:
    """`pairs`: F1 of the sentence pairs; `links`: of whole links, every sentence of both sides.  Not tuned on these."""
    lines = read_lines(CORPORA, language, 750, 1000) if text == "NTREX" else read_declaration(CORPORA, language)
    score, _ = measure(documents_of(lines, language, 11, known=True), language, read_glossary(ROOT / "glossaries"))
    assert score.lax >= pairs
    assert score.strict >= links
