"""One door for all formats: a file in, blocks out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.report.formats.blocks import RawBlock, with_captions, with_title
from toolkit.report.formats.docx import docx_blocks
from toolkit.report.formats.html import html_blocks
from toolkit.report.formats.markdown import markdown_blocks
from toolkit.report.formats.text import text_blocks
from toolkit.report.links import take_links

SUFFIXES = (".txt", ".docx", ".md", ".html", ".htm")
"""The formats that can be read, by the suffix of their files in small letters."""

_SAVE_AS = {
    **dict.fromkeys((".doc", ".rtf", ".odt", ".wps", ".pages", ".docm", ".dotx"), "Word file (.docx)"),
    **dict.fromkeys((".pdf", ".xls", ".xlsx", ".ppt", ".pptx", ".csv"), "Word file (.docx) or as text (.txt)"),
    **dict.fromkeys((".mht", ".mhtml", ".xhtml"), "web page (.html)"),
    ".markdown": "Markdown (.md)",
}


def read_blocks(
    path: Path, *, what: str = "report", encoding: str | None = None, keep_links: bool = False
) -> tuple[RawBlock, ...]:
    """The blocks of the file at `path`, in reading order; its suffix says what it is.

    `what` names it in messages: “report”, “translation”.  `encoding` is that of a text or web page, where it is not
    UTF-8 and does not say so.  With `keep_links`, links are codes in the texts, for `take_links`.  Raises `SourceError`
    for a file that is missing, empty, of another format or broken.
    """
    suffix = path.suffix.lower()
    if suffix == ".docx":
        blocks = docx_blocks(path, what=what)
    elif suffix == ".md":
        blocks = markdown_blocks(path, what=what, encoding=encoding)
    elif suffix in (".html", ".htm"):
        blocks = html_blocks(path, what=what, encoding=encoding)
    elif suffix == ".txt":
        return tuple(text_blocks(path, what=what, encoding=encoding))
    else:
        known = ", ".join(SUFFIXES)
        raise SourceError(
            f"is of no format that can be read: a {what} is one of {known}",
            path=path,
            remedy=f"Open it and save it as {_SAVE_AS.get(suffix, 'Word file (.docx) or as text (.txt)')}",
        )
    found = with_title(tuple(with_captions(blocks)))
    if not found:
        raise SourceError("has no text", path=path, remedy=f"Look whether it is the right file for the {what}")
    return found if keep_links else tuple(replace(block, text=take_links(block.text)[0]) for block in found)


def read_paragraphs(path: Path, *, what: str = "translation", encoding: str | None = None) -> tuple[str, ...]:
    """The plain texts of the blocks of the file at `path`, in reading order, in any language.

    Raises `SourceError` as `read_blocks` does.
    """
    return tuple(block.text.text for block in read_blocks(path, what=what, encoding=encoding))
