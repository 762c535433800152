"""Registers are made and looked after: entries for names that one lacks are suggested, and its own are checked.

Both know a name by the same forms as the encoder (`encode/names/`), so what is suggested would be found.
"""
