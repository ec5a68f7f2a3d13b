"""How Tibetan prints figures, and the patterns by which they are found.

| what            | how it is printed                               | where it was seen                        |
|-----------------|-------------------------------------------------|------------------------------------------|
| year            | 2015ལོར, སྤྱི་ལོ་1939ལོའི                         | bo.xlf of gannan-2023; ntrex.bo          |
| month and day   | སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན, ཟླ10ཚེས2ཉིན, ཟླ་9ཚེས་30ཉིན   | bo.xlf; ntrex.bo                         |
| month           | སྤྱི་ཟླ་བརྒྱད་པ, ཟླ་7པར                            | bo.xlf; ntrex.bo                         |
| part of a month | སྤྱི་ཟླ་10པའི་ཟླ་སྟོད, ཟླ་8པའི་ཟླ་མཇུག               | ntrex.bo                                 |
| part of a year  | 2018ལོའི་ལོ་འགོར, ལོ་མཇུག                         | ntrex.bo                                 |
| ordinal         | ཐེངས་བརྒྱད་པ, ཚོགས་ཆེན་ཉི་ཤུ་པ, ཨང་1པོ              | bo.xlf; ntrex.bo                         |
| anniversary     | ལོ་ངོ་70འཁོར་བ, ལོ་50འཁོར་བ                        | bo.xlf; ntrex.bo                         |
| scale           | the scale first: ས་ཡ་2.4, དུང་ཕྱུར་28, ཐེར་འབུམ་2   | ntrex.bo                                 |
| money           | the currency first: ཨ་སྒོར་ས་ཡ་100, དབྱིན་སྒོར་ས་ཡ་11 | ntrex.bo (often with a $ or £ besides)   |
| percent         | བརྒྱ་ཆ་34, 50%, བརྒྱ་ཆ་20%                         | ntrex.bo                                 |
| range           | 2ནས་3བར, 30%ནས་43%བར, 1950ལོ་ནས་53ལོའི་བར          | ntrex.bo                                 |
| more than       | ཁྲི་2.5ལྷག, 80%ལྷག, ཟླ་བ་གསུམ་ལྷག                    | ntrex.bo                                 |
| time            | ཆུ་ཚོད་12དང་སྐར་མ་55                              | ntrex.bo                                 |
| decade, century | དུས་རབས་20པའི་ལོ་རབས་90པ; 1980ཡས་མས               | a second reader; ntrex.bo                |
| term, half year | སྐབས་བཅུ་བཞི་པ; ལོ་ཕྱེད་གོང་མ                         | a second reader                          |
| fraction        | གསུམ་ཆ་གཅིག (one third)                           | the usual pattern; not in the two sources |

Digits of both sets are read.  Number words follow the usual grammar: ཉི་ཤུ་རྩ་གཅིག or ཉེར་གཅིག for 21, བཅོ་ལྔ for 15; the last
syllable may carry a fused particle (ལྔའི, ལྔར).  Read too, but no longer written: a range without བར, ལོ་རབས་90, ལོ་རབས་00,
ལོ་འཁོར་70, and ལྷག glued to letters.
"""

from __future__ import annotations

import re

_NINE_WORDS = ("གཅིག", "གཉིས", "གསུམ", "བཞི", "ལྔ", "དྲུག", "བདུན", "བརྒྱད", "དགུ")
_TEN_WORDS = ("བཅུ", "ཉི་ཤུ", "སུམ་ཅུ", "བཞི་བཅུ", "ལྔ་བཅུ", "དྲུག་ཅུ", "བདུན་ཅུ", "བརྒྱད་ཅུ", "དགུ་བཅུ")
UNITS = {word: value for value, word in enumerate(_NINE_WORDS, 1)}
BEFORE_SCALE = {"ཆིག": 1, "ཉིས": 2, "སུམ": 3}
TENS = {word: value * 10 for value, word in enumerate(_TEN_WORDS, 1)}
LINKS = {word: value * 10 for value, word in enumerate(("ཉེར", "སོ", "ཞེ", "ང", "རེ", "དོན", "གྱ", "གོ"), 2)}
SCALES = {
    "བརྒྱ": 100,
    "སྟོང": 1000,
    "ཁྲི": 10**4,
    "འབུམ": 10**5,
    "ས་ཡ": 10**6,
    "བྱེ་བ": 10**7,
    "དུང་ཕྱུར": 10**8,
    "ཐེར་འབུམ": 10**9,
}

LETTER = "\u0f40-\u0fbc"
OPEN = rf"(?<![{LETTER}])"
_FUSED = "འི|ར|ས|འང|འམ|འོ"
CLOSED = rf"(?=(?:{_FUSED}|ལྷག)?(?![{LETTER}]))"
_NTH = rf"་?པ(?:(?=འི|ར|ས)|(?![{LETTER}]))"

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_TEN = "|".join(sorted((ten for ten in TENS if ten != "བཅུ"), key=len, reverse=True))
_LINK = "|".join(LINKS)
WORDS = (
    rf"(?:(?:{_TEN})(?:་(?:རྩ་)?(?:(?:{_LINK})་)?(?:{_UNIT}){CLOSED})?"
    rf"|བཅུ་(?:{_UNIT}){CLOSED}|བཅོ་(?:ལྔ|བརྒྱད)|(?:ཉེར|སོ)་(?:{_UNIT})|(?:{_UNIT})|བཅུ)"
)
NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))

TOKEN = re.compile(
    rf"(?P<digits>{NUMBER})"
    rf"|{OPEN}(?P<scale>(?:{_SCALE}){CLOSED}(?!་ཆ(?![{LETTER}]))(?:་ཕྲག)?)"
    rf"|{OPEN}(?P<times>ཆིག|ཉིས|སུམ)(?=་(?:{_SCALE}){CLOSED})"
    rf"|{OPEN}(?P<words>{WORDS}){CLOSED}"
)
ANY = rf"(?:\d{{1,4}}|{OPEN}{WORDS}{CLOSED})"
UP_TO = rf"(?:འི|་?ཡི|་གི|་ཀྱི|་གྱི)?་?བར(?![{LETTER}])"
"""What closes a range behind its far end: 5བར, ལྔའི་བར, བརྒྱད་ཀྱི་བར."""

DATE = re.compile(
    rf"{OPEN}(?:སྤྱི་ལོ་?\s?)?(?P<y>(?<!\d)(?:1\d|20|21)\d\d)(?:(?:་|\s)?ལོ(?!་?རབས|འི་ལོ་རབས|་?ངོ|་?འཁོར)|(?=\s?(?:་|ལ་|ནས)?\s?ཟླ))"
    rf"(?:(?:འི|ར|ས|་ཡི)?[་\s]{{0,2}}(?:སྤྱི་)?ཟླ་?(?:བ་)?\s?(?P<ym>(?:1[0-2]|[1-9])(?!\d)|{WORDS}|དང་པོ)(?:(?<=1)པོ|་?པ)?(?:(?:འི|ར|ས)?[་\s]{{0,2}}ཚེས་?(?:པ་)?\s?(?P<yd>\d{{1,2}}(?!\d)|{WORDS}|དང་པོ)(?:་?ཉིན)?)?)?"
    rf"|{OPEN}(?:སྤྱི་)?ཟླ་?(?:བ་)?\s?(?P<m>(?:1[0-2]|[1-9])(?!\d)|{WORDS}|དང་པོ)(?P<nth>{_NTH}|(?<=1)པོ(?=འི|ར|(?![{LETTER}])))?(?:(?:འི|ར|ས)?[་\s]{{0,2}}ཚེས་?(?:པ་)?\s?(?P<d>\d{{1,2}}(?!\d)|{WORDS}|དང་པོ)(?:་?ཉིན)?|་?ནས་(?P<m2>(?:1[0-2]|[1-9])(?!\d))(?:་?པ)?(?={UP_TO}))?"
    rf"|{OPEN}ཚེས་?(?:པ་)?\s?(?P<d2>\d{{1,2}}(?!\d)|{WORDS}{CLOSED}|དང་པོ)(?:་?ཉིན)?"
    rf"|{OPEN}དུས་རབས་\s?(?P<c>\d{{1,2}}|{WORDS})(?:་?པ)?(?:(?:འི|་ཡི)?་?ལོ་རབས་\s?(?P<cd>\d{{2,4}}|{WORDS})(?:{_NTH})?)?"
    rf"|(?<!ཐེངས་)(?<!སྐབས་)(?P<dec3>(?<!\d)(?:1\d|20)\d0)(?:ལོ)?་?(?=ཡས་མས|ཡས་ཡས|པ(?![{LETTER}])|པར(?![{LETTER}]))"
    rf"|(?<=ནས་)(?P<y2>\d\d)(?=ལོ)"
    rf"|{OPEN}ལོ་རབས་\s?(?P<dec>\d{{2,4}}|{WORDS}{CLOSED})(?:{_NTH})?"
    rf"|(?:{OPEN}སྤྱི་ལོ་?\s?)?(?P<dec2>(?<!\d)\d{{3}}0|(?<!\d)\d0)(?:་|\s)?(?:ལོའི་|པའི་)?ལོ་?རབས"
)
PARTS_OF_DAY = {  # whether the hours of the part are after noon
    **dict.fromkeys(("ཐོ་རངས", "ཞོགས་པ", "སྔ་དྲོ"), False),
    **dict.fromkeys(("ཉིན་གུང", "ཉིན་དགུང", "ཕྱི་དྲོ", "དགོང་མོ", "དགོང་དྲོ", "མཚན་མོ"), True),
}
CLOCK = re.compile(
    rf"(?:{OPEN}(?P<part>{'|'.join(PARTS_OF_DAY)})(?:འི|་གི|་ཀྱི)?་?\s?)?{OPEN}(?:ཆུ|དུས)་ཚོད་\s?(?P<h>\d{{1,2}}(?![\d.:])|{WORDS}{CLOSED}(?!་ཆ))(?:[་\s]?(?:དང་?)?\s?སྐར་མ་\s?(?P<m>\d{{1,2}}|{WORDS}{CLOSED})|(?P<half>[་\s]?དང་?ཕྱེད))?"
    r"|(?<![\d:])(?P<h2>\d{1,2}):(?P<m2>[0-5]\d)(?![\d:])"
)
PERCENT = re.compile(
    rf"{OPEN}བརྒྱ་ཆ(?:འི|་ཡི)?་?(?:བསྡུར་ཚད་|གྲངས་)?\s?(?P<n>{NUMBER}|{WORDS}{CLOSED})(?:\s?%)?"
    rf"(?:་?ནས་(?P<to>{NUMBER}|{WORDS}{CLOSED})(?={UP_TO}))?"
    rf"|(?P<low>{NUMBER})ནས་(?P<high>{NUMBER})\s?%(?={UP_TO})|(?P<n2>{NUMBER})\s?%"
    rf"|{OPEN}སྟོང་ཆ(?:འི)?་?\s?(?P<mille>{NUMBER}|{WORDS}{CLOSED})"
)
FRACTION = re.compile(
    rf"{OPEN}(?P<below>{WORDS}|སུམ|\d{{1,3}})་?ཆ(?:འི)?་(?P<above>{WORDS}{CLOSED}|\d{{1,3}})"
    rf"|(?<![\d/])(?P<a>\d{{1,3}})/(?P<b>\d{{1,3}})(?![\d/])|{OPEN}(?P<half>ཕྱེད)(?:་ཀ)?{CLOSED}"
)
ORDINAL_AFTER = re.compile(rf"{_NTH}|་?པོ(?:(?=འི|ར|ས)|(?![{LETTER}]))|(?<=ཉི་ཤུ)་བ(?:(?=འི|ས)|(?![{LETTER}]))")
FROM = re.compile(r"་?ནས་\s?")
FIRST = re.compile(rf"{OPEN}དང་པོ{CLOSED}|{OPEN}ཐོག་མ{CLOSED}")
TWO = re.compile(rf"{OPEN}(?:ཟུང|ཉིས|ཉིས་ལྡབ){CLOSED}")
CODE = re.compile(r"https?://\S+|[A-Za-z]+[-–]?\d[\w.-]*|\d+[A-Za-z]+\d*")
JOINT = re.compile(r"[་\s]*(?:དང་?)?[་\s]*(?:[$£€¥])?\s?")
