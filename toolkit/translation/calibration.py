"""Which surrogates does this model keep, and does it copy words of the target language?  Found out once per package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from toolkit.constraints.constraint import find_rendering
from toolkit.errors import OutputError
from toolkit.files import hash_of, json_bytes, write_whole
from toolkit.languages import Language
from toolkit.translation.engine import Engine, Question
from toolkit.translation.surrogates import SURROGATES, Surrogate

_CARRIERS: Mapping[str, tuple[str, ...]] = {
    "person": ("{}在会议上致辞。", "参加会议的有{}等人。", "{}表示，今年的工作很重要。"),
    "place": ("会议在{}举行。", "{}的经济发展很快。", "代表团昨天从{}出发，前往山区考察。"),
    "body": ("{}今天发表了报告。", "他在{}工作。", "{}的代表参加了会议。"),
    "office": ("{}参加了会议。", "他是一位{}。", "会议由{}主持。"),
    "thing": ("我们都喜欢{}。", "{}很重要。", "会议讨论了{}的发展。"),
    "number": ("共有{}人参加会议。", "建成了{}个项目。", "学校有{}名学生。"),
    "percent": ("同比增长{}。", "占总数的{}。", "收入增加了{}。"),
    "money": ("投资{}。", "价格是{}。", "每人得到{}。"),
    "date": ("会议于{}举行。", "{}，代表团到达这里。", "他{}离开。"),
    "year": ("{}，学校成立。", "他{}参加工作。", "项目于{}完成。"),
}
_FEWEST_COPIES = 0.5
_INLINE: Mapping[Language, tuple[str, ...]] = {
    "en": ("Hezuo City", "Norbu Wangyal", "Green Valley Institute"),
    "bo": ("གཙོས་གྲོང་ཁྱེར", "ནོར་བུ་དབང་རྒྱལ", "རི་མཐོ་སློབ་གླིང"),
}


@dataclass(frozen=True)
class Calibration:
    """`kept` are the surrogates that came out right in every trial sentence; `copies_inline` is the share of words of
    the target language that stand in the translation as they stood in the Chinese."""

    kept: tuple[Surrogate, ...]
    copies_inline: float

    @property
    def copies(self) -> bool:
        """Whether the model copies words of the target language well enough to rely on it."""
        return self.copies_inline >= _FEWEST_COPIES


def calibrate(engine: Engine, language: Language) -> Calibration:
    """What `engine` keeps when it translates into `language`; asked once, then read from its notebook.

    Raises `EngineError` when the engine fails.
    """
    notebook = engine.notebook(language)
    key = hash_of(engine.identity(language), repr(SURROGATES), repr(_CARRIERS), repr(_INLINE))
    if notebook is not None and (known := _read(notebook, key)) is not None:
        return known
    found = _find_out(engine, language)
    if notebook is not None:
        words = [surrogate.zh for surrogate in found.kept]
        with suppress(OutputError):  # a package folder that cannot be written costs a second, not the draft
            write_whole(notebook, json_bytes({"key": key, "kept": words, "copies_inline": found.copies_inline}))
    return found


def _find_out(engine: Engine, language: Language) -> Calibration:
    trials = [(one, carrier.format(one.zh)) for one in SURROGATES for carrier in _CARRIERS[one.sort]]
    inline = [(word, carrier.format(word)) for word in _INLINE[language] for carrier in _CARRIERS["place"]]
    answers = engine.translate([Question(text) for _, text in (*trials, *inline)], language)
    lost = {
        surrogate.zh
        for (surrogate, _), answer in zip(trials, answers, strict=False)
        if not answer or not _keeps(answer[0], surrogate.renderings[language], language)
    }
    copied = [
        bool(answer) and bool(find_rendering(answer[0], word, language))
        for (word, _), answer in zip(inline, answers[len(trials) :], strict=True)
    ]
    kept = tuple(surrogate for surrogate in SURROGATES if surrogate.zh not in lost)
    return Calibration(kept, sum(copied) / len(copied))


def _keeps(answer: str, renderings: tuple[str, ...], language: Language) -> bool:
    return any(find_rendering(answer, rendering, language) for rendering in renderings)


def _read(notebook: Path, key: str) -> Calibration | None:
    try:
        values = json.loads(notebook.read_text(encoding="utf-8"))
        if values["key"] != key:
            return None
        words = set(values["kept"])
        return Calibration(tuple(one for one in SURROGATES if one.zh in words), float(values["copies_inline"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
