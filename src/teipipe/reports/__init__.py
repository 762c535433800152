"""How findings are shown: one module per format, all from the same diagnostics; nothing here prints or writes."""
