"""What levels imply of each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.outcomes import LEVELS
from pilotscore.runs.learn_levels import outcome_named, outcome_title, with_implied
from pilotscore.store import OutcomeColumns


def reported(rows: dict[int, tuple[str, str]]) -> OutcomeColumns:
    places = sorted(rows)
    states = tuple(rows[p][0] for p in places)
    days = np.array([rows[p][1] for p in places], dtype="datetime64[D]")
    return OutcomeColumns(np.array(places, dtype=np.int64), states, np.zeros(len(places)), days)


def state(columns: OutcomeColumns, place: int) -> tuple[str, str] | None:
    pairs = zip(columns.states, columns.days, strict=True)
    found = dict(zip(columns.places.tolist(), pairs, strict=True))
    return (found[place][0], str(found[place][1])) if place in found else None


@pytest.mark.parametrize(
    ("own", "other", "level", "means"),
    [
        # Who broke even has sold, by then at the latest.
        (None, ("reached", "2027-01-01"), "11", ("reached", "2027-01-01")),
        (("not_yet", "2026-01-01"), ("reached", "2027-01-01"), "11", ("reached", "2027-01-01")),
        # What was said of the level itself goes before.
        (("reached", "2026-01-01"), ("reached", "2027-01-01"), "11", ("reached", "2026-01-01")),
        (("failed", "2026-01-01"), ("reached", "2027-01-01"), "11", ("failed", "2026-01-01")),
        # Not to have broken even says nothing of selling.
        (None, ("failed", "2027-01-01"), "11", None),
        (("not_yet", "2026-01-01"), ("not_yet", "2027-01-01"), "11", ("not_yet", "2026-01-01")),
        # An end before volume production is an end before the first sale.
        (None, ("failed", "2027-01-01"), "9", ("failed", "2027-01-01")),
        (("lost", "2026-01-01"), ("failed", "2027-01-01"), "9", ("failed", "2027-01-01")),
        (None, ("reached", "2027-01-01"), "9", None),
        (None, ("lost", "2027-01-01"), "9", None),
    ],
)
def test_what_another_level_says_of_the_first_sale(own, other, level: str, means):
    sales = reported({0: ("not_yet", "2025-01-01")} | ({7: own} if own else {}))
    found = with_implied({"10": sales, level: reported({7: other})})
    assert state(found["10"], 7) == means
    assert state(found["10"], 0) == ("not_yet", "2025-01-01")


def test_of_several_levels_above_the_earliest_day_counts():
    found = with_implied(
        {
            "10": reported({0: ("lost", "2025-01-01")}),
            "11": reported({7: ("reached", "2028-01-01")}),
            "12": reported({7: ("reached", "2027-01-01")}),
        }
    )
    assert state(found["10"], 7) == ("reached", "2027-01-01")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*LEVELS, "patents"]),
        st.dictionaries(
            st.integers(0, 4),
            st.sampled_from(["reached", "failed", "not_yet", "lost"]).map(
                lambda s: (s, "2027-01-01")
            ),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_what_is_settled_stays_and_nothing_else_is_touched(rows):
    given_ = {name: reported(of) for name, of in rows.items()}
    found = with_implied(given_)
    assert set(found) == set(given_)
    assert found.get("patents") is given_.get("patents")
    for name, of in rows.items():
        assert (np.diff(found[name].places) > 0).all()
        for place, said in of.items():
            now = state(found[name], place)
            assert now == said if said[0] in ("reached", "failed") else now is not None


@pytest.mark.parametrize("name", ["10", "10 first sale", "First sale", "首次销售", "10 首次销售"])
def test_a_level_by_any_of_its_names(name: str):
    assert outcome_named(name, ["patents", "10", "11"]) == "10"


def test_other_outcomes_have_their_own_name():
    assert outcome_named("patents", ["patents"]) == "patents"
    assert outcome_named("sale", ["patents", "10"]) is None
    assert outcome_title("patents").to("zh") == "patents"
    assert outcome_title("10").to("en") == "10 first sale"
