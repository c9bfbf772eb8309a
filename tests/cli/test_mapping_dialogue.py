"""map --interactive: one key for each header that is not known."""

from __future__ import annotations

import os
import pty
import select
import termios
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from pilotscore.cli import main, mapping_dialogue
from tests.cli.test_commands import SCRIPT, run
from tests.conftest import write_book

HEADERS = ["编号", "技术就绪水准", "安全评估度", "电话", "合格率"]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_book(tmp_path / "b.xlsx", {"S": [HEADERS, ["P-1", 6, "已完成", "010", 98]]})


def pressed(
    monkeypatch: pytest.MonkeyPatch, sheet: Path, mini: Path, keys: str, lang: str = "en"
) -> tuple[dict[str, object], Result]:
    """Press keys; return what is mapped then, and what was shown."""
    monkeypatch.setattr(mapping_dialogue, "is_terminal", lambda: True)
    out = sheet.with_name("m.yaml")
    args = ["map", str(sheet), "-c", str(mini), "-i", "-o", str(out), "--force"]
    done = CliRunner(env={"PILOTSCORE_LANG": lang}).invoke(
        main, args, input=keys, prog_name="pilotscore"
    )
    assert done.exit_code == 0, done.output
    return yaml.safe_load(out.read_text(encoding="utf-8")), done


TRL, HAZARD, PHONE, RATE = HEADERS[1:]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("yyn1", {TRL: "trl", HAZARD: "hazard", PHONE: "ignore", RATE: "yield_rate"}),
        ("\r\rss", {TRL: "trl", HAZARD: "hazard"}),  # Enter accepts
        ("ｙｙ１", {TRL: "trl", HAZARD: "hazard"}),  # full-width, as an input method types it
        ("yq", {TRL: "trl"}),  # what was decided is kept
        ("y\x1b", {TRL: "trl"}),
        ("y", {TRL: "trl"}),  # the end of the input
        ("ynuyq", {TRL: "trl", HAZARD: "hazard"}),
        ("yuuunq", {TRL: "ignore"}),  # nothing to undo before the first
        ("1nsuuuq", {}),
        ("s1", {HAZARD: "hazard"}),
        ("9zyq", {TRL: "trl"}),  # keys that mean nothing
        ("yyy?hs1q", {TRL: "trl", HAZARD: "hazard", RATE: "yield_rate"}),  # nothing to accept
        ("ssiq", {PHONE: "id"}),
        ("ystq", {TRL: "trl", PHONE: "title"}),
        ("yeq", {TRL: "trl", HAZARD: "evidence"}),
        ("ssl10\n", {PHONE: "disputed"}),
        ("ssl争议\n1\nq", {PHONE: "disputed"}),
        ("sslDISPUTED\n1\nq", {PHONE: "disputed"}),
        ("ssl无此\n99\n\nnq", {PHONE: "ignore"}),  # back from the list without a choice
    ],
)
def test_keys(
    monkeypatch: pytest.MonkeyPatch, sheet: Path, mini: Path, keys: str, said: dict[str, str]
):
    data, _ = pressed(monkeypatch, sheet, mini, keys)
    assert data["headers"] == {"编号": "id", **said}


def test_what_is_shown_in_both_languages(monkeypatch: pytest.MonkeyPatch, sheet: Path, mini: Path):
    zh = pressed(monkeypatch, sheet, mini, "ysq", "zh")[1].stderr
    en = pressed(monkeypatch, sheet, mini, "ysq", "en")[1].stderr
    for text in (
        "[1/4] 技术就绪水准",
        "S B1",
        "内容如  6",
        "技术就绪水平（trl）100% ← 建议",
        "→ 跳过",
    ):
        assert text in zh
    for text in ("[2/4] 安全评估度", "Such as  6", "(trl) 100% ← suggested", "→ skipped"):
        assert text in en


def test_what_is_taken_is_offered_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mini: Path
):
    rows = [["编号", "安全评估", "技术就绪水准", "就绪水平"], ["P-1", "无", 6, 5]]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    data, done = pressed(monkeypatch, book, mini, "11q", "en")
    assert data["headers"]["技术就绪水准"] == "trl"
    assert data["left_over"] == ["就绪水平"]
    assert "no such key" in done.stderr
    assert "trl" not in done.stderr.split("[2/2]")[1].split("headers known")[0]


def test_a_mapping_is_gone_on_with_and_nothing_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch, sheet: Path, mini: Path
):
    pressed(monkeypatch, sheet, mini, "ynsq")
    kept = sheet.with_name("kept.yaml")
    sheet.with_name("m.yaml").rename(kept)
    monkeypatch.setattr(mapping_dialogue, "is_terminal", lambda: True)
    out = str(sheet.with_name("m2.yaml"))
    done = CliRunner(env={"PILOTSCORE_LANG": "en"}).invoke(
        main, ["map", str(sheet), "-c", str(mini), "-i", "--map", str(kept), "-o", out], input="n1"
    )
    assert "[1/2] 电话" in done.stderr
    said = yaml.safe_load(Path(out).read_text(encoding="utf-8"))["headers"]
    assert said == {"编号": "id", TRL: "trl", HAZARD: "ignore", PHONE: "ignore", RATE: "yield_rate"}


@pytest.mark.parametrize(("lang", "word"), [("zh", "只能在终端里用"), ("en", "on a terminal only")])
def test_without_a_terminal_it_says_what_to_do(sheet: Path, mini: Path, lang: str, word: str):
    done = run("map", sheet, "-c", mini, "-i", lang=lang)
    assert done.exit_code == 2
    assert word in done.stderr
    assert "--map FILE.yaml" in done.stderr
    assert not done.stdout


@pytest.mark.slow
def test_on_a_terminal_through_the_installed_script(sheet: Path, mini: Path):
    out = sheet.with_name("m.yaml")
    args = ["map", str(sheet), "-c", str(mini), "-i", "-o", str(out), "--lang", "zh"]
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        os.environ["TERM"] = "xterm"
        os.execv(SCRIPT, [str(SCRIPT), *args])
    shown = b""

    def wait_for(text: str) -> None:
        nonlocal shown
        until = time.monotonic() + 60
        while text.encode() not in shown:
            assert time.monotonic() < until, shown.decode(errors="replace")
            if select.select([terminal], [], [], 0.1)[0]:
                shown += os.read(terminal, 4096)

    for text, key in (
        ("[1/4]", "y"),
        ("[2/4]", "n"),
        ("[3/4]", "u"),
        ("[2/4]", "\r"),
        ("[3/4]", "q"),
    ):
        wait_for(text)
        while termios.tcgetattr(terminal)[3] & termios.ICANON:  # it does not wait for keys yet
            time.sleep(0.01)
        shown = b""
        os.write(terminal, key.encode())
    wait_for("m.yaml")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    data = yaml.safe_load(out.read_text(encoding="utf-8"))
    assert data["headers"] == {"编号": "id", TRL: "trl", HAZARD: "hazard"}
