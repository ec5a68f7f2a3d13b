"""bulletin review: the reviewers' page in a browser."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click

from toolkit.cli.common import EXIT_CODES, desk_in, say
from toolkit.errors import DONE


@click.command("review", epilog=EXIT_CODES)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--open/--no-open", "opens", default=True, help="Open the page in a browser.")
@click.pass_obj
def review(start: Path, host: str, port: int, opens: bool) -> int:
    """Open the review page: correct drafts, keep the glossary, see the bulletin change.

    It listens on this machine alone.  With another --host, everyone who can reach that address and knows the password
    (set BULLETIN_PASSWORD) can read and change reports, drafts and glossary; what they type goes over the network as it
    is, so put a proxy with TLS before it.  Ctrl-C ends it; everything saved is in the files.
    """
    from toolkit.web import Office, serve
    from toolkit.web.server import is_loopback

    desk = desk_in(start)
    desk.open()

    def ready(address: str) -> None:
        say(f"The review page is at {address} (Ctrl-C ends it)")
        if not is_loopback(host):
            say("Others can reach it: who knows the password can read and change source/, glossaries/ and drafts.")
        if opens:
            webbrowser.open(address)

    serve(Office(desk.workspace), host=host, port=port, password=os.environ.get("BULLETIN_PASSWORD", ""), ready=ready)
    return DONE
