"""Does the schema only ever narrow TEI? Instances made from the schema itself, each judged by the TEI's own RELAX NG.

`python -m tests.conformance` runs it.
"""
