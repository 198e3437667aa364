"""A real server for proofs and measurements: the processes that ./run starts, on a free port of this machine only,
and a plain HTTP client that keeps cookies and posts forms. Used by the journeys, the crash proof and the benchmark.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60.0


class DidNotStart(Exception):
    """The server did not answer in time; the message ends with what it said."""


def free_port() -> int:
    """A port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """The environment of an installation that lies in a folder: data, keys beside it, temporary files."""
    for name in ("data", "temporary"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDTHREAD_", "DJANGO_"))}
    return {
        **kept,
        "GOLDTHREAD_DATA": str(folder / "data"),
        "GOLDTHREAD_KEYS": str(folder / "keys.json"),
        "GOLDTHREAD_LOCAL": "1",
        "TMPDIR": str(folder / "temporary"),
        "PYTHONPATH": str(ROOT / "src"),
    }


def manage(folder: Path, *arguments: str) -> str:
    """What a management command printed. Raises DidNotStart where it failed."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True)
    if done.returncode:
        raise DidNotStart(f"manage.py {arguments[0]} failed; it said:\n{done.stderr[-2000:]}")
    return done.stdout


def make_demonstration(folder: Path, *, size: float = 1.0, sample: int = 60, less: bool = False) -> None:
    """Make a database with a demonstration in it; `less` holds one hand-in of lists alone, and is made sooner."""
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "demonstration", "--size", str(size), "--sample", str(sample), *(["--less"] if less else []))


def password_of(folder: Path) -> str:
    """The password of every account of the demonstration."""
    return str(json.loads((folder / "data" / "demonstration.json").read_text())["password"])


@dataclass
class Server:
    """An installation being served.

    `opens` has it open its documents for searching after the start, as every installation does; without, the first
    search waits for it.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    empty: bool = False
    opens: bool = True
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it said."""
        return self.folder / "server.log"

    def start(self) -> float:
        """Start it and wait until a page is answered; how many seconds that took. Raises DidNotStart."""
        command = [sys.executable, "-m", "goldthread.config.serve", "--port", str(self.port), "--no-browser"]
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *["--empty"] * self.empty], cwd=ROOT,
                env=environment(self.folder) | {"GOLDTHREAD_OPEN_DOCUMENTS": "1" if self.opens else "0"},
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        while time.monotonic() - began < SECONDS_TO_START:
            if self.process.poll() is not None:
                break
            if self.answers():
                return time.monotonic() - began
            time.sleep(0.05)
        said = self.log.read_text(errors="replace")[-2000:]
        self.kill()
        raise DidNotStart(f"the server at port {self.port} did not answer; it said:\n{said}")

    def answers(self) -> bool:
        """Whether it answers a page now."""
        try:
            return Client(self.address, seconds=5).get("/accessibility/").status > 0
        except OSError:
            return False

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it as a power cut does: every process of its group at once, without a word."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    body: bytes
    location: str
    address: str

    @property
    def accepted(self) -> bool:
        """Whether the server said that it has done what was asked."""
        return 200 <= self.status < 400


class _Forms(HTMLParser):
    """Collects the forms of a page: where each goes and what it already holds."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, object]] = []
        self._open: dict[str, object] | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and their controls."""
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = {"action": held.get("action", ""), "fields": {}, "id": held.get("id", ""), "files": []}
            self.forms.append(self._open)
        if self._open is None:
            return
        fields: dict[str, str] = self._open["fields"]  # type: ignore[assignment]
        name = held.get("name", "")
        if tag == "input" and name:
            kind = held.get("type", "text")
            if kind == "file":
                self._open["files"].append(name)  # type: ignore[attr-defined]
            elif kind not in ("checkbox", "radio") or "checked" in held:
                fields[name] = held.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            fields[name] = ""
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and ("selected" in held or self._select not in fields):
            fields[self._select] = held.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Note where forms end."""
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        """Text within a text area is what it holds."""
        if self._open is not None and self._area:
            fields: dict[str, str] = self._open["fields"]  # type: ignore[assignment]
            fields[self._area] += data


def forms_of(page: str) -> list[dict[str, object]]:
    """The forms of a page, each with `action`, `fields` and `files`."""
    reader = _Forms()
    reader.feed(page)
    return reader.forms


class Client:
    """Somebody at a terminal: keeps cookies, follows where told, sends forms. One at a time per thread."""

    def __init__(self, address: str, *, seconds: float = 60.0) -> None:
        self.host, self.seconds = urlsplit(address).netloc, seconds
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str, *, follow: bool = False) -> Answer:
        """Ask for a page."""
        answer = self._ask("GET", path, b"", {})
        for _ in range(5 if follow else 0):
            if answer.status not in (301, 302, 303):
                break
            answer = self._ask("GET", answer.location, b"", {})
        return answer

    def post(self, path: str, fields: dict[str, str], *, headers: dict[str, str] | None = None) -> Answer:
        """Send a form."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, body, kind)

    def upload(self, path: str, fields: dict[str, str], name: str, file: tuple[str, bytes]) -> Answer:
        """Send a form with a file."""
        mark = uuid4().hex
        parts = []
        for key, value in {"csrfmiddlewaretoken": self.token, **fields}.items():
            parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode())
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file[0]}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file[1] + b"\r\n")
        parts.append(f"--{mark}--\r\n".encode())
        return self._ask("POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the page. Raises RuntimeError where it is refused."""
        page = self.get("/frameworks/", follow=True)
        form = next(one for one in forms_of(page.text) if "password" in one["fields"])  # type: ignore[operator]
        fields: dict[str, str] = {**form["fields"], "email": email, "password": password}  # type: ignore[dict-item]
        answer = self.post(str(form["action"]) or page.address, fields)
        if answer.status not in (302, 303):
            raise RuntimeError(f"signing in was answered with {answer.status}")
        self.get(answer.location)
        self.note_token(self.get("/frameworks/").text)

    def note_token(self, page: str) -> None:
        """Take the token against forged sendings out of a page; it holds as long as the session."""
        for form in forms_of(page):
            fields: dict[str, str] = form["fields"]  # type: ignore[assignment]
            if "csrfmiddlewaretoken" in fields:
                self.token = fields["csrfmiddlewaretoken"]

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        parts = urlsplit(path)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(self.host, timeout=self.seconds)
        try:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, {**headers, **({"Cookie": jar} if jar else {})})
            got = connection.getresponse()
            data = got.read()
            for line in got.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";", 1)[0].partition("=")
                self.cookies[name.strip()] = value.strip()
        except http.client.HTTPException as broken:
            raise ConnectionError(str(broken)) from None
        finally:
            connection.close()
        return Answer(got.status, data.decode(errors="replace"), data, got.headers.get("Location") or "", path)


def memory_of(pids: Iterable[int]) -> dict[int, float]:
    """Megabytes of memory in use (RSS) by process."""
    found = {}
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    found[pid] = int(line.split()[1]) / 1024
    return found


def children_of(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        held = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(one) for one in held]
