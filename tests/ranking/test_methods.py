from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pilotscore
from pilotscore.errors import UsageError
from pilotscore.ranking.methods import decision_matrix
from tests.conftest import AS_OF, MINI, MakeBook, row

METHODS = """
methods:
  - {id: sum, title: 加权和, method: weighted_sum}
  - {id: product, title: 加权积, method: weighted_product, offset: 1.0e-9}
  - {id: raw, title: WASPAS, method: waspas, uses: raw, scaling: minmax, offset: 1.0e-9,
     weights: {trl: 0.6, hazard: 0.4}, parameters: {lambda_value: 0.5}}
"""


def with_methods(folder: Path, methods: str = METHODS, exponent: float = 1.0) -> Path:
    path = folder / "methods.yaml"
    path.write_text(MINI + methods + f"aggregation: {{exponent: {exponent}}}\n", encoding="utf-8")
    return path


def rows() -> list[list]:
    return [
        row(id=f"P-{n}", trl=n, yield_rate=50 + 6 * n, hazard=["未做", "部分完成", "已完成"][n % 3])
        for n in range(2, 9)
    ]


def test_the_index_is_the_weighted_sum_model_of_scikit_criteria(
    book: MakeBook, mini: Path, tmp_path: Path
):
    o = pilotscore.rank(book(*rows()), with_methods(tmp_path), as_of=AS_OF)
    assert o.ranking.methods["sum"].scores == pytest.approx(o.assessment.index, abs=1e-9)


def test_with_exponent_0_the_index_is_its_weighted_product_model(
    book: MakeBook, mini: Path, tmp_path: Path
):
    """On the dimension scores, whose weighted product the geometric index is."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedProductModel

    better = [row(id=f"P-{n}", trl=n) for n in range(2, 9)]
    o = pilotscore.rank(book(*better), with_methods(tmp_path, exponent=0.0), as_of=AS_OF)
    dims = o.assessment.dimensions
    result = WeightedProductModel().evaluate(mkdm(dims, [max, max], weights=[0.6, 0.4]))
    assert 10 ** np.asarray(result.e_.score) == pytest.approx(o.assessment.index, abs=1e-9)


def test_a_batch_relative_method_says_so(book: MakeBook, mini: Path, tmp_path: Path):
    path = with_methods(tmp_path)
    o = pilotscore.rank(book(*rows()), path, as_of=AS_OF)
    fewer = pilotscore.rank(book(*rows()[:-2], name="fewer.xlsx"), path, as_of=AS_OF)
    assert o.ranking.methods["raw"].batch_relative
    assert not o.ranking.methods["sum"].batch_relative
    assert not o.ranking.batch_relative
    assert any(
        "batch-relative" in note.to("en") and "WASPAS" in note.to("en") for note in o.notes()
    )
    kept = len(fewer)
    assert not np.allclose(
        o.ranking.methods["raw"].scores[:kept], fewer.ranking.methods["raw"].scores
    )
    assert o.assessment.index[:kept].tolist() == fewer.assessment.index.tolist()


def test_ordering_by_a_batch_relative_method_is_told_too(
    book: MakeBook, mini: Path, tmp_path: Path
):
    o = pilotscore.rank(
        book(*rows()), with_methods(tmp_path, METHODS + "order: [raw]\n"), as_of=AS_OF
    )
    assert o.ranking.batch_relative
    assert any("ranks depend" in note.to("en") for note in o.notes())
    ranks = o.ranking.methods["raw"].ranks
    assert [int(ranks[i]) for i in o.ranking.order] == sorted(ranks.tolist())


def test_results_that_cannot_be_assessed_are_left_out(book: MakeBook, mini: Path, tmp_path: Path):
    o = pilotscore.rank(book(*rows(), row(id="P-0", trl="")), with_methods(tmp_path), as_of=AS_OF)
    method = o.ranking.methods["raw"]
    assert np.isnan(method.scores[-1])
    assert method.ranks[-1] == 0
    assert len(decision_matrix(o.assessment).alternatives) == len(o) - 1


def test_gaps_in_raw_values_are_told(book: MakeBook, mini: Path, tmp_path: Path):
    gaps = "methods: [{id: raw, title: R, method: weighted_sum, uses: raw, scaling: minmax}]\n"
    with pytest.raises(UsageError, match="run_hours has gaps"):
        pilotscore.rank(book(*rows(), row(run_hours="")), with_methods(tmp_path, gaps), as_of=AS_OF)


def test_a_method_that_takes_no_zero_says_so(book: MakeBook, mini: Path, tmp_path: Path):
    zero = "methods: [{id: w, title: W, method: waspas}]\n"
    with pytest.raises(UsageError, match="cannot be computed"):
        pilotscore.rank(book(*rows()), with_methods(tmp_path, zero), as_of=AS_OF)
