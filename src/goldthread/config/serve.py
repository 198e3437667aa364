"""Starts the whole application on this machine: database, worker and web server, in one process tree.

Called by `./run`. Ctrl-C or SIGTERM stops everything; whatever was acknowledged is on disk already.
"""

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RESERVE_BYTES = 200 * 1024 * 1024


def main(arguments: list[str] | None = None) -> int:
    """Prepare, start, wait. Every refusal is one plain sentence and exit code 1."""
    options = _options(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    os.environ.setdefault("GOLDTHREAD_LOCAL", "1")
    os.umask(0o077)  # the database and the sealed files are for this account of the machine only
    data = Path(os.environ.setdefault("GOLDTHREAD_DATA", str(ROOT / ".goldthread" / "data")))
    data.mkdir(parents=True, exist_ok=True)
    if sentence := _cannot_listen(options.port) or _no_room(data):
        return _refuse(sentence)
    with _alone(data, options.port) as other:
        return _refuse(other) if other else _serve(options)


def _serve(options: argparse.Namespace) -> int:
    import django
    from django.core.management import CommandError
    from django.db import DatabaseError

    from goldthread.config.refusal import CannotStart

    try:
        django.setup()
        _prepare(options.empty, options.full_size)
    except (CannotStart, CommandError) as refusal:
        return _refuse(str(refusal))
    except DatabaseError:
        return _refuse(
            "the database could not be opened or brought up to date. Is the disk full, or the folder read-only?"
        )
    _announce(options)
    return _run(options)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--full-size", action="store_true")
    parser.add_argument("--no-browser", action="store_true")
    return parser.parse_args(arguments)


def _refuse(sentence: str) -> int:
    print(f"goldthread: {sentence}", file=sys.stderr)
    return 1


def _cannot_listen(port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return f"port {port} may only be used by the system. Choose one above 1023: ./run --port 8080"
        except OSError:
            return f"port {port} is taken by another program. Choose another: ./run --port {port + 1}"
    return ""


@contextmanager
def _alone(data: Path, port: int) -> Iterator[str]:
    """Holds the data folder while this runs; gives a sentence where another application holds it already.

    The lock goes with the process, however that ends, so nothing need be cleared away after a crash.
    """
    with (data / "in-use").open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.seek(0)
            yield (
                f"another Goldthread is using {data} already: {held.read().strip() or 'it is still starting'}. "
                "Stop it first, or choose another folder with --data."
            )
            return
        held.truncate(0)
        held.write(f"http://127.0.0.1:{port}/\n")
        held.flush()
        yield ""


def _no_room(data: Path) -> str:
    free = os.statvfs(data)
    if free.f_bavail * free.f_frsize < RESERVE_BYTES:
        return (
            f"the disk under {data} has less than 200 MB free. Free some space, or choose another folder with --data."
        )
    return ""


def _prepare(empty: bool, full_size: bool) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not empty:
        call_command("demonstration", if_empty=True, full_size=full_size)


def _announce(options: argparse.Namespace) -> None:
    from goldthread.config import demonstration

    address = f"http://127.0.0.1:{options.port}/"
    print(f"\nGoldthread is at {address}  (Ctrl-C stops it)\n", flush=True)
    for line in demonstration.sign_ins():
        print(line, flush=True)
    if not options.no_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        threading.Thread(target=_open_when_up, args=(options.port, address), daemon=True).start()


def _open_when_up(port: int, address: str) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.1)


def _run(options: argparse.Namespace) -> int:
    web = [
        sys.executable, "-m", "gunicorn", "goldthread.config.wsgi", "--bind", f"127.0.0.1:{options.port}",
        "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--graceful-timeout", "20", "--timeout", "120",
        "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    work = [sys.executable, str(ROOT / "manage.py"), "work"]
    children = [subprocess.Popen(command, cwd=ROOT) for command in (web, work)]  # noqa: S603 - our own programs
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not stopping.wait(0.5):
        if children[0].poll() is not None:
            break
        if children[1].poll() is not None:
            # A worker that died is replaced: what it had claimed is tried again, and the pages never stop.
            children[1] = subprocess.Popen(work, cwd=ROOT)  # noqa: S603
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        child.wait(timeout=30)
    return 0 if stopping.is_set() else _refuse("the web server stopped by itself; what it said is above.")


if __name__ == "__main__":
    sys.exit(main())
