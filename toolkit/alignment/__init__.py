"""Alignment."""

from toolkit.alignment.links import Alignment, Link, align_documents

__all__ = ["Alignment", "Link", "align_documents"]
