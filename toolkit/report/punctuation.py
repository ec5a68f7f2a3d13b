"""Right Chinese punctuation from what web pages leave of it (GB/T 15834-2011).

Every change swaps one character for one, so offsets into the original stay true.
"""

from __future__ import annotations

from toolkit.languages import is_han

_FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_IDEOGRAPHIC_SPACE = "\u3000"


def mend_punctuation(text: str) -> str:
    """`text` with half-width punctuation made full-width where it stands in Chinese.

    "3,200" and "8:30" stay; brackets change in pairs; a space between two Chinese characters becomes U+3000.
    The result is as long as `text`.
    """
    characters = list(text)
    for index, character in enumerate(text):
        before = text[index - 1] if index else ""
        after = text[index + 1] if index + 1 < len(text) else ""
        if character in _FULL_WIDTH and not (_is_digit(before) and _is_digit(after)):
            if _is_chinese(before) or _is_chinese(after):
                characters[index] = _FULL_WIDTH[character]
        elif character == " " and _is_chinese(before) and _is_chinese(after):
            characters[index] = _IDEOGRAPHIC_SPACE
    for opening, closing in _bracket_pairs(text):
        around = text[max(opening - 1, 0) : opening + 2] + text[closing - 1 : closing + 2]
        if any(_is_chinese(character) for character in around):
            characters[opening], characters[closing] = "（", "）"
    return "".join(characters)


def _bracket_pairs(text: str) -> list[tuple[int, int]]:
    pairs, open_positions = [], []
    for index, character in enumerate(text):
        if character == "(":
            open_positions.append(index)
        elif character == ")" and open_positions:
            pairs.append((open_positions.pop(), index))
    return pairs


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _is_chinese(character: str) -> bool:
    return bool(character) and (is_han(character) or character in "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·")
