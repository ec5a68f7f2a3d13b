"""Repairing drafts that no engine of ours can be asked about: what a term, figure or name has become is put right."""

from toolkit.translation.repair.document import Repaired, repair_document
from toolkit.translation.repair.edits import Change, guesses
from toolkit.translation.repair.search import Item

__all__ = ["Change", "Item", "Repaired", "guesses", "repair_document"]
