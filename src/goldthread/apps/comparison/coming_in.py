"""What the months of a submission are held against: how many children live in the area, and the published rates."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from goldthread.apps.comparison import comparing, files
from goldthread.apps.submissions.models import Submission

if TYPE_CHECKING:
    from goldthread.apps.comparison.files import Beside
    from goldthread.kernel.charts import Marker, PerTenThousand

SAID, PUBLISHED = "as the inspection says", "worked back from published figures"
"""Where the number of children comes from."""


def rates_beside(submission: Submission, codes: Collection[str]) -> dict[str, PerTenThousand]:
    """By the code of a yearly rate, what its months are held against; nothing where nobody tells how many children.

    A rate of which nothing is published, such as that of contacts, has no markers.
    """
    from goldthread.kernel.charts import PerTenThousand

    if not codes:
        return {}
    beside, said = files.beside(submission.inspection), submission.inspection.children_in_area
    children = said or comparing.children_published(beside)
    if not children:
        return {}
    source = SAID if said else PUBLISHED
    return {code: PerTenThousand(children, source, _markers(code, beside, submission)) for code in codes}


def _markers(code: str, beside: Beside, submission: Submission) -> tuple[Marker, ...]:
    """England, and the mean of those neighbours that have a figure, for the latest period of the authority."""
    from goldthread.kernel.charts import Marker

    found = comparing.published_of(code, beside, submission)
    if found is None:
        return ()
    england = found.comparator(found.england)
    near = found.neighbours.at(found.period) if found.neighbours else None
    held = [Marker("England", england, found.period)] if england is not None else []
    if near is not None and near.value is not None:
        held.append(Marker(f"{near.of} neighbours", round(near.value, 1), found.period))
    return tuple(held)
