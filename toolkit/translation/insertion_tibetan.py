"""Putting a Tibetan rendering where other words stand: the particle, the tsheg and the shad behind it are fitted."""

from __future__ import annotations

import re

from toolkit import tibetan
from toolkit.tibetan_particles import (
    CLOSING,
    Ending,
    Standing,
    ending_of,
    form_behind,
    fuses,
    may_stand,
    particle_at,
)

Span = tuple[int, int]

_QUOTES = '”’」』"'  # a tsheg stands before these; 《 》 hold a title as it is printed
_GAP = re.compile(rf"(?P<inside>་?)(?P<closing>[{CLOSING}]*)(?P<outside>་?)")
_FUSED_BEHIND_ACHUNG = re.compile(r"[ིོངམ](?![\u0f40-\u0fbc])")
_CLAUSE_END = re.compile(r"་?།")


def fit_tibetan(text: str, span: Span, rendering: str) -> tuple[Span, str]:
    """The span to replace and what to put there: `span` grown by a particle, tsheg or shad where that changes.

    `text` must be normal.  A rendering that is punctuation only is put as it is.
    """
    start, end = span
    piece = tibetan.normal(rendering).rstrip(f"{tibetan.TSHEG}{tibetan.SHAD} ")
    if not piece:
        return span, tibetan.normal(rendering)
    old, new = ending_of(text[start:end]), ending_of(piece)
    if text[start:end].endswith("འ") and _FUSED_BEHIND_ACHUNG.match(text, end):
        end -= 1  # མདའི is མདའ and འི: the letter belongs to both
    gap = _GAP.match(text, end)
    found = particle_at(text, gap.end(), old, gap.group()) if gap else None
    if gap is not None and found is not None:
        is_new_there = old.is_apart or bool(gap["closing"])
        return (start, found.end), _before_particle(piece, new, found, gap, is_fitted=not is_new_there)
    fitted = _before_shad(text, end, piece, old, new) or _before_syllable(text, end, piece, old, new)
    return ((start, fitted[0]), fitted[1]) if fitted else ((start, end), piece)


def _before_particle(piece: str, new: Ending, found: Standing, gap: re.Match[str], *, is_fitted: bool) -> str:
    """`piece`, the closing quotes behind it in the text, and the particle; its form stays if `is_fitted` and right."""
    ending = Ending(new.letter, new.is_apart or bool(gap["closing"]))
    stays = is_fitted and may_stand(found.form, found.particle, ending)
    form = found.form if stays else form_behind(found.particle, ending)
    if fuses(form, ending):
        return piece.removesuffix("འ") + form
    if gap["closing"]:
        has_tsheg = bool(gap["inside"] or gap["outside"])
        return (_with_tsheg_inside(piece) if has_tsheg else piece) + gap["closing"] + form
    if new.is_apart:
        return (_with_tsheg_inside(piece) if piece[-1] in _QUOTES else piece) + form
    return piece + tibetan.TSHEG + form


def _with_tsheg_inside(piece: str) -> str:
    """`piece` with a tsheg behind its last letter, before its own closing quotes; none behind another script."""
    body = piece.rstrip(CLOSING)
    return body + tibetan.TSHEG + piece[len(body) :] if tibetan.joins(body[-1:]) else piece


def _before_shad(text: str, end: int, piece: str, old: Ending, new: Ending) -> tuple[int, str] | None:
    """The shad after ང has a tsheg before it, after ག there is none; one that the old words had no need of is set.

    What comes out is where the replaced text ends and what stands there, None where no clause ends.
    """
    is_quoted = new.is_apart and piece[-1] in _QUOTES
    if new.letter == "ང":
        with_shad = _with_tsheg_inside(piece) + tibetan.SHAD if is_quoted or not new.is_apart else piece + tibetan.SHAD
    else:
        with_shad = piece + tibetan.SHAD
    if mark := _CLAUSE_END.match(text, end):
        if new == Ending("ག"):
            ends_line = mark.end() == len(text) or text.startswith(" ", mark.end())
            return mark.end(), piece if ends_line else f"{piece} "
        return mark.end(), with_shad
    if old.letter == "ག" and new.letter != "ག" and text.startswith(" ", end):
        return end, with_shad
    return None


def _before_syllable(text: str, end: int, piece: str, old: Ending, new: Ending) -> tuple[int, str] | None:
    """The tsheg before a syllable that is no particle: none behind digits, Latin and quotes, else there must be one."""
    if new.is_apart and text.startswith(tibetan.TSHEG, end) and tibetan.joins(text[end + 1 : end + 2]):
        return end + 1, _with_tsheg_inside(piece) if piece[-1] in _QUOTES else piece
    if old.is_apart and not new.is_apart and tibetan.joins(text[end : end + 1]):
        return end, piece + tibetan.TSHEG
    return None
