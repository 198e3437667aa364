"""Looks, with strace, at the order in which things reach the disk before somebody is told that they are kept.

For an upload: the sealed file is flushed, then renamed, then its folder is flushed, then the database's log is
flushed, and only then is the answer sent. For a finding: the log is flushed, then the answer is sent.
"""

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from crash_writers import Writer
from serving import Server, children_of

CALLS = "fsync,fdatasync,rename,renameat,renameat2,sendto,sendmsg,write"


@dataclass(frozen=True)
class Order:
    """What was seen. `wrong` where an answer went out before a flush; `says` in words."""

    says: str
    wrong: bool = False

    def __str__(self) -> str:
        return self.says


def order_of_flushes(server: Server, finding: Writer, upload: Writer) -> Order:
    """Watch one finding and one upload being saved."""
    if shutil.which("strace") is None:
        return Order("not looked at: strace is not installed")
    try:
        seen_finding = _watch(server, finding)
        seen_upload = _watch(server, upload)
    except OSError:
        return Order("not looked at: strace may not watch processes here")
    if not seen_finding or not seen_upload:
        return Order("not looked at: strace may not watch processes here")
    if not _in_order(seen_finding, ["flush log", "answer"]):
        return Order(f"WRONG for a finding: {', '.join(seen_finding)}", wrong=True)
    wanted = ["flush file", "rename", "flush folder", "flush log", "answer"]
    if not _in_order(seen_upload, wanted):
        return Order(f"WRONG for an upload: {', '.join(seen_upload)}", wrong=True)
    return Order("file flushed, renamed, folder flushed, database log flushed, then answered (strace)")


def _watch(server: Server, writer: Writer) -> list[str]:
    """The calls that matter while one thing is saved, in order; nothing where strace could not watch."""
    trace = server.folder / "trace.txt"
    web = _web_processes(server)
    command = ["strace", "-f", "-y", "-qq", "-s", "40", "-e", f"trace={CALLS}", "-o", str(trace)]
    for pid in web:
        command += ["-p", str(pid)]
    watching = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.5)
        if watching.poll() is not None:
            return []
        writer.open = writer.next()
        writer.send(writer.open)
        writer.open = None
        time.sleep(0.5)
    finally:
        watching.terminate()
        watching.wait(timeout=20)
    return _seen(trace)


def _web_processes(server: Server) -> list[int]:
    if server.process is None:
        return []
    children = children_of(server.process.pid)
    web = [pid for pid in children if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return [*web, *(grandchild for pid in web for grandchild in children_of(pid))]


def _seen(trace: Path) -> list[str]:
    found = []
    for line in trace.read_text(errors="replace").splitlines() if trace.exists() else []:
        if re.search(r"f(data)?sync\(\d+<[^>]*\.part-", line):
            found.append("flush file")
        elif re.search(r"f(data)?sync\(\d+<[^>]*sqlite3-wal", line):
            found.append("flush log")
        elif re.search(r"f(data)?sync\(\d+<[^>]*/blobs/", line):
            found.append("flush folder")
        elif re.search(r"rename\w*\(.*\.part-", line):
            found.append("rename")
        elif "HTTP/1.1 " in line and "resumed" not in line:
            found.append("answer")
    return found


def _in_order(seen: list[str], wanted: list[str]) -> bool:
    """Whether everything wanted was seen, and the last of each before the answer stands in that order."""
    if "answer" not in seen:
        return False
    before = seen[: seen.index("answer") + 1]
    places = [len(before) - 1 - before[::-1].index(one) if one in before else -1 for one in wanted]
    return -1 not in places and places == sorted(places)
