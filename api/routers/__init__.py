"""The addresses, by subject. A handler parses, asks once and returns."""
