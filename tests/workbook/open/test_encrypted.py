from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from pilotscore.workbook.open.sheets import UnreadableBookError, open_book
from tests.conftest import write_book
from tests.workbook.open.xls_files import encrypted, in_ole, label, number

CELLS = ("表", label(0, 0, "编号") + number(1, 0, 7))
NO_SECRET = "VelvetSweatshop"


def xls(path: Path, password: str) -> Path:
    path.write_bytes(in_ole(encrypted(password, CELLS)))
    return path


def xlsx(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = write_book(path.with_name("plain.xlsx"), {"表": [["编号"], [7]]})
    with path.open("wb") as out:
        OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, out)
    return path


def refused(path: Path, password: str | None = None) -> str:
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path, password=password)
    return caught.value.finding.code


def test_an_encrypted_xls_opens_with_its_password(tmp_path: Path):
    path = xls(tmp_path / "a.xls", "秘密")
    assert refused(path) == "B103"
    assert refused(path, "x") == "B118"
    assert open_book(path, password="秘密").sheets[0].rows == [["编号"], [7.0]]


@pytest.mark.slow
@pytest.mark.parametrize("make", [xls, xlsx])
def test_what_excel_opens_without_asking_is_opened(tmp_path: Path, make):
    path = make(tmp_path / f"a.{make.__name__}", NO_SECRET)
    assert open_book(path).sheets[0].rows == [["编号"], [7.0]]


def test_without_the_extra_a_password_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = xls(tmp_path / "a.xls", "x")
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    assert refused(path) == "B103"
    assert refused(path, "x") == "B117"


def test_an_encrypted_xls_that_lies_in_no_ole_file(tmp_path: Path):
    path = tmp_path / "a.xls"
    path.write_bytes(encrypted("x", CELLS))
    assert refused(path) == "B103"
