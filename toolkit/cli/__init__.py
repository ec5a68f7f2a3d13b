"""The command `bulletin`."""

from toolkit.cli.main import cli, main

__all__ = ["cli", "main"]
