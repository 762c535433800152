"""What is wrong with documents: each check yields findings, and none knows how they are shown."""

from teipipe.errors import SchemaError
from teipipe.validate.context import Context
from teipipe.validate.engine import Schema
from teipipe.validate.opening import open_schema
from teipipe.validate.run import CHECKS, Check, check_document, validate

__all__ = ["CHECKS", "Check", "Context", "Schema", "SchemaError", "check_document", "open_schema", "validate"]
