"""An appeal: corrections on top of a saved round, only what moved is shown, and the trail is kept."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pilotscore.store.rounds import read_round
from tests.cli.test_commands import run
from tests.cli.test_fund import CALL, THREE, awards, files
from tests.conftest import HEADERS, from_yaml, row, to_yaml, write_book
from tests.runs.test_round_differences import LOTS

__all__ = ["files"]

HEAD = ["编号", "项目", "原值", "新值", "更正人", "理由", "日期"]


def corrections(path: Path, *rows: tuple[Any, ...]) -> Path:
    """Write a file of corrections of (id, item, old, new)."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [HEAD, *([*r, "王处长", "补交报告", "2026-12-01"] for r in rows)]
        )
    return path


@pytest.fixture
def saved(files, tmp_path: Path):
    args = files(THREE)
    path = tmp_path / "round.pilot"
    assert run("fund", *args, "--save", path).exit_code == 0
    return path, args


@pytest.mark.slow
def test_only_what_moved_is_shown_and_it_is_what_a_corrected_workbook_gives(saved, tmp_path: Path):
    path, args = saved
    whole, book = path.read_bytes(), Path(args[0]).read_bytes()
    file = corrections(tmp_path / "c.csv", ("P-2", "申请金额", 60, 40))
    done = run("appeal", path, file, "--json", "--save", tmp_path / "after.pilot")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert {m["id"]: m["by"] for m in found["moved"]} == {"P-2": 40, "P-3": -30}
    (one,) = found["corrections"]
    assert (one["result"], one["cell"], one["old"], one["new"]) == ("P-2", "Q3", "60", "40")
    assert (one["who"], one["why"], one["date"]) == ("王处长", "补交报告", "2026-12-01")
    assert (path.read_bytes(), Path(args[0]).read_bytes()) == (whole, book)  # nothing is changed
    sheet = load_workbook(args[0])
    sheet.worksheets[0]["Q3"] = 40
    sheet.save(args[0])
    by_hand = awards(run("fund", *args, "--json"))
    after = read_round(tmp_path / "after.pilot").record("en")
    assert {d["id"]: d["award"] for d in after["decisions"]} == by_hand
    assert after["manifest"]["appeals"][0]["corrections"] == found["corrections"]
    assert found["changes"][0]["text"] == "P-2 Sum requested: 60 → 40 (王处长: 补交报告)"
    assert [m["alone"] for m in found["moved"]] == [[1], [1]]
    for lang, words in (
        ("zh", "补交报告"),
        ("en", "1 gained, 0.4 M CNY in all; 1 lost, 0.3 M CNY"),
    ):
        assert words in run("appeal", path, file, lang=lang).stdout


WRONG = [
    (("P-2", "申请金额", 61, 40), "F751", "has '60' at"),
    (("P-2", "申请金额", "", 40), "F751", "has '60' at"),
    (("P-2", "申请金额", 60, 60), "F753", "changes nothing"),
    (("P-9", "申请金额", 60, 40), "F747", "no result P-9"),
    (("P-2", "没有这一项", 60, 40), "F748", "is no indicator"),
    (("P-2", "成果!Q2", 60, 40), "F750", "not in the row of P-2"),
    (("", "申请金额", 60, 40), "F742", "does not say which result"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("wrong", "code", "words"), WRONG)
def test_what_is_wrong_with_a_correction_is_told_at_its_cell(saved, tmp_path, wrong, code, words):
    path, _ = saved
    file = corrections(tmp_path / "c.csv", ("P-1", "申请金额", 60, 50), wrong)
    done = run("appeal", path, file, "--save", tmp_path / "after.pilot")
    assert done.exit_code == 1
    assert code in done.stderr
    assert words in " ".join(done.stderr.split())
    assert not (tmp_path / "after.pilot").exists()


@pytest.mark.slow
def test_one_cell_is_corrected_once_and_a_row_is_whole(saved, tmp_path: Path):
    path, _ = saved
    twice = corrections(tmp_path / "c.csv", ("P-1", "申请金额", 60, 50), ("P-1", "Q2", 60, 40))
    assert "F752" in run("appeal", path, twice).stderr
    for text, code in (
        ("编号,原值,新值\nP-1,1,2\n", "F741"),
        ("编号,项目,原值,新值,更正人,理由,日期\n", "F746"),
        ("编号,项目,原值,新值,更正人,理由,日期\nP-1,TRL,9,8,王,因,12月\n", "F743"),
        ("编号,项目,原值,新值,更正人,理由,日期,页\nP-1,TRL,9,8,王,因,2026-12-01,1\n", "F744"),
        ("编号,项目,原值,原值,新值,更正人,理由,日期\nP-1,TRL,9,9,8,王,因,2026-12-01\n", "F745"),
        ("编号,项目,原值,新值\nP-1,TRL,9,8\n", "F742"),
    ):
        file = tmp_path / "d.csv"
        file.write_text(text, encoding="utf-8")
        assert code in run("appeal", path, file).stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "old", "new"),
    [
        ("TRL", 7, 9),
        ("trl", 7, 9),
        ("技术就绪水平", "7", "9"),
        ("C4", 7, 9),
        ("成果!$C$4", 7, 9),
        ("TRL 证据等级", "E3", "E2"),
        ("工艺类型", "连续", "间歇"),
        ("许可到期日", "2030-01-01", "2020-01-01"),
    ],
)
def test_an_item_is_a_name_a_header_or_a_cell(saved, tmp_path: Path, item, old, new):
    path, _ = saved
    file = corrections(tmp_path / "c.csv", ("P-3", item, old, new))
    done = run("appeal", path, file, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["corrections"][0]["cell"][1:] == "4"


@pytest.mark.slow
def test_a_percentage_is_as_it_is_seen(files, tmp_path: Path):
    args = files(THREE)
    book = load_workbook(args[0])
    book.worksheets[0]["E3"] = 0.8
    book.worksheets[0]["E3"].number_format = "0%"
    book.save(args[0])
    path = tmp_path / "round.pilot"
    assert run("fund", *args, "--save", path).exit_code == 0
    file = corrections(tmp_path / "c.csv", ("P-2", "一次合格率（%）", "80%", "99%"))
    done = run("appeal", path, file, "--save", tmp_path / "after.pilot")
    assert done.exit_code == 0, done.stderr
    book.worksheets[0]["E3"] = 0.99
    book.save(args[0])
    by_hand = json.loads(run("fund", *args, "--json").stdout)["decisions"]
    after = read_round(tmp_path / "after.pilot").record("en")["decisions"]
    assert [(d["id"], d["index"]) for d in after] == [(d["id"], d["index"]) for d in by_hand]


@pytest.mark.slow
def test_a_text_file_is_corrected_too(tmp_path: Path, mini: Path):
    rows = [[*HEADERS, "申请金额", "中试成本", "单位"]]
    rows += [[*row(id=n, trl=trl), asked, 1000, "甲所"] for n, trl, asked in THREE]
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    call = tmp_path / "call.yaml"
    call.write_text(to_yaml(CALL), encoding="utf-8")
    path = tmp_path / "round.pilot"
    args = [tmp_path / "b.csv", "--call", call, "-c", mini, "--as-of", "2026-11-23"]
    assert run("fund", *args, "--save", path).exit_code == 0
    file = corrections(tmp_path / "c.csv", ("P-2", "申请金额", 60, 40))
    found = json.loads(run("appeal", path, file, "--json").stdout)
    assert {m["id"]: m["by"] for m in found["moved"]} == {"P-2": 40, "P-3": -30}


@pytest.mark.slow
def test_a_cell_that_is_merged_over_results_is_refused(files, tmp_path: Path):
    args = files(THREE)
    book = load_workbook(args[0])
    book.worksheets[0].merge_cells("R2:R3")
    book.save(args[0])
    path = tmp_path / "round.pilot"
    assert run("fund", *args, "--save", path).exit_code == 0
    file = corrections(tmp_path / "c.csv", ("P-1", "中试成本", 1000, 500))
    assert "F754" in run("appeal", path, file).stderr


@pytest.mark.slow
def test_the_outputs_of_an_appeal_are_bound_to_its_round(saved, tmp_path: Path):
    path, _ = saved
    file = corrections(tmp_path / "c.csv", ("P-2", "申请金额", 60, 40))
    after, table = tmp_path / "after.pilot", tmp_path / "moved.csv"
    assert run("appeal", path, file, "--save", after, "-o", table).exit_code == 0
    assert run("verify", after, "--outputs", table).exit_code == 0
    table.write_text(table.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
    assert "moved.csv has been changed" in run("verify", after, "--outputs", table).stdout


@pytest.mark.slow
def test_causes_refer_to_changes_by_the_numbers_that_are_shown(saved, tmp_path: Path):
    path, _ = saved
    # Filed in another order than results stand in the workbook.
    file = corrections(tmp_path / "c.csv", ("P-3", "TRL", 7, 8), ("P-2", "申请金额", 60, 40))
    text = run("appeal", path, file).stdout
    number = next(x.split()[0] for x in text.splitlines() if "P-2 Sum requested" in x)
    assert f"change {number} alone does it" in text


@pytest.mark.slow
def test_appeals_follow_on_each_other_and_verify_follows_the_chain(saved, tmp_path: Path):
    path, args = saved
    second, third = tmp_path / "second.pilot", tmp_path / "third.pilot"
    first = corrections(tmp_path / "c1.csv", ("P-2", "申请金额", 60, 40))
    assert run("appeal", path, first, "--save", second).exit_code == 0
    # The old value is that of the round that is appealed.
    again = corrections(tmp_path / "c2.csv", ("P-2", "申请金额", 60, 30))
    assert "has '40' at" in run("appeal", second, again).stderr
    again = corrections(tmp_path / "c2.csv", ("P-2", "申请金额", 40, 30), ("P-3", "TRL", 7, 8))
    assert run("appeal", second, again, "--save", third).exit_code == 0
    shutil.rmtree(mini_folder := Path(args[0]).parent / "gone", ignore_errors=True)
    assert not mini_folder.exists()
    for parent in (path, second):
        done = run("verify", third, "--parent", parent)
        assert done.exit_code == 0, done.stdout
    assert run("verify", second, "--parent", third).exit_code == 1
    assert [a["parent"] for a in read_round(third).appeals] == [
        read_round(path).seal,
        read_round(second).seal,
    ]
    found = json.loads(run("compare", path, third, "--json").stdout)
    assert [c["text"] for c in found["changes"]] == [
        "P-2 Sum requested: 60 → 30 (王处长: 补交报告)",
        "P-3 Technology readiness level: 7 (E3) → 8 (E3) (王处长: 补交报告)",
    ]


def resealed(path: Path, edits: dict[str, Any]) -> None:
    """Edit members of a round, with all digests and the seal as the edits want them."""
    from pilotscore.store.rounds import HEAD, as_json, digest, seal_of, zipped

    saved = read_round(path)
    members = {**saved.members}
    head = json.loads(as_json(saved.head))
    for name, edit in edits.items():
        members[name] = edit(members[name])
        head["members"][name] = digest(members[name])
        for appeal in head["appeals"]:
            if appeal["member"] == name:
                appeal["sha256"] = head["members"][name]
    head["seal"] = seal_of(head)
    path.write_bytes(zipped({HEAD: as_json(head), **members}))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("member", "was", "now", "words"),
    [
        ("appeals/1/corrections/c.csv", b"40", b"35", "P-2, award: 40 was saved, 35 is computed"),
        ("appeals/1/record.en.json", b'"award": 60', b'"award": 61', "before appeal 1"),
        ("appeals/1/round.json", b'"version": "1"', b'"version": "3"', "before appeal 1"),
        ("record.zh.json", "补交报告".encode(), "没有".encode(), "record.zh.json is another"),
        ("rules/call/call.yaml", b"total: 100", b"total: 90 ", "the call call.yaml is another"),
    ],
)
def test_whatever_is_edited_in_a_chain_is_named_though_it_is_sealed_anew(
    saved, tmp_path, member, was, now, words
):
    path = tmp_path / "after.pilot"
    file = corrections(tmp_path / "c.csv", ("P-2", "申请金额", 60, 40))
    assert run("appeal", saved[0], file, "--save", path).exit_code == 0
    content = read_round(path).members[member]
    assert was in content
    resealed(path, {member: lambda content: content.replace(was, now)})
    done = run("verify", path, "--json")
    assert done.exit_code == 1
    assert words in done.stdout


@pytest.mark.slow
def test_a_template_is_filled_in_and_read(saved, tmp_path: Path):
    path, _ = saved
    for lang in ("zh", "en"):
        file = tmp_path / f"{lang}.xlsx"
        assert run("appeal", path, "--template", file, lang=lang).exit_code == 0
        assert "F746" in run("appeal", path, file).stderr
        book = load_workbook(file)
        cells = ["P-2", "申请金额", 60, 40, "W", "slip", "2026-12-01"]
        for column, value in enumerate(cells, start=1):
            book.worksheets[0].cell(2, column, value)
        book.save(file)
        assert run("appeal", path, file).exit_code == 0
    assert run("appeal", path).exit_code == 2
    assert run("appeal", tmp_path / "zh.xlsx", tmp_path / "en.xlsx").exit_code == 2


@pytest.mark.slow
def test_a_round_without_its_workbooks_asks_for_those_that_were_read(files, tmp_path: Path):
    args = files(THREE)
    path, file = tmp_path / "r.pilot", corrections(tmp_path / "c.csv", ("P-2", "申请金额", 60, 40))
    assert run("fund", *args, "--save", path, "--without-inputs").exit_code == 0
    assert "--inputs" in run("appeal", path, file).stderr
    assert run("appeal", path, file, "--inputs", args[0]).exit_code == 0
    write_book(Path(args[0]), {"成果": [["other"]]})
    assert run("appeal", path, file, "--inputs", args[0]).exit_code == 2


# One above the line and one below, and three between of which the weights say which is better.
NEAR = {
    "P-1": {"trl": 9, "yield_rate": 99},
    "P-2": {"trl": 7, "yield_rate": 90},
    "P-3": {"trl": 6, "yield_rate": 100},
    "P-4": {"trl": 8, "yield_rate": 80},
    "P-5": {"trl": 4, "yield_rate": 60},
}


@pytest.fixture
def drawn(files, tmp_path: Path):
    args = files([(n, cells, 45) for n, cells in NEAR.items()], line={"miss": "skip", **LOTS})
    path = tmp_path / "round.pilot"
    assert run("fund", *args, "--save", path).exit_code == 0
    return path, read_round(path).record("en")


def lots(record: dict[str, Any], word: str) -> list[str]:
    return [x.rsplit(" ", 1)[-1] for x in record["line"]["record"] if x.startswith(f"{word} ")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "left", "joined"),
    [
        ([("P-3", "TRL", 6, 7), ("P-3", "一次合格率（%）", 100, 91)], [], ["P-3"]),  # into it
        ([("P-4", "连续运行时间（h）", 80, 100)], ["P-4"], []),  # above it
        ([("P-5", "TRL", 4, 5)], [], []),  # below it as before
    ],
)
def test_a_draw_that_was_made_stands(drawn, tmp_path: Path, cells, left, joined):
    path, before = drawn
    after, record = tmp_path / "after.pilot", tmp_path / "draw.txt"
    file = corrections(tmp_path / "c.csv", *cells)
    done = run("appeal", path, file, "--save", after)
    assert done.exit_code == 0, done.stderr
    assert "the draw stands" in done.stdout
    moved = json.loads(run("compare", path, after, "--json").stdout)["moved"]
    assert moved or not left
    assert all(m["alone"] for m in moved if len(cells) == 1)
    now = read_round(after).record("en")
    for word in ("lot", "pool"):  # every lot that was drawn, of the pool that was published
        assert lots(now, word) == lots(before, word) != []
    assert now["line"]["pool_sha256"] == before["line"]["pool_sha256"]
    assert (lots(now, "left"), lots(now, "joined")) == (left, joined)
    assert run("verify", after).exit_code == 0
    lines = list(now["line"]["record"])
    record.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("call", "verify", record).exit_code == 0
    for k, line in enumerate(lines):
        if not line.startswith(("left ", "joined ")):
            continue
        for other in (f"{line}X", line.replace("place ", "place 9"), f"{line}\n{line}"):
            edited = [*lines[:k], other, *lines[k + 1 :]]
            if edited != lines:
                record.write_text("\n".join(edited) + "\n", encoding="utf-8")
                assert run("call", "verify", record).exit_code == 1, other


@pytest.mark.slow
def test_a_cell_of_batch_data_is_corrected_by_its_address(tmp_path: Path, mini: Path):
    data = from_yaml(mini.read_text(encoding="utf-8"))
    data["dimensions"][0]["indicators"][1] |= {
        "measured": {"measure": "first_pass_rate", "bound": "estimate"}
    }
    mini.write_text(to_yaml(data), encoding="utf-8")
    head = [*HEADERS, "申请金额", "中试成本", "单位"]
    rows = [[*row(id=n, trl=9, yield_rate=90), 60, 1000, "甲所"] for n in ("P-1", "P-2")]
    batches = [["成果编号", "批号", "是否合格", "是否返工"]]
    batches += [[n, f"B{k}", "是", "否"] for n in ("P-1", "P-2") for k in range(1, 13)]
    batches[1][2] = batches[2][2] = "否"  # two of P-1
    batches[13][2] = batches[14][2] = batches[15][2] = "否"  # three of P-2
    sheets = {"成果": [head, *rows], "批次": batches}
    book = write_book(tmp_path / "b.xlsx", sheets)
    call = tmp_path / "call.yaml"
    call.write_text(to_yaml(CALL), encoding="utf-8")
    args = [book, "--call", call, "-c", mini, "--as-of", "2026-11-23"]
    path = tmp_path / "round.pilot"
    done = run("fund", *args, "--save", path)
    assert done.exit_code == 0, done.stderr
    before = {d["id"]: (d["award"], d["index"]) for d in read_round(path).record("en")["decisions"]}
    assert before["P-1"][0] == 60
    assert before["P-2"][0] == 0
    cells = [("P-2", f"批次!C{k}", "否", "是") for k in (14, 15, 16)]
    after = tmp_path / "after.pilot"
    done = run("appeal", path, corrections(tmp_path / "c.csv", *cells), "--save", after, "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert {m["id"]: (m["by"], m["alone"]) for m in found["moved"]} == {
        "P-2": (60, [1]),
        "P-1": (-60, [1]),
    }
    for k in (13, 14, 15):
        batches[k][2] = "是"
    write_book(book, sheets)
    by_hand = json.loads(run("fund", *args, "--json").stdout)["decisions"]
    now = read_round(after).record("en")["decisions"]
    assert [(d["id"], d["award"], d["index"]) for d in now] == [
        (d["id"], d["award"], d["index"]) for d in by_hand
    ]
    assert run("verify", after).exit_code == 0
