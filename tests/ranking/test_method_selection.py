"""Methods asked for by name: what they give, and what they say of results they cannot take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pilotscore
from pilotscore.criteria import Method, load_criteria
from pilotscore.criteria.decision_methods import METHODS
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.ranking import select_methods
from pilotscore.ranking.grade_profiles import grade_profiles
from pilotscore.ranking.method_registry import MAKERS, run_method
from pilotscore.ranking.methods import check_size
from tests.conftest import AS_OF, MINI, MakeBook, row


def rows() -> list[list]:
    return [
        row(id=f"P-{n}", trl=n, yield_rate=50 + 6 * n, hazard=["未做", "部分完成", "已完成"][n % 3])
        for n in range(2, 9)
    ]


def ranked(path: Path, criteria: Path, *names: str) -> pilotscore.Outcome:
    return pilotscore.rank(path, criteria, as_of=AS_OF, methods=names)


def with_more(folder: Path, more: str) -> Path:
    path = folder / "more.yaml"
    path.write_text(MINI + more, encoding="utf-8")
    return path


@pytest.mark.slow
def test_several_at_once(book: MakeBook, mini: Path):
    o = ranked(book(*rows()), mini, "topsis", "vikor", "topsis", "electre_tri_b")
    assert list(o.ranking.methods) == ["topsis", "vikor", "electre_tri_b"]
    assert o.manifest.options["methods"] == "topsis, vikor, electre_tri_b"
    assert "scikit-criteria" in o.manifest.libraries
    assert not any("batch-relative" in n.to("en") for n in o.notes())
    alone = ranked(book(rows()[0], name="one.xlsx"), mini, "topsis", "electre_tri_b")
    for name in ("topsis", "electre_tri_b"):
        assert alone.ranking.methods[name].scores[0] == pytest.approx(
            o.ranking.methods[name].scores[0]
        )


def test_topsis_by_hand(book: MakeBook, mini: Path):
    """The distances of a result to 0 and to 100 in every indicator, weighted."""
    o = ranked(book(*rows()), mini, "topsis")
    weights = np.array([0.30, 0.18, 0.12, 0.28, 0.12])
    points = o.assessment.scores / 100
    down = np.sqrt(((points * weights) ** 2).sum(axis=1))
    up = np.sqrt((((1 - points) * weights) ** 2).sum(axis=1))
    assert o.ranking.methods["topsis"].scores == pytest.approx(down / (down + up))


def test_relative_ones_say_so(book: MakeBook, mini: Path):
    o = ranked(book(*rows()), mini, "promethee_ii")
    assert any("PROMETHEE II is batch-relative" in n.to("en") for n in o.notes())


def test_what_does_not_apply_counts_as_the_rest_of_its_dimension(book: MakeBook, mini: Path):
    """So that the weighted sum is the index there too."""
    path = book(*rows(), row(id="P-9", mode="间歇", run_hours="不适用"))
    o = ranked(path, mini, "weighted_sum")
    assert not o.assessment.missing.not_assessable.any()
    assert o.ranking.methods["weighted_sum"].scores == pytest.approx(o.assessment.index)


def test_the_id_of_a_method_of_the_file_is_that_one(tmp_path: Path):
    more = "methods: [{id: mine, title: M, method: topsis, parameters: {metric: cityblock}}]\n"
    criteria = load_criteria(with_more(tmp_path, more)).criteria
    found = select_methods(criteria, ["mine", "waspas"])
    assert [(m.id, m.offset) for m in found] == [("mine", 0.0), ("waspas", 1.0)]


def test_an_unknown_name_is_told_with_the_nearest(mini: Path, book: MakeBook):
    with pytest.raises(UsageError, match="did you mean topsis"):
        ranked(book(*rows()), mini, "topsys")


@pytest.mark.parametrize(
    ("name", "least"), [("promethee_ii", 2), ("edas", 2), ("simplified_probid", 4)]
)
def test_too_few_results(book: MakeBook, mini: Path, name: str, least: int):
    with pytest.raises(
        UsageError, match=f"at least {least} results that can be assessed; there is 1"
    ):
        ranked(book(row()), mini, name)


def test_too_many_results_name_another_method():
    told: list[Text] = []
    codas = Method(id="c", title=Text("C", "C"), method="codas")
    check_size(codas, 1000, told.append)
    assert not told
    check_size(codas, 5000, told.append)
    assert "about 1000 MB" in told[0].to("en")
    with pytest.raises(UsageError, match=r"at most 5000; there are 5001\. Use topsis instead"):
        check_size(codas, 5001, told.append)
    check_size(Method(id="p", title=Text("P", "P"), method="promethee_ii"), 1_000_000, told.append)
    assert len(told) == 1


@pytest.mark.slow
def test_all_results_alike(book: MakeBook, mini: Path):
    o = ranked(book(*[row(id=f"P-{n}") for n in range(4)]), mini, "topsis", "promethee_ii", "edas")
    for method in o.ranking.methods.values():
        assert method.ranks.tolist() == [1, 1, 1, 1]
    more = "methods: [{id: scaled, title: S, method: waspas, scaling: minmax}]\n"
    alike = with_more(mini.parent, more)
    with pytest.raises(UsageError, match="all results have the same values"):
        ranked(book(*[row(id=f"P-{n}") for n in range(4)]), alike)


def test_costs_are_asked_for(book: MakeBook, mini: Path):
    with pytest.raises(UsageError, match="no indicator has direction: min"):
        ranked(book(*rows()), mini, "copras")


def test_a_zero_asks_for_an_offset(book: MakeBook, mini: Path):
    more = with_more(mini.parent, "methods: [{id: w, title: W, method: marcos}]\n")
    with pytest.raises(UsageError, match="offset: 1"):
        ranked(book(*rows()), more)


def test_profiles_come_from_what_grades_ask_for(mini: Path):
    """A: index 80, safety 70, TRL 7 (75 points); B: index 60."""
    profiles = grade_profiles(load_criteria(mini).criteria)
    assert profiles.tolist() == [[80.0] * 5, [60.0] * 5]


def test_a_level_or_floor_above_the_index_lifts_the_profile(tmp_path: Path):
    text = MINI.replace(
        "index: 80, every_dimension: 60, dimensions: {safety: 70}, levels: {trl: 7}",
        "index: 65, every_dimension: 60, dimensions: {safety: 70}, levels: {trl: 7}",
    )
    path = tmp_path / "lifted.yaml"
    path.write_text(text, encoding="utf-8")
    profiles = grade_profiles(load_criteria(path).criteria)
    assert profiles[0].tolist() == [75.0, 65.0, 65.0, 70.0, 70.0]


def test_grades_that_ask_for_the_same_cannot_be_told_apart(tmp_path: Path):
    criteria = load_criteria(with_more(tmp_path, "")).criteria
    a, b, c = criteria.grades
    same = criteria.model_copy(update={"grades": (a, b, c.model_copy(update={"id": "D"}), c)})
    with pytest.raises(UsageError, match="D and C ask for the same"):
        grade_profiles(same)
    with pytest.raises(UsageError, match="two grades at least"):
        grade_profiles(criteria.model_copy(update={"grades": (c,)}))


class Anchored:
    """A method with fixed ideal and anti-ideal, as the checks of scikit-criteria take it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def evaluate(self, dm):
        from skcriteria.agg import RankResult

        known, unit = METHODS[self.name], 100.0 if MAKERS[self.name].unit else 1.0
        values = np.clip(dm.matrix.to_numpy(), 1.0, 100.0)
        scaled = dm.replace(matrix=values / unit)
        found = run_method(self.name, scaled, {}, bounds=(1.0 / unit, 100.0 / unit))
        best_first = found if known.lower_is_better else -found
        ranks = np.unique(np.round(best_first, 9), return_inverse=True)[1] + 1
        return RankResult(self.name, dm.alternatives, ranks, {})


ABSOLUTE = [n for n, m in METHODS.items() if m.absolute != "never" and m.gives == "scores"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:PendingDeprecationWarning")
@pytest.mark.parametrize("name", ABSOLUTE)
def test_no_rank_reversal_by_the_checks_of_scikit_criteria(name: str):
    """An alternative that is not the best is made worse: the others keep their order.

    Wang and Triantaphyllou, Ranking irregularities when evaluating alternatives by using some ELECTRE
    methods, Omega 36, 2008, first test criterion.
    """
    from skcriteria import mkdm
    from skcriteria.ranksrev import RankInvariantChecker

    values = np.array([[90, 22, 95, 80], [60, 55, 33, 50], [28, 60, 25, 70], [45, 41, 62, 20.0]])
    dm = mkdm(values, [1, 1, 1, 1], weights=[0.4, 0.3, 0.2, 0.1])
    found = RankInvariantChecker(Anchored(name), random_state=1).evaluate(dm)
    (_, original), *others = dict(found.ranks).items()
    assert others
    for label, result in others:
        mutated = result.e_.rank_inv_check.mutated
        kept = [i for i, a in enumerate(dm.alternatives) if a != mutated]
        assert len(kept) == 3
        assert _order(original.rank_, kept) == _order(result.rank_, kept), label


def _order(ranks: np.ndarray, kept: list[int]) -> list[int]:
    return sorted(kept, key=lambda i: int(ranks[i]))
