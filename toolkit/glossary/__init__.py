"""Terms: what they are, how they are stored, matched and checked."""

from toolkit.glossary.check import contains_term
from toolkit.glossary.match import Glossary, TermMatch
from toolkit.glossary.store import COLUMNS, read_glossary
from toolkit.glossary.term import Status, Term

__all__ = ["COLUMNS", "Glossary", "Status", "Term", "TermMatch", "contains_term", "read_glossary"]
