"""A new workspace: folders, settings that explain themselves, and a first report to try."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.files import write_whole
from toolkit.glossary import COLUMNS
from toolkit.workspace import Workspace

_SETTINGS = """\
# House style.  Every line may be left out; what stands here are the defaults.

[masthead]  # the name of your bulletin, in each language
zh = "简报"
en = "Bulletin"
bo = "གནས་ཚུལ་མདོར་བསྡུས།"

[draft]
fuzzy_threshold = 85  # per cent: a match in the memory at least this like the source is printed as a draft

[style]
tibetan_digits = false  # true prints figures and dates in Tibetan digits (༢༠༢༣) in Tibetan
day_first = false  # true writes 8 August in English drafts, not August 8
tibetan_names = "tibetan"  # Tibetans named in Chinese: "tibetan" for Sonam Tenzin, "pinyin" for Suonan Danzeng

# [editions]  # what bulletin build makes of each report; bulletin editions lists all there are
# build = ["publishing", "review"]
# [editions.wall]               # one of your own; columns is all it needs
# columns = ["zh", "bo"]        # one, two or three of zh, en, bo
# paper = "A3"                  # A3, A4, A5, B5, Letter, Legal, or [width, height] in mm
# landscape = true
# theme = "red-header"          # classic, red-header, plain, or your own themes/NAME.toml
# margins = [20, 18, 20, 18]    # mm: top, right, bottom, left
# gutter = 7                    # mm between columns
# widths = [1, 1.2]             # or "balanced": as wide as the texts need to end near each other
# facing = true                 # each language on pages of its own, those of a spread level
# index = true                  # names, places and titles at the end, with their pages; "all": every term
# lists = true                  # 一是 …, 二是 … and numbered paragraphs set as lists
# [editions.wall.masthead]      # its own name over the title; masthead = false above: none
# zh = ["…", "简报"]             # one line or several; a language left out keeps the name above
# issue = { zh = "第{number}期　{date}", en = "No. {number} · {date}" }   # number = 12 stands in report.toml
# [editions.wall.foot]          # what runs under the text; foot = false above: nothing
# running = { en = "{masthead}: {title}" }   # {date} and {number} too; false for none
# page = { zh = "第{page}页", en = "{page} / {pages}" }   # in the languages named; false for none
# place = "right"               # of the page numbers: spread (over the columns), left, center, right

# [llm]  # a server that speaks OpenAI's chat protocol (llama.cpp, Ollama, vLLM); nothing leaves this machine without it
# base_url = "http://127.0.0.1:8080/v1"
# model = "Hy-MT2-7B"           # as the server calls it; its prompt goes by its name
# languages = ["bo"]            # what it may translate into; other languages go to an Argos package
# api_key_env = "LLM_API_KEY"   # the environment variable that holds the key, if it wants one
# price_in = 0.0                # per million tokens, for bulletin draft --estimate
# price_out = 0.0

[fonts]  # your own fonts: a file, relative to this folder, or the name of an installed one; bulletin fonts shows them
# tibetan = "fonts/Qomolangma-UchenSarchung.ttf"
# tibetan_ratio = 1.3           # to Chinese text; measured where it is left out
# more = ["…"]                  # fonts for what the others lack
# tibetan_bold = "fonts/…"
# han = "fonts/…"
# latin = "fonts/…"
"""
_REPORT = """\
高原图书馆开放日

6月1日，高原图书馆举行开放日活动。当天共有320名读者参加。

馆长表示，图书馆全年免费开放。
"""
_SIDECAR = """\
# What the text of the report does not say.  All of it may be left out.
# event_date = 2026-06-01
# outlet = "…"      # Chinese; printed in each language by way of the glossary
# byline = "…"
# number = 12       # of the issue, where an edition's masthead or foot prints it
# place = "…"

[roles]  # lines of report.txt, or their beginnings followed by …
title = ["高原图书馆开放日"]
# heading = ["…"]
# caption = ["…"]
# protocol = ["…"]  # officials present: kept in one piece

# [[pictures]]      # JPEG or PNG files in this folder; each stands over its caption
# caption = "…"     # the line, or line = 12
# file = "photo.jpg"
# credit = "…"      # who took it
# alt = { en = "…", bo = "…" }   # what it shows, for those who cannot see it

# [[corrections]]   # errors of the source; report.txt itself stays as it came
# find = "…"
# replace = "…"
# note = "…"
"""


def start_workspace(root: Path) -> tuple[Workspace, tuple[Path, ...]]:
    """Make a workspace in `root` and return it with the files made.  What is there already is left alone.

    Raises `SettingsError` when `root` is a file, `OutputError` when it cannot be written.
    """
    if root.exists() and not root.is_dir():
        raise SettingsError("is a file", path=root, remedy="Name a folder")
    workspace = Workspace(root.absolute())
    files = {
        workspace.settings_file: _SETTINGS,
        workspace.glossaries / "terms.csv": "\ufeff" + ",".join(COLUMNS) + "\n",
    }
    if not workspace.source.is_dir():
        first = workspace.source / "first-report"
        files |= {first / "report.txt": _REPORT, first / "report.toml": _SIDECAR}
    made = [path for path, text in files.items() if not path.exists() and write_whole(path, text.encode("utf-8"))]
    return workspace, tuple(made)
