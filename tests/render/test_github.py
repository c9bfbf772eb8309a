"""Findings as workflow commands."""

from __future__ import annotations

from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.render.github import to_github

KIND = Kind(
    "X101", "info", Text("有 {n} 处", "{n} of them: 50%\nand more"), mend=Text("改", "mend it")
)


def test_a_line_for_each_with_its_place():
    findings = [
        Finding(KIND, Place("a,b.xlsx", "S:1", 6, 2), {"n": 3}),
        Finding(KIND, Place("call.yaml", line=12), {"n": 1}),
    ]
    first, second = to_github(findings, "en").splitlines()
    assert first == (
        "::notice file=a%2Cb.xlsx,title=X101 [S%3A1]!C7::3 of them: 50%25%0Aand more; mend it"
    )
    assert second.startswith("::notice file=call.yaml,line=12,title=X101::1 of them")
