"""What a schema in the simple form may not say (RELAX NG specification, section 7)."""

from __future__ import annotations

from teipipe.relaxng.simple import Grammar


def check_restrictions(grammar: Grammar) -> None:
    """Raise SchemaError if the schema breaks a restriction."""
