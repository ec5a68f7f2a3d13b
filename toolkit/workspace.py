"""Where source/, glossaries/ and dist/ are, and the house style of a newsroom (bulletin.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import SettingsError
from toolkit.languages import LANGUAGES, Language
from toolkit.tomlfile import TomlFile, read_toml

SETTINGS_FILE = "bulletin.toml"
FONT_KEYS = ("latin", "latin_bold", "latin_italic", "han", "han_bold", "tibetan", "tibetan_bold")
BUNDLED_SCRIPTS = ("latin", "han", "tibetan")
MORE_FONTS = "more"
VOLUMES = "volumes"
"""The folder in dist where bound volumes lie: no report may be called so."""

_DEFAULT_FUZZY = 85
_SMALLEST_RATIO, _LARGEST_RATIO = 0.5, 3.0
_PATH_MARKS = frozenset("/\\")
_FONT_SUFFIXES = frozenset([".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2", ".pfb", ".pfa", ".dfont"])
Romanisation = Literal["tibetan", "pinyin"]


@dataclass(frozen=True)
class OwnFont:
    """A newsroom's own font as bulletin.toml names it: a file, or a family or face that is looked for by its name.

    `path` is None for a name; without both, `ratio` is the size of the bundled font.  `index` is what follows a # after
    the file: the number or the name of a face in a collection.  `ratio` brings the font to the visual size of Chinese
    text; None: it is measured.  `settings_file` and `line` are where it is named; fonts/ beside that file is where a
    name is looked for first.
    """

    path: Path | None
    ratio: float | None = None
    name: str = ""
    index: str = ""
    settings_file: Path | None = None
    line: int | None = None


@dataclass(frozen=True)
class Settings:
    """House style: what a newsroom may set, with our defaults.

    `masthead` names the bulletin series per language.  `fonts` maps `tibetan`, `tibetan_bold`, `han` … to fonts, and
    `more 1`, `more 2` … to those that fill in for what the others lack.
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
    own = _own_fonts(file, workspace.root)
    tibetan_digits = bool(file.typed(style, "tibetan_digits", bool, False, "true"))
    day_first = bool(file.typed(style, "day_first", bool, False, "true"))
    return Settings(names, own, threshold, tibetan_digits, tibetan_names, day_first)


def _own_fonts(file: TomlFile, root: Path) -> dict[str, OwnFont]:
    table = file.table("fonts", (*FONT_KEYS, *(f"{key}_ratio" for key in FONT_KEYS), MORE_FONTS))
    own: dict[str, OwnFont] = {}
    for key in FONT_KEYS:
        name = file.typed(table, key, str, "", '"fonts/name.ttf", or the name of a font')
        ratio = file.typed(table, f"{key}_ratio", float, None, "1.3")
        if ratio is not None and not _SMALLEST_RATIO <= ratio <= _LARGEST_RATIO:
            raise file.fault(
                f"`{key}_ratio` is out of range",
                near=f"{key}_ratio",
                remedy=f"Choose {_SMALLEST_RATIO} to {_LARGEST_RATIO}, or delete the line: it is measured then",
            )
        if name:
            own[key] = _own_font(file, name, ratio, root)
        elif ratio is not None and key in BUNDLED_SCRIPTS:
            own[key] = OwnFont(None, ratio, "", "", file.path)
        elif ratio is not None:
            raise file.fault(
                f"`{key}_ratio` is the size of a face that is not named",
                near=f"{key}_ratio",
                remedy=f'Name it too: {key} = "…"',
            )
    more = file.typed(table, MORE_FONTS, list, [], '["Name of a font", "fonts/another.ttf"]')
    for number, name in enumerate(more, start=1):
        if not isinstance(name, str) or not name:
            raise file.fault(f"`{MORE_FONTS}` is a list of fonts", near=MORE_FONTS, remedy=f'{MORE_FONTS} = ["…", "…"]')
        own[f"{MORE_FONTS} {number}"] = _own_font(file, name, None, root)
    return own


def _own_font(file: TomlFile, name: str, ratio: float | None, root: Path) -> OwnFont:
    """A file where the name has a slash, or the ending of a font file; else a name to be looked for."""
    place, _, index = name.rpartition("#")
    if Path(place).suffix.lower() not in _FONT_SUFFIXES:
        place, index = name, ""
    line = file.line_of(name)
    if not (_PATH_MARKS & set(place) or Path(place).suffix.lower() in _FONT_SUFFIXES):
        return OwnFont(None, ratio, name, "", file.path, line)
    path = root / Path(place).expanduser()
    if not path.is_file():
        raise file.fault(
            f"the font file “{place}” is not there",
            near=name,
            remedy="Mend the path, or write the font's name as bulletin fonts find shows it, or delete the line",
        )
    return OwnFont(path, ratio, name, index, file.path, line)
