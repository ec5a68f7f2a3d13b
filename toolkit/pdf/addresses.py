"""What a link leads to: an address elsewhere, or a page of the document itself."""

from __future__ import annotations

import re
from urllib.parse import quote

_PAGE = re.compile(r"#page=([1-9][0-9]{0,5})")
_KEPT = ":/?#[]@!$&'*+,;=%~-._"
"""Characters of a URI that have a meaning of their own (RFC 3986, 2.2), and those already escaped."""


def page_address(page: int) -> str:
    """The address of a page of the document itself, counted from 0 (RFC 8118, 3: `#page=` counts from 1)."""
    return f"#page={page + 1}"


def page_of(address: str) -> int | None:
    """The page, counted from 0, that an address of the document itself leads to; None for any other address."""
    match = _PAGE.fullmatch(address)
    return int(match[1]) - 1 if match else None


def uri(address: str) -> str:
    """An address in ASCII, as a URI action wants it (ISO 32000-1, 12.6.4.7): other letters, spaces, () escaped."""
    return quote(address, safe=_KEPT)
