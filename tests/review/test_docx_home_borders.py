"""Where one sentence ends and the next begins in an edited cell: found, or left open, and never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.languages import Language
from toolkit.review.docx_borders import Division, Span, divide
from toolkit.review.docx_record import Made
from toolkit.review.docx_saved import Letter

SENTENCES = (
    "The theme of the conference was “Green, Harmony and Sharing.”",
    "Its main tasks were to study the new era, e.g. trade and roads.",
    "The conference also aimed to expand the areas of cooperation!",
)
TIBETAN = ("ཚོགས་འདུའི་བརྗོད་གཞི་ནི་ལྗང་མདོག་ཡིན།", "ལས་འགན་གཙོ་བོ་ནི་སློབ་སྦྱོང་བྱེད་རྒྱུ་དེ་ཡིན།")
BETWEEN = ("bulletin between",)


def made_of(texts: Sequence[str], language: Language = "en") -> list[Made]:
    return [
        Made(f"bt{number}", 1, language, f"s{number}", "0" * 16, text, text, ((text, frozenset()),), f"bs{number}")
        for number, text in enumerate(texts)
    ]


def plain(text: str) -> list[Letter]:
    return [Letter(letter) for letter in text]


def parts(division: Division, letters: Sequence[Letter]) -> dict[str, str]:
    text = "".join(letter.text for letter in letters)
    return {made.segment: text[slice(*span)] for made, span in division.shares}


def marked(*pieces: str) -> tuple[list[Letter], dict[str, Span]]:
    """Letters and bookmarks of a cell written as in `[0 text]{1  }[1 text]`: texts and the spaces before them; what
    stands in `‹ ›` has the style of such a space."""
    letters: list[Letter] = []
    marks: dict[str, Span] = {}
    for piece in pieces:
        start = len(letters)
        styled = piece.startswith(("{", "‹"))
        words = piece[2:-1] if piece[0] in "[{" else piece.strip("‹›")
        letters += [Letter(letter, BETWEEN if styled else ()) for letter in words]
        if piece[0] in "[{":
            marks[("bt" if piece[0] == "[" else "bs") + piece[1]] = (start, len(letters))
    return letters, marks


def test_bookmarks_divide_a_cell_whatever_was_typed_in_them() -> None:
    letters, marks = marked("[0Quite new.]", "{1 }", "[1So is this one.]", "{2 }", "[2And this.]")
    division = divide(letters, made_of(SENTENCES), marks)
    assert parts(division, letters) == {"s0": "Quite new.", "s1": "So is this one.", "s2": "And this."}
    assert (division.open, division.between) == ((), ())


def test_words_before_the_space_belong_to_the_sentence_before_and_words_behind_it_to_the_next() -> None:
    letters, marks = marked("[0One.]", " Put behind.", "{1 }", "‹Put before, ›", "[1two.]")
    division = divide(letters, made_of(SENTENCES[:2]), marks)
    assert parts(division, letters) == {"s0": "One. Put behind.", "s1": "Put before, two."}


def test_the_style_of_the_space_tells_it_where_its_bookmark_is_lost() -> None:
    letters, marks = marked("[0One.]", " Put behind.", "‹ ›", "[1two.]")
    assert parts(divide(letters, made_of(SENTENCES[:2]), marks), letters) == {"s0": "One. Put behind.", "s1": "two."}
    letters, marks = marked("[0One.]", "‹ Put before, ›", "[1two.]")
    assert parts(divide(letters, made_of(SENTENCES[:2]), marks), letters) == {"s0": "One.", "s1": "Put before, two."}


def test_a_sentence_typed_over_that_took_the_style_of_the_space_is_not_cut_in_two() -> None:
    letters, marks = marked(f"[0{SENTENCES[0]}]", "{1 }", "[1]", "‹Typed over.›", "‹ ›", f"[2{SENTENCES[2]}]")
    division = divide(letters, made_of(SENTENCES), marks)
    assert parts(division, letters) == {"s0": SENTENCES[0], "s1": "Typed over.", "s2": SENTENCES[2]}


def test_without_any_bookmark_unchanged_neighbours_fix_the_borders() -> None:
    letters = plain(f"{SENTENCES[0]} Typed anew, all of it. {SENTENCES[2]}")
    division = divide(letters, made_of(SENTENCES), {})
    assert parts(division, letters) == {"s0": SENTENCES[0], "s1": "Typed anew, all of it.", "s2": SENTENCES[2]}


def test_a_change_on_both_sides_is_divided_at_the_one_end_of_a_sentence() -> None:
    letters = plain(
        f"{SENTENCES[0][:33]} “Blue, and more.” His main tasks were to study the new era, e.g. trade and roads."
    )
    division = divide(letters, made_of(SENTENCES[:2]), {})
    assert parts(division, letters)["s1"] == "His" + SENTENCES[1][3:]


def test_two_sentences_made_one_stay_open_with_all_their_words() -> None:
    text = f"{SENTENCES[0][:30]} and so on, and then {SENTENCES[1][15:]} {SENTENCES[2]}"
    division = divide(plain(text), made_of(SENTENCES), {})
    assert parts(division, plain(text)) == {"s2": SENTENCES[2]}
    (((one, other), span),) = division.open
    assert (one.segment, other.segment) == ("s0", "s1")
    assert text[slice(*span)] == text.removesuffix(" " + SENTENCES[2])


def test_a_sentence_put_between_two_others_belongs_to_neither() -> None:
    text = f"{SENTENCES[0]} Somebody added this. {SENTENCES[1]}"
    division = divide(plain(text), made_of(SENTENCES[:2]), {})
    assert parts(division, plain(text)) == {"s0": SENTENCES[0], "s1": SENTENCES[1]}
    assert [text[slice(*span)] for _, span in division.between] == ["Somebody added this."]


def test_words_behind_the_end_of_a_sentence_typed_over_belong_to_the_next() -> None:
    text = f"Typed anew. However, at first {SENTENCES[1]}"
    division = divide(plain(text), made_of(SENTENCES[:2]), {})
    assert parts(division, plain(text)) == {"s0": "Typed anew.", "s1": f"However, at first {SENTENCES[1]}"}


def test_two_sentences_in_the_place_of_one_with_words_behind_them_stay_open() -> None:
    text = f"Typed anew. It was so. However, at first {SENTENCES[1]}"
    division = divide(plain(text), made_of(SENTENCES[:2]), {})
    assert (division.shares, len(division.open)) == ((), 1)


def test_a_deleted_sentence_leaves_the_others_whole() -> None:
    letters = plain(f"{SENTENCES[0]} {SENTENCES[2]}")
    division = divide(letters, made_of(SENTENCES), {})
    assert parts(division, letters) == {"s0": SENTENCES[0], "s1": "", "s2": SENTENCES[2]}


def test_nothing_is_guessed_where_the_record_is_lost() -> None:
    texts = [Made(f"bt{number}", 1, "en", f"s{number}", "0" * 16) for number in range(2)]
    letters, marks = marked("[0One.]", " Between the two. ", "[1Two.]")
    division = divide(letters, texts, marks)
    assert (division.shares, len(division.open)) == ((), 1)


def test_sentences_in_another_order_keep_their_words() -> None:
    made = made_of(SENTENCES)
    letters, marks = marked("[2Third.]", " ", "[0First.]", " ", "[1Second.]")
    division = divide(letters, [made[2], made[0], made[1]], marks)
    assert parts(division, letters) == {"s0": "First.", "s1": "Second.", "s2": "Third."}


def inside(words: Sequence[str], at: int, count: int, new: str) -> str:
    """The words with some in the middle replaced; the first and the last stay."""
    at = 1 + at % (len(words) - 2)
    count = min(count, len(words) - 1 - at)
    return " ".join([*words[:at], *([new] if new else []), *words[at + count :]])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 4), st.sampled_from(["", "new", "the new", "new. The", "a (b)"])),
        min_size=3,
        max_size=3,
    )
)
def test_without_bookmarks_edits_inside_of_sentences_are_given_to_the_right_one_or_to_none(
    edits: list[tuple[int, int, str]],
) -> None:
    wanted = {
        f"s{number}": inside(sentence.split(" "), *edit)
        for number, (sentence, edit) in enumerate(zip(SENTENCES, edits, strict=True))
    }
    letters = plain(" ".join(wanted.values()))
    division = divide(letters, made_of(SENTENCES), {})
    found = parts(division, letters)
    assert found.items() <= wanted.items()
    assert sum(len(made) for made, _ in division.open) + len(found) == len(SENTENCES)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(at=st.integers(1, 6), count=st.integers(0, 3), new=st.sampled_from(["", "གསར་པ་", "དེ། དེ་", "བོད་ཀྱི་"]))
def test_tibetan_edits_inside_of_sentences_are_given_to_the_right_one_or_to_none(at: int, count: int, new: str) -> None:
    pieces = TIBETAN[0].split("་")
    changed = "་".join([*pieces[:at], *filter(None, [new.rstrip("་")]), *pieces[min(at + count, len(pieces) - 1) :]])
    letters = plain(f"{changed} {TIBETAN[1]}")
    division = divide(letters, made_of(TIBETAN, "bo"), {})
    assert parts(division, letters).items() <= {"s0": changed, "s1": TIBETAN[1]}.items()
