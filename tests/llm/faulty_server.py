"""A stand-in for servers that misbehave: each request is answered by the next of a list of behaviours.

A behaviour is a function of the handler; the last one answers all requests that come after.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]
MODELS = ("Hy-MT2-7B", "Qwen3-8B")


@dataclass
class Stand:
    """A running stand-in: its address, and what it was sent."""

    url: str
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    end: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    stand: Stand
    behaviours: list[Behaviour]
    server: ThreadingHTTPServer

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.stand.bodies.append(self.body)
        self.stand.headers.append(dict(self.headers))
        behave = self.behaviours[0] if len(self.behaviours) == 1 else self.behaviours.pop(0)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            behave(self)

    def do_GET(self) -> None:
        self.send_json({"object": "list", "data": [{"id": name} for name in MODELS]})

    def send_json(self, value: object, status: int = 200, **headers: str) -> None:
        self.send_bytes(json.dumps(value).encode(), status, "application/json", **headers)

    def send_bytes(self, body: bytes, status: int, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: pytest shows what matters."""


def completion(text: str | None, **changes: Any) -> dict[str, Any]:
    """A well-formed answer; `finish_reason`, `refusal` and `usage` may be set."""
    message = {"role": "assistant", "content": text, "refusal": changes.get("refusal")}
    choice = {"index": 0, "message": message, "finish_reason": changes.get("finish_reason", "stop")}
    usage = changes.get("usage", {"prompt_tokens": 70, "completion_tokens": 30, "total_tokens": 100})
    return {"object": "chat.completion", "choices": [choice]} | ({"usage": usage} if usage else {})


def says(text: str | None, **changes: Any) -> Behaviour:
    return lambda handler: handler.send_json(completion(text, **changes))


def sends(body: bytes, kind: str = "application/json") -> Behaviour:
    return lambda handler: handler.send_bytes(body, 200, kind)


def refuses(status: int, message: str, kind: str = "error", **headers: str) -> Behaviour:
    return lambda handler: handler.send_json({"error": {"message": message, "type": kind}}, status, **headers)


def translates(handler: Handler) -> None:
    """Answers with the number of characters of the last line, so that a test can tell the answers apart."""
    line = handler.body["messages"][-1]["content"].splitlines()[-1]
    handler.send_json(completion(f"It has {len(line)} characters."))


def hangs(handler: Handler) -> None:
    """Takes the request and says nothing."""
    handler.stand.end.wait(30)


def drips(handler: Handler) -> None:
    """Sends a space now and then, which no read timeout minds."""
    handler.send_response(200)
    handler.send_header("content-length", "100000")
    handler.end_headers()
    while not handler.stand.end.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def breaks_off(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"cont')


def disappears(handler: Handler) -> None:
    """Stops listening, and gives this request up too."""
    handler.server.socket.close()


@contextlib.contextmanager
def stand_in(*behaviours: Behaviour, host: str = "127.0.0.1") -> Iterator[Stand]:
    """A server on a free port of this machine that behaves like this, until the test is over."""
    assert behaviours

    class OwnHandler(Handler):
        pass

    server = ThreadingHTTPServer((host, 0), OwnHandler)
    server.daemon_threads = True
    stand = Stand(f"http://{host}:{server.server_address[1]}/v1")
    OwnHandler.stand = stand
    OwnHandler.behaviours = list(behaviours)
    thread = threading.Thread(target=_serve, args=(server,), daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        stand.end.set()
        server.shutdown()
        with contextlib.suppress(OSError):
            server.server_close()
        thread.join()


def _serve(server: ThreadingHTTPServer) -> None:
    with contextlib.suppress(ValueError, OSError):  # the socket that `disappears` closes
        server.serve_forever(poll_interval=0.02)


def texts_of(stand: Stand) -> Sequence[str]:
    """The last line of each prompt received: the text to translate."""
    return [body["messages"][-1]["content"].splitlines()[-1] for body in stand.bodies]
