"""A bulletin as PDF: shaped by HarfBuzz, broken by UAX #14, tagged, every font embedded.

The stages, each in its module, in the order in which text passes through them::

    itemize    which face sets which character      linebreak  where a line may end
    shaping    characters to glyphs                 boxes      words, syllables, ideographs and their spacing
    paragraph  boxes to lines                       fit        the same for a whole paragraph at once
    rows       lines to cells that stay level       pages      rows to pages
    termindex  from terms to pages                  layout     all pages, in order
    furniture  stamp, running titles, page numbers  pagedraw   rows drawn and tagged
    drawing    the operators of one page            linedraw   those of one line
    copying    text that is searched as written     links      what is pressed, and where it leads
    structure  which element a paragraph is         elements   and what elements there are
    leading    room for guests between lines        places     where a segment stands
    fontembed  fonts with their text                fontprogram  only the glyphs drawn
    images     JPEG and PNG as they are             rasters    what such files say of themselves
    tagging    the structure tree                   bookmarks  headings under the title
    metadata   title, XMP                           objects    the file: numbered objects
    document   all of it, in order                  volume     several bulletins in one file
"""

from toolkit.pdf.document import count_pages, typeset_pdf
from toolkit.pdf.overflow import words_wider_than_their_column
from toolkit.pdf.volume import typeset_volume_pdf

__all__ = ["count_pages", "typeset_pdf", "typeset_volume_pdf", "words_wider_than_their_column"]
