"""The services in a submission: headline measures, the pictures of each service, and the rows behind a mark.

Whoever may read rows is shown true counts, and each mark leads to its rows. Whoever may not is shown the same pictures
with small numbers withheld, and none that shows single children or single workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.children import Place
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import MeasureRead, measures

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.charts import Chart, PerTenThousand
    from goldthread.kernel.context import Context
    from goldthread.kernel.picture import Picture

MEASURE_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "front-door": ("FD", "EH"),
    "assessment": ("AS", "CN"),
    "protection": ("CP",),
    "care": ("CLA", "HE", "MI"),
    "care-leavers": ("CL",),
    "adoption": ("AD",),
    "workforce": ("WF",),
}
"""Which measures stand at the head of which service, by the letters of their codes."""

LACKS: Mapping[str, str] = {
    "care": "Annex A has no postcode of the home: how far from home children live is told by the return on children "
    "looked after, and by the safeguarding dataset.",
    "adoption": "Annex A has no list of foster carers: fostering shows in where children in care live.",
    "workforce": "Annex A has no list of staff: a worker is a name beside an open case, and no vacancy is seen.",
}
"""What the lists do not hold about a service, so that nobody takes silence for an answer."""

NOT_SHOWN = "This picture shows single children or workers. Your role reads counts, not rows."
NOBODY = "Nobody in the lists is counted here."
STAYS = "This picture shows single children or workers, so it does not leave as a file."
NOT_SAFE = (
    "Some numbers of this picture are small. With them and all from which they could be worked out withheld, too "
    "little is left to draw. So it is shown to those who may read rows, and does not leave as a file. The measures "
    "of the service do leave."
)


class NoSuchPicture(Submission.DoesNotExist):
    """There is no such service, picture or mark in the submission."""


@dataclass(frozen=True, slots=True)
class PictureRead:
    """One picture of a service as somebody may see it; where there is no chart, `why_not` says why.

    What does not leave as a file is about single children or workers; what is not `on_paper` is not printed.
    """

    slug: str
    asks: str
    chart: Chart | None
    why_not: str = ""
    leaves: bool = True
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a mark: the question, the mark in words, and its rows."""

    picture: str
    asks: str
    says: str
    rows: tuple[RowBehind, ...]


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One row behind a mark: whose it is, where it stands, and its number where the picture has one."""

    child: str | None
    place: Place
    number: int | None


def services() -> list[tuple[str, str]]:
    """Every service, by address and title."""
    from goldthread.kernel.pictures import SERVICES

    return [(service.value, title) for service, title in SERVICES.items()]


def to_show(submission: Submission) -> list[tuple[str, str]]:
    """The services that have a page to show: of another form than the lists, those with a picture it can draw."""
    from goldthread.kernel.picture import Service
    from goldthread.kernel.pictures import of_service

    if submission.of_lists or not submission.readable:
        return services()
    held = holdings.frame_names(submission, "tables", submission.store_key) if submission.store_key else ()
    tables = dict.fromkeys(held)
    return [
        (slug, title) for slug, title in services() if any(one.can_draw(tables) for one in of_service(Service(slug)))
    ]


def title_of(service: str) -> str:
    """What a service is called. Raises NoSuchPicture."""
    titles = dict(services())
    if service not in titles:
        raise NoSuchPicture
    return titles[service]


def may_read_rows(actor: Actor, submission: Submission) -> bool:
    """Whether somebody is shown true counts, and the rows behind them."""
    return policy.decide(actor, Permission.LISTS_READ, submission.target(), timezone.now()).allowed


def headline(submission: Submission, service: str) -> list[MeasureRead]:
    """The measures of a service that could be worked out."""
    wanted = MEASURE_PREFIXES[service]
    return [one for one in measures(submission) if one.known and one.code.split("-")[0] in wanted]


def rates(service: str) -> list[str]:
    """The codes of the yearly rates whose months the pictures of a service show."""
    from goldthread.kernel.picture import Service
    from goldthread.kernel.pictures import of_service

    return [picture.rate for picture in of_service(Service(service)) if picture.rate]


def pictures(
    submission: Submission, service: str, *, careful: bool, beside: Mapping[str, PerTenThousand] | None = None
) -> list[PictureRead]:
    """Every picture of a service, drawn with what this submission has; one whose lists it lacks is left out.

    `beside` is by the code of a rate what its picture holds its months against.
    """
    from goldthread.kernel.picture import Service
    from goldthread.kernel.pictures import of_service

    if not submission.readable:
        return []
    wanted = of_service(Service(service))
    context = _context(
        submission,
        (name for picture in wanted for name in (*picture.needs, *picture.one_of)),
        also=_ALSO.get(service, ()),
    )
    return [
        _read(picture, context, (beside or {}).get(picture.rate), careful=careful)
        for picture in wanted
        if picture.can_draw(context.tables)
    ]


def picture(
    submission: Submission, service: str, slug: str, *, careful: bool,
    beside: Mapping[str, PerTenThousand] | None = None,
) -> PictureRead:  # fmt: skip
    """One picture of a service. Raises NoSuchPicture where there is none, or the submission lacks its lists."""
    known, context = _one(submission, service, slug)
    return _read(known, context, (beside or {}).get(known.rate), careful=careful)


def behind(submission: Submission, service: str, slug: str, mark: str) -> Behind:
    """The rows behind one mark of a picture. Raises NoSuchPicture."""
    import polars as pl

    from goldthread.kernel import picture as kernel

    known, context = _one(submission, service, slug)
    rows = kernel.behind(known, context.tables, context)
    try:
        first, second = kernel.counted(known, rows).place(mark)
    except KeyError:
        raise NoSuchPicture from None
    held = rows.filter((pl.col("first") == first) & (pl.col("second") == second))
    says = f"{first}, {second[0].lower()}{second[1:]}" if second else first
    found = held.select("child", "table", "row", "number").iter_rows()
    return Behind(
        known.slug, known.asks, says,
        tuple(RowBehind(child, Place(table, row), number) for child, table, row, number in found),
    )  # fmt: skip


_ALSO: Mapping[str, tuple[str, ...]] = {
    "front-door": ("section_47", "protection_plans", "children_in_care"),
    "assessment": ("children_in_need",),
    "protection": ("section_47", "children_in_need"),
    "workforce": ("protection_plans", "children_in_care", "care_leavers"),
}
"""Lists that a service's pictures read where they are there, besides those that they cannot do without."""


def _one(submission: Submission, service: str, slug: str) -> tuple[Picture, Context]:
    from goldthread.kernel.picture import Service
    from goldthread.kernel.pictures import of_service

    title_of(service)
    known = next((one for one in of_service(Service(service)) if one.slug == slug), None)
    if known is None or not submission.readable:
        raise NoSuchPicture
    context = _context(submission, (*known.needs, *known.one_of), also=_ALSO.get(service, ()))
    if not known.can_draw(context.tables):
        raise NoSuchPicture
    return known, context


def _context(submission: Submission, names: Iterable[str], *, also: Iterable[str]) -> Context:
    """The lists that are wanted and there, and the day for which the questions are asked."""
    from goldthread.kernel.context import Context

    held = set(holdings.frame_names(submission, "tables", submission.store_key)) if submission.store_key else set()
    tables: dict[str, pl.LazyFrame] = {
        name: holdings.fetch_frame(submission, "tables", submission.store_key, name).lazy()
        for name in dict.fromkeys((*names, *also))
        if name in held
    }
    return Context(as_at=submission.as_at or timezone.localdate(), tables=tables)


def _read(known: Picture, context: Context, beside: PerTenThousand | None, *, careful: bool) -> PictureRead:
    from goldthread.kernel import picture as kernel

    if careful and known.personal:
        return PictureRead(known.slug, known.asks, None, NOT_SHOWN, leaves=False, on_paper=known.on_paper)
    rows = kernel.behind(known, context.tables, context)
    chart = kernel.chart(known, rows, context, careful=careful, beside=beside)
    why_not = "" if chart is not None else NOT_SAFE if rows.height else NOBODY
    leaves, on_paper = not known.personal, known.on_paper
    return PictureRead(known.slug, known.asks, chart, why_not, leaves=leaves, on_paper=on_paper)
