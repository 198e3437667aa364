"""The vault: who is behind a pseudonym. Every look is in the journal before the answer is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission

LOOK_REASONS: Mapping[str, str] = {
    "ask-for-file": "to ask the authority for the child's file",
    "case-review": "to review the child's file",
    "safeguarding": "because a child may be in danger",
    "data-check": "to check the data with the authority",
    "subject-access": "to answer somebody who asks what is held about them",
}
"""Why somebody may look, by code; a code and not free text, so that nothing of a child lands in the journal."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who is behind a pseudonym: every id, date of birth, postcode, URN, name, other number and address that the
    submission held. An expected date of birth stands for one that was not known yet."""

    pseudonym: str
    ids: tuple[str, ...]
    born_on: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    urns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    expected_on: tuple[str, ...] = ()


class Work(Protocol):
    """In the course of what a look is done: a case, as a rule. It names itself by its number."""

    @property
    def inspection_id(self) -> Any: ...
    def target(self) -> Target: ...
    def journal_subject(self) -> tuple[str, str, str]: ...


@transaction.atomic
def look_up(
    *, pseudonyms: Iterable[str], inspection: Inspection, by: Actor, reason: str, work: Work | None = None
) -> dict[str, Known]:
    """The identities behind pseudonyms, by pseudonym; one that is not known to the actor is left out.

    `work` is the case in whose course the look is done: whose own it is decides, and the journal names it. Without,
    it is asked about the inspection's submissions, which an inspector may not. Raises Refused.
    """
    if reason not in LOOK_REASONS:
        raise Refused("Choose why you need to know who this is.")
    wanted = list(dict.fromkeys(pseudonyms))
    if work is not None and work.inspection_id != inspection.pk:
        raise Refused("This case belongs to another inspection.", hidden=True)
    if work is not None:
        require(by, Permission.VAULT_READ, work.target())
    permission = Permission.SUBMISSION_READ if work is not None else Permission.VAULT_READ
    found: dict[str, Known] = {}
    seen: Submission | None = None
    rows = visible(Submission.objects.filter(inspection=inspection), by, permission)
    for submission in rows.exclude(vault_key="").select_related("inspection").order_by("-created_at"):
        seen = seen or submission
        if missing := [name for name in wanted if name not in found]:
            if work is None:
                require(by, Permission.VAULT_READ, submission.target())
            found |= _open(submission, missing)
    if seen is None:
        raise Refused("There is no submission here whose identities you may see.", hidden=work is None)
    journal(
        Events.VAULT_LOOKED, by=by, about=work or seen, chain=inspection.pk, side=seen.side,
        reason=reason, asked=len(wanted), found=len(found),
    )  # fmt: skip
    return found


@transaction.atomic
def open_journey(*, submission: Submission, place: str, by: Actor) -> None:
    """Write in the journal that somebody opens the journey of one child, named by a place in the lists."""
    require(by, Permission.LISTS_READ, submission.target())
    journal(
        Events.JOURNEY_OPENED, by=by, about=submission, chain=submission.inspection_id, side=submission.side,
        place=place,
    )  # fmt: skip


@transaction.atomic
def record_export(*, submission: Submission, what: str, rows: int, form: str, by: Actor) -> None:
    """Write in the journal that somebody takes rows of a submission out of the house. Before they leave."""
    require(by, Permission.LISTS_READ, submission.target())
    journal(
        Events.EXPORTED, by=by, about=submission, chain=submission.inspection_id, side=submission.side, what=what,
        rows=rows, form=form,
    )  # fmt: skip


@transaction.atomic
def record_picture(*, submission: Submission, what: str, rows: int, form: str, by: Actor) -> None:
    """Write in the journal that somebody takes a picture, or the numbers in it, out of the house."""
    require(by, Permission.SUBMISSION_READ, submission.target())
    journal(
        Events.EXPORTED, by=by, about=submission, chain=submission.inspection_id, side=submission.side, what=what,
        rows=rows, form=form,
    )  # fmt: skip


_KEPT = ("id", "born_on", "postcode", "urn", "name", "number", "address", "expected_on")
"""What the vault may hold of somebody, in the order of Known."""


def _open(submission: Submission, names: Iterable[str]) -> dict[str, Known]:
    import polars as pl

    held = holdings.fetch_frame(submission, "vault", submission.vault_key, "vault")
    entries: dict[str, dict[str, list[str]]] = {}
    for name, column, value in held.filter(pl.col("pseudonym").is_in(list(names))).iter_rows():
        entries.setdefault(name, {}).setdefault(column, []).append(value)
    return {
        name: Known(
            name, *(tuple(entry.get(column, ())) for column in _KEPT)
        )
        for name, entry in entries.items()
    }  # fmt: skip
