"""Terms in free words: which of them speak of money that a call may give and pay otherwise."""

from __future__ import annotations

import pytest

from pilotscore.criteria import load_criteria, load_policy
from pilotscore.funding.decision import decide
from pilotscore.funding.figures_in_terms import states_shares, states_sums
from pilotscore.language import Text
from pilotscore.views.fund.reasons import conditions
from tests.cli.test_commands import run
from tests.funding.test_instance import asks, instance
from tests.funding.test_overridden import LEVELS, OLD

__all__ = ["instance"]

TERMS = [
    (
        "已签权属协议，各方股比合计 100%",
        "ownership agreement signed, shares that sum to 100%",
        False,
        False,
    ),
    ("收入风险比低于 1", "income-risk ratio below 1", False, False),
    ("限用于评价指明的短板", "for the gap that the assessment names only", False, False),
    ("2026/12/01 前验收", "accepted by 1 December", False, False),
    ("不超过中试费用的 30%", "at most 30% of the pilot's cost", True, False),
    ("按 40/40/20 拨付", "paid 40/40/20", True, False),
    ("首付 60％", "60％ at first", True, False),
    ("上限 500 万元", "500万元 at most", False, True),
    ("最高500万元", "at most 5 million CNY", False, True),
    ("不少于 2 亿元", "CNY", False, True),
    ("5年内", "within 5 years", False, False),
    ("3家单位", "3 partners", False, False),
]


@pytest.mark.parametrize(("zh", "en", "shares", "sums"), TERMS)
def test_what_a_term_states(zh, en, shares, sums):
    assert (states_shares(Text(zh, en)), states_sums(Text(zh, en))) == (shares, sums)


def with_terms(mini, zh, en):
    new = f"{{id: equity, title: {{zh: 先投后股, en: equity}}, range: [5, 3000], terms: {{zh: '{zh}', en: '{en}'}}}}"
    path = mini.parent / "mini-policy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(OLD, new), encoding="utf-8")


def said(found) -> str:
    return " | ".join(words.to("en") for words in conditions(decide(found), 0))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zh", "en", "by_amounts", "by_payments"),
    [
        ("不超过费用的 30%", "at most 30% of the cost", True, True),
        ("上限 500 万元", "at most 500 万元", True, False),
        ("各方股比合计 100%", "shares that sum to 100%", False, False),
    ],
)
def test_a_term_that_the_call_overrides_is_listed_and_not_printed_with_an_award(
    instance, mini, tmp_path, zh, en, by_amounts, by_payments
):
    with_terms(mini, zh, en)
    assert en in said(instance([asks(100)], grant={}))  # the policy holds
    for changes, overridden in (({}, by_amounts), ({"grant": {}, "levels": LEVELS}, by_payments)):
        assert (en in said(instance([asks(100)], **changes))) != overridden
        listed = run("call", "check", tmp_path / "call.yaml", "-c", mini).stdout
        assert (en in listed) == overridden


def test_what_the_shipped_policies_ask_for_speaks_of_no_money():
    loaded = load_criteria("pilot-maturity")
    for consequence in load_policy("pilot-maturity", loaded).policy.grades.values():
        for instrument in consequence.instruments:
            if instrument.terms is not None:
                assert not states_shares(instrument.terms)
                assert not states_sums(instrument.terms)
