"""Model packages: installed whole or not at all, from a file or over loopback, and listed for what they are."""

from __future__ import annotations

import functools
import http.server
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argostranslate import package as argos_package
from argostranslate import settings as argos_settings

from tests.translation.dictionary_model import members_of, write_package, zip_of
from toolkit.errors import EngineError, SettingsError
from toolkit.translation import models
from toolkit.translation.argos import LoadedModel
from toolkit.translation.models import install_file, install_pair, installed_models, packages_folder

DICTIONARY = {"会议": "The conference ", "开始。": "began."}
NOWHERE = "http://127.0.0.1:9/"  # the discard port: refused at once


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A good package."""
    return write_package(tmp_path / "zh_en.argosmodel", DICTIONARY)


def listing() -> list[str]:
    """What lies in the packages folder, hidden or not."""
    return sorted(entry.name for entry in packages_folder().iterdir())


def translation(text: str = "会议开始。", to_code: str = "en") -> str:
    package = installed_models().for_pair("zh", to_code)
    assert package is not None
    return LoadedModel(package).translate([text])[0][0]


# The packages these tests are made of


def test_a_dictionary_package_is_byte_identical_for_the_same_dictionary(tmp_path: Path, file: Path) -> None:
    again = write_package(tmp_path / "again.argosmodel", DICTIONARY)
    other = write_package(tmp_path / "other.argosmodel", {**DICTIONARY, "结束": "ended"})
    assert again.read_bytes() == file.read_bytes() != other.read_bytes()


# Installing


def test_an_installed_file_is_listed_by_us_and_by_argos(file: Path) -> None:
    package = install_file(file)
    assert package.identity == "zh-en 1.0"
    assert installed_models() == models.InstalledModels((package,))
    (theirs,) = argos_package.get_installed_packages()
    assert (theirs.from_code, theirs.to_code, theirs.package_version) == ("zh", "en", "1.0")
    assert theirs.package_path == package.folder
    assert translation() == "The conference began."


@pytest.mark.parametrize("order", [("1.9", "1.10"), ("1.10", "1.9")], ids=["newer last", "newer first"])
def test_the_newer_version_wins_and_versions_are_no_decimals(tmp_path: Path, order: tuple[str, str]) -> None:
    for version in order:
        install_file(write_package(tmp_path / "p.argosmodel", {"会议": version}, version=version))
    assert len(installed_models().packages) == 2
    assert translation("会议") == "1.10"


def test_installing_again_replaces_the_package_whole(tmp_path: Path, file: Path) -> None:
    leftover = install_file(file).folder / "leftover.txt"
    leftover.touch()
    install_file(write_package(tmp_path / "new.argosmodel", {"会议": "meeting"}))
    assert not leftover.exists()
    assert listing() == ["translate-zh_en-1_0"]
    assert translation("会议") == "meeting"


def test_each_pair_of_languages_has_its_own_package(tmp_path: Path, file: Path) -> None:
    install_file(file)
    install_file(write_package(tmp_path / "bo.argosmodel", {"会议": "ཚོགས་འདུ།"}, to_code="bo"))
    assert translation("会议", "bo") == "ཚོགས་འདུ།"
    assert translation("会议", "en") == "The conference"
    assert installed_models().for_pair("bo", "zh") is None


def test_a_package_for_another_pair_does_not_take_the_folder_of_an_installed_one(tmp_path: Path, file: Path) -> None:
    install_file(file)
    tibetan = members_of(write_package(tmp_path / "p.argosmodel", {"会议": "ཚོགས་འདུ།"}, to_code="bo"))
    same_folder = repacked(tmp_path, tibetan, folder="translate-zh_en-1_0")
    with pytest.raises(EngineError, match=r"is taken by the package zh-en 1\.0"):
        install_file(same_folder)
    assert listing() == ["translate-zh_en-1_0"]
    assert translation() == "The conference began."


def test_a_broken_package_gives_way_to_a_good_one_in_the_same_folder(file: Path) -> None:
    (install_file(file).folder / "metadata.json").unlink()
    assert installed_models().packages == ()
    install_file(file)
    assert translation() == "The conference began."


def test_a_removed_package_is_gone(file: Path) -> None:
    models.remove(install_file(file))
    assert listing() == []
    assert installed_models().for_pair("zh", "en") is None


def test_a_file_that_is_not_there_is_a_mistake_of_usage(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.argosmodel: there is no such file"):
        install_file(tmp_path / "nowhere.argosmodel")


# Files that must not get in


def repacked(tmp_path: Path, members: dict[str, bytes], folder: str = "translate-zh_en-2_0") -> Path:
    path = tmp_path / "repacked.argosmodel"
    path.write_bytes(zip_of({f"{folder}/{name}": data for name, data in members.items()}))
    return path


ENTRY = b"PK\x01\x02"  # begins a member's entry in the directory at the end of a zip; offsets into it:
ENTRY_VERSION_NEEDED, ENTRY_FLAGS, ENTRY_CHECKSUM = 6, 8, 16


def with_byte_set(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + bytes([value]) + data[at + 1 :]


def spoiled(data: bytes, how: str) -> bytes:
    """A package file as disks, networks and strangers spoil it."""
    model = b"translate-zh_en-1_0/model/model.bin"
    match how:
        case "empty":
            return b""
        case "not a zip":
            return b"<html><title>Log in to the hotel network</title></html>"
        case "truncated":
            return data[: len(data) // 2]
        case "wrong checksum":
            return with_byte_set(
                data, data.rindex(ENTRY) + ENTRY_CHECKSUM, data[data.rindex(ENTRY) + ENTRY_CHECKSUM] ^ 1
            )
        case "packed data spoiled":
            packed = data.index(model) + len(model)
            return with_byte_set(data, packed, data[packed] | 0b110)
        case "from a later zip":
            return with_byte_set(data, data.rindex(ENTRY) + ENTRY_VERSION_NEEDED, 99)
        case "encrypted":
            return with_byte_set(data, data.rindex(ENTRY) + ENTRY_FLAGS, 1)
    raise AssertionError(how)


def with_members(data: dict[str, bytes], how: str) -> dict[str, bytes]:
    """The members of a package, `top/` in front, with one thing wrong."""
    top = {f"top/{name}": content for name, content in data.items()}
    model, noise = data["model/model.bin"], random.Random(8).randbytes(5000)
    match how:
        case "leads outside":
            return {**top, "top/../../evil.txt": b"x"}
        case "absolute":
            return {**top, "/evil.txt": b"x"}
        case "drive letter":
            return {**top, "C:/evil.txt": b"x"}
        case "backslash":
            return {**top, "top\\..\\evil.txt": b"x"}
        case "two folders":
            return {**top, "other/README.md": b"x"}
        case "hidden folder":
            return {f".{name}": content for name, content in top.items()}
        case "no folder":
            return dict(data)
        case "zip bomb":
            return {"top/metadata.json": data["metadata.json"], "top/zeros": bytes(10_000_000)}
        case "a file where a folder should be":
            return {**top, "top/model": b"x"}
        case "no metadata":
            return {name: content for name, content in top.items() if name != "top/metadata.json"}
        case "metadata no JSON":
            return {**top, "top/metadata.json": b"<html>"}
        case "metadata without languages":
            return {**top, "top/metadata.json": b'{"package_version": "1"}'}
        case "metadata a list":
            return {**top, "top/metadata.json": b"[]"}
        case "no model":
            return {name: content for name, content in top.items() if name != "top/model/model.bin"}
        case "model cut":
            return {**top, "top/model/model.bin": model[: len(model) // 2]}
        case "model empty":
            return {**top, "top/model/model.bin": b""}
        case "model noise":
            return {**top, "top/model/model.bin": noise}
        case "vocabulary missing":
            return {name: content for name, content in top.items() if name != "top/model/source_vocabulary.json"}
        case "no tokenizer":
            return {name: content for name, content in top.items() if name != "top/sentencepiece.model"}
        case "tokenizer cut":
            return {**top, "top/sentencepiece.model": data["sentencepiece.model"][:1000]}
        case "tokenizer empty":
            return {**top, "top/sentencepiece.model": b""}
        case "tokenizer noise":
            return {**top, "top/sentencepiece.model": noise}
    raise AssertionError(how)


BAD_FILES = {
    "empty": "not a whole zip",
    "not a zip": "not a whole zip",
    "truncated": "not a whole zip",
    "wrong checksum": "is damaged",
    "packed data spoiled": "cannot be unpacked",
    "from a later zip": "not a whole zip",
    "encrypted": "cannot be unpacked",
}
BAD_MEMBERS = {
    "leads outside": "leads outside",
    "absolute": "leads outside",
    "drive letter": "leads outside",
    "backslash": "leads outside",
    "two folders": "exactly one visible folder",
    "hidden folder": "exactly one visible folder",
    "no folder": "exactly one visible folder",
    "zip bomb": "too many or too large",
    "a file where a folder should be": "could not be unpacked",
    "no metadata": "metadata cannot be read",
    "metadata no JSON": "metadata cannot be read",
    "metadata without languages": "metadata cannot be read",
    "metadata a list": "metadata cannot be read",
    "no model": "no model/model.bin",
    "model cut": "model does not load",
    "model empty": "model does not load",
    "model noise": "model does not load",
    "vocabulary missing": "model does not load",
    "no tokenizer": "neither sentencepiece.model nor bpe.model",
    "tokenizer cut": "model does not load",
    "tokenizer empty": "model does not load",
    "tokenizer noise": "model does not load",
}


def assert_refused(path: Path, says: str, tmp_path: Path) -> None:
    """`path` is refused, and everything is as it was: the package installed before still works."""
    files_before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EngineError) as caught:
        install_file(path)
    assert says in caught.value.problem
    assert caught.value.exit_code == 4
    assert caught.value.path == path
    assert caught.value.remedy
    assert sorted(tmp_path.rglob("*")) == files_before
    assert translation() == "The conference began."


@pytest.mark.parametrize(("how", "says"), BAD_FILES.items())
def test_a_spoiled_file_is_refused_and_nothing_is_left_of_it(tmp_path: Path, file: Path, how: str, says: str) -> None:
    install_file(file)
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(spoiled(file.read_bytes(), how))
    assert bad.read_bytes() != file.read_bytes()
    assert_refused(bad, says, tmp_path)


@pytest.mark.parametrize(("how", "says"), BAD_MEMBERS.items())
def test_a_wrong_package_is_refused_and_nothing_is_left_of_it(tmp_path: Path, file: Path, how: str, says: str) -> None:
    install_file(file)
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(zip_of(with_members(members_of(file), how)))
    assert_refused(bad, says, tmp_path)


def test_a_wrong_package_leaves_the_one_it_would_replace_alone(tmp_path: Path, file: Path) -> None:
    install_file(file)
    members = {**members_of(file), "sentencepiece.model": b""}
    assert_refused(repacked(tmp_path, members, folder="translate-zh_en-1_0"), "model does not load", tmp_path)


def test_the_same_members_with_nothing_wrong_are_let_in(tmp_path: Path, file: Path) -> None:
    install_file(repacked(tmp_path, members_of(file), folder="top"))
    assert listing() == ["top"]


# Listing


def test_a_broken_folder_is_reported_and_does_not_hide_the_others(tmp_path: Path, file: Path) -> None:
    install_file(file)
    install_file(write_package(tmp_path / "bo.argosmodel", {"会议": "ཚོགས་འདུ།"}, to_code="bo"))
    broken = packages_folder() / "translate-aa_broken"
    broken.mkdir()
    (packages_folder() / "a file.txt").touch()
    installed = installed_models()
    assert {package.to_code for package in installed.packages} == {"en", "bo"}
    (problem,) = installed.problems
    assert problem.startswith(str(broken))
    assert "Delete the folder" in problem


def test_a_packages_folder_that_cannot_be_read_is_a_problem_told_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    installed = installed_models()
    assert installed.packages == ()
    assert "Permission denied" in installed.problems[0]


# Over the network, as far as 127.0.0.1


@dataclass
class Index:
    """A package index on this machine."""

    url: str
    folder: Path
    asked_for: list[str] = field(default_factory=list)

    def offer(self, *files: Path) -> None:
        """Put packages up, with the index that lists them."""
        entries = []
        for file in files:
            metadata = json.loads(members_of(file)["metadata.json"])
            (self.folder / file.name).write_bytes(file.read_bytes())
            entries.append({**metadata, "code": file.stem, "links": [f"{self.url}{file.name}"]})
        (self.folder / "index.json").write_text(json.dumps(entries), encoding="utf-8")


def use_index(url: str) -> None:
    argos_settings.remote_package_index = f"{url}index.json"


@pytest.fixture(autouse=True)
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is nowhere, and what Argos keeps of it and of downloads is this test's own."""
    monkeypatch.setattr(argos_settings, "remote_package_index", f"{NOWHERE}index.json")
    monkeypatch.setattr(argos_settings, "local_package_index", tmp_path / "index.json")
    monkeypatch.setattr(argos_settings, "downloads_dir", tmp_path / "downloads")
    (tmp_path / "downloads").mkdir()
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def index(tmp_path: Path, no_network: None) -> Iterator[Index]:
    folder = tmp_path / "server"
    folder.mkdir()
    asked_for: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            asked_for.append(self.path)

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.01), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        use_index(url)
        yield Index(url, folder, asked_for)
        server.shutdown()


def test_a_pair_is_fetched_from_the_index_and_installed(tmp_path: Path, index: Index, file: Path) -> None:
    index.offer(write_package(tmp_path / "zh_bo.argosmodel", {"会议": "x"}, to_code="bo"), file)
    assert install_pair("zh", "en") == installed_models().for_pair("zh", "en")
    assert translation() == "The conference began."
    assert [Path(path).name for path in index.asked_for] == ["index.json", "zh_en.argosmodel"]
    assert list((tmp_path / "downloads").iterdir()) == []


def test_of_several_versions_in_the_index_the_newest_is_fetched(tmp_path: Path, index: Index) -> None:
    versions = ("1.9", "1.10", "1.1")
    index.offer(*(write_package(tmp_path / f"v{one}.argosmodel", {"会议": one}, version=one) for one in versions))
    assert install_pair("zh", "en").version == "1.10"


def test_a_pair_the_index_lacks_is_told_with_another_way(index: Index, file: Path) -> None:
    index.offer(file)
    with pytest.raises(EngineError, match="has no package zh → bo") as caught:
        install_pair("zh", "bo")
    assert "bulletin models install FILE.argosmodel" in caught.value.remedy


@pytest.mark.parametrize("left_there", [b"half a downl", None], ids=["broken", "old"])
def test_what_an_earlier_download_left_is_not_taken_for_the_new_package(
    tmp_path: Path, index: Index, file: Path, left_there: bytes | None
) -> None:
    old = write_package(tmp_path / "old.argosmodel", {"会议": "old"}, version="0.1").read_bytes()
    (tmp_path / "downloads" / "translate-zh_en.argosmodel").write_bytes(left_there or old)
    index.offer(file)
    assert install_pair("zh", "en").version == "1.0"


def test_a_broken_download_can_be_tried_again(index: Index, file: Path) -> None:
    index.offer(file)
    (index.folder / file.name).write_bytes(file.read_bytes()[:5000])
    with pytest.raises(EngineError, match="not a whole zip"):
        install_pair("zh", "en")
    assert listing() == []
    index.offer(file)
    install_pair("zh", "en")
    assert translation() == "The conference began."


def test_a_package_the_index_lists_but_the_server_lacks_is_told(index: Index, file: Path) -> None:
    index.offer(file)
    (index.folder / file.name).unlink()
    with pytest.raises(EngineError, match="could not be fetched") as caught:
        install_pair("zh", "en")
    assert caught.value.remedy


def assert_offline_is_told() -> None:
    with pytest.raises(EngineError, match=r"the Argos package index cannot be re(ached|ad)") as caught:
        install_pair("zh", "en")
    assert caught.value.exit_code == 4
    assert "bulletin models install FILE.argosmodel" in caught.value.remedy
    assert listing() == []


def test_offline_the_remedy_is_a_file_from_elsewhere() -> None:
    assert_offline_is_told()


def test_offline_with_the_index_of_last_time_the_package_is_what_fails(index: Index, file: Path) -> None:
    index.offer(file)
    argos_package.update_package_index()
    use_index(NOWHERE)
    (index.folder / file.name).unlink()
    with pytest.raises(EngineError, match="could not be fetched"):
        install_pair("zh", "en")


def test_a_login_page_in_place_of_the_index_is_no_index(index: Index) -> None:
    (index.folder / "index.json").write_text("<html>Welcome to the hotel</html>", encoding="utf-8")
    assert_offline_is_told()


@pytest.mark.parametrize(
    "says",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[CLOSE"],
    ids=["says nothing", "stops in the middle", "hangs up in the middle"],
)
def test_a_dead_server_does_not_hold_us_for_ever(monkeypatch: pytest.MonkeyPatch, says: bytes) -> None:
    monkeypatch.setattr(models, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept_open: list[socket.socket] = []

        def answer() -> None:
            connection, _ = server.accept()
            connection.recv(4096)
            connection.sendall(says.removesuffix(b"CLOSE"))
            if says.endswith(b"CLOSE"):
                connection.close()
            kept_open.append(connection)

        threading.Thread(target=answer, daemon=True).start()
        use_index(f"http://127.0.0.1:{server.getsockname()[1]}/")
        started = time.monotonic()
        assert_offline_is_told()
        assert time.monotonic() - started < 4
        for connection in kept_open:
            connection.close()
    assert socket.getdefaulttimeout() is None


# What must stay out of the process


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., list[str]]:
    """Run Python in a fresh process with a home of its own; returns the lines it printed."""

    def run(code: str, **environment: str) -> list[str]:
        own = {"HOME": str(tmp_path), "ARGOS_PACKAGE_INDEX": NOWHERE, "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**own, **environment},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.splitlines()

    return run


def test_installing_and_translating_load_no_agpl_module_no_onnx_and_no_torch(
    tmp_path: Path, file: Path, run_python: Callable[..., list[str]]
) -> None:
    folder = tmp_path / "elsewhere"
    translated, listed, loaded = run_python(
        f"""
import sys
from pathlib import Path
from toolkit.errors import EngineError
from toolkit.translation.argos import LoadedModel
from toolkit.translation.models import install_file, install_pair, installed_models
print(LoadedModel(install_file(Path({str(file)!r}))).translate(["会议开始。"])[0][0])
print(*(package.folder for package in installed_models().packages))
try:
    install_pair("zh", "en")
except EngineError:
    pass
print([name for name in ("minisbd", "onnxruntime", "stanza", "spacy", "torch") if name in sys.modules])
""",
        ARGOS_PACKAGES_DIR=str(folder),
    )
    assert translated == "The conference began."
    assert listed == str(folder / "translate-zh_en-1_0"), "ARGOS_PACKAGES_DIR moves the folder"
    assert loaded == "[]"


def test_a_dictionary_package_is_a_plain_zip_of_the_files_argos_expects(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"metadata.json", "sentencepiece.model", "model/model.bin", "model/config.json"} <= names
