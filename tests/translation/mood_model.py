"""A dictionary model that remembers: what it has written, or a tag, puts it in a mood, and the mood favours pieces.

`dictionary_model` says how weights spell a dictionary.  This model adds one thing to it, with which it can show what
trained models do: choose its language by a tag, repeat itself without end, skip a clause, set a space where one is
due.

* A **mood** has a code of its own, beside *what* and *where*.  Some pieces bring a mood: their embedding holds its
  code, and a flag.
* Self-attention looks at one piece alone: the last that has the flag.  It fetches the mood that this piece brings, and
  puts it in force at every position.  In the encoder, a piece of the source puts the whole source in a mood, and
  cross-attention hands it on with every content; in the decoder, a piece that was written puts all that follows in
  a mood.
* The projection of a piece that a mood favours holds some of the mood's code: in that mood, it is likelier.  Content
  weighs 1, so a favour of 0.5 decides between two renderings of a piece, and one above 1 drowns what the source says.

"The last" is read off a clock: a number that grows with the position, so weak that any flag outweighs it.  Codes have
as many plus as minus signs, and flag and clock stand with both signs, so that layer normalisation shifts nothing.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from ctranslate2.specs.transformer_spec import TransformerDecoderSpec, TransformerEncoderSpec
from numpy.typing import NDArray

from tests.translation.dictionary_model import BEGIN, COPIED, SPACE

Array = NDArray[np.float32]

CONTENT_SIZE, POSITION_SIZE, MOOD_SIZE = 256, 128, 16  # signs in a code; moods must be fewer
CONTENT = slice(0, CONTENT_SIZE)
POSITION = slice(CONTENT.stop, CONTENT.stop + POSITION_SIZE)
BROUGHT = slice(POSITION.stop, POSITION.stop + MOOD_SIZE)  # by the piece itself
MOOD = slice(BROUGHT.stop, BROUGHT.stop + MOOD_SIZE)  # in force
FLAG, CLOCK = MOOD.stop, MOOD.stop + 2
WIDTH = CLOCK + 2
PLUS_AND_MINUS = np.array([1, -1], np.float32)

POSITIONS = 1030  # what CTranslate2 reads at most, and some
CERTAINTY = 16.0  # logits between the piece that the source says and any other
NOTICE = 4.0  # sharpness of cross-attention
LATER = 12.0  # how much more the next position counts for "the last"
FEED_FORWARD = 8  # inner width of the layers that do nothing


@dataclass(frozen=True)
class Lexicon:
    """What a model knows.

    `renderings`: for a source piece, target pieces with their weights; 1 is as sure as can be.
    `source_moods`, `target_moods`: the mood that a piece of the source, or a written piece, brings.
    `favours`: for a target piece, the moods that favour it, and how much; a negative favour is a dislike.
    `emphasis`: how loudly a target piece is recognised; 1 where it says nothing.
    `reluctance`: what a target piece has to overcome, in all moods.
    """

    renderings: Mapping[str, Mapping[str, float]]
    source_moods: Mapping[str, str] = field(default_factory=dict)
    target_moods: Mapping[str, str] = field(default_factory=dict)
    favours: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    emphasis: Mapping[str, float] = field(default_factory=dict)
    reluctance: Mapping[str, float] = field(default_factory=dict)
    start: str = BEGIN
    first_position: int = 0


def write_model(folder: Path, lexicon: Lexicon, **config: object) -> None:
    """Write the CTranslate2 folder of `lexicon`; `config` goes into its config.json."""
    folder.mkdir(parents=True)
    for name, data in model_files(lexicon, **config).items():
        (folder / name).write_bytes(data)


def model_files(lexicon: Lexicon, **config: object) -> dict[str, bytes]:
    """The files of a CTranslate2 Transformer; the same bytes for the same arguments.

    At step t it reads source piece t + `first_position`.
    """
    renderings = {**{piece: {piece: 1.0} for piece in COPIED}, **lexicon.renderings}
    source_pieces = list(dict.fromkeys([*renderings, *lexicon.source_moods]))
    target_pieces = list(
        dict.fromkeys(
            [
                *(target for targets in renderings.values() for target in targets),
                *lexicon.target_moods,
                *lexicon.favours,
            ]
        )
    )
    contents = codes("content", target_pieces, CONTENT_SIZE)
    all_moods = {
        *lexicon.source_moods.values(),
        *lexicon.target_moods.values(),
        *(mood for favoured in lexicon.favours.values() for mood in favoured),
    }
    moods = dict(zip(sorted(all_moods), _unrelated_codes(MOOD_SIZE), strict=False))

    spec = TransformerSpec(
        TransformerEncoderSpec(1, 1, pre_norm=True, no_final_norm=True),
        TransformerDecoderSpec(1, 1, pre_norm=True, no_final_norm=True),
    )
    where = _positions(POSITIONS)
    read = np.zeros((len(source_pieces), WIDTH), np.float32)
    for row, piece in enumerate(source_pieces):
        for target, weight in renderings.get(piece, {}).items():
            read[row, CONTENT] += weight * contents[target]
        if piece in lexicon.source_moods:
            _bring_mood(read[row], moods[lexicon.source_moods[piece]])
    spec.encoder.embeddings[0].weight = read
    spec.encoder.scale_embeddings = False
    spec.encoder.position_encodings.encodings = where
    _spread_moods(spec.encoder.layer[0].self_attention)
    _do_nothing(spec.encoder.layer[0].ffn)

    written = np.zeros((len(target_pieces), WIDTH), np.float32)
    projection = np.zeros((len(target_pieces), WIDTH), np.float32)
    for row, piece in enumerate(target_pieces):
        if piece in lexicon.target_moods:
            _bring_mood(written[row], moods[lexicon.target_moods[piece]])
        projection[row, CONTENT] = contents[piece] * (CERTAINTY / CONTENT_SIZE) * lexicon.emphasis.get(piece, 1.0)
        for mood, favour in lexicon.favours.get(piece, {}).items():
            projection[row, MOOD] += moods[mood] * (CERTAINTY / MOOD_SIZE) * favour
    spec.decoder.embeddings.weight = written
    spec.decoder.scale_embeddings = False
    spec.decoder.position_encodings.encodings = _decoder_positions(where, lexicon.first_position)
    layer = spec.decoder.layer[0]
    _spread_moods(layer.self_attention)
    _look_at_own_position(layer.attention)
    _do_nothing(layer.ffn)
    reluctance = [CERTAINTY * lexicon.reluctance.get(piece, 0.0) for piece in target_pieces]
    _set(spec.decoder.projection, projection, -np.array(reluctance, np.float32))

    spec.register_source_vocabulary(source_pieces)
    spec.register_target_vocabulary(target_pieces)
    spec.config.decoder_start_token = lexicon.start
    spec.config.add_source_eos = True
    for name, value in config.items():
        setattr(spec.config, name, value)
    spec.validate()
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def codes(kind: str, names: Iterable[str], size: int) -> dict[str, Array]:
    """A row of signs for each name, half of them minus, nearly orthogonal to each other."""
    return {name: _code(f"{kind} {name}", size) for name in names}


def spaced(text: str) -> str:
    """A target piece that stands for `text`."""
    return text.replace(" ", SPACE)


def _code(name: str, size: int) -> Array:
    shuffled = np.argsort(np.frombuffer(hashlib.shake_128(name.encode()).digest(4 * size), ">u4"), kind="stable")
    return np.where(shuffled < size // 2, np.float32(1), np.float32(-1))


def _unrelated_codes(size: int) -> Array:
    """All rows of a Hadamard matrix that hold both signs: no mood must be a little of another."""
    matrix = np.ones((1, 1), np.float32)
    while len(matrix) < size:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix[1:]


def _positions(count: int) -> Array:
    encodings = np.zeros((count, WIDTH), np.float32)
    encodings[:, POSITION] = list(codes("position", map(str, range(count)), POSITION_SIZE).values())
    encodings[:, CLOCK : CLOCK + 2] = np.arange(count)[:, None] / POSITIONS * PLUS_AND_MINUS
    return encodings


def _decoder_positions(where: Array, first_position: int) -> Array:
    """Step t looks where source piece t + `first_position` stands; its clock shows t."""
    steps = where.copy()
    steps[: len(steps) - first_position, POSITION] = where[first_position:, POSITION]
    return steps


def _bring_mood(embedding: Array, mood: Array) -> None:
    embedding[BROUGHT] = mood
    embedding[FLAG : FLAG + 2] = PLUS_AND_MINUS


def _spread_moods(attention: MultiHeadAttentionSpec) -> None:
    """Fetch the mood of the last piece that brings one."""
    query, key, value = np.zeros((3, WIDTH, WIDTH), np.float32)
    any_position = np.zeros(3 * WIDTH, np.float32)
    any_position[0] = np.sqrt(WIDTH)  # CTranslate2 divides by it
    key[0, CLOCK] = LATER * POSITIONS
    key[0, FLAG] = 2 * LATER * POSITIONS
    normalised = np.sqrt(WIDTH / (POSITION_SIZE + MOOD_SIZE + 2))  # where a position, a mood and a flag stand
    np.fill_diagonal(value[MOOD, BROUGHT], 1 / normalised)
    _normalise(attention.layer_norm)
    both, result = attention.linear
    _set(both, np.vstack([query, key, value]), any_position)
    _set(result, np.eye(WIDTH))


def _look_at_own_position(attention: MultiHeadAttentionSpec) -> None:
    """Fetch content and mood from the source piece that stands where the step points."""
    only_position, what_it_says = np.zeros((2, WIDTH, WIDTH), np.float32)
    np.fill_diagonal(only_position[POSITION, POSITION], 1)
    np.fill_diagonal(what_it_says[CONTENT, CONTENT], 1)
    np.fill_diagonal(what_it_says[MOOD, MOOD], 1)
    query, key_and_value, result = attention.linear
    _normalise(attention.layer_norm)
    _set(query, only_position * NOTICE)
    _set(key_and_value, np.vstack([only_position, what_it_says]))
    _set(result, np.eye(WIDTH))


def _do_nothing(feed_forward: object) -> None:
    _normalise(feed_forward.layer_norm)  # type: ignore[attr-defined]
    _set(feed_forward.linear_0, np.zeros((FEED_FORWARD, WIDTH)))  # type: ignore[attr-defined]
    _set(feed_forward.linear_1, np.zeros((WIDTH, FEED_FORWARD)))  # type: ignore[attr-defined]


def _normalise(layer_norm: LayerNormSpec) -> None:
    layer_norm.gamma = np.ones(WIDTH, np.float32)
    layer_norm.beta = np.zeros(WIDTH, np.float32)


def _set(linear: LinearSpec, weight: NDArray[np.generic], bias: Array | None = None) -> None:
    linear.weight = np.ascontiguousarray(weight, np.float32)
    linear.bias = np.zeros(len(weight), np.float32) if bias is None else bias
