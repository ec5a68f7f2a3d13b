"""What a glossary lacks: names of persons, places and organisations, offices, and phrases that come again."""

from toolkit.glossary.suggest.suggestion import Kind, Suggestion, suggest

__all__ = ["Kind", "Suggestion", "suggest"]
