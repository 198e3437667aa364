"""Whom an inspection's lists know, as the words by which a text could give them away. For scanning alone: whoever
asks is told which sentences hold such a word, never which word (`actions/scanning`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission
from goldthread.domain.recognition import Known

if TYPE_CHECKING:
    import polars as pl

SMALL_TEAM = 10
"""A team of fewer workers is named to nobody outside: who did the work would be known (security reference 4.3)."""

_NUMBERS = ("id", "number", "urn")
_BIRTHS = ("born_on", "childs_birth")


def known_people(inspection: Inspection, people: Collection[str] = ()) -> Known:
    """Every name, number, postcode, day of birth and address in the vaults of what was handed in, and whom the lists
    name as worker or team, beside `people`. Of submissions that were replaced too: whoever left the lists is still a
    child."""
    vault: dict[str, set[str]] = {}
    staff: set[str] = set()
    teams: dict[str, set[str]] = {}
    for submission in Submission.objects.filter(inspection=inspection).exclude(vault_key="").order_by("created_at"):
        held = holdings.fetch_frame(submission, "vault", submission.vault_key, "vault")
        for column, value in held.select("column", "value").unique().iter_rows():
            vault.setdefault(column, set()).add(value)
        for team, worker in _staff(submission).iter_rows():
            if worker:
                staff.add(worker)
            if team:
                teams.setdefault(team, set()).add(worker or "")
    return Known(
        names=vault.get("name", ()),
        numbers=[*(one for kind in _NUMBERS for one in vault.get(kind, ())), *(one for one in staff if _is_code(one))],
        postcodes=vault.get("postcode", ()),
        births=[day for kind in _BIRTHS for one in vault.get(kind, ()) if (day := _day(one))],
        addresses=[line for one in vault.get("address", ()) for line in _lines(one)],
        staff=[one for one in staff if not _is_code(one)],
        people=people,
        teams=[team for team, workers in teams.items() if len(workers) < SMALL_TEAM],
    )


def dictionary_of(inspection: Inspection) -> str:
    """By which lists somebody could be known now, as a name: another once lists came, were read anew or are gone."""
    rows = Submission.objects.filter(inspection=inspection).exclude(vault_key="").order_by("pk")
    held = "\n".join(f"{vault} {store}" for vault, store in rows.values_list("vault_key", "store_key"))
    return hashlib.sha256(held.encode()).hexdigest()


def _staff(submission: Submission) -> pl.DataFrame:
    """Team and worker of every row, each pair once."""
    from goldthread.kernel.staff import staff_of

    tables = holdings.fetch_frames(submission, "tables", submission.store_key)
    return staff_of(tables).select("team", "worker").unique()


def _is_code(worker: str) -> bool:
    """Whether a worker is named by a number and not by a name."""
    return any(one.isdigit() for one in worker)


def _day(written: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(written[:10])
    return None


def _lines(written: str) -> Iterator[str]:
    """The lines of an address: of one kept as JSON its texts, of another the text itself."""
    with suppress(ValueError):
        yield from _texts(json.loads(written))
        return
    yield written


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        parts = [str(one) for one in held.values() if isinstance(one, str | int)]
        yield " ".join(parts)
        yield from (text for one in held.values() for text in _texts(one))
    elif isinstance(held, list):
        yield from (text for one in held for text in _texts(one))
