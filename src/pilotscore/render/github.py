"""Findings as workflow commands, which GitHub shows beside the lines of the file."""

from __future__ import annotations

from collections.abc import Iterable

from pilotscore.findings import Finding, Severity
from pilotscore.language import Lang

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def to_github(findings: Iterable[Finding], lang: Lang) -> str:
    """Return a line for each finding."""
    return "".join(f"{_command(f, lang)}\n" for f in findings)


def _command(finding: Finding, lang: Lang) -> str:
    place = finding.place
    sheet = f"[{place.sheet}]" if place.sheet is not None else ""
    cell = f"!{place.cell}" if sheet and place.cell else ""
    title = _property(f"{finding.code} {sheet}{cell}".strip())
    line = f",line={place.line}" if place.line is not None else ""
    properties = f"file={_property(place.file)}{line},title={title}"
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.sentence(lang))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
