"""RELAX NG: reads a schema in either syntax, judges documents by it, and says what is wrong in an editor's words.

Generic: it knows XML and RELAX NG, and no vocabulary.
"""
