from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotscore.cli import main, watch
from tests.cli.test_commands import SCRIPT
from tests.conftest import MakeBook, row

NOON = time.struct_time((2026, 11, 23, 12, 0, 0, 0, 327, 0))
Step = Callable[[], object]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs score --watch with something done at each look, and Ctrl-C after the last."""

    def run(*args: object, steps: list[Step | None], lang: str = "en") -> Result:
        left = list(steps)
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if not left:
                raise KeyboardInterrupt
            step = left.pop(0)
            if step is not None:
                step()

        keep = watch.keep_scoring
        monkeypatch.setattr(
            watch, "keep_scoring", lambda *a: keep(*a, sleep=sleep, clock=lambda: NOON)
        )
        result = CliRunner(env={"PILOTSCORE_LANG": lang}).invoke(
            main,
            ["score", *map(str, args), "--watch", "--as-of", "2026-11-23"],
            prog_name="pilotscore",
        )
        assert "Traceback" not in result.output
        assert set(slept) <= {0.5}
        monkeypatch.undo()
        return result

    return run


@pytest.fixture
def saved(tmp_path: Path, book: MakeBook) -> Callable[..., Step]:
    """Return what makes a step that saves the workbook as Excel does: another file, renamed."""

    def make(*rows: object, partly: bool = False) -> Step:
        def save() -> None:
            new = book(*rows, name="~new.xlsx")
            if partly:
                new.write_bytes(new.read_bytes()[:900])
            new.replace(tmp_path / "book.xlsx")

        return save

    return make


def times(result: Result) -> list[str]:
    return [x for x in result.stderr.splitlines() if x.startswith("12:00:00")]


@pytest.mark.slow
def test_each_save_is_scored_and_compared(
    book: MakeBook, mini: Path, watched: Callable[..., Result], saved: Callable[..., Step]
):
    path = book(row())
    steps = [
        None,
        saved(row(trl=5, yield_rate="")),
        None,
        None,
        saved(row(trl=5, yield_rate="", hazard="未做")),
        None,
    ]
    result = watched(path, "-c", mini, steps=steps)
    assert result.exit_code == 0
    assert result.stdout.count("P-1  硝化工艺") == 3
    _, _, first, second = result.stdout.split("P-1  硝化工艺")
    assert [
        " ".join(x.split()) for x in first.partition("Since the last time")[2].splitlines()
    ] == [
        "",
        "Index 88.7 → 64.6",
        "Grade A mature → B proven",
        "Technology readiness level 75.0 → 50.0 7 → 5",
        "First-pass yield 92.0 → 0.0 96% → blank",
    ]
    assert "Grade         B proven → C early" in second
    assert "Hazard study  100.0 → 0.0         complete → none" in second
    assert times(result) == [
        "12:00:00 watching, Ctrl-C ends it",
        "12:00:00 scored again",
        "12:00:00 scored again",
    ]
    assert "\x1b" not in result.stdout


def test_in_chinese_and_without_a_change(
    book: MakeBook, mini: Path, watched: Callable[..., Result], saved: Callable[..., Step]
):
    result = watched(book(row()), "-c", mini, steps=[saved(row()), None], lang="zh")
    assert result.stdout.splitlines()[-4:] == [
        "与上次相比",
        "  指数  88.7",
        "  等级  A 成熟",
        "  各指标得分没有变化",
    ]
    assert times(result)[-1] == "12:00:00 已重新评分"


def test_a_file_that_is_gone_or_growing_is_waited_for(
    book: MakeBook, mini: Path, watched: Callable[..., Result], tmp_path: Path
):
    path = book(row())
    new = book(row(trl=5), name="new.xlsx").read_bytes()

    def grow(to: int) -> Step:
        return lambda: path.write_bytes(new[:to])

    steps = [path.unlink, None, None, grow(100), grow(900), grow(len(new)), None, None]
    result = watched(path, "-c", mini, steps=steps)
    assert result.exit_code == 0
    assert times(result)[1:] == ["12:00:00 scored again"]
    assert "pilotscore:" not in result.stderr


def test_a_file_that_is_locked_is_waited_for(
    book: MakeBook,
    mini: Path,
    watched: Callable[..., Result],
    saved: Callable[..., Step],
    monkeypatch: pytest.MonkeyPatch,
):
    locked = [True]
    path = book(row())
    real = watch.can_be_read
    monkeypatch.setattr(watch, "can_be_read", lambda p: not locked[0] and real(p))
    steps = [saved(row(trl=5)), None, None, lambda: locked.__setitem__(0, False), None]
    result = watched(path, "-c", mini, steps=steps)
    assert times(result)[1:] == ["12:00:00 scored again"]
    assert not real(path.with_name("absent.xlsx"))


@pytest.mark.slow
def test_what_cannot_be_read_is_told_and_watching_goes_on(
    book: MakeBook, mini: Path, watched: Callable[..., Result], saved: Callable[..., Step]
):
    path = book(row())
    steps = [saved(row(), partly=True), None, saved(row(id="P-9")), None, saved(row(trl=5)), None]
    result = watched(path, "P-1", "-c", mini, steps=steps)
    assert result.exit_code == 0
    assert "B102" in result.stderr
    assert "no result has the id P-1; did you mean P-9?" in result.stderr
    assert times(result)[1:] == [
        "12:00:00 not scored, watching goes on",
        "12:00:00 not scored, watching goes on",
        "12:00:00 scored again",
    ]
    assert "75.0 → 50.0" in result.stdout  # compared with the last time that it was scored


def test_how_it_begins(
    book: MakeBook,
    mini: Path,
    watched: Callable[..., Result],
    saved: Callable[..., Step],
    tmp_path: Path,
):
    assert watched(tmp_path / "absent.xlsx", "-c", mini, steps=[]).exit_code == 3
    assert watched(tmp_path, "-c", mini, steps=[]).exit_code == 2
    assert watched(book(row()), "P-7", "-c", mini, steps=[]).exit_code == 2
    assert watched(book(row()), "-c", "nothing", steps=[]).exit_code == 2
    book(row()).write_bytes(b"not yet")
    result = watched(tmp_path / "book.xlsx", "-c", mini, steps=[saved(row()), None])
    assert result.exit_code == 0
    assert "B102" in result.stderr
    assert "Since the last time" not in result.stdout
    assert times(result)[-1] == "12:00:00 scored again"


def test_a_save_while_it_is_being_read_is_not_missed(tmp_path: Path):
    path = tmp_path / "f"
    path.write_text("1", encoding="utf-8")
    looks = iter(range(9))

    def sleep(_: float) -> None:
        if next(looks) == 0:
            path.write_text("22", encoding="utf-8")

    saves = watch.Watcher(path, sleep).saves()
    next(saves)
    path.write_text("333", encoding="utf-8")  # as if while the one before is read
    next(saves)
    with pytest.raises(RuntimeError):  # the looks are used up: nothing was seen any more
        next(saves)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent to a process of its own")
def test_through_the_installed_script(book: MakeBook, mini: Path, tmp_path: Path):
    path = book(row())
    other = book(row(trl=5), name="other.xlsx")
    errors = tmp_path / "stderr"

    def until(text: str) -> None:
        for _ in range(600):
            if text in errors.read_text(encoding="utf-8"):
                return
            time.sleep(0.1)
        pytest.fail(f"{text!r} was not told")

    with errors.open("wb") as stream:
        running = subprocess.Popen(
            [SCRIPT, "score", path, "-c", mini, "--watch", "--as-of", "2026-11-23"],
            stdout=subprocess.PIPE,
            stderr=stream,
            env=os.environ | {"PILOTSCORE_LANG": "en", "PYTHONUTF8": "1"},
            # Where the tests run in the background, SIGINT is ignored, and so it would be here.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            until("watching")
            shutil.copyfile(other, tmp_path / "~tmp.xlsx")
            (tmp_path / "~tmp.xlsx").replace(path)
            until("scored again")
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 0, errors.read_text(encoding="utf-8")
    assert "75.0 → 50.0" in out.decode()
    assert "\x1b" not in out.decode()
    assert "Traceback" not in errors.read_text(encoding="utf-8")
