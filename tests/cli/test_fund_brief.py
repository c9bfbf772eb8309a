"""A decision takes three lines on the screen; what many say alike is said once under the list."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from pilotscore.language import LANGS, Lang
from tests.cli.test_commands import run
from tests.cli.test_fund import files as files

LONG = "一种名称非常非常长的连续流微通道硝化反应工艺及其成套装备的中试放大研究"
RESULTS: list[tuple[str, Any, Any]] = [
    ("P-1", 9, 60),
    ("P-2", {"trl": 8, "title": LONG}, 300),
    ("P-3", 7, 60),
    ("P-4", 7, 60),
]
LEVELS = [
    {
        "id": "staged",
        "title": {"zh": "分期全额", "en": "full in stages"},
        "share": 1,
        "milestones": [
            {"share": 0.6, "shows": {"zh": "签订任务书并经双方盖章", "en": "the contract signed"}},
            {"share": 0.4},
        ],
    }
]


def listed(page: str) -> list[list[str]]:
    """Return the lines of each decision: from its rank to the next."""
    lines = page.splitlines()
    first = next(n for n, line in enumerate(lines) if re.match(r" *(\d+|—) P-", line))
    end = next(n for n in range(first, len(lines)) if not lines[n])
    starts = [n for n in range(first, end) if re.match(r" *(\d+|—) P-", lines[n])]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]


def page(files: Any, lang: Lang, *more: Any, **changes: Any) -> str:
    changes = {
        "budget": {"total": 200},
        "reserve": 2,
        "grant": {"max": 80, "policy_range": False},
        **changes,
    }
    done = run("fund", *files(RESULTS, **changes), *more, lang=lang, COLUMNS="80")
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_a_decision_takes_three_lines_and_its_marks_are_said_once(files: Any, lang: Lang):
    shown = page(files, lang, levels=LEVELS)
    decisions = listed(shown)
    assert len(decisions) >= 3
    assert max(map(len, decisions)) <= 3
    assert max(cell_len(line) for lines in decisions for line in lines) <= 80
    notes = re.findall(r"(?m)^  (\[\d+\]) ", shown)
    assert notes == [f"[{n}]" for n in range(1, len(notes) + 1)]
    assert {m for lines in decisions for x in lines for m in re.findall(r"\[\d+\]", x)} == set(
        notes
    )


@pytest.mark.slow
def test_what_awards_have_alike_is_said_once_and_in_full_with_each(files: Any):
    brief, full = (page(files, "en", *more, levels=LEVELS) for more in ((), ("-v",)))
    assert brief.count("the contract signed") == 1
    assert full.count("the contract signed") >= 2
    assert "[1]" not in full


def test_a_cut_a_limit_and_what_is_short_are_in_the_row(files: Any):
    shown = {lines[0].split()[1]: "\n".join(lines) for lines in listed(page(files, "en"))}
    assert "asked for 3 M CNY, cut to the greatest grant" in shown["P-2"]
    assert "left, 0.6 M CNY needed" in shown["P-4"]


def test_a_decision_of_the_office_is_told_with_who_and_why(files: Any, tmp_path: Path):
    decisions = tmp_path / "d.csv"
    decisions.write_text(
        "编号,决定,决定人,理由,日期\nP-1,不予资助,王处长,合作方退出,2026-11-20\n", "utf-8"
    )
    shown = {
        x[0].split()[1]: "\n".join(x) for x in listed(page(files, "zh", "--decisions", decisions))
    }
    assert "按决定不予资助" in shown["P-1"]
    assert "王处长，2026-11-20：合作方退出" in shown["P-1"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_in_full_every_reason_of_the_record_is_on_the_page(files: Any, lang: Lang):
    full = "".join(page(files, lang, "-v").split())
    data = json.loads(page(files, lang, "--json"))
    awarded = [d for d in data["decisions"] if d["award"]]
    assert awarded
    assert all("".join(d["reason"].split()) in full for d in awarded)
