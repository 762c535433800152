"""A structure as lines that a person can read: an element on each, with the beginning of its words."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.encode.blocks import Block, Structure

_SHOWN = 48


def outline(text: str, structure: Structure) -> str:
    """The blocks of a structure, indented, and below them who speaks and what is marked within them."""
    lines = [f"profile {structure.profile}"]
    for name, blocks in (("front", structure.front), ("body", structure.body), ("back", structure.back)):
        if blocks:
            lines.append(name)
            lines += (line for block in blocks for line in _lines(text, block, 1))
    for label in structure.labels:
        role = f" ({_words(text, *label.role)})" if label.role else ""
        lines.append(f"speaks: {_words(text, *label.name)}{role}")
    lines += (f"present: {_words(text, *stretch)}" for stretch in structure.present)
    for span in structure.spans:
        if span.element != "pc":
            kind = " ".join(value for _, value in span.attributes)
            lines.append(f"marked: {f'{span.element} {kind}'.strip()}: {_words(text, span.start, span.end)}")
    return "\n".join(lines) + "\n"


def _lines(text: str, block: Block, level: int) -> Iterator[str]:
    attributes = "".join(f" {value}" for _, value in block.attributes)
    words = "" if block.children else f": {_words(text, block.start, block.end)}"
    yield f"{'  ' * level}{block.element}{attributes}{words}".rstrip(": ")
    for child in block.children:
        yield from _lines(text, child, level + 1)


def _words(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
