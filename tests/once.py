"""What is made once and used by many: by all that run side by side, or by every run until it would differ."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".goldthread" / "tests"


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a folder while something is made in it; who comes meanwhile waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def of_this_run(temporary: pytest.TempPathFactory, name: str) -> Path:
    """A folder that all workers of this run share."""
    base = temporary.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name


def empty_database() -> Path:
    """A database with every table and no row of anybody's, as all migrations leave it.

    To run them takes longer than most files of tests do. It is made anew whenever a migration or a package differs.
    """
    said = hashlib.sha256()
    for path in [*sorted((ROOT / "src/goldthread/apps").glob("*/migrations/*.py")), ROOT / "requirements.lock"]:
        said.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    kept = KEPT / f"empty-{said.hexdigest()[:20]}.sqlite3"
    with one_at_a_time(KEPT):
        if not kept.exists():
            for old in KEPT.glob("empty-*.sqlite3"):
                old.unlink()
            _migrate(kept)
    return kept


def _migrate(kept: Path) -> None:
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        place = Path(folder)
        (place / "data").mkdir()
        told = {
            "GOLDTHREAD_DATA": str(place / "data"), "GOLDTHREAD_KEYS": str(place / "keys"),
            "DJANGO_SETTINGS_MODULE": "goldthread.config.settings", "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, check=True)
        shutil.copy(place / "data" / "goldthread.sqlite3", place / "whole")
        (place / "whole").rename(kept)
