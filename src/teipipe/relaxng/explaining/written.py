"""How an attribute may be written in a tag."""

from __future__ import annotations

from collections.abc import Mapping

from teipipe.relaxng.syntax import XML_NAMESPACE


def written(name: str, prefixes: Mapping[str, str]) -> list[str]:
    """An attribute's name, as expat gives it, with each prefix in scope that it may have in the document."""
    uri, _, plain = name.rpartition("}")
    if not uri:
        return [plain]
    if uri == XML_NAMESPACE:
        return [f"xml:{plain}"]
    return [f"{prefix}:{plain}" for prefix, namespace in prefixes.items() if prefix and namespace == uri]
