"""Does our RELAX NG engine judge as jing does, and does it say of one mistake one thing, at its place?

`python -m tests.parity` compares verdicts, `python -m tests.parity.recovery` counts findings.
"""
