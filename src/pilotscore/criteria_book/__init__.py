"""Criteria sets as workbooks that a committee edits, and back."""
