"""One OpenAI-compatible server, asked through OpenAI's own client.

The client does the retries (429, 5xx, silence, broken connections; Retry-After up to two minutes, else backoff from
0.5 to 8 s).  It is the asynchronous one because only there can a request be called off: a server that sends a byte
a minute never breaks a read timeout, and a thread that reads cannot be stopped.  The response is read by `protocol`,
since the client takes whatever a server sends for an answer.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from toolkit.errors import EngineError
from toolkit.translation.llm.prompts import Messages
from toolkit.translation.llm.protocol import ProtocolError, Reply, read_reply
from toolkit.translation.llm.settings import LlmSettings

if TYPE_CHECKING:
    import openai

_CONNECT = 10.0  # s: whoever listens at all accepts in less
_GLANCE = 5.0  # s: for the list of models, which only makes a message better
_HEADERS = {
    *("host", "accept", "content-type", "content-length", "accept-encoding", "connection", "authorization"),
    "x-stainless-raw-response",  # by which the client remembers to give the response unread
}
_AGENT = "bulletin-toolkit"
_MUCH = 160  # characters of what a server said, in a message


class PromptTooLongError(Exception):
    """The prompt does not fit the model's context."""


class ServerFailedError(EngineError):
    """The server failed on a request again and again (5xx), which may be the text's fault or the server's."""


class Server:
    """The server of the settings; an asynchronous context manager.  `posts` counts the requests sent, retries too.

    Raises `EngineError` when the key is not where the settings say.
    """

    def __init__(self, settings: LlmSettings) -> None:
        self.posts = 0
        self._settings = settings
        self._key = key_of(settings)
        self._client: openai.AsyncOpenAI | None = None

    async def __aenter__(self) -> Self:
        import openai

        self._client = openai.AsyncOpenAI(
            base_url=self._settings.base_url,
            api_key=self._key or "none",  # it insists on one; `_before_sending` takes it off
            max_retries=self._settings.retries,
            timeout=openai.Timeout(self._settings.timeout, connect=min(_CONNECT, self._settings.timeout)),
            http_client=openai.DefaultAsyncHttpxClient(
                event_hooks={"request": [self._before_sending]},
                follow_redirects=False,  # texts go to the configured address and no other
                verify=not self._settings.base_url.startswith("http:"),  # no certificates to load for plain http
                trust_env=not _is_this_machine(self._settings.base_url),  # no proxy between us and ourselves
            ),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.close()

    async def ask(self, messages: Messages, *, max_tokens: int, sampling: dict[str, Any]) -> Reply:
        """The model's reply, in at most `patience` seconds.

        `max_tokens` is left out where `sampling` has its newer name, which some hosted models insist on.
        Raises `PromptTooLongError`, `ProtocolError` or `EngineError`.
        """
        import openai

        assert self._client is not None
        try:
            async with asyncio.timeout(self._settings.patience):
                raw = await self._client.chat.completions.with_raw_response.create(
                    model=self._settings.model,
                    messages=cast(Any, messages),
                    max_tokens=openai.omit if "max_completion_tokens" in sampling else max_tokens,
                    extra_body=sampling,
                )
        except TimeoutError:
            raise self._fault(
                f"has not answered in {self._settings.patience:g} s",
                "See whether it is overloaded; raise `patience` or lower `parallel` under [llm]",
            ) from None
        except openai.APIError as fault:
            raise await self._explained(fault) from None  # the client's error holds the request, which holds the key
        return read_reply(raw.content)

    async def models(self) -> tuple[str, ...]:
        """The models the server lists; none when it does not answer at once."""
        import openai

        assert self._client is not None
        try:
            async with asyncio.timeout(_GLANCE):
                raw = await self._client.with_options(max_retries=0).models.with_raw_response.list()
            listed = json.loads(raw.content)["data"]
            return tuple(str(model["id"]) for model in listed)
        except (openai.OpenAIError, TimeoutError, ValueError, KeyError, TypeError, RecursionError):
            return ()

    def not_a_server(self, fault: ProtocolError) -> EngineError:
        """The error for a server that keeps answering outside the protocol."""
        return self._fault(
            f"does not answer in OpenAI's protocol ({self._clean(str(fault))})",
            "Check `base_url` under [llm]: it usually ends in /v1",
        )

    def too_small(self, fault: PromptTooLongError) -> EngineError:
        """The error for a context that holds none of the texts."""
        return self._fault(
            f"has too small a context for any of the texts ({fault})",
            "Start it with a larger one (4096 tokens or more for each of `parallel`), or set `max_tokens` under [llm]",
        )

    async def _before_sending(self, request: Any) -> None:
        """Count, and take off what the client tells about this machine or picks up from OPENAI_… variables."""
        self.posts += request.method == "POST"
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        request.headers["user-agent"] = _AGENT
        request.headers["authorization"] = f"Bearer {self._key}"
        if not self._key:
            del request.headers["authorization"]

    async def _explained(self, fault: openai.APIError) -> Exception:
        import openai

        again = "Then run the command again: what is drafted so far stays"
        if isinstance(fault, openai.APITimeoutError):
            silence = f"was silent for {self._settings.timeout:g} s, {_times(self._settings.retries + 1)}"
            return self._fault(silence, f"See whether it still works, or raise `timeout` under [llm]. {again}")
        if not isinstance(fault, openai.APIStatusError):
            cause = self._clean(str(fault.__cause__ or fault)) or type(fault.__cause__ or fault).__name__
            return self._fault(f"cannot be reached ({cause})", f"Start it, or mend `base_url` under [llm]. {again}")
        status, said = fault.status_code, self._clean(_message_in(fault))
        if _is_about_length(fault):
            return PromptTooLongError(said)
        answer = f"({status}{': ' + said if said else ''})"
        match status:
            case 401 | 403:
                return self._fault(f"refuses us {answer}", self._how_to_give_a_key())
            case 404:
                return self._fault(f"does not know the model or the address {answer}", await self._known_models())
            case 429:
                return self._fault(f"has had enough of us {answer}", f"Lower `parallel` under [llm], or wait. {again}")
            case _ if status >= 500:
                failing = self._fault(f"fails {answer}", f"See its own log. {again}")
                return ServerFailedError(failing.problem, remedy=failing.remedy)
            case _ if status < 400:
                place = self._clean(fault.response.headers.get("location", "nowhere"))
                return self._fault(f"sends us on to {place}", "If you trust that address, write it as `base_url`")
            case _:
                return self._fault(f"refuses the request {answer}", "Mend `model`, `sampling` or `max_tokens` in [llm]")

    def _how_to_give_a_key(self) -> str:
        if self._settings.api_key_env:
            return f"Put a valid key into the environment variable {self._settings.api_key_env}"
        return 'Put the key into an environment variable and name it under [llm], as api_key_env = "NAME"'

    async def _known_models(self) -> str:
        models = await self.models()
        if not models:
            return f"Check `base_url` (it usually ends in /v1) and `model` “{self._settings.model}” under [llm]"
        return f"Set `model` under [llm] to one it has: {self._clean(', '.join(models))}"

    def _fault(self, problem: str, remedy: str) -> EngineError:
        return EngineError(f"the server at {self._settings.base_url} {problem}", remedy=remedy)

    def _clean(self, said: str) -> str:
        """What a server said, fit for a message: one short line, and never the key."""
        text = said.replace(self._key, "…") if self._key else said
        text = " ".join(
            "".join(character for character in text if character.isprintable() or character == "\n").split()
        )
        return text if len(text) <= _MUCH else f"{text[:_MUCH]}…"


def key_of(settings: LlmSettings) -> str:
    """The key from the environment; empty where the settings name no variable.

    Raises `EngineError` when the variable is unset or cannot be a key.
    """
    name = settings.api_key_env
    if not name:
        return ""
    key = os.environ.get(name, "").strip()
    if not key:
        raise EngineError(
            f"the environment variable {name} holds no key", remedy=f"Set it, or delete api_key_env: {name}=…"
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise EngineError(
            f"the environment variable {name} holds no valid key", remedy="Copy the key again, as one word"
        )
    return key


def _is_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_about_length(fault: openai.APIStatusError) -> bool:
    """OpenAI's code, llama.cpp's type and vLLM's words for a prompt that does not fit, and plain 413."""
    said = _message_in(fault).lower()
    kinds = {str(fault.code), str(fault.type)}
    is_told = bool(kinds & {"context_length_exceeded", "exceed_context_size_error"}) or "context length" in said
    return fault.status_code == 413 or (fault.status_code in (400, 422) and is_told)


def _message_in(fault: openai.APIStatusError) -> str:
    match fault.body:
        case {"message": str(text)} | {"detail": str(text)} | {"error": str(text)} | str(text):
            return text
    return ""


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
