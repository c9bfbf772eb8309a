"""What came of a store of rounds: figures as far as outcomes carry them, weights, limits."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pilotscore.criteria import load_criteria
from pilotscore.errors import UsageError
from pilotscore.language import LANGS, same
from pilotscore.outcomes.censoring import Known
from pilotscore.outcomes.indicators import Telling
from pilotscore.outcomes.limits_that_decide import Use
from pilotscore.outcomes.logistic import chance_of
from pilotscore.outcomes.reweighing import Refusal
from pilotscore.outcomes.tools_allowed import Tool
from pilotscore.render.json import to_json
from pilotscore.render.markdown import to_markdown
from pilotscore.runs.learn import LearnReport, learn
from pilotscore.runs.learn_data import followed
from pilotscore.runs.learn_experts import experts_learned
from pilotscore.runs.learn_figures import chance_at
from pilotscore.runs.learn_moves import moved
from pilotscore.runs.learn_weights import NotWeighed, split, taken_by_the_mean
from pilotscore.store import (
    FollowUp,
    IndicatorColumn,
    Item,
    OutcomeReport,
    RoundColumns,
    Store,
    open_store,
)
from pilotscore.views.learn.document import document
from tests.runs.outcomes_store import (
    NAMES,
    TRUTH,
    columns,
    kept,
    reports,
    set_text,
    store_of,
)


def report_of(path: Path, sizes=(400, 400), **how) -> LearnReport:
    odds = how.pop("odds", None)
    return learn(store_of(path, sizes, **how), odds=odds)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> LearnReport:
    path = tmp_path_factory.mktemp("store") / "rounds.db"
    return report_of(path, losers=True, odds=(200, 800))


@pytest.fixture
def small(tmp_path: Path) -> LearnReport:
    return report_of(tmp_path / "few", (30,), followed=0.5)


@pytest.mark.slow
def test_everybody_followed_is_counted_once(report: LearnReport):
    f, t = report.followed, report.grades
    assert f.scored == 800
    assert len(f) == (t.success + t.failure + t.unknown).sum()
    assert (f.known.success | f.known.failure | f.known.open).all()
    assert int(t.success.sum()) == report.index.successes
    assert f.others[0].outcome == "first_sale"
    assert f.others[0].reached == int(f.happened.sum())


@pytest.mark.slow
def test_better_grades_came_to_more(report: LearnReport):
    share = report.grades.share[:3]
    assert share[0] > share[1] > share[2]
    by_time = [r.share.value for r in report.reached[:3]]
    assert by_time == sorted(by_time, reverse=True)
    # Not yet is not no: fewer have come to it of all than of those that are known.
    assert all(t < s for t, s in zip(by_time, share, strict=True))


def test_the_index_told_it(report: LearnReport):
    index = report.index
    assert Tool.BRIER in index.tools
    assert Tool.ISOTONIC not in index.tools
    assert index.isotonic is None
    assert index.area.low > 0.5
    assert index.rank.low > 0
    assert index.held_out.score < index.held_out.uncertainty
    assert chance_at(index.curve, 80) > chance_at(index.curve, 60)
    assert index.decided.threshold == pytest.approx(0.2)
    assert chance_at(index.curve, index.decided.from_index) == pytest.approx(0.2)


def test_what_is_not_seen_is_said(report: LearnReport):
    span = report.span
    assert span.scored[0] < span.seen[0]
    assert span.spread < 1
    assert report.drawn.won[1] > 50 < report.drawn.lost[1]
    assert report.drawn.difference.low < 0 < report.drawn.difference.high  # the lot did nothing
    assert report.applicants.effective < report.applicants.known


def test_indicators_that_matter_are_told_and_evidence_that_does_not_is_not(report: LearnReport):
    figures = {r.item.id: r for r in report.indicators}
    assert figures["tech_1"].score.telling == Telling.TELLS
    assert figures["tech_1"].score.area.value > figures["team_1"].score.area.value
    assert all(r.evidence.telling == Telling.OPEN for r in report.indicators)


def test_limits_that_never_decide(report: LearnReport):
    uses = {(x.kind, x.of, x.title.to("en")): x for x in report.limits}
    assert uses["grade", "B", "Dimension tech ≥ 5"].use == Use.NEVER
    assert uses["grade", "A", "index ≥ 75"].use == Use.DECIDES
    gate = uses["gate", "not_owned", "ownership unclear"]
    assert gate.failed == gate.alone > 0
    assert all(x.results == 800 for x in report.limits)
    assert {x.use for x in report.idle_limits} <= {Use.NEVER, Use.IDLE}


def test_weights_move_towards_the_truth_and_say_who_moves(report: LearnReport):
    w = report.weights
    assert w.changes
    before, after = (np.abs(x - TRUTH).sum() for x in (w.reweighing.present, w.reweighing.proposed))
    assert after < before
    assert sum(m.crosses for m in w.moves) == 0  # as many come in as go out
    assert all(m.before != m.after or m.grade != m.new_grade for m in w.moves)
    assert abs(w.moves[0].crosses) == 1


def test_few_outcomes_give_a_table_and_nothing_else(small: LearnReport):
    index = small.index
    assert index.tools == {Tool.TABLE}
    figures = (index.rank, index.area, index.curve, index.held_out, index.isotonic, index.decided)
    assert figures == (None,) * 6
    assert small.reached == (None,) * 4
    assert (small.applicants, small.drawn, small.zone) == (None,) * 3
    assert small.grades.success.sum() > 0
    assert small.weights.reweighing.refusal == Refusal.FEW
    assert small.weights.reweighing.more > 20
    assert small.weights.moves == ()
    assert {r.score.telling for r in small.indicators} == {Telling.FEW}


def test_a_window_makes_failures_of_those_followed_for_all_of_it(tmp_path: Path):
    store = store_of(tmp_path / "r", (120,))
    ever, within = followed(store), followed(store, window=18)
    assert within.known.success.sum() < ever.known.success.sum()
    open_before = ever.known.open & ~within.known.open
    assert (within.months[open_before] >= 18).all()
    assert (within.known.failure & within.happened).any()  # it came too late


def test_a_round_replaced_upon_an_appeal_does_not_count(tmp_path: Path):
    store = open_store(tmp_path / "r.db", write=True)
    made = columns(60, 1)
    first = kept(made, "2024-06-01")
    second = kept(made, "2024-06-02")
    second = replace(second, entry=replace(second.entry, parent=first.entry.key))
    for whole in (first, second):
        store.add(whole)
        store.add_follow_up(reports(whole.entry.key, made, 1))
    f = followed(store)
    assert [r.entry.key for r in f.rounds] == [second.entry.key]
    assert [e.key for e, _ in f.left_out] == [first.entry.key]


def test_what_was_reported_of_a_round_before_its_appeal_counts_after_it(tmp_path: Path):
    store = open_store(tmp_path / "r.db", write=True)
    made = columns(60, 1)
    first = kept(made, "2024-06-01")
    turned = np.arange(60)[::-1]
    other = replace(
        made,
        ids=made.ids[::-1],
        index=made.index[turned],
        dimensions={k: v[turned] for k, v in made.dimensions.items()},
    )
    second = kept(other, "2024-06-02")
    second = replace(second, entry=replace(second.entry, parent=first.entry.key))
    for whole in (first, second):
        store.add(whole)
    ids = made.ids[:3]
    for whole, names, state in ((first, ids, "reached"), (second, ids[:1], "failed")):
        entries = (
            OutcomeReport(whole.entry.key, n, "sale", state, None, "2025-01-01") for n in names
        )
        store.add_follow_up(FollowUp("2025-02-01", whole.entry.key, "0" * 64, (), tuple(entries)))
    f = followed(store)
    (only,) = f.rounds
    said = dict(zip((only.columns.ids[p] for p in only.reports.places), f.index, strict=True))
    state = dict(zip(said, only.reports.states, strict=True))
    assert [state[name] for name in ids] == ["failed", "reached", "reached"]
    assert [said[name] for name in ids] == made.index[:3].tolist()


def test_rounds_of_other_grades_are_left_out_and_told(tmp_path: Path):
    store = store_of(tmp_path / "r.db", (60, 60))
    made = columns(50, 9)
    other = replace(made, head=replace(made.head, grades=made.head.grades[:2]))
    other = replace(other, grades=np.minimum(made.grades, 1))
    whole = kept(other, "2023-01-01")
    store.add(whole)
    store.add_follow_up(reports(whole.entry.key, other, 9))
    f = followed(store)
    assert [e.key for e, _ in f.left_out] == [whole.entry.key]
    assert len(f.rounds) == 2


def test_rounds_by_their_seals(tmp_path: Path):
    store = store_of(tmp_path / "r.db", (60, 60))
    key = store.rounds()[0].key
    assert [r.entry.key for r in followed(store, keys=[key[:10]]).rounds] == [key]
    with pytest.raises(UsageError, match="no round has a seal"):
        followed(store, keys=["zzz"])


def test_no_rounds_no_reports_no_such_outcome(tmp_path: Path):
    empty = open_store(tmp_path / "empty", write=True)
    with pytest.raises(UsageError, match="has no rounds"):
        followed(empty)
    made = kept(columns(10, 1), "2024-06-01")
    empty.add(made)
    with pytest.raises(UsageError, match="nothing was reported"):
        followed(empty)
    entry = OutcomeReport(made.entry.key, "R1-0", "patent", "reached", None, "2025-01-01")
    empty.add_follow_up(FollowUp("2025-02-01", "f", "0" * 64, (), (entry,)))
    with pytest.raises(UsageError, match="patent"):
        followed(empty, "first_sale")
    assert learn(empty).followed.reported == 1


@pytest.mark.parametrize("exponent", [1, 0.5, 0, -1, -2.0])
def test_terms_of_the_mean_rise_with_the_index(exponent: float):
    from pilotscore.index.aggregate import power_mean

    random = np.random.default_rng(1)
    scores, weights = random.uniform(5, 100, (50, 3)), np.array([0.5, 0.3, 0.2])
    index = power_mean(scores, weights, exponent)
    terms = taken_by_the_mean(scores, exponent) @ weights
    assert (np.argsort(index) == np.argsort(terms)).all()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("aggregation: {exponent: -.inf}\n", NotWeighed.LOWEST),
        ("aggregation: {exponent: 0}\n", NotWeighed.OTHER_WEIGHTS),
    ],
)
def test_sets_whose_weights_cannot_be_estimated(tmp_path: Path, more: str, why: NotWeighed):
    path = tmp_path / "other.yaml"
    path.write_text(set_text() + more, encoding="utf-8")
    store = store_of(tmp_path / "r", (60,))
    assert learn(store, criteria=path).weights.why_not == why


def test_a_set_of_other_dimensions_is_refused(tmp_path: Path):
    with pytest.raises(UsageError, match="other dimensions"):
        learn(store_of(tmp_path / "r", (60,)), criteria="pilot-maturity")


def test_the_present_weights_move_nobody(tmp_path: Path):
    path = tmp_path / "small.yaml"
    path.write_text(set_text(), encoding="utf-8")
    criteria = load_criteria(path).criteria
    made = columns(200, 3)
    assert moved(made, criteria, np.full(4, 0.25), 50) == ()
    moves = moved(made, criteria, np.array([0.7, 0.1, 0.1, 0.1]), 50)
    closed = {made.ids[i] for i, x in enumerate(made.facts["owned"]) if x == "no"}
    # Whom a gate caps stays capped, whatever the index.
    assert all(m.new_grade == "C" for m in moves if m.id in closed)
    assert any(m.new_grade != m.grade for m in moves)


def test_followed_without_days_is_neither_late_nor_in_time(tmp_path: Path):
    store = open_store(tmp_path / "r", write=True)
    made = columns(12, 1)
    whole = kept(made, "2024-06-01")
    store.add(whole)
    entries = tuple(
        OutcomeReport(whole.entry.key, made.ids[i], "sale", "reached") for i in range(3)
    )
    store.add_follow_up(FollowUp("2025-01-01", "f", "0" * 64, (), entries))
    assert int(followed(store).known.success.sum()) == 3
    within = followed(store, window=24)
    assert within.known.open.all()
    assert all(math.isnan(m) for m in within.months)


def score_sheet(path: Path, report: LearnReport, least: float, most: float) -> Path:
    """Write the scores of a good, a bad and a short-lived expert on the results followed up."""
    random = np.random.default_rng(5)
    f = report.followed
    ids = [r.columns.ids[p] for r in f.rounds for p in r.reports.places.tolist()]
    rows = ["专家,编号,分数"]
    for k in range(0, 120):
        came = float(f.known.success[k])
        near = 0.15 + 0.7 * came + 0.1 * random.uniform(-1, 1)
        for name, share in (("good", near), ("bad", 1 - near), ("dull", 0.5)):
            rows.append(f"{name},{ids[k]},{least + (most - least) * share:.3f}")
        if k < 6:
            rows.append(f"short,{ids[k]},{least + (most - least) * near:.3f}")
    rows.append("good,unknown-1," + f"{most}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("scale", [(0.0, 1.0), (0.0, 10.0)])
def test_experts_beside_the_outcomes(report: LearnReport, tmp_path: Path, scale):
    sheet = score_sheet(tmp_path / "scores.csv", report, *scale)
    found = experts_learned(report.followed, [sheet], scale)
    names = [found.names[k] for k in found.order]
    assert names == ["good", "dull", "bad"]  # short has too few outcomes to be listed
    assert found.stated == (scale == (0.0, 1.0))
    assert found.curve
    assert found.results == 121
    assert found.known < 120
    area = dict(zip(found.names, found.figures.area, strict=True))
    assert area["good"] == 1
    assert area["bad"] == 0
    assert found.figures.weighable[found.order].all()


def test_experts_of_other_results_are_refused(report: LearnReport, tmp_path: Path):
    sheet = tmp_path / "other.csv"
    sheet.write_text("专家,编号,分数\n甲,X-1,0.5\n乙,X-2,0.7\n", encoding="utf-8")
    with pytest.raises(UsageError, match="other ids"):
        experts_learned(report.followed, [sheet], (0.0, 1.0))


@pytest.mark.slow
def test_the_mean_of_real_experts_is_as_published(report: LearnReport):
    # examples/outcomes: 103 findings of which it is known whether they replicated.
    from tests.outcomes.market import FILE, market

    _, came = market()
    with FILE.open(encoding="utf-8") as stream:
        ids = [row.split(",")[0] for row in stream.read().splitlines()[1:]]
    (first, *_) = report.followed.rounds
    made = replace(first.columns, ids=ids)
    found = replace(first.reports, places=np.arange(len(ids)))
    f = replace(
        report.followed,
        rounds=(replace(first, columns=made, reports=found),),
        known=Known(came, ~came),
    )
    e = experts_learned(f, [FILE.parent / "forecasts.csv"], (0.0, 1.0))
    assert round(e.panel.area.value, 4) == 0.8219
    assert round(e.panel.brier, 4) == 0.2053
    assert round(e.panel.calibration.slope.value, 3) == 2.412


def test_levels_that_rounds_do_not_have_are_passed_over(tmp_path: Path):
    path = tmp_path / "newer.yaml"
    newer = set_text().replace("index: 75, every_dimension: 40", "index: 75, levels: {novelty: 50}")
    path.write_text(
        newer.replace(
            "  - id: scale\n",
            "      - {id: novelty, title: {zh: 新颖, en: Novelty}, type: ratio, range: [0, 100],\n"
            "         points: [[0, 0], [100, 100]], weight: 0}\n  - id: scale\n",
        )
        .replace("weight: 0}", "weight: 1}")
        .replace("weight: 100}", "weight: 99}", 1),
        encoding="utf-8",
    )
    found = learn(store_of(tmp_path / "r", (60,)), criteria=path)
    assert [x.title.to("en") for x in found.limits if x.of == "A"] == ["index ≥ 75"]


def test_funded_results_of_which_nothing_was_reported_are_open(tmp_path: Path):
    store = open_store(tmp_path / "r.db", write=True)
    made = columns(60, 1)
    whole = kept(made, "2024-06-01")
    store.add(whole)
    funded = np.flatnonzero(made.decisions.funded)
    entries = tuple(
        OutcomeReport(whole.entry.key, made.ids[i], "sale", "failed", None, "2025-01-01")
        for i in funded[:4]
    )
    store.add_follow_up(FollowUp("2025-02-01", "f", "0" * 64, (), entries))
    found = learn(store, window=3)
    f = found.followed
    assert f.reported == 4
    assert len(f) == f.funded == len(funded)
    assert int(f.known.open.sum()) == len(funded) - 4  # silence is neither success nor failure
    assert int(found.grades.unknown.sum()) == len(funded) - 4
    assert int(found.grades.failure.sum()) == 4


def odd_columns(random: np.random.Generator, n: int) -> RoundColumns:
    """Return a small round such as may come: without an index, all alike, ranked only."""
    made = columns(n, int(random.integers(1, 99)), drawn=bool(random.random() < 0.3))
    index, grades = made.index.copy(), made.grades.copy()
    gone = random.random(n) < 0.2
    index[gone], grades[gone] = np.nan, -1
    if random.random() < 0.2:
        index[:] = 61.0
    decisions = made.decisions if random.random() < 0.8 else None
    dimensions = {k: np.where(gone, np.nan, v) for k, v in made.dimensions.items()}
    return replace(made, index=index, grades=grades, dimensions=dimensions, decisions=decisions)


@pytest.mark.parametrize("seed", range(12))
def test_any_small_store_has_an_answer_in_both_languages(seed: int, tmp_path: Path):
    random = np.random.default_rng(seed)
    store = open_store(tmp_path / "r.db", write=True)
    for year in range(int(random.integers(1, 3))):
        made = odd_columns(random, int(random.integers(1, 40)))
        whole = kept(made, f"202{year + 2}-06-01")
        store.add(whole)
        states = ["reached", "failed", "not_yet", "lost"][: int(random.integers(1, 5))]
        entries = tuple(
            OutcomeReport(
                whole.entry.key,
                made.ids[i],
                str(random.choice(["9", "10", "11"])),
                str(random.choice(states)),
                None,
                str(random.choice(["", "2021-01-01", "2025-03-01", "2029-01-01"])),
            )
            for i in range(len(made))
        )
        day = f"2030-01-0{year + 1}"
        store.add_follow_up(FollowUp(day, f"{year}", "0" * 64, (), entries))
    window = float(random.choice([12.0, 60.0, np.inf]))
    found = learn(store, window=window, odds=(1, 3))
    assert len(found.followed) >= found.followed.reported
    for lang in LANGS:
        shown = to_markdown(document(found), lang)
        assert "nan" not in shown.replace("tenants", "")
    assert json.loads(to_json(document(found).record(), "en"))["followed"]


def two_each(path: Path, n: int, truth: np.ndarray, **how: bool) -> tuple[Store, Path]:
    """Return a store whose dimensions have two indicators, and its set; by a known rule."""
    text = set_text()
    for name in NAMES:
        first = f"{{id: {name}_1, title: {{zh: 指标{name}, en: Indicator {name}}}"
        second = (
            f"      - {{id: {name}_2, title: {name} two, type: ratio, direction: max,\n"
            "          range: [0, 100], points: [[0, 0], [100, 100]], weight: 40}\n"
        )
        at = text.index("weight: 100}", text.index(first))
        text = text[:at] + "weight: 60}\n" + second + text[at + len("weight: 100}\n") :]
    random = np.random.default_rng(4)
    made = columns(n, 4)
    scores = np.clip(random.normal(65, 20, (n, 8)), 0, 100)
    if how.get("gaps"):
        scores[random.random(scores.shape) < 0.1] = np.nan
        scores[:, 0] = np.nan_to_num(scores[:, 0], nan=50.0)
    within = np.tile([0.6, 0.4], (n, 1))
    dims = np.stack(
        [
            np.nansum(scores[:, 2 * k : 2 * k + 2] * within, axis=1)
            / np.maximum((np.isfinite(scores[:, 2 * k : 2 * k + 2]) * within).sum(axis=1), 1e-9)
            for k in range(4)
        ],
        axis=1,
    )
    index = dims.mean(axis=1)
    ids = [f"{n_}_{j}" for n_ in NAMES for j in (1, 2)]
    grades = np.where((index >= 75) & (dims.min(axis=1) >= 40), 0, np.where(index >= 60, 1, 2))
    items = tuple(Item(x, same(x), x[:-2], 50) for x in ids)
    made = replace(
        made,
        head=replace(made.head, indicators=items),
        index=index,
        grades=grades.astype(np.int8),
        dimensions={n_: dims[:, k] for k, n_ in enumerate(NAMES)},
        indicators={
            x: IndicatorColumn(scores[:, j], scores[:, j], np.zeros(n, np.int8))
            for j, x in enumerate(ids)
        },
        facts={"owned": ("yes",) * n},
        decisions=replace(made.decisions, statuses=("fund",) * n),
    )
    whole = kept(made, "2024-06-01", text)
    came = random.random(n) < chance_of((np.nan_to_num(scores, nan=65.0) @ truth - 65) / 5)
    entries = tuple(
        OutcomeReport(whole.entry.key, made.ids[i], "10", "reached" if c else "failed")
        for i, c in enumerate(came)
    )
    store = open_store(path / "two.db", write=True)
    store.add(whole)
    store.add_follow_up(FollowUp("2028-01-01", "f", "0" * 64, (), entries))
    (path / "two.yaml").write_text(text, encoding="utf-8")
    return store, path / "two.yaml"


TWO = np.array([0.4, 0.05, 0.05, 0.2, 0.1, 0.1, 0.05, 0.05])


@pytest.mark.slow
@pytest.mark.parametrize("gaps", [False, True])
def test_weights_of_indicators_move_towards_the_truth(tmp_path: Path, gaps: bool):
    store, path = two_each(tmp_path, 1500, TWO, gaps=gaps)
    w = learn(store, criteria=path, level="indicators").weights
    assert w.changes
    assert len(w.items) == 8
    before, after = (np.abs(x - TWO).sum() for x in (w.reweighing.present, w.reweighing.proposed))
    assert after < 0.6 * before
    whole, within = w.shares()
    assert whole.sum() == pytest.approx(1)
    assert within.reshape(4, 2).sum(axis=1) == pytest.approx(np.ones(4))
    assert w.moves
    assert learn(store, criteria=path).weights.level == "dimensions"


@pytest.mark.slow
def test_indicators_need_more_outcomes_than_dimensions(tmp_path: Path):
    store, path = two_each(tmp_path, 170, TWO)
    of_all = learn(store, criteria=path, level="indicators").weights.reweighing
    assert of_all.refusal == Refusal.FEW
    assert learn(store, criteria=path).weights.reweighing.refusal != Refusal.FEW


def test_indicators_of_a_power_mean_have_no_weights_of_a_sum(tmp_path: Path):
    store, path = two_each(tmp_path, 60, TWO)
    path.write_text(path.read_text(encoding="utf-8") + "aggregation: {exponent: 0.5}\n", "utf-8")
    w = learn(store, criteria=path, level="indicators").weights
    assert w.why_not == NotWeighed.NOT_A_SUM


def test_shares_are_split_and_come_together_again():
    whole = np.array([0.3, 0.1, 0.0, 0.0, 0.6])
    sums, within = split(whole, np.array([0, 0, 1, 1, 2]), np.array([0.5, 0.5, 0.7, 0.3, 1.0]))
    assert sums == pytest.approx([0.4, 0, 0.6])
    assert within == pytest.approx([0.75, 0.25, 0.7, 0.3, 1])


def test_what_was_reached_before_the_decision_is_no_outcome_of_it(tmp_path: Path):
    store = open_store(tmp_path / "r.db", write=True)
    made = columns(20, 1)
    whole = kept(made, "2024-06-01")
    store.add(whole)
    days = ("2024-05-31", "2024-06-01", "2025-06-01")
    entries = tuple(
        OutcomeReport(whole.entry.key, made.ids[i], "sale", "reached", None, day)
        for i, day in enumerate(days)
    )
    store.add_follow_up(FollowUp("2025-07-01", "f", "0" * 64, (), entries))
    found = learn(store)
    assert found.followed.early == 1
    assert int(found.followed.known.success.sum()) == 2
    assert "1 had reached it before" in to_markdown(document(found), "en")
    assert "1 项在决定之前已达到" in to_markdown(document(found), "zh")
