"""Packing models: a folder of CTranslate2 and a SentencePiece file become a package that speaks the right language."""

from __future__ import annotations

import json
import os
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.translation.dictionary_model import END, members_of, sentencepiece_model, write_package
from tests.translation.mood_model import Lexicon, spaced, write_model
from toolkit.errors import BulletinError, EngineError, OutputError, SettingsError
from toolkit.translation import pack
from toolkit.translation.argos import LoadedModel
from toolkit.translation.models import ModelPackage, install_file, installed_models
from toolkit.translation.pack import file_name, pack_package

WORDS = {
    "会议": ("the conference ", "ཚོགས་འདུ་"),
    "今天": ("today ", "དེ་རིང་"),
    "开始": ("began", "འགོ་ཚུགས"),
    "。": (".", "།"),
}
SENTENCE, IN_ENGLISH, IN_TIBETAN = "会议今天开始。", "the conference today began.", "ཚོགས་འདུ་དེ་རིང་འགོ་ཚུགས།"
RENDERINGS = {zh: {spaced(en): 1.0, spaced(bo): 0.9} for zh, (en, bo) in WORDS.items()}
IN_TIBETAN_MOOD = {spaced(bo): {"Tibetan": 0.4} for _, bo in WORDS.values()}


@pytest.fixture(autouse=True)
def tried_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installing tries a package in a process of its own, and that is slow enough; packing does so where it counts."""
    if "process" not in request.node.name:
        monkeypatch.setattr(pack, "try_in_a_process", lambda folder: LoadedModel(ModelPackage("", "", "", folder)))


@pytest.fixture
def nllb(tmp_path: Path) -> Path:
    """Reads from the second piece on, as the first is a tag; English until a tag in the target says otherwise."""
    lexicon = Lexicon(
        RENDERINGS,
        source_moods={"zho_Hans": "from Chinese", "bod_Tibt": "from Tibetan"},
        target_moods={"eng_Latn": "English", "bod_Tibt": "Tibetan"},
        favours=IN_TIBETAN_MOOD,
        start=END,
        first_position=1,
    )
    return converted(tmp_path / "nllb", lexicon, "sentencepiece.bpe.model")


@pytest.fixture
def madlad(tmp_path: Path) -> Path:
    """Reads from the second piece on; English until a tag in the source says otherwise."""
    lexicon = Lexicon(
        RENDERINGS,
        source_moods={"<2en>": "English", "<2bo>": "Tibetan"},
        favours=IN_TIBETAN_MOOD,
        start="<unk>",
        first_position=1,
    )
    return converted(tmp_path / "madlad", lexicon, "spiece.model")


def converted(folder: Path, lexicon: Lexicon, pieces: str) -> Path:
    """As ct2-transformers-converter leaves it: no sign before or after the source."""
    write_model(folder, lexicon, add_source_bos=False, add_source_eos=False)
    (folder / pieces).write_bytes(sentencepiece_model(WORDS))
    return folder


def packed(folder: Path, to_code: str = "bo", **arguments: Any) -> Path:
    output = folder.parent / f"{folder.name}-{to_code}.argosmodel"
    arguments = {"from_code": "zh", "to_code": to_code, **arguments}
    return pack_package(folder, arguments.pop("pieces", None), output, **arguments)


def answers(package_file: Path, *texts: str) -> list[str]:
    model = LoadedModel(install_file(package_file))
    return [candidates[0] if candidates else "" for candidates in model.translate(texts)]


# The right language


def test_an_nllb_model_speaks_the_language_of_its_target_tag(nllb: Path) -> None:
    tibetan = packed(nllb, source_tag="zho_Hans", target_tag="bod_Tibt")
    english = packed(nllb, "en", source_tag="zho_Hans", target_tag="eng_Latn")
    assert answers(tibetan, SENTENCE, "开始") == [IN_TIBETAN, "འགོ་ཚུགས"]
    assert answers(english, SENTENCE, "开始") == [IN_ENGLISH, "began"]


def test_a_madlad_model_speaks_the_language_of_its_source_tag(madlad: Path) -> None:
    assert answers(packed(madlad, source_tag="<2bo>"), SENTENCE, "开始") == [IN_TIBETAN, "འགོ་ཚུགས"]
    assert answers(packed(madlad, "en", source_tag="<2en>"), SENTENCE, "开始") == [IN_ENGLISH, "began"]


def test_these_models_answer_wrongly_without_their_tags(nllb: Path, madlad: Path) -> None:
    """So that the two tests before this one show something."""
    (no_source_tag,) = answers(packed(nllb, target_tag="bod_Tibt", source_end=True), "会议" + SENTENCE)
    assert no_source_tag == IN_TIBETAN, "the first word is taken for the tag"
    (no_target_tag,) = answers(packed(nllb, source_tag="zho_Hans", force=True), SENTENCE)
    assert no_target_tag == IN_ENGLISH
    (another_tag,) = answers(packed(madlad, source_tag="<2en>"), SENTENCE)
    assert another_tag == IN_ENGLISH


def test_the_end_of_the_source_is_set_where_a_model_wants_it(tmp_path: Path) -> None:
    """Without it, this model does not know where to stop, and its converter has left it out."""
    no_tags = converted(tmp_path / "no-tags", Lexicon(RENDERINGS), "sentencepiece.model")
    assert not json.loads((no_tags / "config.json").read_text())["add_source_eos"]
    assert answers(packed(no_tags, "en", source_end=True), SENTENCE) == [IN_ENGLISH]


@pytest.mark.parametrize("family", ["nllb", "madlad"])
def test_argos_translate_itself_reads_the_same_from_the_package(family: str, request: pytest.FixtureRequest) -> None:
    argos_translate = pytest.importorskip("argostranslate.translate")
    import ctranslate2
    from argostranslate.package import Package

    class WholeText:
        """In the place of Argos's sentence splitter, which wants the network."""

        def split_sentences(self, text: str) -> list[str]:
            return [text]

    tags = {"nllb": {"source_tag": "zho_Hans", "target_tag": "bod_Tibt"}, "madlad": {"source_tag": "<2bo>"}}[family]
    folder = install_file(packed(request.getfixturevalue(family), **tags)).folder
    translator = ctranslate2.Translator(str(folder / "model"), intra_threads=1)
    said = argos_translate.apply_packaged_translation(Package(folder), SENTENCE, translator, WholeText(), 4)
    tag_as_argos_leaves_it = {"nllb": "bod Tibt", "madlad": ""}[family]  # it makes spaces of _, then misses the tag
    assert said[0].value.strip() == tag_as_argos_leaves_it + IN_TIBETAN


def test_a_model_without_tags_is_packed_as_it_is(tmp_path: Path) -> None:
    members = members_of(write_package(tmp_path / "p.argosmodel", {"会议": "the conference"}))
    folder = tmp_path / "plain"
    folder.mkdir()
    for name in ("model.bin", "config.json", "source_vocabulary.json", "target_vocabulary.json"):
        (folder / name).write_bytes(members[f"model/{name}"])
    pieces = tmp_path / "its own name.spm"
    pieces.write_bytes(members["sentencepiece.model"])
    package = packed(folder, "en", pieces=pieces, version="2.1")
    again = members_of(package)
    assert json.loads(again["model/config.json"]) == json.loads(members["model/config.json"])
    assert again["model/model.bin"] == members["model/model.bin"]
    assert answers(package, "会议") == ["the conference"]
    assert installed_models().packages[0].identity == "zh-en 2.1"


# The file


def test_a_package_holds_what_argos_asks_for_and_the_licence_of_the_model(nllb: Path) -> None:
    (nllb / "LICENSE").write_text("CC-BY-NC-4.0")
    (nllb / "tokenizer.json").write_text("{}")
    package = packed(nllb, source_tag="zho_Hans", target_tag="bod_Tibt")
    with zipfile.ZipFile(package) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"translate-zh_bo-1_0"}
    members = members_of(package)
    assert set(members) == {
        "LICENSE",
        "metadata.json",
        "model/config.json",
        "model/model.bin",
        "model/source_vocabulary.json",
        "model/target_vocabulary.json",
        "sentencepiece.model",
    }
    metadata = json.loads(members["metadata.json"])
    assert metadata == {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": "zh",
        "from_name": "Chinese",
        "to_code": "bo",
        "to_name": "Tibetan",
        "target_prefix": "bod_Tibt",
    }
    assert file_name("zh", "bo", "1.0") == "translate-zh_bo-1_0.argosmodel"


def test_the_same_model_gives_the_same_bytes_whenever_and_wherever(tmp_path: Path, madlad: Path) -> None:
    first = packed(madlad, source_tag="<2bo>")
    elsewhere = shutil.copytree(madlad, tmp_path / "elsewhere")
    for file in elsewhere.iterdir():
        os.utime(file, (0, 0))
        file.chmod(0o600)
    assert packed(elsewhere, source_tag="<2bo>").read_bytes() == first.read_bytes()


def test_a_model_of_gigabytes_gets_a_zip_of_that_size(madlad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10_000)
    assert answers(packed(madlad, source_tag="<2bo>"), SENTENCE) == [IN_TIBETAN]


def test_a_file_that_is_there_is_replaced_only_when_told(madlad: Path) -> None:
    package = packed(madlad, source_tag="<2bo>")
    before = package.read_bytes()
    with pytest.raises(SettingsError, match=r"bo\.argosmodel: is there already.*--force"):
        packed(madlad, source_tag="<2en>")
    assert package.read_bytes() == before
    packed(madlad, source_tag="<2en>", force=True)
    assert answers(package, SENTENCE) == [IN_ENGLISH]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(madlad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = packed(madlad, source_tag="<2bo>")
    before, files = package.read_bytes(), sorted(madlad.parent.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(OutputError, match="No space left on device"):
        packed(madlad, source_tag="<2en>", force=True)
    assert package.read_bytes() == before
    assert sorted(madlad.parent.rglob("*")) == files


def test_where_links_are_not_allowed_files_are_copied(madlad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise OSError("a privilege is missing")

    linked = packed(madlad, source_tag="<2bo>").read_bytes()
    monkeypatch.setattr(Path, "symlink_to", forbidden)
    assert packed(madlad, source_tag="<2bo>", force=True).read_bytes() == linked


# What is refused


def spoil(folder: Path, how: str) -> dict[str, Any]:
    """Spoil a MADLAD-shaped folder; returns arguments."""
    arguments: dict[str, Any] = {"source_tag": "<2bo>"}
    noise = random.Random(8).randbytes(5000)
    match how:
        case "no folder":
            shutil.rmtree(folder)
        case "no model.bin":
            (folder / "model.bin").unlink()
        case "no config":
            (folder / "config.json").unlink()
        case "config no JSON":
            (folder / "config.json").write_text("<html>")
        case "config a list":
            (folder / "config.json").write_text("[]")
        case "no vocabulary":
            (folder / "target_vocabulary.json").unlink()
        case "vocabulary no JSON":
            (folder / "source_vocabulary.json").write_bytes(noise)
        case "model cut":
            (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:10_000])
        case "no pieces":
            (folder / "spiece.model").unlink()
        case "pieces not there":
            arguments["pieces"] = folder / "nowhere.model"
        case "pieces noise":
            (folder / "spiece.model").write_bytes(noise)
        case "pieces of another model":
            (folder / "spiece.model").write_bytes(sentencepiece_model(f"word {number}" for number in range(400)))
        case "another family's tag":
            arguments["source_tag"] = "bod_Tibt"
        case "an unknown tag":
            arguments["source_tag"] = "<2ru>"
        case "no tag":
            arguments = {}
        case "a target tag it has not":
            arguments["target_tag"] = "bod_Tibt"
        case "a tag for a language":
            arguments["to_code"] = "bod_Tibt"
        case "a path for a language":
            arguments["to_code"] = "../bo"
        case "into the same language":
            arguments["to_code"] = "zh"
        case "a version of no order":
            arguments["version"] = "new"
        case _:
            raise AssertionError(how)
    return arguments


REFUSED: dict[str, tuple[type[BulletinError], str]] = {
    "no folder": (SettingsError, "there is no such folder"),
    "no model.bin": (EngineError, "it has no model.bin. Convert the model first: ct2-transformers-converter"),
    "no config": (EngineError, "it has no config.json"),
    "config no JSON": (EngineError, "config.json: cannot be read"),
    "config a list": (EngineError, "config.json: holds no settings"),
    "no vocabulary": (EngineError, "lacks a vocabulary of source or target"),
    "vocabulary no JSON": (EngineError, "source_vocabulary.json: cannot be read"),
    "model cut": (EngineError, "packed, it does not translate: the model does not load"),
    "no pieces": (SettingsError, "Name it with --pieces"),
    "pieces not there": (SettingsError, "nowhere.model: there is no such file"),
    "pieces noise": (EngineError, "spiece.model: is no SentencePiece model"),
    "pieces of another model": (EngineError, "belongs to another model: of its 660 pieces"),
    "another family's tag": (EngineError, "the model has no source tag “bod_Tibt”. Perhaps it is <2bo>"),
    "an unknown tag": (EngineError, "the model has no source tag “<2ru>”. See the model's own papers"),
    "no tag": (SettingsError, "knows 2 languages by tags, such as <2bo>, and is not told which"),
    "a target tag it has not": (EngineError, "the model has no target tag “bod_Tibt”"),
    "a tag for a language": (SettingsError, "“bod_Tibt” is no language code"),
    "a path for a language": (SettingsError, "“../bo” is no language code"),
    "into the same language": (SettingsError, "“zh” is both source and target"),
    "a version of no order": (SettingsError, "“new” is no version"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_cannot_work_is_refused_with_a_reason_and_leaves_nothing(madlad: Path, how: str) -> None:
    kind, says = REFUSED[how]
    arguments = spoil(madlad, how)
    output = madlad.parent / "out" / "p.argosmodel"
    with pytest.raises(kind) as caught:
        pack_package(madlad, arguments.pop("pieces", None), output, **{"from_code": "zh", "to_code": "bo", **arguments})
    assert says in str(caught.value)
    assert not output.parent.exists() or not list(output.parent.iterdir())


def test_a_folder_of_model_names_can_be_given_as_output_by_mistake(madlad: Path) -> None:
    with pytest.raises(SettingsError, match="is a folder"):
        pack_package(madlad, None, madlad.parent, from_code="zh", to_code="bo", source_tag="<2bo>")


def test_a_package_is_tried_in_a_process_of_its_own(madlad: Path) -> None:
    assert packed(madlad, source_tag="<2bo>").is_file()
    (madlad / "model.bin").write_bytes(b"noise")
    with pytest.raises(EngineError, match="packed, it does not translate: the model does not load"):
        packed(madlad, source_tag="<2bo>", force=True)


def test_a_model_that_crashes_the_library_is_refused(madlad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(folder: Path) -> None:
        raise EngineError("the model crashes the translation library", path=folder, remedy="Download it again")

    monkeypatch.setattr(pack, "try_in_a_process", crash)
    with pytest.raises(EngineError, match="packed, it does not translate: the model crashes") as caught:
        packed(madlad, source_tag="<2bo>")
    assert caught.value.path == madlad, "not the folder it was tried in, which is gone"
