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

#: What att.lexicographic brings to parts of dictionary entries.
_LEXICOGRAPHIC: Final = """
    case colloc def entryFree etym form gen gram gramGrp hom hyph iType lang lbl mood number oRef orth pRef per pos pron
    re sense subc syll tns usg xr
"""

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
    "class": "msContents msItem msItemStruct",
    "code": "occupation socecStatus",
    "domains": "altGrp joinGrp linkGrp",
    "end": "annotationBlock binaryObject ellipsis gap incident kinesic media pause post u vocal writing",
    "fVal": "f",
    "feats": "fs",
    "filter": "equiv",
    "follow": "iNode leaf",
    "from": "app arc rt span",
    "fromUnit": "conversion",
    "given": "certainty",
    "location": _LEXICOGRAPHIC,
    "mergedIn": _LEXICOGRAPHIC,
    "new": "handShift",
    "origin": "timeline",
    "parent": "iNode leaf",
    "parts": "nym",
    "perf": "move tech",
    "property": "citeData",
    "require": "lem rdg rdgGrp",
    "scheme": "catRef classCode keywords locus locusGrp occupation socecStatus",
    "since": "when",
    "start": """
        annotationBlock binaryObject ellipsis gap incident kinesic line media path pause post surface u vocal writing
        zone
    """,
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

#: Pointing attributes on elements where they mean something else, or are read by ODD compilers alone.
NOT_POINTERS: Final[dict[str, frozenset[str]]] = {
    "active": frozenset({"interaction"}),
    "passive": frozenset({"interaction"}),
    "source": _SPECIFICATIONS,
    "url": frozenset({"moduleRef"}),
    "where": frozenset({"move"}),
}

#: Attributes that hold one pointer on all elements; others take a list of them, separated by blanks.
SINGLE: Final = _names("""
    code copyOf datingMethod datingPoint end fVal filter follow from fromUnit hand lemmaRef location mergedIn new next
    origin parent prev property sameAs scheme since spanTo start to toUnit unitRef uri url value
""")

#: Attributes that say of an element that it is, or goes on in, another one: followed, they must come to an end.
CHAINS: Final = ("copyOf", "next", "prev", "sameAs")

#: Dating attributes by W3C's types, and those by ISO 8601 as a whole.
W3C_DATES: Final = ("when", "notBefore", "notAfter", "from", "to")
ISO_DATES: Final = tuple(f"{name}-iso" for name in W3C_DATES)

#: Elements on which from and to are no dates.
RANGES: Final = _names("app arc biblScope citedRange locus rt span")

#: All of them. A prefixDef is known by its ident; its other attributes come along with that.
WATCHED: Final = frozenset((XML_ID, XML_BASE, "ident", *POINTERS, *W3C_DATES, *ISO_DATES))
