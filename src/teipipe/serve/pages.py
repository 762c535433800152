"""Pages as they are delivered: with a script that reloads them and shows what was found; the files stay as they are."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Final

#: Where the server's own things are; no document's address begins with a full stop.
OURS: Final = ".teipipe"

_CLIENT: Final = Path(__file__).resolve().parent / "client"

#: What the server itself delivers, by its path.
CLIENT: Final = {f"{OURS}/{name}": _CLIENT / name for name in ("serve.js", "serve.css")}

#: What the script needs: itself, its style sheet, and to hear from the server.
_NEEDED: Final = ("script-src", "style-src", "connect-src")

_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)
_POLICY: Final = re.compile(
    rb"""<meta\s+http-equiv\s*=\s*["']Content-Security-Policy["']\s+content\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE
)

_MISSING: Final = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not found</title><link rel="icon" href="data:,"></head>
<body><main><h1>Not found</h1><p>There is no such page in the edition, or not yet.</p>
<p><a href="/">To the first page</a></p></main></body></html>
"""


def missing() -> bytes:
    """The page for an address where there is nothing, in an edition that has none of its own."""
    return _MISSING.encode()


def with_script(html: bytes, run: str, build: int) -> bytes:
    """A page with the script in its head; `run` and `build` say what the page was delivered from."""
    script = f'<script src="/{OURS}/serve.js" data-run="{escape(run)}" data-build="{build}" defer></script>'.encode()
    head = _HEAD_END.search(html)
    place = head.start() if head else len(html)
    return _POLICY.sub(_extended, html[:place]) + script + html[place:]


def _extended(found: re.Match[bytes]) -> bytes:
    quoted = found[1].decode("utf-8", "replace")
    content = f'"{escape(allowing(unescape(quoted[1:-1])))}"'.encode()
    return found[0][: found.start(1) - found.start()] + content


def allowing(policy: str) -> str:
    """A Content-Security-Policy with what the script needs, and otherwise the same."""
    directives: dict[str, list[str]] = {}
    for name, *sources in filter(None, map(str.split, policy.split(";"))):
        directives.setdefault(name.lower(), sources)
    for name in _NEEDED:
        allowed = directives.get(name, directives.get("default-src", ["*"]))
        if not {"*", "'self'"} & set(allowed):
            directives[name] = [*(source for source in allowed if source != "'none'"), "'self'"]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
