"""Serving the page until a person stops it."""

from __future__ import annotations

import ipaddress
import logging
import socket
import threading
from collections.abc import Callable

import uvicorn

from toolkit.errors import SettingsError
from toolkit.web.app import create_app
from toolkit.web.gate import Gate
from toolkit.web.office import MOST_REPORTS, Office
from toolkit.web.shelf import Shelf, warm

LOOPBACK = "127.0.0.1"
_GRACE = 3  # seconds that open requests get at the end


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    office: Office, *, host: str = LOOPBACK, port: int = 0, password: str = "", ready: Callable[[str], None] = print
) -> None:
    """Serve `office` at `host`:`port` (0: any free one) until SIGINT; `ready` is told the address.

    Raises `SettingsError` for an address that cannot be had, and for one that others can reach without a password.
    """
    if not is_loopback(host) and not password:
        raise SettingsError(
            f"{host} can be reached from other machines, and there is no password",
            remedy="Set BULLETIN_PASSWORD, or leave --host out",
        )
    listener = _listener(host, port)
    port = listener.getsockname()[1]
    names = {host, LOOPBACK, "localhost"} if is_loopback(host) or host in ("0.0.0.0", "::") else {host}
    if host in ("0.0.0.0", "::"):
        names |= {socket.gethostname(), *_own_addresses()}
    shown = {f"[{name}]" if ":" in name else name for name in names}
    gate = Gate(frozenset(f"{name}:{port}".lower() for name in shown), password)
    app = create_app(office, gate)
    _warm(office, app.state.shelf, reports=1, looked_through=0)
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    logging.getLogger("toolkit.web").setLevel(logging.WARNING)
    threading.Thread(
        target=_warm, args=(office, app.state.shelf), kwargs={"reports": MOST_REPORTS}, daemon=True
    ).start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE,
        lifespan="off",
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _warm(office: Office, shelf: Shelf, *, reports: int, looked_through: int = 3) -> None:
    try:
        warm(office, shelf, reports=reports, looked_through=looked_through)
    except Exception:  # whoever asks for that report is told
        logging.getLogger("toolkit.web").debug("not opened before it was asked for", exc_info=True)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever comes before the application is up waits, and is not turned away
    except OSError as fault:
        listener.close()
        raise SettingsError(
            f"{host}:{port} cannot be listened on ({fault.strerror or fault})", remedy="Choose another --port or --host"
        ) from fault
    return listener


def _own_addresses() -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()
