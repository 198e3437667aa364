"""Kills the server at random moments while people save and upload; nothing acknowledged may be lost.

Each life of the server: several people write findings, answers, typed text and workbooks at once through its pages;
at a random moment every process is killed at once; the server is started again, and everything that was ever
acknowledged is looked for. What had no answer is sent again with the same key and must be there once.

    .venv/bin/python bench/crash.py [--kills 100] [--seed 1] [--minutes 30]

Prints Markdown for docs/figures.md. Exit code 1 where anything was lost, doubled or damaged. What a power cut does to
a disk that lies about having flushed is not proved by this; the order of flushes is, where strace is installed.
"""

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import crash_checks
from crash_order import order_of_flushes
from crash_writers import AnswerWriter, FindingWriter, Ledger, TypedTextWriter, Uploader, Writer
from serving import ROOT, Client, Server, make_demonstration, password_of

LOAD_SECONDS = (0.02, 1.5)
REVIEWERS = 3


@dataclass
class Told:
    """What came of it."""

    kills: int = 0
    starts: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """Kill, start, look; until enough or out of time."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="goldthread-crash-") as name:
        folder = Path(name)
        make_demonstration(folder, size=0.05, sample=24, less=True)
        crash_checks.open_house(folder)
        server, ledger = Server(folder), Ledger()
        try:
            writers, told = _lives(server, ledger, options)
            settled = crash_checks.settle(seconds=120)
            order = order_of_flushes(server, writers[0], writers[-1])
        finally:
            server.kill()
        left = crash_checks.leftovers(folder)
    _print(told, ledger, settled, left, order, options)
    if told.kills < options.kills:
        print(f"Only {told.kills} of {options.kills} kills in the time: give it more with --minutes.", file=sys.stderr)
    short = told.kills < options.kills
    return 1 if short or told.problems or ledger.surprises or left or order.wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill the server at random moments; nothing acknowledged may be lost.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30.0, help="stop killing after so many minutes")
    return parser.parse_args()


def _lives(server: Server, ledger: Ledger, options: argparse.Namespace) -> tuple[list[Writer], Told]:
    dice, told = random.Random(options.seed), Told()
    told.starts.append(server.start())
    writers = _writers(server, ledger, options.seed)
    until = time.monotonic() + options.minutes * 60
    for number in range(options.kills):
        if time.monotonic() > until or told.problems or ledger.surprises:
            break
        _one_life(server, writers, dice.uniform(*LOAD_SECONDS))
        told.kills += 1
        told.starts.append(server.start())
        told.problems += [
            f"after kill {number + 1}: {one}" for one in crash_checks.problems(server.folder, ledger, writers)
        ]
        if (number + 1) % 10 == 0:
            print(f"{number + 1} kills, {ledger.acknowledged} acknowledged", file=sys.stderr, flush=True)
    return writers, told


def _one_life(server: Server, writers: list[Writer], seconds: float) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=writer.run, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join(timeout=90)


def _writers(server: Server, ledger: Ledger, seed: int) -> list[Writer]:
    password = password_of(server.folder)

    def signed_in(email: str) -> Client:
        client = Client(server.address, seconds=30)
        client.sign_in(email, password)
        return client

    lead = signed_in("lead@demo.example")
    inspection = _first(r"/inspections/([0-9a-f-]{36})/", lead.get("/home/").text)
    found: list[Writer] = [FindingWriter(lead, ledger, seed, inspection, "help-and-protection")]
    for number in range(1, REVIEWERS + 1):
        email = f"inspector{number + 1 if number > 1 else ''}@demo.example"
        found.append(_reviewer(signed_in(email), ledger, seed + number, inspection))
    email = "analyst@demo.example"
    found.append(TypedTextWriter(signed_in(email), ledger, seed + 10, email))
    found.append(Uploader(signed_in("uploader@demo.example"), ledger, seed + 11, inspection, _workbook(server.folder)))
    return found


def _reviewer(client: Client, ledger: Ledger, seed: int, inspection: str) -> AnswerWriter:
    """An inspector at a review that is not signed off."""
    page = client.get(f"/inspections/{inspection}/cases/?whose=mine").text
    for case in re.findall(rf"/inspections/{inspection}/cases/([0-9a-f-]{{36}})/", page):
        address = f"/inspections/{inspection}/cases/{case}/"
        client.post(f"{address}begin/", {})
        for review in re.findall(
            rf"/inspections/{inspection}/cases/reviews/([0-9a-f-]{{36}})/", client.get(address).text
        ):
            at = f"/inspections/{inspection}/cases/reviews/{review}/"
            sheet = client.get(at).text
            questions = re.findall(r'name="version-([a-z0-9-]+)"', sheet)
            if questions:
                writer = AnswerWriter(client, ledger, seed, at, questions)
                writer.versions = dict(re.findall(r'name="version-([a-z0-9-]+)" value="(\d+)"', sheet))
                return writer
    raise SystemExit("no review is open to write in")


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit("the home page leads to no inspection")
    return found.group(1)


def _workbook(folder: Path) -> bytes:
    path = folder / "made" / "small.xlsx"
    path.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "goldthread.cli", "make-authority", "--size", "0.02", "--out", str(path)]
    subprocess.run(command, cwd=ROOT / "src", check=True, capture_output=True)
    return path.read_bytes()


def _print(
    told: Told, ledger: Ledger, settled: dict[str, int], left: list[str], order: object, options: argparse.Namespace
) -> None:
    lost = [*told.problems, *ledger.surprises]
    for one in [*lost[:20], *left[:20]]:
        print(f"- {one}", file=sys.stderr)
    uploads = ", ".join(f"{count} {status}" for status, count in sorted(settled.items()))
    print("| Crash proof | |")
    print("|---|---|")
    print(f"| Kills (SIGKILL to every process, seed {options.seed}) | {told.kills} |")
    print(f"| Writes acknowledged (findings, answers, typed text, uploads) | {ledger.acknowledged:,} |")
    print(f"| Sent again with the same key after a kill | {ledger.sent_again} |")
    print(f"| Acknowledged writes lost, doubled or changed | {len(lost)} |")
    print(f"| Uploads at the end | {uploads} |")
    print(f"| Left over after the sweeper | {len(left)} |")
    print(f"| Start until the first page, median of {len(told.starts)} | {statistics.median(told.starts):.1f} s |")
    print(f"| Order of flushes before “received” is said | {order} |")


if __name__ == "__main__":
    sys.exit(main())
