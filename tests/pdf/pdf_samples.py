"""A small bulletin in three languages, in sentences of our own."""

from __future__ import annotations

from toolkit.bulletin.model import Bulletin, Cell, Edition, Mark, PageFoot, Row, RowKind, Run, page_foot
from toolkit.languages import Language

SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "2023年8月8日,五省区的代表在合作市开会。",
        "他说：“我们要把草原保护好！”（掌声）",
        "公路长128.5公里——从县城到牧区，沿途有《格萨尔》的传说……",
        "会议讨论了教育、卫生、交通等问题，并听取了WHO专家的意见。",
    ),
    "en": (
        "On 8 August 2023 delegates of the five provinces met in Hezuo City.",
        "“We shall look after the grassland,” he said, to applause.",
        "The road is 128.5 kilometres long and runs from the county town to the pastures of the nomads.",
        "Delegates discussed schools, hospitals and roads, and heard an internationally respected epidemiologist.",
    ),
    "bo": (
        "2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན་ཞིང་ཆེན་ལྔའི་འཐུས་མི་རྣམས་གཙོས་གྲོང་ཁྱེར་ལ་འཛོམས།",
        "ཁོང་གིས་“ང་ཚོས་རྩྭ་ཐང་སྲུང་སྐྱོབ་བྱེད་དགོས།”ཞེས་བཤད།  །",
        "བསྒྲུབས་པ་དང་བརྒྱུད་པ་རྣམས་ཀྱིས་ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ་ཞེས་བཏོན། རྡོ་ལམ་དེའི་རིང་ཚད་སྤྱི་ལེ་128ཡོད།",
        "སློབ་གསོ་དང་འཕྲོད་བསྟེན། འགྲིམ་འགྲུལ་བཅས་ཀྱི་གནད་དོན་ལ་བགྲོ་གླེང་བྱས་པ་རེད།",
    ),
}


def text_of(language: Language, index: int, sentences: int) -> str:
    """A paragraph of several sentences, another for each `index`."""
    store = SENTENCES[language]
    joint = "" if language == "zh" else " "
    return joint.join(store[(index + k) % len(store)] for k in range(sentences))


def _cells(columns: tuple[Language, ...], **texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(language, (Run(texts[language], language),)) for language in columns)


def make_bulletin(
    columns: tuple[Language, ...] = ("zh", "en", "bo"),
    *,
    rows: int = 12,
    page_height: float = 595.0,
    provenance: bool = False,
) -> Bulletin:
    """A bulletin with a heading before every fourth paragraph."""
    body: list[Row] = []
    for index in range(rows):
        if index % 4 == 0:
            heading = _cells(columns, zh=f"第{index}部分", en=f"Part {index}", bo=f"དུམ་བུ་{index}པ།")
            body.append(Row(RowKind.HEADING, heading))
        texts = {language: text_of(language, index, 2 + index % 3) for language in columns}
        body.append(Row(RowKind.PARAGRAPH, _cells(columns, **texts), opens_paragraph=index % 2 == 0))
    title = {"zh": "五省区会议", "en": "Five provinces meet", "bo": "ཞིང་ཆེན་ལྔའི་ཚོགས་འདུ།"}
    feet: dict[Language, PageFoot] = {
        "zh": page_foot("zh", "第{page}页，共{pages}页"),
        "en": page_foot("en", "Page {page} of {pages}"),
        "bo": page_foot("bo", "ཤོག་གྲངས་{page}/{pages}"),
    }
    stamp = _cells(columns, zh="草稿", en="DRAFT", bo="ཟིན་བྲིས།") if provenance else ()
    title_cells = tuple(
        Cell(language, (Run("༄༅། །", "bo", mark=Mark.ORNAMENT), Run(title[language], language)))
        if language == "bo"
        else Cell(language, (Run(title[language], language),))
        for language in columns
    )
    return Bulletin(
        name="five-provinces",
        edition=Edition(
            name="-".join(columns),
            columns=columns,
            widths=(1.0,) * len(columns),
            page_width=297.0 * len(columns),
            page_height=page_height,
            margin_top=50,
            margin_bottom=50,
            margin_left=45,
            margin_right=45,
            gutter=20,
            provenance=provenance,
        ),
        title=title[columns[0]],
        subject="A conference",
        author="甘南日报",
        keywords=("合作市", "Hezuo"),
        running_title=_cells(columns, **title),
        head_rows=(Row(RowKind.TITLE, title_cells),),
        column_head=Row(RowKind.COLUMN_HEAD, _cells(columns, zh="中文", en="English", bo="བོད་ཡིག")),
        rows=tuple(body),
        tail_rows=(Row(RowKind.COLOPHON, _cells(columns, zh="来源", en="Source", bo="ཁུངས།")),),
        stamp=stamp,
        foot=tuple(feet[language] for language in columns),
    )
