"""Runs and paragraphs: text in a named style, with direct formatting only where a run differs from it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit.bulletin.model import Mark, Run
from toolkit.docx.faces import Segment, Slot, Slots, needs_its_font, segments, slot_for, slots_of
from toolkit.docx.looks import Look
from toolkit.docx.markup import Element, R, text_elements, toggle, twips, w
from toolkit.fonts import FontSet
from toolkit.languages import BCP47, Language

MARK_STYLES: dict[Mark, str] = {
    Mark.GAP: "Bulletin Gap",
    Mark.UNREVIEWED: "Bulletin Unreviewed",
    Mark.ORNAMENT: "Bulletin Ornament",
}
"""Character styles, by name: they can be restyled at once, found by Word's search, and read back."""
BETWEEN_STYLE = "Bulletin Between"
"""Character style of the space between two segments.  What is typed takes the style of the character before it: so it
tells words put at the end of a sentence from words put before the next one."""

LINK_STYLE = "Bulletin Link"
PAGES_STYLE = "Bulletin Index Pages"
"""Character style of the page numbers in the term index, which are no part of any text."""

Enter = Callable[[Sequence[Run], Sequence[Element], str], tuple[Sequence[Element], Sequence[Element]]]
"""Takes runs, their elements, and for the space before a segment that segment; gives what stands before and after."""
Link = Callable[[str], str]
"""Takes an address; gives the part's relation to it."""


def paragraph(
    look: Look,
    runs: Sequence[Run],
    fonts: FontSet,
    *,
    keep_with_next: bool = False,
    fields: Iterable[Element] = (),
    enter: Enter | None = None,
    link: Link | None = None,
    align: str | None = None,
) -> Element:
    """One paragraph of `runs` in the style of `look`, `fields` behind them.

    `enter` gets each text of its own, and gives the bookmark around it; without `link`, links are plain text.  `align`
    goes before the style's alignment.
    """
    content = list(_content(runs, look, fonts, enter, link))
    mixed = look.language != "bo" and any(run.language == "bo" for run in runs)
    properties = w(
        "pPr",
        w("pStyle", val=look.identifier),
        w("keepNext") if keep_with_next else None,
        w("spacing", line=tibetan_leading(look, fonts), lineRule="exact") if mixed else None,
        w("jc", val=align) if align else None,
    )
    return w("p", properties, *content, *fields)


def _content(
    runs: Sequence[Run], look: Look, fonts: FontSet, enter: Enter | None, link: Link | None
) -> Iterator[Element]:
    """The runs' elements; in bookmarks: each segment and the space before it, or a text without segments as a whole."""
    slots = slots_of(look, fonts)
    groups = [
        tuple(group) for _, group in itertools.groupby(runs, lambda run: (run.segment, run.mark is Mark.ORNAMENT))
    ]
    has_segments = any(run.segment for run in runs)
    for own, following in itertools.zip_longest(groups, groups[1:]):
        is_ornament = own[0].mark is Mark.ORNAMENT
        is_space = has_segments and not own[0].segment and not is_ornament
        style = BETWEEN_STYLE if is_space else None
        written = [(run.link, run_elements(run, look, slots, fonts, style=style)) for run in own]
        if enter is None or is_ornament or (is_space and not following):
            yield from _linked(written, link)
        else:
            elements = [element for _, several in written for element in several]
            before, after = enter(own, elements, following[0].segment if is_space else "")
            yield from (*before, *_linked(written, link), *after)


def _linked(written: Iterable[tuple[str, list[Element]]], link: Link | None) -> Iterator[Element]:
    """The elements of runs, those of one link in one `w:hyperlink` (ECMA-376 part 1, 17.16.22)."""
    for address, group in itertools.groupby(written, lambda one: one[0]):
        elements = [element for _, several in group for element in several]
        if address and link is not None:
            hyperlink = w("hyperlink", *elements, history=True)
            hyperlink.set(f"{{{R}}}id", link(address))
            yield hyperlink
        else:
            yield from elements


def tibetan_leading(look: Look, fonts: FontSet) -> int:
    """Twips from line to line, 2.0 em of the Tibetan size: ink is 1.86 em high, the font itself asks for 2.81."""
    return twips(look.spoken("bo").text_style.leading * fonts.faces("tibetan")[0].ratio)


def run_elements(run: Run, look: Look, slots: Slots, fonts: FontSet, *, style: str | None = None) -> list[Element]:
    """The `w:r` elements of `run`, one per face that its characters need, in the character style named `style`."""
    bold = run.bold or look.spoken(run.language).text_style.bold or (run.emphasis and run.language == "bo")
    return [
        w("r", run_properties(segment, run, look, slots, style), *text_elements(segment.text))
        for segment in segments(run.text, run.language, fonts, bold=bold)
    ]


def run_properties(segment: Segment, run: Run, look: Look, slots: Slots, style: str | None = None) -> Element:
    """`w:rPr`: the language always; fonts, weight and size where the style's would be wrong for this text.

    Emphasis is italic in Latin letters, a dot under each character in Chinese (着重号), bold in Tibetan,
    which knows neither.
    """
    wanted = slot_for(segment, look, run.language)
    own = wanted if slots[segment.script] != wanted or needs_its_font(segment) else None
    tibetan = segment.script == "tibetan"
    mark = style or MARK_STYLES.get(run.mark) or (LINK_STYLE if run.link else None)
    italic = run.emphasis and segment.script == "latin" and run.language != "bo"
    return w(
        "rPr",
        w("rStyle", val=mark.replace(" ", "")) if mark else None,
        _fonts(own, segment),
        *(_weight(own) if own else ()),
        *((w("i"), w("iCs")) if italic else ()),
        *(_size(own) if own else ()),
        w("vertAlign", val="superscript") if run.raised else None,
        w("cs") if tibetan else None,
        w("em", val="underDot") if run.emphasis and segment.script == "han" else None,
        language_tag(run.language),
    )


def language_tag(language: Language) -> Element:
    """`w:lang`: `val` for every reader, and the place where Word looks in this script."""
    tag = BCP47[language]
    return w(
        "lang",
        val=tag,
        eastAsia=tag if language == "zh" else BCP47["zh"],
        bidi=tag if language == "bo" else BCP47["bo"],
    )


def _fonts(own: Slot | None, segment: Segment) -> Element | None:
    """Direct fonts; for Chinese also the hint that sends “ ” — … · to the Chinese font and its line breaking."""
    hint = "eastAsia" if segment.script == "han" else None
    if own is not None:
        return font_names(own.family, own.family, own.family, hint=hint)
    return w("rFonts", hint=hint) if hint else None


def font_names(latin: str, han: str, tibetan: str, *, hint: str | None = None) -> Element:
    """`w:rFonts` with all four fonts: without any one of them a reader takes its own default there."""
    return w("rFonts", hint=hint, ascii=latin, hAnsi=latin, eastAsia=han, cs=tibetan)


def _weight(slot: Slot) -> tuple[Element, Element]:
    return toggle("b", slot.bold), toggle("bCs", slot.bold)


def _size(slot: Slot) -> tuple[Element, Element]:
    return w("sz", val=slot.half_points), w("szCs", val=slot.half_points)
