"""A saved round held against itself, its outputs and its inputs: each difference is named."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotscore.errors import UnreadableInputError
from pilotscore.store.rounds import edited_members, read_round
from pilotscore.workbook import ReadingOptions
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files

__all__ = ["files"]


@pytest.fixture
def saved(files, tmp_path: Path):
    path, table = tmp_path / "round.pilot", tmp_path / "out.csv"
    args = files(THREE)
    assert run("fund", *args, "-o", table, "--save", path, "--set", "floor=10").exit_code == 0
    book, call, criteria = args[0], args[2], args[4]
    return path, table, [book, "--call", call, "-c", criteria]


@pytest.mark.slow
def test_a_round_that_holds(saved):
    path, table, again = saved
    assert run("verify", path, "--outputs", table).exit_code == 0
    done = run("verify", path, *again)
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "3 results scored, ranked and decided anew" in done.stdout


@pytest.mark.slow
def test_an_edited_output_is_named(saved):
    path, table, _ = saved
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = run("verify", path, "--outputs", table)
    assert done.exit_code == 1
    assert "the output out.csv has been changed" in done.stdout
    assert run("verify", path, "--outputs", "none.csv").exit_code == 2


def edited(path: Path, *, digests: bool) -> None:
    """Raise the first award in the round's English record, with the digest of the record or without."""
    import hashlib

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    record = json.loads(members["record.en.json"])
    record["decisions"][0]["award"] += 5
    members["record.en.json"] = json.dumps(record).encode()
    if digests:
        head = json.loads(members["round.json"])
        head["members"]["record.en.json"] = hashlib.sha256(members["record.en.json"]).hexdigest()
        members["round.json"] = json.dumps(head).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.slow
def test_an_edited_round_is_named_and_one_with_new_digests_by_computing_it_anew(saved):
    path, _, again = saved
    whole = path.read_bytes()
    edited(path, digests=False)
    done = run("verify", path)
    assert done.exit_code == 1
    assert "record.en.json in the round has been changed" in done.stdout
    path.write_bytes(whole)
    edited(path, digests=True)
    alone = run("verify", path)  # it holds what it was decided of
    assert alone.exit_code == 1
    assert "P-1, award: 65 was saved, 60 is computed" in alone.stdout
    assert "round.json in the round has been changed" in alone.stdout
    done = run("verify", path, *again)
    assert done.exit_code == 1
    assert "P-1, award: 65 was saved, 60 is computed" in done.stdout


@pytest.mark.slow
def test_a_changed_input_and_what_follows_from_it_are_named(saved):
    path, _, again = saved
    book = load_workbook(again[0])
    book.worksheets[0]["Q2"] = 50
    book.save(again[0])
    done = run("verify", path, *again)
    assert done.exit_code == 1
    assert "the input b.xlsx is not the one that was read" in done.stdout
    assert "P-1, award: 60 was saved, 50 is computed" in done.stdout


@pytest.mark.slow
def test_a_changed_call_is_named(saved):
    path, _, again = saved
    call = Path(again[2])
    call.write_text(call.read_text(encoding="utf-8") + "\nreserve: 1\n", encoding="utf-8")
    done = run("verify", path, *again)
    assert done.exit_code == 1
    assert "the call call.yaml is another" in done.stdout


@pytest.mark.slow
def test_rules_go_with_a_call_and_a_workbook_is_no_round(saved):
    path, _, again = saved
    assert run("verify", path, again[0]).exit_code == 0  # by the rules that the round holds
    assert run("verify", path, "--call", again[2], "-c", again[4]).exit_code == 0
    assert run("verify", path, "-c", again[4]).exit_code == 2
    assert run("verify", again[0]).exit_code == 3


def test_a_round_alone_is_decided_anew(saved):
    path, _, again = saved
    for name in (again[0], again[2], again[4]):
        Path(name).unlink()
    done = run("verify", path)
    assert done.exit_code == 0, done.stdout + done.stderr
    assert "3 results scored, ranked and decided anew" in done.stdout
    assert read_round(path).seal in done.stdout


@pytest.mark.slow
def test_a_round_without_its_workbooks_asks_for_them(files, tmp_path: Path):
    path, args = tmp_path / "round.pilot", files(THREE)
    assert run("fund", *args, "--save", path, "--without-inputs").exit_code == 0
    assert not any(name.startswith("inputs/") for name in read_round(path).members)
    assert "was not edited" in run("verify", path).stdout
    done = run("verify", path, "--inputs", args[0])
    assert done.exit_code == 0, done.stdout
    assert "decided anew" in done.stdout
    assert run("fund", *args, "--without-inputs").exit_code == 2


@pytest.mark.slow
def test_a_round_of_the_first_version_is_still_read(saved):
    path, _, again = saved
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    head = json.loads(members["round.json"])
    old = {k: head[k] for k in ("format", "manifest", "outputs")} | {"version": 1}
    kept = {name: members[name] for name in ("record.zh.json", "record.en.json")}
    old["members"] = {name: head["members"][name] for name in kept}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"round.json": json.dumps(old).encode(), **kept}.items():
            archive.writestr(name, content)
    assert run("verify", path).exit_code == 0
    assert run("verify", path, *again).exit_code == 0
    assert run("verify", path, again[0]).exit_code == 2
    assert run("explain", path, "P-1").exit_code == 0


@pytest.mark.slow
def test_whatever_byte_of_a_round_is_changed_is_told(saved):
    whole = saved[0].read_bytes()
    path = saved[0].with_name("changed.pilot")
    before = read_round(saved[0])
    told = 0
    for at in [*range(0, len(whole), 199), *range(len(whole) - 22, len(whole))]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        try:
            now = read_round(path)
        except UnreadableInputError:
            told += 1
            continue
        same = (now.head, now.members) == (before.head, before.members)
        told += bool(list(edited_members(now)))
        # What is deflated otherwise and says the same is the same.
        assert same or list(edited_members(now)), at
    assert told > 80


@pytest.mark.slow
def test_whatever_is_put_beside_the_members_is_told(saved):
    path = saved[0]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more.txt", "more")
    assert "more.txt in the round has been changed" in run("verify", path).stdout


@pytest.mark.slow
def test_rounds_read_and_decided_in_other_ways_hold_too(files, tmp_path: Path):
    args = files(THREE)
    folder = tmp_path / "in"
    for name in ("one", "two"):  # two workbooks of one name, and one that is passed over
        (folder / name).mkdir(parents=True)
    (folder / "one" / "b.xlsx").write_bytes(Path(args[0]).read_bytes())
    book = load_workbook(args[0])
    for row in book.worksheets[0].iter_rows(min_row=2, max_col=1):
        row[0].value = row[0].value.replace("P", "Q")
    book.save(folder / "two" / "b.xlsx")
    (folder / "notes.docx").write_bytes(b"notes")
    decisions, mapping = tmp_path / "d.csv", tmp_path / "map.yaml"
    decisions.write_text("id,decision,amount,who,why,date\nQ-2,fund,20,W,need,2026-11-20\n")
    assert run("map", args[0], "-c", args[4], "-o", mapping).exit_code == 0
    for n, more in enumerate(
        (
            ["--decisions", decisions],
            ["--map", mapping, "--header-row", "1", "--sheet", "成果"],
            ["--set", "line.miss=stop", "--no-next-money", "--accept-suggestions"],
            ["--budget", "150万元", "--limit", "seconds=60", "--ways", "0", "--glob", "*.xlsx"],
        )
    ):
        path = tmp_path / f"r{n}.pilot"
        done = run("fund", folder, *args[1:], *more, "--save", path)
        assert path.exists(), done.stderr
        held = run("verify", path)
        assert held.exit_code == 0, (more, held.stdout, held.stderr)
        assert "decided anew" in held.stdout


@pytest.mark.slow
def test_a_call_that_is_given_with_decisions_is_held_against_them(files, tmp_path: Path):
    path, args, decisions = tmp_path / "r.pilot", files(THREE), tmp_path / "d.csv"
    text = "id,decision,amount,who,why,date\nP-2,fund,20,W,need,2026-11-20\n"
    decisions.write_text(text)
    assert run("fund", *args, "--decisions", decisions, "--save", path).exit_code == 0
    assert run("verify", path, "--decisions", decisions).exit_code == 0
    decisions.write_text(text.replace("20,W", "25,W"))
    changed = run("verify", path, "--decisions", decisions)
    assert changed.exit_code == 1
    assert "the file of decisions d.csv is another" in changed.stdout
    assert "P-2, award: 20 was saved, 25 is computed" in changed.stdout


@pytest.mark.slow
def test_a_member_that_is_there_twice_is_told(saved):
    path = saved[0]
    with zipfile.ZipFile(path) as archive:
        first = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("record.en.json", "{}")  # hidden: the last of a name is what is read
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("record.en.json", first.pop("record.en.json"))
        for name, content in first.items():
            archive.writestr(name, content)
    assert "the zip of the round has been changed" in run("verify", path).stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["../out.txt", "/tmp/pilotscore-out.txt", "inputs/../../out.txt"])
def test_a_round_writes_nowhere_but_in_its_own_folder(saved, name):
    path = saved[0]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "out")
    done = run("verify", path)
    assert done.exit_code == 3
    assert "may not be called" in done.stderr
    assert not Path("/tmp/pilotscore-out.txt").exists()


def test_every_option_of_the_reading_is_kept(saved):
    """An option that is added changes what is read, and is to be kept in a round too."""
    reading = set(read_round(saved[0]).head["work"]["reading"])
    fields = {f.name for f in dataclasses.fields(ReadingOptions)}
    # Kept under another name or elsewhere; never kept; of no matter to what is read; of the round's own.
    others = {"mapping", "office"} | {"password"} | {"jobs", "crew", "resume", "understand"}
    others |= {"called", "changes"}
    assert fields - others == reading - {"recalculate"}
