"""How a header is known to mean what it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.results.heads import evidence_matched, how_matched
from pilotscore.workbook.tables.headers import HeaderNames


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("技术就绪水平", "trl", "name"),
        ("Technology readiness level", "trl", "name"),
        ("技术就绪水平* Technology readiness level", "trl", "name"),
        ("一次合格率（%）", "yield_rate", "name"),
        ("TRL", "trl", "name"),  # the id of the indicator
        ("连续运行时间/h", "run_hours", "part"),
        ("2. 安全评估", "hazard", "part"),
        ("编号", "<id>", "name"),
        ("序号", "<id>", "serial"),
        ("成果名称", "<title>", "name"),
    ],
)
def test_how(mini: Path, text: str, name: str, how: str):
    assert how_matched(text, name, HeaderNames.of(load_criteria(mini).criteria)) == how


def test_an_alias_is_told_apart_from_the_name(mini: Path):
    more = mini.read_text(encoding="utf-8").replace("aliases: [TRL]", "aliases: [成熟度等级]")
    mini.write_text(more, encoding="utf-8")
    names = HeaderNames.of(load_criteria(mini).criteria)
    assert how_matched("成熟度等级", "trl", names) == "alias"


def test_evidence_by_name_or_by_its_neighbour(mini: Path):
    names = HeaderNames.of(load_criteria(mini).criteria)
    assert evidence_matched("一次合格率证据等级", "yield_rate", names) == "name"
    assert evidence_matched("证据等级", "yield_rate", names) == "beside"
