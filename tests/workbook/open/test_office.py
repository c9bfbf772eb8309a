from __future__ import annotations

import shutil
import socketserver
import sys
import threading
import time
from pathlib import Path

import openpyxl
import pytest

from pilotscore.workbook.open import office as offices
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.office import Office, calculate, find_office
from tests.conftest import write_book

# An office that is no office: a script of the shell that is called as LibreOffice is.
CONVERT = """
while [ $# -gt 0 ]; do
  case $1 in --outdir) out=$2; shift;; --convert-to) shift;; -*) ;; *) books="$books $1";; esac; shift
done
mkdir -p "$out"
"""
on_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="the stand-in is a script of the shell"
)


def script(path: Path, lines: str) -> Office:
    """Write a stand-in for LibreOffice."""
    path.write_text(f"#!/bin/sh\n{lines}", encoding="utf-8")
    path.chmod(0o755)
    return Office(str(path), "LibreOffice 1.0")


def books(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.xlsx").write_text(text, encoding="utf-8")
    return [folder / f"{name}.xlsx" for name in texts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "made"
    path.mkdir()
    return path


def test_without_libreoffice_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(offices, "_PLACES", (str(tmp_path / "soffice.com"),))
    assert find_office() is None


@on_posix
@pytest.mark.parametrize(
    ("lines", "version"),
    [
        ("echo 'LibreOffice 24.8.1.2 40(Build:2)'", "LibreOffice 24.8.1.2"),
        ("exit 1", None),
        ("true", None),
    ],
)
def test_it_is_asked_for_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: str, version: str | None
):
    """On the path, or where installers put it."""
    script(tmp_path / "soffice", lines)
    for path, places in ((str(tmp_path), ()), ("/nowhere", (str(tmp_path / "soffice"),))):
        monkeypatch.setenv("PATH", path)
        monkeypatch.setattr(offices, "_PLACES", places)
        found = find_office()
        assert (found and found.version) == version


@pytest.mark.slow
@on_posix
def test_what_one_workbook_does_costs_no_other(tmp_path: Path, folder: Path):
    copy = 'for b in $books; do grep -q bad "$b" && exit 1; cp "$b" "$out"; done'
    office = script(tmp_path / "soffice", CONVERT + copy)
    made = calculate(books(tmp_path, a="1", b="bad", c="3"), office, folder, Limits())
    assert {book.stem: file.read_text() for book, file in made.items()} == {"a": "1", "c": "3"}
    assert all(folder in file.parents for file in made.values())


@on_posix
def test_a_book_is_given_as_a_copy_whatever_its_name(tmp_path: Path, folder: Path):
    """A name may begin with a hyphen, or be that of another in another folder."""
    names = [tmp_path / "x" / "-a b.XLSX", tmp_path / "y" / "-a b.XLSX"]
    for n, name in enumerate(names):
        name.parent.mkdir()
        name.write_text(str(n), encoding="utf-8")
    copy = 'for b in $books; do cp "$b" "$out"; echo changed > "$b"; done'
    made = calculate(names, script(tmp_path / "soffice", CONVERT + copy), folder, Limits())
    assert [made[name].read_text() for name in names] == ["0", "1"]
    assert [name.read_text() for name in names] == ["0", "1"]


@pytest.mark.slow
@on_posix
def test_it_ends_in_time_with_all_that_it_began(tmp_path: Path, folder: Path):
    lines = f'sleep 60 & echo $! > "{tmp_path}/pid"; cp "$6" "{folder}"; sleep 60'
    office = script(tmp_path / "soffice", lines)
    begun = time.monotonic()
    assert calculate(books(tmp_path, a="1"), office, folder, Limits(seconds=1)) == {}
    assert time.monotonic() - begun < 20
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and _runs(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    """Say whether a process is more than an entry that nobody has collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_and_asks_nobody(tmp_path: Path, folder: Path):
    asked = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(1000))

    server = socketserver.TCPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/x"
    book = write_book(tmp_path / "成果.xlsx", {"S": [[1, 2]]})
    workbook = openpyxl.load_workbook(book)
    workbook["S"]["C1"] = "=A1+B1"
    workbook["S"]["C2"] = f'=_xlfn.WEBSERVICE("{url}")'
    workbook["S"]["C3"] = '=IF(C1>2,"是","否")'
    workbook.save(book)
    try:
        office = find_office()
        assert office is not None
        assert office.version.startswith("LibreOffice ")
        made = calculate([book], office, folder, Limits())
    finally:
        server.shutdown()
        server.server_close()
    sheet = openpyxl.load_workbook(made[book], data_only=True)["S"]
    assert (sheet["C1"].value, sheet["C3"].value) == (3, "是")
    assert asked == []
