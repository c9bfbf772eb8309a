"""Terms of a policy that a call overrides: listed when it is checked, never printed with an award."""

from __future__ import annotations

from pilotscore.criteria import load_call, load_criteria, load_policy
from pilotscore.funding.decision import decide
from pilotscore.funding.overridden import overridden_terms
from pilotscore.views.fund.reasons import conditions
from tests.cli.test_commands import run
from tests.conftest import to_yaml
from tests.funding.test_instance import CALL, asks, instance

__all__ = ["instance"]

PAID = "{id: equity, title: {zh: 先投后股, en: equity}, range: [5, 3000], cost_share: 0.3, payment: {zh: 验收后拨付, en: paid on acceptance}, terms: {zh: 有协议, en: with an agreement}}"
OLD = "{id: equity, title: {zh: 先投后股, en: equity}, range: [500, 3000], when: disputed == no}"
LEVELS = [{"id": "full", "title": "full", "milestones": [{"share": "60%"}, {"share": "40%"}]}]


def with_terms(mini):
    path = mini.parent / "mini-policy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(OLD, PAID), encoding="utf-8")


def said(found) -> str:
    return " | ".join(words.to("en") for words in conditions(decide(found), 0))


def test_a_term_holds_unless_the_call_says_otherwise(instance, mini):
    with_terms(mini)
    plain = said(instance([asks(100)], grant={}))
    assert "paid on acceptance" in plain
    assert "with an agreement" in plain
    own = said(instance([asks(100)], grant={}, levels=LEVELS))
    assert "paid on acceptance" not in own
    assert "with an agreement" in own
    assert "payment 1, 0.6 M CNY" in own


def test_what_is_overridden_is_listed(mini, tmp_path):
    with_terms(mini)
    path = tmp_path / "call.yaml"
    policy = load_policy(mini.parent / "mini-policy.yaml", load_criteria(mini)).policy

    def terms(**changes):
        path.write_text(to_yaml({**CALL, **changes}), encoding="utf-8")
        call = load_call(path, load_criteria(mini), policy).call
        return [(t.grade, t.instrument.id, t.term.to("en")) for t in overridden_terms(call, policy)]

    assert terms(grant={}) == []
    amounts = [
        ("A", "equity", "0.05–30 M CNY"),
        ("A", "equity", "at most 30% of the pilot's cost"),
        ("B", "post", "1–5 M CNY"),
        ("B", "post", "at most 30% of the pilot's cost"),
    ]
    assert terms() == amounts
    assert ("A", "equity", "paid on acceptance") in terms(grant={}, levels=LEVELS)
    shown = run("call", "check", path, "-c", mini, lang="zh")
    assert shown.exit_code == 0
    assert "不适用" in shown.stdout
    assert "验收后拨付" in shown.stdout
