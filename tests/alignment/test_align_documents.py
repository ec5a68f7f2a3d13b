"""Which sentences stand for which: the beginning of the room, on sentences of our own."""

from __future__ import annotations

from toolkit.alignment import align_documents
from toolkit.alignment.units import sentences_of

SOURCE = [
    ["草原学校迎来新校舍"],
    ["6月1日，草原学校搬进了新校舍。", "全校共有320名学生。", "图书馆里有5000册书。"],
    ["校长说，学校还要建一座体育馆。"],
]


def found(paragraphs: list[str]) -> list[tuple[tuple[int, ...], str]]:
    return [(link.sources, link.text) for link in align_documents(SOURCE, paragraphs, "en").links]


def test_a_faithful_translation_is_aligned_sentence_by_sentence() -> None:
    title, one, two, three, last = (
        "Grassland School Gets a New Building",
        "On 1 June the Grassland School moved into its new building.",
        "The school has 320 pupils in all.",
        "The library has 5,000 books.",
        "The headmaster said that the school would also build a gymnasium.",
    )
    assert found([title, f"{one} {two} {three}", last]) == [
        ((0,), title),
        ((1,), one),
        ((2,), two),
        ((3,), three),
        ((4,), last),
    ]


def test_a_sentence_that_is_missing_leaves_its_source_alone() -> None:
    links = found(
        [
            "Grassland School Gets a New Building",
            "On 1 June the Grassland School moved into its new building. The library has 5,000 books.",
            "The headmaster said that the school would also build a gymnasium.",
        ]
    )
    assert ((2,), "") in links
    assert ((3,), "The library has 5,000 books.") in links


def test_every_source_and_every_word_stands_in_exactly_one_link() -> None:
    paragraphs = ["New Building. It is big!", "In June they moved. There are 320 pupils, 5,000 books; and more."]
    links = found(paragraphs)
    assert [number for sources, _ in links for number in sources] == [0, 1, 2, 3, 4]
    assert " ".join(text for _, text in links if text).split() == " ".join(paragraphs).split()


def test_tibetan_is_cut_at_the_end_of_sentences_and_not_at_every_shad() -> None:
    text = "ཟླ་6པའི་ཚེས་1ཉིན། རྩྭ་ཐང་སློབ་གྲྭ་ཁང་པ་གསར་པར་སྤོས་སོ། །སློབ་གྲྭ་ཡོངས་ལ་སློབ་མ་320ཡོད།"
    assert "".join("".join(sentences_of(text, "bo")).split()) == "".join(text.split())
