"""A folder that keeps what was read: a run goes on from it, and nothing in it is run."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.errors import OutputError
from pilotscore.workbook import ReadingOptions, Submission, read_workbooks
from pilotscore.workbook.results import finished, workers
from tests.conftest import HEADERS, row, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    books = [write_book(folder / f"{n}.xlsx", {"S": [HEADERS, row(id=f"P-{n}")]}) for n in range(3)]
    (folder / "bad.xlsx").write_bytes(b"no workbook")
    return [*books, folder / "bad.xlsx"]


class Reader:
    """Reads as a run does, and notes what was read anew."""

    def __init__(self, criteria: CriteriaSet, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.criteria, self.folder, self.read = criteria, folder, list[str]()
        once = workers.read_book

        def noted(path: Path, *given: object) -> object:
            self.read.append(path.name)
            return once(path, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(workers, "read_book", noted)

    def __call__(self, paths: list[Path], **options: object) -> Submission:
        self.read.clear()
        given = ReadingOptions(resume=self.folder, **options)  # type: ignore[arg-type]
        return read_workbooks(paths, self.criteria, given)


@pytest.fixture
def reader(criteria: CriteriaSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    return Reader(criteria, tmp_path / "kept", monkeypatch)


def said(submission: Submission) -> list[str]:
    return [f.sentence("en") for f in submission.findings]


def test_what_was_read_is_not_read_again(reader: Reader, paths: list[Path], criteria: CriteriaSet):
    first = reader(paths)
    assert sorted(reader.read) == ["0.xlsx", "1.xlsx", "2.xlsx", "bad.xlsx"]
    again = reader(paths)
    assert reader.read == []
    plain = read_workbooks(paths, criteria)
    for one in (first, again):
        assert (one.ids, said(one), one.books) == (plain.ids, said(plain), plain.books)
        assert np.array_equal(one.values, plain.values, equal_nan=True)


def test_a_run_goes_on_with_what_is_left(reader: Reader, paths: list[Path]):
    reader(paths[:2])
    progress: list[tuple[int, int]] = []
    given = ReadingOptions(resume=reader.folder)
    reader.read.clear()
    read_workbooks(paths, reader.criteria, given, progress=lambda d, t: progress.append((d, t)))
    assert sorted(reader.read) == ["2.xlsx", "bad.xlsx"]
    assert progress == [(2, 4), (3, 4), (4, 4)]


def test_what_was_changed_or_is_read_otherwise_is_read_again(reader: Reader, paths: list[Path]):
    reader(paths)
    write_book(paths[1], {"S": [HEADERS, row(id="P-9")]})
    os.utime(paths[1], (1, 1))
    assert "P-9" in reader(paths).ids
    assert reader.read == ["1.xlsx"]
    reader(paths, sheet="S")
    assert len(reader.read) == len(paths)


def test_a_file_that_we_did_not_write_is_read_over(
    reader: Reader, paths: list[Path], tmp_path: Path
):
    reader(paths)
    kept = sorted(reader.folder.iterdir())
    assert len(kept) == 4
    mark = tmp_path / "run"

    class Harmless:
        def __reduce__(self):
            return Path.touch, (mark,)

    whole = kept[1].read_bytes()
    kept[0].write_bytes(b"")
    kept[1].write_bytes(whole[:-9])
    kept[2].write_bytes(finished._MARK + pickle.dumps(Harmless()))
    kept[3].write_bytes(finished._MARK + pickle.dumps([1, 2]))
    reader(paths)
    assert len(reader.read) == 4
    assert not mark.exists()


def test_a_folder_that_cannot_be_made_is_told(reader: Reader, paths: list[Path], tmp_path: Path):
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="what was read cannot be kept there"):
        reader(paths)
