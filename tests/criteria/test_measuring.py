"""What a criteria file says of batch data, and the faults it can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.criteria.measuring import MEASURES
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding
from tests.conftest import MINI, from_yaml, to_yaml

PURITY = {"id": "purity", "title": {"zh": "纯度", "en": "Purity"}, "lower": 98.5, "upper": 100}


def loaded(folder: Path, measuring: object = None, **measured: object):
    """Load the small set with a measured first-pass yield and this part ``measuring``."""
    data = from_yaml(MINI)
    if measured:
        data["dimensions"][0]["indicators"][1]["measured"] = measured
    if measuring is not None:
        data["measuring"] = measuring
    path = folder / "set.yaml"
    path.write_text(to_yaml(data), encoding="utf-8")
    return load_criteria(path)


def faults(folder: Path, measuring: object = None, **measured: object) -> list[Finding]:
    with pytest.raises(FaultyFileError) as caught:
        loaded(folder, measuring, **measured)
    for f in caught.value.findings:
        assert f.sentence("zh")
        assert f.sentence("en")
        assert f.place.line
    return list(caught.value.findings)


@pytest.mark.slow
def test_every_measure_loads_where_its_type_suits(tmp_path: Path):
    for name, measure in MEASURES.items():
        if "percent" in measure.types:
            assert loaded(tmp_path, measure=name).criteria.indicators[1].measured.least >= 1
        else:
            (fault,) = faults(tmp_path, measure=name)
            assert fault.code == "C214"
            assert measure.types[0] in fault.sentence("en")


def test_a_higher_number_of_batches_may_be_asked_for_not_a_lower_one(tmp_path: Path):
    own = MEASURES["rsd"].least
    for asked, wanted in ((own + 7, own + 7), (1, own)):
        measured = loaded(tmp_path, measure="rsd", at_least=asked).criteria.indicators[1].measured
        assert measured.least == wanted


@pytest.mark.parametrize(
    ("measured", "code", "said"),
    [
        ({"measure": "cpx"}, "C104", "cpk"),
        ({"measure": "rsd", "of": "puritty"}, "C210", "purity"),
        ({"measure": "rsd", "of": ["purity", "yeild"]}, "C210", "yield"),
        ({"measure": "first_pass_rate", "of": "purity"}, "C104", "all batches"),
        ({"measure": "rsd", "at_least": 0}, "C104", "1"),
        ({"measure": "rsd", "bound": "upper_bound"}, "C104", "upper"),
        ({"measure": "rsd", "least": 3}, "C102", "at_least"),
    ],
)
def test_faults_of_a_measured_indicator(
    tmp_path: Path, measured: dict[str, object], code: str, said: str
):
    found = faults(tmp_path, {"characteristics": [PURITY]}, **measured)
    assert [f.code for f in found] == [code]
    assert said in found[0].sentence("en")


@pytest.mark.parametrize(
    ("measuring", "code", "said"),
    [
        ({"characteristics": [{**PURITY, "lower": 101}]}, "C104", "below the upper limit 100"),
        ({"characteristics": [PURITY, {**PURITY, "title": "纯净度"}]}, "C204", "purity"),
        (
            {"characteristics": [PURITY, {"id": "p2", "title": "含量", "aliases": ["纯 度"]}]},
            "C205",
            "p2",
        ),
        ({"margin": [1.1, 1.25]}, "C104", "below 1"),
        ({"evidence": "E9"}, "C210", "E0, E1"),
        ({"rules": [9]}, "C104", "8"),
        ({"confidence": 95}, "C104", "1"),
        ({"scales": []}, "C104", "1"),
    ],
)
def test_faults_of_the_part_on_batch_data(
    tmp_path: Path, measuring: dict[str, object], code: str, said: str
):
    found = faults(tmp_path, measuring)
    assert [f.code for f in found] == [code]
    assert said in found[0].sentence("en")


def test_one_spelling_of_one_characteristic_is_no_fault(tmp_path: Path):
    twice = {**PURITY, "aliases": ["纯度", "Purity"]}
    found = loaded(tmp_path, {"characteristics": [twice]}).criteria.measuring.characteristics
    assert [c.id for c in found] == ["purity"]
