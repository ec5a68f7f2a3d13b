"""The page's words: every one in all three languages, and none with a placeholder lost."""

from __future__ import annotations

import io
import re
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from toolkit.languages import Language
from toolkit.web.interface import translations

KEYWORDS = {"_": None, "marked": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}}


def words_of_the_page() -> set[str]:
    folder = str(files("toolkit.web"))
    found = extract_from_dir(folder, METHODS, OPTIONS, keywords=KEYWORDS)
    return {one[2][0] if isinstance(one[2], tuple) else one[2] for one in found}


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_no_word_of_the_page_is_left_in_english(language: str) -> None:
    data = (files("toolkit.web") / "locales" / language / "LC_MESSAGES" / "web.po").read_bytes()
    catalogue = read_po(io.BytesIO(data), locale=language)
    known = {one.id[0] if isinstance(one.id, tuple) else one.id for one in catalogue if one.string and one.id}
    assert words_of_the_page() - known == set()
    assert known - words_of_the_page() == set()
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in texts:
                assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", ids[-1])), message.id


@pytest.mark.parametrize(("language", "text"), [("en", "Glossary"), ("zh", "术语表"), ("bo", "ཐ་སྙད་རེའུ་མིག")])
def test_a_word_comes_in_the_language_asked_for(language: Language, text: str) -> None:
    assert translations(language).ugettext("Glossary") == text
