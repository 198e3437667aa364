"""Which children the other forms of an inspection know: for the practice record, whose rules ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goldthread.apps.access.roles import Side
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.pseudonymise import Person
from goldthread.domain import lifecycle


def known(submission: Submission, names: Mapping[Person, str]) -> frozenset[str] | None:
    """The children of a submission, as it writes them, whom another form knows; None where there is no other.

    `names` are the pseudonyms of whoever is in it: a child has one in every form of an inspection. Only what was
    handed over is asked, and of what the team uploaded nothing where the authority reads the answer (see `earlier`).
    """
    from goldthread.engines.durable import StoreDamaged

    others = _others(submission)
    if not others:
        return None
    held: set[str] = set()
    for each in others:
        try:
            held.update(_children(each))
        except (KeyError, StoreDamaged, OSError):
            return None  # half an answer would call children unknown who are not
    return frozenset(written for (_, written), name in names.items() if name in held)


def _others(submission: Submission) -> list[Submission]:
    from goldthread.kernel.children import WHOSE

    rows = Submission.objects.filter(
        inspection=submission.inspection, form__in=WHOSE, status=lifecycle.Submission.READ,
        hand_over=lifecycle.HandOver.SUBMITTED,
    ).exclude(pk=submission.pk)  # fmt: skip
    if submission.side != Side.TEAM:
        rows = rows.filter(side=submission.side)
    return list(rows.select_related("inspection"))


def _children(other: Submission) -> Iterator[str]:
    """The pseudonyms of the children whom a submission knows."""
    from goldthread.kernel.children import WHOSE

    there = set(holdings.frame_names(other, "tables", other.store_key))
    for table, column in WHOSE[other.form]:
        if table in there:
            frame = holdings.fetch_frame(other, "tables", other.store_key, table)
            yield from frame[column].drop_nulls().unique().to_list()
