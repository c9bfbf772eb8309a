"""The return notice: the applicant's own cells to mend, and no word of any other applicant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from pilotscore.findings import SEVERITY_TITLES, Finding
from pilotscore.language import LANGS, Text, Words
from pilotscore.runs.letters import Letters, NoLetterError
from pilotscore.views.letters.base import Context

NOTHING_TO_MEND = Text("没有需要补正之处，不发通知", "nothing is to be mended: there is no notice")
_OF_OTHERS = Text(
    "与其他材料不一致（涉及其他申请单位，此处不列）",
    "it does not agree with other papers (they are another applicant's and not shown here)",
)


def context(letters: Letters, name: str) -> Context:
    """Return what a return notice says.

    Raises
    ------
    NoLetterError
        Nothing is to be mended.
    """
    findings = letters.findings.get(name, ())
    if not findings:
        raise NoLetterError(NOTHING_TO_MEND)
    items = list(_items(letters, name, findings))
    return {
        "items": items,
        "errors": sum(f.severity == "error" for f in findings),
        "count": len(findings),
    }


def _items(letters: Letters, name: str, findings: tuple[Finding, ...]) -> Iterator[Context]:
    for number, finding in enumerate(findings, start=1):
        problem, expected, mend = (_own(letters, name, words) for words in finding.parts)
        place = finding.place
        yield {
            "number": number,
            "severity": SEVERITY_TITLES[finding.severity],
            "workbook": PurePath(place.file.replace("\\", "/")).name,
            "sheet": place.sheet or "—",
            "cell": place.cell or ("—" if place.line is None else str(place.line)),
            "code": finding.code,
            "found": problem,
            "expected": expected or "—",
            "mend": mend or "—",
        }


def _own(letters: Letters, name: str, words: Words | None) -> Words | None:
    """Return what is said of an applicant; words that name another are not passed on."""
    if words is None:
        return None
    named = any(letters.names_others(name, words.to(lang)) for lang in LANGS)
    return _OF_OTHERS if named else words
