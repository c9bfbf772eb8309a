"""Figures and phrases that several views share."""
