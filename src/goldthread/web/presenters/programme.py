"""An audit programme as pages, files and home pages show it."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.programme import queries
from goldthread.apps.submissions import pictures
from goldthread.domain import lifecycle
from goldthread.kernel.charts.audit_times import RoundRow, audit_times_chart
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters.task import Task, address

FEWEST = 10
"""Below so many audits a share is not told in per cent."""


def share(told: Any) -> str:
    """How many were done in time, with the share and its likely range where there are enough."""
    if told is None:
        return "withheld"
    if not told.judged:
        return "None due yet"
    counts = f"{told.in_time:,} of {told.judged:,}"
    if told.judged < FEWEST:
        return counts
    low, high = told.interval
    return f"{counts}, {round(100 * told.in_time / told.judged)}% (likely {round(100 * low)} to {round(100 * high)}%)"


def rows(held: Iterable[Any]) -> list[tuple[Any, str]]:
    """Each row with its share in words."""
    return [(one, share(one.told)) for one in held]


def picture(completion: Any) -> Any:
    """The chart of the rounds as a page shows it; None while no round is drawn."""
    held = [RoundRow(one.name, one.told) for one in completion.rounds]
    return pictures.whole(audit_times_chart(held)) if held else None


def statement(told: Any) -> dict[str, Any]:
    """A statement of a programme as its page shows it."""
    held = [RoundRow(one.name, one.told) for one in told.rounds if one.told]
    return {
        "told": told, "whole": share(told.whole), "rounds": rows(told.rounds), "teams": rows(told.teams),
        "withheld": bool(told.teams) and all(one.told is None for one in told.teams),
        "rising": [one.name for one in told.themes if one.verdict == "rising"],
        "picture": pictures.whole(audit_times_chart(held)) if held else None,
    }  # fmt: skip


def news(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """How the council's own programme stands, as it was told lately, for those of the council who may read it."""
    for one in queries.latest_statements(actor):
        where = address("programme_statements", one.inspection_id)
        yield Task("Read how your audits stand", f"{one.inspection.title}, {one.day:%-d %B %Y}", where)


def actions_table(inspection: Any, found: Iterable[Any], *, by: str, at: datetime, asked: str) -> Table:
    """The list of actions as a file."""
    columns = ("Number", "What is to be done", "Owner", "Due", "State", "Overdue", "Round", "Case")
    today = at.date()
    held: list[tuple[Cell, ...]] = [
        (
            one.action.mark, one.says, one.action.owner.name, one.action.due, one.state,
            "yes" if one.action.late(today) else "", f"{one.action.round.month:%B %Y}" if one.action.round else "",
            f"Case {one.action.case.number} of draw {one.action.case.draw.number}" if one.action.case else "",
        )
        for one in found
    ]  # fmt: skip
    about = (
        ("Inspection", inspection.title), ("Which", asked), ("Taken out by", by), ("At", f"{at:%d/%m/%Y %H:%M}"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip
    return Table("Actions", columns, held, about)


def due(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Audits of mine that are overdue or due soon, a task for each programme, until I have seen it today."""
    today = timezone.localdate()
    for inspection in queries.with_programmes(mine):
        told = queries.mine(inspection, actor, today)
        if told is None or not told.count or told.seen == today:
            continue
        first = (*told.overdue, *told.soon)[0]
        late = f"{len(told.overdue)} overdue, " if told.overdue else ""
        says = f"{inspection.title}. {late}{len(told.soon)} due soon"
        yield Task("Audits are due", says, address("programme_due", inspection.pk), told.count, first.due)


def drawing(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """A round whose month has begun and that is not drawn."""
    today = timezone.localdate()
    for inspection in queries.with_programmes(mine):
        held = queries.next_planned(inspection) if queries.may_run(actor, inspection) else None
        if held is not None and held.month <= today:
            where = address("programme_round_draw", inspection.pk, held.pk)
            last = held.month.replace(day=monthrange(held.month.year, held.month.month)[1])
            yield Task(f"Draw the round of {held.month:%B %Y}", inspection.title, where, due=last)


def to_do(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Actions that are mine to do, and those whose proof I may accept."""
    for one in queries.waiting_for(actor):
        back = " It was returned to you." if one.status == lifecycle.AuditAction.RETURNED else ""
        says = f"{one.mark}, {one.inspection.title}.{back}"
        yield Task(
            "Do what an audit asks of you", says, address("audit_action", one.inspection_id, one.pk), due=one.due
        )
    for one in queries.to_settle(actor):
        says = f"{one.mark}, {one.inspection.title}"
        yield Task("Read the proof of an action", says, address("audit_action", one.inspection_id, one.pk))
