"""How long documents take by XSD, beside xmlschema alone on the same trees, in one process and in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import xmlschema
from tests.parity import documents
from tests.parity.mutations import mutate

from teipipe.documents import Document
from teipipe.validate.xsd import Xsd

if TYPE_CHECKING:
    from elementpath.protocols import DocumentProtocol

SCHEMA: Final = documents.TEIPIPE_RNG.with_suffix(".xsd")
ROUNDS: Final = 5
#: What makes the schema one that only xmlschema can judge by: an assertion on the outermost element, always true.
ROOT: Final = '<xs:attributeGroup ref="tei:att.global.source"/>\n    </xs:complexType>'
ASSERTION: Final = '<xs:assert test="true()"/>'


def speeds(folder: Path) -> dict[str, float]:
    """Our time by that of xmlschema, by name of what is judged; a schema is written to the folder."""
    own = documents.own()
    slips = [mutant.data for mutant in mutate([own], 6, "speed")]
    newer = folder / "teipipe.xsd"
    text = SCHEMA.read_text("utf-8")
    newer.write_text(text.replace(ROOT, ROOT.replace("\n", f"{ASSERTION}\n", 1), 1), encoding="utf-8")
    (folder / "xml.xsd").write_bytes(SCHEMA.with_name("xml.xsd").read_bytes())
    schemas = {path: Xsd.open(Document.read(path), path.parent) for path in (SCHEMA, newer)}
    assert schemas[newer].language == "XSD 1.1"
    return {
        "valid, XSD 1.0": _ratio(schemas[SCHEMA], own),
        "mutants, XSD 1.0": _ratio(schemas[SCHEMA], slips),
        "valid, XSD 1.1": _ratio(schemas[newer], own),
        "mutants, XSD 1.1": _ratio(schemas[newer], slips),
    }


def _ratio(schema: Xsd, group: Sequence[bytes]) -> float:
    compiled = schema._schema.compiled
    assert compiled is not None

    def theirs(data: bytes) -> None:
        tree = cast("DocumentProtocol", Document(Path("document.xml"), data).tree)
        list(compiled.iter_errors(xmlschema.XMLResource(tree, allow="none"), use_location_hints=False))

    def ours(data: bytes) -> None:
        list(schema.check(Document(Path("document.xml"), data)))

    ratios = []
    for turn in range(ROUNDS + 1):
        both = _seconds(ours, group), _seconds(theirs, group)
        if turn:  # the first one works out what is then known
            ratios.append(both[0] / both[1])
    return statistics.median(ratios)


def _seconds(judge: Callable[[bytes], None], group: Sequence[bytes]) -> float:
    start = time.process_time()
    for data in group:
        judge(data)
    return time.process_time() - start
