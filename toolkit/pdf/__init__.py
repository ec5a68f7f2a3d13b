"""A bulletin as PDF: shaped by HarfBuzz, broken by UAX #14, tagged, every font embedded.

The stages, each in its module, in the order in which text passes through them::

    itemize    which face sets which character      linebreak  where a line may end
    shaping    characters to glyphs                 boxes      words, syllables, ideographs and their spacing
    paragraph  boxes to lines                       fit        the same for a whole paragraph at once
    rows       lines to cells that stay level       pages      rows to pages
    furniture  stamp, running titles, page numbers  pagedraw   rows drawn and tagged
    drawing    the operators of one page            tagging    the structure tree
    fontembed  subset fonts with their text         metadata   title, XMP, bookmarks
    document   all of it, in order
"""

from toolkit.pdf.document import count_pages, typeset_pdf
from toolkit.pdf.overflow import words_wider_than_their_column

__all__ = ["count_pages", "typeset_pdf", "words_wider_than_their_column"]
