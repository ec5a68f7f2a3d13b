"""A language model of 1 MB, made on the spot, that llama.cpp really decodes.

One layer, whose attention and feed-forward weights are zero, so that a token's embedding reaches the output
untouched: the next token depends on the last one alone, and the output weights say how.  What it does:

- after a prompt that `ends_well` it says `SENTENCE`, word by word, and stops;
- after any other it says `SYLLABLE` for ever, until the server cuts it off.

The chat template puts the messages one after another and nothing behind them, so the last token is the text's own.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

SENTENCE = ("The", " meeting", " was", " held", ".")
SYLLABLE = " la"
TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
_BOS, _EOS, _FIRST_BYTE, _FIRST_WORD = 1, 2, 3, 259
_WIDTH = 320
_HEADS = 10
_CERTAINTY = 2.0  # times √320, which the norm adds: the logit of the next token, where all others have 0


def write_tiny_model(path: Path) -> Path:
    """Write the model to `path` (GGUF, llama architecture, 32-bit weights)."""
    words = [*SENTENCE, SYLLABLE]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * len(words)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(4096)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * _FIRST_WORD + [-1000.0] * len(words))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(_BOS)
    writer.add_eos_token_id(_EOS)
    writer.add_unk_token_id(0)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)
    for name, weights in _weights(len(tokens)).items():
        writer.add_tensor(name, weights.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def ends_well(prompt: str) -> bool:
    """Whether the model answers `prompt` with its sentence: the last byte is the last of 。 (U+3002)."""
    return prompt.encode()[-1] == "。".encode()[-1]


def _weights(vocabulary: int) -> dict[str, np.ndarray]:
    embedding = np.zeros((vocabulary, _WIDTH))
    embedding[np.arange(vocabulary), np.arange(vocabulary)] = 1.0
    follows = np.full(vocabulary, vocabulary - 1)  # SYLLABLE is the last word
    chain = [_FIRST_BYTE + "。".encode()[-1], *range(_FIRST_WORD, _FIRST_WORD + len(SENTENCE)), _EOS]
    follows[chain[:-1]] = chain[1:]
    output = np.zeros((vocabulary, _WIDTH))
    output[follows, np.arange(vocabulary)] = _CERTAINTY
    square = np.zeros((_WIDTH, _WIDTH))
    return {
        "token_embd.weight": embedding,
        "output.weight": output,
        "output_norm.weight": np.ones(_WIDTH),
        "blk.0.attn_norm.weight": np.ones(_WIDTH),
        "blk.0.ffn_norm.weight": np.ones(_WIDTH),
        **{f"blk.0.attn_{part}.weight": square for part in ("q", "k", "v", "output")},
        "blk.0.ffn_gate.weight": np.zeros((32, _WIDTH)),
        "blk.0.ffn_up.weight": np.zeros((32, _WIDTH)),
        "blk.0.ffn_down.weight": np.zeros((_WIDTH, 32)),
    }
