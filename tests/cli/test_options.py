"""What the options of `teipipe validate` know without loading what they are about."""

from __future__ import annotations

from teipipe.cli import validate_options
from teipipe.gates.thresholds import THRESHOLDS
from teipipe.reports.formats import FORMATS
from teipipe.validate.run import KINDS


def test_they_name_what_there_is() -> None:
    assert {*KINDS} == {*validate_options.KINDS}
    assert {*THRESHOLDS} == {*validate_options.THRESHOLDS}
    assert {name: format.summary for name, format in FORMATS.items()} == validate_options.FORMATS
