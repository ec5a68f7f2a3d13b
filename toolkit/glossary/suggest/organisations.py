"""Organisations and offices in a Chinese text, by rule: what they are called ends with what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.glossary.suggest.tokens import Found, Token

_BODIES = (
    *(
        "委员会",
        "常委会",
        "政府",
        "人大",
        "政协",
        "党委",
        "省委",
        "州委",
        "市委",
        "县委",
        "区委",
        "民委",
        "纪委",
        "法院",
    ),
    *("检察院", "办公厅", "办公室", "统战部", "组织部", "宣传部", "公安厅", "公安局", "公司", "集团", "大学", "学院"),
    *("医院", "银行", "协会", "学会", "联合会", "基金会", "研究院", "研究所", "研究中心", "总队", "支队", "管理局"),
    *("电视台", "日报", "日报社", "晚报", "通讯社", "新闻网", "在线", "中心", "出版社", "博物馆", "总局", "总公司"),
)
_ENDINGS = ("厅", "局", "委", "部", "署", "院", "社", "厅局")
_HEADS = ("省", "州", "市", "县", "区", "国家", "中央", "中共")  # 省民委, 州政府: whose, without saying which
_WITHIN = ("n", "nz", "j", "b", "vn", "l", "ns", "nt", "an", "ng", "i", "zg", "v")
_PLACE_TAGS = ("ns", "nt", "nr", "nz", "s", "nrt", "nrfg")
_MOST_WORDS = 6
_COMMITTEE, _DEPUTY = "委", "副"  # 玉树州委副书记 is cut 玉树州 委副 书记
_GENERAL = frozenset(
    ("州市政府", "市政府", "州政府", "省政府", "县政府", "各部", "全部", "一部", "内部", "干部", "局部")
)
_TITLES = (
    *("书记", "副书记", "州长", "副州长", "市长", "副市长", "县长", "副县长", "省长", "副省长", "主席", "副主席"),
    *("主任", "副主任", "部长", "副部长", "厅长", "副厅长", "局长", "副局长", "秘书长", "巡视员", "常委", "成员"),
    *("委员", "院长", "校长", "董事长", "总经理", "专员", "检察长"),
)


def organisations_in(tokens: Sequence[Token]) -> Iterator[Found]:
    """Each organisation with the place it belongs to: 甘肃省交通运输厅, 甘南州委, 省民委; the longest at each place."""
    reached = 0
    for first, token in enumerate(tokens):
        if token.start < reached or not _opens(token):
            continue
        last = _last_of(tokens, first)
        if last is None:
            continue
        text = "".join(one.text for one in tokens[first : last + 1])
        cut = len(text) - len(text.removesuffix(_DEPUTY)) if text.endswith(_COMMITTEE + _DEPUTY) else 0
        is_general = first == last and token.tag != "nt"  # 委员会, 航空公司: of any
        if len(text) > 2 and not is_general and text not in _GENERAL:
            yield Found(token.start, tokens[last].end - cut, f"ends with {tokens[last].text}")
            reached = tokens[last].end


def offices_in(tokens: Sequence[Token], bodies: Sequence[Found]) -> Iterator[Found]:
    """Titles that say of what: a body and the title behind it (甘南州委书记)."""
    starts = {token.start: index for index, token in enumerate(tokens)}
    for body in bodies:
        index = starts.get(body.end)
        if index is None:
            continue
        title = ""
        for token in tokens[index : index + 3]:
            title += token.text
            if title in _TITLES:
                yield Found(body.start, token.end, f"a body and its {title}")
                break


def _opens(token: Token) -> bool:
    return token.tag in _PLACE_TAGS or token.text in _HEADS or token.text.endswith(_BODIES)


def _last_of(tokens: Sequence[Token], first: int) -> int | None:
    """The last word of the organisation that begins at `first`: the farthest body in an unbroken row of nouns."""
    best = None
    for index in range(first, min(first + _MOST_WORDS, len(tokens))):
        token = tokens[index]
        if index > first and (token.start != tokens[index - 1].end or token.tag not in _WITHIN):
            break
        if token.text in _TITLES:
            break
        behind = index > first and tokens[index - 1].tag != "v"
        is_body = token.tag == "nt" or token.text.endswith(_BODIES) or (behind and token.text in _ENDINGS)
        if is_body or (behind and token.text in (_COMMITTEE, _COMMITTEE + _DEPUTY)):
            best = index
    return best
