"""Bulletins made in memory from the drafts as they stand, and their pages as pictures; nothing is written."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pypdfium2

from toolkit.build import check
from toolkit.bulletin.compose import compose
from toolkit.bulletin.model import Bulletin, Edition
from toolkit.docx import typeset_docx
from toolkit.files import hash_of
from toolkit.fonts import FontSet
from toolkit.pdf import typeset_pdf
from toolkit.pdf.places import PageMap, page_map
from toolkit.quality import open_findings
from toolkit.web.shelf import Open

SCALE = 1.75  # pixels per pt: 126 dpi
_MOST_BULLETINS, _MOST_PICTURES = 4, 200
Key = TypeVar("Key")
Made = TypeVar("Made")


@dataclass
class Printed:
    """One bulletin as it would be printed now."""

    bulletin: Bulletin
    fonts: FontSet

    @cached_property
    def pdf(self) -> bytes:
        """The file to print."""
        return typeset_pdf(self.bulletin, self.fonts)

    @cached_property
    def docx(self) -> bytes:
        """The file to edit."""
        return typeset_docx(self.bulletin, self.fonts)

    @cached_property
    def map(self) -> PageMap:
        """Where its segments stand."""
        return page_map(self.bulletin, self.fonts)


class Press:
    """Bulletins and pictures of their pages, the last ones kept.  One thing is made at a time: PDFium wants it so."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bulletins: OrderedDict[str, Printed] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def print(self, opened: Open, edition: Edition) -> Printed:
        """The bulletin of a report in one edition, from its drafts as they stand."""
        findings = open_findings(check(opened.report, opened.drafts, opened.desk)) if edition.provenance else ()
        bulletin = compose(
            opened.report,
            opened.drafts,
            findings,
            edition=edition,
            glossary=opened.desk.glossary,
            settings=opened.desk.settings,
        )
        key = hash_of(repr(bulletin), opened.desk.fonts.fingerprint)
        return self._kept(self._bulletins, key, lambda: Printed(bulletin, opened.desk.fonts), _MOST_BULLETINS)

    def picture(self, printed: Printed, page: int) -> bytes:
        """A page (from 0) as PNG.  Raises `IndexError` for one that is not there."""
        key = (printed.map.digests[page], page)
        return self._kept(self._pictures, key, lambda: _png(printed.pdf, page), _MOST_PICTURES)

    def _kept(self, shelf: OrderedDict[Key, Made], key: Key, make: Callable[[], Made], most: int) -> Made:
        with self._lock:
            if key not in shelf:
                shelf[key] = make()
            shelf.move_to_end(key)
            while len(shelf) > most:
                shelf.popitem(last=False)
            return shelf[key]


def _png(pdf: bytes, page: int) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=SCALE).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    image.convert("RGB").quantize(64).save(out, "PNG")
    return out.getvalue()
