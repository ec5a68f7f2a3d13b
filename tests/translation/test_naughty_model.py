"""The model that is naughty on purpose: what it does to a text, it does for sure, and it survives any Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.translation.naughty_model import KEPT, MANGLED, Fate, Habits, befallen, fate_of, write_naughty_package
from toolkit.glossary import read_glossary
from toolkit.languages import is_han
from toolkit.report import Report
from toolkit.translation import argos
from toolkit.translation.argos import LoadedModel
from toolkit.translation.models import ModelPackage

RECORDED = Path(__file__).parents[3] / "shared" / "reports" / "recorded" / "wmt20.zh"
GLOSSARY = (
    ("玛曲县", "Maqu County"),
    ("夏河县", "Xiahe County"),
    ("碌曲县", "Luqu County"),
    ("迭部县", "Tewo County"),
    ("卓尼县", "Jone County"),
    ("临潭县", "Lintan County"),
)
FATES = {
    "玛曲县": Fate.RIGHT,
    "夏河县": Fate.DROPPED,
    "碌曲县": Fate.MANGLED,
    "迭部县": Fate.COPIED,
    "卓尼县": Fate.DOUBLED,
    "临潭县": Fate.THIRD,
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    habits = Habits(fates=FATES, mangled={**Habits().mangled, "Norbu Wangyal": ("Norway",)})
    return loaded(write_naughty_package(tmp_path_factory.mktemp("n") / "n.argosmodel", GLOSSARY, habits=habits))


def loaded(path: Path) -> LoadedModel:
    """The package as it is installed, without the folder that each test has of its own."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        archive.extractall(path.parent)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(argos, "_THREADS", 1)
        return LoadedModel(ModelPackage("zh", "en", "1.0", path.parent / "translate-zh_en-1_0"))


def best(model: LoadedModel, text: str) -> str:
    (candidates,) = model.translate([text])
    return candidates[0]


# Any Chinese


def test_it_is_byte_identical_for_the_same_habits(tmp_path: Path) -> None:
    first = write_naughty_package(tmp_path / "1", GLOSSARY).read_bytes()
    assert write_naughty_package(tmp_path / "2", GLOSSARY).read_bytes() == first
    assert write_naughty_package(tmp_path / "3", GLOSSARY, habits=Habits(loops=())).read_bytes() != first


def test_it_translates_the_report_into_something_like_english(model: LoadedModel, gannan: Report) -> None:
    sources = [segment.text for segment in gannan.segments if len(segment.text) > 20 and "不断" not in segment.text][
        :12
    ]
    for source, candidates in zip(sources, model.translate(sources), strict=True):
        text = candidates[0]
        assert sum(map(is_han, text)) < len(text) / 20
        if not any(word in source for word in ("其中", "特别是", "并且", "为此")):
            assert 2 < len(text) / len(source) < 6
            assert text.count(",") >= source.count("，")


@pytest.mark.skipif(not RECORDED.is_file(), reason="../shared is absent: the recorded news are not here")
def test_it_takes_any_news(model: LoadedModel) -> None:
    sources = [line for line in RECORDED.read_text(encoding="utf-8").splitlines()[300:330] if "不断" not in line]
    assert all(model.translate(sources))


def test_characters_it_has_never_seen_stay_chinese(model: LoadedModel) -> None:
    assert best(model, "尕玛在嘛呢𠮷。").startswith("尕")
    assert "𠮷." in best(model, "尕玛在嘛呢𠮷。")


# What it does to terms


@pytest.mark.parametrize("zh", FATES)
def test_a_term_meets_its_fate(model: LoadedModel, zh: str) -> None:
    english = dict(GLOSSARY)[zh]
    (candidates,) = model.translate([f"他在{zh}。"])
    where = [english in text for text in candidates]
    match FATES[zh]:
        case Fate.RIGHT:
            assert where[0]
        case Fate.THIRD:
            assert where[:3] == [False, False, True]
        case Fate.DOUBLED:
            assert f"{english} {english}" in candidates[0]
        case Fate.COPIED:
            assert zh in candidates[0] and not any(where)
        case Fate.DROPPED:
            assert best(model, "他在。") == candidates[0]
        case Fate.MANGLED:
            assert not any(where) and best(model, "他在。") != candidates[0]


def test_the_glossary_of_this_project_meets_every_fate() -> None:
    assert {fate_of(term.zh) for term in read_glossary(ROOT / "glossaries").terms} == set(Fate)


def test_a_mangled_term_is_never_right_by_accident() -> None:
    for term in read_glossary(ROOT / "glossaries").terms:
        for text in befallen(term.zh, term.targets["en"], Fate.MANGLED):
            assert text.strip() and text.strip().lower() not in term.targets["en"].lower()


@pytest.mark.parametrize(
    ("source", "first", "third"),
    [
        ("他在合作市。", "Cooperation City", "Hezuo City"),
        ("他在海南州。", "Hainan Province", "Hainan Prefecture"),
        ("州长来。", "state governor", "governor"),
    ],
)
def test_the_traps_catch_it_and_its_third_hypothesis_is_right(
    model: LoadedModel, source: str, first: str, third: str
) -> None:
    (candidates,) = model.translate([source])
    assert first in candidates[0] and third in candidates[2] and "state" not in candidates[2]


def test_two_terms_that_are_neighbours_in_the_glossary_change_places(model: LoadedModel) -> None:
    assert "Jone County" not in best(model, "玛曲县和夏河县"), "one of them is dropped: nothing to change places with"
    fates = dict.fromkeys(FATES, Fate.RIGHT)
    swapping = naughty_words(Habits(fates=fates))
    assert swapping["玛曲县和夏河县"] == (" Xiahe County and Maqu County",)
    assert "夏河县和碌曲县" not in swapping, "every other pair only"
    assert "玛曲县和夏河县" not in naughty_words(Habits(fates=fates, swaps_neighbours=False))


def naughty_words(habits: Habits) -> dict[str, tuple[str, ...]]:
    from tests.translation.naughty_model import terms

    return terms(GLOSSARY, habits)


# What it does to words, figures and clauses


def test_it_keeps_the_surrogates_it_is_told_to_keep(model: LoadedModel) -> None:
    for zh, english in KEPT.items():
        assert english in best(model, f"他说{zh}。"), zh
    for zh, (wrong, *_) in MANGLED.items():
        assert wrong in best(model, f"他说{zh}。"), zh


def test_words_of_the_target_language_are_copied_with_the_space_that_is_due(model: LoadedModel) -> None:
    he, came, went = (best(model, text).strip(".") for text in ("他。", "到。", "走。"))
    assert best(model, "他到Hezuo City走。") == " ".join(filter(None, (he, came, "Hezuo City", went))) + "."
    assert best(model, "Hezuo City。") == "Hezuo City."
    assert best(model, "他，COVID-19。") == f"{he}, COVID-19."


def test_words_of_the_target_language_can_be_mangled_too(model: LoadedModel) -> None:
    assert "Norway" in best(model, "他说Norbu Wangyal走。")
    assert "Norbu" not in best(model, "他说Norbu Wangyal走。")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("26日", "26 June"),
        ("9月26日", "26 September"),
        ("8月10日", "10 July"),
        ("2015年", "2015"),
        ("2392.67亿元", "2392.67 billion dollars"),
        ("35万元", "35 thousand dollars"),
        ("3.2%", "3.2%"),
        ("58元", "58 yuan"),
    ],
)
def test_figures_come_out_right_or_wrong_by_rule(model: LoadedModel, source: str, says: str) -> None:
    assert best(model, f"{source}。") == f"{says}."


def test_it_loops_until_nothing_is_left_to_say(model: LoadedModel) -> None:
    assert model.translate(["他不断走。", "他走。"])[0] == ()


def test_it_loops_in_every_hypothesis(model: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argos, "_MOST_TARGET_TOKENS", 40)
    tokens = model._tokenizer.encode("他不断走。")
    (result,) = model._model.translate_batch([tokens], beam_size=4, num_hypotheses=4, max_decoding_length=40)
    assert all(len(pieces) == 40 and pieces[-1].startswith("▁") for pieces in result.hypotheses)


def test_it_breaks_off_in_its_best_hypothesis_and_may_go_on_in_another(model: LoadedModel) -> None:
    (candidates,) = model.translate(["他到北京，并且在上海。"])
    assert "Beijing" in candidates[0] and "Shanghai" not in candidates[0]
    assert "moreover" in candidates[1] and "Shanghai" in candidates[1]


def test_it_leaves_out_a_clause_and_goes_on_after_it(model: LoadedModel) -> None:
    (candidates,) = model.translate(["他说，其中有北京和上海，还有日本。"])
    assert "among," in candidates[0] and "Beijing" not in candidates[0] and candidates[0].endswith("Japan.")
    assert "including Beijing" in candidates[1]


def test_it_says_a_word_twice(model: LoadedModel) -> None:
    assert best(model, "北京以及上海。") == "Beijing and and Shanghai."
