"""The desk: all that stays the same from report to report, loaded once and only when needed."""

from __future__ import annotations

import functools
from importlib.metadata import version
from pathlib import Path

from toolkit.bulletin.editions import chosen, editions_of
from toolkit.bulletin.model import Edition
from toolkit.errors import EngineError
from toolkit.files import hash_of, sha256
from toolkit.fonts import FontSet, choose_fonts
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.memory import Memory, read_memory
from toolkit.tomlfile import read_toml
from toolkit.translation import Assemble, Engine, Sources
from toolkit.translation.argos import Argos, how_to_get_a_model
from toolkit.translation.llm import Llm, LlmSettings, read_llm_settings
from toolkit.translation.models import InstalledModels, installed_models
from toolkit.workspace import Settings, Workspace, read_settings

AUTO = "auto"
ENGINES = (AUTO, Assemble.name, Argos.name, Llm.name)
_HOW_TO_SET_A_SERVER = "Add [llm] with base_url and model; bulletin init shows how"
_SHAPING = (".py", ".tsv", ".aff", ".dic")  # code, and the data it reads
_LIBRARIES = ("reportlab", "uharfbuzz", "python-docx", "babel", "pillow", "pyphen", "pypinyin", "uniseg", "lxml")


class Desk:
    """Settings, glossary, memory, fonts and engines of a workspace.

    `engine_name` is one of `ENGINES`.  `auto` fills gaps with what is installed and goes on without; an engine
    asked for by name must be there.  `editions` names those to build, where bulletin.toml shall not decide.
    """

    def __init__(self, workspace: Workspace, engine_name: str = AUTO, editions: tuple[str, ...] = ()) -> None:
        self.workspace = workspace
        self.engine_name = engine_name
        self._edition_names = editions

    def open(self) -> None:
        """Load what all reports share, so that a fault in it is told once and before any work is done.

        Raises `SettingsError`, `SourceError` or `EngineError`.
        """
        _ = (self.settings, self.editions, self.glossary, self.memory, self.fonts, self.engines)

    @property
    def engine_is_required(self) -> bool:
        """Whether a person asked for this engine by name."""
        return self.engine_name != AUTO

    @functools.cached_property
    def settings(self) -> Settings:
        """House style."""
        return read_settings(self.workspace)

    @functools.cached_property
    def all_editions(self) -> dict[str, Edition]:
        """Every edition that can be built, by name."""
        return editions_of(read_toml(self.workspace.settings_file), self.workspace.root)

    @functools.cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The editions to build."""
        return chosen(self.all_editions, read_toml(self.workspace.settings_file), self._edition_names)

    @functools.cached_property
    def glossary(self) -> Glossary:
        """All terms."""
        return read_glossary(self.workspace.glossaries)

    @functools.cached_property
    def memory(self) -> Memory:
        """All translation units; the terms of the glossary count as one character each when sentences are compared."""
        terms = (source for term in self.glossary.terms for source in term.sources)
        return read_memory(self.workspace.glossaries, terms=terms)

    @functools.cached_property
    def fonts(self) -> FontSet:
        """The fonts of the house, bundled ones behind the newsroom's own."""
        return choose_fonts(self.settings.fonts)

    @functools.cached_property
    def models(self) -> InstalledModels:
        """Installed model packages."""
        return installed_models()

    @functools.cached_property
    def llm_settings(self) -> LlmSettings | None:
        """The server set under [llm], if any."""
        return read_llm_settings(read_toml(self.workspace.settings_file))

    @functools.cached_property
    def sources(self) -> Sources:
        """What is always there to draft from: terms, house style, memory."""
        assemble = Assemble(self.memory, fuzzy_threshold=self.settings.fuzzy_threshold)
        return Sources(self.glossary, self.settings, assemble)

    @functools.cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The engines for what memory and glossary leave open, best first: a configured server, then Argos packages.

        Raises `EngineError` when an engine asked for by name is missing or can translate into no language.
        """
        if self.engine_name == Assemble.name:
            return ()
        found: list[Engine] = []
        if self.engine_name in (AUTO, Llm.name) and self.llm_settings is not None:
            found.append(Llm(self.llm_settings))
        if self.engine_name == Llm.name and self.llm_settings is None:
            raise EngineError("no server is configured", path=self.workspace.settings_file, remedy=_HOW_TO_SET_A_SERVER)
        if self.engine_name in (AUTO, Argos.name):
            found.append(Argos(self.models))
        able = tuple(one for one in found if any(one.can_translate(language) for language in TARGETS))
        if not able and self.engine_name == Argos.name:
            raise EngineError("no Argos package from Chinese is installed", remedy=how_to_get_a_model("en"))
        return able

    def engine_for(self, language: Language) -> Engine | None:
        """The engine that translates into `language`, or None."""
        return next((one for one in self.engines if one.can_translate(language)), None)

    def missing_models(self) -> tuple[str, ...]:
        """One line for each language no installed model translates into, and how to get one; broken packages too."""
        if self.engine_name == Assemble.name:
            return ()
        lines = [
            f"No model for Chinese → {NAMES[language]} is installed: what the memory lacks stays a gap. "
            f"{how_to_get_a_model(language)}."
            for language in TARGETS
            if self.engine_for(language) is None
        ]
        return (*lines, *(f"A model package is broken: {problem}" for problem in self.models.problems))

    @functools.cached_property
    def fingerprint(self) -> str:
        """Hash of everything but the report that a build depends on."""
        engines = {language: self.engine_for(language) for language in TARGETS}
        identities = [f"{language} {one.identity(language)}" for language, one in engines.items() if one]
        shared = sorted([*self.workspace.glossaries.glob("*.csv"), *self.workspace.glossaries.glob("*.tmx")])
        files = [self.workspace.settings_file, *shared]
        hashes = [f"{path.name} {sha256(path.read_bytes())}" for path in files if path.is_file()]
        editions = map(repr, self.editions)
        return hash_of(self.engine_name, *identities, *hashes, *editions, self.fonts.fingerprint, self.code_fingerprint)

    @functools.cached_property
    def code_fingerprint(self) -> str:
        """Hash of the toolkit itself and of the libraries that shape its output."""
        root = Path(__file__).parent
        modules = [
            f"{path.relative_to(root).as_posix()} {sha256(path.read_bytes())}"
            for path in sorted(root.rglob("*"))
            if path.suffix in _SHAPING
        ]
        return hash_of(*modules, *(f"{library} {version(library)}" for library in _LIBRARIES))
