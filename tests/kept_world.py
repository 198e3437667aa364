"""The world of `tests.world`, made once for a run of the tests and copied for each module that asks for it.

Kept are the database as it was when the last action was done, the files that were sealed meanwhile, the world itself,
and what was logged while it was made: a module that reads the log reads that too.
"""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, connect

from django.conf import settings
from django.db import connection, transaction

from tests.world import World, build


@dataclass(frozen=True)
class Kept:
    """A folder with a world in it. Workers side by side share it: the first makes the world, the others wait."""

    folder: Path

    @property
    def made(self) -> bool:
        return (self.folder / "world").exists()

    def make(self, logged: list[str]) -> None:
        """Make the world in the empty database, keep it, and leave the database empty."""
        there, began = _files(settings.DATA), len(logged)
        with emptied_afterwards():
            with transaction.atomic():
                world = build()
                connection.run_on_commit = []  # what waits for a commit has never been done in the tests' world
            copy(_database(), self.folder / "database")
        for name in _files(settings.DATA) - there:
            kept = self.folder / "files" / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(settings.DATA / name, kept)
        part = self.folder / "part"
        part.write_bytes(pickle.dumps((world, logged[began:])))
        part.rename(self.folder / "world")
        del logged[began:]

    @contextmanager
    def copied(self, logged: list[str]) -> Iterator[World]:
        """The world in the database and on the disk of this process, gone again afterwards."""
        world, said = pickle.loads((self.folder / "world").read_bytes())
        logged += said
        if (self.folder / "files").exists():
            shutil.copytree(self.folder / "files", settings.DATA, dirs_exist_ok=True)
        with emptied_afterwards():
            copy(self.folder / "database", _database())
            with transaction.atomic():
                yield world
                transaction.set_rollback(True)


@contextmanager
def emptied_afterwards() -> Iterator[None]:
    """Bring the database back to what it holds now."""
    before = connect(":memory:")
    copy(_database(), before)
    try:
        yield
    finally:
        copy(before, _database())
        before.close()


def copy(source: Connection | Path, target: Connection | Path) -> None:
    """Write a whole database over another, its triggers and counters with it."""
    opened = [connect(one) if isinstance(one, Path) else one for one in (source, target)]
    opened[0].backup(opened[1])
    for given, one in zip((source, target), opened, strict=True):
        if given is not one:
            one.close()


def _database() -> Connection:
    connection.ensure_connection()
    held: Connection = connection.connection
    return held


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
