"""The local engine: many submissions on one machine, each worked out in a process beside others.

What is worked out, and where its result lies, is the caller's; this only sees that every task is tried, that one which
fails or brings its process down is told by its name, and that the others go on. Each thread here holds one process and
hands it one task at a time, so that it is known which task a process died of.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import BinaryIO, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

FAILED = "It could not be worked out: the program met something that it does not provide for ({})."
"""Said of a task that failed; the kind of the error alone, for its words may hold cells of a file."""

DIED = "It could not be worked out: its process was ended, most likely for want of memory."
"""Said of a task that brought its process down."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Task, Result]):
    """A task, and its result or why there is none."""

    task: Task
    result: Result | None
    why: str = ""


def carry_out(tasks: Sequence[Task], work: Callable[[Task], Result], *, workers: int) -> Iterator[Done[Task, Result]]:
    """Every task, as it ends, in whatever order. `work` is a function of a module, and tasks and results are plain."""
    idle: SimpleQueue[Worker] = SimpleQueue()
    many = max(1, min(workers, len(tasks)))
    pool = ThreadPoolExecutor(max_workers=many)
    # Each of many at once takes one thread: more would only stand in each other's way.
    own = {"POLARS_MAX_THREADS": "1"} if many > 1 else {}
    every = [Worker({**os.environ, **own}) for _ in range(many)]
    for each in every:
        idle.put(each)

    def one(task: Task) -> Done[Task, Result]:
        worker = idle.get()
        try:
            result, why = worker.ask(work, task)
        finally:
            idle.put(worker)
        return Done(task, result, why)

    futures: list[Future[Done[Task, Result]]] = [pool.submit(one, task) for task in tasks]
    try:
        for future in as_completed(futures):
            yield future.result()
    finally:
        # Who breaks off does not wait for what was not begun.
        pool.shutdown(cancel_futures=True)
        for each in every:
            each.end()


class Worker:
    """One process that works out tasks one after the other; where it has died, the next task starts another."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, work: Callable[[Task], Result], task: Task) -> tuple[Result | None, str]:
        """The result of a task, or why there is none."""
        process = self._started()
        if process.stdin is None or process.stdout is None:
            return None, DIED
        try:
            pickle.dump((work, task), process.stdin)
            process.stdin.flush()
            answer: tuple[Result | None, str] = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self.end()
            return None, DIED
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
                [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=self._environment,
            )  # fmt: skip
        return self._process

    def end(self) -> None:
        """End the process, if there is one: when nothing more is asked, it ends of itself."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._process = None


def _serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Work out what is asked until there is no more to read."""
    while True:
        try:
            work, task = pickle.load(asked)  # noqa: S301 - the process that started this one wrote it
        except EOFError:
            return
        try:
            answer = (work(task), "")
        except Exception as error:  # one submission must not stop the rest; its kind is told, and no more
            answer = (None, FAILED.format(type(error).__name__))
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    # Answers go where standard output went; whatever else is written there must not get among them.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        with suppress(KeyboardInterrupt, BrokenPipeError):
            _serve(sys.stdin.buffer, out)
