"""Measures what a check against the Department's rules costs, as ratios to a floor in the same run (`bench/floor.py`).

Whole processes, from files to a written CSV of every issue, one after the other, the floor and the check by turns; the
clock, CPU of the process and its children, and the most memory that they held at once (looked at every hundredth of a
second; what several processes share counts once, in parts). Every figure is the median of the runs. Then
the rules alone: one check, in a fresh process, with everything imported and the return read, and all that the rules
look things up in beside it (last year's return, providers, postcodes).

    .venv/bin/python bench/statutory.py [--runs 5] [--sizes-903 1000 20000 60000] [--sizes-cin 5000 50000]

Prints a block of Markdown for docs/figures.md. Exit code 1 where a bar is missed.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR_TIME, BAR_MEMORY, BAR_RULES = 2.0, 3.0, 0.2
YEAR = 2026


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took with its children: seconds of the clock and of CPU, megabytes at the most."""

    clock: float
    cpu: float
    memory: float


def _held(pid: int) -> int:
    """Bytes that a process and its children hold; 0 where it has ended meanwhile."""
    try:
        told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, ValueError):
        return 0
    return int(told.get("Pss", "0").split()[0]) * 1024 + sum(_held(int(child)) for child in children)


def _once(command: list[str]) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    most = 0
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        most = max(most, _held(process.pid))
        time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, most / 1e6)


def _median(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(one, name) for one in costs) for name in ("clock", "cpu", "memory")))


def _by_turns(form: str, path: Path, out: Path, runs: int) -> tuple[Cost, Cost]:
    floor = [sys.executable, str(ROOT / "bench" / "floor.py"), str(path), str(out)]
    ours = [
        sys.executable, "-m", "goldthread.cli", "check", str(path), "--as", form, "--year", str(YEAR),
        "--format", "csv", "--out", str(out), "--most-mb", "1000",
    ]  # fmt: skip
    pairs = [(_once(floor), _once(ours)) for _ in range(runs)]
    return _median([one for one, _ in pairs]), _median([one for _, one in pairs])


def _make(form: str, children: int, folder: Path, seed: int = 1) -> Path:
    """Write an invented return in a process of its own, so that the driver stays small."""
    path = folder / f"{form}-{children}-{seed}"
    path.mkdir(parents=True)
    subprocess.run([sys.executable, __file__, "--make", form, str(children), str(path), str(seed)], check=True)
    return path if form == "ssda903" else path / "return.xml"


def _make_in_child(form: str, children: int, path: Path, seed: int) -> None:
    sys.path.insert(0, str(ROOT))
    from tests import made_returns as made

    if form == "ssda903":
        for name, data in made.csv_files(made.HEADINGS_903, made.make_903(children, seed)).items():
            (path / name).write_bytes(data)
    else:
        (path / "return.xml").write_bytes(made.xml_cin(made.make_cin(children, seed)))


def _rules_alone(form: str, path: Path, last: Path) -> None:
    """Print the clock, the CPU and the number of rules run and stopped of one check with everything at hand."""
    import polars as pl

    from goldthread import readers
    from goldthread.kernel import postcodes, providers
    from goldthread.kernel.rules import statutory_rules_of
    from goldthread.kernel.statutory import Beside, check_statutory

    reading, then = readers.read(path, form=form, year=YEAR), readers.read(last, form=form, year=YEAR - 1)
    beside = Beside(
        last=then,
        providers=pl.LazyFrame(schema=providers.SCHEMA),
        postcodes=pl.LazyFrame(schema=pl.Schema(postcodes.SCHEMA)),
    )
    rules = statutory_rules_of(form)
    started, cpu = time.perf_counter(), time.process_time()
    told = check_statutory(reading, rules, date(YEAR, 3, 31), beside)
    print(json.dumps([time.perf_counter() - started, time.process_time() - cpu, len(told.ran), len(told.stopped)]))


def _print_rules(form: str, path: Path, last: Path, runs: int) -> bool:
    """Print what the rules alone cost, and say whether the bar is kept."""
    command = [sys.executable, __file__, "--rules", form, str(path), str(last)]
    told = [json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout) for _ in range(runs)]
    clock, cpu = (statistics.median(one[at] for one in told) for at in (0, 1))
    _, _, ran, stopped = told[0]
    print(
        f"\nThe rules alone, {path.name}, everything beside: {ran} rules run, {stopped} stopped; "
        f"{clock:.2f} s by the clock (bar: {BAR_RULES}), {cpu:.2f} s of CPU."
    )
    return clock <= BAR_RULES


def _row(what: str, children: int, floor: Cost, ours: Cost) -> str:
    ratio = f"{ours.clock / floor.clock:.2f} | {ours.cpu / floor.cpu:.2f} | {ours.memory / floor.memory:.2f}"
    taken = " | ".join(f"{one.clock:.2f} | {one.cpu:.2f} | {one.memory:.0f}" for one in (floor, ours))
    each = 1e6 * ours.clock / children
    return f"| {what} | {children:,} | {taken} | {ratio} | {each:,.0f} |"


def _measure(form: str, what: str, sizes: list[int], folder: Path, runs: int) -> list[str]:
    """Print a row for each size, and give the bars missed."""
    missed = []
    for children in sizes:
        path = _make(form, children, folder)
        floor, ours = _by_turns(form, path, folder / "out.csv", runs)
        print(_row(what, children, floor, ours), flush=True)
        if ours.clock > BAR_TIME * floor.clock:
            missed.append(f"{what}, {children:,}: more than {BAR_TIME} times the floor's time")
        if ours.memory > BAR_MEMORY * floor.memory:
            missed.append(f"{what}, {children:,}: more than {BAR_MEMORY} times the floor's memory")
    return missed


def main() -> int:
    """Measure, print, and say whether a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes-903", type=int, nargs="*", default=[1_000, 20_000])
    parser.add_argument("--sizes-cin", type=int, nargs="*", default=[5_000])
    parser.add_argument("--make", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--rules", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.make:
        _make_in_child(args.make[0], int(args.make[1]), Path(args.make[2]), int(args.make[3]))
        return 0
    if args.rules:
        _rules_alone(args.rules[0], Path(args.rules[1]), Path(args.rules[2]))
        return 0
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at first.\n")
    names = ("s", "CPU s", "MB")
    heads = [f"{of}, {name}" for of in ("floor", "check") for name in names]
    print("| return | children | " + " | ".join(heads) + " | times, clock | times, CPU | times, MB | µs a child |")
    print("|---|" + "---:|" * 11)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        missed = _measure("ssda903", "SSDA903, CSV", args.sizes_903, folder, args.runs)
        missed += _measure("cin", "CIN census, XML", args.sizes_cin, folder, args.runs)
        path, last = (_make("ssda903", 1_000, folder, seed) for seed in (2, 3))
        if not _print_rules("ssda903", path, last, args.runs):
            missed.append(f"the rules alone take more than {BAR_RULES} s")
    for one in missed:
        print(f"\nBar missed: {one}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
