"""What may be hard to read in a child's file: said by those who read it, and led to expect by the lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.queries.stories import rows_about
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


_CATEGORIES = ("first_category", "latest_category")
