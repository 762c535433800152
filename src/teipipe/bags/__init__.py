"""BagIt packages (RFC 8493): written whole or not at all, read without trusting them; nothing in here knows of TEI."""

from teipipe.bags.items import Item, Stored, Written

__all__ = ["Item", "Stored", "Written"]
