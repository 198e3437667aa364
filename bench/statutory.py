"""Measures what a check against the Department's rules costs, as ratios to a floor in the same run (`bench/floor.py`).

Whole processes, from files to a written CSV of every issue, one after the other, the floor and the check by turns; the
clock, CPU of the process and its children, and the most memory that they held at once (looked at every hundredth of a
second; what several processes share counts once, in parts). Every figure is the median of the runs. Then
the rules alone: one check, in a fresh process, with everything imported and the return read, and all that the rules
look things up in beside it (last year's return, providers, postcodes). And what it costs to look up the 8,000 postcodes
of 4,000 episodes in a directory of 2.7 million that was loaded before.

Bars of time are held against the clock and against CPU, both: a machine that others use misses them by the clock, and
then the CPU beside it tells how much of that was theirs.

    .venv/bin/python bench/statutory.py [--runs 5] [--sizes-903 1000 20000 60000] [--sizes-cin 5000 50000]

Prints a block of Markdown for docs/figures.md. Exit code 1 where a bar is missed.
"""

import argparse
import compileall
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
BAR_TIME, BAR_MEMORY, BAR_RULES, BAR_POSTCODES = 2.0, 3.0, 0.2, 0.3
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
        f"{clock:.2f} s by the clock, {cpu:.2f} s of CPU (bar of both: {BAR_RULES})."
    )
    return max(clock, cpu) <= BAR_RULES


def _make_directory(folder: Path) -> None:
    """Write an invented directory of postcodes as one that was loaded: all that 665 outward codes can have."""
    import polars as pl

    from goldthread.engines.reference import POSTCODES
    from goldthread.kernel.postcodes import SCHEMA

    letters = "ABDEFGHJLNPQRSTUWXYZ"
    outward = pl.DataFrame({"out": [f"{a}{b}{n}" for a in "BCDEL" for b in letters[:19] for n in range(1, 8)]})
    inward = pl.DataFrame({"in": [f"{n}{a}{b}" for n in range(10) for a in letters for b in letters]})
    codes = outward.join(inward, how="cross").select(postcode=pl.concat_str("out", "in")).sort("postcode")
    at = pl.int_range(pl.len())
    told = codes.with_columns(
        in_use=pl.lit(True), authority=pl.lit("E06000015"), district=pl.lit("E06000015"), ward=pl.lit(None, pl.String),
        east=(at % 600_000 + 1).cast(pl.Int32), north=(at * 7 % 600_000 + 1).cast(pl.Int32),
    )  # fmt: skip
    (folder / POSTCODES).parent.mkdir(parents=True)
    told.select(*SCHEMA).write_parquet(folder / POSTCODES, compression="zstd")


def _postcodes_alone(folder: Path) -> None:
    """Print the clock and the CPU of looking up both postcodes of 4,000 episodes, and how many were found."""
    import polars as pl

    from goldthread.engines.reference import POSTCODES, directory
    from goldthread.kernel.context import Context
    from goldthread.kernel.rules.ssda903.places import with_places

    some = pl.read_parquet(folder / POSTCODES, columns=["postcode"])["postcode"].sample(8_000, seed=1)
    rows = pl.LazyFrame({"row": range(4_000), "home_post": some[:4_000], "pl_post": some[4_000:]})
    started, cpu = time.perf_counter(), time.process_time()
    met = with_places(rows, Context(date(YEAR, 3, 31), {}, postcodes=directory(folder))).collect()
    found = met["pl_distance"].is_not_null().sum()
    print(json.dumps([time.perf_counter() - started, time.process_time() - cpu, found]))


def _print_postcodes(folder: Path, runs: int) -> bool:
    """Print what looking up postcodes costs, and say whether the bar is kept."""
    subprocess.run([sys.executable, __file__, "--make-postcodes", str(folder)], check=True)
    command = [sys.executable, __file__, "--postcodes", str(folder)]
    told = [json.loads(subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout) for _ in range(runs)]
    clock, cpu = (statistics.median(one[at] for one in told) for at in (0, 1))
    print(
        f"\nLooking up both postcodes of 4,000 episodes, {told[0][2]:,} of them found, in 2,660,000: {clock:.2f} s by "
        f"the clock, {cpu:.2f} s of CPU (bar of both: {BAR_POSTCODES})."
    )
    return max(clock, cpu) <= BAR_POSTCODES


def _row(what: str, children: int, floor: Cost, ours: Cost) -> str:
    ratio = f"{ours.clock / floor.clock:.2f} | {ours.cpu / floor.cpu:.2f} | {ours.memory / floor.memory:.2f}"
    taken = " | ".join(f"{one.clock:.2f} | {one.cpu:.2f} | {one.memory:.0f}" for one in (floor, ours))
    each = 1e6 * ours.cpu / children
    return f"| {what} | {children:,} | {taken} | {ratio} | {each:,.0f} |"


def _measure(form: str, what: str, sizes: list[int], folder: Path, runs: int) -> list[str]:
    """Print a row for each size, and give the bars missed."""
    missed = []
    for children in sizes:
        path = _make(form, children, folder)
        floor, ours = _by_turns(form, path, folder / "out.csv", runs)
        print(_row(what, children, floor, ours), flush=True)
        if ours.clock > BAR_TIME * floor.clock or ours.cpu > BAR_TIME * floor.cpu:
            missed.append(f"{what}, {children:,}: more than {BAR_TIME} times the floor's time")
        if ours.memory > BAR_MEMORY * floor.memory:
            missed.append(f"{what}, {children:,}: more than {BAR_MEMORY} times the floor's memory")
    return missed


def _one_part(args: argparse.Namespace) -> bool:
    """Do the one part that a process of its own was started for; False where it was started for the whole."""
    if args.make:
        _make_in_child(args.make[0], int(args.make[1]), Path(args.make[2]), int(args.make[3]))
    elif args.rules:
        _rules_alone(args.rules[0], Path(args.rules[1]), Path(args.rules[2]))
    elif args.make_postcodes:
        _make_directory(args.make_postcodes)
    elif args.postcodes:
        _postcodes_alone(args.postcodes)
    else:
        return False
    return True


def main() -> int:
    """Measure, print, and say whether a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes-903", type=int, nargs="*", default=[1_000, 20_000])
    parser.add_argument("--sizes-cin", type=int, nargs="*", default=[5_000])
    parser.add_argument("--make", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--rules", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--make-postcodes", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--postcodes", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if _one_part(args):
        return 0
    # As setting up leaves them: a process that may write no file would else translate the sources at every start.
    compileall.compile_dir(str(ROOT / "src" / "goldthread"), quiet=2)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at first.\n")
    names = ("s", "CPU s", "MB")
    heads = [f"{of}, {name}" for of in ("floor", "check") for name in names]
    print("| return | children | " + " | ".join(heads) + " | times, clock | times, CPU | times, MB | CPU µs a child |")
    print("|---|" + "---:|" * 11)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        missed = _measure("ssda903", "SSDA903, CSV", args.sizes_903, folder, args.runs)
        missed += _measure("cin", "CIN census, XML", args.sizes_cin, folder, args.runs)
        path, last = (_make("ssda903", 1_000, folder, seed) for seed in (2, 3))
        if not _print_rules("ssda903", path, last, args.runs):
            missed.append(f"the rules alone take more than {BAR_RULES} s")
        if not _print_postcodes(folder / "data", args.runs):
            missed.append(f"looking up postcodes takes more than {BAR_POSTCODES} s")
    for one in missed:
        print(f"\nBar missed: {one}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
