"""The reviewers' page: drafts, glossary and bulletins in a browser, for one person or a small office.

::

    browser ── gate (Host, Origin, token, size) ── views ── the same functions as the command line ── files on disk
"""

from toolkit.web.app import create_app
from toolkit.web.office import Office
from toolkit.web.server import serve

__all__ = ["Office", "create_app", "serve"]
