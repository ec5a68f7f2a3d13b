"""What a bulletin says in its own voice, in three languages.

The Tibetan here was written for this project and is unreviewed by a native speaker, like all Tibetan we ship.
"""

from __future__ import annotations

from toolkit.bulletin.model import PageFoot, page_foot
from toolkit.languages import Language

STAMP: dict[Language, str] = {
    "zh": "草稿　不得付印",
    "en": "DRAFT – NOT FOR PRINT",
    "bo": "ཟིན་བྲིས། པར་སྐྲུན་བྱེད་མི་ཆོག",
}

COLUMN_NAMES: dict[Language, str] = {"zh": "中文", "en": "English", "bo": "བོད་ཡིག"}

PAGE_FOOT: dict[Language, PageFoot] = {
    "zh": page_foot("zh", "第 {page} 页 / 共 {pages} 页"),
    "en": page_foot("en", "Page {page} of {pages}"),
    "bo": page_foot("bo", "ཤོག་ངོས་ {page} / {pages}"),
}

YIG_MGO = "༄༅། །"
"""Heads the main title of a Tibetan text; set by the theme, never part of a segment."""

BY: dict[Language, str] = {"zh": "记者：{name}", "en": "By {name}", "bo": "གསར་འགོད་པ། {name}"}
EVENT_DATE: dict[Language, str] = {
    "zh": "事件日期：{date}",
    "en": "Date of the event: {date}",
    "bo": "བྱེད་སྒོའི་ཚེས་གྲངས། {date}",
}
PUBLISHED_DATE: dict[Language, str] = {
    "zh": "发布日期：{date}",
    "en": "Published: {date}",
    "bo": "སྤེལ་བའི་ཚེས་གྲངས། {date}",
}

CREDIT: dict[Language, str] = {"zh": "{name} 摄", "en": "Photo: {name}", "bo": "པར་ལེན་པ། {name}"}
"""Who took a picture, under its caption."""

PICTURE: dict[Language, str] = {"zh": "图片", "en": "Picture", "bo": "པར་རིས།"}
"""What is said of a picture of which nobody says what it shows."""

INDEX: dict[Language, str] = {"zh": "索引", "en": "Index", "bo": "ཐ་སྙད་དཀར་ཆག"}

UNREVIEWED: dict[Language, str] = {
    "zh": "本刊译文未经审校：共{total}段，其中{open}段尚无人审校。",
    "en": "Unreviewed translation: no person has yet checked {open} of its {total} segments.",
    "bo": "ཞུ་དག་མ་བྱས་པའི་ཡིག་སྒྱུར། ཚན་པ་{total}ལས་ཚན་པ་{open}ལ་ད་དུང་མི་སུས་ཀྱང་ཞུ་དག་བྱས་མེད།",
}
GAPS: dict[Language, str] = {
    "zh": "其中{gaps}段尚无译文，以加底色的中文原文代替。",
    "en": "Not yet translated: {gaps} of them; the Chinese source stands there, shaded.",
    "bo": "དེའི་ནང་ཚན་པ་{gaps}ནི་ད་དུང་བསྒྱུར་མེད་པས་དེའི་ཚབ་ཏུ་གཞི་མདོག་བཏབ་པའི་རྒྱ་ཡིག་གི་མ་ཡིག་བཀོད་ཡོད།",
}

ORIGINS: dict[Language, str] = {
    "zh": "译文来源（段数）：",
    "en": "Segments by origin: ",
    "bo": "ཡིག་སྒྱུར་གྱི་འབྱུང་ཁུངས། ",
}
FROM_MEMORY: dict[Language, str] = {
    "zh": "翻译记忆 {count}",
    "en": "translation memory {count}",
    "bo": "ཡིག་སྒྱུར་དྲན་མཛོད་ {count}",
}
FROM_TERM: dict[Language, str] = {"zh": "术语表 {count}", "en": "glossary {count}", "bo": "ཐ་སྙད་རེའུ་མིག་ {count}"}
FROM_FUZZY: dict[Language, str] = {
    "zh": "模糊匹配 {count}",
    "en": "fuzzy matches {count}",
    "bo": "ཆ་འདྲ་བའི་དྲན་མཛོད་ {count}",
}
FROM_ENGINE: dict[Language, str] = {
    "zh": "机器翻译 {count}",
    "en": "machine translation {count}",
    "bo": "འཕྲུལ་ཆས་ཡིག་སྒྱུར་ {count}",
}
FROM_FOREIGN: dict[Language, str] = {
    "zh": "外来译文 {count}",
    "en": "brought in from elsewhere {count}",
    "bo": "ཕྱི་ནས་བླངས་པའི་ཡིག་སྒྱུར་ {count}",
}
FROM_PERSON: dict[Language, str] = {"zh": "人工 {count}", "en": "a person {count}", "bo": "མིས་བསྒྱུར་བ་ {count}"}
FROM_NOWHERE: dict[Language, str] = {"zh": "无译文 {count}", "en": "gaps {count}", "bo": "བསྒྱུར་མེད་པ་ {count}"}
BETWEEN: dict[Language, str] = {"zh": "；", "en": "; ", "bo": "། "}
END: dict[Language, str] = {"zh": "。", "en": ".", "bo": "།"}

RELEASED: dict[Language, str] = {
    "zh": "第{number}版，{date}发布。",
    "en": "Revision {number}, released on {date}.",
    "bo": "པར་གཞི་ཨང་{number}། {date}་སྤེལ།",
}
