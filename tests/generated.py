"""The pages in docs/ that are made from the code; `make docs` writes them, a test compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.accuracy.page import page as accuracy_page
from tests.brackets import page as encoding_page
from tests.messages import page as messages_page
from tests.metadata import page as metadata_page

from teipipe.reports.rules_page import rules_page
from teipipe.views import VIEWS, load_views

ROOT = Path(__file__).resolve().parents[1]

#: What the passes and the style sheet of a document's pages make of a layer that a reader switches.
LAYERS = """\
## Layers that a reader can switch on a page

Each page begins as its view says; what a reader switches is kept, and stands in the link
(`?layers=-names,+corrections`). Only layers that occur are offered. Nothing goes without a trace: where words are left
out, a sign stands for them and says which. To correct is also to take regular and full forms, and to leave out words
that are too many or struck out.

| layer | on | off | on at first |
| --- | --- | --- | --- |
| corrections | corrected | all stands as in the source | reading view: on; diplomatic view: off |
| supplied words | they stand in their places, as the view shows them | a sign stands for them | on |
| insertions | they stand in their places, as the view shows them | a sign stands for them | on |
| names | marked; they lead to the register | plain words | on |
| dates | marked; they say what they are in the calendar | plain words | on |
| notes | numbers in the text, and their list | neither | on |

With corrections switched, each of the two views has the words of the other; a test compares them. Signs stay those of
the view: the reading view sets none around supplied and inserted words, the diplomatic one those of the source or ours.
Notes that stand in words which a view leaves out are in the list of the view that has these words.
The two views side by side are a page of their own, which says in each row how they differ and by whom.

## Elements
"""


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
        *LAYERS.splitlines(),
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
    "docs/metadata.md": metadata_page,
    "docs/accuracy.md": accuracy_page,
    "docs/encoding.md": encoding_page,
}


def main() -> None:
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
