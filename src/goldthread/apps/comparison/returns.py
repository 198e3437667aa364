"""Re-referral and return to care as curves, over all that was handed in of an authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison.hand_ins import sequence, tables_of
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.domain.calendar import add_months

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart
    from goldthread.kernel.returning import Return

LISTS_REACH = 6
"""How many months back the lists reach: hand-ins further apart leave a time of which nobody tells."""

CUT_EARLY = timedelta(days=10)
"""How long before its day a list may have been cut."""

TOO_SMALL = (
    "The numbers are so small that some would tell of a child. So the curve is shown to those who may read rows, and "
    "does not leave as a file."
)
NOBODY = "Nobody left in the time that the lists cover, so there is nobody to follow."


@dataclass(frozen=True, slots=True)
class CurveRead:
    """One curve as somebody may see it; where there is no chart, `why_not` says why."""

    slug: str
    title: str
    says: str
    chart: Chart | None
    why_not: str


@dataclass(frozen=True, slots=True)
class Returns:
    """The curves of a submission, from how many hand-ins, and what to bear in mind."""

    submission: Submission
    hand_ins: tuple[Submission, ...]
    curves: tuple[CurveRead, ...]
    cautions: tuple[str, ...]


def slugs() -> tuple[str, ...]:
    """Every curve, by address."""
    from goldthread.kernel.returning import RETURNS

    return tuple(how.slug for how in RETURNS)


def returns(actor: Actor, submission: Submission, *, leaving: bool = False) -> Returns:
    """Every curve that the lists can tell. Whoever may not read rows, and what leaves, gets none with small numbers."""
    from goldthread.kernel.returning import RETURNS

    if not submission.readable or submission.as_at is None:
        return Returns(submission, (), (), ())
    hand_ins = tuple(sequence(actor, submission))
    careful = leaving or not queries.may_read_rows(actor, submission)
    curves = tuple(_curve(how, hand_ins, submission, careful=careful) for how in RETURNS)
    return Returns(submission, hand_ins, curves, _cautions(hand_ins))


def _curve(how: Return, hand_ins: Sequence[Submission], submission: Submission, *, careful: bool) -> CurveRead:
    from goldthread.domain.survival import kaplan_meier
    from goldthread.kernel.charts import survival_chart
    from goldthread.kernel.returning import careful_curve, waits_of

    snapshots = [tables_of(one.pk, set(how.needs)) for one in hand_ins]
    lacking = [name for name in how.needs if not any(name in tables for tables in snapshots)]
    if lacking or submission.as_at is None:
        return CurveRead(how.slug, how.title, how.says, None, _lacks(lacking))
    waits = waits_of(how, snapshots, submission.as_at)
    if not waits:
        return CurveRead(how.slug, how.title, how.says, None, NOBODY)
    curve = careful_curve(waits) if careful else kaplan_meier(waits)
    if curve is None:
        return CurveRead(how.slug, how.title, how.says, None, TOO_SMALL)
    day = max((day for day in DAYS if day <= curve.longest), default=curve.longest)
    return CurveRead(how.slug, how.title, how.says, survival_chart(curve, how.event, day=day), "")


DAYS = (91, 182, 365)
"""The days of which the finding may speak: the longest that anybody was followed to."""


def _lacks(lacking: Sequence[str]) -> str:
    from goldthread.kernel.tables import TABLES

    names = " and ".join(f"list {TABLES[name].number} ({TABLES[name].title})" for name in lacking)
    return (
        f"{names[0].upper()}{names[1:]} is not among what was handed in, so this cannot be told." if names else NOBODY
    )


def _cautions(hand_ins: Sequence[Submission]) -> tuple[str, ...]:
    said = []
    days = [one.as_at for one in hand_ins if one.as_at is not None]
    if len(days) == 1:
        said.append(
            f"From one hand-in alone, which tells of {LISTS_REACH} months: nobody is followed for longer. "
            "Hand in lists month by month, and the curves grow."
        )
    gaps = [
        f"{before:%B %Y} to {after:%B %Y}"
        for before, after in pairwise(days)
        if add_months(after, -LISTS_REACH) > before + CUT_EARLY
    ]
    if gaps:
        said.append(f"No list tells of all of {', '.join(gaps)}: who came back then is missed.")
    return tuple(said)
