"""Measures what reading the two returns costs, as ratios to the barest reading of the same files in the same run.

The yardstick of CSV is `polars.read_csv` of every file, all cells as text; that of XML is plain iteration over its
elements by the standard library. Every figure is the median of several runs, each in a fresh process; CPU is user and
system time of the process and of the children it waited for, imports apart unless the step says "whole process".

    .venv/bin/python bench/returns.py [--runs 3] [--sizes 1000 20000 60000]

Prints a block of Markdown for docs/figures.md. Exit code 1 where a bar is missed.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR_XML = 2.0
"""Reading the census into tables may cost so much more than going through its elements and keeping nothing."""

BAR_CSV_WHOLE = 4.0
"""So much more may a whole process cost than a bare script for 1,000 children: it starts a child, and both import."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step took: seconds of CPU and of the clock, and the most megabytes its processes can have held."""

    cpu: float
    clock: float
    memory: float


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _memory() -> float:
    # The process and its largest child may not have peaked together: their sum is the upper bound.
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return (own.ru_maxrss + children.ru_maxrss) / 1024


def _bare_csv(path: Path) -> Callable[[], object]:
    import polars as pl

    return lambda: [pl.read_csv(file, infer_schema=False) for file in sorted(path.glob("*.csv"))]


def _bare_xml(path: Path) -> Callable[[], object]:
    from xml.etree.ElementTree import iterparse

    def work() -> object:
        count = 0
        for _, element in iterparse(path / "return.xml"):
            count += 1
            if element.tag in ("Child", "CHILD"):
                element.clear()
        return count

    return work


def _bare_expat(path: Path) -> Callable[[], object]:
    from xml.parsers import expat

    return lambda: expat.ParserCreate().Parse((path / "return.xml").read_bytes(), True)


def _read_here(path: Path) -> Callable[[], object]:
    from goldthread import readers
    from goldthread.readers import returns  # noqa: F401 - its import is no part of reading

    return lambda: readers.read(path if path.name == "csv" else path / "return.xml")


def _sandboxed(path: Path) -> Callable[[], object]:
    import polars  # noqa: F401

    from goldthread.engines.sandbox import limits_for, read_safely

    return lambda: read_safely(path if path.name == "csv" else path / "return.xml", limits=limits_for(300_000_000))


def _later(step: Callable[[Path], Callable[[], object]]) -> Callable[[Path], Callable[[], object]]:
    """The same step with its imports counted."""
    return lambda path: lambda: step(path)()


def _sandboxed_whole(path: Path) -> Callable[[], object]:
    def work() -> object:
        from goldthread.engines.sandbox import limits_for, read_safely

        return read_safely(path if path.name == "csv" else path / "return.xml", limits=limits_for(300_000_000))

    return work


Step = tuple[str, Callable[[Path], Callable[[], object]]]
CSV_STEPS: dict[str, Step] = {
    "bare": ("bare `polars.read_csv` of the files", _bare_csv),
    "read": ("`readers.read` of the folder", _read_here),
    "sandboxed": ("`engines.sandbox.read_safely`, child process and its imports included", _sandboxed),
    "bare whole": ("bare `polars.read_csv`, whole process", _later(_bare_csv)),
    "sandboxed whole": ("`engines.sandbox.read_safely`, whole process", _sandboxed_whole),
}
XML_STEPS: dict[str, Step] = {
    "bare": ("bare iteration over the elements (`iterparse`)", _bare_xml),
    "expat": ("expat alone, nothing called", _bare_expat),
    "read": ("`readers.read` of the file", _read_here),
    "sandboxed": ("`engines.sandbox.read_safely`, child process and its imports included", _sandboxed),
    "bare whole": ("bare iteration, whole process", _later(_bare_xml)),
    "sandboxed whole": ("`engines.sandbox.read_safely`, whole process", _sandboxed_whole),
}
FORMS: dict[str, tuple[str, dict[str, Step]]] = {
    "903 csv": ("SSDA903 as CSV files", CSV_STEPS),
    "cin csv": ("CIN census as CSV files", CSV_STEPS),
    "903 xml": ("SSDA903 as XML", XML_STEPS),
    "cin xml": ("CIN census as XML", XML_STEPS),
}


def _in_child(form: str, step: str, path: Path) -> None:
    work = FORMS[form][1][step][1](path)
    whole = step.endswith("whole")
    before, started = (0.0 if whole else _cpu()), time.perf_counter()
    work()
    print(json.dumps([_cpu() - before, time.perf_counter() - started, _memory()]))


def _measured(form: str, step: str, path: Path, runs: int) -> Cost:
    costs = []
    for _ in range(runs):
        command = [sys.executable, __file__, "--step", form, step, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        costs.append(json.loads(done.stdout))
    cpu, clock, memory = (statistics.median(cost[at] for cost in costs) for at in range(3))
    return Cost(cpu, clock, memory)


def _make(form: str, children: int, folder: Path) -> Path:
    """Write an invented return in a process of its own, so that the driver stays small."""
    path = folder / form.replace(" ", "-") / str(children) / form.split()[1]
    path.mkdir(parents=True)
    subprocess.run([sys.executable, __file__, "--make", form, str(children), str(path)], check=True, cwd=ROOT)
    return path


def _make_in_child(form: str, children: int, path: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from tests import made_returns as made

    of_903 = form.startswith("903")
    tables = made.make_903(children) if of_903 else made.make_cin(children)
    if form.endswith("csv"):
        headings = made.HEADINGS_903 if of_903 else made.HEADINGS_CIN
        for name, data in made.csv_files(headings, tables).items():
            (path / name).write_bytes(data)
    else:
        (path / "return.xml").write_bytes(made.xml_903(tables) if of_903 else made.xml_cin(tables))


def _size(path: Path) -> float:
    return sum(file.stat().st_size for file in path.iterdir()) / 1e6


def _print(form: str, children: int, path: Path, costs: dict[str, Cost]) -> None:
    title, steps = FORMS[form]
    print(f"\n{title}, {children:,} children, {_size(path):.1f} MB\n")
    print("| step | CPU, s | clock, s | most memory, MB | ratio of CPU |")
    print("|---|---:|---:|---:|---:|")
    for step, cost in costs.items():
        yardstick = costs["bare whole" if step.endswith("whole") else "bare"]
        ratio = f"{cost.cpu / yardstick.cpu:.2f}"
        print(f"| {steps[step][0]} | {cost.cpu:.2f} | {cost.clock:.2f} | {cost.memory:.0f} | {ratio} |")


def _missed(form: str, children: int, costs: dict[str, Cost]) -> list[str]:
    missed = []
    if form.endswith("xml") and children >= 20_000 and costs["read"].cpu > BAR_XML * costs["bare"].cpu:
        missed.append(f"{form}, {children:,}: reading takes more than {BAR_XML} times bare iteration")
    if (
        form.endswith("csv")
        and children <= 1_000
        and costs["sandboxed whole"].cpu > BAR_CSV_WHOLE * costs["bare whole"].cpu
    ):
        missed.append(f"{form}, {children:,}: the whole process takes more than {BAR_CSV_WHOLE} times a bare one")
    return missed


def main() -> int:
    """Measure, print, and say whether a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000, 60_000])
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        _in_child(args.step[0], args.step[1], Path(args.step[2]))
        return 0
    if args.make:
        _make_in_child(args.make[0], int(args.make[1]), Path(args.make[2]))
        return 0
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start."
    )
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as held:
        for form in args.forms:
            for children in args.sizes:
                path = _make(form, children, Path(held))
                costs = {step: _measured(form, step, path, args.runs) for step in FORMS[form][1]}
                _print(form, children, path, costs)
                missed += _missed(form, children, costs)
    for one in missed:
        print(f"\nBar missed. {one}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
