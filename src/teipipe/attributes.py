"""Which attributes say something that a check understands: ids, pointers, dates (TEI P5, teidata.pointer and others).

Names are written as expat writes them: the namespace, “}”, the local name.
"""

from __future__ import annotations

from typing import Final

XML_ID: Final = "http://www.w3.org/XML/1998/namespace}id"
XML_BASE: Final = "http://www.w3.org/XML/1998/namespace}base"


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SPECIFICATIONS: Final = _names("""
    schemaSpec specGrp moduleSpec moduleRef elementSpec elementRef classSpec classRef macroSpec macroRef dataSpec
    dataRef attDef attRef valList valItem constraintSpec
""")

_EVERYWHERE: Final = """
    active ana calendar change copyOf corresp datcat datingMethod datingPoint decls edRef exclude facs hand inst
    lemmaRef mutual next nymRef passive period prev ref rendition replyTo resp sameAs scribeRef
    scriptRef select source spanTo synch target targetDatcat targetEnd toWhom unitRef url valueDatcat where who wit
"""

#: Attributes whose name means something else on other elements.
_ON_SOME: Final = {
    "adj": "node",
    "adjFrom": "node",
    "adjTo": "node",
    "children": "root iNode",
    "class": "msDesc",
    "code": "occupation socecStatus",
    "domains": "alt altGrp joinGrp linkGrp",
    "end": "annotationBlock binaryObject incident kinesic media pause shift u vocal w writing zone",
    "fVal": "f",
    "feats": "fs",
    "filter": "equiv",
    "follow": "iNode leaf",
    "from": "app arc rt span",
    "fromUnit": "conversion",
    "given": "certainty",
    "mergedIn": "entry entryFree sense form",
    "new": "handShift",
    "origin": "timeline",
    "parent": "iNode leaf",
    "parts": "nym",
    "perf": "move tech",
    "require": "variantEncoding listApp app rdg lem",
    "scheme": "catRef classCode keywords locus locusGrp occupation socecStatus",
    "since": "when",
    "start": "annotationBlock binaryObject incident kinesic media pause shift surface u vocal w writing zone",
    "to": "app arc rt span",
    "toUnit": "conversion",
    "uri": "equiv",
    "value": "eLeaf eTree iNode leaf node root triangle",
}

#: Pointing attributes: the elements on which each is one, or None for all.
POINTERS: Final[dict[str, frozenset[str] | None]] = {
    **dict.fromkeys(_EVERYWHERE.split()),
    **{name: _names(elements) for name, elements in _ON_SOME.items()},
}

#: Pointing attributes on elements where they mean something else.
NOT_POINTERS: Final[dict[str, frozenset[str]]] = {"source": _SPECIFICATIONS, "url": frozenset({"moduleRef"})}

#: Attributes that hold one pointer; all others take a list of them, separated by blanks.
SINGLE: Final = _names(
    "copyOf datingMethod datingPoint end hand new next origin prev replyTo sameAs scheme since spanTo start url"
)

#: Attributes that say of an element that it is, or goes on in, another one: followed, they must come to an end.
CHAINS: Final = ("copyOf", "next", "prev", "sameAs")

#: Dating attributes by W3C's types, and those by ISO 8601 as a whole.
W3C_DATES: Final = ("when", "notBefore", "notAfter", "from", "to")
ISO_DATES: Final = tuple(f"{name}-iso" for name in W3C_DATES)

#: Elements on which from and to are no dates.
RANGES: Final = _names("app arc biblScope citedRange locus rt span")

#: All of them. A prefixDef is known by its ident; its other attributes come along with that.
WATCHED: Final = frozenset((XML_ID, XML_BASE, "ident", *POINTERS, *W3C_DATES, *ISO_DATES))
