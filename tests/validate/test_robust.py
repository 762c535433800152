"""Whatever is done to a document, it is judged: no check ever fails, and stream and tree stay in step."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from teipipe.documents import Document, NotParsedError
from teipipe.rules import RULES
from teipipe.validate import Context, check_document, open_schema
from teipipe.validate.corpus import Corpus
from teipipe.validate.schemas import Schemas

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "validate"

PIECES = (
    *("<", ">", "&", '"', "'", "\0", "&#0;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "</p>", "<p>", "<lb/>", "<?x?>"),
    *("<choice><sic>a</sic></choice>", '<rs ref="a b#">', '<date when="1956-02-30"/>', ' xml:id="a"', 'xml:base="../"'),
    *('<!DOCTYPE TEI [<!ENTITY x "<p>y</p>">]>', ' xmlns="u"', "\ufeff", "\u202e", "\r\n", "\xa0", "𝄞", "%", "#", "::"),
)


@cache
def context() -> Context:
    corpus = Corpus(CASES)
    return Context(CASES, schemas=Schemas(fixed=[open_schema(ROOT / "schema" / "teipipe.rng")]), corpus=corpus)


@cache
def seeds() -> list[str]:
    return [(CASES / name / "input.xml").read_text("utf-8") for name in ("clean", "dates", "pointers", "fidelity")]


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    text = draw(st.sampled_from(seeds()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 7, 60))))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    raw = text.encode(draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig"))))
    start = draw(st.integers(0, len(raw)))
    return raw if draw(st.booleans()) else raw[:start] + draw(st.binary(max_size=2)) + raw[start:]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_document_is_judged(raw: bytes) -> None:
    document = Document(CASES / "clean" / "input.xml", raw)
    found = check_document(document, context())
    assert document.is_well_formed or found
    for one in found:
        assert one.rule in RULES
        assert one.location.line is None or one.location.line >= 1
        assert one.location.column is None or one.location.column >= 1
    if document.is_well_formed and (root := tree(document)) is not None:
        assert len(list(root.iter("*"))) == len(document._offsets)
        for element in root.iter("*"):
            place = document.start(element)
            begin = document.places.offset(place.line or 0, place.column or 0)
            assert document.data[begin : begin + 1] in (b"<", b"&")


def tree(document: Document) -> etree._Element | None:
    """The outermost element; None if the tree's parser is stricter than the stream's, as with “>” in a namespace."""
    try:
        return document.root
    except NotParsedError:
        assert not document.is_well_formed
        return None
