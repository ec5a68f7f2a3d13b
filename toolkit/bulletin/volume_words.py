"""What a volume says in its own voice, in three languages.  The Tibetan is unreviewed, like all Tibetan we ship."""

from __future__ import annotations

from toolkit.languages import Language

VOLUME: dict[Language, str] = {"zh": "合订本", "en": "Collected Bulletins", "bo": "ཕྱོགས་བསྒྲིགས།"}
CONTENTS: dict[Language, str] = {"zh": "目录", "en": "Contents", "bo": "དཀར་ཆག"}
FROM_TO: dict[Language, str] = {
    "zh": "{first}至{last}",
    "en": "{first} to {last}",
    "bo": "{first}་ནས་{last}་བར།",
}
_COUNTED: dict[Language, str] = {"zh": "共{count}篇", "en": "{count} reports", "bo": "བསྡོམས་རྩོམ་ཡིག་{count}།"}
_OPEN: dict[Language, str] = {
    "zh": "共{total}篇，其中{open}篇尚未定稿。",
    "en": "Not finished: {open} of {total}; they hold unreviewed text, gaps or errors.",
    "bo": "རྩོམ་ཡིག་{total}ལས་{open}ད་དུང་མཐར་ཕྱིན་པའི་ཞུ་དག་བྱས་མེད།",
}


def counted(language: Language, count: int) -> str:
    """How many reports are bound."""
    return "1 report" if language == "en" and count == 1 else _COUNTED[language].format(count=count)


def still_open(language: Language, count: int, total: int) -> str:
    """How many of them are not ready to be printed."""
    return _OPEN[language].format(open=count, total=total)
