"""What is measured of a submission laid beside what is published of its authority and of all others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.comparison import figures, files, ours
from goldthread.apps.comparison.files import Beside
from goldthread.apps.comparison.ours import Ours
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.domain.calendar import add_months

if TYPE_CHECKING:
    from goldthread.domain.benchmarks import Authority
    from goldthread.domain.funnels import Funnel, Placed
    from goldthread.domain.quartiles import Band
    from goldthread.domain.ranks import Rank
    from goldthread.kernel.charts import Chart
    from goldthread.kernel.comparison import Comparison

CHARTS = ("strip", "funnel", "years")
"""The pictures of one measure, by address, in the order of the page."""

HEADLINES_ONLY = (
    "The file that is loaded has no such figure. England's and the region's come with the project: no quarter, no rank."
)


def called(submission: Submission) -> str:
    """What the figure of a submission is called beside published ones."""
    return "these lists" if submission.of_lists else "this hand-in"


class NotCompared(Submission.DoesNotExist):
    """Nothing published can be laid beside the measure, or there is no such picture of it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that is measured with its published counterpart, and what to bear in mind.

    `shipped` says that the figures are those of the project, because the file in force has none. `half_seen` says why
    the submission's own figure is not placed among the others: it looks back further than what was handed in.
    """

    ours: Ours
    published: Comparison
    cautions: tuple[str, ...]
    shipped: bool = False
    half_seen: str = ""

    @property
    def value(self) -> float | None:
        """The figure of the submission; None where too few are counted for one, or a rate waits."""
        return self.ours.value

    @property
    def quarter_of_file(self) -> Band | None:
        """In which quarter of the authorities the submission's own figure would lie."""
        return self.published.band_of(self.value) if self.value is not None and not self.half_seen else None

    @property
    def behind_england(self) -> float | None:
        """By how much the submission's figure is worse than England's; negative where it is better."""
        england, better = self.published.comparator(self.published.england), self.published.better
        if england is None or self.value is None or better == "context" or self.half_seen:
            return None
        return england - self.value if better == "high" else self.value - england


@dataclass(frozen=True, slots=True)
class All:
    """Everything of a submission that can be compared, and what it is laid beside.

    `without` are the titles of what has no published counterpart, `differs` those whose counterpart asks something
    else, with what. `children` is how many children the published figures give the authority, null where they do not.
    """

    beside: Beside
    rows: tuple[Compared, ...]
    without: tuple[str, ...]
    differs: tuple[tuple[str, str], ...]
    children: int | None

    @property
    def waits(self) -> bool:
        """Whether a rate waits for the number of children."""
        return any(row.ours.waits for row in self.rows)


def compared(submission: Submission) -> All:
    """Everything that is measured and has a published counterpart."""
    from goldthread.kernel.benchmark_codes import NOT_PAIRED

    beside = files.beside(submission.inspection)
    rows, without, differs = [], [], []
    for own in ours.all_of(submission):
        made = _compared(own, beside, submission)
        if made is not None:
            rows.append(made)
        elif own.code in NOT_PAIRED:
            differs.append((own.title, NOT_PAIRED[own.code]))
        else:
            without.append(own.title)
    return All(beside, tuple(rows), tuple(without), tuple(differs), children_published(beside))


def some(submission: Submission, codes: Collection[str]) -> dict[str, Compared]:
    """Measures by their codes, with their published counterparts; those that have none are left out."""
    beside = files.beside(submission.inspection)
    wanted = [own for own in ours.all_of(submission) if own.code in codes]
    made = {own.code: _compared(own, beside, submission) for own in wanted}
    return {code: one for code, one in made.items() if one is not None}


def children_published(beside: Beside) -> int | None:
    """How many children live in the authority by the latest published figures; None where they do not tell."""
    from goldthread.kernel.among import children_in
    from goldthread.kernel.benchmark_codes import CHILDREN_FROM

    if beside.authority is None:
        return None
    held = beside.benchmarks.of(CHILDREN_FROM[1]).sort("year", "period")["period"].to_list()
    return children_in(beside.benchmarks, held[-1]).get(beside.authority.code) if held else None


def published_of(code: str, beside: Beside, submission: Submission) -> Comparison | None:
    """What is published of the counterpart of one of ours, in the file in force or in the figures of the project."""
    return _published(code, beside, submission)[0]


def _published(code: str, beside: Beside, submission: Submission) -> tuple[Comparison | None, bool]:
    """The same, and whether the figures are those of the project because the file in force has none."""
    from goldthread.kernel.comparison import compare_ours

    authority = beside.authority or _nobody(submission)
    near = beside.neighbours if beside.authority is not None else None
    found = compare_ours(beside.benchmarks, code, authority, neighbours=near, model=beside.model)
    if found is not None or beside.file is None:
        return found, False
    return compare_ours(figures.headlines(), code, authority), True


def _compared(own: Ours, beside: Beside, submission: Submission) -> Compared | None:
    from goldthread.kernel.comparison import bear_in_mind

    published, shipped = _published(own.code, beside, submission)
    if published is None:
        return None
    said = bear_in_mind(own.code, published, of_record=own.of_record, as_at=submission.as_at)
    half = half_seen(own, submission)
    told = (*((half,) if half else ()), *((HEADLINES_ONLY,) if shipped else ()), *said)
    return Compared(own, published, told, shipped, half)


def half_seen(own: Ours, submission: Submission) -> str:
    """Why a figure that looks back further than what was handed in is not placed; empty where all of it is seen."""
    back, since = int(own.detail.get("looks_back", 0)), str(submission.counts.get("known_from", ""))
    if not own.of_record or not back or not since or submission.as_at is None:
        return ""
    known = date.fromisoformat(since)
    if (known - add_months(submission.as_at, -back)).days <= 1:
        return ""
    return (
        f"It looks back {back} months, and what was handed in is whole from {known:%-d %B %Y} only: its own figure "
        "misses what happened before, and is not placed among the others."
    )


def _nobody(submission: Submission) -> Authority:
    """Stands in for an authority of which nothing is published: no code and no region, so that only England is left."""
    from goldthread.domain.benchmarks import Authority

    return Authority("", (), submission.inspection.authority, "")


@dataclass(frozen=True, slots=True)
class Among:
    """Where the published counts place the authority: its funnel, its place in it, its rank with an interval, and what
    is to be said of the counts."""

    funnel: Funnel
    own: Placed | None
    rank: Rank | None
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class One:
    """One thing that is measured, with its pictures' ground."""

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
    """One thing compared. Raises Submission.DoesNotExist, which NotCompared is, where there is nothing to see."""
    row = queries.get(actor, inspection, submission)
    beside = files.beside(row.inspection)
    own = ours.one_of(row, code)
    made = _compared(own, beside, row) if own is not None else None
    if made is None:
        raise NotCompared
    return One(row, beside, made, _among(made, beside))


def _among(made: Compared, beside: Beside) -> Among | None:
    from goldthread.kernel.among import about_counts, funnel_of

    code, period = made.ours.code, made.published.period
    funnel = funnel_of(beside.benchmarks, code, period)
    if funnel is None:
        return None
    name = own_name(made)
    rank = None
    if made.published.better != "context" and beside.file is not None:
        # A thousand draws take half a second, and what is published does not change under a page: kept.
        high = made.published.better == "high"
        rank = figures.ranks(beside.file, code, period, high_is_better=high).get(name)
    return Among(funnel, funnel.place(name), rank, about_counts(beside.benchmarks, code, funnel, period))


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
        made["strip"] = authority_strip(row.published, also=_also(found, leaving=leaving))
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


def _also(found: One, *, leaving: bool) -> tuple[str, float] | None:
    row = found.row
    if row.value is None or (leaving and not row.ours.may_leave):
        return None
    return called(found.submission), round(row.value, row.published.decimals or 1)
