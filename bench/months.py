"""Measures what a year of monthly snapshots costs: a folder of workbooks read, and every measure of every month.

    .venv/bin/python bench/months.py [--size 1] [--months 12] [--folder FOLDER]

FOLDER keeps the invented authority for another run; left out, it is made anew, which takes some minutes at size 1.
Prints a block of Markdown for docs/figures.md. Exit code 1 where the bar is missed.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BAR = 60.0
"""Seconds of the clock for twelve snapshots of an authority of Derbyshire's size."""


def _goldthread(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "goldthread.cli", *words], check=True, stdout=subprocess.DEVNULL)


def _story(folder: Path, size: str, months: int) -> Path:
    if not (folder / "truth.json").is_file():
        _goldthread(
            "make-authority", "--out", str(folder), "--size", size, "--returns", "annex-a", "--months", str(months)
        )
    return folder / "annex-a"


def main() -> int:
    """Time `goldthread watch` over the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="1")
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        snapshots = _story(args.folder or Path(scratch) / "story", args.size, args.months)
        count = len(list(snapshots.glob("*.xlsx")))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        _goldthread("watch", str(snapshots), "--format", "json")
        clock = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    load = os.getloadavg()[0]
    print(f"\n## {count} monthly snapshots at size {args.size} (`just bench-months`)\n")
    print("| seconds of the clock | seconds of CPU | load of the machine | bar |")
    print("|---:|---:|---:|---:|")
    print(f"| {clock:.1f} | {cpu:.1f} | {load:.1f} on {os.cpu_count()} processors | under {BAR:.0f} |")
    return 0 if clock < BAR else 1


if __name__ == "__main__":
    sys.exit(main())
