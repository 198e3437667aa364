"""What the council is asked for, as pages and files show it: with what of it may be there already."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from goldthread.apps.access.policy import Actor
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.requests import queries
from goldthread.apps.submissions import queries as submissions
from goldthread.domain import lifecycle
from goldthread.domain.information_requests import Match, Named, matches
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters.task import address

READ = lifecycle.Submission.READ
NOT_MATCHED = ("case-review",)
"""Kinds of evidence that are no answer to a request: what the team wrote itself of a child's file."""


def there_already(actor: Actor, inspection: Any, *, but: Any = None) -> list[Named]:
    """Everything that an answer could be there in: hand-ins and their tables, the shelf, earlier requests.

    Only what the actor may see. `but` is a request that is not held against itself.
    """
    return [
        *_handed_in(actor, inspection), *_on_the_shelf(actor, inspection), *_asked(actor, inspection, but)
    ]  # fmt: skip


def found(title: str, says: str, there: list[Named]) -> list[Match]:
    """What of it may be what is asked for."""
    return matches(f"{title} {says}", there)


def _handed_in(actor: Actor, inspection: Any) -> Iterable[Named]:
    rows = submissions.handed_in(actor, inspection).exclude(hand_over=lifecycle.HandOver.WITHDRAWN)
    for one in rows.filter(status=READ):
        where = address("submission", inspection.pk, one.pk)
        form = submissions.form_title(one)
        if form:
            yield Named(form, f"{form}, handed in as {one.label}", where)
        for held in submissions.lists(one):
            if held.rows:
                yield Named(held.title, f"“{held.title}”, {held.rows:,} rows, in {one.label}", where)


def _on_the_shelf(actor: Actor, inspection: Any) -> Iterable[Named]:
    for one in evidence.shelf(actor, inspection, status="current").exclude(kind__in=NOT_MATCHED):
        yield Named(
            one.title, f"E{one.number} on the evidence shelf: {one.title}", address("item", inspection.pk, one.pk)
        )


def _asked(actor: Actor, inspection: Any, but: Any) -> Iterable[Named]:
    for one in queries.of_inspection(actor, inspection).exclude(status=lifecycle.InformationRequest.WITHDRAWN):
        if one.pk != getattr(but, "pk", None):
            says = f"{one.mark}, asked for already: {one.title}"
            yield Named(one.title, says, address("request", inspection.pk, one.pk))


def rows(page: Iterable[Any], today: date) -> list[tuple[Any, bool, str]]:
    """Each request with whether it is late and its state in words."""
    return [(one, one.late(today), queries.STATUSES[one.status]) for one in page]


def table(inspection: Any, requests: Iterable[Any], *, by: str, at: datetime, asked: str) -> Table:
    """The list as a file."""
    columns = ("Number", "Reference", "What", "Exactly", "Why", "Due", "Who answers", "State", "Late", "First answered")
    held: list[tuple[Cell, ...]] = [
        (
            one.mark, one.ref, one.title, one.says, one.why, one.due, one.owner.name if one.owner else "",
            queries.STATUSES[one.status], "yes" if one.late(at.date()) else "",
            one.first_answered_at.date() if one.first_answered_at else None,
        )
        for one in requests
    ]  # fmt: skip
    about = (
        ("Inspection", inspection.title), ("Which", asked), ("Taken out by", by), ("At", f"{at:%d/%m/%Y %H:%M}"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip
    return Table("Requests", columns, held, about)
