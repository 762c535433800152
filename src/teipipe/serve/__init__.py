"""The edition while it is being made: built, served on this machine alone, made anew and shown anew on every change.

Three threads: the main one waits for changes and builds (so that Ctrl-C reaches it at once), one delivers, one checks.
What they tell each other stands on a board.
"""

from __future__ import annotations

from teipipe.serve.running import Options, Teller, serve

__all__ = ["Options", "Teller", "serve"]
