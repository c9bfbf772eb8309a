"""An expression is compiled when it is first used, and then does what a compiled one does."""

from __future__ import annotations

import copy
import pickle
import re
from importlib import import_module
from pathlib import Path

import pytest

import pilotscore
from pilotscore.patterns import regex

TEXT = "3.5 t, 40 kg; 7 T"


def test_it_is_compiled_once_and_only_when_it_is_used(monkeypatch):
    compiled = []

    def counted(text, flags=0, *, whole=re.compile):
        compiled.append(text)
        return whole(text, flags)

    monkeypatch.setattr(re, "compile", counted)
    number = regex(r"\d+")
    assert compiled == []
    assert [number.match("12").group(), number.match("x")] == ["12", None]
    assert number.match is number.match
    assert compiled == [r"\d+"]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_it_does_what_a_compiled_one_does(flags):
    ours, theirs = regex(r"([\d.]+) *(t)", flags), re.compile(r"([\d.]+) *(t)", flags)
    assert ours.findall(TEXT) == theirs.findall(TEXT)
    assert ours.sub(r"\2\1", TEXT) == theirs.sub(r"\2\1", TEXT)
    assert ours.split(TEXT) == theirs.split(TEXT)
    assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)
    assert regex(rb"\d", flags).findall(b"1a2") == [b"1", b"2"]


def test_a_wrong_expression_is_told_where_it_is_used():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("")
    with pytest.raises(AttributeError):
        _ = regex("a").no_such_method


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_it_can_be_copied_and_sent_to_another_process(again):
    kept = regex(r"[a-z]", re.IGNORECASE)
    assert kept.findall("aB1") == ["a", "B"]
    assert again(kept).findall("aB1") == ["a", "B"]


def modules():
    """Return the modules of the package that have expressions."""
    root = Path(pilotscore.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if "import regex" in path.read_text(encoding="utf-8"):
            yield ".".join(("pilotscore", *path.relative_to(root).with_suffix("").parts))


@pytest.mark.parametrize("name", list(modules()))
def test_every_expression_of_the_package_can_be_compiled(name):
    """None is found wrong by a user, now that importing it does not compile it."""
    for value in vars(import_module(name)).values():
        if type(value).__name__ == "_WhenUsed":
            assert value.groups >= 0
