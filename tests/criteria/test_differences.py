"""What differs between two criteria sets: every field, in words, what matters first."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from pilotscore.criteria import (
    Category,
    CriteriaSet,
    Dimension,
    Evidence,
    EvidenceGrade,
    Fact,
    Gate,
    Grade,
    Indicator,
    Method,
    Profile,
)
from pilotscore.criteria.deriving import RightsRules
from pilotscore.criteria.differences import EFFECTS, Change, differences
from pilotscore.criteria.measuring import Measuring
from pilotscore.criteria.model import Aggregation, Missing
from pilotscore.criteria.panel import PanelSettings
from pilotscore.criteria.robustness import RobustnessRules
from pilotscore.criteria.uncertainty import UncertaintyRules
from tests.conftest import MINI, built_in, from_yaml

MORE = """
profiles:
  - {id: fast, title: {zh: 快, en: Fast}, weights: {tech: 50, safety: 50}}
methods:
  - {id: saw, title: SAW, method: weighted_sum}
"""


DATA: dict[str, Any] = from_yaml(MINI + MORE)


def data() -> dict[str, Any]:
    return copy.deepcopy(DATA)


def changed(place: str, value: Any) -> list[Change]:
    """Return the changes when one value is another; a place such as dimensions.0.weight."""
    after = data()
    here: Any = after
    *way, last = (int(k) if k.isdigit() else k for k in place.split("."))
    for key in way:
        here = here.setdefault(key, {}) if isinstance(here, dict) else here[key]
    if value is None and isinstance(here, list):
        del here[last]
    else:
        here[last] = value
    return differences(CriteriaSet.model_validate(data()), CriteriaSet.model_validate(after))


# What is another, and the line that says so.
ONE = [
    ("id", "other", "texts", "~ id mini → other"),
    ("version", "2", "texts", "~ version 1.0 → 2"),
    ("title", "X", "texts", "~ title “Small set” → “X”"),
    ("description", "X", "texts", "~ description none → “X”"),
    ("source", "X", "texts", "~ basis none → X"),
    ("licence", "X", "texts", "~ licence none → X"),
    ("policy", "p.yaml", "rules", "~ default policy mini-policy.yaml → p.yaml"),
    ("weights_sum", 50, "texts", "~ sum of weights 100 → 50"),
    ("order", ["index"], "rules", "~ order of the ranking grade, index → index"),
    ("aggregation.method", "points", "rules", "~ aggregation mean → points"),
    (
        "aggregation.exponent",
        float("-inf"),
        "rules",
        "~ exponent of the mean across dimensions 1 → -inf",
    ),
    (
        "missing.not_applicable_share",
        0.5,
        "rules",
        "~ share of a dimension that may be N/A 0.3 → 0.5",
    ),
    (
        "measuring.characteristics",
        [{"id": "assay", "title": "Assay", "unit": "%", "lower": 98}],
        "rules",
        "~ characteristics none → Assay (assay) ≥ 98 %",
    ),
    ("uncertainty.plus_minus", 1, "texts", "~ standard uncertainties that ± stands for 2 → 1"),
    (
        "uncertainty.limits",
        1.645,
        "texts",
        "~ standard uncertainties to the ends of an interval 1.96 → 1.645",
    ),
    (
        "measuring.characteristics",
        [{"id": "assay", "title": "Assay", "key": True}],
        "rules",
        "~ characteristics none → Assay (assay) key",
    ),
    ("rights.evidence", "E2", "rules", "~ evidence grade of derived values none → E2"),
    ("panel.how", "median", "rules", "~ how scores of a panel become one value mean → median"),
    ("panel.drop", 2, "rules", "~ highest and lowest scores left out 1 → 2"),
    ("panel.drop_from", 7, "rules", "~ scores from which some are left out 5 → 7"),
    ("panel.trim", 0.1, "rules", "~ share of scores trimmed at each end 0.2 → 0.1"),
    (
        "panel.groups",
        {"企业": 0.6, "高校": 0.4},
        "rules",
        "~ shares of groups of experts none → 企业 0.6; 高校 0.4",
    ),
    ("panel.least", 3, "rules", "~ scores that a result needs 1 → 3"),
    ("panel.least_by_group", {"企业": 1}, "rules", "~ scores needed of each group none → 企业 1"),
    ("panel.correction", "severity", "rules", "~ correction for experts none → severity"),
    ("panel.scale", [0, 10], "rules", "~ scale of scores no limits → 0 – 10"),
    ("panel.stages", 0.4, "rules", "~ how two stages are put together 0 → 0.4"),
    ("panel.discuss_above", 30, "rules", "~ span of scores that goes to discussion 20 → 30"),
    ("robustness.weights", "order", "texts", "~ how weights are drawn spread → order"),
    ("robustness.spread", 0.1, "texts", "~ spread of weights 0.2 → 0.1"),
    (
        "robustness.ranges",
        [{"id": "tech", "share": [0.3, 0.6]}],
        "texts",
        "~ ranges of weights none → tech 0.3 – 0.6",
    ),
    ("robustness.measurement", False, "texts", "~ measurement drawn yes → no"),
    ("robustness.missing", "drawn", "texts", "~ how missing evidence is drawn nothing → drawn"),
    ("robustness.exponent", [0, 1], "texts", "~ range of the exponent no limits → 0 – 1"),
    ("robustness.value_functions", 0.3, "texts", "~ bend of value functions 0 → 0.3"),
    ("measuring.scales", ["pilot"], "rules", "~ scales that are judged pilot, production → pilot"),
    ("measuring.confidence", 0.9, "rules", "~ confidence 0.95 → 0.9"),
    ("measuring.rules", [1], "rules", "~ run rules 1, 2, 3 → 1"),
    ("measuring.longest_pause", 4, "rules", "~ longest pause of an uninterrupted run 2 → 4"),
    ("measuring.margin", [0.8, 1.25], "rules", "~ margin of equivalence 0.9 – 1.1111 → 0.8 – 1.25"),
    ("measuring.normality", 0.01, "rules", "~ level of the test of normality 0.05 → 0.01"),
    ("measuring.shelf_life_variance", "own", "rules", "~ variance of the shelf life pooled → own"),
    (
        "measuring.discarded_without_reason",
        "left_out",
        "rules",
        "~ batches discarded without a reason failed → left_out",
    ),
    (
        "measuring.discarded_with_reason",
        "failed",
        "rules",
        "~ batches discarded with a reason left_out → failed",
    ),
    (
        "measuring.discarded_in_runs",
        "all",
        "rules",
        "~ discarded batches that end a run failed → all",
    ),
    ("measuring.evidence", "E2", "rules", "~ evidence grade of raw data none → E2"),
    ("dimensions.0.title", "X", "texts", "~ X (tech): title “Technology” → “X”"),
    ("dimensions.0.short", "X", "texts", "~ Technology (tech): short title none → “X”"),
    (
        "dimensions.0.weight",
        10,
        "rules",
        "~ Technology (tech): weight 60 → 10, share of the whole 60% → 20%",
    ),
    ("dimensions.0.weights_sum", 10, "texts", "~ Technology (tech): sum of weights 100 → 10"),
    (
        "dimensions.0.lowest_share",
        0.5,
        "rules",
        "~ Technology (tech): share of the lowest indicator 0 → 0.5",
    ),
    (
        "dimensions.0.indicators.0.title",
        "X",
        "names",
        "~ X (trl): no longer understood: 技术就绪水平, Technology readiness level; now understood: X",
    ),
    (
        "dimensions.0.indicators.0.title",
        {"zh": "技术就绪水平", "en": "X"},
        "texts",
        "~ X (trl): title “Technology readiness level” → “X”",
    ),
    (
        "dimensions.0.indicators.0.unit",
        "k",
        "rules",
        "~ Technology readiness level (trl): unit none → “k”",
    ),
    (
        "dimensions.0.indicators.0.aliases",
        ["TRL", "T R L"],
        "texts",
        "~ Technology readiness level (trl): aliases written or ordered otherwise",
    ),
    (
        "dimensions.0.indicators.0.aliases",
        ["T"],
        "names",
        "~ Technology readiness level (trl): now understood: T",
    ),
    (
        "dimensions.0.indicators.0.scale",
        [1, 10],
        "rules",
        "~ Technology readiness level (trl): scale 1 – 9 → 1 – 10",
    ),
    (
        "dimensions.0.indicators.0.range",
        [0, None],
        "rules",
        "~ Technology readiness level (trl): range no limits → ≥ 0",
    ),
    (
        "dimensions.0.indicators.0.wording",
        {3: "X"},
        "names",
        "+ Technology readiness level (trl): new wording of level 3 “X”",
    ),
    (
        "dimensions.0.indicators.0.source",
        "X",
        "texts",
        "~ Technology readiness level (trl): basis none → X",
    ),
    (
        "dimensions.0.indicators.0.type",
        "number",
        "rules",
        "~ Technology readiness level (trl): type level → number",
    ),
    (
        "dimensions.0.indicators.0.direction",
        "min",
        "rules",
        "~ Technology readiness level (trl): direction max → min",
    ),
    (
        "dimensions.0.indicators.0.axis",
        "log",
        "rules",
        "~ Technology readiness level (trl): axis linear → log",
    ),
    (
        "dimensions.0.indicators.0.points",
        [[1, 0], [5, 40], [8, 100]],
        "rules",
        "~ Technology readiness level (trl): value function: at 5: 50 → 40; new 8→100; without 9→100; the score moves by +12.5 at most (at 8)",
    ),
    (
        "dimensions.0.indicators.0.points",
        [[2, 0], [3, 100]],
        "rules",
        "~ Technology readiness level (trl): value function 1→0; 5→50; 9→100 → 2→0; 3→100; the score moves by +75 at most (at 3)",
    ),
    (
        "dimensions.0.indicators.0.weight",
        0,
        "rules",
        "~ Technology readiness level (trl): weight 50 → 0, share of the whole 30% → 0%",
    ),
    (
        "dimensions.0.indicators.0.required",
        False,
        "rules",
        "~ Technology readiness level (trl): required yes → no",
    ),
    (
        "dimensions.0.indicators.0.applies_when",
        "fraud == no",
        "rules",
        "~ Technology readiness level (trl): applies always → fraud == no",
    ),
    (
        "dimensions.0.indicators.0.several",
        True,
        "rules",
        "~ Technology readiness level (trl): several values no → yes",
    ),
    (
        "dimensions.1.indicators.0.measured",
        {"measure": "ppk", "of": "assay", "at_least": 25, "stated": "nothing", "bound": "lower"},
        "rules",
        "~ Hazard study (hazard): value as stated → Ppk, assay, lower, at least 25 batches, a stated value counts for nothing",
    ),
    (
        "dimensions.1.indicators.0.derived",
        {"what": "ownership_status", "categories": {"unclear": "none"}},
        "rules",
        "~ Hazard study (hazard): derived from the sheets of rights as stated → state of ownership, unclear = none",
    ),
    (
        "dimensions.0.indicators.0.not_applicable",
        "fraud == no",
        "rules",
        "~ Technology readiness level (trl): not applicable not allowed → where fraud == no",
    ),
    (
        "dimensions.0.indicators.0.evidence",
        "X",
        "texts",
        "~ Technology readiness level (trl): evidence wanted none → “X”",
    ),
    (
        "dimensions.0.indicators.0.advice",
        "X",
        "texts",
        "~ Technology readiness level (trl): advice none → “X”",
    ),
    (
        "dimensions.0.indicators.0.effort",
        2,
        "texts",
        "~ Technology readiness level (trl): effort 1 → 2",
    ),
    (
        "dimensions.1.indicators.0.table.1.value",
        40,
        "rules",
        "~ Hazard study (hazard): category “partial”: score 50 → 40",
    ),
    (
        "dimensions.1.indicators.0.table.1",
        None,
        "rules",
        "- Hazard study (hazard): category partial (partial): 50",
    ),
    (
        "dimensions.1.indicators.0.table.1.title",
        {"zh": "部分完成", "en": "partial"} | {"en": "some"},
        "texts",
        "~ Hazard study (hazard): category “some”: title “partial” → “some”",
    ),
    (
        "dimensions.1.indicators.0.table.1.aliases",
        ["half"],
        "names",
        "~ Hazard study (hazard): category “partial”: now understood: half",
    ),
    (
        "dimensions.1.indicators.0.table.1.range",
        [40, 60],
        "rules",
        "~ Hazard study (hazard): category “partial”: range of points no limits → 40 – 60",
    ),
    (
        "dimensions.1.indicators.0.table.1.wording",
        "X",
        "texts",
        "~ Hazard study (hazard): category “partial”: wording none → “X”",
    ),
    ("facts.0", None, "rules", "- Ownership disputed (disputed): yes_no"),
    ("facts.0.type", "text", "rules", "~ Ownership disputed (disputed): type yes_no → text"),
    ("facts.2.table.1", None, "rules", "- Process mode (mode): category batch (batch)"),
    ("evidence", None, "rules", "- grades of evidence and their caps"),
    ("evidence.default", "E0", "rules", "~ grade of evidence where none is stated E1 → E0"),
    ("evidence.threshold", "E3", "rules", "~ grade from which evidence counts E2 → E3"),
    ("evidence.grades.1.cap", 50, "rules", "~ E1 own statement: cap 60 → 50"),
    (
        "evidence.grades.1.cap_required",
        50,
        "rules",
        "~ E1 own statement: cap where required none → 50",
    ),
    (
        "evidence.grades.1.title",
        {"zh": "自述", "en": "own"},
        "texts",
        "~ E1 own: title “own statement” → “own”",
    ),
    ("evidence.grades.1.aliases", ["self"], "names", "~ E1 own statement: now understood: self"),
    (
        "gates.1",
        None,
        "rules",
        "- ownership in dispute (dispute): where disputed == yes; grade B at most; funding on hold",
    ),
    ("gates.1.title", "X", "texts", "~ X (dispute): title “ownership in dispute” → “X”"),
    (
        "gates.1.when",
        "fraud == yes",
        "rules",
        "~ ownership in dispute (dispute): condition disputed == yes → fraud == yes",
    ),
    ("gates.1.cap", "C", "rules", "~ ownership in dispute (dispute): best grade B → C"),
    ("gates.1.no_grade", True, "rules", "~ ownership in dispute (dispute): no grade no → yes"),
    (
        "gates.1.funding",
        "refuse",
        "rules",
        "~ ownership in dispute (dispute): funding on hold → refused",
    ),
    (
        "gates.1.advice",
        None,
        "texts",
        "~ ownership in dispute (dispute): advice “settle the ownership” → none",
    ),
    ("gates.1.source", "X", "texts", "~ ownership in dispute (dispute): basis none → X"),
    ("grades.1", None, "rules", "- B proven: index ≥ 60; safety ≥ 40"),
    ("grades.0.title", "X", "texts", "~ A X: title “mature” → “X”"),
    ("grades.0.meaning", "X", "texts", "~ A mature: meaning none → “X”"),
    ("grades.0.index", 85, "rules", "~ A mature: index 80 → 85"),
    ("grades.0.every_dimension", None, "rules", "~ A mature: floor of every dimension 60 → none"),
    ("grades.0.dimensions", {"tech": 70}, "rules", "- A mature: no more floor of Safety 70"),
    ("grades.0.levels.trl", 8, "rules", "~ A mature: level of Technology readiness level 7 → 8"),
    ("profiles.0", None, "rules", "- Fast (fast): tech 50, safety 50"),
    ("profiles.0.title", "X", "texts", "~ X (fast): title “Fast” → “X”"),
    ("profiles.0.when", "fraud == no", "texts", "~ Fast (fast): meant for always → fraud == no"),
    ("profiles.0.weights.tech", 60, "rules", "~ Fast (fast): weight of tech 50 → 60"),
    ("profiles.0.source", "X", "texts", "~ Fast (fast): basis none → X"),
    ("methods.0", None, "rules", "- SAW (saw): weighted_sum, scores, none"),
    ("methods.0.title", "X", "texts", "~ X (saw): title “SAW” → “X”"),
    ("methods.0.method", "waspas", "rules", "~ SAW (saw): method weighted_sum → waspas"),
    ("methods.0.uses", "raw", "rules", "~ SAW (saw): values scores → raw"),
    ("methods.0.scaling", "minmax", "rules", "~ SAW (saw): scaling none → minmax"),
    ("methods.0.offset", 0.1, "rules", "~ SAW (saw): offset 0 → 0.1"),
    ("methods.0.parameters", {"k": 1}, "rules", "+ SAW (saw): new k 1"),
    (
        "methods.0.thresholds",
        {"trl": {"q": 1, "p": 2}},
        "rules",
        "+ SAW (saw): new thresholds of trl q 1, p 2",
    ),
    ("methods.0.weights", {"trl": 1}, "rules", "+ SAW (saw): new weight of trl 1"),
    ("methods.0.source", "X", "texts", "~ SAW (saw): basis none → X"),
]
SIGNS = {"removed": "-", "added": "+", "changed": "~"}


@pytest.mark.parametrize(("place", "value", "effect", "said"), ONE, ids=lambda x: str(x)[:40])
def test_each_change_is_said(place: str, value: Any, effect: str, said: str):
    found = changed(place, value)
    lines = {f"{SIGNS[c.kind]} {c.text.to('en')}": c for c in found}
    assert said in lines
    assert lines[said].effect == effect
    assert [c.effect for c in found] == sorted((c.effect for c in found), key=EFFECTS.index)
    json.dumps([(c.before, c.after) for c in found], allow_nan=False)


def test_no_field_is_forgotten():
    """Whatever a field of the model is, its change is one of those above, or is named here."""
    not_told = {
        "levels",
        "shape",
        "extends",
    }  # they stand for scale, wording, points and all the rest
    apart = {
        "dimensions",
        "measuring",
        "rights",
        "uncertainty",
        "panel",
        "sub_indexes",
        "facts",
        "gates",
        "grades",
        "profiles",
        "methods",
        "indicators",
        "table",
    }
    tried = {
        CriteriaSet: r"(\w+)",
        Aggregation: r"aggregation\.(\w+)",
        Missing: r"missing\.(\w+)",
        Measuring: r"measuring\.(\w+)",
        RightsRules: r"rights\.(\w+)",
        PanelSettings: r"panel\.(\w+)",
        UncertaintyRules: r"uncertainty\.(\w+)",
        RobustnessRules: r"robustness\.(\w+)",
        Dimension: r"dimensions\.\d+\.(\w+)",
        Indicator: r"dimensions\.\d+\.indicators\.\d+\.(\w+)",
        Category: r"dimensions\.\d+\.indicators\.\d+\.table\.\d+\.(\w+)",
        Evidence: r"evidence\.(\w+)",
        EvidenceGrade: r"evidence\.grades\.\d+\.(\w+)",
        Gate: r"gates\.\d+\.(\w+)",
        Grade: r"grades\.\d+\.(\w+)",
        Profile: r"profiles\.\d+\.(\w+)",
        Method: r"methods\.\d+\.(\w+)",
    }
    for model, pattern in tried.items():
        found = {m.group(1) for place, *_ in ONE if (m := re.match(pattern, place))}
        wanted = set(model.model_fields) - not_told - apart
        assert wanted - found <= ({"id"} if model is not CriteriaSet else set()), model
    # A fact has what an indicator has, told by the same code, its type, and its former words.
    assert set(Fact.model_fields) - {"formerly"} <= set(Indicator.model_fields)


def test_nothing_differs():
    criteria = CriteriaSet.model_validate(data())
    assert differences(criteria, CriteriaSet.model_validate(data())) == []


def test_both_languages_and_one_alone():
    (change,) = changed("grades.0.title", {"zh": "成熟", "en": "ripe"})
    assert change.text.to("zh") == "A 成熟：名称（英文） “mature” → “ripe”"
    (change,) = changed("grades.0.title", {"zh": "很成熟", "en": "mature"})
    assert change.text.to("en") == "A mature: title (Chinese) “成熟” → “很成熟”"
    (change,) = changed("gates.1.cap", "C")
    assert change.text.to("zh") == "权属争议 (dispute)：最高等级 B → C"
    assert (change.before, change.after, change.path) == ("B", "C", ("gates", "dispute", "cap"))


def test_a_share_changes_with_the_weight_of_others():
    said = [c.text.to("en") for c in changed("dimensions.1.weight", 90)]
    assert said == [
        "Technology (tech): share of the whole 60% → 40%",
        "Safety (safety): weight 40 → 90, share of the whole 40% → 60%",
        "Technology readiness level (trl): share of the whole 30% → 20% (its own weight stays 50)",
        "First-pass yield (yield_rate): share of the whole 18% → 12% (its own weight stays 30)",
        "Continuous run (run_hours): share of the whole 12% → 8% (its own weight stays 20)",
        "Hazard study (hazard): share of the whole 28% → 42% (its own weight stays 70)",
        "Permit (permit): share of the whole 12% → 18% (its own weight stays 30)",
    ]


def test_indicators_come_go_and_move():
    after = data()
    gone = after["dimensions"][0]["indicators"].pop(1)
    moved = after["dimensions"][0]["indicators"].pop(1)
    after["dimensions"][1]["indicators"].insert(0, moved)
    after["dimensions"][1]["indicators"].append(gone | {"id": "fresh", "title": "Fresh"})
    lines = [
        f"{SIGNS[c.kind]} {c.text.to('en')}"
        for c in differences(CriteriaSet.model_validate(data()), CriteriaSet.model_validate(after))
    ]
    assert (
        "- First-pass yield (yield_rate): in Technology, weight 30, 18% of the whole; 50→0; 100→100"
        in lines
    )
    assert "+ Fresh (fresh): in Safety, weight 30, 8% of the whole; 50→0; 100→100" in lines
    assert "~ Continuous run (run_hours): moved to dimension Technology → Safety" in lines
    assert not any("order" in line for line in lines)


def test_dimensions_come_and_go():
    after = data()
    after["dimensions"][1] |= {"id": "other", "title": "Other"}
    lines = [
        f"{SIGNS[c.kind]} {c.text.to('en')}"
        for c in differences(CriteriaSet.model_validate(data()), CriteriaSet.model_validate(after))
    ]
    assert lines[:2] == ["- Safety (safety): weight 40", "+ Other (other): weight 40"]


def test_the_order_of_grades_matters_that_of_gates_does_not():
    after = data()
    after["gates"].reverse()
    after["evidence"]["grades"].reverse()
    found = differences(CriteriaSet.model_validate(data()), CriteriaSet.model_validate(after))
    assert [(c.effect, c.text.to("en")) for c in found] == [
        ("rules", "order E0, E1, E2, E3 → E3, E2, E1, E0"),
        (
            "texts",
            "order fraud_gate, dispute, expired, unproven → unproven, expired, dispute, fraud_gate",
        ),
    ]


def test_points_have_their_share_of_all_points():
    before, after = data(), data()
    for one in (before, after):
        one["aggregation"] = {"method": "points"}
    after["dimensions"][0]["indicators"][0]["weight"] = 60
    found = differences(CriteriaSet.model_validate(before), CriteriaSet.model_validate(after))
    assert [c.text.to("en") for c in found] == [
        "Technology readiness level (trl): weight 50 → 60, share of the whole 50% → 60%"
    ]


def test_a_log_axis_is_compared_on_its_axis():
    base = built_in().criteria
    plain = copy.deepcopy(built_in().data)
    ratio = next(
        i for d in plain["dimensions"] for i in d["indicators"] if i["id"] == "scale_ratio"
    )
    ratio["points"] = [[1, 100], [1000, 0]]
    (change,) = differences(base, CriteriaSet.model_validate(plain))
    # At 100, two thirds of the way on the log axis, the straight line has 33.33 where 40 stood.
    assert change.text.to("en").endswith("the score moves by -13.33 at most (at 10 times)")


def test_sub_indexes():
    def of(*subs: dict[str, Any]) -> CriteriaSet:
        plain = {k: v for k, v in data().items() if k != "profiles"}
        return CriteriaSet.model_validate({**plain, "sub_indexes": list(subs)})

    first = {"id": "one", "title": "One", "weight": 60, "dimensions": ["tech"]}
    second = {"id": "two", "title": "Two", "weight": 40, "dimensions": ["safety"]}
    before = of(first, second)
    assert differences(before, of(first, second)) == []
    other = of({**first, "weight": 70, "title": "1", "short": "x", "weights_sum": 1}, second)
    said = {c.text.to("en"): c.effect for c in differences(before, other)}
    assert said["1 (one): weight 60 → 70"] == "rules"
    assert {"1 (one): title “One” → “1”", "1 (one): short title none → “x”"} <= set(said)
    assert any("sum of weights" in text for text in said)
    moved = of({**first, "dimensions": ["tech", "safety"]})
    said = {c.text.to("en") for c in differences(before, moved)}
    assert "One (one): dimensions tech → tech, safety" in said
    assert any(text.startswith("Two (two)") for text in said)
