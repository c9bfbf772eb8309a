"""A SQLite file held open: its tables brought up to date, written all or nothing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pilotscore.errors import OutputError, UnreadableInputError
from pilotscore.language import Text, Words, same
from pilotscore.store.schema import APPLICATION_ID, MIGRATIONS

Waiting = Callable[[Words], None]
_PATIENCE, _TOLD_AFTER, _BUSY = 120.0, 1.0, 0.5  # seconds
_WAITING = Text(
    "另一个进程正在写入 {name}，等待中……", "another process is writing to {name}; waiting ..."
)
_STILL_BUSY = Text(
    "{name} 一直被另一个进程占用，未写入；请稍后再试",
    "{name} is still held by another process, and nothing was written; try again later",
)
_NO_STORE = Text(
    "{name} 不是 pilotscore 的轮次库（{why}）", "{name} is no store of pilotscore ({why})"
)
_OTHER = Text("它是另一个程序的 SQLite 文件", "it is a SQLite file of another program")
_EMPTY = Text("它是空的", "it is empty")
_LATER = Text("由更新的版本写出", "a later version wrote it")


class Connection:
    """A SQLite file held open.

    Parameters
    ----------
    path
        The file.
    write
        Whether it is made where there is none.
    waiting
        Is told once where another process writes to it at the moment.
    """

    def __init__(self, path: Path, *, write: bool, waiting: Waiting | None = None) -> None:
        self.name, self._waiting = str(path), waiting
        with self.reporting():
            self._db = _opened(path, write=write)
            try:
                self._prepare(write=write)
            except BaseException:
                self._db.close()
                raise

    def _prepare(self, *, write: bool) -> None:
        empty = self.one("SELECT count(*) FROM sqlite_master") == 0
        if empty and not write:  # whoever reads makes no tables
            raise UnreadableInputError(_NO_STORE.of(name=self.name, why=_EMPTY))
        if not empty and self.one("PRAGMA application_id") != APPLICATION_ID:
            raise UnreadableInputError(_NO_STORE.of(name=self.name, why=_OTHER))
        version = self.one("PRAGMA user_version")
        if version > len(MIGRATIONS):
            raise UnreadableInputError(_NO_STORE.of(name=self.name, why=_LATER))
        self._db.execute("PRAGMA foreign_keys = ON")
        if version < len(MIGRATIONS):
            with suppress(sqlite3.OperationalError):  # a disk that has no shared memory
                self._db.execute("PRAGMA journal_mode = WAL")
            self._migrate()

    def _migrate(self) -> None:
        with self.writing():
            version = self.one("PRAGMA user_version")  # another may have done it meanwhile
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Say in words what SQLite could not do."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OutputError(_NO_STORE.of(name=self.name, why=same(str(error)))) from error
        except sqlite3.DatabaseError as error:
            raise UnreadableInputError(
                _NO_STORE.of(name=self.name, why=same(str(error)))
            ) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all or nothing, after whoever is writing now."""
        self._begin()
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """Take back what was begun; what went wrong before is what is told, and not this."""
        if self._db.in_transaction:  # on a full disk SQLite has taken it back by itself
            with suppress(sqlite3.Error):  # then whoever opens the file next takes it back
                self._db.execute("ROLLBACK")

    def _begin(self) -> None:
        start, said = time.monotonic(), False
        while True:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
            else:
                return
            waited = time.monotonic() - start
            if waited > _PATIENCE:
                raise OutputError(_STILL_BUSY.of(name=self.name))
            if waited > _TOLD_AFTER and not said and self._waiting is not None:
                self._waiting(_WAITING.of(name=self.name))
                said = True

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def rows(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Return the rows of a question, one after another."""
        return self._db.execute(sql, values)

    def one(self, sql: str, *values: Any) -> Any:
        """Return the first value of the first row."""
        return self._db.execute(sql, values).fetchone()[0]

    def is_there(self, sql: str, *values: Any) -> bool:
        """Whether a question has a row."""
        return self._db.execute(sql, values).fetchone() is not None

    def put(self, table: str, *values: Any) -> int:
        """Insert one row and return its number."""
        marks = ", ".join("?" * len(values))
        number = self._db.execute(f"INSERT INTO {table} VALUES ({marks})", values).lastrowid
        assert number is not None  # it was just inserted
        return number

    def put_all(self, table: str, number: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows below a number, one at a time: a million of them stand nowhere at once."""
        first = next(iterator := iter(rows), None)
        if first is None:
            return
        self.put(table, number, *first)
        marks = ", ".join("?" * (len(first) + 1))
        sql = f"INSERT INTO {table} VALUES ({marks})"
        self._db.executemany(sql, ((number, *row) for row in iterator))


def _opened(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open a file; one on a disk that takes no files (which WAL wants to put there) as it is."""
    place = path.absolute().as_uri()
    try:
        return _connected(f"{place}?mode={'rwc' if write else 'rw'}")
    except sqlite3.OperationalError:
        if write or path.with_name(f"{path.name}-wal").exists():
            raise
        return _connected(f"{place}?mode=ro&immutable=1")


def _connected(place: str) -> sqlite3.Connection:
    db = sqlite3.connect(place, uri=True, timeout=_BUSY, isolation_level=None)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _is_busy(error: sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
