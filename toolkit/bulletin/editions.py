"""The two editions every report gets."""

from __future__ import annotations

from toolkit.bulletin.model import Edition

_A4 = (595.28, 841.89)

PUBLISHING = Edition(
    name="publishing",
    columns=("en", "bo"),
    widths=(0.46, 0.54),
    page_width=_A4[0],
    page_height=_A4[1],
    margin_top=62.0,
    margin_bottom=60.0,
    margin_left=54.0,
    margin_right=54.0,
    gutter=20.0,
    provenance=False,
)
"""English | Tibetan, A4 upright: what is printed and given away."""

REVIEW = Edition(
    name="review",
    columns=("zh", "en", "bo"),
    widths=(0.27, 0.34, 0.39),
    page_width=_A4[1],
    page_height=_A4[0],
    margin_top=56.0,
    margin_bottom=54.0,
    margin_left=42.0,
    margin_right=42.0,
    gutter=16.0,
    provenance=True,
)
"""Chinese | English | Tibetan, A4 across: everything a reviewer needs to see."""

EDITIONS = (PUBLISHING, REVIEW)
