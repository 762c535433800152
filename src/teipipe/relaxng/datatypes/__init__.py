"""Datatype libraries: the built-in one and XML Schema's (RELAX NG specification, section 4.3; XSD 1.0 part 2)."""
