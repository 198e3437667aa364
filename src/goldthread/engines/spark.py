"""The Spark engine: many submissions on many machines, each worked out by the very process of the local engine.

Spark is given a list of tasks, one to a partition, and no rows. Where a task lands, the Python of that worker keeps one
process of `engines.local` beside it and hands it the task: a task that fails, or that brings its process down, comes
back told by its name, and Spark need not try it again. Whatever tasks and results name must be reachable there.

Only this module knows of PySpark and of Java, and neither is imported before it is asked for.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from goldthread.engines.local import Done, Worker

Task = TypeVar("Task")
Result = TypeVar("Result")

OLDEST_JAVA = 17
"""The oldest Java that this Spark runs on."""

LOCAL = re.compile(r"local(\[.*\])?")
"""The masters that are this machine."""

NO_PYSPARK = (
    "--engine spark needs PySpark, which this copy of Goldthread does not hold. Install it with: "
    ".venv/bin/uv pip install --require-hashes --no-deps -r requirements-spark.lock. Or leave --engine out."
)
NO_JAVA = (
    "--engine spark needs Java {oldest} or newer, and none was found by JAVA_HOME or PATH. On Debian: "
    "apt install default-jre-headless. Or leave --engine out: the local engine needs none."
)
OLD_JAVA = "--engine spark needs Java {oldest} or newer, and {java} is Java {found}. Set JAVA_HOME to a newer one."
STOPPED = (
    "Spark stopped before everything was worked out ({why}). What has been done is kept: run the same command again."
)


class Unusable(Exception):
    """Spark cannot be used here. The message says why and how to mend it."""


class Stopped(Exception):
    """Spark was started and gave up: a machine was lost too often, or the cluster took the work away."""


def must_be_there() -> None:
    """Raises Unusable where PySpark or a Java that is new enough is missing."""
    if find_spec("pyspark") is None:
        raise Unusable(NO_PYSPARK)
    java = _java()
    if java is None:
        raise Unusable(NO_JAVA.format(oldest=OLDEST_JAVA))
    found = _java_version(java)
    if found is not None and found < OLDEST_JAVA:
        raise Unusable(OLD_JAVA.format(oldest=OLDEST_JAVA, java=java, found=found))


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    own = Path(home) / "bin" / "java" if home else None
    return str(own) if own is not None and own.is_file() else shutil.which("java")


def _java_version(java: str) -> int | None:
    """The first number of what a Java calls itself; None where it cannot be read, and Spark then has its own say."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None


def carry_out(
    tasks: Sequence[Task], work: Callable[[Task], Result], *, workers: int, master: str = ""
) -> Iterator[Done[Task, Result]]:
    """Every task, in their order, once all have ended. `work` is a function of a module, and tasks and results plain.

    `master` is the address of a cluster; without one it is this machine, with so many workers. Raises Unusable where
    Spark cannot be started, and Stopped where it gave up.
    """
    if not tasks:
        return
    must_be_there()
    with _context(master or f"local[{max(1, min(workers, len(tasks)))}]") as context:
        try:
            # One task to a partition: who is done with a small authority takes the next, whoever has a large one.
            told = context.parallelize(list(tasks), len(tasks)).map(partial(_one, work)).collect()
        except Exception as error:
            if not type(error).__module__.startswith(("pyspark", "py4j")):
                raise
            raise Stopped(STOPPED.format(why=type(error).__name__)) from None
    yield from told


@contextmanager
def _context(master: str) -> Iterator[Any]:
    """The Spark that is running in this process, which is left running; or else one of our own, which is ended."""
    from pyspark import SparkConf, SparkContext

    running = SparkContext._active_spark_context
    if running is not None:
        yield running
        return
    # Workers are started with the Python that started this, unless a cluster's own is named.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.app.name": "goldthread national",
        "spark.master": master,
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    if LOCAL.fullmatch(master):
        # On one machine nothing listens to another.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    try:
        context = SparkContext(conf=SparkConf().setAll(list(settings.items())))
    except Exception as error:
        raise Unusable(
            f"Spark could not be started at {master} ({type(error).__name__}); what it said is above. "
            "See whether the address is right and the cluster reachable, or leave --engine out."
        ) from error
    try:
        yield context
    finally:
        context.stop()


def _one(work: Callable[[Task], Result], task: Task) -> Done[Task, Result]:
    """A task, where Spark has brought it."""
    result, why = _beside().ask(work, task)
    return Done(task, result, why)


@cache
def _beside() -> Worker:
    """The process beside this worker of Spark's, which ends with it."""
    return Worker({**os.environ, "POLARS_MAX_THREADS": "1"})
