"""Untrusted files, read in a child process that may fail without harm.

A parser can be made to ask for more memory than there is, to run for ever, or to stop the process it runs in; no
exception handler helps against that. So the file is opened here and handed to a child that has little memory, little
time, no file to write and an empty environment, and whatever becomes of the child, the caller gets a reading or a
refusal in plain English. A folder of files is handed over as one, open. The reader is started by its name: engines and
readers do not know each other. What is heavy to import is imported while the child does its own work.
"""

import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from goldthread.kernel.corrections import NONE, Corrections, to_bytes
from goldthread.kernel.refusal import Refused

if TYPE_CHECKING:
    from goldthread.kernel.reading import Reading

T = TypeVar("T")

REFUSED = b"goldthread-refused-1\n"

_TO_UNDERSTAND = ("goldthread.kernel.reading",)  # what an answer is made into a reading with

SMALLER = (
    "Copy the lists as plain values into a new workbook, without other sheets, formats or formulas, save it as .xlsx, "
    "and send that file; of a return, send the files of one authority and one year alone."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of address space, processor and wall-clock seconds, open files, bytes of answer.

    Address space is not memory used: measured, Polars and its allocator reserve 260 MB before they read anything, and
    a workbook of 39,000 rows takes 700 MB of it while 125 MB are in use, and one of 100,000 rows of the widest list,
    which is about all the guard lets through, less than 1,500 MB. `module` names what is run.
    """

    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    files: int = 32
    answer_bytes: int = 128_000_000
    file_bytes: int = 100_000_000
    module: str = "goldthread.readers"

    def to_check(self) -> "Limits":
        """The same for a child that checks what it reads: the rules take room beside the tables, and tell much."""
        return replace(
            self,
            memory_bytes=3 * self.memory_bytes,
            cpu_seconds=3 * self.cpu_seconds,
            wall_seconds=3 * self.wall_seconds,
            answer_bytes=20 * self.answer_bytes,
        )


DEFAULT = Limits()


def limits_for(file_bytes: int) -> Limits:
    """Limits for files of up to so many bytes: time and memory grow with the size, and are never less than usual."""
    times = max(file_bytes / DEFAULT.file_bytes, 1.0)
    return Limits(
        memory_bytes=int(500_000_000 + times * (DEFAULT.memory_bytes - 500_000_000)),
        cpu_seconds=int(times * DEFAULT.cpu_seconds),
        wall_seconds=times * DEFAULT.wall_seconds,
        answer_bytes=int(times * DEFAULT.answer_bytes),
        file_bytes=file_bytes,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the files should be: of which form, and of which collection year. None where the files are to tell.

    `published` asks for a file of published figures in place of a form (`engines.published`); `pages` is how many pages
    of a document are read at most (`engines.documents`). `mends` are the codes of mends, parted by commas, of which the
    child then tells the changes in place of a reading (`kernel.mends`), and with any `copy` the files as well.
    `draw` and `see` are the number of a page of a document that is drawn, `side` pixels long, or whose picture is read
    by the models of `languages` (`engines.page_pictures`); `places`, `burn`, `ruler` and `sound` are for taking
    passages out of pages (`engines.redacting`). With `report` a return is checked where it is read, and what is told of
    it is written so (csv, json): `today` is the day, `as_at` the one that is asked of, `settings` the limits that are
    changed (name:number, parted by commas) and `only` the codes of the rules (`report_safely`).
    """

    form: str | None = None
    year: int | None = None
    published: str | None = None
    pages: int | None = None
    mends: str | None = None
    copy: str | None = None
    draw: int | None = None
    side: int | None = None
    see: int | None = None
    languages: str | None = None
    places: int | None = None
    burn: int | None = None
    ruler: int | None = None
    sound: int | None = None
    report: str | None = None
    today: str | None = None
    as_at: str | None = None
    settings: str | None = None
    only: str | None = None

    def words(self) -> list[str]:
        """The same as arguments for the child."""
        said = {
            "form": self.form, "year": self.year, "published": self.published, "pages": self.pages,
            "mends": self.mends, "copy": self.copy, "draw": self.draw, "side": self.side, "see": self.see,
            "languages": self.languages, "places": self.places, "burn": self.burn, "ruler": self.ruler,
            "sound": self.sound, "report": self.report, "today": self.today, "as_at": self.as_at,
            "settings": self.settings, "only": self.only,
        }  # fmt: skip
        return [f"{name}={value}" for name, value in said.items() if value is not None]


ANYTHING = Asked()

_ONE_HEAP = {"MALLOC_ARENA_MAX": "1", "_RJEM_MALLOC_CONF": "narenas:1"}
"""The child's whole environment: one heap each for the system's library and the data frames. Each thread would else
reserve 64 MB: from 0.4 to 1.2 GB of address space before anything is read, so that a good file was refused at times."""

_ROOM = threading.BoundedSemaphore(max(1, os.cpu_count() or 1))
"""No more children at once than there are processors: a crowd of big files waits instead of filling the memory."""


def _refuse_memory() -> Refused:
    return Refused("This file needs more memory than a workbook of lists or a return should.", SMALLER, code="memory")


def _refuse_time() -> Refused:
    return Refused("This file took too long to read.", SMALLER, code="time")


def _refuse_crash() -> Refused:
    return Refused("This file could not be opened safely.", SMALLER, code="crash")


def _refuse_answer() -> Refused:
    return Refused("This file holds more than can be read in one go.", SMALLER, code="answer")


def _explain(status: int) -> Refused:
    """What the way a child ended tells. Killed for time and killed for memory are told apart where they can be."""
    if status in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        return _refuse_time()
    if status in (-signal.SIGKILL, 128 + signal.SIGKILL):
        return _refuse_memory()
    return _refuse_crash()


@contextmanager
def _handed_over(said: bytes) -> Iterator[int | None]:
    """An open file without a name that holds what is said beside the file, for the child to inherit; none for nothing.

    It is no argument: those can be read by every process of the machine.
    """
    if not said:
        yield None
        return
    in_memory = hasattr(os, "memfd_create")
    with os.fdopen(os.memfd_create("said"), "w+b") if in_memory else import_module("tempfile").TemporaryFile() as held:
        held.write(said)
        held.seek(0)
        yield held.fileno()


def _start(descriptor: int, limits: Limits, asked: Asked, said: int | None) -> subprocess.Popen[bytes]:
    """The child, in a session of its own to be ended with all it started; the open file is its standard input.

    Python does not start with a folder as standard input: an open folder keeps its number and is named by it.
    """
    arguments = [str(limits.memory_bytes), str(limits.cpu_seconds), str(limits.files), *asked.words()]
    if limits.file_bytes > DEFAULT.file_bytes:
        arguments.append(f"most={limits.file_bytes}")
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    if folder:
        arguments.append(f"folder={descriptor}")
    if said is not None:
        arguments.append(f"corrections={said}")
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module; the file's name is not passed
        [sys.executable, "-I", "-m", limits.module, *arguments],
        stdin=subprocess.DEVNULL if folder else descriptor,
        pass_fds=(*([descriptor] if folder else []), *([said] if said is not None else [])),
        stdout=subprocess.PIPE,
        pipesize=1 << 20,
        stderr=subprocess.DEVNULL,
        env=_ONE_HEAP,
        cwd="/",
        start_new_session=True,
    )


def _await_end(child: subprocess.Popen[bytes], until: float) -> None:
    """Wait until the child has ended of itself, but leave it listed, so that its group cannot be taken for another."""
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > until:
            raise _refuse_time()
        time.sleep(0.002)


def _end(child: subprocess.Popen[bytes]) -> int:
    """End the child and everything it started, wait until it is gone, and tell how it ended."""
    if child.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    status = child.wait()
    if child.stdout is not None:
        child.stdout.close()
    return status


def _pieces(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """The child's answer as it comes, and then its end.

    Raises Refused where it takes too long or says too much, or did not end well; the child is ended by the caller.
    """
    out = child.stdout
    if out is None:
        raise _refuse_crash()
    until = time.monotonic() + limits.wall_seconds
    size = 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(out, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not waiting.select(left):
                raise _refuse_time()
            piece = os.read(out.fileno(), 1 << 20)
            if not piece:
                break
            size += len(piece)
            if size > limits.answer_bytes:
                raise _refuse_answer()
            yield piece
    _await_end(child, until)
    status = _end(child)
    if status != 0:
        raise _explain(status)


def _gather(child: subprocess.Popen[bytes], limits: Limits) -> bytes:
    return b"".join(_pieces(child, limits))


def _understand(answer: bytes, make: Callable[[bytes], T]) -> T:
    if answer.startswith(REFUSED):
        told = json.loads(answer[len(REFUSED) :])
        raise Refused(str(told["reason"]), str(told["mend"]), code=str(told["code"]))
    return make(answer)


def _reading(answer: bytes) -> "Reading":
    from goldthread.kernel.reading import from_bytes

    return from_bytes(answer)


def read_safely(
    path: Path | str,
    *,
    limits: Limits = DEFAULT,
    asked: Asked = ANYTHING,
    corrections: Corrections = NONE,
    fetch: Sequence[str] = (),
) -> "Reading":
    """The reading of a file, or a folder of files, from outside, made in a child process within limits.

    What the corrections say that a value means is asked first. `fetch` are modules that the caller will need: they are
    imported while the child reads.

    Raises Refused, in plain English and without a word of the file, for everything the file may do; OSError only
    where the file itself cannot be opened. Writes nothing to disk and leaves no process behind.
    """
    with _ROOM:
        return _read(path, _reading, limits, asked, _said(corrections), (*_TO_UNDERSTAND, *fetch))


def made_safely(
    path: Path | str,
    make: Callable[[bytes], T],
    *,
    limits: Limits = DEFAULT,
    asked: Asked = ANYTHING,
    corrections: Corrections = NONE,
    said: bytes = b"",
) -> T:
    """What `make` makes of the child's answer about a file. Raises as `read_safely` does.

    `said` is handed to the child in the place of corrections, where what it does needs more than the file.
    """
    with _ROOM:
        return _read(path, make, limits, asked, said or _said(corrections))


def _said(corrections: Corrections) -> bytes:
    return to_bytes(corrections) if corrections else b""


def _refuse_too_big(descriptor: int, limits: Limits) -> None:
    """Raises Refused where an open file, or the files of an open folder together, hold more bytes than may be read."""
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        if os.fstat(descriptor).st_size > limits.file_bytes:
            raise Refused("This file is bigger than a workbook of lists or a return should be.", SMALLER, code="file")
        return
    with os.scandir(descriptor) as inside:
        whole = sum(each.stat().st_size for each in inside if each.is_file(follow_symlinks=False))
    if whole > limits.file_bytes:
        raise Refused(
            "The files of this folder are together bigger than lists or a return should be.", SMALLER, code="file"
        )


def _read(
    path: Path | str,
    make: Callable[[bytes], T],
    limits: Limits,
    asked: Asked,
    said: bytes,
    fetch: Sequence[str] = (),
) -> T:
    with _started(path, limits, asked, said) as child:
        for module in fetch:
            import_module(module)
        return _understand(_gather(child, limits), make)


@contextmanager
def _started(path: Path | str, limits: Limits, asked: Asked, said: bytes = b"") -> Iterator[subprocess.Popen[bytes]]:
    """A child that reads a file, ended at last. What is made of its answer and is no answer is refused."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _refuse_too_big(descriptor, limits)
        with _handed_over(said) as handed:
            child = _start(descriptor, limits, asked, handed)
    finally:
        os.close(descriptor)
    try:
        yield child
    except (ValueError, KeyError, TypeError):
        raise _refuse_crash() from None
    finally:
        _end(child)


def report_safely(
    path: Path | str,
    write: Callable[[bytes], object],
    *,
    limits: Limits = DEFAULT,
    asked: Asked,
    meanwhile: Callable[[], object] = lambda: None,
) -> dict[str, Any]:
    """What a child tells of a return that it read and checked; its issues are written as they come.

    `write` gets the text of the issues in pieces. Where Refused is raised after some of them, they are not the whole.
    `meanwhile` is done while the child works. Raises as `read_safely` does.
    """
    with _ROOM, _started(path, limits, asked) as child:
        meanwhile()
        held = bytearray()
        told: dict[str, Any] | None = None
        for piece in _pieces(child, limits):
            if told is not None:
                write(piece)
                continue
            held += piece
            end = _LENGTH + int.from_bytes(held[:_LENGTH], "big")
            if held.startswith(REFUSED[:_LENGTH]) or len(held) < end:
                continue
            told = json.loads(held[_LENGTH:end])
            write(bytes(held[end:]))
        if told is None:
            return _understand(bytes(held), _no_report)
        return told


_LENGTH = 8
"""So many bytes say how long the first part of a report is; a refusal begins with other bytes."""


def _no_report(_: bytes) -> dict[str, Any]:
    raise ValueError("the report is cut short")
