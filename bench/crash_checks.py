"""What must hold after every crash, asked of the database and the sealed files themselves.

Runs in the driver's own process, on the same folder that the server serves.
"""

import json
import os
import sqlite3
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from crash_writers import Ledger, Writer
from serving import ROOT, environment


def open_house(folder: Path) -> None:
    """Fit this process to the installation in a folder."""
    os.environ.update({name: value for name, value in environment(folder).items() if name.startswith("GOLDTHREAD_")})
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()


def problems(folder: Path, ledger: Ledger, writers: list[Writer]) -> list[str]:
    """Everything that is not as it must be, in words; nothing where all is well."""
    from django.db import connections

    try:
        return [
            *_database(folder),
            *_journal(),
            *_findings(ledger, _open(writers, "statement")),
            *_answers(ledger, _open(writers, "why")),
            *_typed(ledger, _open(writers, "fields")),
            *_uploads(ledger),
        ]
    finally:
        connections.close_all()


def _open(writers: list[Writer], name: str) -> set[str]:
    """What was sent and not answered: it may be there or not, and both are right."""
    return {one.open[name] for one in writers if one.open and name in one.open}


def _database(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "data" / "goldthread.sqlite3", timeout=10)
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    return [f"integrity_check: {one}" for one in said if one != "ok"] + [
        f"a row points nowhere: {one}" for one in loose
    ]


def _journal() -> list[str]:
    from goldthread.apps.journal import queries

    checked = [queries.verify(chain) for chain in queries.chains()]
    return [f"the journal of {one.chain}: {one.says}" for one in checked if not one.whole]


def _findings(ledger: Ledger, unanswered: set[str]) -> list[str]:
    from goldthread.apps.findings.models import Finding
    from goldthread.apps.journal.models import Entry

    rows = Finding.objects.filter(statement__startswith="Crash finding ").values_list("client_key", "statement", "pk")
    held = {str(key): statement for key, statement, _ in rows}
    times = Counter(statement for _, statement, _ in rows)
    told = Counter(Entry.objects.filter(event="finding.written").values_list("about_id", flat=True))
    found = [
        f"a finding that was acknowledged is gone ({key})"
        for key, says in ledger.findings.items()
        if held.get(key) != says
    ]
    found += [f"a finding is there {count} times" for count in times.values() if count > 1]
    found += [f"a finding has {told[str(pk)]} entries in the journal" for _, _, pk in rows if told[str(pk)] != 1]
    known = set(ledger.findings.values()) | unanswered
    return found + ["a finding is there that nobody sent" for says in held.values() if says not in known]


def _answers(ledger: Ledger, unanswered: set[str]) -> list[str]:
    from goldthread.apps.cases.models import Answer

    held = {
        (str(review), question): why
        for review, question, why in Answer.objects.values_list("review_id", "question", "why")
    }
    return [
        f"an answer that was acknowledged is gone ({question})"
        for (review, question), why in ledger.answers.items()
        if held.get((review, question)) != why and held.get((review, question)) not in unanswered
    ]


def _typed(ledger: Ledger, unanswered: set[str]) -> list[str]:
    from goldthread.apps.inspections.models import TypedText

    rows = TypedText.objects.values_list("person__email", "form", "fields")
    held = {(email, form): json.dumps(fields) for email, form, fields in rows}
    return [
        f"typed text that was acknowledged is gone ({form})"
        for (email, form), fields in ledger.typed.items()
        if held.get((email, form)) != fields and held.get((email, form)) not in unanswered
    ]


def _uploads(ledger: Ledger) -> list[str]:
    from goldthread.apps.submissions import holdings
    from goldthread.apps.submissions.models import Submission

    rows = list(Submission.objects.select_related("inspection"))
    keys = Counter(str(row.client_key) for row in rows)
    held = {str(row.client_key): row.sha256 for row in rows}
    found = [
        f"an upload that was acknowledged is gone ({key})"
        for key, digest in ledger.uploads.items()
        if held.get(key) != digest
    ]
    found += [f"an upload is there {count} times" for count in keys.values() if count > 1]
    for row in rows:
        try:
            with holdings.clear_file(row) as path:
                if sha256(Path(path).read_bytes()).hexdigest() != row.sha256:
                    found.append(f"the file of {row.pk} is not what was sent")
        except Exception as broken:
            found.append(f"the file of {row.pk} cannot be opened: {type(broken).__name__}")
    return found


def settle(seconds: float) -> dict[str, int]:
    """Wait until everything that was received is read or refused; how many of each there are."""
    from django.db import connections

    from goldthread.apps.submissions.models import Submission

    until = time.monotonic() + seconds
    while time.monotonic() < until and Submission.objects.filter(status__in=("received", "reading")).exists():
        connections.close_all()
        time.sleep(1)
    counted = Counter(Submission.objects.values_list("status", flat=True))
    connections.close_all()
    return dict(counted)


def leftovers(folder: Path) -> list[str]:
    """What still lies about after the sweeper has passed, as it will an hour from now. Nothing where it is clean."""
    from django.db import connections

    from goldthread.apps.submissions import holdings
    from goldthread.apps.submissions.models import Submission

    holdings.sweep(now=time.time() + 2 * holdings.YOUNG_SECONDS)
    rows: dict[str, Any] = {str(row.pk): row for row in Submission.objects.all()}
    blobs = {row.blob_key for row in rows.values()}
    connections.close_all()
    data = folder / "data"
    found = [f"a part of a file: {path.parent.name}" for path in data.rglob(".part-*")]
    found += ["a sealed file without a row" for path in data.glob("blobs/*/??/*") if path.name not in blobs]
    found += [
        "frames of a submission that was not read" for path in data.glob("store/*/*")
        if path.name not in rows or rows[path.name].status != "read"
    ]  # fmt: skip
    clear = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "made" and _is_workbook(path)]
    return found + [f"a workbook in clear: {path.name}" for path in clear]


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"
