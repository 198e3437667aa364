"""Writing in the journal: always inside the transaction of the act that it tells of."""

import hashlib
import json
from datetime import datetime
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

from goldthread.apps.journal.event import Event
from goldthread.apps.journal.models import Entry

SITE = "site"
GENESIS = "0" * 64


class Actor(Protocol):
    """Whoever acts: a person at a page, or the programme itself."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Subject(Protocol):
    """What an event is about: it can name itself without telling anything of a child."""

    def journal_subject(self) -> tuple[str, str, str]:
        """Kind, id and label, the label free of child-level values."""
        ...


def write(event: Event, *, by: Actor, about: Subject, chain: object = SITE, side: str = "team", **detail: Any) -> Entry:
    """Append one event to a chain. Raises RuntimeError outside a transaction: an unwritten act must roll back.

    `detail` holds counts, codes and names of fields that changed, never a value about a child.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The journal is written only inside the transaction of the act it records.")
    kind, about_id, label = about.journal_subject()
    last = Entry.objects.filter(chain=str(chain)).order_by("-number").values("number", "digest").first()
    entry = Entry(
        chain=str(chain), number=last["number"] + 1 if last else 1, at=timezone.now(), event=event.code,
        by_id=str(by.id), by_name=by.name[:120], side=str(side), about_kind=kind, about_id=str(about_id),
        about_label=label[:160], detail=detail, previous=last["digest"] if last else GENESIS,
    )  # fmt: skip
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: Entry) -> str:
    """SHA-256 over every field of an entry and the digest before it, as canonical JSON."""
    at: datetime = entry.at
    told = [
        entry.chain, entry.number, round(at.timestamp() * 1_000_000), entry.event, entry.by_id, entry.by_name,
        entry.side, entry.about_kind, entry.about_id, entry.about_label, entry.detail, entry.previous,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
