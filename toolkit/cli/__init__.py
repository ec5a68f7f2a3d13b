"""The command `bulletin`."""

from toolkit.cli.interruption import stopping_while_it_starts

with stopping_while_it_starts():
    from toolkit.cli.main import cli, main

__all__ = ["cli", "main"]
