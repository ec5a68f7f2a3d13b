"""The kinds of rows a bulletin has: with the language, a kind chooses the style."""

from __future__ import annotations

from enum import StrEnum


class RowKind(StrEnum):
    """What a row is on the page; with the language it chooses the style."""

    MASTHEAD = "masthead"  # name of the bulletin series
    ISSUE = "issue"  # under it: number and date
    KICKER = "kicker"  # the line of slogans over a headline
    TITLE = "title"
    BYLINE = "byline"
    NOTICE = "notice"  # the line that says what is unreviewed
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    COLUMN_HEAD = "column head"  # names of the languages, repeated on every page
    INDEX = "index"  # an entry of the term index
    COLOPHON = "colophon"  # where the text came from, at the end


MASTHEAD = (RowKind.MASTHEAD, RowKind.ISSUE)
"""The rows over the rule of the masthead."""
