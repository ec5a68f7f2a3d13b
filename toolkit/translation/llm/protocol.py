"""A response in OpenAI's chat protocol, read strictly: what is not one is not taken for one."""

from __future__ import annotations

import json
from dataclasses import dataclass

_BEGINNING = 600  # bytes of what came instead, for the message


@dataclass(frozen=True)
class Reply:
    """What a model said: `is_cut` when the limit of tokens ended it, `is_refused` when the server kept it back.

    The tokens are the server's count, None where it gives none.
    """

    text: str
    is_cut: bool
    is_refused: bool
    tokens_in: int | None
    tokens_out: int | None


class ProtocolError(Exception):
    """The server answered, but not in the protocol; the text says what came."""


def read_reply(body: bytes) -> Reply:
    """The reply that a response holds.  Raises `ProtocolError`."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise ProtocolError(body[:_BEGINNING].decode("utf-8", "replace") or "nothing") from None
    match value:
        case {"choices": [{"message": {"content": str() | None as content, **message}, **choice}, *_], **rest}:
            finish = choice.get("finish_reason")
            counts = rest.get("usage")
            counts = counts if isinstance(counts, dict) else {}
            return Reply(
                text=content or "",
                is_cut=finish == "length",
                is_refused=finish == "content_filter" or bool(message.get("refusal")),
                tokens_in=_count(counts.get("prompt_tokens")),
                tokens_out=_count(counts.get("completion_tokens")),
            )
    raise ProtocolError(body[:_BEGINNING].decode("utf-8", "replace"))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
