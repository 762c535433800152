"""What each file of an edition says of where it comes from: one statement, written into every format and read again."""

from teipipe.provenance.statement import Origin, Statement

__all__ = ["Origin", "Statement"]
