"""The plan that an authority publishes after a report: by which day, in working days after the report is published.

Within 70 working days of receiving the report the authority says what it will do and when (Education and Inspections
Act 2006, section 137, as the frameworks of `domain/frameworks` quote it; the figure was not checked in the Act).
"""

from collections.abc import Set
from datetime import date

from goldthread.domain.calendar import add_working_days

DAYS = 70
"""Working days after the day of publication, which is not counted itself."""


def plan_due(published: date, holidays: Set[date]) -> date:
    """The last day on which the plan is in time."""
    return add_working_days(published, DAYS, holidays)
