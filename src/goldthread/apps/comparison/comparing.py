"""A submission's measures laid beside what is published of its authority and of all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.comparison import figures, files
from goldthread.apps.comparison.files import Beside
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import MeasureRead

if TYPE_CHECKING:
    from goldthread.domain.benchmarks import Authority
    from goldthread.domain.funnels import Funnel, Placed
    from goldthread.domain.quartiles import Band
    from goldthread.domain.ranks import Rank
    from goldthread.kernel.charts import Chart
    from goldthread.kernel.comparison import Comparison

CHARTS = ("strip", "funnel", "years")
"""The pictures of one measure, by address, in the order of the page."""

THESE_LISTS = "these lists"
"""What the figure of the submission is called beside published ones."""

COUNTS_WORKED_BACK = "The funnel and the rank use counts worked back from rounded percentages: near, not exact."


class NotCompared(Submission.DoesNotExist):
    """Nothing published can be laid beside the measure, or there is no such picture of it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of a submission with its published counterpart, and what to bear in mind."""

    ours: MeasureRead
    published: Comparison
    cautions: tuple[str, ...]

    @property
    def value(self) -> float | None:
        """The figure of the submission; None where too few are counted for a percentage."""
        return self.ours.share.value.value

    @property
    def quarter_of_file(self) -> Band | None:
        """In which quarter of the authorities the submission's own figure would lie."""
        return self.published.band_of(self.value) if self.value is not None else None

    @property
    def behind_england(self) -> float | None:
        """By how much the submission's figure is worse than England's; negative where it is better."""
        england, better = self.published.comparator(self.published.england), self.published.better
        if england is None or self.value is None or better == "context":
            return None
        return england - self.value if better == "high" else self.value - england


@dataclass(frozen=True, slots=True)
class All:
    """Every measure of a submission that can be compared, with what it is laid beside, and the titles of the others."""

    beside: Beside
    rows: tuple[Compared, ...]
    without: tuple[str, ...]


def compared(submission: Submission) -> All:
    """Every measure that has a published counterpart."""
    beside = files.beside(submission.inspection)
    rows, without = [], []
    for ours in queries.measures(submission):
        made = _compared(ours, beside, submission) if ours.known else None
        if made is not None:
            rows.append(made)
        elif ours.known:
            without.append(ours.title)
    return All(beside, tuple(rows), tuple(without))


def _compared(ours: MeasureRead, beside: Beside, submission: Submission) -> Compared | None:
    from goldthread.kernel.benchmark_codes import COUNTERPARTS
    from goldthread.kernel.comparison import compare_ours

    counterpart = COUNTERPARTS.get(ours.code)
    if counterpart is None:
        return None
    published = compare_ours(
        beside.benchmarks, ours.code, beside.authority or _nobody(submission),
        neighbours=beside.neighbours if beside.authority is not None else None, model=beside.model,
    )  # fmt: skip
    return Compared(ours, published, (*counterpart.cautions, *published.cautions)) if published is not None else None


def _nobody(submission: Submission) -> Authority:
    """Stands in for an authority of which nothing is published: no code and no region, so that only England is left."""
    from goldthread.domain.benchmarks import Authority

    return Authority("", (), submission.inspection.authority, "")


@dataclass(frozen=True, slots=True)
class Among:
    """Where the published counts place the authority: its funnel, its place in it, and its rank with an interval."""

    funnel: Funnel
    own: Placed | None
    rank: Rank | None
    worked_back: bool


@dataclass(frozen=True, slots=True)
class One:
    """One measure with its pictures' ground."""

    submission: Submission
    beside: Beside
    row: Compared
    among: Among | None

    def target(self) -> Target:
        """Asked about as the submission is."""
        return self.submission.target()

    @property
    def inspection(self) -> Inspection:
        """The inspection that it belongs to."""
        return self.submission.inspection


def one(actor: Actor, inspection: UUID, submission: UUID, code: str) -> One:
    """One measure compared. Raises Submission.DoesNotExist, which NotCompared is, where there is nothing to see."""
    row = queries.get(actor, inspection, submission)
    beside = files.beside(row.inspection)
    ours = next((each for each in queries.measures(row) if each.code == code and each.known), None)
    made = _compared(ours, beside, row) if ours is not None else None
    if made is None:
        raise NotCompared
    return One(row, beside, made, _among(made, beside))


def _among(made: Compared, beside: Beside) -> Among | None:
    from goldthread.kernel.benchmark_codes import COUNTERPARTS
    from goldthread.kernel.comparison import funnel_of

    funnel = funnel_of(beside.benchmarks, made.ours.code, made.published.period)
    if funnel is None:
        return None
    name = own_name(made)
    rank = None
    if made.published.better != "context" and beside.file is not None:
        # A thousand draws take half a second, and what is published does not change under a page: kept.
        high = made.published.better == "high"
        rank = figures.ranks(beside.file, made.ours.code, made.published.period, high_is_better=high).get(name)
    return Among(funnel, funnel.place(name), rank, COUNTERPARTS[made.ours.code].from_percent)


def own_name(made: Compared) -> str:
    """What the published file calls the authority."""
    authority = made.published.authority
    return next((peer.name for peer in made.published.peers if peer.code == authority.code), authority.name)


def charts(found: One, *, leaving: bool = False) -> dict[str, Chart]:
    """The pictures that there are of one measure, by address.

    `leaving` withholds the submission's own figure where its counts are small; what is published is not withheld.
    """
    from goldthread.kernel.charts import authority_strip, comparison_lines, funnel_chart

    row = found.row
    made: dict[str, Chart] = {}
    if row.published.peers:
        made["strip"] = authority_strip(row.published, also=_also(row, leaving=leaving))
    if found.among is not None:
        near = frozenset(peer.name for peer in row.published.peers if peer.neighbour)
        made["funnel"] = funnel_chart(found.among.funnel, own_name(row), row.published.title, neighbours=near)
    made["years"] = comparison_lines(row.published)
    return {name: made[name] for name in CHARTS if name in made and made[name].rows}


def chart(found: One, name: str) -> Chart:
    """One picture, as it may leave. Raises NotCompared where there is none."""
    try:
        return charts(found, leaving=True)[name]
    except KeyError:
        raise NotCompared from None


def _also(row: Compared, *, leaving: bool) -> tuple[str, float] | None:
    if row.value is None or (leaving and not may_leave(row.ours)):
        return None
    return THESE_LISTS, round(row.value, row.published.decimals or 1)


def may_leave(ours: MeasureRead) -> bool:
    """Whether a measure's percentage may leave the house."""
    from goldthread.domain.disclosure import WITHHELD, rate_shown

    return rate_shown(ours.share.value.numerator, ours.share.value.denominator) != WITHHELD
