"""Argos packages: which are installed, and installing one from a file or from the index.

`argostranslate` says where packages live and what the index offers.  Unpacking is ours, because its own
leaves half a package behind when the file is corrupt, and imports an AGPL module on the way.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.version import InvalidVersion, Version

from toolkit.errors import BulletinError, EngineError, SettingsError

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # onnxruntime comes with argostranslate; see its docs/Privacy.md

_LARGEST_MEMBER_COUNT = 10_000
_LARGEST_SIZE = 16 * 2**30  # bytes, unpacked
_LARGEST_RATIO = 200  # unpacked to packed; model weights compress by 1.1 to 3
_PATIENCE = 30.0  # seconds without a byte, after which a server is taken for dead
_INSTALL_HINT = "bulletin models install FILE.argosmodel"


@dataclass(frozen=True)
class ModelPackage:
    """An installed package: languages, version, and where it lies."""

    from_code: str
    to_code: str
    version: str
    folder: Path
    target_prefix: str = ""

    @property
    def identity(self) -> str:
        """Pair and version, as provenance shows them."""
        return f"{self.from_code}-{self.to_code} {self.version}"


@dataclass(frozen=True)
class InstalledModels:
    """All usable packages, and one line for each that is broken."""

    packages: tuple[ModelPackage, ...]
    problems: tuple[str, ...] = ()

    def for_pair(self, from_code: str, to_code: str) -> ModelPackage | None:
        """The newest package for a pair of languages."""
        matching = [
            package for package in self.packages if (package.from_code, package.to_code) == (from_code, to_code)
        ]
        return max(matching, key=lambda package: _version(package.version), default=None)


def packages_folder() -> Path:
    """Where Argos Translate keeps packages (`ARGOS_PACKAGES_DIR` moves it).  Raises `EngineError`."""
    try:
        from argostranslate import settings
    except OSError as fault:  # importing it makes its folders
        raise EngineError(f"the package folder cannot be used ({fault})", remedy="Mend its permissions") from fault
    return Path(settings.package_data_dir)


def installed_models() -> InstalledModels:
    """The installed packages.  A broken one is reported and does not hide the others."""
    try:
        from argostranslate import settings

        folders = [Path(folder) for folder in settings.package_dirs]
        entries = [entry for folder in folders if folder.is_dir() for entry in sorted(folder.iterdir())]
    except OSError as fault:
        return InstalledModels((), (f"the package folder cannot be used ({fault})",))
    packages: list[ModelPackage] = []
    problems: list[str] = []
    for entry in entries:
        if not entry.is_dir() or entry.name.startswith("."):
            continue
        try:
            packages.append(read_package(entry))
        except BulletinError as fault:
            problems.append(str(fault))
    return InstalledModels(tuple(packages), tuple(problems))


def install_file(path: Path) -> ModelPackage:
    """Install an `.argosmodel` file.  It is there whole and loadable, or not at all.

    Raises `EngineError` for a file that is no zip, is damaged or unsafe, or whose model does not work, and when its
    folder would take the place of another pair of languages.
    """
    remedy = "Download the package again; the ones installed before are untouched"
    if not path.is_file():
        raise SettingsError("there is no such file", path=path, remedy="Name an .argosmodel file")
    root = packages_folder()
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(dir=root, prefix=".install-") as staging:
            name = _check_archive(archive, path)
            archive.extractall(staging)
            package = read_package(Path(staging) / name)
            _try(package)
            installed = root / name
            in_the_way = _package_of_another_pair(installed, package)
            if in_the_way is None:
                if installed.exists():
                    installed.rename(Path(staging) / ".retired")
                package.folder.rename(installed)
    except (zipfile.BadZipFile, NotImplementedError) as fault:
        raise EngineError(f"is not a whole zip archive ({fault})", path=path, remedy=remedy) from fault
    except BulletinError as fault:
        raise EngineError(f"is not a usable Argos package: {fault.problem}", path=path, remedy=remedy) from fault
    except OSError as fault:
        raise EngineError(
            f"could not be unpacked into {root} ({fault.strerror})", path=path, remedy="Make room, then try again"
        ) from fault
    if in_the_way is not None:
        raise EngineError(
            f"its folder “{name}” is taken by the package {in_the_way.identity}",
            path=path,
            remedy=f"bulletin models remove {in_the_way.from_code} {in_the_way.to_code}, or rename the folder inside",
        )
    return read_package(installed)


def install_pair(from_code: str, to_code: str) -> ModelPackage:
    """Fetch the package for a pair from the Argos index and install it.  The one place that uses the network.

    Raises `EngineError` when the index cannot be reached or has no such pair.
    """
    from argostranslate import package, settings

    get_it_elsewhere = f"Fetch the package on a machine that is online, then: {_INSTALL_HINT}"
    try:
        with _impatient_network():
            package.update_package_index()  # logs a refused connection and returns; raises when the answer breaks off
        # without an index, get_available_packages() would call itself for ever
        available = package.get_available_packages() if Path(settings.local_package_index).is_file() else None
    except Exception as fault:  # a dead server, or a hotel's login page where the index should be
        raise EngineError(f"the Argos package index cannot be read ({fault})", remedy=get_it_elsewhere) from fault
    if available is None:
        raise EngineError("the Argos package index cannot be reached", remedy=get_it_elsewhere)
    offered = [one for one in available if (one.from_code, one.to_code) == (from_code, to_code)]
    if not offered:
        raise EngineError(
            f"the Argos index has no package {from_code} → {to_code}",
            remedy=f"If you have one from elsewhere: {_INSTALL_HINT}",
        )
    newest = max(offered, key=lambda one: _version(one.package_version))
    downloaded = Path(settings.downloads_dir) / f"{package.argospm_package_name(newest)}.argosmodel"
    try:
        downloaded.unlink(missing_ok=True)  # Argos would take it for the new one, however old or broken
        with _impatient_network():
            newest.download()
        return install_file(downloaded)
    except BulletinError:
        raise
    except Exception as fault:  # its downloader raises bare Exception
        raise EngineError(
            f"the package {from_code} → {to_code} could not be fetched ({fault})",
            remedy=f"Try again later, or: {_INSTALL_HINT}",
        ) from fault
    finally:
        downloaded.unlink(missing_ok=True)


def remove(package: ModelPackage) -> None:
    """Delete an installed package."""
    shutil.rmtree(package.folder)


def _check_archive(archive: zipfile.ZipFile, path: Path) -> str:
    """The one top folder of the archive; raises `EngineError` for names or sizes no package has."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > _LARGEST_MEMBER_COUNT or unpacked > _LARGEST_SIZE or unpacked / packed > _LARGEST_RATIO:
        raise EngineError("its contents are too many or too large", path=path, remedy="Use another package")
    tops = set()
    for member in members:
        parts = PurePosixPath(member.filename).parts
        if not parts or ".." in parts or parts[0] in ("/", "\\") or ":" in parts[0] or "\\" in member.filename:
            raise EngineError(f"the name “{member.filename}” leads outside", path=path, remedy="Use another package")
        tops.add(parts[0])
    if len(tops) != 1 or any(top.startswith(".") for top in tops):
        raise EngineError("it does not hold exactly one visible folder", path=path, remedy="Use another package")
    try:
        damaged = archive.testzip()
    except Exception as fault:  # zlib, bz2 and lzma raise their own; a password is a RuntimeError
        raise EngineError(f"it cannot be unpacked ({fault})", path=path, remedy="Download it again") from fault
    if damaged:
        raise EngineError(f"its member {damaged} is damaged", path=path, remedy="Download it again")
    return str(tops.pop())


def read_package(folder: Path) -> ModelPackage:
    """The package that lies in `folder`.  Raises `EngineError` for one that is incomplete."""
    remedy = f"Delete the folder, then install the package again: {_INSTALL_HINT}"
    metadata_file = folder / "metadata.json"
    try:
        metadata: dict[str, Any] = json.loads(metadata_file.read_text(encoding="utf-8"))
        package = ModelPackage(
            str(metadata["from_code"]),
            str(metadata["to_code"]),
            str(metadata["package_version"]),
            folder,
            str(metadata.get("target_prefix", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else fault
        raise EngineError(f"its metadata cannot be read ({why})", path=metadata_file, remedy=remedy) from fault
    if not (folder / "model" / "model.bin").is_file():
        raise EngineError("it has no model/model.bin", path=folder, remedy=remedy)
    if not (folder / "sentencepiece.model").is_file() and not (folder / "bpe.model").is_file():
        raise EngineError("it has neither sentencepiece.model nor bpe.model", path=folder, remedy=remedy)
    return package


def _package_of_another_pair(folder: Path, package: ModelPackage) -> ModelPackage | None:
    """The working package in `folder` if it translates between other languages than `package`."""
    try:
        present = read_package(folder)
    except BulletinError:
        return None
    return None if (present.from_code, present.to_code) == (package.from_code, package.to_code) else present


@contextmanager
def _impatient_network() -> Iterator[None]:
    """Argos's downloader sets no timeout: a server that says nothing would hold it for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _try(package: ModelPackage) -> None:
    from toolkit.translation.trial import try_in_a_process

    try_in_a_process(package.folder)


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")
