"""The address of a Dask scheduler, looked at before a client is made of it: one made of a wrong one ends after 20 s."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from toolkit.errors import SettingsError

_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^\s/]+:(?P<port>[0-9]{1,5})/?")
"""The schemes of Distributed between processes (distributed.comm.registry)."""

_PATIENCE = 2.0
"""Seconds.  Distributed writes its file in place: whoever starts a scheduler and a build in one breath may find it
empty, or half of it."""


def scheduler_address(scheduler: str, scheduler_file: Path | None, *, patience: float = _PATIENCE) -> str:
    """What a person wrote, or what a scheduler wrote into its file; nothing is asked of the network.

    A file that holds no address is read again for `patience` seconds.  Raises `SettingsError` for what cannot be an
    address, for a file that holds none, and for one that cannot be read.
    """
    if scheduler_file is None or scheduler:
        if not _is_address(scheduler):
            raise SettingsError(
                f"“{scheduler}” is no address of a scheduler", remedy="Write it like tcp://192.0.2.7:8786"
            )
        return scheduler
    end = time.monotonic() + patience
    while not _is_address(address := _address_in(scheduler_file)):
        if time.monotonic() >= end:
            raise SettingsError(
                "holds no address of a scheduler",
                path=scheduler_file,
                remedy="Name the file that dask scheduler --scheduler-file FILE writes",
            )
        time.sleep(0.02)
    return address


def _address_in(file: Path) -> str:
    """The address in `file`; empty where there is none."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        remedy = "Name a file that is there and that you may read"
        raise SettingsError(f"could not be read ({fault.strerror})", path=file, remedy=remedy) from fault
    except (ValueError, RecursionError):
        return ""
    return str(told.get("address", "")) if isinstance(told, dict) else ""


def _is_address(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return found is not None and 0 < int(found["port"]) < 65536
