"""What stands beside the headline measures of a service: what is published, and the target of the series."""

from collections.abc import Collection
from dataclasses import dataclass

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import comparing
from goldthread.apps.comparison.comparing import Compared
from goldthread.apps.comparison.models import Series
from goldthread.apps.comparison.watching import has_months, side_of
from goldthread.apps.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class BesideHeadline:
    """The published counterpart of one measure, and the target that this side has set for its series, in per cent.

    `watched` says whether this submission by itself has a series to which the target can be seen.
    """

    compared: Compared | None = None
    target: float | None = None
    target_source: str = ""
    watched: bool = False


def beside_headlines(actor: Actor, submission: Submission, codes: Collection[str]) -> dict[str, BesideHeadline]:
    """By the code of a measure; measures that have neither are left out."""
    published = comparing.some(submission, codes)
    targets = {
        one.code: one
        for one in Series.objects.filter(
            inspection=submission.inspection, side=side_of(submission.inspection, actor), code__in=codes
        )
        if one.target_value is not None
    }
    made = {}
    for code in codes:
        if code in targets:
            held = targets[code]
            watched = has_months(submission, code)
            made[code] = BesideHeadline(published.get(code), held.target_value, held.target_source, watched)
        elif code in published:
            made[code] = BesideHeadline(published[code])
    return made
