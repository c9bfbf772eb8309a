"""Workbooks as offices have them, made here with what was typed in beside each cell."""
