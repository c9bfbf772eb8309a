"""Who is told in a text: ids as words of their own, titles, institutions; bare numbers are nobody."""

from __future__ import annotations

import pytest

from pilotscore.runs.letters import Others


def rows(*results: tuple[str, str, str]):
    return {
        name: {lang: {"title": title, "institution": unit} for lang in ("zh", "en")}
        for name, title, unit in results
    }


ROWS = rows(
    ("P-1", "硝化工艺", "甲研究院"),
    ("P-10", "硝化工艺中试", "乙研究院"),
    ("12", "Spray dryer", "甲研究院"),
    ("A 7", "Sieve", "丙研究院"),
)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("P-1", "next if P-10 drops out", True),
        ("P-1", "若P-10退出", True),
        ("P-1", "XP-10", False),
        ("P-1", "若 P-10 退出", True),
        ("P-10", "P-1，P-10", True),
        ("P-10", "P-10; p-10.", False),
        ("P-1", "12 rows, 12 batches", False),  # a bare number names nobody
        ("P-1", "before Spray dryer", True),
        ("P-10", "同 硝化工艺中试", False),  # its own title has the other's in it
        ("12", "甲研究院", False),  # the same applicant
        ("P-1", "乙研究院", True),
        ("P-1", "after A 7", True),
        ("P-1", "", False),
    ],
)
def test_who_is_named(name: str, text: str, named: bool):
    assert Others.of(ROWS).named(name, ROWS[name]["en"], text) is named
