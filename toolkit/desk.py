"""The desk: all that stays the same from report to report, loaded once and only when needed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from toolkit.bulletin.editions import chosen, editions_of
from toolkit.bulletin.model import Edition
from toolkit.chinese import fold
from toolkit.errors import EngineError, SourceError
from toolkit.files import hash_of, sha256
from toolkit.fonts import FontSet, choose_fonts
from toolkit.glossary import Glossary, Term, read_glossary
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


def digest_of(path: Path) -> str:
    """Hex SHA-256 of a file.  Raises `OSError`."""
    return sha256(path.read_bytes())


class Desk:
    """Settings, glossary, memory, fonts and engines of a workspace.

    `engine_name` is one of `ENGINES`.  `auto` fills gaps with what is installed and goes on without; an engine
    asked for by name must be there.  `editions` names those to build, where bulletin.toml shall not decide.  `digest`
    gives the SHA-256 of a file, from what is known of it where it has not changed.
    """

    def __init__(
        self,
        workspace: Workspace,
        engine_name: str = AUTO,
        editions: tuple[str, ...] = (),
        digest: Callable[[Path], str] = digest_of,
    ) -> None:
        self.workspace = workspace
        self.engine_name = engine_name
        self.edition_names = editions
        self._digest = digest

    def open(self) -> None:
        """Load what all reports share, so that a fault in it is told once and before any work is done.

        Raises `SettingsError`, `SourceError` or `EngineError`.
        """
        _ = (self.settings, self.editions, self.fonts, self.engines)
        _ = self.parts  # first: what is changed while it is read counts as changed
        _ = (self.glossary, self.memory)

    def with_memory_anew(self) -> Desk:
        """This desk, but for its memory, which is read again when it is asked for."""
        desk = Desk(self.workspace, self.engine_name, self.edition_names, self._digest)
        lasting = ("settings", "all_editions", "editions", "glossary", "fonts", "models", "llm_settings")
        vars(desk).update({name: value for name, value in vars(self).items() if name in lasting})
        return desk

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
        return chosen(self.all_editions, read_toml(self.workspace.settings_file), self.edition_names)

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
    def parts(self) -> dict[str, str]:
        """Hash of each kind of thing that all reports share: a build depends on them and on the report.

        Raises `SourceError` when a file cannot be read.
        """
        engines = {language: self.engine_for(language) for language in TARGETS}
        identities = [f"{language} {one.identity(language)}" for language, one in engines.items() if one]
        folder = self.workspace.glossaries
        try:
            files = [self.workspace.settings_file] if self.workspace.settings_file.is_file() else []
            settings, terms, memories = (
                [f"{path.name} {self._digest(path)}" for path in sorted(some) if path.is_file()]
                for some in (files, folder.glob("*.csv"), folder.glob("*.tmx"))
            )
        except OSError as fault:
            remedy = "Mend the permissions of the file"
            raise SourceError(f"could not be read ({fault.strerror})", path=fault.filename, remedy=remedy) from fault
        return {
            "settings": hash_of(*settings),
            "glossaries": hash_of(*terms),
            "memories": hash_of(*memories),
            "editions": hash_of(*map(repr, self.editions)),
            "fonts": self.fonts.fingerprint,
            "engine": hash_of(self.engine_name, *identities),
            "toolkit": self.code_fingerprint,
        }

    @property
    def fingerprint(self) -> str:
        """Hash of everything but the report that a build depends on."""
        return hash_of(*(f"{name} {value}" for name, value in sorted(self.parts.items())))

    def terms_fingerprint(self, text: str) -> str:
        """Hash of the terms that stand in `text`, and of all that other terms may do to a draft of it.

        Sentences of the memory are compared with each term as one character: the Chinese of every term counts that may
        stand in one of them.
        """
        folded = fold(text)
        touching = [repr(term) for term, sources in self._spellings if any(one in folded for one in sources)]
        return hash_of(*touching, "|", *self._terms_of_the_memory)

    @functools.cached_property
    def _terms_of_the_memory(self) -> tuple[str, ...]:
        return self.memory.terms_in_sources(source for term in self.glossary.terms for source in term.sources)

    @functools.cached_property
    def _spellings(self) -> list[tuple[Term, tuple[str, ...]]]:
        return [(term, tuple(map(fold, term.sources))) for term in self.glossary.terms]

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
