"""Currencies: their ISO 4217 codes, and what they are called in Chinese, English and Tibetan.

Tibetan names: སྒོར་ and ཨ་སྒོར་, དབྱིན་སྒོར་ / དབྱིན་པང་ stand in ntrex.bo; the others follow the same pattern and wait for a
reader of Tibetan.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Currency:
    """One currency; in each language the preferred name comes first.

    `singular` is the English name after 1, `symbols` stand before an English or Chinese number.
    """

    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    singular: str = ""
    symbols: tuple[str, ...] = ()
    bo: tuple[str, ...] = ()


CURRENCIES = (
    Currency(
        "CNY",
        ("元人民币", "人民币元", "块钱", "元", "块", "圆"),
        ("yuan", "renminbi", "Chinese yuan", "yuan renminbi", "yuan RMB", "RMB", "CNY", "RMB yuan", "yuans"),
        symbols=("RMB", "CNY", "Renminbi", "¥", "￥", "CN¥", "人民币"),
        bo=("སྒོར", "སྒོར་མོ", "མི་དམངས་ཤོག་སྒོར", "མི་དམངས་ཤོག་ལོར", "དངུལ་སྒོར", "ཤོག་སྒོར"),
    ),
    Currency(
        "USD",
        ("美元", "美金", "美圆"),
        ("US dollars", "dollars", "U.S. dollars", "American dollars", "USD", "United States dollars", "USDs", "bucks"),
        "US dollar",
        ("US$", "U.S.$", "$", "USD", "US $", "＄"),
        ("ཨ་སྒོར", "ཨ་མེ་རི་ཀའི་སྒོར", "མེ་སྒོར", "ཨ་མེ་རི་ཀའི་སྒོར་མོ", "ཌོ་ལར"),
    ),
    Currency("EUR", ("欧元",), ("euros", "euro", "EUR"), "euro", ("€", "EUR"), ("ཡོ་སྒོར", "ཡུ་རོ", "ཡོ་རོབ་སྒོར")),
    Currency(
        "HKD",
        ("港元", "港币", "港圆", "港幣"),
        ("Hong Kong dollars", "HK dollars", "HKD", "Hong Kong currency"),
        "Hong Kong dollar",
        ("HK$", "HKD", "HK $"),
        ("ཤང་སྒོར", "ཤང་ཀང་སྒོར", "ཧོང་ཀོང་སྒོར"),
    ),
    Currency(
        "JPY",
        ("日元", "日圆"),
        ("yen", "Japanese yen", "JPY"),
        "yen",
        ("JP¥", "JPY", "¥", "￥"),
        ("ཉི་སྒོར", "ཉི་ཧོང་སྒོར", "ཡེན"),
    ),
    Currency(
        "GBP",
        ("英镑", "镑"),
        ("pounds", "pounds sterling", "British pounds", "GBP", "sterling", "quid", "GB pounds"),
        "pound",
        ("£", "GBP", "￡"),
        ("དབྱིན་སྒོར", "དབྱིན་པང", "པའུན"),
    ),
    Currency(
        "RUB", ("卢布",), ("rubles", "roubles", "Russian rubles", "RUB"), "ruble", ("₽", "RUB"), ("ཨུ་སྒོར", "རུ་བལ", "ལུ་པུ")
    ),
    Currency(
        "KRW",
        ("韩元", "韩圆", "韩币", "韩圜"),
        ("won", "Korean won", "South Korean won", "KRW"),
        "won",
        ("₩",),
        ("ཧན་སྒོར",),
    ),
    Currency(
        "TWD",
        ("元新台币", "新台币", "台币"),
        ("New Taiwan dollars", "Taiwan dollars", "NT dollars", "TWD", "NTD"),
        "New Taiwan dollar",
        ("NT$", "NTD", "TWD", "新台币", "台币"),
        ("ཐའེ་སྒོར",),
    ),
    Currency(
        "AUD",
        ("澳元", "澳币", "澳大利亚元"),
        ("Australian dollars", "Aussie dollars", "AUD"),
        "Australian dollar",
        ("A$", "AU$", "AUD"),
        ("ཨའོ་སྒོར",),
    ),
    Currency(
        "CAD",
        ("加元", "加拿大元", "加币"),
        ("Canadian dollars", "CAD"),
        "Canadian dollar",
        ("C$", "CA$", "CAD"),
        ("ཅ་སྒོར",),
    ),
    Currency(
        "NZD",
        ("新西兰元", "纽元", "新西兰币", "纽币"),
        ("New Zealand dollars", "NZ dollars", "NZD"),
        "New Zealand dollar",
        ("NZ$",),
        ("ནིའུ་སྒོར",),
    ),
    Currency(
        "SGD",
        ("新加坡元", "新元", "新币", "坡币"),
        ("Singapore dollars", "SGD"),
        "Singapore dollar",
        ("S$", "SG$"),
        ("ཞིན་སྒོར",),
    ),
    Currency(
        "INR",
        ("印度卢比", "卢比"),
        ("rupees", "Indian rupees", "INR", "rupee"),
        "rupee",
        ("₹", "Rs", "Rs."),
        ("ཧིན་སྒོར", "རུ་པི"),
    ),
    Currency("THB", ("泰铢", "铢"), ("baht", "Thai baht", "bahts", "THB"), "baht", ("฿",), ("ཐའེ་ཧྲུའུ", "བྷཏ")),
    Currency(
        "CHF", ("瑞士法郎", "瑞郎", "法郎"), ("Swiss francs", "francs", "CHF"), "Swiss franc", ("CHF",), ("སུད་སྒོར",)
    ),
    Currency("TRY", ("里拉", "土耳其里拉"), ("lira", "Turkish lira", "liras", "TRY"), "lira", ("₺",), ("ལི་ར",)),
    Currency(
        "BRL",
        ("雷亚尔", "巴西雷亚尔"),
        ("reais", "Brazilian reais", "real", "reals", "BRL"),
        "real",
        ("R$",),
        ("རེ་ཡལ",),
    ),
    Currency(
        "MYR", ("林吉特", "令吉", "马币"), ("ringgit", "Malaysian ringgit", "MYR"), "ringgit", ("RM",), ("རིང་གིད",)
    ),
    Currency("ZAR", ("兰特", "南非兰特"), ("rand", "South African rand", "ZAR"), "rand", (), ("རཱན",)),
    Currency("VND", ("越南盾", "越盾"), ("dong", "Vietnamese dong", "VND"), "dong", ("₫",), ("ཝེ་སྒོར",)),
    Currency("IDR", ("印尼盾", "印尼卢比"), ("rupiah", "Indonesian rupiah", "IDR"), "rupiah", ("Rp",), ("རུ་པི་ཡཱ",)),
    Currency("PHP", ("菲律宾比索",), ("Philippine pesos", "PHP"), "Philippine peso", ("₱",), ("ཕི་ལི་པིན་པེ་སོ",)),
    Currency("MXN", ("墨西哥比索", "比索"), ("pesos", "Mexican pesos", "MXN"), "peso", (), ("པེ་སོ",)),
    Currency(
        "SEK", ("瑞典克朗", "克朗"), ("kronor", "Swedish kronor", "krona", "crowns", "kroner"), "krona", (), ("ཁོ་རོན",)
    ),
    Currency("AED", ("迪拉姆",), ("dirhams", "UAE dirhams", "AED"), "dirham", (), ("དི་ར་ཧམ",)),
    Currency("IRR", ("里亚尔",), ("rials", "Iranian rials", "riyals"), "rial", (), ("རི་ཡལ",)),
)

BY_CODE = {currency.code: currency for currency in CURRENCIES}

_DOLLARS = ("USD", "HKD", "TWD", "AUD", "CAD", "NZD", "SGD")


def codes_by_name(language: str) -> dict[str, tuple[str, ...]]:
    """Which currencies a name or symbol may stand for, the likeliest first; English names in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for currency in CURRENCIES:
        names: tuple[str, ...] = getattr(currency, language)
        if language == "en":
            names = tuple(name.lower() for name in (*names, currency.singular, *_singulars(currency)) if name)
        for name in dict.fromkeys((*names, *currency.symbols)):
            key = name.lower() if language == "en" else name
            if currency.code not in found.get(key, ()):
                found[key] = (*found.get(key, ()), currency.code)
    return found


def _singulars(currency: Currency) -> tuple[str, ...]:
    return tuple(name[:-1] for name in currency.en if name.endswith(("dollars", "pounds", "euros", "rubles", "pesos")))


def is_a_dollar(code: str) -> bool:
    """Whether a currency is a dollar of some country."""
    return code in _DOLLARS
