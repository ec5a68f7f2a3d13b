"""Bulletin Toolkit: one Chinese report in, bilingual bulletins out."""

__version__ = "0.1.0"
