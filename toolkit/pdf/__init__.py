"""A bulletin as PDF: shaped by HarfBuzz, broken by UAX #14, tagged, every font embedded.

The stages, each in its module, in the order in which text passes through them::

    linebreak   where a line may end              itemize    which face sets which character
    shaping     characters to glyphs              boxes      words, syllables and ideographs, with their spacing
    paragraph   boxes to lines                    rows       lines to cells and rows that stay level
    pages       rows to pages                     furniture  stamp, running titles, page numbers
    drawing     operators of one page             pagedraw   rows drawn and tagged
    tagging     the structure tree                fontembed  subset fonts with their text
    metadata    title, XMP, bookmarks             document   all of it, in order
"""

from toolkit.pdf.document import count_pages, typeset_pdf

__all__ = ["count_pages", "typeset_pdf"]
