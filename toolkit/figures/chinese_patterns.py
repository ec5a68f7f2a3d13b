"""The patterns by which dates, times and amounts are found in folded Chinese text."""

from __future__ import annotations

import re

from toolkit.figures.chinese_numerals import HAN_DIGIT, HAN_NUMERAL, NUMERAL
from toolkit.figures.currencies import CURRENCIES, codes_by_name

CODE = re.compile(
    r"(?<![A-Za-z])(?!(?:RMB|CNY|USD|HKD|EUR|GBP|JPY|No)\.?\s?\d)[A-Za-z]+[-–.]?\d[\dA-Za-z.-]*(?<![.-])"
    r"|\d+(?:\.\d+)?(?!(?:km|kg|cm|mm|m|g|t|kW|MW|kWh|GW|ha|L|ml|GB|MB|TB|Hz|V|W|C|F|x|h|min|s|bp|am|pm)s?"
    r"(?![A-Za-z]))"
    r"[A-Za-z][A-Za-z]*\d*"
    r"|https?://\S+|\d{3,4}-\d{7,8}(?!\d)|\d+(?:-\d+){2,}(?!\s?[日年月])(?=\D|$)"
)
"""Codes, addresses and telephone numbers: what is copied and no figure (G20, 5G, COVID-19)."""

_YEAR = (
    r"(?:\d{4}|[一二三四五六七八九][零〇○一二三四五六七八九]{3}"
    r"|(?<!\d)\d{2}(?=\s?年(?:\s?\d{1,2}\s?月|[底初春夏秋冬])))"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])(?!\d)"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]|[二三]十|三十一?|[一二三四五六七八九十]"
    r"|廿[一二三四五六七八九]?)(?!\d)"
)
_TO = r"\s?(?:[-－—–~～]+|至|到)\s?"
_AFTER_DAY = r"(?!\s?[0-9一二三四五六七八九十两]{1,3}\s?(?:时(?![候代间期])|点|:))"
_DAY_PART = (
    rf"(?:凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|深夜|夜间|夜里|午后|午夜|晚|晨|早|夜){_AFTER_DAY}"
)
_MONTH_PART = r"(?:上旬|中旬|下旬|月初|月底|月末|初(?![一二三四五六七八九十步次])|底(?!部)|末|中(?=[,，、。;至到]|$))"
_YEAR_PART = r"(?:上半年|下半年|第?[一二三四1-4]季度|年初|年底|年末|年中|[初末底中](?=[,，、。;至到以的]|$))"
_DAY_WORD = (
    r"(?:日(?!元|圆|本|内|游|后|间|均|子|前(?![,，])|之|行|历|常|程|复|渐|益|讯(?=通)|化)|号(?=[上下早中晚凌]午?))"
)

DATE = re.compile(
    rf"(?P<y>{_YEAR})\s?年(?!代|前|历史|间|多|余|来|之|以上)度?"
    rf"(?:\s?(?P<ym>{_MONTH})\s?月份?(?:\s?(?P<yd>{_DAY})\s?(?:{_DAY_WORD}|号))?)?"
    rf"(?P<yp>{_MONTH_PART}|{_YEAR_PART}|(?<=[日号]){_DAY_PART})?"
    rf"|(?<!\d)(?P<y3>{_YEAR}){_TO}(?P<y4>\d{{4}}|\d{{2}}(?!\d))\s?年(?!代|前|来)"
    rf"|(?<![\d第{HAN_NUMERAL}每])(?P<m>{_MONTH})\s?月份?\s?(?P<d>{_DAY})\s?(?:{_DAY_WORD}|号)(?P<dp>{_DAY_PART})?"
    rf"|(?<![\d第{HAN_NUMERAL}每])(?P<m5>{_MONTH})\s?月\s?(?P<d5>{_DAY}){_TO}(?P<d6>{_DAY})\s?(?:{_DAY_WORD}|号)"
    rf"|(?<![\d第{HAN_NUMERAL}每.])(?P<m3>{_MONTH}){_TO}(?P<m4>{_MONTH})\s?月份?(?!大)"
    rf"|(?<![\d第{HAN_NUMERAL}每个.])(?P<m6>{_MONTH})\s?月(?!内|前|后|球|亮|饼|票|薪|嫂|子|经|台|牙|季|牌)份?(?P<mp>{_MONTH_PART})?"
    rf"|(?<![\d第{HAN_NUMERAL}每.])(?P<d3>{_DAY}){_TO}(?P<d4>{_DAY})\s?{_DAY_WORD}"
    rf"|(?<=[今昨前日])[（(](?P<d8>{_DAY})[)）]日?"
    rf"|(?<![\d第{HAN_NUMERAL}每.,几数])(?P<d7>{_DAY})\s?{_DAY_WORD}(?P<d7p>{_DAY_PART})?"
    r"|(?<![\d.])(?P<iy>\d{4})(?P<is>[-/.])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?![\d.])"
    rf"|(?<!\d)(?P<c1>\d{{1,2}}|[{HAN_NUMERAL}]{{1,3}}){_TO}(?P<c2>\d{{1,2}}|[{HAN_NUMERAL}]{{1,3}})\s?世纪(?!\d0年代)"
    rf"|(?P<cent>(?<![上下每一半])(?:\d{{1,2}}|[{HAN_NUMERAL}]{{1,3}})\s?世纪|上个?世纪|本世纪)"
    rf"(?P<dec>\s?(?:\d0|[一二三四五六七八九]十)\s?年代)?(?P<cp>[初末中]期?(?!国)叶?)?"
    rf"|(?P<dec2>(?<!\d)(?:\d{{3}}0|\d0|[一二三四五六七八九]十)\s?年代)(?P<dcp>[初末中]期?(?!国))?"
    r"|(?<![第\d前头后])(?:第)?(?P<q>[一二三四1-4])\s?季度"
    r"|(?P<half>上半年|下半年)"
)
RANGE = re.compile(_TO)

_HOUR = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_MINUTE = r"(?:[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九][一二三四五六七八九]?)"
PARTS_OF_DAY = "凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|深夜|夜间|夜里|午后|午夜|当晚|今晚|昨晚|晚|晨|早"
CLOCK = re.compile(
    rf"(?:(?P<part>{PARTS_OF_DAY})\s?)?(?<![\d.第{HAN_DIGIT}])(?:"
    rf"(?P<h>{_HOUR})\s?(?:时(?![候代间期刻装尚任常而速])|点钟?)\s?(?:(?P<m>{_MINUTE})\s?分(?![之钟])|(?P<half>半)|(?P<quarter>[一三])刻|(?P<about>许|整|左右|前后|钟))?"
    rf"|(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\d:]))"
)

_NAMES = sorted(codes_by_name("zh"), key=len, reverse=True)
CODES = codes_by_name("zh")
_SUFFIXES = "|".join(
    re.escape(name)
    + (
        "(?![旦首老素件朝代帅年月宵音勋])"
        if name == "元"
        else "(?=$|[,，。、;；!！?？）)多左钱起/])"
        if name == "块"
        else "(?![桌形满圈周心珠润滑弧柱])"
        if name == "圆"
        else ""
    )
    for name in sorted(
        {name for currency in CURRENCIES for name in currency.zh if name not in ("镑", "块")}, key=len, reverse=True
    )
)
_PREFIXES = "|".join(
    re.escape(symbol) for symbol in _NAMES if not re.search(r"[\u4e00-\u9fff]", symbol) or symbol == "人民币"
)

QUANTITY = re.compile(
    rf"(?P<prefix>(?:{_PREFIXES})\s?)?"
    rf"(?:(?:(?P<share>百分之|千分之|万分之)|(?P<nth>第))\s?)?"
    rf"(?P<a>(?:{NUMERAL}))"
    rf"(?:(?P<of>分之)(?P<over>{NUMERAL})|/(?P<below>\d{{1,3}})(?![\d/])"
    rf"|(?P<unit1>%|‰|个百分点){_TO}(?P<b1>(?:百分之)?{NUMERAL})(?=\s?(?:%|‰|个?百分点))"
    rf"|{_TO}(?P<b>(?:百分之)?{NUMERAL}))?"
    rf"(?:\s?(?P<percent>%|‰|个?百分点|个?基点|厘半?(?!\s?[米清定正升钱]))|\s?(?P<money>{_SUFFIXES})(?P<tail>(?P<jiao>[一二三四五六七八九\d])[角毛](?:(?P<fen>[一二三四五六七八九\d])分)?)?"
    rf"|(?P<plus>个半(?=小时|月|钟头|世纪|学期)|[年天]半(?!载))"
    rf"|(?P<tenths>成(?![为立员功长本都就果品交绩熟分语因败效型]|年(?!轻)))|(?P<off>折(?![叠磨腾射断返合旧扣]))|(?P<times>倍))?"
)

DOCUMENT = re.compile(r"[〔\[【(（]\s?(?P<year>\d{4})\s?[〕\]】)）]\s?第?(?P<number>\d+)\s?号")
PLAN = re.compile(
    r"[“\"「]?十(?P<n>[一二三四五六七])五[”\"」]?(?:规划|计划|时期|期间|以来|开局|收官|[初末])|[“\"「]十(?P<n2>[一二三四五六七])五[”\"」]"
)
CONGRESS = re.compile(
    rf"(?<![{HAN_NUMERAL}])(?P<n>十[一二三四五六七八九]|二十[一二]?)大(?=报告|以来|精神|代表|召开|开幕|闭幕|提出|胜利|[,，。、；”\"之对后上的和]|$)"
)
ENUMERATOR = re.compile(
    r"(?:(?<=[,，。;；:：、!?！？”\s])|^)(?:"
    r"(?P<is>[一二三四五六七八九十]{1,2})(?:是(?!否)|要(?=[^求素点])|、)"
    r"|(?P<qi>其[一二三四五六七八九])(?=[,，:：、是])"
    r"|[(（](?P<bracket>[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|(?P<dot>\d{1,2})(?:\.(?=\s?[\u4e00-\u9fff])|、(?=[\u4e00-\u9fff])))"
)
CIRCLED = re.compile(r"[①-⑳]")
