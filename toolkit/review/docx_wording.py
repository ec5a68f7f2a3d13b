"""What the letters of one text say: its words, and what a person made bold or stressed in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from toolkit.bulletin.model import Mark
from toolkit.docx.runs import MARK_STYLES
from toolkit.languages import Language
from toolkit.report.inline import InlineText, inline_of
from toolkit.review.docx_record import Made
from toolkit.review.docx_saved import Letter
from toolkit.review.wording import folded

_CURLY = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
_MOST_LETTERS = 20_000  # a text with more is no sentence of ours any more
_NO_GLYPH = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_ORNAMENT = MARK_STYLES[Mark.ORNAMENT].lower()
_BREAK = re.compile(r"[ \t]*\n\s*")


def blank_ornaments(letters: list[Letter], ornaments: Iterable[str]) -> None:
    """Put spaces where a yig mgo or a bullet stands, which is part of no text; in place, so that all places hold.

    `ornaments` are those the cell was made with.  What a person types behind one has its style, and stays.
    """
    styled = [letter.has_style(_ORNAMENT) for letter in letters]
    starts = {index for index, on in enumerate(styled) if on and (not index or not styled[index - 1])}
    starts |= {next((index for index, letter in enumerate(letters) if not letter.text.isspace()), 0)}
    for ornament in filter(None, ornaments):
        for start in starts:
            found = _found_at(letters, start, ornament)
            for index in found:
                letters[index] = Letter(" ")


def _found_at(letters: Sequence[Letter], start: int, ornament: str) -> range:
    """The letters from `start` that are `ornament`, whatever its spaces have become; none where it does not stand."""
    index = start
    for sign in ornament.split():
        for character in sign:
            while index < len(letters) and letters[index].text.isspace():
                index += 1
            if index >= len(letters) or letters[index].text != character:
                return range(0)
            index += 1
    return range(start, index)


def is_untouched(made: Made, text: str) -> bool:
    """Whether `text` differs from what the file was made with in nothing a person meant.

    Beyond what programs change by themselves, that is quotes which AutoCorrect made curly.
    """
    was, now = folded(made.shown), folded(text)
    if was == now:
        return True
    return len(was) == len(now) and all(
        one == other or (one in "\"'" and other.translate(_CURLY) == one) for one, other in zip(was, now, strict=True)
    )


def text_as_made(made: Made) -> InlineText:
    """The text that the file was made with; its codes are the draft's own."""
    return InlineText(made.text if made.text is not None else made.shown)


def text_of(made: Made, letters: Sequence[Letter]) -> InlineText:
    """The words of `letters`, with codes where a person changed what is bold or stressed, and else without.

    A line that was broken inside a sentence is one line again.  A character that no font had is itself again.  Without
    the record nobody can tell who made words bold, and there are no codes.
    """
    words = _joined(letters, made.language)
    if made.text is None or not _was_restyled(made, words):
        return InlineText(_with_glyphs(made, "".join(letter.text for letter in words)))
    runs = ((letter.text, frozenset(_styles(letter))) for letter in words)
    return inline_of(runs)


def was_restyled(made: Made, letters: Sequence[Letter]) -> bool:
    """Whether a person changed what is bold or stressed in it."""
    return made.text is not None and _was_restyled(made, _joined(letters, made.language))


def _joined(letters: Sequence[Letter], language: Language) -> list[Letter]:
    """The letters with each line break as a space, or as nothing in Chinese."""
    text = "".join(letter.text for letter in letters)
    kept: list[Letter] = []
    done = 0
    for match in _BREAK.finditer(text):
        kept += letters[done : match.start()]
        if language != "zh":
            kept.append(Letter(" ", letters[match.start()].styles))
        done = match.end()
    return [*kept, *letters[done:]]


def _was_restyled(made: Made, letters: Sequence[Letter]) -> bool:
    """Old words keep their look, and new ones have that of a neighbour: then nobody changed it."""
    in_bold_style = any(letter.bold is None for letter in letters)
    is_plain = not any(letter.bold or letter.italic for letter in letters)
    if made.is_gap:
        return not is_plain
    if is_plain and not any(styles for _, styles in made.runs):
        return False
    old = [
        (letter, ("bold" in styles and not in_bold_style, "italic" in styles))
        for text, styles in made.runs
        for letter in text
    ]
    new = [(letter.text, (bool(letter.bold) and not in_bold_style, letter.italic)) for letter in letters]
    if "".join(letter for letter, _ in old) != made.shown or len(old) + len(new) > _MOST_LETTERS:
        return False  # a character without a glyph stands there written out
    matcher = SequenceMatcher(None, [letter for letter, _ in old], [letter for letter, _ in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        around = {look for _, look in old[max(i1 - 1, 0) : i2 + 1]}
        pairs = zip(old[i1:i2], new[j1:j2], strict=False)
        if tag == "equal" and any(was != now for (letter, was), (_, now) in pairs if not letter.isspace()):
            return True
        if tag != "equal" and any(now not in around for letter, now in new[j1:j2] if not letter.isspace()):
            return True
    return False


def _styles(letter: Letter) -> list[str]:
    return [name for name, is_on in (("bold", letter.bold), ("italic", letter.italic)) if is_on]


def _with_glyphs(made: Made, text: str) -> str:
    def character(match: re.Match[str]) -> str:
        number = int(match[1], 16)
        return chr(number) if number < 0x110000 and chr(number) in (made.text or "") else match[0]

    return _NO_GLYPH.sub(character, text) if made.text and made.shown != made.text else text
