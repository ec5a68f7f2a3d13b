"""Making an Argos package of a CTranslate2 model and a SentencePiece model: `bulletin models pack`.

An `.argosmodel` is a zip with one folder in it: `metadata.json`, `sentencepiece.model` and `model/`, the CTranslate2
folder.  Multilingual models are told the languages by tags, and there are two families of them:

====== ==================================== ==============================
family the model reads                      and begins its translation with
====== ==================================== ==============================
NLLB   `zho_Hans` text `</s>`               `bod_Tibt`
MADLAD `<2bo>` text `</s>`                  nothing
====== ==================================== ==============================

The tag of the target goes into Argos's own key `target_prefix`.  For the tag of the source Argos has no key, but
CTranslate2 has: its config puts `bos_token` before and `eos_token` behind the text when `add_source_bos` and
`add_source_eos` say so (converters write `false`, because Transformers' tokenizers add them).  The package's copy of
the config says so; the package is then right for Argos Translate itself too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from packaging.version import InvalidVersion, Version

from toolkit.errors import BulletinError, EngineError, OutputError, SettingsError
from toolkit.files import json_bytes
from toolkit.languages import NAMES, Language
from toolkit.translation.trial import try_in_a_process

_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the shape of a BCP 47 tag
_TAG = re.compile(r"<2[A-Za-z_]+>|[a-z]{3}_[A-Z][a-z]{3}")  # MADLAD's and NLLB's
_USUAL_NAMES = ("sentencepiece.model", "sentencepiece.bpe.model", "spiece.model", "spm.model")
_PAPERS = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE")  # a licence travels with its model
_FEWEST_KNOWN_PIECES = 0.5  # of the tokenizer's pieces; a matching model knows nearly all of them, another's few
_ARGOS_FORMAT = "1.9"  # the `argos_version` that knows `target_prefix`
_NO_CLOCK = (2020, 1, 1, 0, 0, 0)
_CONVERT = "Convert the model first: ct2-transformers-converter --model NAME --quantization int8 --output_dir FOLDER"


def file_name(from_code: str, to_code: str, version: str) -> str:
    """The usual name of a package file: translate-zh_bo-1_0.argosmodel."""
    return f"{_top_folder(from_code, to_code, version)}.argosmodel"


def pack_package(
    model_folder: Path,
    pieces: Path | None,
    output: Path,
    *,
    from_code: str,
    to_code: str,
    version: str = "1.0",
    source_tag: str = "",
    target_tag: str = "",
    source_end: bool | None = None,
    force: bool = False,
) -> Path:
    """Write the package of a CTranslate2 model to `output`, and return `output`.

    `pieces` is the SentencePiece file; None takes the one in `model_folder`.  `source_tag` is put before every
    source text, `target_tag` begins every translation.  `source_end` says whether the model wants its end sign
    after the source: None leaves that to the model's config, or to the source tag, which brings it along.

    The package is tried in a process of its own before it is written; it is there whole or not at all, and has the
    same bytes for the same input.  Raises `SettingsError` for arguments that cannot be meant, and for an `output`
    that is there already unless `force`; `EngineError` for a model that is incomplete, does not know its tags, does
    not fit its SentencePiece model or does not translate; `OutputError` when `output` cannot be written.
    """
    _check_arguments(model_folder, output, from_code, to_code, version, force)
    model = _read_model(model_folder)
    _check_tags(model, source_tag, target_tag, model_folder)
    pieces = pieces or _pieces_in(model_folder)
    _check_pieces(pieces, model, model_folder)
    metadata = {
        "package_version": version,
        "argos_version": _ARGOS_FORMAT,
        "from_code": from_code,
        "from_name": _name_of(from_code),
        "to_code": to_code,
        "to_name": _name_of(to_code),
    }
    if target_tag:
        metadata["target_prefix"] = target_tag
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=".pack-") as name:
            staging = Path(name) / _top_folder(from_code, to_code, version)
            (staging / "model").mkdir(parents=True)
            (staging / "metadata.json").write_bytes(json_bytes(metadata))
            (staging / "model" / "config.json").write_bytes(json_bytes(_config(model, source_tag, source_end)))
            _put(pieces, staging / "sentencepiece.model")
            for file in model.files:
                _put(file, staging / "model" / file.name)
            for paper in _PAPERS:
                if (model_folder / paper).is_file():
                    _put(model_folder / paper, staging / paper)
            _try(staging, model_folder)
            _write_archive(staging, output)
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror or fault})",
            path=output,
            remedy="Make room or mend the permissions of the folder, then run the command again",
        ) from fault
    return output


@dataclass(frozen=True)
class _Model:
    """A CTranslate2 folder: its config, what it reads, what it writes, and its other files."""

    config: dict[str, Any]
    source_vocabulary: frozenset[str]
    target_vocabulary: frozenset[str]
    files: tuple[Path, ...]


def _check_arguments(model_folder: Path, output: Path, from_code: str, to_code: str, version: str, force: bool) -> None:
    for code in (from_code, to_code):
        if not _LANGUAGE_CODE.fullmatch(code):
            raise SettingsError(
                f"“{code}” is no language code",
                remedy="Write one such as zh or bo; what the model itself calls a language is its tag (--target-tag)",
            )
    if from_code == to_code:
        raise SettingsError(f"“{from_code}” is both source and target", remedy="Name two languages")
    try:
        Version(version)
    except InvalidVersion as fault:
        raise SettingsError(f"“{version}” is no version", remedy="Write one such as 1.0") from fault
    if not model_folder.is_dir():
        raise SettingsError("there is no such folder", path=model_folder, remedy="Name the folder of a model")
    if output.is_dir():
        raise SettingsError("is a folder", path=output, remedy="Name a file that ends in .argosmodel")
    if output.exists() and not force:
        raise SettingsError("is there already", path=output, remedy="Write to another file, or add --force")


def _read_model(folder: Path) -> _Model:
    for name in ("model.bin", "config.json"):
        if not (folder / name).is_file():
            raise EngineError(f"is no CTranslate2 model: it has no {name}", path=folder, remedy=_CONVERT)
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise EngineError(
            f"cannot be read ({fault})", path=folder / "config.json", remedy="Convert the model again"
        ) from fault
    if not isinstance(config, dict):
        raise EngineError("holds no settings", path=folder / "config.json", remedy="Convert the model again")
    shared = _vocabulary_file(folder, "shared_vocabulary")
    source, target = (shared or _vocabulary_file(folder, f"{side}_vocabulary") for side in ("source", "target"))
    if source is None or target is None:
        raise EngineError(
            "is no translation model: it lacks a vocabulary of source or target",
            path=folder,
            remedy="Only encoder-decoder models with one source vocabulary can be packed",
        )
    mapping = folder / "vmap.txt"
    files = {folder / "model.bin", source, target, *([mapping] if mapping.is_file() else [])}
    return _Model(config, _read_vocabulary(source), _read_vocabulary(target), tuple(sorted(files)))


def _vocabulary_file(folder: Path, stem: str) -> Path | None:
    return next((path for path in (folder / f"{stem}.json", folder / f"{stem}.txt") if path.is_file()), None)


def _read_vocabulary(path: Path) -> frozenset[str]:
    try:
        text = path.read_text(encoding="utf-8")
        tokens = json.loads(text) if path.suffix == ".json" else text.splitlines()
        return frozenset(cast("Iterable[str]", tokens))
    except (OSError, ValueError, TypeError) as fault:
        raise EngineError(f"cannot be read ({fault})", path=path, remedy="Convert the model again") from fault


def _check_tags(model: _Model, source_tag: str, target_tag: str, folder: Path) -> None:
    for side, tag, vocabulary in (
        ("source", source_tag, model.source_vocabulary),
        ("target", target_tag, model.target_vocabulary),
    ):
        if tag and tag not in vocabulary:
            letters = re.sub(r"[^A-Za-z]", "", tag)[:2].lower()
            alike = [token for token in _tags_in(vocabulary) if re.sub(r"[^A-Za-z]", "", token).startswith(letters)]
            raise EngineError(
                f"the model has no {side} tag “{tag}”",
                path=folder,
                remedy=f"Perhaps it is {' or '.join(alike[:5])}"
                if alike
                else "See the model's own papers for its tags",
            )
    tags = _tags_in(model.target_vocabulary) or _tags_in(model.source_vocabulary)
    if len(tags) > 1 and not source_tag and not target_tag:
        raise SettingsError(
            f"the model knows {len(tags)} languages by tags, such as {tags[0]}, and is not told which to write",
            path=folder,
            remedy="Add --source-tag zho_Hans --target-tag bod_Tibt (NLLB) or --source-tag '<2bo>' (MADLAD)",
        )


def _tags_in(vocabulary: frozenset[str]) -> list[str]:
    return sorted(token for token in vocabulary if _TAG.fullmatch(token))


def _pieces_in(folder: Path) -> Path:
    found = next((folder / name for name in _USUAL_NAMES if (folder / name).is_file()), None)
    if found is None:
        raise SettingsError(
            f"holds no SentencePiece model ({', '.join(_USUAL_NAMES)})", path=folder, remedy="Name it with --pieces"
        )
    return found


def _check_pieces(path: Path, model: _Model, folder: Path) -> None:
    from sentencepiece import SentencePieceProcessor

    if not path.is_file():
        raise SettingsError("there is no such file", path=path, remedy="Name a SentencePiece model with --pieces")
    try:
        processor: Any = SentencePieceProcessor(model_file=str(path))
        count: int = processor.get_piece_size()
        known = sum(processor.id_to_piece(number) in model.source_vocabulary for number in range(count))
    except (RuntimeError, OSError, ValueError) as fault:
        raise EngineError("is no SentencePiece model", path=path, remedy="Name another with --pieces") from fault
    if known < count * _FEWEST_KNOWN_PIECES:
        raise EngineError(
            f"belongs to another model: of its {count} pieces, the model in {folder} knows {known}",
            path=path,
            remedy="Name the SentencePiece model that came with the model",
        )


def _config(model: _Model, source_tag: str, source_end: bool | None) -> dict[str, Any]:
    """The model's config, with its tag for a source and whether its source has an end."""
    config = dict(model.config)
    if source_tag:
        # the decoder starts with the old one where the config names no other
        config.setdefault("decoder_start_token", config.get("bos_token", "<s>"))
        config |= {"bos_token": source_tag, "add_source_bos": True, "add_source_eos": True}
    if source_end is not None:
        config["add_source_eos"] = source_end
    return config


def _name_of(code: str) -> str:
    return NAMES.get(cast("Language", code), code)


def _top_folder(from_code: str, to_code: str, version: str) -> str:
    return f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"


def _put(file: Path, there: Path) -> None:
    """Make `file` readable at `there`; models run to gigabytes, so without a copy where the system can."""
    try:
        there.symlink_to(file.resolve())
    except OSError:
        shutil.copyfile(file, there)


def _try(staging: Path, model_folder: Path) -> None:
    try:
        try_in_a_process(staging)
    except BulletinError as fault:
        raise EngineError(
            f"packed, it does not translate: {fault.problem}",
            path=model_folder,
            remedy="See whether model, SentencePiece model and tags belong together",
        ) from fault


def _write_archive(folder: Path, output: Path) -> None:
    """Zip `folder` into `output`.  Stored, not packed: weights hardly shrink, and zlib's bytes differ by version."""
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                    member = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), _NO_CLOCK)
                    member.create_system, member.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
                    member.file_size = file.stat().st_size
                    with file.open("rb") as source, archive.open(member, "w") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
