"""Cells that a spreadsheet would run: guarded on the way out, bare again on the way in.

A cell that starts with = + - @, a tab or a carriage return gets an apostrophe before it (OWASP, “CSV Injection”).
A cell that starts with apostrophes and then one of these gets one more, so that the way back is exact for every text.
"""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """`text` as no spreadsheet takes it for a formula; any other text as it is."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def bare(cell: str) -> str:
    """The text that `guarded` made `cell` of.  A formula that nobody guarded stays as it was typed."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_STARTS) else cell
