"""Places in a Chinese text, by rule: a name and the word for what it is (州, 县, 河, 草原)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.chinese import words
from toolkit.glossary.suggest.tokens import Found, Token

_DIVISIONS = ("自治州", "自治县", "自治区", "省", "市", "州", "县", "区", "旗", "盟", "乡", "镇", "村")
_FEATURES = (
    *("高原", "草原", "平原", "盆地", "半岛", "群岛", "流域", "古道", "走廊", "峡谷", "雪山", "湿地", "牧场", "林场"),
    *("国家公园", "自然保护区", "森林公园", "机场", "铁路", "公路", "高速", "大桥", "隧道", "水库", "景区", "口岸"),
)
_LANDFORMS = ("江", "河", "湖", "海", "山", "岛", "峡", "寺", "沟", "岭", "泉", "错", "峰")
_OF_A_PLACE = "委"  # 昌都市委: the committee of 昌都市
_OFFICE_OF_A_PLACE = ("省长", "市长", "州长", "县长", "区长", "镇长", "乡长")
_NO_NAMES = frozenset(
    (
        *(
            "美丽",
            "喜庆",
            "欢庆",
            "青山绿水",
            "蓝天白云",
            "建州",
            "高山",
            "雪山",
            "大山",
            "河流",
            "山水",
            "江湖",
            "小镇",
        ),
        *(
            "老区",
            "山区",
            "牧区",
            "城区",
            "地区",
            "社区",
            "园区",
            "景区",
            "灾区",
            "新区",
            "市区",
            "农村",
            "乡镇",
            "城镇",
        ),
        *(
            "城市",
            "全市",
            "全省",
            "全县",
            "全州",
            "各州",
            "各县",
            "各市",
            "本市",
            "本省",
            "我省",
            "我市",
            "我州",
            "我县",
        ),
        *("省区", "自治州", "自治区", "自治县", "世界", "海洋", "安康", "和平", "繁荣", "长安", "大江", "大河", "大海"),
    )
)  # words that jieba's dictionary or its guesses take for places, and general words that end like one
_NAME_TAGS = ("ns", "nr", "nz", "s", "nrt", "nrfg")


def places_in(tokens: Sequence[Token]) -> Iterator[Found]:
    """Each place, as long as it is named (甘南藏族自治州 and not 甘南); nothing for general words (山区, 全省)."""
    position = 0
    while position < len(tokens):
        found, position = _place_at(tokens, position)
        if found is not None:
            yield found


def _place_at(tokens: Sequence[Token], at: int) -> tuple[Found | None, int]:
    """The place that begins at a token, if any, and where to look on."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if not _may_begin(token):
        return None, at + 1
    if following is not None and following.start == token.end:
        for suffix in (*_FEATURES, *_DIVISIONS, *_LANDFORMS):
            if following.text == suffix and _is_name(token, suffix):
                return Found(token.start, following.end, f"a name and {suffix}"), at + 2
        division = following.text[:1]
        compound = following.text[1:2] == _OF_A_PLACE or following.text[1:] == "政府"
        compound = compound or following.text.removeprefix("副") in _OFFICE_OF_A_PLACE
        if division in _DIVISIONS and compound and _is_name(token, division):
            return Found(token.start, following.start + 1, f"a name before {following.text}"), at + 1
    if _says_place(token):
        return Found(token.start, token.end, "a place in the word list"), at + 1
    return None, at + 1


def _may_begin(token: Token) -> bool:
    return len(token.text) > 1 and token.text not in _NO_NAMES


def _is_name(token: Token, suffix: str) -> bool:
    """Whether the word before a suffix is a name: tagged so, or in no dictionary as one word."""
    if token.tag in _NAME_TAGS:
        return True
    return suffix in _FEATURES and len(token.text) <= 3 and len(words(token.text)) > 1


def _says_place(token: Token) -> bool:
    if token.tag == "ns":
        return True
    return token.tag in _NAME_TAGS and len(token.text) > 2 and token.text.endswith(("州", "县", "自治州", "草原"))
