"""Whatever is edited in a saved round is named: every place of its record, manifest and head."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotscore.runs.round_differences import changed_inputs, changed_records
from pilotscore.store.rounds import Round, edited_members, read_round
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files

__all__ = ["files"]

LOTS = {
    "discussion": {
        "sure": 0.9,
        "out": 0.1,
        "draws": 200,
        "decide": "lottery",
        "lottery": {"source": {"zh": "双色球", "en": "lottery"}, "values": ["7"]},
    }
}


@pytest.fixture
def saved(files, tmp_path: Path) -> Round:
    path = tmp_path / "round.pilot"
    args = files([*THREE, ("P-4", 9, None)], line={"miss": "skip", **LOTS}, reserve=2)
    assert run("fund", *args, "--save", path, "--set", "floor=1").exit_code == 0
    return read_round(path)


def leaves(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value that has no parts."""
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    found = False
    for key, value in parts:
        found = True
        yield from leaves(value, (*at, key))
    if not found:
        yield at


def edited(data: Any, path: tuple[Any, ...]) -> Any:
    """Return data with one value another."""
    changed = copy.deepcopy(data)
    here = changed
    for key in path[:-1]:
        here = here[key]
    was = here[path[-1]]
    here[path[-1]] = was + 1 if type(was) in (int, float) else f"{was}!"
    return changed


@pytest.mark.slow
def test_every_place_of_a_record_that_is_edited_is_named(saved):
    now = saved.record("en")
    assert list(changed_records(now, now)) == []
    paths = [p for p in leaves(now) if p[0] != "manifest"]
    assert len(paths) > 300
    for path in paths:
        if path[0] == "findings" and not now["findings"][path[1]]["cell"]:
            continue
        assert list(changed_records(edited(now, path), now)), path


@pytest.mark.slow
def test_a_row_more_or_less_is_named(saved):
    now = saved.record("en")
    for key, part in now.items():
        if isinstance(part, list) and part and key != "findings":
            assert list(changed_records({**now, key: part[:-1]}, now)), key
            assert list(changed_records(now, {**now, key: part[:-1]})), key


@pytest.mark.slow
def test_every_place_of_a_manifest_that_is_edited_is_named(saved):
    now = json.loads(json.dumps(saved.manifest))
    assert list(changed_inputs(now, now)) == []
    for path in leaves(now):
        assert list(changed_inputs(edited(now, path), now)), path


@pytest.mark.slow
def test_every_place_of_the_head_that_is_edited_is_named_by_its_seal(saved):
    assert list(edited_members(saved)) == []
    for path in leaves(saved.head):
        changed = Round(edited(saved.head, path), saved.members)
        if changed.head["version"] == saved.head["version"]:
            assert list(edited_members(changed)), path


def test_two_inputs_of_one_name_are_two():
    def manifest(*hashes: str) -> dict[str, Any]:
        inputs = [{"file": f"{n}/b.xlsx", "sha256": x, "results": 1} for n, x in enumerate(hashes)]
        return {"pilotscore": "1", "inputs": inputs}

    assert list(changed_inputs(manifest("a", "b"), manifest("a", "b"))) == []
    assert list(changed_inputs(manifest("a", "b"), manifest("c", "b")))
    assert list(changed_inputs(manifest("a", "b"), manifest("b")))
