"""What is given beside a round: opinions without names, and payments of the round's own grants."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pilotscore.criteria.loader import load_criteria
from pilotscore.errors import UsageError
from pilotscore.runs.letters_beside import opinions_of, payments_of
from pilotscore.store import open_store
from tests.conftest import MINI, POLICY, write_book

HEADER = ["成果编号", "专家", "评分", "评语"]


@pytest.fixture
def mini(tmp_path: Path):
    (tmp_path / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "mini.yaml").write_text(MINI, encoding="utf-8")
    return load_criteria(tmp_path / "mini.yaml").criteria


def opinions(folder: Path, criteria, *rows: list[object]):
    sheet = [HEADER, *([n, e, s, c] for n, e, s, c in rows)]
    return opinions_of([write_book(folder / "scores.xlsx", {"评分": sheet})], criteria)[0]


def test_an_opinion_is_of_its_result_and_has_no_name(mini, tmp_path: Path):
    said = opinions(
        tmp_path,
        mini,
        ["P-1", "张三丰", 80, "放大依据充分"],
        ["P-1", "李四光", 70, "同意张三丰的意见"],
        ["P-2", "李四光", 60, " "],
        ["P-2", "王五一", 60, None],
    )
    assert list(said) == ["P-1"]
    assert {(o.comment, o.names_expert) for o in said["P-1"]} == {
        ("放大依据充分", False),
        ("同意张三丰的意见", True),
    }
    assert "张三丰" not in repr([o for o in said["P-1"] if not o.names_expert])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_opinions_tells_nobody(mini, tmp_path: Path, order: tuple[int, ...]):
    rows = [["P-1", f"专家{n}号", 70 + n, comment] for n, comment in enumerate("丙甲乙")]
    said = opinions(tmp_path, mini, *(rows[n] for n in order))
    assert [o.comment for o in said["P-1"]] == sorted("丙甲乙")


def test_a_store_without_the_round_is_told(tmp_path: Path):
    store = open_store(tmp_path / "s", write=True)
    with pytest.raises(UsageError, match="does not have this round"):
        payments_of(store, "0" * 64, datetime.date(2026, 12, 1))
