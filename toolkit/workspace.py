"""Where source/, glossaries/ and dist/ are, and the house style of a newsroom (bulletin.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import SettingsError
from toolkit.languages import LANGUAGES, Language
from toolkit.tomlfile import read_toml

SETTINGS_FILE = "bulletin.toml"
FONT_KEYS = ("latin", "latin_bold", "han", "han_bold", "tibetan", "tibetan_bold")
_DEFAULT_FUZZY = 85
Romanisation = Literal["tibetan", "pinyin"]


@dataclass(frozen=True)
class OwnFont:
    """A newsroom's own font file; `ratio` brings it to the visual size of Chinese text (1.0: as it is)."""

    path: Path
    ratio: float = 1.0


@dataclass(frozen=True)
class Settings:
    """House style: what a newsroom may set, with our defaults.

    `masthead` names the bulletin series per language.  `fonts` maps `tibetan`, `tibetan_bold`, `han` … to files.
    `fuzzy_threshold` is the score in per cent from which a fuzzy match is printed as a draft.  `tibetan_digits`
    writes Tibetan figures as ༢༠༢༣; `tibetan_names` writes Tibetans named in Chinese as Sonam Tenzin (`tibetan`) or
    Suonan Danzeng (`pinyin`) in English; `day_first` writes 8 August for August 8.
    """

    masthead: Mapping[Language, str] = field(
        default_factory=lambda: {"zh": "简报", "en": "Bulletin", "bo": "གནས་ཚུལ་མདོར་བསྡུས།"}
    )
    fonts: Mapping[str, OwnFont] = field(default_factory=dict)
    fuzzy_threshold: int = _DEFAULT_FUZZY
    tibetan_digits: bool = False
    tibetan_names: Romanisation = "tibetan"
    day_first: bool = False


@dataclass(frozen=True)
class Workspace:
    """A newsroom's folder.  People own `source` and `glossaries`; `dist` can be thrown away."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """bulletin.toml, which may be absent."""
        return self.root / SETTINGS_FILE

    @property
    def source(self) -> Path:
        """The reports, one folder each."""
        return self.root / "source"

    @property
    def glossaries(self) -> Path:
        """Terms (CSV) and memories (TMX)."""
        return self.root / "glossaries"

    @property
    def dist(self) -> Path:
        """What was built, one folder per report."""
        return self.root / "dist"

    def shown(self, path: Path) -> str:
        """`path` as a person in the workspace would type it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def report_folders(self, names: tuple[str, ...] = ()) -> tuple[Path, ...]:
        """The folders of the named reports, or of all; a name may be a path to the folder.

        Raises `SettingsError` for a name that has no folder, or when there is no report at all.
        """
        if not names:
            folders = tuple(sorted(folder for folder in self.source.glob("*") if folder.is_dir()))
            if not folders:
                raise SettingsError("there is no report", path=self.source, remedy="Take one in: bulletin add FILE")
            return folders
        return tuple(self._folder(name) for name in dict.fromkeys(names))

    def _folder(self, name: str) -> Path:
        for folder in (self.source / name, Path(name).absolute()):
            if folder.is_dir() and folder.parent == self.source:
                return folder
        known = ", ".join(sorted(folder.name for folder in self.source.glob("*") if folder.is_dir())) or "none"
        raise SettingsError(f"there is no report “{name}”", path=self.source, remedy=f"Known reports: {known}")


def find_workspace(start: Path) -> Workspace:
    """The nearest folder from `start` upwards that holds bulletin.toml or source/.

    Raises `SettingsError` when there is none.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file() or (folder / "source").is_dir():
            return Workspace(folder)
    raise SettingsError("is not inside a workspace", path=start, remedy="Make one here: bulletin init .")


def read_settings(workspace: Workspace) -> Settings:
    """The settings of a workspace.  Raises `SettingsError` naming the line of anything unknown or mistyped."""
    file = read_toml(workspace.settings_file)
    file.check_keys(file.values, ("masthead", "fonts", "draft", "style", "llm", "editions"))
    defaults = Settings()
    masthead = file.table("masthead", LANGUAGES)
    names = {
        language: str(file.typed(masthead, language, str, defaults.masthead[language], '"…"')) for language in LANGUAGES
    }
    draft = file.table("draft", ("fuzzy_threshold",))
    threshold = int(file.typed(draft, "fuzzy_threshold", int, defaults.fuzzy_threshold, str(_DEFAULT_FUZZY)))
    if not 60 <= threshold <= 100:
        raise file.fault("`fuzzy_threshold` is out of range", near="fuzzy_threshold", remedy="Choose 60 to 100")
    style = file.table("style", ("tibetan_digits", "tibetan_names", "day_first"))
    tibetan_names = file.typed(style, "tibetan_names", str, defaults.tibetan_names, '"pinyin"')
    if tibetan_names not in get_args(Romanisation):
        raise file.fault("`tibetan_names` is not known", near="tibetan_names", remedy='Write "tibetan" or "pinyin"')
    fonts = file.table("fonts", (*FONT_KEYS, *(f"{key}_ratio" for key in FONT_KEYS)))
    own = {}
    for key in FONT_KEYS:
        name = file.typed(fonts, key, str, "", '"fonts/name.ttf"')
        ratio = file.typed(fonts, f"{key}_ratio", float, 1.0, "1.6")
        if name:
            path = workspace.root / name
            if not path.is_file():
                raise file.fault(
                    f"the font file “{name}” is not there", near=name, remedy="Mend the path, or delete the line"
                )
            own[key] = OwnFont(path, ratio)
    tibetan_digits = bool(file.typed(style, "tibetan_digits", bool, False, "true"))
    day_first = bool(file.typed(style, "day_first", bool, False, "true"))
    return Settings(names, own, threshold, tibetan_digits, tibetan_names, day_first)
