"""The sandbox's limits: a child that spins, grows, floods, dies or lies is ended and explained; the caller lives."""

import os
import resource
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.readers.books import all_lists, xlsx

from goldthread.engines import sandbox
from goldthread.engines.documents import TEXTS, read_document
from goldthread.engines.sandbox import Limits, read_safely
from goldthread.kernel.reading import Refused

Children = Callable[[str], None]


@pytest.fixture
def child_that(monkeypatch, tmp_path) -> Children:
    """Make the sandbox start a child that sets its limits as the true one does, and then does something else."""

    def does(what: str) -> None:
        source = tmp_path / "child.py"
        source.write_text(
            "import os, resource, signal, sys, time\n"
            "from goldthread.readers.__main__ import set_limits\n"
            "set_limits(*(int(argument) for argument in sys.argv[1:]))\n" + textwrap.dedent(what)
        )
        start = sandbox.subprocess.Popen

        def swapped(command: list[str], **options: object) -> object:
            return start([sys.executable, "-I", str(source), *command[4:]], **options)

        monkeypatch.setattr(sandbox.subprocess, "Popen", swapped)

    return does


@pytest.fixture
def sent(tmp_path) -> Path:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(xlsx(all_lists(1)))
    return path


def refused(sent: Path, **limits: float) -> Refused:
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        read_safely(sent, limits=Limits(**limits))
    assert time.monotonic() - started < 10
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return caught.value


def test_a_child_that_spins_is_ended_by_its_processor_time(child_that, sent):
    child_that("while True: pass")
    assert refused(sent, cpu_seconds=1).code in ("time", "memory")


def test_a_child_that_waits_is_ended_by_the_clock(child_that, sent):
    child_that("time.sleep(60)")
    assert refused(sent, wall_seconds=0.5).code == "time"


def test_a_child_that_closes_its_answer_and_waits_is_ended_too(child_that, sent):
    child_that("os.close(1); time.sleep(60)")
    assert refused(sent, wall_seconds=0.5).code == "time"


def test_a_child_that_grows_gets_no_more_memory(child_that, sent):
    child_that("""
        try:
            held = bytearray(900_000_000)
        except MemoryError:
            os._exit(137)
    """)
    assert refused(sent, memory_bytes=300_000_000).code == "memory"


def test_a_child_that_floods_is_cut_off(child_that, sent):
    child_that("while True: os.write(1, bytes(100_000))")
    assert refused(sent, answer_bytes=1_000_000).code == "answer"


@pytest.mark.parametrize(
    "way", ["os.abort()", "os.kill(os.getpid(), signal.SIGSEGV)", "os._exit(1)", "raise ValueError"]
)
def test_a_child_that_dies_is_explained(child_that, sent, way):
    child_that(way)
    told = refused(sent)
    assert told.code == "crash"
    assert "could not be opened safely" in told.reason


@pytest.mark.parametrize(
    "answer", ["b''", "b'goldthread-refused-1\\nnot json'", "b'goldthread-reading-1\\n'", "b'rubbish' * 9"]
)
def test_an_answer_that_is_none_is_a_refusal(child_that, sent, answer):
    child_that(f"os.write(1, {answer})")
    assert refused(sent).code == "crash"


def test_a_child_can_write_no_file_and_keeps_no_secret_of_ours(child_that, sent, tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_SECRET", "x")
    there = tmp_path / "written"
    child_that(f"""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        problems = []
        try:
            held = open({str(there)!r}, "wb", buffering=0)
            held.write(b"x")
            problems.append("wrote")
        except OSError:
            pass
        if "GOLDTHREAD_SECRET" in os.environ or os.getcwd() != "/":
            problems.append("knows")
        if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0) or resource.getrlimit(resource.RLIMIT_NOFILE)[1] > 32:
            problems.append("loose")
        os._exit(bool(problems))
    """)
    assert refused(sent).code == "crash"
    assert not there.exists() or there.stat().st_size == 0


def test_what_a_child_started_is_ended_with_it(child_that, sent, tmp_path):
    child_that("""
        if os.fork() == 0:
            time.sleep(30)
        os._exit(0)
    """)
    started = time.monotonic()
    with pytest.raises(Refused):
        read_safely(sent, limits=Limits(wall_seconds=1))
    assert time.monotonic() - started < 8


def test_the_true_child_reads_the_same_as_reading_here(sent):
    from goldthread.readers import read

    here, there = read(sent), read_safely(sent)
    assert there.row_counts == here.row_counts
    assert there.sheets == here.sheets
    assert all(there.tables[name].equals(here.tables[name]) for name in here.tables)
    assert there.notes.equals(here.notes)


def test_too_little_memory_for_the_parsers_is_a_refusal_and_no_more(sent):
    assert refused(sent, memory_bytes=150_000_000).code in ("crash", "memory")


def test_the_name_of_the_file_is_never_passed_on(monkeypatch, tmp_path):
    path = tmp_path / "--help; $(touch x) \u202e.xlsx"
    path.write_bytes(xlsx(all_lists(1)))
    seen: list[list[str]] = []
    start = sandbox.subprocess.Popen

    def noted(command: list[str], **options: object) -> object:
        seen.append(command)
        return start(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", noted)
    assert read_safely(path).rows == 11
    assert not [part for part in seen[0] if "help" in part]


def test_a_file_that_is_not_there_is_the_caller_s_own_mistake(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_safely(tmp_path / "nowhere.xlsx")


def test_many_at_once_are_all_answered(sent):
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(read_safely(sent).rows)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [11] * 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


def test_a_folder_is_as_big_as_its_files_together(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    for name in ("contacts.csv", "referrals.csv"):
        (folder / name).write_text("Child Unique ID\n" + "x\n" * 300, encoding="utf-8")

    with pytest.raises(Refused) as caught:
        read_safely(folder, limits=Limits(file_bytes=1_000))

    assert (caught.value.code, caught.value.reason) == (
        "file", "The files of this folder are together bigger than lists or a return should be.",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["a workbook of lists", "a text"])
def test_what_a_child_reserves_leaves_most_of_what_it_may_have(kind, sent, tmp_path, monkeypatch):
    """A heap for each thread that happened to start took up to 1.2 GB of address space: a good file failed at times."""
    monkeypatch.setattr(sandbox, "_ROOM", threading.BoundedSemaphore(8))
    text = tmp_path / "minutes.txt"
    text.write_text("x" * 700_000)

    def read(_: int) -> int:
        if kind == "a text":
            few = Limits(memory_bytes=500_000_000, module=TEXTS.module)
            return len(read_document(text, "txt", most_pages=10, limits=few).pages[0].text)
        return read_safely(sent, limits=Limits(memory_bytes=500_000_000)).rows

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(read, range(24))) == ({700_000} if kind == "a text" else {11})
