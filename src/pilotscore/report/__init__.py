"""Renderers: terminal, xlsx, csv and json, all from the same outcome. They compute nothing new."""

from pilotscore.runs.outcome import Manifest, Outcome

__all__ = ["Manifest", "Outcome"]
