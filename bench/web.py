"""Times the application as people meet it: its start, its pages, an upload, and the report as PDF and Word.

A whole demonstration is made and served by the processes that ./run starts. Every kind of page that the lead can reach
by following links is asked for several times, and told beside the accessibility statement: a page with no query, drawn
by the same templates. The machine may be noisy, so it is the ratio that says something; milliseconds are told too.

    .venv/bin/python bench/web.py [--size 1.0] [--times 15]

Prints Markdown for docs/figures.md. What a page costs grows with the rows that it shows, which paging bounds; what an
upload costs grows with the rows of the workbook (see bench/annex_a.py).
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from serving import ROOT, Answer, Client, Server, environment, make_demonstration, memory_of, password_of
from serving import children_of as children

YARDSTICK = "/accessibility/"
LINK = re.compile(r'href="(/[^"#]*)"')
PART = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
LEAVE = ("/static/", "/sign-out/", "/typed-text/")
MOST_PAGES = 120
FILES = (".pdf", ".docx", ".json", ".svg", ".xlsx", ".csv")


def main() -> int:
    """Measure all of it and print it."""
    parser = argparse.ArgumentParser(description="Time the start, the pages, an upload and the report.")
    parser.add_argument("--size", type=float, default=1.0, help="of the invented authority; 1.0 is Derbyshire's")
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goldthread-web-") as name:
        folder = Path(name)
        began = time.monotonic()
        make_demonstration(folder, size=options.size)
        made = time.monotonic() - began
        server = Server(folder)
        try:
            _measure(server, made, options)
        finally:
            server.kill()
    return 0


def _measure(server: Server, made: float, options: argparse.Namespace) -> None:
    first = server.start()
    lead = _signed_in(server, "lead")
    quality = _signed_in(server, "quality")
    versions = [_compose(lead) for _ in range(4)]
    yardstick = _median(lead, YARDSTICK, options.times)
    pages = {at: _times(lead, at, options.times) for at in _reachable(lead)}
    report = [(name, _first(lead, versions, f"report.{kind}")) for name, kind in (("PDF", "pdf"), ("Word", "docx"))]
    upload = _upload(server, options.size)
    memory = _memory(server)
    server.stop()
    second = server.start()
    _print(made, first, second, memory, upload, report, pages, yardstick, quality.get("/home/").status)


def _signed_in(server: Server, role: str) -> Client:
    client = Client(server.address)
    client.sign_in(f"{role}@demo.example", password_of(server.folder))
    return client


def _inspection(client: Client) -> str:
    found = re.search(r"/inspections/[0-9a-f-]{36}/", client.get("/home/").text)
    if found is None:
        raise SystemExit("the home page leads to no inspection")
    return found.group()


def _compose(lead: Client) -> str:
    """A version of the report; its address."""
    return _sent(
        lead.post(f"{_inspection(lead)}report/", {"title": f"Timed {uuid4().hex}", "client_key": str(uuid4())})
    ).location


def _sent(answer: Answer) -> Answer:
    if answer.status not in (302, 303):
        raise SystemExit(f"{answer.address} answered {answer.status}")
    return answer


def _reachable(client: Client) -> list[str]:
    """One address of each kind that following links from the home page leads to."""
    kinds: dict[str, str] = {}
    waiting = ["/home/"]
    while waiting and len(kinds) < MOST_PAGES:
        at = waiting.pop(0)
        kind = PART.sub("{}", at.split("?")[0])
        if kind in kinds or kind.endswith(FILES) or kind.startswith(LEAVE):
            continue
        answer = client.get(at)
        if answer.status != 200:
            continue
        kinds[kind] = at
        waiting += LINK.findall(answer.text)
    return list(kinds.values())


def _times(client: Client, at: str, times: int) -> list[float]:
    """Seconds from asking to the last byte, once each time; the first, which may fill a cache, is not counted."""
    client.get(at)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(at)
        taken.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{at} answered {answer.status}")
    return taken


def _first(client: Client, versions: list[str], file: str) -> float:
    """Seconds to the first answer of a file that nobody has asked for; the first version, which imports, left out."""
    taken = []
    for number, version in enumerate(versions):
        # Each version has a title of its own, so that none is found among those drawn already.
        began = time.perf_counter()
        answer = client.get(f"{version}{file}")
        taken.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{version}{file} answered {answer.status} at {number}")
    return statistics.median(taken[1:])


def _median(client: Client, at: str, times: int) -> float:
    return statistics.median(_times(client, at, times))


def _upload(server: Server, size: float) -> tuple[float, float]:
    """Seconds from sending a workbook to its receipt, and to its measures."""
    file = server.folder / "handed-in.xlsx"
    command = [sys.executable, "-m", "goldthread.cli", "make-authority", "--out", str(file)]
    subprocess.run([*command, "--size", str(size), "--seed", "99"], cwd=ROOT, env=environment(server.folder),
                   check=True, capture_output=True)  # fmt: skip
    uploader = _signed_in(server, "uploader")
    at = f"{_inspection(uploader)}data/"
    body = file.read_bytes()
    began = time.monotonic()
    fields = {"client_key": "5f0f8a52-6c51-4a6e-9b6c-2d1d53b1a001"}
    receipt = _sent(uploader.upload(at, fields, "file", (file.name, body)))
    received = time.monotonic() - began
    # The receipt's own page, or the submission's: the measures lie beneath the submission either way.
    found = re.search(rf"{at}[0-9a-f-]{{36}}/", receipt.location)
    if found is None:
        raise SystemExit(f"the upload led to {receipt.location}")
    while "measures/AS-01/" not in uploader.get(f"{found.group()}measures/").text:
        if time.monotonic() - began > 120:
            raise SystemExit("the workbook was not read within two minutes")
        time.sleep(0.05)
    return received, time.monotonic() - began


def _memory(server: Server) -> float:
    pids = [server.process.pid] if server.process else []
    for pid in pids:
        pids += children(pid)
    return sum(memory_of(pids).values())


def _print(
    made: float, first: float, second: float, memory: float, upload: tuple[float, float],
    report: Iterable[tuple[str, float]], pages: dict[str, list[float]], yardstick: float, answered: int,
) -> None:  # fmt: skip
    if answered != 200:
        raise SystemExit("the server stopped answering")
    print("| what | seconds |\n|---|---:|")
    for name, seconds in (
        ("making the demonstration", made), ("start with data, to the first page", first), ("start again", second),
        ("upload to receipt", upload[0]), ("upload to measures", upload[1]),
        *((f"the demonstration's report as {name}, drawn anew", seconds) for name, seconds in report),
    ):  # fmt: skip
        print(f"| {name} | {seconds:.2f} |")
    print(f"| memory of all processes, MB | {memory:.0f} |\n")
    print(f"Yardstick: the accessibility statement, {1000 * yardstick:.1f} ms.\n")
    middle = sorted(statistics.median(taken) for taken in pages.values())
    worst = [max(taken) for taken in pages.values()]
    print(f"{len(pages)} kinds of page: half of them within {1000 * statistics.median(middle):.0f} ms "
          f"({statistics.median(middle) / yardstick:.1f} times the yardstick), the slowest single answer "
          f"{1000 * max(worst):.0f} ms.\n")  # fmt: skip
    print("| slowest kinds of page | median, ms | times the yardstick |\n|---|---:|---:|")
    by_time = sorted(pages.items(), key=lambda one: -statistics.median(one[1]))
    for at, taken in by_time[:10]:
        median = statistics.median(taken)
        print(f"| `{PART.sub('…', at.split('?')[0])}` | {1000 * median:.0f} | {median / yardstick:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
