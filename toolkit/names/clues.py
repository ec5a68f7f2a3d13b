"""A Chinese text as the finder reads it: its words, their tags, and where names may begin and end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.chinese import fold

_CLOSING = frozenset("、，,。．.；;：:！!？?）)】》”’」』\n\t \u3000—…/|")


# Tags of words that a sentence goes on with beside a name (jieba's tag set: 了 ul, 在 p, 和 c, 说 v …).
_SENTENCE_TAGS = frozenset("pcdvfrxutay")


@dataclass(frozen=True)
class Clues:
    """`text` is Simplified; all offsets hold in the original too.

    `words` are the words of jieba's dictionary by their start, as (end, tag), `before` gives the start of the word
    that ends at an offset; `tagged` are the spans that its
    tagger takes for names, new ones among them, as end by start.
    """

    text: str
    words: Mapping[int, tuple[int, str]]
    before: Mapping[int, int]
    tagged: Mapping[int, int]

    def is_border(self, position: int) -> bool:
        """Whether a word begins or ends at `position`."""
        return position == 0 or position in self.before

    def is_odd_character_at(self, position: int) -> bool:
        """Whether the word at `position` is one character that may be more of a name: 印 behind 李正 in 李正印."""
        end, tag = self.words.get(position, (position, "x"))
        return end - position == 1 and tag[:1] not in _SENTENCE_TAGS

    def is_odd_character_before(self, position: int) -> bool:
        """Whether the word that ends at `position` is one character that may be more of a name."""
        return position - self.before.get(position, 0) == 1 and self.is_odd_character_at(position - 1)

    def closes(self, position: int) -> bool:
        """Whether a name may well end at `position`: a mark, a space, 等, a conjunction or preposition follows."""
        if position >= len(self.text) or self.text[position] in _CLOSING:
            return True
        word = self.words.get(position)
        return word is not None and word[0] - position == 1 and (word[1] in "cp" or self.text[position] == "等")

    def opens(self, position: int) -> bool:
        """Whether the text begins at `position`, or a punctuation mark or space stands before it."""
        return position == 0 or not self.text[position - 1].isalnum()

    def is_tagged(self, start: int, end: int) -> bool:
        """Whether the tagger takes `start` to `end` for a name, in one piece or as surname and given name."""
        middle = self.tagged.get(start, len(self.text) + 1)
        return middle == end if middle >= end else self.tagged.get(middle) == end and middle - start == 1

    def tag_of(self, start: int, end: int) -> str | None:
        """The tag of `start` to `end` where it is one word of the dictionary, else None."""
        word = self.words.get(start)
        return word[1] if word and word[0] == end else None


def read_clues(text: str) -> Clues:
    """Everything that `find_names` asks of `text`."""
    import rjieba

    simple = fold(text)
    words: dict[int, tuple[int, str]] = {}
    position = 0
    for word, tag in rjieba.tag(simple, False):
        words[position] = (position + len(word), tag)
        position += len(word)
    tagged: dict[int, int] = {}
    position = 0
    for word, tag in rjieba.tag(simple, True):
        if tag.startswith("nr") and tag != "nrt":
            tagged[position] = position + len(word)
        position += len(word)
    return Clues(simple, words, {end: start for start, (end, _) in words.items()}, tagged)
