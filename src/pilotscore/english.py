"""Counts in English agree with what they count: 2 results are, but 1 result is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pilotscore.patterns import regex
from pilotscore.records import dataclass

# What templates count, and what may stand between a count and its noun.
NOUNS = (
    "acts|amounts|applicants|awards|batches|cells|characters|charts|columns|conditions|"
    "copies|corrections|dates|days|decisions|deviations|differences|dimensions|documents|"
    "draws|errors|events|experts|factors|faults|files|findings|formulas|gates|groups|headers|"
    "hours|indicators|items|levels|limits|measures|minutes|months|orders|others|outcomes|"
    "pages|pairs|parties|parts|places|points|questions|readings|reports|requests|results|"
    "rights|rounds|rows|rules|samples|scores|seconds|sheets|steps|sums|tables|terms|times|"
    "values|violations|warnings|weeks|words|years"
)
_BETWEEN = "annotated|blank|calendar|critical|equal|funded|graded|more|other|residual|such|working"
_VERBS = {
    "are": "is",
    "count": "counts",
    "cross": "crosses",
    "do": "does",
    "have": "has",
    "hold": "holds",
    "lie": "lies",
    "need": "needs",
    "say": "says",
    "share": "shares",
    "were": "was",
}
_VERB = rf"(?P<verb>{'|'.join(_VERBS)})\b"
_COUNTED = regex(
    r"\{(?P<name>\w+)(?::(?P<spec>[^{}]*))?\}(?: (?:"
    rf"(?P<between>(?:{_BETWEEN}) )?(?P<noun>{NOUNS})\b"
    rf"(?P<that> that| which)?(?: {_VERB})?"
    rf"|(?P<alone>{'|'.join(_VERBS)})\b))"
)


# A verb may follow a count alone where the count is named so; names of things are never counts.
_ALONE = {"count", "n", "other", "others", "past", "sure", "yes"}
THINGS = {"alias", "expert", "file", "id", "key", "name", "result", "text", "title"}


@dataclass(frozen=True, slots=True)
class _Counted:
    """Where a template counts: the field with its format, and what follows it where it is one."""

    begin: int
    end: int
    name: str
    spec: str
    one: str


def agreed(template: str, values: Mapping[str, Any]) -> str:
    """Return an English template with what is counted in the singular where there is one of it.

    Parameters
    ----------
    template
        A text with ``{name}`` marks.
    values
        Of the marks.
    """
    for place in _counted_in(template):
        if place.name in values and _is_one(values[place.name], place.spec):
            template = template[: place.begin] + place.one + template[place.end :]
    return template


def _is_one(value: Any, spec: str) -> bool:
    """Whether a count reads as 1; a measured 1.0 does not."""
    if isinstance(value, str):
        return value == "1"
    return value == 1 and format(value, spec) == "1"


@cache
def _counted_in(template: str) -> tuple[_Counted, ...]:
    """Return the places of a template that count something, the last first."""
    places = []
    for m in _COUNTED.finditer(template):
        if m["name"] in THINGS or (m["alone"] and m["name"] not in _ALONE):
            continue
        begin = m.end("spec") + 1 if m["spec"] is not None else m.end("name") + 1
        places.append(_Counted(begin, m.end(), m["name"], m["spec"] or "", _one(m)))
    return tuple(reversed(places))


def _one(m: re.Match[str]) -> str:
    if m["alone"]:
        return f" {_VERBS[m['alone']]}"
    verb = f" {_VERBS[m['verb']]}" if m["verb"] else ""
    return f" {m['between'] or ''}{singular(m['noun'])}{m['that'] or ''}{verb}"


def singular(noun: str) -> str:
    """Return an English noun in the singular: result, batch, party."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("ches", "shes", "xes", "sses")) else noun[:-1]
