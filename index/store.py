"""SQLite, the truth: one file, many readers, one writer at a time, every revision kept."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from index.errors import StoreError

FILE = "kb.sqlite3"
WAIT_SECONDS = 60.0
_LOOK = 0.005  # seconds between two looks whether another writer has ended


class Store:
    """The database of one knowledge base; a connection per thread, safe between processes.

    Raises StoreError when the folder cannot be made, the file is no database, or it was
    written by a newer version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._local = threading.local()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"cannot open the knowledge base {self.path}: {error}; "
                "check the folder's rights and free space, or name another with --data"
            ) from error

    def read(self) -> sqlite3.Connection:
        """This thread's connection, rows by name; reading never waits for a writer."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            connection.row_factory = sqlite3.Row
            # FULL: what was reported as kept survives a power cut, not only a kill.
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            self._local.connection = connection
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept when the block ends, none of it on an error.

        Waits up to a minute for another writer; may be entered again inside itself.
        """
        connection = self.read()
        if connection.in_transaction:
            yield connection
            return
        self._begin(connection)
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Become the writer. SQLite's own waiting looks every tenth of a second in the end, and
        a long import would be back at work before; this one looks more often."""
        end = time.monotonic() + WAIT_SECONDS
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if time.monotonic() > end or not _is_busy(error):
                        raise StoreError(
                            f"{self.path} is being written by another process: {error}; "
                            "try again later"
                        ) from error
                time.sleep(_LOOK)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000:.0f}")

    def give_way(self) -> None:
        """Let who waits write; for long work, between its transactions."""
        time.sleep(2 * _LOOK)

    def next_stamp(self) -> int:
        """The next number of the change counter; call it inside `write`."""
        row = (
            self.read()
            .execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'stamp' "
                "RETURNING CAST(value AS INTEGER)"
            )
            .fetchone()
        )
        return int(row[0])

    def stamp(self) -> int:
        """The number of the latest change."""
        return int(self.meta("stamp") or 0)

    def meta(self, key: str) -> str | None:
        """A named value of the knowledge base, or None."""
        row = self.read().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def keep_meta(self, key: str, value: str) -> None:
        """Set a named value of the knowledge base."""
        with self.write() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _migrate(self) -> None:
        connection = self.read()
        steps = migrations()
        done = _version(connection)
        if steps and done > steps[-1][0]:
            raise StoreError(
                f"{self.path} was written by a newer version (schema {done}); update this program"
            )
        if not steps or done == steps[-1][0]:
            return
        with self.write():
            # Another process may have migrated while this one waited.
            for number, script in steps:
                if number > _version(connection):
                    for statement in _statements(script):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {number}")


def migrations() -> list[tuple[int, str]]:
    """The schema's steps, (number, SQL), in order."""
    folder = files("index") / "migrations"
    found = [item for item in folder.iterdir() if item.name.endswith(".sql")]
    return sorted((int(item.name[:4]), item.read_text(encoding="utf-8")) for item in found)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """One statement at a time: `executescript` would commit the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # The extended codes of "busy" and "locked" have the plain one in their last byte.
    return (error.sqlite_errorcode or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
