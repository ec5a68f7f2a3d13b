"""Terms for tests: made by hand, and by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from toolkit.chinese import fold
from toolkit.glossary import COLUMNS, Status, Term
from toolkit.glossary.exchange import Incoming
from toolkit.glossary.exchange.incoming import file_of
from toolkit.glossary.store import term_of
from toolkit.report.punctuation import mend_punctuation

ROOT = Path(__file__).parents[2]
OURS = ROOT / "glossaries"
HEADER = ",".join(COLUMNS)


def write_glossary(folder: Path, *rows: str, header: str = HEADER, name: str = "terms.csv") -> Path:
    """A glossary file with these rows; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8-sig")
    return folder


def a_term(zh: str = "甘南州", **cells: str) -> Term:
    """A term with both renderings; `cells` are columns of its row."""
    row = {"en": "Gannan Prefecture", "bo": "ཀན་ལྷོ་ཁུལ", "status": "proposed", "source": "none"}
    return term_of({"zh": zh, **row, **cells}, Path("places.csv"), 2)


def plain(term: Term, *, file: str | None = None) -> dict[str, Any]:
    """All that a round trip must keep of a term: the place goes, the file of origin stays."""
    values = {name: getattr(term, name) for name in term.__dataclass_fields__ if name != "place"}
    for name in ("accepted", "forbidden"):
        values[name] = {language: texts for language, texts in values[name].items() if texts}
    values["targets"] = {language: text for language, text in values["targets"].items() if text}
    return {**values, "file": file_of(term) if file is None else file}


def brought(incoming: Incoming) -> list[dict[str, Any]]:
    """What a file brought, in the same shape."""
    return [plain(one.term, file=one.file) for one in incoming.terms]


_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufeff|")
_TEXT = st.text(_CHARACTERS, max_size=20).map(lambda text: " ".join(text.split()))
_WORDS = _TEXT.filter(bool)
_HOSTILE = st.sampled_from(["=1+1", "'=x", "@cmd", "-5", "+", "''", "_x0041_", "<b>&amp;", '"quoted"', "a\\b", "#N/A"])
_RENDERING = st.one_of(_WORDS, _HOSTILE)
_VARIANTS = st.lists(_RENDERING, max_size=3, unique=True).map(tuple)
_SOURCE = (
    st.one_of(_WORDS, _HOSTILE)
    .map(mend_punctuation)
    .filter(lambda text: " ".join(text.split()) == text == mend_punctuation(text))  # mending may need two rounds
)


@st.composite
def any_terms(draw: st.DrawFn, *, sources: st.SearchStrategy[str] = _SOURCE) -> tuple[Term, ...]:
    """Terms as a glossary could hold them: no source twice, files in order."""
    found: list[Term] = []
    known: set[str] = set()
    for number in range(draw(st.integers(1, 4))):
        spellings = draw(st.lists(sources, min_size=1, max_size=3, unique_by=fold))
        if known & set(map(fold, spellings)) or any("|" in one for one in spellings):
            continue
        known |= set(map(fold, spellings))
        by, note, source = draw(_TEXT), draw(_TEXT), draw(_TEXT)
        date = draw(st.one_of(st.just(""), st.dates().map(str), _TEXT))
        term = Term(
            sources=tuple(spellings),
            targets={"en": draw(_TEXT), "bo": draw(_TEXT)},
            accepted={"en": draw(_VARIANTS), "bo": draw(_VARIANTS)},
            forbidden={"en": draw(_VARIANTS), "bo": draw(_VARIANTS)},
            domain=draw(_TEXT),
            status=draw(st.sampled_from(Status)),
            note=note,
            source=source,
            place=f"{draw(st.sampled_from(['places.csv', 'people.csv']))}:{number + 2}",
            by=by,
            date=date,
        )
        found.append(replace(term, date=term_of({"zh": "x", "status": "proposed", "date": date}, Path("x"), 1).date))
    return tuple(found)
