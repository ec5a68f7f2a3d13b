"""What may come in: the right Host, our own forms, small bodies, people who know the password.

Every answer says what a browser may do with it (Content Security Policy level 3, W3C).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 2_000_000  # bytes: a form with one long segment is a few kB
SESSION_COOKIE, NAME_COOKIE = "bulletin_session", "bulletin_name"
_TRIES, _TRIES_WITHIN = 10, 60.0  # wrong passwords, seconds
_LONGEST_NAME = 80  # characters
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN_PATHS = ("/sign-in", "/static/")

log = logging.getLogger("toolkit.web")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass
class Gate:
    """Who may ask what.

    `hosts` are the names and addresses, with port, under which the page is served; `password` is empty on loopback.
    The secret lives as long as the server: after a restart people sign in again, and lose nothing else.
    """

    hosts: frozenset[str]
    password: str = ""
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _failures: deque[float] = field(default_factory=deque, repr=False)

    def token(self, session: str) -> str:
        """What a form of this session must carry."""
        return self._signed("token", session)

    def new_session(self, *, signed_in: bool) -> str:
        """A session cookie's value: random, and signed where its owner knew the password."""
        name = secrets.token_urlsafe(18)
        return f"{name}.{self._signed('session', name)}" if signed_in else f"{name}."

    def is_signed_in(self, session: str) -> bool:
        """Whether the owner of this session may come in."""
        if not self.password:
            return True
        name, _, signature = session.partition(".")
        return bool(name) and hmac.compare_digest(signature.encode(), self._signed("session", name).encode())

    def opens_to(self, password: str) -> bool | None:
        """Whether `password` is right; None after too many wrong ones, for a minute."""
        now = time.monotonic()
        while self._failures and now - self._failures[0] > _TRIES_WITHIN:
            self._failures.popleft()
        if len(self._failures) >= _TRIES:
            return None
        if self.password and hmac.compare_digest(password.encode(), self.password.encode()):
            return True
        self._failures.append(now)
        return False

    def _signed(self, kind: str, text: str) -> str:
        digest = hmac.new(self._secret, f"{kind} {text}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:24]).decode("ascii")

    def refusal(self, connection: HTTPConnection) -> Response | None:
        """The answer to a request that may not come in; None for one that may.  Tokens are checked with the form."""
        headers = connection.headers
        host = headers.get("host", "")
        if host.lower() not in self.hosts:
            return _refused(connection, 421, f"This server is not called {host[:80]!r}.")
        if connection.scope["method"] not in _SAFE and not self._is_ours(headers, host):
            return _refused(connection, 403, "The request comes from another site.")
        path = connection.scope["path"]
        if not self.is_signed_in(session_of(connection)) and not path.startswith(_OPEN_PATHS):
            if connection.scope["method"] in _SAFE:
                return RedirectResponse("/sign-in", status_code=303)
            return _refused(connection, 403, "Sign in first.")
        return None

    @staticmethod
    def _is_ours(headers: Headers, host: str) -> bool:
        """Whether a browser says that one of our own pages sent this (Fetch standard, "Origin" and Sec-Fetch-Site)."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or _place_of(origin) == host.lower()

    def has_token(self, request: Request, sent: str) -> bool:
        """Whether a form brought the token of its session."""
        session = session_of(request)
        return bool(session) and hmac.compare_digest(sent.encode(), self.token(session).encode())


def session_of(connection: HTTPConnection) -> str:
    """The session that the browser says it has."""
    return connection.cookies.get(SESSION_COOKIE, "")


def _place_of(origin: str) -> str:
    """Host and port of an origin; empty for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def clean_name(name: str) -> str:
    """A person's name as drafts and journals take it: one line, without controls, not too long."""
    printable = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(printable.split())[:_LONGEST_NAME]


def _refused(connection: HTTPConnection, status: int, reason: str) -> Response:
    log.warning("refused %s %s: %s", connection.scope["method"], connection.scope["path"][:200], reason)
    return PlainTextResponse(f"{reason}\n", status_code=status)


class GateMiddleware:
    """Puts a `Gate` before an application, and its headers on every answer."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        session = session_of(connection)
        fresh = "" if session else self._gate.new_session(signed_in=False)
        scope["state"] = {**scope.get("state", {}), "session": session or fresh, "gate": self._gate}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if fresh:
                    headers.append("Set-Cookie", f"{SESSION_COOKIE}={fresh}; HttpOnly; Path=/; SameSite=Strict")
            await send(message)

        refusal = self._gate.refusal(connection) or _too_large(connection)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive), guarded)


def _too_large(connection: HTTPConnection) -> Response | None:
    length = connection.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and len(length) < 20 and int(length) <= LARGEST_BODY:
        return None
    return _refused(connection, 413, "The request is too large.")


class BodyTooLarge(Exception):
    """A body that did not say how long it is, and goes on too long."""


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise BodyTooLarge
        return message

    return counting
