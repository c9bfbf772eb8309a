"""Cells into values: numbers with units, dates, categories, grades of evidence."""
