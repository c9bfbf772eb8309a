"""A store by its path: one SQLite file where its name ends as such files do, else a folder."""

from __future__ import annotations

from pathlib import Path

from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.store.connection import Waiting
from pilotscore.store.database import Database
from pilotscore.store.folder import Folder
from pilotscore.store.interface import Store
from pilotscore.store.rounds import ENDING
from pilotscore.store.single import ONE_ROUND, Single

ENDINGS = (".db", ".sqlite", ".sqlite3")
_NO_STORE = Text(
    "没有轮次库 {path}；fund --store、rank --store 或 rounds add 会建立它",
    "there is no store {path}; fund --store, rank --store or rounds add makes one",
)
_A_FILE = Text(
    "{path} 是文件：轮次库应是文件夹，或以 .db 结尾的 SQLite 文件",
    "{path} is a file: a store is a folder, or a SQLite file that ends in .db",
)


def is_database(path: Path) -> bool:
    """Whether a path is that of a store in one SQLite file, by its name."""
    return path.suffix.lower() in ENDINGS


def open_store(path: str | Path, *, write: bool = False, waiting: Waiting | None = None) -> Store:
    """Open a store; the file of one round is read as a store that has it alone.

    Parameters
    ----------
    path
        A folder, or a file that ends in ``.db``, ``.sqlite``, ``.sqlite3``, or ``.pilot``.
    write
        Whether it is made where there is none.
    waiting
        Is told where another process writes to it at the moment.

    Raises
    ------
    UsageError
        There is no such store, or the path is that of another file.
    UnreadableInputError
        It is no store, or one that a later version wrote.
    """
    place = Path(path)
    there = place.is_file() if is_database(place) else place.is_dir()
    if place.suffix.lower() == ENDING and write:
        raise UsageError(ONE_ROUND.of(path=str(path)))
    if place.suffix.lower() == ENDING and place.is_file():
        return Single(place)
    if not is_database(place) and place.is_file():
        raise UsageError(_A_FILE.of(path=str(path)))
    if not there and not write:
        raise UsageError(_NO_STORE.of(path=str(path)))
    if is_database(place):
        return Database(place, write=write, waiting=waiting)
    return Folder(place)
