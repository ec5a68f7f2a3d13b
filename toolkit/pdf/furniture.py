"""What stands on every page around the text: the stamp, the running titles, the page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin.model import Bulletin, Edition, Run
from toolkit.bulletin.theme import FOOT, TextStyle
from toolkit.languages import Language
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.pages import Frame
from toolkit.pdf.rows import RowSetter, Slug

_EDGE = 14.0  # pt that stay free at the edge of the paper
_PADDING = 3.0  # pt between the stamp's box and its text
_DISTANCE = 9.0  # pt between the furniture and the text
_LINE_SPACE = 2.0  # pt under the rule over the foot


@dataclass(frozen=True, slots=True)
class _Strip:
    """Texts on one level; `ascent` from its top to the common baseline, lengths in pt."""

    columns: tuple[tuple[Language, float, tuple[Slug, ...]], ...]

    @property
    def ascent(self) -> float:
        return max((slugs[0].ascent for _, _, slugs in self.columns if slugs), default=0.0)

    @property
    def height(self) -> float:
        drops = [(self.ascent - slugs[0].ascent, slugs) for _, _, slugs in self.columns if slugs]
        return max((drop + sum(slug.height for slug in slugs) for drop, slugs in drops), default=0.0)

    def draw(self, content: PageContent, top: float) -> None:
        for language, left, slugs in self.columns:
            baseline = top - self.ascent
            for index, slug in enumerate(slugs):
                if index:
                    baseline -= slugs[index - 1].height - slugs[index - 1].ascent + slug.ascent
                content.text(slug.line, left, baseline, language)


class Furniture:
    """The stamp and the foot of one bulletin."""

    def __init__(self, bulletin: Bulletin, setter: RowSetter) -> None:
        self._bulletin = bulletin
        self._setter = setter
        self._theme = bulletin.edition.theme
        self._stamp = self._strip(
            [(cell.language, cell.runs) for cell in bulletin.stamp],
            bold=True,
            color=self._theme.palette.accent,
            align="center",
        )
        self._titles = self._strip([(cell.language, cell.runs) for cell in bulletin.running_title])

    @property
    def frame(self) -> Frame:
        """What is left of the page for rows: the margins, or less where the furniture needs more."""
        edition = self._bulletin.edition
        top = edition.page_height - edition.margin_top
        if self._stamp.height:
            top = min(top, edition.page_height - _EDGE - self._stamp_height - _DISTANCE)
        foot = self._titles.height + self._numbers(1, 1).height + _LINE_SPACE
        return Frame(top, max(edition.margin_bottom, _EDGE + foot + _DISTANCE))

    @property
    def _stamp_height(self) -> float:
        return self._stamp.height + 2 * _PADDING

    def draw(self, content: PageContent, page: int, pages: int) -> None:
        """Stamp and foot of page `page` (from 1) of `pages`."""
        if self._stamp.height:
            with content.artifact("Pagination", "Header"):
                self._draw_stamp(content)
        with content.artifact("Pagination", "Footer"):
            self._draw_foot(content, page, pages)

    def _draw_stamp(self, content: PageContent) -> None:
        left, width = _text_width(self._bulletin.edition)
        bottom = self.frame.top + _DISTANCE
        top = bottom + self._stamp_height
        content.frame(left, bottom, width, top - bottom, self._theme.palette.accent, 0.9)
        self._stamp.draw(content, top - _PADDING)

    def _draw_foot(self, content: PageContent, page: int, pages: int) -> None:
        left, width = _text_width(self._bulletin.edition)
        top = self.frame.bottom - _DISTANCE
        content.rule((left, top), (left + width, top), self._theme.palette.rule, 0.4)
        self._titles.draw(content, top - _LINE_SPACE)
        self._numbers(page, pages).draw(content, top - _LINE_SPACE - self._titles.height)

    def _numbers(self, page: int, pages: int) -> _Strip:
        """One page number per language: the first on the left, the last on the right, others between."""
        left, width = _text_width(self._bulletin.edition)
        feet = self._bulletin.foot
        columns = []
        for index, foot in enumerate(feet):
            style = self._theme.style(FOOT, foot.language)
            text = f"{foot.before}{page}{foot.of}{pages}{foot.after}"
            slugs = self._setter.slugs([Run(text, foot.language)], foot.language, replace(style, align="left"), width)
            share = index / (len(feet) - 1) if len(feet) > 1 else 0.5
            columns.append((foot.language, left + share * (width - _width_of(slugs)), tuple(slugs)))
        return _Strip(tuple(columns))

    def _strip(self, texts: Sequence[tuple[Language, tuple[Run, ...]]], **changes: object) -> _Strip:
        columns = []
        for (language, runs), (left, width) in zip(texts, self._setter.columns, strict=False):
            style: TextStyle = replace(self._theme.style(FOOT, language), **changes)  # type: ignore[arg-type]
            columns.append((language, left, tuple(self._setter.slugs(runs, language, style, width))))
        return _Strip(tuple(columns))


def _text_width(edition: Edition) -> tuple[float, float]:
    return edition.margin_left, edition.page_width - edition.margin_left - edition.margin_right


def _width_of(slugs: Sequence[Slug]) -> float:
    return max((slug.line.width for slug in slugs), default=0.0)
