"""The Spark engine, in local mode: it says what the local engine says, frame for frame, of the whole and the broken."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.cli.submissions import ran
from tests.cli.test_national import Capture, nation, rows
from tests.engines.test_local import half

from goldthread.engines import local, spark

__all__ = ["nation"]

needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or spark._java() is None,
    reason="Spark needs PySpark (requirements-spark.lock) and Java (default-jre-headless); ./test sets both up",
)
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning:pyspark.*", "ignore::DeprecationWarning:pyspark.*")


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    """One Spark for every test here: to start it costs more than what it is asked."""
    with spark._context("local[2]") as context:
        yield context


def frames(out: Path) -> dict[str, pl.DataFrame]:
    """Everything that a run wrote for somebody to read, as frames, by the name of the file."""
    told = {str(path.relative_to(out)): pl.read_csv(path, infer_schema=False) for path in sorted(out.rglob("*.csv"))}
    return dict(sorted(told.items()))


@needs_spark
def test_both_engines_say_the_same_frame_for_frame(running: Any, nation: Path, tmp_path: Path, capsys: Capture) -> None:
    """Three authorities and a broken census; then again by the other engine, which finds everything done."""
    asked = ("national", nation, "--year", "2026", "--workers", "2")
    one = ran(capsys, *asked, "--out", tmp_path / "local")
    other = ran(capsys, *asked, "--out", tmp_path / "spark", "--engine", "spark")
    assert (one.code, other.code) == (1, 1), "the broken census is reported by both"
    assert "892 Nottingham cin could not be used: " in other.err
    assert "3 of 4 submissions of 3 authorities could be used." in other.err
    here, there = frames(tmp_path / "local"), frames(tmp_path / "spark")
    assert list(here) == list(there)
    assert len(here) >= 9 and here["measures.csv"].height > 20
    for name, frame in here.items():
        assert_frame_equal(frame, there[name])
    for part in (tmp_path / "local" / "parts").glob("8*.json"):
        assert part.read_bytes() == (tmp_path / "spark" / "parts" / part.name).read_bytes()
    again = ran(capsys, *asked, "--out", tmp_path / "spark")
    assert "3 submissions were done before" in again.err
    assert {name: frame.height for name, frame in frames(tmp_path / "spark").items()} == {
        name: frame.height for name, frame in there.items()
    }


@needs_spark
def test_one_that_dies_and_one_that_fails_are_told_and_the_others_go_on(running: Any) -> None:
    tasks = [2, 13, 4, 7, 6]
    by_spark = list(spark.carry_out(tasks, half, workers=2))
    assert [each.task for each in by_spark] == tasks
    by_local = {each.task: each for each in local.carry_out(tasks, half, workers=2)}
    assert {each.task: each for each in by_spark} == by_local
    assert by_local[13].why == local.DIED and by_local[4].result == 2


@needs_spark
def test_a_worker_with_another_program_or_without_the_store_is_told(
    running: Any, nation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("goldthread.cli.national.program", lambda: "another")
    told = ran(capsys, "national", nation, "--year", "2026", "--out", tmp_path / "out", "--engine", "spark")
    assert told.code == 1
    assert {row["used"] for row in rows(tmp_path / "out" / "submissions.csv")} == {"false"}
    assert "another version of Goldthread" in told.err
    assert [path.name for path in (tmp_path / "out" / "parts").iterdir()] == ["of.json"], "nothing of it is kept"


@needs_spark
def test_where_spark_gives_up_it_is_told_and_what_is_done_is_kept(running: Any) -> None:
    with pytest.raises(spark.Stopped, match="What has been done is kept: run the same command again"):
        list(spark.carry_out([2], lambda number: number, workers=1))  # nothing that a process beside could be handed


@needs_spark
def test_executors_of_their_own_say_the_same(nation: Path, tmp_path: Path, capsys: Capture) -> None:
    """Spark's rehearsal of a cluster: two executors, each a Java and a Python of its own, started by the command."""
    asked = ["national", str(nation), "--year", "2026"]
    assert ran(capsys, *asked, "--workers", "2", "--out", tmp_path / "local").code == 1
    out = ["--out", str(tmp_path / "cluster"), "--engine", "spark", "--master", "local-cluster[2,1,1024]"]
    told = subprocess.run(
        [sys.executable, "-m", "goldthread.cli", *asked, *out], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stderr
    assert "3 of 4 submissions of 3 authorities could be used." in told.stderr
    here, there = frames(tmp_path / "local"), frames(tmp_path / "cluster")
    assert list(here) == list(there)
    for name, frame in here.items():
        assert_frame_equal(frame, there[name])


def test_nothing_to_do_starts_no_spark() -> None:
    assert list(spark.carry_out([], half, workers=4)) == []


def _asked(tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    (tmp_path / "in" / "830" / "cin").mkdir(parents=True)
    command = [sys.executable, "-m", "goldthread.cli", "national", "in", "--year", "2026", "--out", "out"]
    return subprocess.run(
        [*command, "--engine", "spark"], env={**os.environ, **environment}, cwd=tmp_path, capture_output=True, text=True
    )


@needs_spark
def test_without_java_spark_is_refused_with_how_to_get_it(tmp_path: Path) -> None:
    told = _asked(tmp_path, JAVA_HOME=str(tmp_path), PATH=str(tmp_path))
    assert told.returncode == 2
    assert "needs Java 17 or newer, and none was found" in told.stderr and "apt install" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@needs_spark
def test_a_java_that_is_too_old_is_refused_by_its_number(tmp_path: Path) -> None:
    java = tmp_path / "old" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    java.chmod(0o755)
    told = _asked(tmp_path, JAVA_HOME=str(tmp_path / "old"))
    assert told.returncode == 2 and "is Java 8. Set JAVA_HOME" in told.stderr


def test_without_pyspark_it_is_refused_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldthread.engines.spark.find_spec", lambda name: None)
    with pytest.raises(spark.Unusable, match=r"requirements-spark\.lock"):
        spark.must_be_there()


def test_spark_that_cannot_be_imported_from_elsewhere_is_not_loaded_by_the_command() -> None:
    """What a command does not need is not imported: the local engine never pays for Spark."""
    told = "import goldthread.cli.national, goldthread.engines.spark, sys; print('pyspark' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
