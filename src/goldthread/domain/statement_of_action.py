"""What follows a report for its authority: by which day, in working days after the report is published.

Within 70 working days of receiving the report the authority says what it will do and when (Education and Inspections
Act 2006, section 137, as the frameworks of `domain/frameworks` quote it; the figure was not checked in the Act). The
authority receives the report, for good, on the day on which it is published here; before that day a timetable can only
plan one. So there is one rule: once the report is published, whatever is counted from it is counted from that day, in
the timetable, on the overview and in the plan alike, and what was planned or moved by hand gives way.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date

from goldthread.domain.calendar import add_working_days
from goldthread.domain.phase_days import Laid

DAYS = 70
"""Working days after the day of publication, which is not counted itself."""

FROM_REPORT: Mapping[str, int] = {
    "authority-publishes": 30, "statement-of-action": DAYS, "draft-plan": 20, "final-plan": DAYS,
}  # fmt: skip
"""The phases that frameworks count from the report or letter, by slug, and in how many working days each ends."""

PLANS = ("statement-of-action", "final-plan")
"""The phases at whose end the plan is due."""

WHERE_PRIORITY = frozenset({"draft-plan", "final-plan"})
"""The phases that there are only where the letter of a focused visit names a priority action."""


def plan_due(published: date, holidays: Set[date]) -> date:
    """The last day on which the plan is in time."""
    return add_working_days(published, DAYS, holidays)


def counted_from_report(
    laid: Sequence[Laid], published: date | None, holidays: Set[date], *, priority: bool
) -> list[Laid]:  # fmt: skip
    """The phases as they stand once the report is published; as they were laid before that.

    `priority` says whether the report names a priority action: where it names none, the phases for that fall away.
    """
    if published is None:
        return list(laid)
    first = add_working_days(published, 1, holidays)
    found = []
    for one in laid:
        if one.phase.slug in WHERE_PRIORITY and not priority:
            continue
        if one.phase.slug in FROM_REPORT:
            days = first, add_working_days(published, FROM_REPORT[one.phase.slug], holidays)
            one = Laid(one.phase, *days, days)
        found.append(one)
    return found
