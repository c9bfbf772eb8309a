"""Pieces of work: the orchestration beside the record that comes out."""
