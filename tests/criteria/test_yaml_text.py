from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import data_folder
from pilotscore.criteria.places import read_yaml
from pilotscore.criteria.yaml_text import flow_text, yaml_text
from tests.conftest import built_in

ODD = [
    "1.0",
    "1e5",
    "true",
    "True",
    "yes",
    "no",
    "null",
    "~",
    "",
    " x ",
    "2026-01-01",
    "1:30",
    "0x1f",
    "=",
    "<<",
    "- a",
    "a: b",
    "a #b",
    "#",
    "'",
    '"',
    "\\",
    "{",
    "[x]",
    "@x",
    "&a",
    "*a",
    "!x",
    "%",
    "| x",
    "a\nb",
    "a\n",
    "\n",
    "\t",
    "a\r\nb",
    "中文，逗号",
    "：",
    "😀",
    "\u2028",
    "\x85",
    "\xa0x",
    "\ufeff",
    "\x00",
    "x" * 300,
]
texts = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def exact(data: Any) -> str:
    """Return data as text that tells kinds of numbers, order of keys and NaN apart."""
    return json.dumps(data)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.dictionaries(texts, values, max_size=5))
def test_it_reads_back_as_exactly_the_same_data(data: dict[str, Any]):
    assert exact(read_yaml(yaml_text(data)).data) == exact(data)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(values)
def test_on_one_line_too(value: Any):
    text = flow_text(value)
    assert "\n" not in text
    assert exact(read_yaml(text).data) == exact(value)


@pytest.mark.parametrize("text", ODD)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str):
    for data in ({"a": text}, {text: "a"}, {"a": [text]}, {"a": {"zh": text, "en": "x"}}):
        assert exact(read_yaml(yaml_text(data)).data) == exact(data)


@pytest.mark.slow
def test_it_looks_as_the_shipped_file_does():
    """Line by line, but for comments, needless quotes, and what is too long for one line."""
    shipped = (data_folder("criteria") / "pilot-maturity.yaml").read_text(encoding="utf-8")
    wanted = {bare(x) for x in shipped.splitlines() if x and not x.strip().startswith("#")}
    lines = yaml_text(built_in().data).splitlines()
    strange = [x for x in lines if x and bare(x) not in wanted]
    assert len(strange) <= len(lines) // 20, strange


def bare(line: str) -> str:
    return line.replace('"', "")


def test_blocks_for_structure_and_lines_for_small_things():
    data = {
        "id": "x",
        "version": "1.0",
        "dimensions": [
            {
                "id": "d",
                "weight": 1,
                "indicators": [
                    {
                        "id": "i",
                        "title": {"zh": "甲", "en": "A"},
                        "points": [[0, 0], [1.5, 100]],
                        "wording": {"1": "a", "2": "b"},
                        "source": "s" * 90,
                    },
                    {"id": "j", "weight": 1},
                ],
            },
            {"id": "e", "weight": 1, "indicators": [{"id": "k", "weight": 1}]},
        ],
        "facts": [{"id": "f", "type": "text"}],
        "order": ["grade"],
        "gates": [],
    }
    assert yaml_text(data) == (
        'id: x\nversion: "1.0"\n'
        "\n"
        "dimensions:\n"
        "  - id: d\n    weight: 1\n    indicators:\n"
        "      - id: i\n        title: {zh: 甲, en: A}\n        points: [[0, 0], [1.5, 100]]\n"
        "        wording: {1: a, 2: b}\n        source: " + "s" * 90 + "\n"
        "      - id: j\n        weight: 1\n"
        "\n"
        "  - id: e\n    weight: 1\n    indicators:\n      - {id: k, weight: 1}\n"
        "\n"
        "facts:\n  - {id: f, type: text}\n"
        "\n"
        "order: [grade]\ngates: []\n"
    )
