"""The pages in docs/ that are made from the code; `make docs` writes them, a test compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from teipipe.rules import RULES, Rule
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


def rules_page() -> str:
    """`docs/rules.md`, from the registry of rules."""
    head = [
        "# Rules",
        "",
        "Every kind of finding, by name; `teipipe explain RULE` prints the same. Made by `make docs` from the registry.",
        "",
        "Exit codes: 0 clean (warnings allowed), 1 errors found, 2 something could not be judged.",
    ]
    return "\n".join([*head, *(_rule(rule) for rule in sorted(RULES.values(), key=lambda rule: rule.name))]) + "\n"


def _rule(rule: Rule) -> str:
    return (
        f"\n## {rule.name}\n\n{rule.summary} ({rule.severity}).\n\n{rule.why}\n\n"
        f"Example: `{rule.example}`\n\nWhat to do: {rule.remedy}"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {"docs/views.md": views_page, "docs/rules.md": rules_page}


def main() -> None:
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
