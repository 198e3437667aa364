"""The first door: what `./run` says when something is in its way. Each refusal is one plain sentence."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bench.serving import Client, Server

from tests.once import empty_database

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "run"), *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **environment}
    )


def serve(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    held = {
        **os.environ,
        "GOLDTHREAD_DATA": str(data),
        "GOLDTHREAD_KEYS": str(tmp_path / "keys"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run(
        [sys.executable, "-m", "goldthread.config.serve", "--no-browser", *arguments],
        capture_output=True, text=True, timeout=120, env={**held, **environment}, cwd=ROOT,
    )  # fmt: skip


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("goldthread: ")
    assert "Traceback" not in done.stderr
    return lines[0]


def test_help_names_every_option() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--setup", "--port", "--data", "--empty", "--help"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--prot", "1"], "is not an option"),
        (["--port"], "needs a number"),
        (["--port", "eighty"], "between 1 and 65535"),
        (["--port", "70000"], "between 1 and 65535"),
        (["--data"], "needs a folder"),
        (["--data", "/proc/none"], "cannot be made or written to"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_done(arguments: list[str], says: str) -> None:
    assert says in one_sentence(run(*arguments))


def test_a_taken_port_is_named_with_another_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"--port {port + 1}" in one_sentence(serve(tmp_path, "--port", str(port)))


def test_a_data_folder_in_use_is_refused_with_the_address_of_who_uses_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (data / "in-use").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("http://127.0.0.1:8765/")
        held.flush()
        said = one_sentence(serve_keys(tmp_path, tmp_path / "keys"))
    assert "http://127.0.0.1:8765/" in said
    assert "--data" in said
    assert not (data / "goldthread.sqlite3").exists()


def test_keys_inside_the_data_folder_are_refused(tmp_path: Path) -> None:
    inside = tmp_path / "data" / "keys"
    assert "Put it elsewhere" in one_sentence(serve_keys(tmp_path, inside))


def serve_keys(tmp_path: Path, keys: Path) -> subprocess.CompletedProcess[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return serve(tmp_path, "--port", str(port), GOLDTHREAD_KEYS=str(keys))


def test_a_damaged_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    damaged = b"this is no database" * 400
    (data / "goldthread.sqlite3").write_bytes(damaged)
    assert "database" in one_sentence(serve_keys(tmp_path, tmp_path / "keys"))
    assert (data / "goldthread.sqlite3").read_bytes() == damaged


def test_two_that_start_at_once_from_one_checkout_both_serve_their_pages_whole(tmp_path: Path) -> None:
    two = [Server(tmp_path / name, empty=True) for name in ("one", "other")]
    (tmp_path / "one" / "data").mkdir(parents=True)
    shutil.copy(empty_database(), tmp_path / "one" / "data" / "goldthread.sqlite3")  # what they share is the checkout
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    try:
        with ThreadPoolExecutor() as both:
            list(both.map(Server.start, two))
        for server in two:
            client = Client(server.address)
            page = client.get("/accessibility/").text
            sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
            assert sheets
            assert [client.get(sheet).status for sheet in sheets] == [200] * len(sheets)
            assert list((server.folder / "data" / "static").glob("*.css"))
    finally:
        for server in two:
            server.stop()


def test_what_changed_since_setting_up_is_translated_at_the_next_start(tmp_path: Path) -> None:
    """By a child that may write nothing, and where Python is told to keep nothing, it would be at every import."""
    source, binaries = tmp_path / "src" / "goldthread" / "page.py", tmp_path / ".venv" / "bin"
    for folder in (source.parent, binaries):
        folder.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("nothing\n")
    set_up = (
        f". {ROOT / 'tools' / 'setup.sh'}; "
        'printf "%s-%s" "$(cat "$HERE/$LOCK" "$HERE/pyproject.toml" | cksum | cut -d" " -f1)" "$LOCK" '
        '>"$HERE/.venv/.lock-stamp"; make_environment'
    )
    told = {**os.environ, "HERE": str(tmp_path), "LOCK": "requirements.lock", "PYTHONDONTWRITEBYTECODE": "1"}
    for written_at, text in ((1_700_000_000, "SAYS = 1\n"), (1_700_000_060, "SAYS = 1 + 1 + 1\n")):
        source.write_text(text)
        os.utime(source, (written_at, written_at))
        subprocess.run(["sh", "-c", set_up], env=told, check=True, capture_output=True)
        (kept,) = (source.parent / "__pycache__").glob("page.*.pyc")
        assert int.from_bytes(kept.read_bytes()[12:16], "little") == len(text)  # of which source it is (PEP 552)
