"""The points of a published report, each with the area it was made of: what was strong, and what was to be better."""

from dataclasses import dataclass

from goldthread.apps.reports.composing import LISTED
from goldthread.apps.reports.models import Publication, Sentence

WELL = ("strengths", "good_practice")
"""The sections in which what is done well stands."""


@dataclass(frozen=True, slots=True)
class PublishedPoint:
    """One point as it was published: the area's slug in its framework, whether it is done well, and its words."""

    area: str
    well: bool
    text: str


def points_published(held: Publication) -> list[PublishedPoint]:
    """The points of a report that everybody may read, in its order; nothing that was not published is among them."""
    public = [
        text for part in held.content["parts"] for text in (*part["points"], *part["paragraphs"])
    ]  # fmt: skip
    rows = Sentence.objects.filter(section__report_id=held.report_id, section__kind__in=LISTED, finding__isnull=False)
    return [
        PublishedPoint(one.finding.area, one.section.kind in WELL, one.text)
        for one in rows.select_related("section", "finding").order_by("section__order", "paragraph", "order")
        if one.finding is not None and any(one.text in each for each in public)
    ]
