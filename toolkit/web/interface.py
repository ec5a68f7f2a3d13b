"""The page's own words in English, Chinese and Tibetan, from Babel catalogues (`locales/*/LC_MESSAGES/web.po`).

The Tibetan was written for this project and is unreviewed by a native speaker.
"""

from __future__ import annotations

import functools
import io
from importlib.resources import files
from typing import get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

from toolkit.languages import LANGUAGES, Language

DOMAIN = "web"
LANGUAGE_COOKIE = "bulletin_interface"
OWN_NAMES: dict[Language, str] = {"zh": "中文", "en": "English", "bo": "བོད་ཡིག"}


@functools.cache
def translations(language: Language) -> NullTranslations:
    """The catalogue of an interface language; English is what stands in the code."""
    catalogue = files("toolkit.web") / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if language == "en" or not catalogue.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue.read_bytes()), locale=language))
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


def interface_language(request: Request) -> Language:
    """What a person chose, else what the browser asks for (RFC 9110, 12.5.4, without weights), else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    for wanted in request.headers.get("accept-language", "")[:200].split(","):
        primary = wanted.split(";")[0].strip().split("-")[0].lower()
        if primary in get_args(Language):
            return primary  # type: ignore[return-value]
    return "en"
