"""Copies of an evaluator's own workbook: marked, or filled in."""
