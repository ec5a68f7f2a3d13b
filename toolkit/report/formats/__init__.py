"""Reports and translations as people send them: Word files, Markdown, web pages, plain text."""

from toolkit.report.formats.blocks import RawBlock, RawKind
from toolkit.report.formats.reading import SUFFIXES, read_blocks, read_paragraphs

__all__ = ["SUFFIXES", "RawBlock", "RawKind", "read_blocks", "read_paragraphs"]
