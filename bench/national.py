"""Measures `goldthread national` on invented authorities: both returns, rules, measures, release.

    .venv/bin/python bench/national.py [--authorities 153] [--looked-after 200] [--in-need 500] [--workers 2]
                                       [--engine spark]

Then it runs once more, when every submission is done already and only the answer is written. Prints a block of
Markdown for docs/figures.md.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from goldthread.kernel.authorities import AUTHORITIES

ROOT = Path(__file__).resolve().parents[1]
YEAR = "2026"
CODES = sorted(AUTHORITIES)


def _make(folder: Path, authorities: int, looked_after: int, in_need: int) -> None:
    sys.path.insert(0, str(ROOT))
    from tests import made_returns as made

    for number in range(authorities):
        own = folder / f"{CODES[number % len(CODES)]} Council"
        (own / "ssda903").mkdir(parents=True)
        for name, data in made.csv_files(made.HEADINGS_903, made.make_903(looked_after, number)).items():
            (own / "ssda903" / name).write_bytes(data)
        (own / "cin.xml").write_bytes(made.xml_cin(made.make_cin(in_need, number)))


def _run(folder: Path, out: Path, workers: str, engine: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "goldthread.cli", "national", str(folder), "--year", YEAR, "--out", str(out)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*command, "--workers", workers, "--engine", engine], check=True, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Make the nation, work it out twice, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--authorities", type=int, default=153)
    parser.add_argument("--looked-after", type=int, default=200)
    parser.add_argument("--in-need", type=int, default=500)
    parser.add_argument("--workers", default=str(os.cpu_count() or 1))
    parser.add_argument("--engine", choices=("local", "spark"), default="local")
    parser.add_argument("--folder", type=Path, help="keep what is made and written here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        folder, out = (args.folder or Path(held)) / "nation", (args.folder or Path(held)) / "out"
        _make(folder, args.authorities, args.looked_after, args.in_need)
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} processors, engine {args.engine}, "
            f"load {os.getloadavg()[0]:.1f}.\n"
        )
        print(f"| {args.authorities} authorities, {args.looked_after:,} looked after and {args.in_need:,} in need each "
              f"| clock, s | CPU, s |\n|---|---:|---:|")  # fmt: skip
        for what in ("everything", "the same again, nothing changed"):
            clock, cpu = _run(folder, out, args.workers, args.engine)
            # The processes of Spark are not children of the command's own, and what they took is not told to it.
            told = f"{cpu:.0f}" if args.engine == "local" else "not counted"
            print(f"| {what} | {clock:.0f} | {told} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
