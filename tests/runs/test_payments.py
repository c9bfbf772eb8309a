"""Payments of a grant: what follows from what was shown, and from what was not."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.language import Text
from pilotscore.runs.payments import after_months, payments
from pilotscore.store import FollowRules, Milestone, MilestoneReport

USUAL = FollowRules()
DECIDED = datetime.date(2026, 11, 30)
SHOWS = Text("连续运行", "continuous run")


def parts(*months: int | None) -> list[Milestone]:
    """Return a first payment upon the decision, and one for each due date."""
    first = Milestone(0, 1, 600)
    return [first, *(Milestone(0, n, 400, "", m, SHOWS) for n, m in enumerate(months, start=2))]


def report(number: int, state: str = "met", day: str = "2027-10-01", document: str = "报告.pdf"):
    return MilestoneReport("k", "P-1", number, state, "", day, document)


def stand(milestones, reports=(), rules=USUAL, today=datetime.date(2027, 12, 15)):
    made = payments(milestones, {r.number: r for r in reports}, rules, DECIDED, today)
    return [(p.standing, p.action) for p in made], made


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 12, 15), 12, (2027, 12, 15)),
        ((2026, 12, 31), 0, (2026, 12, 31)),
    ],
)
def test_months_end_with_the_month(start, months, end):
    assert after_months(datetime.date(*start), months) == datetime.date(*end)


@pytest.mark.parametrize(
    ("rules", "today", "follows"),
    [
        (FollowRules(), datetime.date(2027, 11, 30), ("open", "wait")),
        (FollowRules(), datetime.date(2027, 12, 1), ("overdue", "hold")),
        (FollowRules(grace=1), datetime.date(2027, 12, 30), ("due", "hold")),
        (FollowRules(grace=1), datetime.date(2027, 12, 31), ("overdue", "hold")),
        (FollowRules(overdue="recall"), datetime.date(2027, 12, 1), ("overdue", "recall")),
    ],
)
def test_what_is_not_reported_waits_until_due_and_then_goes_by_the_rule(rules, today, follows):
    found, made = stand(parts(12), rules=rules, today=today)
    assert found == [("none", "release"), follows]
    assert made[1].recalled == (600 if follows[1] == "recall" else 0)


@pytest.mark.parametrize(
    ("said", "rules", "follows"),
    [
        (report(2), FollowRules(), ("met", "release")),
        (report(2, document=""), FollowRules(), ("met", "hold")),
        (report(2, document=""), FollowRules(document=False), ("met", "release")),
        (report(2, "not_met"), FollowRules(), ("not_met", "hold")),
        (report(2, "not_met"), FollowRules(not_met="recall"), ("not_met", "recall")),
        (report(2, "lost"), FollowRules(), ("lost", "hold")),
        (report(2, "lost"), FollowRules(lost="recall"), ("lost", "recall")),
        (report(2, "open"), FollowRules(), ("overdue", "hold")),
    ],
)
def test_what_is_reported_goes_by_the_rule(said, rules, follows):
    assert stand(parts(12), [said], rules)[0][1] == follows


def test_what_was_met_late_is_met_and_says_so():
    _, made = stand(parts(6), [report(2)])
    assert made[1].action == "release"
    assert "after 2027-05-30" in made[1].why.to("en")


def test_a_payment_waits_for_the_one_before():
    found, made = stand(parts(12, 24), [report(3)])
    assert found == [("none", "release"), ("overdue", "hold"), ("met", "hold")]
    assert made[2].why.to("zh") == "等第 2 期"


def test_where_nothing_was_paid_nothing_is_called_back():
    rules = FollowRules(overdue="recall", lost="recall")
    alone = [Milestone(0, 1, 600, "", 1, SHOWS), Milestone(0, 2, 400, "", 12, SHOWS)]
    assert [action for _, action in stand(alone, rules=rules)[0]] == ["hold", "hold"]
    found, made = stand(alone, [report(1), report(2, "lost")], rules)
    assert [action for _, action in found] == ["release", "recall"]
    assert made[1].recalled == 600


def test_a_milestone_without_a_date_is_never_overdue():
    assert stand(parts(None))[0][1] == ("open", "wait")


@pytest.mark.slow
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 36)), max_size=5),
    st.lists(st.sampled_from(["", "met", "open", "not_met", "lost"]), min_size=6, max_size=6),
    st.builds(
        FollowRules,
        st.integers(0, 12),
        *[st.sampled_from(["hold", "recall"])] * 3,
        st.booleans(),
    ),
    st.integers(0, 1500),
)
def test_nothing_is_released_after_what_is_not_and_no_more_is_called_back_than_was_paid(
    months, states, rules, days
):
    reports = [report(n, s) for n, s in enumerate(states, start=1) if s]
    today = DECIDED + datetime.timedelta(days=days)
    _, made = stand(parts(*months), reports, rules, today)
    released = [p.action == "release" for p in made]
    assert released == sorted(released, reverse=True)
    paid = sum(p.milestone.fen for p in made if p.action == "release")
    assert all(p.recalled <= paid for p in made)
    assert all((p.recalled > 0) == (p.action == "recall") for p in made)
