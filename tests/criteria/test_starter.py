"""New criteria files: a variant with examples that hold, and a copy with another id and version."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, built_in_names, load_criteria, locate
from pilotscore.criteria.differences import differences
from pilotscore.criteria.starter import IDENTIFIER, full_text, identifier_from, variant_text
from tests.conftest import MINI, built_in

EXAMPLES = Path(__file__).parents[2] / "examples"
BASES = [
    "mini",
    *built_in_names(),
    str(EXAMPLES / "techport/techport.yaml"),
    str(EXAMPLES / "cdr/cdr.yaml"),
]


def base_of(name: str, mini: Path) -> str:
    return str(mini) if name == "mini" else name


def parts(text: str) -> tuple[str, list[str]]:
    """Return what stands before the examples, and the examples without their comment signs."""
    head, _, rest = text.partition("# ---- ")
    lines = rest.splitlines()[1:]
    start = lines.index("#") + 1
    return head, [line.removeprefix("# ") for line in lines[start:]]


@pytest.mark.slow
@pytest.mark.parametrize("name", BASES)
def test_a_variant_says_nothing_but_its_names(name: str, mini: Path, tmp_path: Path):
    base = base_of(name, mini)
    out = tmp_path / "mine.yaml"
    out.write_text(variant_text(built_in(base).criteria, base, "mine"), encoding="utf-8")
    loaded = load_criteria(out)
    assert (loaded.criteria.id, loaded.criteria.version) == ("mine", "1.0")
    assert loaded.criteria.title.zh.endswith("（变体）")
    assert loaded.criteria.title.en.endswith(" (variant)")
    found = differences(built_in(base).criteria, loaded.criteria)
    assert {c.path[0] for c in found} <= {"id", "title", "description", "version"}


@pytest.mark.slow
@pytest.mark.parametrize("name", BASES)
def test_its_examples_hold_together(name: str, mini: Path, tmp_path: Path):
    base = base_of(name, mini)
    head, examples = parts(variant_text(built_in(base).criteria, base, "mine"))
    out = tmp_path / "mine.yaml"
    out.write_text(head + "\n".join(examples) + "\n", encoding="utf-8")
    rules = [
        c
        for c in differences(built_in(base).criteria, load_criteria(out).criteria)
        if c.effect == "rules"
    ]
    assert {c.path[-1] for c in rules} & {"weight"}
    assert all(line.count("#") <= 1 for line in examples)


@pytest.mark.slow
def test_each_example_holds_alone(tmp_path: Path):
    base = built_in()
    head, examples = parts(variant_text(base.criteria, "pilot-maturity", "mine"))
    blocks: list[list[str]] = []
    top, dimension = "", ""
    for line in examples:
        if not line.startswith(" "):
            top = line
        elif line.startswith("  - id:") and top == "dimensions:":
            dimension = line
        elif "#" in line:
            under = [top, dimension, "    indicators:"] if top == "dimensions:" else [top]
            blocks.append([*under, line])
        elif line.strip() != "indicators:":
            blocks[-1].append(line)
    kinds = []
    for block in blocks:
        out = tmp_path / "mine.yaml"
        out.write_text(head + "\n".join(block) + "\n", encoding="utf-8")
        found = differences(base.criteria, load_criteria(out).criteria)
        kinds.append(
            {
                (c.part, c.kind, c.path[-1] if len(c.path) > 2 else "")
                for c in found
                if c.effect == "rules"
            }
        )
    weights, removal, points, addition, gate, limit = kinds
    assert ("indicators", "changed", "weight") in weights
    assert ("indicators", "removed", "") in removal
    assert points == limit == set()  # they show what stands there, to change
    assert ("indicators", "added", "") in addition
    assert gate == {("gates", "removed", "")}


def test_a_new_indicator_has_a_name_of_its_own():
    data = copy.deepcopy(built_in().data)
    data["facts"][0]["aliases"] = ["My  Indicator"]
    text = variant_text(CriteriaSet.model_validate(data), "pilot-maturity", "mine")
    assert "- id: my_indicator_2" in text


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("../a/b.yaml", "extends: ../a/b.yaml"),
        ("指标.yaml", "extends: 指标.yaml"),
        ("our set #2.yaml", 'extends: "our set #2.yaml"'),
        ("a: b.yaml", 'extends: "a: b.yaml"'),
        ("1.0", 'extends: "1.0"'),
    ],
)
def test_paths_are_quoted_where_yaml_needs_it(path: str, written: str):
    text = variant_text(built_in().criteria, path, "mine", "p 1.yaml")
    assert written in text.splitlines()
    assert "policy: p 1.yaml" in text


@pytest.mark.slow
def test_a_copy_keeps_everything_but_what_is_asked_for():
    text = locate("pilot-maturity", "criteria").read_text(encoding="utf-8")
    copied = full_text(text, id="mine", version="1.0")
    old, new = text.splitlines(), copied.splitlines()
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [
        ("id: pilot-maturity", "id: mine")
    ]
    assert "#" in copied


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id: a # why\nversion: "3"\n', 'id: mine # why\nversion: "1.0"\n'),
        ("{id: 'a', version: '3', x: {id: b}}", '{id: mine, version: "1.0", x: {id: b}}'),
        ("x: [{id: b}]\nversion: |\n  3\nid: a\n", 'x: [{id: b}]\nversion: "1.0"\nid: mine\n'),
        ("title: 中文\nid: a", "title: 中文\nid: mine"),
        ("- a\n", "- a\n"),
    ],
)
def test_values_are_replaced_where_they_stand(before: str, after: str):
    assert full_text(before, id="mine", version="1.0") == after


def test_an_id_comes_from_the_name_of_the_file():
    assert identifier_from("our-chemistry", "base") == "our-chemistry"
    assert identifier_from("2026 化工 set", "base") == "set"
    assert identifier_from("化工", "base") == "base-variant"
    assert identifier_from("base", "base") == "base-variant"
    for stem in ("a" * 100, "b" * 100, "__", "9", "a b c"):
        assert IDENTIFIER.fullmatch(identifier_from(stem, "b" * 64))


def test_a_small_set_without_gates_and_limits(tmp_path: Path):
    text = MINI[: MINI.index("gates:")] + "grades:\n  - {id: C, title: {zh: 待熟化, en: early}}\n"
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    base = load_criteria(tmp_path / "small.yaml").criteria
    _, examples = parts(variant_text(base, "small.yaml", "mine"))
    assert examples[0] == "dimensions:"
    assert "gates:" not in examples
    assert "grades:" not in examples
