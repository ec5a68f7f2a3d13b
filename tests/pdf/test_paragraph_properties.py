"""Any text in our scripts, in any column: nothing lost, nothing outside, no forbidden break, no overlap."""

from __future__ import annotations

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from toolkit.bulletin.model import Run
from toolkit.bulletin.theme import Alignment, TextStyle
from toolkit.fonts.catalog import FontSet, bundled_fonts
from toolkit.languages import LANGUAGES, Language
from toolkit.pdf.boxes import Box, boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.paragraph import SOFT_HYPHEN, Line, Measure, break_lines

FONTS: FontSet = bundled_fonts()
ITEMIZER = Itemizer(FONTS)
CENTIMETRE = 72 / 2.54

WORDS: dict[Language, tuple[str, ...]] = {
    "zh": (
        *("会议", "强调", "草原", "，", "。", "“好！”", "（掌声）", "《格萨尔》", "：", "——到", "……了", "、", "①"),
        *("占12.5%的", "与WHO的", "南·丹"),
    ),
    "en": (
        *("the ", "stressed ", "internationally ", "grassland, ", "“yes,” ", "he said. ", "12,345.6% ", "well-known "),
        *("(sic) ", "Representatives ", "$5 ", "D’Arcy ", "— ", "O’Neill’s; "),
    ),
    "bo": (
        *("བོད་", "ཡིག་", "བསྒྲུབས་", "ཧཱུྃ་", "པདྨེ་", "ཡིན།", "  །", "“ཟེར།”", "༄༅། །", "༢༠༢༣"),
        *("དང༌། ", "རེད༎ ", "པའི་"),
    ),
}
ODD = (
    "\u0301\u0f71\u0f74\u200b\u200d\u200c\ufe0f\u00ad\u2060\u00a0\u3000\t\n\x00\u202e\ufeff\u0378"
    "👍🏽🇨🇳אبग한カー①ﬁA་།、（"
)
"""Marks without a base, controls, joiners, signs that run from right to left or that no face has."""

languages = st.sampled_from(LANGUAGES)
pieces = st.one_of(
    st.sampled_from([word for words in WORDS.values() for word in words]),
    st.text(st.sampled_from(ODD), max_size=3),
    st.text(max_size=4),
    st.integers(20, 60).map(lambda count: "ab" * count),
)
texts = st.lists(pieces, min_size=1, max_size=40).map("".join)
styles = st.builds(
    TextStyle,
    size=st.sampled_from([7.5, 10.5, 16.0]),
    leading=st.just(20.0),
    align=st.sampled_from(["justify", "justify", "left", "center"]),
)
widths = st.floats(3 * CENTIMETRE, 17 * CENTIMETRE)


def set_text(text: str, language: Language, width: float, indent: float, style: TextStyle) -> list[Line]:
    boxes = boxes_of([Run(text, language)], style, ITEMIZER, "9B1C1C")
    return break_lines(boxes, Measure(width, indent, style.align, language))


def spelled(text: str) -> str:
    return text.replace(SOFT_HYPHEN, "").replace(" ", "")


@settings(max_examples=250, deadline=None, derandomize=True)
@given(texts, languages, widths, st.sampled_from([0.0, 21.0]), styles)
@example("\u0f71", "bo", 90.0, 0.0, TextStyle(10.5, 20.0))
@example(" ", "en", 90.0, 0.0, TextStyle(10.5, 20.0))
@example("\u202e\u0600\u2066", "zh", 90.0, 21.0, TextStyle(10.5, 20.0))
def test_no_character_is_lost_doubled_or_moved(
    text: str, language: Language, width: float, indent: float, style: TextStyle
) -> None:
    lines = set_text(text, language, width, indent, style)
    assert spelled("".join(line.text for line in lines)) == spelled(ITEMIZER.printable(text))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(texts, languages, widths, st.sampled_from([0.0, 21.0]), styles)
@example("，“好！”D’Arcy \u0301", "zh", 134.0, 21.0, TextStyle(16.0, 20.0))
def test_no_line_is_wider_than_its_column_but_for_what_hangs(
    text: str, language: Language, width: float, indent: float, style: TextStyle
) -> None:
    for line in set_text(text, language, width, indent, style):
        assert max(line.x, 0.0) + line.width <= width + 0.05, line.text
        first, last = line.boxes[0], line.boxes[-1]
        ends = max((x + box.width for x, box in line.places() if not box.space), default=0.0)  # a space may be drawn in
        assert line.x >= -0.5 * first.size - 0.01
        assert ends <= width + max(last.trim_end, 0.0) + 0.05
        assert last.trim_end <= 0.5 * last.size + 0.01


@settings(max_examples=250, deadline=None, derandomize=True)
@given(texts, languages, widths, styles)
def test_the_letters_of_neighbours_do_not_overlap(
    text: str, language: Language, width: float, style: TextStyle
) -> None:
    for line in set_text(text, language, width, 0.0, style):
        inked = [(x, box) for x, box in line.places() if _ink(box)[1] > 0]
        for (x, box), (after, following) in itertools.pairwise(inked):
            room = after + _ink(following)[0] - x - _ink(box)[1]
            assert room >= -0.16 * max(box.size, following.size), (line.text, box.shaped.text, following.shaped.text)


def _ink(box: Box) -> tuple[float, float]:
    """The left and right end of the letters of a box, marks over and under them aside, in pt."""
    unit = box.size / 1000
    x, ends = 0.0, []
    for glyph in box.shaped.glyphs:
        left, _, right, _ = box.shaped.face.ink(glyph.gid)
        if glyph.advance > 0 and right > left:
            ends += [x + glyph.x_offset + left, x + glyph.x_offset + right]
        x += glyph.advance
    return (min(ends) * unit, max(ends) * unit) if ends else (0.0, 0.0)


NEVER_FIRST: dict[Language, str] = {
    "zh": "、。，．：；！？）》〉」』】”’…%,.;:!?)·",
    "en": ",.;:!?)”’%",
    "bo": "་།༎༔”’)",
}
NEVER_LAST: dict[Language, str] = {"zh": "（《〈「『【“‘(", "en": "“‘(", "bo": "“‘("}
TAILORED = set("“”‘’·①")
"""What the annex leaves open, and languages decide."""

plain = languages.flatmap(
    lambda language: st.tuples(
        st.just(language), st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=60).map("".join)
    )
)
alignments: st.SearchStrategy[Alignment] = st.sampled_from(["justify", "left"])


@settings(max_examples=250, deadline=None, derandomize=True)
@given(plain, widths, alignments)
def test_lines_end_only_where_the_annex_and_the_printer_allow_it(
    drawn: tuple[Language, str], width: float, align: Alignment
) -> None:
    language, text = drawn
    allowed = set(line_break_boundaries(text))
    place = 0
    lines = set_text(text, language, width, 0.0, TextStyle(10.5, 20.0, align))
    for line, following in itertools.pairwise(lines):
        shown = line.text.removesuffix(SOFT_HYPHEN).rstrip(" ")
        place = text.index(shown, place) + len(shown)
        first, last = following.text[0], shown[-1]
        if line.text.endswith(SOFT_HYPHEN):
            assert last.isalpha()
            assert first.isalpha()
            continue
        place += len(text[place:]) - len(text[place:].lstrip(" "))
        assert place in allowed or {first, last} & TAILORED, (line.text, following.text)
        if " " not in text[place - 1 : place]:
            assert first not in NEVER_FIRST[language] or language == "en", (line.text, following.text)
            assert last not in NEVER_LAST[language], (line.text, following.text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(plain, widths)
def test_setting_a_paragraph_again_gives_the_same_lines(drawn: tuple[Language, str], width: float) -> None:
    language, text = drawn
    style = TextStyle(10.5, 20.0)
    assert set_text(text, language, width, 0.0, style) == set_text(text, language, width, 0.0, style)
