"""What is counted in English agrees with its count, in every text of the product."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotscore.english import NOUNS, THINGS, agreed, singular
from pilotscore.language import Text, counted

SOURCE = Path(__file__).parent.parent / "src" / "pilotscore"
COUNTS = re.compile(r"\{(\w+)(?::[^{}]*)?\} ([a-z]+s)\b")
# Third persons and the like, after the name of a thing: no counts.
NO_NOUNS = re.findall(
    r"\w+",
    "across allows always as asks belongs bounds bring changes closes comes compares "
    "contains contradicts counts cross days decided differs does draws drops exceeds extends "
    "fits gives goes has hits holds is its leads leaves less lies lists looks means misses "
    "names needs nothing passes reads repeats reports rests rises runs says scores sets "
    "speaks stands states stays takes tells this was works",
)


@pytest.mark.parametrize(
    ("template", "one", "two"),
    [
        ("{n} results", "1 result", "2 results"),
        ("{n:,} results, {m} rows", "1 result, 5 rows", "2 results, 5 rows"),
        ("{n} batches of {m} samples", "1 batch of 5 samples", "2 batches of 5 samples"),
        ("the {n} parties", "the 1 party", "the 2 parties"),
        ("{n} results are short", "1 result is short", "2 results are short"),
        ("{n} rows that have a date", "1 row that has a date", "2 rows that have a date"),
        ("{n} others do not", "1 other does not", "2 others do not"),
        ("{n} more limits", "1 more limit", "2 more limits"),
        ("{n} are past", "1 is past", "2 are past"),
    ],
)
def test_a_noun_and_its_verb_agree_with_the_count(template: str, one: str, two: str):
    text = Text("", template)
    assert text.fill("en", n=1, m=5) == one
    assert text.fill("en", n=2, m=5) == two


def test_what_is_measured_and_what_is_named_is_no_count():
    assert Text("", "{x:.1f} points lower").fill("en", x=1.0) == "1.0 points lower"
    assert Text("", "{id} holds {key}").fill("en", id="1", key="1") == "1 holds 1"
    assert (
        Text("", "{a} and {name} are equal").fill("en", a="P-1", name="1") == "P-1 and 1 are equal"
    )
    assert agreed("{result} reports nothing", {"result": "1"}) == "{result} reports nothing"


def test_a_count_that_is_written_already_counts():
    assert Text("", "{n} results are short").fill("en", n="1") == "1 result is short"


def test_a_counted_noun_agrees_too():
    noun = Text("项成果", "result")
    assert [counted(n, noun).to("en") for n in (0, 1, 2)] == ["0 results", "1 result", "2 results"]


def templates() -> Iterator[tuple[str, str, str]]:
    """Yield each field of an English text with the word that may be what it counts."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for name, word in COUNTS.findall(node.value):
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", name, word


@pytest.mark.slow
def test_every_noun_that_a_text_counts_is_known():
    unknown = {
        f"{place}: {{{name}}} {word}"
        for place, name, word in templates()
        if word not in NOUNS.split("|") and word not in NO_NOUNS and name not in THINGS
    }
    assert unknown == set()


def test_a_singular_is_less_than_its_plural():
    assert {singular(n) for n in NOUNS.split("|")} & set(NOUNS.split("|")) == set()
