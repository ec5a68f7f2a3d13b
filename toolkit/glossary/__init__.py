"""Terms: what they are, how they are stored and matched."""

from toolkit.glossary.match import Glossary, TermMatch
from toolkit.glossary.store import COLUMNS, read_glossary
from toolkit.glossary.term import Status, Term

__all__ = ["COLUMNS", "Glossary", "Status", "Term", "TermMatch", "read_glossary"]
