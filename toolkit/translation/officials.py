"""Lists of officials: titles and name kept together and in order, written by rule where the glossary has all."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit import tibetan
from toolkit.constraints import Constraint
from toolkit.languages import Language

_SEPARATORS = "、，；。和及与 \u3000"


def _open_ended(rendering: str) -> str:
    return rendering.rstrip(f"{tibetan.TSHEG}{tibetan.SHAD} ")


def split_officials(text: str, constraints: Sequence[Constraint]) -> tuple[str, ...]:
    """A list of officials cut behind each name and its separator; joined the pieces give `text` again.

    A text that names fewer than three persons is no list: it comes back whole.
    """
    persons = [one for one in constraints if one.is_person]
    if len(persons) < 3:
        return (text,)
    pieces: list[str] = []
    start = 0
    for person in persons:
        end = person.end
        while end < len(text) and text[end] in _SEPARATORS:
            end += 1
        if end > person.end and end > start:
            pieces.append(text[start:end])
            start = end
    if start < len(text):
        pieces.append(text[start:])
    return tuple(pieces)


def write_official(piece: str, offset: int, constraints: Sequence[Constraint], language: Language) -> str | None:
    """An official with all titles, from the glossary alone; None where it does not hold every word of the piece.

    `offset` is where `piece` begins in the text that the constraints count in.  English puts the name first (Luo
    Qingwu, Deputy Secretary of … and Mayor), Tibetan the titles, as Chinese does.
    """
    mine = [one for one in constraints if offset <= one.start and one.end <= offset + len(piece)]
    rest = piece
    for one in mine:
        rest = rest[: one.start - offset] + " " * (one.end - one.start) + rest[one.end - offset :]
    names = [one.preferred for one in mine if one.is_person]
    titles = [one.preferred for one in mine if not one.is_person]
    if rest.strip(_SEPARATORS) or len(names) != 1 or not all((*names, *titles)) or not mine[-1].is_person:
        return None
    if language == "bo":
        together = f"{tibetan.TSHEG}དང{tibetan.TSHEG}".join(_open_ended(title) for title in titles)
        return tibetan.TSHEG.join(part for part in (together, names[0]) if part)
    if not titles:
        return names[0]
    listed = titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + f" and {titles[-1]}"
    return f"{names[0]}, {listed}"


def join_officials(sources: Sequence[str], targets: Sequence[str], language: Language) -> str:
    """The officials of a list as one text: semicolons between those that carry titles, commas between bare names."""
    if language == "bo":
        said = [target.strip() for target in targets if target.strip()]
        return " ".join((*map(tibetan.with_shad, said[:-1]), *said[-1:]))
    text = ""
    for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
        target = target.strip().rstrip(".,;") if number < len(targets) - 1 else target.strip()
        text += target
        if number == len(targets) - 1:
            break
        if source.rstrip()[-1:] in "。！？":
            text += ". "
        else:
            text += "; " if "," in target or "," in targets[number + 1] else ", "
    return text if text.endswith((".", "!", "?")) or sources[-1][-1:] not in "。！？" else f"{text}."
