"""Findings: something about a cell (or a line of a file) that a person should know.

A kind of finding is declared once, beside the code that finds it, by :func:`error`, :func:`warning`
or :func:`info`: its code, its wording and its explanation, in both languages. A finding is a kind,
a place and the values that fill the wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import partial
from importlib import import_module
from typing import Any, Literal

from pilotscore.language import NOTHING, Lang, Text, Words, join, printable
from pilotscore.records import dataclass

Severity = Literal["error", "warning", "info"]
SEVERITY_TITLES: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
}
MOST_SHOWN = 200
_EXPECTED = Text("应为：{expected}", "expected: {expected}")
_SEVERITY_ORDER = {"error": 0, "warning": 1, "info": 2}


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, and in it sheet, row and column (from 0), or line (from 1).

    ``character`` is the place in the line, from 1.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    character: int | None = None

    @property
    def cell(self) -> str:
        """The cell as Excel writes it: ``C7``; a row alone ``7``; a column alone ``C``; or ''."""
        letters = "" if self.column is None else column_letters(self.column)
        return letters + ("" if self.row is None else str(self.row + 1))

    def __str__(self) -> str:
        file, cell = printable(self.file), self.cell
        if self.line is not None:
            return f"{file}:{self.line}" + (f":{self.character}" if self.character else "")
        if self.sheet is None:
            return file
        return f"{file} [{printable(self.sheet)}]" + (f"!{cell}" if cell else "")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its code, how grave it is, its wording, and what it means in full."""

    code: str
    severity: Severity
    found: Text
    expected: Text | None = None
    mend: Text | None = None
    why: Text = NOTHING

    def __reduce__(self) -> tuple[Callable[[str], Kind], tuple[str]]:
        """Go to another process as the code alone: the kind is there already."""
        return _kind_of, (self.code,)


Pair = tuple[str, str]
_KINDS: dict[str, Kind] = {}
# The modules that declare kinds, which only `all_kinds` imports as a whole.
DECLARING = (
    "workbook.open.kinds",
    "workbook.values.kinds",
    "workbook.tables.kinds",
    "workbook.results.kinds",
    "workbook.results.office_kinds",
    "workbook.batches.kinds",
    "workbook.panels.kinds",
    "workbook.rights.kinds",
    "workbook.follow.kinds",
    "workbook.needs",
    "workbook.same_results",
    "workbook.judgements",
    "workbook.decisions",
    "workbook.corrections",
    "criteria.kinds",
    "criteria.legal.kinds",
    "criteria.checks.call",
    "criteria.checks.call_money",
    "criteria.checks.call_names",
    "criteria_book.kinds",
    "rights.ip.kinds",
    "measures.kinds",
    "rights.ownership.kinds",
    "rights.ownership.money_kinds",
    "index.kinds",
    "ranking.weighting.derived",
    "funding.conflict",
    "funding.kinds",
)


def kind(
    severity: Severity,
    code: str,
    found: Pair,
    *,
    expected: Pair | None = None,
    mend: Pair | None = None,
    why_zh: str,
    why_en: str,
) -> Kind:
    """Declare a kind of finding.

    Parameters
    ----------
    severity
        How grave it is.
    code
        A letter and three digits, which no other kind has.
    found, expected, mend
        What was found, what was expected, how to mend it, each in Chinese and English, with
        ``{name}`` where a value is filled in.
    why_zh, why_en
        In full: why it is told, what was done with the cell, what to do.

    Raises
    ------
    ValueError
        Where the code is taken.
    """
    if code in _KINDS:
        raise ValueError(f"two kinds of finding have the code {code}")
    words = (Text(*found), expected and Text(*expected), mend and Text(*mend))
    _KINDS[code] = Kind(code, severity, *words, Text(why_zh, why_en))
    return _KINDS[code]


error = partial(kind, "error")
warning = partial(kind, "warning")
info = partial(kind, "info")


def all_kinds() -> dict[str, Kind]:
    """Return every kind of finding by its code, in the order of codes."""
    for module in DECLARING:
        import_module(f"pilotscore.{module}")
    return dict(sorted(_KINDS.items()))


def _kind_of(code: str) -> Kind:
    return _KINDS.get(code) or all_kinds()[code]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place; ``result`` is the id of the result it belongs to, if any."""

    kind: Kind
    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    result: str | None = None

    @property
    def code(self) -> str:
        """The code of the kind."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.kind.severity

    def _shown(self) -> dict[str, Any]:
        """Return the values as they may be printed: what a cell holds can be anything."""
        return {
            k: printable(v, MOST_SHOWN) if isinstance(v, str) else v for k, v in self.values.items()
        }

    def found(self, lang: Lang) -> str:
        """Say what was found."""
        return self.kind.found.fill(lang, **self._shown())

    def expected(self, lang: Lang) -> str:
        """Say what was expected, or ''."""
        return self.kind.expected.fill(lang, **self._shown()) if self.kind.expected else ""

    def mend(self, lang: Lang) -> str:
        """Say how to mend it, or ''."""
        return self.kind.mend.fill(lang, **self._shown()) if self.kind.mend else ""

    @property
    def parts(self) -> tuple[Words, Words | None, Words | None]:
        """What was found, what was expected and how to mend it; None where that is not said."""
        kind, shown = self.kind, self._shown()
        return (
            kind.found.of(**shown),
            kind.expected.of(**shown) if kind.expected else None,
            kind.mend.of(**shown) if kind.mend else None,
        )

    @property
    def message(self) -> Words:
        """What was found, what was expected and how to mend it, in one line."""
        problem, expected, mend = self.parts
        wanted = None if expected is None else _EXPECTED.of(expected=expected)
        return join(part for part in (problem, wanted, mend) if part is not None)

    def sentence(self, lang: Lang) -> str:
        """Return the message in one language."""
        return self.message.to(lang)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, sheet, row, column, line, then gravity and code."""

    def key(f: Finding) -> tuple[Any, ...]:
        p = f.place
        where = (p.file, p.sheet or "", -1 if p.row is None else p.row)
        fine = (-1 if p.column is None else p.column, p.line or 0)
        return (*where, *fine, _SEVERITY_ORDER[f.severity], f.code, sorted(map(str, f.values)))

    return sorted(findings, key=key)
