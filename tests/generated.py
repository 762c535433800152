"""The pages in docs/ that are made from the code; `make docs` writes them, a test compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.messages import page as messages_page

from teipipe.reports.rules_page import rules_page
from teipipe.views import VIEWS, load_views

ROOT = Path(__file__).resolve().parents[1]


def views_page() -> str:
    """`docs/views.md`, from the table that the passes decide by."""
    views = load_views()
    lines = [
        "# What each view does with each element",
        "",
        "Made by `make docs` from `xslt/views.xml`; `teipipe views` prints the same.",
        "",
        *(f"- **{view}**: {views.descriptions[view]}" for view in VIEWS),
        "",
        "| element | " + " | ".join(VIEWS) + " | remark |",
        "| --- |" + " --- |" * (len(VIEWS) + 1),
    ]
    for rule in views.rules:
        actions = " | ".join(rule.actions[view] for view in VIEWS)
        lines.append(f"| `{rule.pattern}` | {actions} | {_cell(rule.remark)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "docs/views.md": views_page,
    "docs/rules.md": rules_page,
    "docs/messages.md": messages_page,
}


def main() -> None:
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
