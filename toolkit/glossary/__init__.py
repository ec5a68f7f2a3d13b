"""Terms: what they are, how they are stored, matched, looked up, changed and exchanged."""

from toolkit.glossary.find import Lookup, find_terms
from toolkit.glossary.history import HistoryEntry, TermChange, last_standing, read_history
from toolkit.glossary.match import Glossary, TermMatch
from toolkit.glossary.store import COLUMNS, read_glossary
from toolkit.glossary.term import Status, Term
from toolkit.glossary.termbase import Termbase, editing

__all__ = [
    "COLUMNS",
    "Glossary",
    "HistoryEntry",
    "Lookup",
    "Status",
    "Term",
    "TermChange",
    "TermMatch",
    "Termbase",
    "editing",
    "find_terms",
    "last_standing",
    "read_glossary",
    "read_history",
]
