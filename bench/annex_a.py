"""Measures what reading, checking and measuring an Annex A workbook cost, as ratios to the fastest reader alone.

Every figure is the median of several runs, each in a fresh process; CPU is user and system time of the process and
of the children it waited for. The driver itself imports no data library, so that no child inherits its memory mark.

    .venv/bin/python bench/annex_a.py [--runs 5] [--sizes 0.25 0.5 1 2]

Prints a block of Markdown for docs/figures.md. Exit code 1 where a bar is missed.
"""

import argparse
import importlib.util
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

BAR_BEYOND_READING = 3.0
BAR_AGAINST_READING = 1.5
"""So many times the cost of reading may every rule and measure together cost."""

BAR_READING = 2.0
BAR_MEMORY = 600


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step took: seconds of CPU, and the most megabytes of memory its processes can have held at once."""

    cpu: float
    memory: float


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _memory() -> float:
    # The process and its largest child may not have peaked together: their sum is the upper bound.
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return (own.ru_maxrss + children.ru_maxrss) / 1024


def _fastest(path: Path) -> Callable[[], object]:
    import fastexcel
    import polars  # noqa: F401 - its import is no part of reading

    def work() -> object:
        book = fastexcel.read_excel(path)
        return [book.load_sheet(name, header_row=None, dtypes="string").to_polars() for name in book.sheet_names]

    return work


def _fastest_whole(path: Path) -> Callable[[], object]:
    return lambda: _fastest(path)()


def _read_whole(path: Path) -> Callable[[], object]:
    def work() -> object:
        from goldthread.readers import annex_a

        return annex_a.read(path)

    return work


def _read(path: Path) -> Callable[[], object]:
    import rapidfuzz.distance  # noqa: F401 - its import is no part of reading

    from goldthread.readers import annex_a

    return lambda: annex_a.read(path)


def _sandboxed(path: Path) -> Callable[[], object]:
    import polars  # noqa: F401

    from goldthread.engines.sandbox import read_safely

    return lambda: read_safely(path)


def _checked(path: Path) -> Callable[[], object]:
    from goldthread.kernel.run import guess_as_at, run_reading
    from goldthread.kernel.working_days import bank_holidays
    from goldthread.readers import annex_a

    reading = annex_a.read(path)
    as_at = guess_as_at(reading.tables)
    if as_at is None:
        raise ValueError("the workbook holds no date")
    bank_holidays()
    return lambda: run_reading(reading, as_at=as_at)


def _asked(path: Path) -> Callable[[], object]:
    """Every rule and measure, as `goldthread measure` asks them, of a workbook that was read before."""
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.record_measures import RECORD_MEASURES
    from goldthread.kernel.record_run import Asked, measure_reading
    from goldthread.kernel.run import guess_as_at, run_reading
    from goldthread.kernel.working_days import bank_holidays
    from goldthread.readers import annex_a

    reading = annex_a.read(path)
    bank_holidays()
    of_lists = {measure.code for measure in MEASURES}
    further = [measure for measure in RECORD_MEASURES if measure.code not in of_lists]

    def work() -> object:
        as_at = guess_as_at(reading.tables)
        if as_at is None:
            raise ValueError("the workbook holds no date")
        issues = run_reading(reading, as_at=as_at).issues
        return measure_reading(reading, as_at=as_at, asked=Asked(measures=further, months=False), issues=issues)

    return work


def _command(*words: str) -> Callable[[Path], Callable[[], object]]:
    def prepare(path: Path) -> Callable[[], object]:
        def work() -> object:
            from goldthread.cli import main

            with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
                return main([words[0], str(path), *words[1:]])

        return work

    return prepare


STEPS: dict[str, tuple[str, Callable[[Path], Callable[[], object]], bool]] = {
    "fastest": ("fastexcel alone, all sheets as text", _fastest, False),
    "read": ("`readers.annex_a.read`", _read, False),
    "sandboxed": ("`engines.sandbox.read_safely`, child process and imports included", _sandboxed, False),
    "fastest whole": ("fastexcel alone, whole process", _fastest_whole, True),
    "read whole": ("`readers.annex_a.read`, whole process", _read_whole, True),
    "run": ("`kernel.run`: the rules, and the measures of the lists", _checked, False),
    "asked": ("every rule and measure, of the lists and of the record", _asked, False),
    "check": ("`goldthread check FILE --format json`, whole process", _command("check", "--format", "json"), True),
    "measure": (
        "`goldthread measure FILE --format json`, whole process",
        _command("measure", "--format", "json"),
        True,
    ),
}
"""Each step: what it is, how it is made ready, and whether imports count (they do for a whole process)."""

GROWING = ("fastest", "read", "sandboxed", "run", "asked", "check", "measure")
"""The steps that are shown by size."""


def _one(step: str, path: Path) -> None:
    """Run one step in this process and print its cost. Called in a fresh process each time."""
    _, prepare, whole = STEPS[step]
    work = prepare(path)
    before = 0.0 if whole else _cpu()
    work()
    print(json.dumps([_cpu() - before, _memory()]))


def _cost(step: str, path: Path, runs: int) -> Cost:
    taken = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, __file__, "--step", step, str(path)], check=True, capture_output=True, text=True
        )
        taken.append(json.loads(done.stdout))
    return Cost(statistics.median(cpu for cpu, _ in taken), max(memory for _, memory in taken))


def _workbook(directory: Path, size: float) -> tuple[Path, int]:
    path = directory / f"size-{size:g}.xlsx"
    start = [sys.executable, "-c", "import sys; from goldthread.cli import main; sys.exit(main(sys.argv[1:]))"]
    words = ["make-authority", "--out", str(path), "--size", f"{size:g}"]
    subprocess.run([*start, *words], check=True, capture_output=True)
    told = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return path, sum(told["rows"].values())


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---", *("---:" for _ in header[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _at_full_size(costs: dict[str, Cost]) -> str:
    yard = costs["fastest"].cpu
    rows = [
        (STEPS[step][0], f"{cost.cpu:.2f}", f"{cost.cpu / yard:.2f}", f"{cost.memory:.0f}")
        for step, cost in costs.items()
    ]
    return _table(("step", "CPU seconds", "times the yardstick", "peak memory, MB"), rows)


def _bars(costs: dict[str, Cost]) -> tuple[str, bool]:
    yard = costs["fastest"].cpu
    read = costs["read whole"].cpu
    beyond, both = costs["measure"].cpu - read, costs["check"].cpu + costs["measure"].cpu - 2 * read
    asked = costs["asked"].cpu / costs["sandboxed"].cpu
    reading = costs["read"].cpu / yard
    whole = costs["read whole"].cpu / costs["fastest whole"].cpu
    memory = max(cost.memory for cost in costs.values())
    bars = (
        ("every rule and measure (`measure`), beyond reading", f"{beyond:.2f} s", beyond, BAR_BEYOND_READING, "s"),
        (
            "every rule and measure, against reading as it is done, in a process of its own",
            f"{asked:.2f} times",
            asked,
            BAR_AGAINST_READING,
            "times",
        ),
        ("`check` and then `measure`, beyond reading twice", f"{both:.2f} s", both, BAR_BEYOND_READING, "s"),
        ("reading, against the fastest reader alone", f"{reading:.2f} times", reading, BAR_READING, "times"),
        ("the same, whole processes with their imports", f"{whole:.2f} times", whole, BAR_READING, "times"),
        ("peak memory", f"{memory:.0f} MB", memory, BAR_MEMORY, "MB"),
    )
    rows = [(what, said, f"{bar:g} {unit}", "met" if is_ <= bar else "MISSED") for what, said, is_, bar, unit in bars]
    told = _table(("bar", "measured", "at most", ""), rows)
    told += (
        f"\n\nEvery rule and measure against the calls of the reader alone, no process and no imports: "
        f"{costs['asked'].cpu / costs['read'].cpu:.2f} times; the whole command beyond reading, its start and its "
        f"output among it, against the reader's whole process: {beyond / read:.2f} times."
    )
    return told, all(is_ <= bar for _, _, is_, bar, _ in bars)


def _growth(by_size: dict[float, tuple[int, dict[str, Cost]]]) -> str:
    rows = [
        (
            f"{size:g}", f"{count:,}", *(f"{costs[step].cpu:.2f}" for step in GROWING),
            *(f"{costs[step].memory:.0f}" for step in ("check", "measure")),
        )
        for size, (count, costs) in sorted(by_size.items())
    ]  # fmt: skip
    return _table(("size", "rows", *(f"{step}, s" for step in GROWING), "check, MB", "measure, MB"), rows)


def _compiled() -> bool:
    """Whether the packages lie there as byte code; without it every start compiles them again, for half a second."""
    found = importlib.util.find_spec("polars")
    return bool(found and found.cached and Path(found.cached).exists())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print. Exit code 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.25, 0.5, 1.0, 2.0])
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        _one(args.step[0], Path(args.step[1]))
        return 0
    by_size: dict[float, tuple[int, dict[str, Cost]]] = {}
    with tempfile.TemporaryDirectory() as directory:
        for size in sorted({*args.sizes, 1.0}):
            path, rows = _workbook(Path(directory), size)
            _say(f"size {size:g}: {rows:,} rows")
            by_size[size] = rows, {step: _cost(step, path, args.runs) for step in STEPS}
    rows, costs = by_size[1.0]
    bars, met = _bars(costs)
    print(f"### An Annex A workbook of {rows:,} rows\n")
    print(
        f"Median of {args.runs} runs in fresh processes, {os.cpu_count()} cores, Python {platform.python_version()}.\n"
    )
    print(f"{_at_full_size(costs)}\n\n{bars}\n\nGrowth, CPU seconds by size:\n\n{_growth(by_size)}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
