"""A command ends at once, with its code, when everything is said and what was registered for the end is done."""

import subprocess
import sys
from pathlib import Path


def _run(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.argv[1:] = {list(words)}\nfrom goldthread.cli import run\n{before}\nrun()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_everything_is_said_through_a_pipe() -> None:
    told = _run("frameworks")
    whole = subprocess.run(
        [sys.executable, "-m", "goldthread.cli", "frameworks"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == whole.stdout
    assert told.stdout.endswith("\n")


def test_what_cannot_be_used_ends_with_two_and_says_why(tmp_path: Path) -> None:
    told = _run("check", str(tmp_path / "nothing"), "--as", "ssda903", "--year", "2026")
    assert told.returncode == 2
    assert told.stderr.startswith("goldthread check: ")
    assert told.stderr.endswith("\n")


def test_what_was_registered_for_the_end_is_done(tmp_path: Path) -> None:
    left = tmp_path / "left"
    told = _run("frameworks", before=f"import atexit, pathlib\natexit.register(pathlib.Path({str(left)!r}).touch)")
    assert told.returncode == 0
    assert left.exists()
