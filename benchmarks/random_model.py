"""An Argos package of real size that knows nothing: the architecture of the index's packages, random weights.

6 + 6 layers, 512 wide, 8 heads, inner width 2,048, vocabularies of 32,000, int8: what time a translation takes, it
takes here too; what it says is noise.  The tokenizer is trained on the spot, on the texts it will cut.
"""

from __future__ import annotations

import io
import itertools
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.model_spec import LayerSpec
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from toolkit.translation.pack import pack_package

LAYERS, WIDTH, HEADS, INNER_WIDTH, VOCABULARY = 6, 512, 8, 2048, 32_000
POSITIONS = 1024
SEED = 2023


def write_random_package(output: Path, texts: Iterable[str], *, from_code: str = "zh", to_code: str = "en") -> Path:
    """Write the package to `output`; the tokenizer knows the characters of `texts`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pieces = folder / "sentencepiece.model"
        pieces.write_bytes(trained_tokenizer(texts))
        write_random_model(folder, known_pieces(pieces))
        return pack_package(folder, pieces, output, from_code=from_code, to_code=to_code, version="0", force=True)


def trained_tokenizer(texts: Iterable[str]) -> bytes:
    """A unigram SentencePiece model with as many pieces as `texts` give, 32,000 at most; unknown text becomes bytes."""
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(list(texts)),
        model_writer=model,
        model_type="unigram",
        vocab_size=VOCABULARY,
        hard_vocab_limit=False,
        byte_fallback=True,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def known_pieces(pieces: Path) -> list[str]:
    """All pieces of a SentencePiece model."""
    processor = SentencePieceProcessor(model_file=str(pieces))
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def write_random_model(folder: Path, pieces: list[str]) -> None:
    """Write a CTranslate2 model with random int8 weights that reads `pieces`; it writes words that are none."""
    random = np.random.default_rng(SEED)
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS)
    spec.encoder.embeddings[0].weight = weights(random, VOCABULARY, WIDTH)
    spec.decoder.embeddings.weight = weights(random, VOCABULARY, WIDTH)
    fill_linear(spec.decoder.projection, random, VOCABULARY, WIDTH)
    for part in (spec.encoder, spec.decoder):
        part.position_encodings.encodings = weights(random, POSITIONS, WIDTH)
        fill_norm(part.layer_norm)
        for layer in part.layer:
            fill_attention(layer.self_attention, random)
            fill_norm(layer.ffn.layer_norm)
            fill_linear(layer.ffn.linear_0, random, INNER_WIDTH, WIDTH)
            fill_linear(layer.ffn.linear_1, random, WIDTH, INNER_WIDTH)
    for layer in spec.decoder.layer:
        fill_attention(layer.attention, random)
    spec.register_source_vocabulary([*pieces, *(f"<unused_{n}>" for n in range(VOCABULARY - len(pieces)))])
    spec.register_target_vocabulary(["<unk>", "<s>", "</s>", *made_up_words(VOCABULARY - 3)])
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))


def made_up_words(count: int) -> list[str]:
    """Different pieces that begin a word; no figures among them, which checks would look into."""
    syllables = [onset + vowel for onset in "bdfgklmnprst" for vowel in "aeiou"]
    words = ("".join(three) for three in itertools.product(syllables, repeat=3))
    return [f"▁{word}" for word in itertools.islice(words, count)]


def fill_attention(attention: LayerSpec, random: np.random.Generator) -> None:
    """Random weights for self-attention (queries, keys, values in one) or attention to the source (queries apart)."""
    fill_norm(attention.layer_norm)
    *inputs, result = attention.linear
    shares = [3] if len(inputs) == 1 else [1, 2]
    for linear, share in zip(inputs, shares, strict=True):
        fill_linear(linear, random, share * WIDTH, WIDTH)
    fill_linear(result, random, WIDTH, WIDTH)


def fill_linear(linear: LayerSpec, random: np.random.Generator, outputs: int, inputs: int) -> None:
    """Random weights, no bias."""
    linear.weight = weights(random, outputs, inputs)
    linear.bias = np.zeros(outputs, np.float32)


def fill_norm(norm: LayerSpec) -> None:
    """A layer normalisation that only normalises."""
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def weights(random: np.random.Generator, outputs: int, inputs: int) -> NDArray[np.float32]:
    """Normally distributed, with a variance of 1 / `inputs`: what goes through keeps its size."""
    return random.standard_normal((outputs, inputs), dtype=np.float32) / np.float32(np.sqrt(inputs))
