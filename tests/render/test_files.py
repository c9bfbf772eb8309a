from __future__ import annotations

import csv
import errno
import gc
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import openpyxl
import pytest

import pilotscore
from pilotscore.errors import OutputError
from pilotscore.language import Lang
from pilotscore.render import files
from pilotscore.render.csv import to_csv
from pilotscore.render.files import write_atomically
from pilotscore.render.json import to_json
from pilotscore.render.xlsx import write_xlsx
from pilotscore.runs.outcome import Outcome
from pilotscore.system import reason_of
from pilotscore.views.ranking import document
from tests.conftest import AS_OF, MakeBook, row

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


@pytest.fixture
def outcome(book: MakeBook, mini: Path) -> Outcome:
    rows = [
        row(title="=1+1", run_hours="未测", trl=9),
        row(id="P-2", title="+电解", trl=6),
        row(id="P-3", trl="坏"),
        row(id="P-4", disputed="是"),
        row(id="P-5", fraud="是"),
    ]
    return pilotscore.rank(book(*rows), mini, as_of=AS_OF)


def csv_of(outcome: Outcome, lang: Lang) -> str:
    table = document(outcome).table
    assert table is not None
    return to_csv(table(), lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_a_sheet_for_everything(outcome: Outcome, tmp_path: Path, lang):
    path = tmp_path / "out.xlsx"
    write_xlsx(document(outcome), path, lang)
    book = openpyxl.load_workbook(path)
    names = {
        "zh": [
            "排名",
            "图表",
            "指标得分",
            "问题清单",
            "指标体系",
            "等级与门槛",
            "溯源清单",
            "数据",
        ],
        "en": [
            "Ranking",
            "Charts",
            "Scores",
            "Findings",
            "Criteria",
            "Grades and gates",
            "Manifest",
            "Data",
        ],
    }[lang]
    assert book.sheetnames == names
    ranking = list(book[names[0]].iter_rows(values_only=True))
    assert "示例" in ranking[0][0] or "placeholders" in ranking[0][0]
    header = ranking[1]
    assert header[:5] == (
        ("名次", "编号", "成果", "指数", "等级")
        if lang == "zh"
        else ("Rank", "ID", "Result", "Index", "Grade")
    )
    assert [r[1] for r in ranking[2:]] == ["P-1", "P-4", "P-2", "P-5", "P-3"]
    assert ranking[2][2] == "=1+1"
    cell = book[names[0]]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")  # text, not a formula
    for name in (names[0], names[2], names[3]):
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes
    findings = list(book[names[3]].iter_rows(values_only=True))[1:]
    assert [(f[1], f[3], f[4], f[5]) for f in findings if f[1] == "V401"] == [
        ("V401", "成果", "C4", "P-3")
    ]
    manifest = dict(r[:2] for r in book[names[6]].iter_rows(values_only=True))
    assert manifest["criteria.id"] == "mini"
    assert len(manifest["inputs.1.sha256"]) == 64
    assert manifest["as_of"] == "2026-11-23"


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(outcome: Outcome, tmp_path: Path, mini: Path):
    again = pilotscore.rank(tmp_path / "book.xlsx", mini, as_of=AS_OF)
    for n, one in enumerate((outcome, again)):
        write_xlsx(document(one), tmp_path / f"{n}.xlsx", "zh")
    assert (tmp_path / "0.xlsx").read_bytes() == (tmp_path / "1.xlsx").read_bytes()
    assert to_json(document(outcome).record(), "en") == to_json(document(again).record(), "en")
    assert csv_of(outcome, "en") == csv_of(again, "en")


def test_csv_is_harmless_in_a_spreadsheet(outcome: Outcome):
    rows = list(csv.reader(io.StringIO(csv_of(outcome, "zh"))))
    assert [r[2] for r in rows[1:]] == ["'=1+1", "硝化工艺", "'+电解", "硝化工艺", "硝化工艺"]
    assert rows[0][0] == "名次"
    assert rows[1][0] == "1"


def test_json_has_everything(outcome: Outcome):
    data = json.loads(to_json(document(outcome).record(), "en"))
    first = data["ranking"][0]
    assert (first["rank"], first["id"], first["grade"], first["approval"]) == (
        1,
        "P-1",
        "A",
        "approve",
    )
    assert first["scores"]["trl"] == 100
    assert first["low"] < first["high"]
    assert data["ranking"][-1]["rank"] is None
    assert data["ranking"][-1]["reason"].startswith("not assessable: C4 “坏” is not a number")
    assert {f["cell"] for f in data["findings"] if f["severity"] == "error"} == {"C4"}
    assert data["manifest"]["criteria"]["id"] == "mini"
    assert len(json.loads(to_json(document(outcome, 2).record(), "en"))["ranking"]) == 2


def test_a_file_is_whole_or_as_it_was(tmp_path: Path):
    path = tmp_path / "out.csv"
    path.write_text("before")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space is left"):
        write_atomically(path, fail, replace=True)
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("path", ["nowhere/out.csv", "."])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, path: str):
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / path, lambda p: p.write_text("x"))


def test_a_report_is_never_taken_for_an_input(outcome: Outcome, tmp_path: Path, mini: Path):
    """Its sheet of scores has the indicators' names for headers, and scores would be read as raw values."""
    write_xlsx(document(outcome), tmp_path / "out.xlsx", "zh")
    with pytest.raises(pilotscore.PilotscoreError) as caught:
        pilotscore.rank(tmp_path / "out.xlsx", mini)
    assert [f.code for f in caught.value.findings] == ["B112"]


class WrappingError(Exception):
    """As XlsxWriter wraps what the system refused."""


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EFBIG, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_the_system_refuses_is_told_and_leaves_nothing(tmp_path: Path, code: int, wrapped):
    def fail(aside: Path) -> None:
        aside.write_text("half")
        aside.with_name("another").write_text("of the writer's own")
        error = OSError(code, os.strerror(code))
        raise WrappingError(error) if wrapped else error

    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / "out.csv", fail)
    assert reason_of(OSError(code, "")).to("zh") in caught.value.text.to("zh")
    assert "Excel" not in caught.value.text.to("zh")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_writer_is_no_fault_of_the_disk(tmp_path: Path):
    with pytest.raises(ZeroDivisionError):
        write_atomically(tmp_path / "out.csv", lambda aside: aside.write_text(str(1 / 0)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(resource is None, reason="Windows has no such limit")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # XlsxWriter's own
def test_a_workbook_that_does_not_fit_is_told(outcome: Outcome, tmp_path: Path):
    """XlsxWriter has files and an exception of its own."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OutputError, match="larger than the system allows"):
            write_atomically(
                tmp_path / "out.xlsx", lambda aside: write_xlsx(document(outcome), aside, "zh")
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        gc.collect()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith((".pilotscore", "out"))]


def test_what_is_there_is_left_alone(tmp_path: Path):
    path = tmp_path / "out.csv"
    path.write_text("mine")
    (tmp_path / "leads nowhere").symlink_to(tmp_path / "absent")
    for place in (path, tmp_path / "leads nowhere"):
        with pytest.raises(OutputError, match="--force"):
            write_atomically(place, lambda aside: aside.write_text("new"))
    write_atomically(path, lambda aside: aside.write_text("new"), replace=True)
    assert path.read_text() == "new"


def test_what_comes_there_meanwhile_is_left_alone(tmp_path: Path):
    path = tmp_path / "out.csv"

    def write(aside: Path) -> None:
        aside.write_text("new")
        path.write_text("of another program")

    with pytest.raises(OutputError, match="there already"):
        write_atomically(path, write)
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]
    assert path.read_text() == "of another program"


def test_a_place_that_may_not_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As below a folder that is closed to the user: every look at it is refused."""
    place, stat = tmp_path / "out.csv", Path.stat

    def refuse(path: Path, **how: bool) -> os.stat_result:
        if path == place:
            raise PermissionError(errno.EACCES, "Permission denied")
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refuse)
    for replace in (False, True):
        with pytest.raises(OutputError, match="permission denied"):
            write_atomically(place, Path.touch, replace=replace)


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_atomically(tmp_path / "out.csv", lambda aside: aside.write_text("new"))
    assert [p.read_text() for p in tmp_path.iterdir()] == ["new"]


@pytest.mark.skipif(os.name == "nt", reason="links and modes of files")
def test_a_link_stays_and_the_file_keeps_its_mode(tmp_path: Path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, lambda aside: aside.write_text("new"), replace=True)
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (
        True,
        "new",
        0o640,
    )


@pytest.mark.skipif(os.name == "nt", reason="a pipe among the files")
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(OutputError, match="no plain file"):
        write_atomically(tmp_path / "pipe.csv", Path.touch, replace=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process outright")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_a_process_that_is_ended_while_it_writes_leaves_nothing(tmp_path: Path, number: int):
    code = (
        "import os, signal, sys, time\n"
        # A shell, or nohup, starts what it leaves in the background with signals ignored, and so on
        # down.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "from pathlib import Path\n"
        "from pilotscore.render.files import write_atomically\n"
        "def write(aside):\n"
        "    aside.write_text('half')\n"
        f"    os.kill(os.getpid(), {int(number)})\n"
        "    time.sleep(60)\n"
        "write_atomically(Path(sys.argv[1]), write)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "out.csv"], capture_output=True)
    assert done.returncode == -number  # as if nobody had looked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process outright")
def test_the_handlers_of_signals_are_as_they_were(tmp_path: Path):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        seen = []
        write_atomically(
            tmp_path / "out.csv",
            lambda aside: seen.append(signal.getsignal(signal.SIGHUP)) or aside.touch(),
        )
        assert seen == [signal.getsignal(signal.SIGHUP)] == [signal.SIG_IGN]
    finally:
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.skipif(os.name == "nt", reason="nobody to ask whether a process still runs")
def test_what_a_killed_process_left_goes_the_next_time(tmp_path: Path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = {
        "left": f".pilotscore-{files._HERE}-{ended.pid}-0123abcd",
        "running": f".pilotscore-{files._HERE}-{os.getpid()}-0123abcd",
        "elsewhere": f".pilotscore-00000000-{ended.pid}-0123abcd",
        "long ago": f".pilotscore-00000001-{ended.pid}-0123abcd",
        "of another kind": ".pilotscore-notes",
    }
    for name in names.values():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.csv").touch()
    os.utime(tmp_path / names["long ago"], (0, 0))
    write_atomically(tmp_path / "out.csv", Path.touch)
    left = {name for name, folder in names.items() if (tmp_path / folder).exists()}
    assert left == {"running", "elsewhere", "of another kind"}


def test_a_free_number_is_the_same_for_all(tmp_path: Path):
    wanted = [tmp_path / "a.csv", tmp_path / "b.json"]
    assert files.numbered(wanted) == tuple(wanted)
    for name in ("a.csv", "b-2.json"):
        (tmp_path / name).touch()
    assert [p.name for p in files.numbered(wanted)] == ["a-3.csv", "b-3.json"]


def test_a_name_that_the_system_cannot_hold_is_told(tmp_path: Path):
    with pytest.raises(OutputError):
        write_atomically(tmp_path / f"{'x' * 300}.csv", Path.touch)


@pytest.mark.parametrize("replace", [False, True])
def test_two_runs_on_one_output_leave_one_of_them_whole(tmp_path: Path, replace: bool):
    ready = threading.Barrier(4)
    refused: list[OutputError] = []

    def run(text: str) -> None:
        def write(aside: Path) -> None:
            aside.write_text(text * 1000)
            ready.wait()  # all have written before any is moved

        try:
            write_atomically(tmp_path / "out.csv", write, replace=replace)
        except OutputError as error:
            refused.append(error)

    running = [threading.Thread(target=run, args=(text,)) for text in "abcd"]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() in {text * 1000 for text in "abcd"}
    assert len(refused) == (0 if replace else 3)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process otherwise")
@pytest.mark.parametrize("before", [None, "before"])
def test_a_process_that_is_killed_outright_leaves_outputs_as_they_were(tmp_path: Path, before):
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from pilotscore.render.files import write_atomically\n"
        "def write(aside):\n"
        "    aside.write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_atomically(Path(sys.argv[1]), write, replace=True)\n"
    )
    place = tmp_path / "round.pilot"
    if before is not None:
        place.write_text(before)
    done = subprocess.run([sys.executable, "-c", code, place], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert (place.read_text() if place.exists() else None) == before
    write_atomically(place, lambda aside: aside.write_text("after"), replace=True)
    assert [p.name for p in tmp_path.iterdir()] == ["round.pilot"]
