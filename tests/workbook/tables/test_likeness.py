"""How like two names are: what offices write for one thing counts as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.tables.likeness import alike, plain


def like(one: str, other: str) -> float:
    return alike(plain(one), (plain(other),), 0.0).get(plain(other), 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("装置开工率", "装置可用率"),
        ("考核指标达标率", "考核指标完成率"),
        ("（三）试验场所", "验证环境"),
        ("中试总投资", "中试费用"),
        ("拟申请经费", "申请资金"),
        ("安评情况", "安全评估"),
        ("Lots in spec", "Batches in spec"),
        ("Permit valid until", "Permit expires"),
        ("Equip. uptime", "Equipment availability"),
        ("COGS vs target (%)", "cost / target"),
    ],
)
def test_one_thing_in_two_ways_is_wholly_like(one: str, other: str):
    assert like(one, other) == like(other, one) == 100


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        ("Publications", "Location", 50),
        ("Mfg readiness", "Team readiness", 60),
        ("合作单位", "申报单位", 60),
        ("Yield (pilot)", "Field", 0),
        ("", "TRL", 0),
    ],
)
def test_letters_alone_make_no_words_alike(one: str, other: str, most: float):
    assert like(one, other) <= most


def test_the_likest_come_first():
    names = tuple(map(plain, ("设备可用率", "可用率", "Plant uptime", "订单覆盖率")))
    found = alike(plain("设备开动率"), names, 50)
    assert list(found) == [plain("设备可用率"), plain("可用率")]


@pytest.mark.slow
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_names_have_a_likeness(one: str, other: str):
    names = (plain(one), plain(other))
    for name in names:
        assert all(0 <= x <= 100 for x in alike(name, names, 0.0).values())
        assert plain(name) is not None
