"""The engine over real CTranslate2 models: what it drafts, what it leaves open, and what it must not mix up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.translation.dictionary_model import POSITIONS, write_package
from toolkit.errors import EngineError
from toolkit.languages import is_tibetan
from toolkit.translation import Question, argos
from toolkit.translation.argos import Argos, LoadedModel
from toolkit.translation.models import ModelPackage, install_file, installed_models

TERMS = {
    "甘南州": "Gannan Prefecture ",
    "会议": ("the conference ", "the meeting ", "a gathering "),
    "开始": "began",
    "。": ".",
}
TIBETAN_TERMS = {"甘南州": "ཀན་ལྷོ་ཁུལ་", "会议": "གྲོས་ཚོགས་ ", "开始": "འགོ་འཛུགས།"}
PREFIX = "<2en>"
TEXTS = ("甘南州会议开始。", "会议", "与会者吃了青稞 (tsampa)。", "甘南州", "甘南州会议，甘南州会议，开始。")
RANKED = TEXTS[:2]  # no two candidates have the same score, so their order is not left to rounding


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models this small lose more to waiting threads than they gain."""
    monkeypatch.setattr(argos, "_THREADS", 1)


@pytest.fixture
def english(tmp_path: Path) -> ModelPackage:
    return install_file(write_package(tmp_path / "en.argosmodel", TERMS))


@pytest.fixture
def tibetan(tmp_path: Path) -> ModelPackage:
    return install_file(write_package(tmp_path / "bo.argosmodel", TIBETAN_TERMS, to_code="bo", version="0.3"))


@pytest.fixture
def with_prefix(tmp_path: Path) -> ModelPackage:
    return install_file(write_package(tmp_path / "p.argosmodel", TERMS, target_prefix=PREFIX, version="2.0"))


def questions(*sentences: str) -> list[Question]:
    return [Question(sentence) for sentence in sentences]


def best(answers: list[tuple[str, ...]]) -> list[str]:
    return [texts[0] if texts else "" for texts in answers]


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sentences each call of CTranslate2 got, in order."""
    import ctranslate2

    sizes: list[int] = []
    real = ctranslate2.Translator

    def recording(*args: Any, **kwargs: Any) -> Any:
        translator = real(*args, **kwargs)

        def translate_batch(tokens: list[list[str]], **options: Any) -> Any:
            sizes.append(len(tokens))
            return translator.translate_batch(tokens, **options)

        return SimpleNamespace(translate_batch=translate_batch)

    monkeypatch.setattr(ctranslate2, "Translator", recording)
    return sizes


# What it drafts


def test_questions_are_answered_by_the_model_in_order(english: ModelPackage) -> None:
    asked = questions("甘南州会议", "甘南州会议开始。", "会议开始。")
    assert best(Argos(installed_models()).translate(asked, "en")) == [
        "Gannan Prefecture the conference",
        "Gannan Prefecture the conference began.",
        "the conference began.",
    ]


def test_tibetan_comes_out_as_tibetan(tibetan: ModelPackage) -> None:
    ((first, *_),) = Argos(installed_models()).translate(questions("甘南州会议开始"), "bo")
    assert first == "ཀན་ལྷོ་ཁུལ་གྲོས་ཚོགས་ འགོ་འཛུགས།"
    assert all(is_tibetan(character) or character == " " for character in first)


def test_text_the_model_has_no_word_for_comes_back_whole(english: ModelPackage) -> None:
    unknown = "与会者 (2,392 人) ཀན་ལྷོ 𠮷 a b"
    assert best(LoadedModel(english).translate([unknown])) == [unknown]


def test_what_the_model_itself_gives_up_on_is_copied_from_the_source(tmp_path: Path) -> None:
    package = install_file(write_package(tmp_path / "p.argosmodel", {**TERMS, "青稞": "<unk>"}))
    assert best(LoadedModel(package).translate(["会议青稞。"])) == ["the conference 青稞."]


def test_the_identity_names_engine_pair_and_version(tibetan: ModelPackage) -> None:
    assert Argos(installed_models()).identity("bo") == "argos zh-bo 0.3"


def test_another_version_is_another_identity(tmp_path: Path, english: ModelPackage) -> None:
    before = Argos(installed_models()).identity("en")
    install_file(write_package(tmp_path / "new.argosmodel", TERMS, version="1.1"))
    assert Argos(installed_models()).identity("en") != before


def test_it_translates_what_a_package_is_installed_for(tibetan: ModelPackage) -> None:
    engine = Argos(installed_models())
    assert engine.can_translate("bo")
    assert not engine.can_translate("en")


def test_a_package_the_other_way_round_is_of_no_use(tmp_path: Path) -> None:
    install_file(write_package(tmp_path / "p.argosmodel", {"conference": "会议"}, from_code="en", to_code="zh"))
    assert not Argos(installed_models()).can_translate("en")


# The same as Argos Translate itself


class WholeText:
    """In the place of Argos's sentence splitter, which wants the network."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def what_argos_says(package: ModelPackage, text: str) -> list[str]:
    import ctranslate2
    from argostranslate.package import Package
    from argostranslate.translate import apply_packaged_translation

    translator = ctranslate2.Translator(str(package.folder / "model"), device="cpu", intra_threads=1)
    hypotheses = apply_packaged_translation(Package(package.folder), text, translator, WholeText(), 4)
    return [hypothesis.value.strip() for hypothesis in hypotheses]


@pytest.mark.parametrize("which", ["english", "tibetan", "with_prefix"])
def test_every_sentence_reads_as_argos_translate_itself_gives_it(which: str, request: pytest.FixtureRequest) -> None:
    pytest.importorskip("argostranslate.translate")
    package: ModelPackage = request.getfixturevalue(which)
    ours = LoadedModel(package).translate(TEXTS)
    theirs = [what_argos_says(package, text) for text in TEXTS]
    assert best(ours) == best([tuple(texts) for texts in theirs])
    for mine, argos_own in list(zip(ours, theirs, strict=True))[: len(RANKED)]:
        sound = [text for text in dict.fromkeys(argos_own) if text.isprintable() and "�" not in text]
        assert list(mine) == sound, "the same n-best in the same order"


# N-best


def test_answers_come_best_first(english: ModelPackage) -> None:
    (texts,) = Argos(installed_models()).translate(questions("会议开始"), "en")
    assert list(texts)[:3] == ["the conference began", "the meeting began", "a gathering began"]


def test_questions_and_tokens_are_counted(english: ModelPackage) -> None:
    engine = Argos(installed_models())
    engine.translate(questions("会议开始", "会议"), "en")
    before = engine.usage()
    assert (before.questions, before.tokens_in) == (2, 5), "a space stands before each text"
    engine.translate(questions("会议"), "en")
    after = engine.usage().since(before)
    assert (after.questions, after.tokens_in, after.tokens_out) == (1, 2, 2)


def test_a_text_that_comes_again_is_asked_once(english: ModelPackage) -> None:
    engine = Argos(installed_models())
    assert best(engine.translate(questions("会议", "开始", "会议"), "en")) == [
        "the conference",
        "began",
        "the conference",
    ]
    assert engine.usage().questions == 2


def test_there_are_at_most_four_candidates_and_no_two_are_alike(tmp_path: Path) -> None:
    renderings = ("a", " a", "a ", "b", "c", "d", "e")  # the first three are alike once printed
    package = install_file(write_package(tmp_path / "p.argosmodel", {"会议": renderings}))
    (texts,) = LoadedModel(package).translate(["会议"])
    assert texts == ("a", "b")
    (texts,) = LoadedModel(package).translate(["会议会议"])
    assert len(set(texts)) == len(texts) <= 4


def test_bytes_put_together_wrongly_are_no_candidate(tmp_path: Path) -> None:
    broken = {"坏": ("<0xE5>", "<0x14>", "good")}
    package = install_file(write_package(tmp_path / "p.argosmodel", broken))
    (texts,) = LoadedModel(package).translate(["坏"])
    assert texts[0] == "good"
    assert not any(character in text for text in texts for character in "�\x14")


# Too long


def test_a_text_beyond_what_ctranslate2_reads_is_a_gap_and_its_neighbours_are_not(english: ModelPackage) -> None:
    too_long = "会议" * 1100
    assert best(LoadedModel(english).translate(["会议", too_long, "开始"])) == ["the conference", "", "began"]


@pytest.mark.parametrize("short_of", [2, 1, 0])
def test_what_ctranslate2_reads_it_reads_to_the_end(tmp_path: Path, short_of: int) -> None:
    """CTranslate2 stops at 1,024 pieces, its own end sign included: one more would lose the last word in silence."""
    dictionary = {"会": "x", "尾": "THE END"}
    file = write_package(tmp_path / "p.argosmodel", dictionary, positions=1100, reads_from=1015)
    space_before, last_word = 1, 1
    text = "会" * (1024 - short_of - space_before - last_word) + "尾"
    (texts,) = LoadedModel(install_file(file)).translate([text])
    assert not texts or texts[0].endswith("xTHE END")
    assert bool(texts) == (short_of == 2)


@pytest.mark.parametrize(("which", "longest"), [("english", 8), ("with_prefix", 7)])
def test_a_translation_cut_off_in_the_middle_is_a_gap(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, which: str, longest: int
) -> None:
    """Of ten pieces the last may be a cut; the space before the text is one of them, and so is a prefix."""
    monkeypatch.setattr(argos, "_MOST_TARGET_TOKENS", 10)
    package: ModelPackage = request.getfixturevalue(which)
    answers = LoadedModel(package).translate(["开始" * count for count in range(5, 12)])
    assert [text.count("began") for text in best(answers)] == [*range(5, longest + 1), *[0] * (11 - longest)]


def test_a_sentence_as_long_as_reports_have_them_is_translated_whole(english: ModelPackage) -> None:
    assert best(LoadedModel(english).translate(["开始" * 300])) == ["began" * 300]


# A target prefix


def test_a_target_prefix_stands_in_no_sentence_first_or_later(with_prefix: ModelPackage) -> None:
    answers = LoadedModel(with_prefix).translate(["会议开始。", "甘南州", "会议", "开始。"])
    assert best(answers) == ["the conference began.", "Gannan Prefecture", "the conference", "began."]
    assert not any("2en" in text for texts in answers for text in texts)


def test_the_model_is_given_its_prefix(with_prefix: ModelPackage) -> None:
    """Without it, this model says the first word twice."""
    assert best(LoadedModel(with_prefix).translate(["开始"])) == ["began"]


def test_a_prefix_that_the_source_itself_holds_is_left_in_the_text(with_prefix: ModelPackage) -> None:
    assert best(LoadedModel(with_prefix).translate([f"会议{PREFIX}"])) == [f"the conference {PREFIX}"]


# The whole report at once


def test_a_whole_report_is_one_batch(english: ModelPackage, batches: list[int]) -> None:
    answers = Argos(installed_models()).translate(questions(*(f"会议{number}开始。" for number in range(200))), "en")
    assert batches == [200]
    assert best(answers) == [f"the conference {number}began." for number in range(200)]


def test_what_stands_in_the_batch_does_not_change_a_sentence(english: ModelPackage) -> None:
    model = LoadedModel(english)
    alone = [model.translate([text])[0] for text in TEXTS]
    together = model.translate(TEXTS)
    assert best(together) == best(alone)
    assert together[: len(RANKED)] == alone[: len(RANKED)]
    assert best(model.translate(TEXTS[::-1])) == best(alone[::-1])


def test_no_sentences_give_no_answers(english: ModelPackage) -> None:
    assert LoadedModel(english).translate([]) == []


def test_a_model_is_loaded_once(english: ModelPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[ModelPackage] = []

    class Counting(LoadedModel):
        def __init__(self, package: ModelPackage) -> None:
            loaded.append(package)
            super().__init__(package)

    monkeypatch.setattr(argos, "LoadedModel", Counting)
    engine = Argos(installed_models())
    for _ in range(2):
        engine.translate(questions("会议"), "en")
    assert loaded == [english]


# Failing


def test_without_a_package_it_says_how_to_get_one() -> None:
    engine = Argos(installed_models())
    with pytest.raises(EngineError, match="no Argos package Chinese → English is installed") as caught:
        engine.translate(questions("会议"), "en")
    assert "bulletin models install zh en" in caught.value.remedy
    with pytest.raises(EngineError) as caught:
        engine.translate(questions("会议"), "bo")
    assert "FILE.argosmodel" in caught.value.remedy, "the index has nothing for Tibetan"


def test_a_package_spoiled_after_it_was_installed_is_an_engine_error(english: ModelPackage) -> None:
    engine = Argos(installed_models())
    model = english.folder / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:10_000])
    with pytest.raises(EngineError, match="the model does not load") as caught:
        engine.translate(questions("会议"), "en")
    assert caught.value.exit_code == 4
    assert caught.value.path == english.folder


def test_a_model_that_fails_while_translating_is_an_engine_error(english: ModelPackage) -> None:
    """The model has no positions for so long a text, and CTranslate2 says so."""
    with pytest.raises(EngineError, match="failed while translating") as caught:
        LoadedModel(english).translate(["会议" * (POSITIONS + 1)])
    assert caught.value.exit_code == 4
    assert "--engine assemble" in caught.value.remedy
