"""What is asked of the engine for XSD."""
