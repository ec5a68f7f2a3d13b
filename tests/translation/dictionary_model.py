"""Real, tiny Argos packages for tests: CTranslate2 and SentencePiece load them like any other, nothing is trained.

How the weights spell a dictionary
----------------------------------
Every target piece and every position has a code: `CODE_SIZE` signs taken from a hash.  Two different codes are
nearly orthogonal, so a code is recognised by its dot product with itself.  A vector of the model is two codes side
by side: *what* (content) and *where* (position).

* The encoder adds nothing of its own.  The embedding of a source piece is the content code of its **translation**;
  the position encoding adds where it stands.
* The decoder ignores what it has written so far.  At step t its vector is the position code t.  Cross-attention
  compares it with the positions of the source, so it looks at source piece t alone, and fetches its content code.
* The projection compares that with the code of every target piece.  The end of the source stands for the end of the
  target.

So the model translates piece by piece, in order, and joins without spaces: where the target needs a space, the
dictionary has it.  A target given as several renderings blends their codes, the first one strongest: they come out
as the n-best list.  SentencePiece cuts the words of the dictionary out of a text, longest first; everything else
falls back to bytes, which translate to themselves.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.transformer_spec import TransformerDecoderSpec, TransformerEncoderSpec
from numpy.typing import NDArray

Array = NDArray[np.float32]
Dictionary = Mapping[str, str | tuple[str, ...]]

CODE_SIZE = 128  # signs in a code
WIDTH = 2 * CODE_SIZE  # a content code and a position code
CONTENT, POSITION = slice(0, CODE_SIZE), slice(CODE_SIZE, WIDTH)
POSITIONS = 640  # pieces the model can tell apart; a longer text makes it fail
FEED_FORWARD = 8  # inner width of the layers that do nothing
ATTENTION_SHARPNESS = 4.0  # looks at one position alone
PROJECTION_SHARPNESS = 1 / 8  # 99.99 % for a piece with one rendering
WEAKER = 0.7  # strength of each further rendering, relative to the one before

UNKNOWN, BEGIN, END, SPACE = "<unk>", "<s>", "</s>", "▁"
BYTES = tuple(f"<0x{byte:02X}>" for byte in range(256))
COPIED = (UNKNOWN, BEGIN, END, *BYTES, SPACE)  # pieces that translate to themselves

PIECE_NORMAL, PIECE_UNKNOWN, PIECE_CONTROL, PIECE_USER_DEFINED, PIECE_BYTE = 1, 2, 3, 4, 6  # ModelProto.SentencePiece
TRAINER_UNIGRAM = 1
ZIP_DATE = (2020, 1, 1, 0, 0, 0)
ZIP_FASTEST = 1


def write_package(
    path: Path,
    dictionary: Dictionary,
    *,
    from_code: str = "zh",
    to_code: str = "en",
    version: str = "1.0",
    target_prefix: str = "",
    positions: int = POSITIONS,
    reads_from: int = 0,
) -> Path:
    """Write the package of `dictionary` to `path`; the same bytes for the same arguments.

    With `reads_from` the model passes over that many source pieces: what stands at the end of a long text comes
    out without hundreds of decoding steps.
    """
    folder = f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": from_code,
        "from_name": from_code,
        "to_code": to_code,
        "to_name": to_code,
        **({"target_prefix": target_prefix} if target_prefix else {}),
    }
    model = ctranslate2_model(dictionary, target_prefix, positions, reads_from)
    members = {
        "metadata.json": json.dumps(metadata).encode(),
        "sentencepiece.model": sentencepiece_model(dictionary),
        **{f"model/{name}": data for name, data in model.items()},
    }
    path.write_bytes(zip_of({f"{folder}/{name}": data for name, data in members.items()}))
    return path


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip archive without clock or owner in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), members[name], zipfile.ZIP_DEFLATED, ZIP_FASTEST)
    return buffer.getvalue()


def members_of(path: Path) -> dict[str, bytes]:
    """The members of a package, by name within its top folder."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


# The translation model


def ctranslate2_model(dictionary: Dictionary, target_prefix: str, positions: int, reads_from: int) -> dict[str, bytes]:
    """The files of a CTranslate2 Transformer that translates piece by piece."""
    renderings = {piece: (piece,) for piece in COPIED}
    for source, target in dictionary.items():
        choices = (target,) if isinstance(target, str) else target
        renderings[source] = tuple(choice.replace(" ", SPACE) for choice in choices)
    target_pieces = list(dict.fromkeys(piece for pieces in renderings.values() for piece in pieces))
    if target_prefix:
        target_pieces.append(target_prefix)
    content = dict(zip(target_pieces, _codes("content", len(target_pieces)), strict=True))

    spec = TransformerSpec(
        TransformerEncoderSpec(1, 1, pre_norm=True, no_final_norm=True),
        TransformerDecoderSpec(1, 1, pre_norm=True, no_final_norm=True),
    )
    where = _positions(positions)
    # a prefix takes the first step, so step t looks at source piece t - 1; who forgets it gets the first word twice
    steps = np.vstack([where[1:2], where[reads_from:]]) if target_prefix else where[reads_from:]
    _fill_encoder(spec.encoder, where, [_blend(content[piece] for piece in pieces) for pieces in renderings.values()])
    _fill_decoder(spec.decoder, steps, list(content.values()))
    spec.register_source_vocabulary(list(renderings))
    spec.register_target_vocabulary(target_pieces)
    spec.config.add_source_eos = True
    spec.validate()
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def _codes(kind: str, count: int) -> Array:
    """`count` rows of signs, nearly orthogonal to each other."""
    digests = b"".join(hashlib.sha256(f"{kind} {n}".encode()).digest()[: CODE_SIZE // 8] for n in range(count))
    bits = np.unpackbits(np.frombuffer(digests, np.uint8)).reshape(count, CODE_SIZE)
    return bits.astype(np.float32) * 2 - 1


def _blend(codes: Iterable[Array]) -> Array:
    return np.sum([code * WEAKER**rank for rank, code in enumerate(codes)], axis=0, dtype=np.float32)


def _positions(count: int) -> Array:
    encodings = np.zeros((count, WIDTH), np.float32)
    encodings[:, POSITION] = _codes("position", count)
    return encodings


def _fill_encoder(encoder: TransformerEncoderSpec, positions: Array, contents: list[Array]) -> None:
    embedding = np.zeros((len(contents), WIDTH), np.float32)
    embedding[:, CONTENT] = contents
    encoder.embeddings[0].weight = embedding
    encoder.scale_embeddings = False
    encoder.position_encodings.encodings = positions
    _pass_through(encoder.layer[0].self_attention)
    _pass_through_feed_forward(encoder.layer[0].ffn)


def _fill_decoder(decoder: TransformerDecoderSpec, steps: Array, contents: list[Array]) -> None:
    decoder.embeddings.weight = np.zeros((len(contents), WIDTH), np.float32)
    decoder.scale_embeddings = False
    decoder.position_encodings.encodings = steps
    layer = decoder.layer[0]
    _pass_through(layer.self_attention)
    _pass_through_feed_forward(layer.ffn)

    only_content, only_position = np.zeros((2, WIDTH, WIDTH), np.float32)
    np.fill_diagonal(only_content[CONTENT, CONTENT], 1)
    np.fill_diagonal(only_position[POSITION, POSITION], 1)
    query, key_and_value, result = layer.attention.linear
    _normalise(layer.attention.layer_norm)
    _set(query, only_position * ATTENTION_SHARPNESS)
    _set(key_and_value, np.vstack([only_position, only_content]))
    _set(result, np.eye(WIDTH))

    projection = np.zeros((len(contents), WIDTH), np.float32)
    projection[:, CONTENT] = contents
    _set(decoder.projection, projection * PROJECTION_SHARPNESS)


def _pass_through(attention: object) -> None:
    """A self-attention that adds zero to what goes past it."""
    _normalise(attention.layer_norm)  # type: ignore[attr-defined]
    both, result = attention.linear  # type: ignore[attr-defined]
    _set(both, np.zeros((3 * WIDTH, WIDTH)))
    _set(result, np.zeros((WIDTH, WIDTH)))


def _pass_through_feed_forward(feed_forward: object) -> None:
    _normalise(feed_forward.layer_norm)  # type: ignore[attr-defined]
    _set(feed_forward.linear_0, np.zeros((FEED_FORWARD, WIDTH)))  # type: ignore[attr-defined]
    _set(feed_forward.linear_1, np.zeros((WIDTH, FEED_FORWARD)))  # type: ignore[attr-defined]


def _normalise(layer_norm: object) -> None:
    layer_norm.gamma = np.ones(WIDTH, np.float32)  # type: ignore[attr-defined]
    layer_norm.beta = np.zeros(WIDTH, np.float32)  # type: ignore[attr-defined]


def _set(linear: object, weight: NDArray[np.generic]) -> None:
    linear.weight = np.ascontiguousarray(weight, np.float32)  # type: ignore[attr-defined]
    linear.bias = np.zeros(len(weight), np.float32)  # type: ignore[attr-defined]


# The tokenizer: a SentencePiece ModelProto, written field by field (sentencepiece_model.proto)


def sentencepiece_model(words: Iterable[str]) -> bytes:
    """A tokenizer that knows `words` as whole pieces and everything else as bytes."""
    pieces = [
        (UNKNOWN, PIECE_UNKNOWN),
        (BEGIN, PIECE_CONTROL),
        (END, PIECE_CONTROL),
        *((byte, PIECE_BYTE) for byte in BYTES),
        (SPACE, PIECE_NORMAL),
        *((word, PIECE_USER_DEFINED) for word in words),
    ]
    vocabulary = b"".join(_field(1, _field(1, text) + _field(2, 0.0) + _field(3, kind)) for text, kind in pieces)
    model_type, vocabulary_size, byte_fallback = _field(3, TRAINER_UNIGRAM), _field(4, len(pieces)), _field(35, 1)
    name, dummy_prefix, keep_extra_spaces, escape = _field(1, "identity"), _field(3, 1), _field(4, 0), _field(5, 1)
    trainer = _field(2, model_type + vocabulary_size + byte_fallback)
    return vocabulary + trainer + _field(3, name + dummy_prefix + keep_extra_spaces + escape)


def _field(number: int, value: int | float | str | bytes) -> bytes:
    """One protobuf field: its number with the wire type, then its value."""
    if isinstance(value, int):
        return _varint(number << 3 | 0) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    """Seven bits a byte, least first; the top bit says that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
