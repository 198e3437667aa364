"""What may be hard to read in a child's file: said by those who read it, and led to expect by the lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.queries.stories import list_of, may_read_rows, rows_about
from goldthread.domain import content_notices


@dataclass(frozen=True, slots=True)
class ContentNotice:
    """What a reader should know first. `said` was written by a reader, `listed` follows from the lists; both in words.

    `by` and `on` say who wrote it last and when; empty and None where nobody did.
    """

    said: tuple[str, ...]
    listed: tuple[str, ...]
    by: str
    on: date | None

    def __bool__(self) -> bool:
        """Whether there is anything to be told."""
        return bool(self.said or self.listed)


def content_notice(case: Case, actor: Actor) -> ContentNotice:
    """The notice of one file. What the lists lead to expect is left out where the actor may not read its rows."""
    said = tuple(case.content_kinds.split(",")) if case.content_kinds else ()
    plans = rows_about(case, actor, "protection_plans")
    listed = content_notices.of_categories(row.get(name) for row in plans for name in _CATEGORIES)
    return ContentNotice(
        content_notices.titles(said), content_notices.titles(one for one in listed if one not in said),
        case.content_said_by.name if case.content_said_by else "", case.content_said_on,
    )  # fmt: skip


def with_notices(cases: Iterable[Case], actor: Actor) -> set[UUID]:
    """Those of some files about which a reader or the lists say something; the lists where the actor may read them.

    The lists of each submission are opened once, however many files are asked about.
    """
    import polars as pl

    found: set[UUID] = set()
    by_lists: dict[UUID, list[Case]] = {}
    for case in cases:
        if case.content_kinds:
            found.add(case.pk)
        elif may_read_rows(case, actor):
            by_lists.setdefault(case.draw.submission_id, []).append(case)
    for held in by_lists.values():
        plans = list_of(held[0].draw.submission, "protection_plans")
        if plans is None or "child" not in plans.columns:
            continue
        names = [one for one in _CATEGORIES if one in plans.columns]
        wanted = plans.filter(pl.col("child").is_in([one.pseudonym for one in held])).select("child", *names)
        told = {row[0] for row in wanted.iter_rows() if content_notices.of_categories(row[1:])}
        found |= {one.pk for one in held if one.pseudonym in told}
    return found


_CATEGORIES = ("first_category", "latest_category")
