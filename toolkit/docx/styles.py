"""The style sheet: document defaults, one paragraph style per role and language, character and table styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.bulletin.model import MASTHEAD, Mark, RowKind
from toolkit.bulletin.theme import Alignment, Palette, TextStyle, Theme
from toolkit.docx.between import SPACER, has_ruled_masthead
from toolkit.docx.faces import Slots, slots_of
from toolkit.docx.looks import ROLES, Extra, Look, Role
from toolkit.docx.markup import Element, Value, nearest, toggle, twips, w
from toolkit.docx.runs import (
    BETWEEN_STYLE,
    LINK_STYLE,
    MARK_STYLES,
    PAGES_STYLE,
    font_names,
    language_tag,
    tibetan_leading,
)
from toolkit.docx.table import table_style
from toolkit.fonts import FontSet
from toolkit.languages import Language

_RAGGED: tuple[Language, ...] = ("en", "bo")
"""Left-aligned where our PDF justifies: Word and LibreOffice stretch only spaces, and tear narrow columns apart."""
_ABOVE_BASELINE = 0.8  # of an exact line
_TIBETAN_ASCENT = 1.0  # em over the baseline, vowel signs included
_DESCENT = 0.3  # em, of a Latin or Chinese face: what "at least" leaves under the baseline
_ALIGNMENT: dict[Alignment, str] = {"justify": "both", "left": "left", "center": "center"}
_OUTLINE: dict[Role, int] = {RowKind.TITLE: 0, RowKind.HEADING: 1}
_ITEM = (Extra.ITEM, Extra.ITEM_CONTINUED)
_HANGING: tuple[Role, ...] = (*_ITEM, RowKind.INDEX)
_BODY: tuple[Role, ...] = (RowKind.PARAGRAPH, Extra.CONTINUED, *_ITEM)


def style_sheet(languages: Sequence[Language], fonts: FontSet, theme: Theme) -> Element:
    """`w:styles`: of Word's own styles only the four defaults that every document needs, then ours."""
    return w(
        "styles",
        _defaults(fonts, theme),
        # Word's gallery then shows our styles, not its 376 own.
        w(
            "latentStyles",
            defLockedState=False,
            defUIPriority=99,
            defSemiHidden=True,
            defUnhideWhenUsed=True,
            defQFormat=False,
            count=376,
        ),
        *_word_defaults(),
        *(_paragraph_style(Look(role, language, theme), languages, fonts) for language in languages for role in ROLES),
        _style("paragraph", "Bulletin Spacer", *_spacer(), basedOn="Normal", shown=False),
        _style("paragraph", "Bulletin Picture", _picture(theme.ornaments.picture_gap), basedOn="Normal"),
        _style("paragraph", "Bulletin Comment", *_comment(fonts, theme), basedOn="Normal"),
        *_character_styles(theme.palette),
        table_style(),
    )


def _defaults(fonts: FontSet, theme: Theme) -> Element:
    """`w:docDefaults`: right fonts and languages also for a text that lost its style."""
    english = Look(RowKind.PARAGRAPH, "en", theme)
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", *_characters(slots_of(english, fonts)), language_tag("en"))),
        w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
    )


def _word_defaults() -> Iterator[Element]:
    yield w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=True, styleId="Normal")
    no_margins = w(
        "tblPr",
        w("tblInd", w=0, type="dxa"),
        w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))),
    )
    for kind, identifier, name, content in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font", None),
        ("table", "TableNormal", "Normal Table", no_margins),
        ("numbering", "NoList", "No List", None),
    ):
        hidden = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
        yield w("style", w("name", val=name), *hidden, content, type=kind, default=True, styleId=identifier)


def _style(kind: str, name: str, *content: Element, shown: bool = True, **links: Value) -> Element:
    """A style of ours, named for the gallery; `links` are `basedOn` and `next`."""
    return w(
        "style",
        w("name", val=name),
        *(w(link, val=target) for link, target in links.items()),
        w("uiPriority", val=1 if shown else 99),
        w("qFormat") if shown else None,
        *content,
        type=kind,
        customStyle=True,
        styleId=name.replace(" ", ""),
    )


def _paragraph_style(look: Look, languages: Sequence[Language], fonts: FontSet) -> Element:
    style = look.text_style
    white = min(style.before, _white_over_tibetan(look, languages, fonts))
    style = replace(style, before=style.before - white + _drop_to_level(look, languages, fonts))
    if look.role in MASTHEAD and has_ruled_masthead(look.theme):
        style = replace(style, after=0.0)  # it stands under the rule
    properties = w(
        "pPr",
        w("keepNext") if style.keep_with_next else None,
        w("widowControl"),
        w("suppressAutoHyphens") if look.language != "en" or look.role not in _BODY else None,
        _spacing(look, style, fonts),
        _indent(look, style),
        w("jc", val="left" if look.language in _RAGGED and style.align == "justify" else _ALIGNMENT[style.align]),
        w("outlineLvl", val=_OUTLINE[look.role]) if look.role in _OUTLINE else None,
    )
    characters = w(
        "rPr",
        *_characters(slots_of(look, fonts), color=style.color),
        language_tag(look.language),
    )
    return _style("paragraph", look.name, properties, characters, basedOn="Normal")


def _drop_to_level(look: Look, languages: Sequence[Language], fonts: FontSet) -> float:
    """Pt to put before a paragraph so that its first baseline is level with its neighbours' in the row."""
    if look.role is Extra.NOTE:
        return 0.0
    deepest = max(_first_baseline(look.spoken(language), fonts) for language in languages)
    return deepest - _first_baseline(look, fonts)


def _white_over_tibetan(look: Look, languages: Sequence[Language], fonts: FontSet) -> float:
    """Pt that an exact Tibetan line leaves over its ink, in whatever column: of the space before it is a part."""
    if "bo" not in languages:
        return 0.0
    tibetan = look.spoken("bo")
    ink = _TIBETAN_ASCENT * tibetan.text_style.size * fonts.faces("tibetan")[0].ratio
    return max(0.0, _first_baseline(tibetan, fonts) - ink)


def _first_baseline(look: Look, fonts: FontSet) -> float:
    """Pt from the top of a paragraph to its first baseline: Word puts four fifths of an exact line above it."""
    style = look.text_style
    if look.language == "bo":
        return _ABOVE_BASELINE * tibetan_leading(look, fonts) / twips(1)
    return style.leading - _DESCENT * style.size


def _spacing(look: Look, style: TextStyle, fonts: FontSet) -> Element:
    """Tibetan lines are exact; the others at least the theme's, so that an editor's taller font is not cut."""
    tibetan = look.language == "bo"
    return w(
        "spacing",
        before=twips(style.before),
        after=twips(style.after),
        line=tibetan_leading(look, fonts) if tibetan else twips(style.leading),
        lineRule="exact" if tibetan else "atLeast",
    )


def _indent(look: Look, style: TextStyle) -> Element | None:
    """First-line indent; in Chinese also in characters, so that it follows the size when that is changed."""
    if look.role in _HANGING:
        room = twips(look.theme.ornaments.list_indent * style.size)
        return w("ind", left=room, hanging=None if look.role is Extra.ITEM_CONTINUED else room)
    if not style.indent:
        return None
    characters = nearest(style.indent * 100) if look.language == "zh" else None
    return w("ind", firstLineChars=characters, firstLine=twips(style.indent * style.size))


def _characters(slots: Slots, *, color: str | None = None) -> Iterator[Element]:
    """Fonts, weight, colour and size, for Latin and Chinese (`b`, `sz`) and for complex scripts (`bCs`, `szCs`)."""
    yield font_names(slots.latin.family, slots.han.family, slots.tibetan.family)
    yield toggle("b", slots.latin.bold)
    yield toggle("bCs", slots.tibetan.bold)
    if color is not None:
        yield w("color", val=color)
    yield w("sz", val=slots.latin.half_points)
    yield w("szCs", val=slots.tibetan.half_points)


def _character_styles(palette: Palette) -> Iterator[Element]:
    looks = {
        Mark.GAP: w("rPr", w("shd", val="clear", color="auto", fill=palette.gap)),
        Mark.UNREVIEWED: w("rPr", w("u", val="dotted", color=palette.quiet)),
        Mark.ORNAMENT: w("rPr", w("color", val=palette.accent)),
    }
    for mark, name in MARK_STYLES.items():
        yield _style("character", name, looks[mark], basedOn="DefaultParagraphFont")
    link = w("rPr", w("color", val=palette.accent), w("u", val="single", color=palette.rule))
    yield _style("character", LINK_STYLE, link, basedOn="DefaultParagraphFont")
    yield _style("character", PAGES_STYLE, w("rPr", w("color", val=palette.quiet)), basedOn="DefaultParagraphFont")
    yield _style("character", BETWEEN_STYLE, w("rPr"), basedOn="DefaultParagraphFont", shown=False)


def _picture(gap: float) -> Element:
    """Over the columns, in their middle, and on the page of its caption."""
    return w("pPr", w("keepNext"), w("spacing", after=twips(gap)), w("jc", val="center"))


def _comment(fonts: FontSet, theme: Theme) -> tuple[Element, Element]:
    """What stands in the margin: as English notes are set, whatever the languages of the columns."""
    look = Look(Extra.NOTE, "en", theme)
    return w("pPr", w("jc", val="left")), w("rPr", *_characters(slots_of(look, fonts)), language_tag("en"))


def _spacer() -> tuple[Element, Element]:
    """Between two tables, which Word would else join, and after the last, where it demands a paragraph."""
    return w("pPr", w("spacing", line=twips(SPACER), lineRule="exact")), w("rPr", w("sz", val=2), w("szCs", val=2))
