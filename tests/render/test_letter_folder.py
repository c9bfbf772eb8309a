"""A folder of letters: goes on where it stopped, never over other letters."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pilotscore.errors import OutputError
from pilotscore.render.letter_folder import STATE, Batch, begin

BATCH = Batch("seal", "en", "1", {"office": "A"}, {"decision": "t1"})


def started(folder: Path) -> dict[str, list[Path]]:
    targets = {"decision": [folder / "decision" / f"{n}.docx" for n in range(3)]}
    assert begin(folder, BATCH, targets, force=False) == frozenset()
    return targets


def test_a_run_that_was_killed_goes_on(tmp_path: Path):
    targets = started(tmp_path / "new")
    targets["decision"][1].write_bytes(b"whole")
    assert begin(tmp_path / "new", BATCH, targets, force=False) == {targets["decision"][1]}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seal": "other"}, "the round"),
        ({"lang": "zh"}, "the language"),
        ({"fill": {}}, "filled in"),
        ({"program": "2"}, "version"),
        ({"templates": {"decision": "t2"}}, "the template"),
    ],
)
def test_other_letters_are_left_alone(tmp_path: Path, change, word: str):
    targets = started(tmp_path)
    targets["decision"][0].write_bytes(b"old")
    with pytest.raises(OutputError, match=word):
        begin(tmp_path, replace(BATCH, **change), targets, force=False)
    assert targets["decision"][0].read_bytes() == b"old"
    assert begin(tmp_path, replace(BATCH, **change), targets, force=True) == frozenset()
    assert not targets["decision"][0].exists()  # or a run killed now would keep it as its own


def test_files_of_others_are_left_alone(tmp_path: Path):
    own = tmp_path / "meeting.docx"
    own.write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"meeting\.docx"):
        begin(tmp_path, BATCH, {"decision": [], "meeting": [own]}, force=False)
    assert own.read_bytes() == b"mine"


def test_another_kind_joins_them(tmp_path: Path):
    started(tmp_path)
    more = replace(BATCH, templates={"return": "t3"})
    begin(tmp_path, more, {"return": [tmp_path / "return" / "1.docx"]}, force=False)
    state = json.loads((tmp_path / STATE).read_text(encoding="utf-8"))
    assert state["templates"] == {"decision": "t1", "return": "t3"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "pilotscore-letters"}'])
def test_a_state_that_says_nothing_is_none(tmp_path: Path, text: str):
    (tmp_path / STATE).write_text(text, encoding="utf-8")
    target = tmp_path / "decision" / "1.docx"
    target.parent.mkdir()
    target.write_bytes(b"x")
    with pytest.raises(OutputError, match=r"1\.docx"):
        begin(tmp_path, BATCH, {"decision": [target]}, force=False)
