"""A specimen sheet: each script in its faces, and all on one baseline at the sizes that should look equal."""

from __future__ import annotations

from dataclasses import replace

from toolkit.bulletin.editions import PUBLISHING
from toolkit.bulletin.model import Bulletin, Cell, Edition, Row, RowKind, Run
from toolkit.bulletin.words import PAGE_FOOT
from toolkit.fonts import SCRIPT_NAMES, FontSet, Script
from toolkit.languages import Language

_COLUMNS: tuple[Language, ...] = ("zh", "en", "bo")
_SCRIPTS: dict[Language, Script] = {"zh": "han", "en": "latin", "bo": "tibetan"}
_TITLE: dict[Language, str] = {"zh": "字体样张", "en": "Font sample", "bo": "ཡིག་གཟུགས་དཔེ་ཚད།"}
_TEXT: dict[Language, str] = {
    "zh": "会议讨论了教育、卫生、交通等问题，并听取了专家的意见。公路长128.5公里，从县城通到牧区。",
    "en": "Delegates discussed schools, hospitals and roads. The road to the pastures is 128.5 kilometres long.",
    "bo": "སློབ་གསོ་དང་འཕྲོད་བསྟེན། འགྲིམ་འགྲུལ་བཅས་ཀྱི་གནད་དོན་ལ་བགྲོ་གླེང་བྱས་པ་རེད། བསྒྲུབས་པ་དང་བརྒྱུད་པ་རྣམས།",
}
_SHORT: tuple[tuple[str, Language], ...] = (("国永", "zh"), (" xanes ", "en"), ("ངམ་ལས།", "bo"))
"""Letters without legs between ideographs: they should seem of one size."""
_SIGNS: dict[Language, str] = {
    "zh": "“引号”《书名》——……（括号）0123456789",
    "en": "“quotes” ‘single’ — en – dash … (brackets) 0123456789 fi fl ÄÉñ",
    "bo": "༄༅། །“འདྲེན་རྟགས།”《དེབ་མིང་།》 ༠༡༢༣༤༥༦༧༨༩ ཧཱུྃ་ ཀྵ་ རྒྱུད་ སྙིང་།",
}


def specimen(fonts: FontSet) -> Bulletin:
    """A page of the house's fonts: names and ratios, running text, bold and emphasis, signs, one baseline."""
    baseline = tuple(Run(text, language) for text, language in _SHORT)
    rows = [
        Row(RowKind.CAPTION, tuple(Cell(one, (Run(_names(one, fonts), "en"),)) for one in _COLUMNS)),
        Row(RowKind.TITLE, tuple(Cell(one, baseline) for one in _COLUMNS)),
        Row(RowKind.PARAGRAPH, tuple(Cell(one, (*baseline, *baseline)) for one in _COLUMNS)),
        _row(RowKind.PARAGRAPH, _TEXT),
        _row(RowKind.PARAGRAPH, _TEXT, bold=True),
        _row(RowKind.PARAGRAPH, _TEXT, emphasis=True),
        _row(RowKind.PARAGRAPH, _SIGNS),
        *(_row(kind, _TITLE) for kind in (RowKind.TITLE, RowKind.HEADING)),
        _row(RowKind.COLOPHON, _TEXT),
    ]
    return Bulletin(
        name="font-sample",
        edition=_edition(),
        title="Font sample",
        subject="The fonts of this house",
        author="",
        keywords=(),
        running_title=tuple(Cell(one, (Run(_TITLE[one], one),)) for one in _COLUMNS),
        head_rows=(),
        column_head=None,
        rows=tuple(rows),
        tail_rows=(),
        stamp=(),
        foot=tuple(PAGE_FOOT[one] for one in _COLUMNS),
    )


def _row(kind: RowKind, texts: dict[Language, str], *, bold: bool = False, emphasis: bool = False) -> Row:
    cells = tuple(Cell(one, (Run(texts[one], one, bold=bold, emphasis=emphasis),)) for one in _COLUMNS)
    return Row(kind, cells)


def _names(language: Language, fonts: FontSet) -> str:
    script = _SCRIPTS[language]
    face = fonts.regular[script][0]
    bold = "with bold" if fonts.bold.get(script) else "no bold"
    italic = ", with italic" if fonts.italic.get(script) else ""
    title = f"{SCRIPT_NAMES[script]}: {face.family} {face.names.version}"
    return f"{title}, {face.ratio:.2f} × the Chinese size, {bold}{italic}"


def _edition() -> Edition:
    """The publishing edition's page, across, with a column for each script."""
    return replace(
        PUBLISHING,
        name="font-sample",
        columns=_COLUMNS,
        widths=(0.3, 0.33, 0.37),
        page_width=PUBLISHING.page_height,
        page_height=PUBLISHING.page_width,
    )
