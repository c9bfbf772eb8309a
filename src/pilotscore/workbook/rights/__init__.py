"""Sheets of rights into columns with their cells: IP rights, parties, steps, distributions."""
