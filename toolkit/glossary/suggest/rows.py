"""Candidates as rows of a glossary: proposed, without a source, for a person to complete."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.glossary.store import rows_bytes
from toolkit.glossary.suggest.suggestion import Suggestion
from toolkit.glossary.term import Status
from toolkit.languages import TARGETS

_BETWEEN_VARIANTS = " | "
_MOST_VARIANTS = 3


def suggestions_csv(suggestions: Iterable[Suggestion]) -> bytes:
    """A CSV file with the columns of a glossary, UTF-8 with a byte-order mark."""
    return rows_bytes(map(_row, suggestions))


def _row(one: Suggestion) -> dict[str, str]:
    row = {"zh": one.zh, "domain": str(one.kind), "status": str(Status.PROPOSED), "source": "none"}
    row["note"] = f"{one.count} × in the report, by rule ({one.evidence}). For instance: {one.examples[0][1]}"
    for language in TARGETS:
        forms = (one.renderings or {}).get(language, ())
        row[language] = next(iter(forms), "")
        row[f"{language}_accepted"] = _BETWEEN_VARIANTS.join(forms[1 : _MOST_VARIANTS + 1])
    return row
