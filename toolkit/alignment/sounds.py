"""Foreign names by their sound: 特朗普 is Trump on one side and ཐེ་རོན་ཕུ on the other.

A Chinese transcription writes a foreign name in characters used for little else.  Its consonants are those of the
name; a Tibetan transcription follows the Chinese syllable by syllable.  Sounds are compared in wide classes, so that
Amdo, Kham and standard spellings, and English ones, come out alike.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from toolkit import english, tibetan
from toolkit.languages import Language

_TRANSCRIBING = frozenset(
    "阿埃艾爱安昂奥巴白拜班邦包保鲍贝本比彼宾波伯勃博布策查达戴丹当道德登邓迪蒂丁东杜顿多恩尔法凡范方菲费芬丰佛弗"
    "福富夫盖甘冈高戈哥格根古瓜圭哈海汉豪赫黑亨洪胡华怀惠霍基吉季加嘉贾简杰金京卡凯坎康考柯科可克肯孔库夸奎昆拉莱"
    "兰朗劳勒雷黎里理利莉力立连列林琳龙隆卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙孟米密缅敏明摩莫墨默姆穆纳乃奈南瑙内尼娜妮"
    "宁纽农努诺女欧帕派潘庞培佩彭蓬皮匹平珀朴普奇齐恰强乔切钦琴琼丘曲让热仁日荣茹儒瑞若撒萨塞赛桑森沙莎山尚绍舍申圣"
    "盛施石史士什舒丝思斯松苏索所塔泰坦汤唐陶特藤滕提廷通图托陀瓦万旺威韦维伟魏温文翁沃乌武西希锡席夏香肖谢辛欣兴雄"
    "休许雅亚延扬尧耶叶伊依易意因英尤雨约赞泽扎詹张哲珍芝治朱茱卓兹子宗佐祖左雪廖"
)
_SHORTEST = {"en": 2, "bo": 3}  # characters of a transcription
_INITIALS = (
    ("zh", "S"), ("ch", "S"), ("sh", "S"), ("b", "P"), ("p", "P"), ("m", "N"), ("f", "F"), ("d", "T"), ("t", "T"),
    ("n", "N"), ("l", "L"), ("g", "K"), ("k", "K"), ("h", "H"), ("j", "S"), ("q", "S"), ("x", "S"), ("r", "L"),
    ("z", "S"), ("c", "S"), ("s", "S"), ("y", "Y"), ("w", "F"),
)  # fmt: skip
_TIBETAN_INITIALS = {
    **dict.fromkeys("ཀཁག", "K"), **dict.fromkeys("ཅཆཇཙཚཛཞཟཤས", "S"), **dict.fromkeys("ཏཐད", "T"),
    **dict.fromkeys("པཕབ", "P"), **dict.fromkeys("མནཉང", "N"), **dict.fromkeys("རལ", "L"),
    **dict.fromkeys("ཨའ", "A"), "ཝ": "F", "ཡ": "Y", "ཧ": "H",
}  # fmt: skip
_TIBETAN_VOWELS = {"ི": "I", "ུ": "U", "ེ": "A", "ོ": "U"}
_ENGLISH_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_ENGLISH_SOUNDS = (
    (
        re.compile("tch|sch|sh|ch|ck(?=s)|x|ti(?=on)|ph|th|gh|wh|kn|wr"),
        {"ph": "f", "gh": "", "wh": "w", "kn": "n", "wr": "r", "x": "ks", "th": "s", "ck": "k"},
    ),
)  # fmt: skip
_ENGLISH_CLASSES = {
    **dict.fromkeys("bp", "P"), **dict.fromkeys("fvw", "F"), **dict.fromkeys("dt", "T"), **dict.fromkeys("gkq", "K"),
    **dict.fromkeys("szj", "S"), **dict.fromkeys("lr", "L"), **dict.fromkeys("mn", "N"),
}  # fmt: skip
_SHORTEST_SKELETON = 3


def sounds_in(text: str, language: Language) -> Mapping[str, tuple[str, ...]]:
    """The transcriptions in a Chinese text, each with the sounds it may be heard by."""
    found: dict[str, tuple[str, ...]] = {}
    for is_name, run in itertools.groupby(re.sub("[·•・]", "", text), _TRANSCRIBING.__contains__):
        name = "".join(run)
        if is_name and len(name) >= _SHORTEST[language] and name not in found:
            sounds = tuple(dict.fromkeys(_triples(name) if language == "bo" else _skeletons(name)))
            if sounds:
                found[name] = sounds
    return found


def heard_in(texts: Iterable[str], language: Language) -> Mapping[str, tuple[int, ...]]:
    """Every sound of a translation's units, with the numbers of the units where it is heard."""
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for number, text in enumerate(texts):
        for sound in _tibetan_triples(text) if language == "bo" else _english_skeletons(text):
            found[sound][number] = None
    return {sound: tuple(numbers) for sound, numbers in found.items()}


@functools.lru_cache(maxsize=1 << 12)
def _reading(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(character, style=Style.NORMAL, v_to_u=False)[0])


@functools.lru_cache(maxsize=1 << 12)
def _initial(character: str) -> str:
    reading = _reading(character)
    return next((sound for spelling, sound in _INITIALS if reading.startswith(spelling)), "A")


@functools.lru_cache(maxsize=1 << 12)
def _syllable(character: str) -> str:
    """Class of the initial and class of the vowel."""
    reading = _reading(character)
    vowel = next(
        (sound for letters, sound in (("a", "A"), ("o", "U"), ("e", "A"), ("u", "U")) if letters in reading), "I"
    )
    return _initial(character) + vowel


def _triples(name: str) -> Iterator[str]:
    syllables = [_syllable(one) for one in name]
    for start in range(len(syllables) - 2):
        yield "".join(syllables[start : start + 3])


def _tibetan_triples(text: str) -> Iterator[str]:
    run: list[str] = []
    for syllable in re.split("[་།༎ ]+", text):
        sound = _tibetan_syllable(syllable)
        if sound is None:
            run = []
            continue
        run = [*run[-2:], sound]
        if len(run) == 3:
            yield "".join(run)


@functools.lru_cache(maxsize=1 << 14)
def _tibetan_syllable(syllable: str) -> str | None:
    """The same of a Tibetan syllable of simple build; None of any other, which is no transcription."""
    if not syllable or not tibetan.joins(syllable[0]) or len(syllable) > 5:
        return None
    initial = _TIBETAN_INITIALS.get(syllable[0])
    if initial is None:
        return None
    subjoined = syllable[1:2]
    if subjoined == "ྲ" and syllable[0] in "ཀཁགཏཐདཧཤ":
        initial = "S"
    elif subjoined == "ྥ":
        initial = "F"
    vowel = next((_TIBETAN_VOWELS[one] for one in syllable[1:4] if one in _TIBETAN_VOWELS), "A")
    return initial + vowel


_SILENT = frozenset("斯特德克尔夫姆思兹什士")  # a consonant alone, more often than not


@functools.lru_cache(maxsize=1 << 12)
def _skeletons(name: str) -> tuple[str, ...]:
    """The consonants of every part of a transcription that may be a name of its own."""
    found: dict[str, None] = {}
    for start in range(len(name)):
        for end in range(start + 2, min(len(name), start + 7) + 1):
            for skeleton in _consonants(name[start:end]):
                if len(skeleton) >= _SHORTEST_SKELETON:
                    found[skeleton] = None
    return tuple(found)


def _consonants(part: str) -> set[str]:
    plain = ""
    for character in part:
        reading = _reading(character)
        if reading == "er":
            plain += "R"  # may be heard or not
            continue
        initial = _initial(character)
        plain += "" if initial in "AYH" else initial
        plain += "N" if reading.endswith(("n", "ng")) else ""
    return {_doubles(plain.replace("R", "L")), _doubles(plain.replace("R", ""))}


@functools.lru_cache(maxsize=1 << 14)
def _word_skeletons(word: str) -> frozenset[str]:
    word = word.lower()
    for pattern, otherwise in _ENGLISH_SOUNDS:
        word = pattern.sub(lambda match: otherwise.get(match.group(), "s"), word)  # noqa: B023
    word = re.sub("c(?=[eiy])", "s", word).replace("c", "k")
    word = re.sub("g(?=[ei])", "j", word)
    found = set()
    for heard in (word, re.sub("r(?![aeiouy])", "", word)):
        skeleton = _doubles("".join(_ENGLISH_CLASSES.get(letter, " ") for letter in heard).replace(" ", " "))
        found |= {skeleton, skeleton[:-1]} if heard[-1:] in "stdr" else {skeleton}
    return frozenset(one for one in found if len(one) >= _SHORTEST_SKELETON)


def _doubles(skeleton: str) -> str:
    """Doubled consonants once, vowels out."""
    return re.sub(" +", "", re.sub(r"(.)\1+", r"\1", skeleton))


def _english_skeletons(text: str) -> Iterator[str]:
    for word in _ENGLISH_NAME.findall(english.straightened(text)):
        yield from _word_skeletons(word)
