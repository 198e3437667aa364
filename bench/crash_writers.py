"""Those who save while the server is being killed: each knows what was acknowledged to it and what was not.

A writer sends one thing at a time. What was answered with 2xx or 3xx is acknowledged and must be there for ever;
what got no answer is sent again, with the same key, in the next life of the server, and must then be there once.
"""

import io
import random
import threading
import time
import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import uuid4

from serving import Client

QUESTIONS = 12


class Surprise(Exception):
    """The server answered something that no crash explains."""


@dataclass
class Ledger:
    """What the writers know. `findings`: key → statement; `answers`: (review, question) → what was typed;
    `typed`: (person, form) → text; `uploads`: key → hash of the bytes. Only what was acknowledged is in them."""

    findings: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    acknowledged: int = 0
    sent_again: int = 0
    surprises: list[str] = field(default_factory=list)


class Writer:
    """Somebody who saves. Subclasses say what; `open` is the sending that has had no answer."""

    def __init__(self, client: Client, ledger: Ledger, seed: int) -> None:
        self.client, self.ledger = client, ledger
        self.random = random.Random(seed)
        self.open: dict[str, str] | None = None
        self.count = 0

    def run(self, stop: threading.Event) -> None:
        """Save until told to stop or until the server is gone."""
        while not stop.is_set():
            if self.open is None:
                self.count += 1
                self.open = self.next()
            else:
                self.ledger.sent_again += 1
            try:
                self.send(self.open)
            except OSError:
                return
            except Surprise as surprise:
                self.ledger.surprises.append(str(surprise))
                return
            self.ledger.acknowledged += 1
            self.open = None
            stop.wait(self.random.uniform(0, 0.05))

    def next(self) -> dict[str, str]:
        """What to save now."""
        raise NotImplementedError

    def send(self, what: dict[str, str]) -> None:
        """Send it; note it in the ledger once it is acknowledged. Raises OSError where no answer came."""
        raise NotImplementedError


def _require(accepted: bool, what: str, status: int) -> None:
    if not accepted:
        raise Surprise(f"{what} was answered with {status}")


class FindingWriter(Writer):
    """Writes findings, each with a key of its own."""

    def __init__(self, client: Client, ledger: Ledger, seed: int, inspection: str, area: str) -> None:
        super().__init__(client, ledger, seed)
        self.path, self.area = f"/inspections/{inspection}/findings/new/", area

    def next(self) -> dict[str, str]:
        """A finding nobody has written before."""
        return {
            "client_key": str(uuid4()), "area": self.area, "kind": "improve", "confidence": "low",
            "statement": f"Crash finding {uuid4().hex}", "explanation": "Typed while the power fails.",
        }  # fmt: skip

    def send(self, what: dict[str, str]) -> None:
        """Through the page that writes findings."""
        answer = self.client.post(self.path, what)
        _require(answer.status in (302, 303), "writing a finding", answer.status)
        self.ledger.findings[what["client_key"]] = what["statement"]


class AnswerWriter(Writer):
    """Saves answers of a case review as they are typed, one question after another."""

    def __init__(self, client: Client, ledger: Ledger, seed: int, address: str, questions: list[str]) -> None:
        super().__init__(client, ledger, seed)
        self.address, self.questions = address, questions
        self.review = address.rstrip("/").rsplit("/", 1)[-1]
        self.versions: dict[str, str] = {}

    def next(self) -> dict[str, str]:
        """The next words at one of the questions."""
        return {"question": self.random.choice(self.questions), "value": "", "why": f"Typed {uuid4().hex}"}

    def send(self, what: dict[str, str]) -> None:
        """To the address that the review's own script uses. A version that the crash hid is asked for."""
        question = what["question"]
        for _ in range(2):
            sent = {**what, "version": self.versions.get(question, "0")}
            answer = self.client.post(f"{self.address}save/", sent)
            if answer.status == 409:
                self.versions[question] = str(_json(answer.text)["clash"]["version"])  # type: ignore[index]
                continue
            _require(answer.status == 200, "saving an answer", answer.status)
            self.versions[question] = str(_json(answer.text)["version"])
            self.ledger.answers[(self.review, question)] = what["why"]
            return
        raise Surprise("an answer clashed twice though nobody else writes it")


class TypedTextWriter(Writer):
    """Keeps what is being typed in a form, over and over."""

    def __init__(self, client: Client, ledger: Ledger, seed: int, email: str) -> None:
        super().__init__(client, ledger, seed)
        self.email = email

    def next(self) -> dict[str, str]:
        """A little more text in one of four forms."""
        return {"form": f"crash-{self.random.randrange(4)}", "inspection": "", "fields": f'{{"said": "{uuid4().hex}"}}'}

    def send(self, what: dict[str, str]) -> None:
        """To the address that forms send what is typed to."""
        answer = self.client.post("/typed-text/", what)
        _require(answer.status == 204, "keeping typed text", answer.status)
        self.ledger.typed[(self.email, what["form"])] = what["fields"]


class Uploader(Writer):
    """Hands in workbooks, each a little different from every other."""

    def __init__(self, client: Client, ledger: Ledger, seed: int, inspection: str, workbook: bytes) -> None:
        super().__init__(client, ledger, seed)
        self.path, self.workbook = f"/inspections/{inspection}/data/", workbook
        self.files: dict[str, bytes] = {}

    def next(self) -> dict[str, str]:
        """A workbook with bytes of its own; the lists in it are the same."""
        key = str(uuid4())
        held = io.BytesIO(self.workbook)
        with zipfile.ZipFile(held, "a") as file:
            file.comment = key.encode()
        self.files = {key: held.getvalue()}
        return {"client_key": key, "as_at": ""}

    def send(self, what: dict[str, str]) -> None:
        """Through the page that takes data in."""
        data = self.files[what["client_key"]]
        answer = self.client.upload(self.path, what, "file", ("crash.xlsx", data))
        _require(answer.status in (201, 302, 303), "handing in a workbook", answer.status)
        self.ledger.uploads[what["client_key"]] = sha256(data).hexdigest()
        # One more straight away would only fill the reader's queue.
        time.sleep(self.random.uniform(0.2, 1.0))


def _json(text: str) -> dict[str, object]:
    import json

    held: dict[str, object] = json.loads(text)
    return held
