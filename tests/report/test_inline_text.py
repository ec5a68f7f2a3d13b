"""Inline codes keep the words they stand around, whatever is done to the text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.report.inline import Code, InlineText, inline_of

RUNS = st.lists(
    st.tuples(
        st.text(alphabet="甘南会议。，ab ", min_size=1, max_size=6),
        st.frozensets(st.sampled_from(["bold", "italic"])),
    ),
    max_size=7,
)


def styled(inline: InlineText) -> list[tuple[str, frozenset[str]]]:
    """Every character with its styles."""
    return [(character, styles) for text, styles in inline.spans() for character in text]


def nests(inline: InlineText) -> bool:
    stack: list[str] = []
    for code in inline.codes:
        if code.kind == "open":
            stack.append(code.id)
        elif stack.pop() != code.id:
            return False
    return not stack


@given(RUNS)
def test_every_character_keeps_the_style_of_its_run_and_pairs_nest(runs: list[tuple[str, frozenset[str]]]) -> None:
    inline = inline_of(runs)
    assert styled(inline) == [(character, styles) for text, styles in runs for character in text]
    assert nests(inline)


def test_neighbouring_runs_of_one_style_share_a_pair() -> None:
    bold = frozenset({"bold"})
    assert len(inline_of([("甘", bold), ("南", bold), ("", frozenset()), ("州", bold)]).codes) == 2


@given(RUNS, st.data())
def test_pieces_joined_are_the_text_again_style_by_style(
    runs: list[tuple[str, frozenset[str]]], data: st.DataObject
) -> None:
    inline = inline_of(runs)
    length = len(inline.text)
    ends = sorted(data.draw(st.lists(st.integers(0, length), max_size=4)))
    pieces = inline.pieces((*ends, length))
    assert [pair for piece in pieces for pair in styled(piece)] == styled(inline)
    assert all(map(nests, pieces))
    for piece, (start, end) in zip(pieces, itertools.pairwise((0, *ends, length)), strict=True):
        assert styled(inline.cut(start, end)) == styled(piece)


@given(RUNS, st.text(alphabet="甘南会a。", min_size=1, max_size=3), st.text(alphabet="甘北b。", max_size=4))
def test_replacing_changes_the_text_as_str_does_and_no_style_of_what_stays(
    runs: list[tuple[str, frozenset[str]]], find: str, replacement: str
) -> None:
    inline = inline_of(runs)
    changed = inline.replaced(find, replacement)
    assert changed.text == inline.text.replace(find, replacement)
    assert nests(changed)
    if find not in inline.text:
        assert styled(changed) == styled(inline)


@pytest.mark.parametrize(
    ("find", "replacement", "expected"),
    [
        ("会议甘南", "会议在甘南", "联席会议在<b>甘南</b>召开"),  # put in at the border of the pair: outside it
        ("联席会议", "会议", "会议<b>甘南</b>召开"),
        ("南召", "南州召", "联席会议<b>甘南</b>州召开"),
        ("甘南", "合作", "联席会议<b>合作</b>召开"),
        ("议甘", "场", "联席会场<b>南</b>召开"),
        ("席会议甘南召", "", "联开"),
    ],
)
def test_a_correction_beside_or_through_a_code_keeps_the_text_right(find: str, replacement: str, expected: str) -> None:
    inline = inline_of([("联席会议", frozenset()), ("甘南", frozenset({"bold"})), ("召开", frozenset())])
    changed = inline.replaced(find, replacement)
    shown = "".join(f"<b>{text}</b>" if styles else text for text, styles in changed.spans())
    assert shown == expected


def test_points_stay_where_they_stand_and_go_with_the_piece_they_open() -> None:
    inline = InlineText("甲乙丙", (Code(1, "1", "point", "lb"), Code(3, "2", "point", "x-end")))
    first, second = inline.pieces((1, 3))
    assert (first.codes, [code.position for code in second.codes]) == ((), [0, 2])
    assert [code.position for code in inline.replaced("甲", "很长的").codes] == [3, 5]


def test_ids_depend_on_the_piece_alone() -> None:
    inline = InlineText("甲乙", (Code(0, "7", "open", "bold"), Code(1, "7", "close"), Code(1, "9", "point")))
    assert [code.id for code in inline.renumbered().codes] == ["1", "1", "2"]
