"""The frame of pages that need nothing else: style and script inside, and a policy that allows these two alone."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import teipipe
from teipipe.reports.html.markup import Html, tag, words

_HERE: Final = Path(__file__).resolve().parent


@cache
def look() -> str:
    """The style that such pages share."""
    return (_HERE / "report.css").read_text(encoding="utf-8")


def head(title: str, style: str, script: str) -> Html:
    """The head of a page, with its style; its policy lets the script run, wherever it stands."""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return Html(
        "\n".join(
            (
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                '<meta name="color-scheme" content="light dark">',
                f'<meta name="generator" content="{words(f"teipipe {teipipe.__version__}")}">',
                tag("title", words(title)),
                f"<style>{style}</style>",
                "</head>",
            )
        )
    )


def foot(script: str) -> str:
    """The end of a page: by what it was made, and its script."""
    made = tag("footer", tag("p", words(f"Made by teipipe {teipipe.__version__}.")))
    return f"{made}\n<script>{script}</script>\n</body>\n</html>\n"


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
