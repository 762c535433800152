"""Which strings are URIs (RFC 2396 with the addresses of RFC 2732), once characters that they can't have are escaped.

These are the verdicts of Java's `java.net.URI`, which jing asks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# What most addresses are.
_is_common: Final = re.compile(
    r"(?:https?://[A-Za-z0-9.\-]+(?=[/?#]|\Z)|(?!//))[A-Za-z0-9_.~/\-]*(?:\?[A-Za-z0-9_.~/=&\-]*)?(?:#[A-Za-z0-9_.~/\-]*)?"
).fullmatch
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 2732 allows them, Python doesn’t.
_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")
_SCOPE: Final = re.compile(r"[A-Za-z0-9_.]+")


def is_address(text: str) -> bool:
    """Whether a string is the address of something, relative ones included."""
    if _is_common(text):
        return True
    match = _address().fullmatch(text)
    if match is None:
        return False
    if match["host"] is None:
        return "%" not in text or not _BAD_ESCAPE.search(text)
    rest = text[: match.start("host")] + text[match.end("host") :]
    is_port = not match["port"] or int(match["port"][-11:]) < 2**31
    return is_port and not _BAD_ESCAPE.search(rest) and _is_host(match["host"])


@cache
def _address() -> re.Pattern[str]:
    """The form of all addresses, but for escapes and what stands in brackets.

    Characters outside ASCII, blanks and some signs count as escaped (XLink, section 5.4), so few classes are left.
    """
    scheme = r"[A-Za-z][A-Za-z0-9+.\-]*:"
    bracketed = r"(?:[^/?#\[\]@]*@)?\[(?P<host>[^/?#\[\]]+)\](?::(?P<port>[0-9]*))?"
    authority = rf"//(?:(?:[^/?#\[\]]+|{bracketed})(?=[/?#]|\Z)|(?=[/?#]))"
    hierarchical = rf"(?:{scheme}(?=/)|(?![^/?#]*:))(?:{authority}|(?!//))[^?#\[\]]*(?:\?[^#]*)?"
    return re.compile(rf"(?:{hierarchical}|{scheme}[^/#][^#]*)(?:#[^#]*)?")


def _is_host(text: str) -> bool:
    """Whether a string is an address of the internet's version 6."""
    from ipaddress import AddressValueError, IPv6Address  # only here, as hardly anybody writes them

    host, percent, scope = text.partition("%")
    groups, colon, last = host.rpartition(":")
    if "." in last:
        host = groups + colon + _ZEROS.sub("", last)
    try:
        IPv6Address(host)
    except AddressValueError:
        return False
    return not percent or _SCOPE.fullmatch(scope) is not None
