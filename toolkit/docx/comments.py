"""What checks found, as Word comments beside the text they are about (ECMA-376 part 1, 17.13.4).

All bear one date, that of the file's parts in the zip: the file is the same whenever it is made.  The schema lets a
comment be without a date, but LibreOffice 7.4 then writes "0-00-00" when it saves, which is no date to Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.bulletin.model import Comment, Run
from toolkit.docx.faces import slots_of
from toolkit.docx.identity import Identity, shown_text
from toolkit.docx.looks import Extra, Look
from toolkit.docx.markup import Element, printable, w
from toolkit.docx.runs import run_elements
from toolkit.fonts import FontSet, Script, script_of
from toolkit.languages import Language

COMMENT_AUTHOR = "Bulletin Toolkit"
"""By this name our comments are told from those that people write."""
COMMENT_STYLE = "BulletinComment"
_INITIALS = "BT"
_DATE = "1980-01-01T00:00:00Z"
_SPEAKERS: dict[Script, Language] = {"latin": "en", "han": "zh", "tibetan": "bo"}


class Comments:
    """The comments of one file, in the order of the text; `root` is `w:comments`."""

    def __init__(self, fonts: FontSet, identity: Identity, look: Look) -> None:
        self._fonts = fonts
        self._identity = identity
        self._look = look
        self.root = w("comments")

    def around(self, comments: Sequence[Comment]) -> tuple[list[Element], list[Element]]:
        """What stands before and after a text that these comments are about."""
        before, after = [], []
        for comment in comments:
            number = len(self.root)
            self.root.append(self._written(comment, number))
            before.append(w("commentRangeStart", id=number))
            after += [w("commentRangeEnd", id=number), w("r", w("commentReference", id=number))]
        return before, after

    def _written(self, comment: Comment, number: int) -> Element:
        lines = [line for line in (comment.head, *comment.text.splitlines()) if line.strip()] or ["–"]
        paragraphs = [self._line(line, bold=index == 0 and bool(comment.head)) for index, line in enumerate(lines)]
        self._identity.enter_comment(map(shown_text, paragraphs))
        return w("comment", *paragraphs, id=number, author=COMMENT_AUTHOR, date=_DATE, initials=_INITIALS)

    def _line(self, text: str, *, bold: bool) -> Element:
        slots = slots_of(self._look, self._fonts)
        runs = [
            element
            for run in spoken_runs(printable(text), bold=bold)
            for element in run_elements(run, self._look, slots, self._fonts)
        ]
        return w("p", w("pPr", w("pStyle", val=COMMENT_STYLE)), *runs)


def comment_look(look: Look) -> Look:
    """The look of comments in a document of `look`'s theme: that of English notes."""
    return Look(Extra.NOTE, "en", look.theme)


def spoken_runs(text: str, *, bold: bool = False) -> Iterator[Run]:
    """English `text` cut into runs where it quotes Chinese or Tibetan, each in its own language."""
    start, language = 0, None
    for index, character in enumerate(text):
        script = script_of(character)
        spoken = _SPEAKERS[script] if script is not None else None
        if spoken is None or spoken == language:
            continue
        if language is not None:
            yield Run(text[start:index], language, bold=bold)
            start = index
        language = spoken
    if text:
        yield Run(text[start:], language or "en", bold=bold)
