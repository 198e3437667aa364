"""Reading submissions: what was handed in, what was found wrong with it, and what its numbers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.desk import Desk, desk
from goldthread.apps.submissions.issues import (
    SEVERITIES,
    SORTS,
    Issue,
    Issues,
    RuleBroken,
    issues,
    rules_broken,
)
from goldthread.apps.submissions.measure_areas import SERVICE_TITLES, service_of
from goldthread.apps.submissions.measure_words import finding_of, one_decimal, per_cent, with_severities
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.apps.submissions.typed import Typed, typed_text
from goldthread.domain import lifecycle
from goldthread.engines.durable import StoreDamaged

if TYPE_CHECKING:
    import polars as pl

BREAKDOWN_TITLES: Mapping[str, str] = {
    "gender": "Gender",
    "age_band": "Age",
    "ethnicity_group": "Ethnicity",
    "disability": "Disability",
    "team": "Team",
    "locality": "Locality of home",
    "placement_type": "Placement",
    "legal_status": "Legal status",
    "organisation": "Organisation",
}


def visible_to(actor: Actor) -> QuerySet[Submission]:
    """Submissions that an actor may see, the latest first."""
    rows = Submission.objects.select_related("inspection", "created_by", "handed_over_by")
    return visible(rows, actor, Permission.SUBMISSION_READ).order_by("-created_at")


def get(actor: Actor, inspection: UUID, submission: UUID) -> Submission:
    """One submission of an inspection. Raises Submission.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=submission)


def same_as(actor: Actor, submission: Submission) -> Submission | None:
    """The last submission before it of the very same bytes that the actor may know of and that was not withdrawn."""
    alike = handed_in(actor, submission.inspection).filter(sha256=submission.sha256).exclude(pk=submission.pk)
    return alike.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).order_by("-created_at").first()


def handed_in(actor: Actor, inspection: Inspection) -> QuerySet[Submission]:
    """What was handed in for an inspection, as far as the actor may see it, the latest first."""
    return visible_to(actor).filter(inspection=inspection)


def latest(inspection: Inspection, actor: Actor) -> Submission | None:
    """The newest submission that was read, was not withdrawn, and that the actor may see."""
    rows = handed_in(actor, inspection).filter(status=lifecycle.Submission.READ)
    return rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).first()


def may(actor: Actor, permission: Permission, thing: Desk | Submission) -> bool:
    """Whether a page should offer an act on a submission, or at the desk."""
    return policy.decide(actor, permission, thing.target(changing=True), timezone.now()).allowed


def may_read_rows(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may read a submission row by row."""
    return policy.decide(actor, Permission.LISTS_READ, submission.target(), timezone.now()).allowed


def may_withdraw(actor: Actor, submission: Submission) -> bool:
    """Whether a page should offer to withdraw: the side that handed it in, while it is not withdrawn."""
    of_team = submission.side == Side.TEAM
    return may(actor, Permission.SUBMISSION_UPLOAD if of_team else Permission.SUBMISSION_HAND_OVER, submission)


def is_damage(exception: Exception) -> bool:
    """Whether what went wrong is that something kept of a submission is gone from the disk, or spoilt."""
    return isinstance(exception, StoreDamaged)


def tables_of(submission: Submission) -> dict[str, pl.DataFrame]:
    """The tables of a submission under pseudonyms, those that the file had. Empty where it was not read."""
    if not submission.store_key:
        return {}
    return holdings.fetch_frames(submission, "tables", submission.store_key)


def table(submission: Submission, name: str) -> pl.DataFrame:
    """One table of a submission under pseudonyms. Raises KeyError where the file lacked it."""
    return holdings.fetch_frame(submission, "tables", submission.store_key, name)


@dataclass(frozen=True, slots=True)
class ListRead:
    """One of the eleven lists, or a table of another form, and how many rows of it there are; None where missing."""

    table: str
    number: int
    title: str
    rows: int | None
    issues: int


def form_title(submission: Submission) -> str:
    """What was handed in, as people call it, with the year that a return is of; empty while it is not known."""
    from goldthread.kernel.forms import FORMS

    if submission.form not in FORMS:
        return ""
    year = submission.year
    return FORMS[submission.form].title + (f", {year - 1}-{year % 100:02}" if year else "")


def measure_source(value: MeasureValue) -> str:
    """Where a measure's value comes from, as people call it: the form, its list where one alone is counted, the day.

    Two forms tell of the same children in two ways and of two days, so a figure is never shown without it.
    """
    from goldthread.kernel.forms import FORMS

    submission = value.submission
    told = form_title(submission) or "What was handed in"
    if submission.form in FORMS and not value.of_record:
        form, name = FORMS[submission.form], value.detail.get("table")
        known = next((one for one in form.tables if one.name == name), None)
        told += f", list {form.numbers()[known.name]} ({known.title.lower()})" if known else ""
    day = submission.as_at
    return f"{told}, as at {day.day} {day:%B %Y}" if day else told


def lists(submission: Submission) -> list[ListRead]:
    """Every list of Annex A, or every table of another form: found with how many rows and issues, or missing."""
    from goldthread.kernel.forms import FORMS

    rows = submission.lists.get("rows", {})
    counted: dict[str, int] = {}
    for rule in submission.counts.get("rules", []):
        counted[rule["table"]] = counted.get(rule["table"], 0) + rule["issues"]
    form = FORMS[submission.form]
    numbers = form.numbers()
    return [
        ListRead(known.name, numbers[known.name], known.title, rows.get(known.name), counted.get(known.name, 0))
        for known in form.tables
    ]


def issues_of_no_list(submission: Submission, read: Sequence[ListRead]) -> int:
    """How many issues are about the submission as a whole and about none of its lists: what their sum leaves over."""
    return max(0, int(submission.counts.get("total", 0)) - sum(one.issues for one in read))


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator and denominator in words, as far as they may be shown."""

    value: MeasureValue

    @property
    def counts(self) -> str:
        """“1,234 of 1,300”."""
        return f"{self.value.numerator:,} of {self.value.denominator:,}"

    @property
    def shown(self) -> str:
        """The percentage, or nothing where the denominator is below ten."""
        if self.value.value is None or not self.value.denominator:
            return ""
        return per_cent(self.value.numerator, self.value.denominator)

    @property
    def likely(self) -> str:
        """The 95% interval in words."""
        if self.value.low is None or self.value.high is None:
            return ""
        return f"likely between {one_decimal(self.value.low)} and {one_decimal(self.value.high)}"

    @property
    def spread(self) -> str:
        """The 95% interval as it stands under a heading that says what it is; empty where there is none."""
        if self.value.low is None or self.value.high is None:
            return ""
        return f"{one_decimal(self.value.low)} to {one_decimal(self.value.high)}"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure for each group of children, by one thing."""

    title: str
    groups: list[tuple[str, Share]]


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """One measure of one submission as people read it, with all that a number must carry."""

    code: str
    title: str
    finding: str
    service: str
    share: Share
    detail: Mapping[str, Any]
    as_at: date | None
    submission: Submission

    @property
    def known(self) -> bool:
        """Whether it could be worked out at all."""
        return self.share.value.denominator > 0

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Each warning in words, with how grave what it counts is, and the codes of the rules that it counts."""
        rules = {one["rule"]: one["severity"] for one in self.submission.counts.get("rules", [])}
        return [with_severities(one, rules) for one in self.detail.get("warnings", [])]

    @property
    def few(self) -> bool:
        """Whether fewer than thirty are in the denominator, so that nothing should be called high or low."""
        return self.detail.get("display") in ("counts", "counts-and-range")

    @property
    def settings(self) -> list[tuple[str, str, str]]:
        """The limits used: what each counts, its value with its unit, and whether its source was read."""
        from goldthread.kernel.settings import SETTINGS

        used = self.detail.get("settings", {})
        return [(one.says, _in_words(used[one.name], one.unit), one.status) for one in SETTINGS if one.name in used]

    @property
    def better(self) -> str:
        """Which way is better, in words."""
        words = {"high": "Higher is better", "low": "Lower is better"}
        return words.get(str(self.detail.get("better")), "For context: neither high nor low is good in itself")


def _in_words(value: int, unit: str) -> str:
    return ("yes" if value else "no") if unit == "0 or 1" else f"{value} {unit}"


def measures(submission: Submission) -> list[MeasureRead]:
    """Every measure of a submission's lists, in the order of a child's way through the services."""
    return measures_of(submission, of_record=False)


def measures_of(submission: Submission, *, of_record: bool) -> list[MeasureRead]:
    """Every measure of the lists, or of the record, in the order of the catalogue."""
    values = MeasureValue.objects.filter(submission=submission, breakdown="", of_record=of_record).order_by("pk")
    return [_measure_read(value, submission) for value in values]


def measure(submission: Submission, code: str) -> tuple[MeasureRead, list[Breakdown]]:
    """One measure of the lists with its breakdowns. Raises MeasureValue.DoesNotExist."""
    return measure_of(submission, code, of_record=False)


def measure_of(submission: Submission, code: str, *, of_record: bool) -> tuple[MeasureRead, list[Breakdown]]:
    """One measure of the lists, or of the record, with its breakdowns. Raises MeasureValue.DoesNotExist.

    A breakdown by what nothing handed in tells of has one group, not known, and is left out.
    """
    from goldthread.kernel.groups import NOT_KNOWN

    values = MeasureValue.objects.filter(submission=submission, code=code, of_record=of_record).order_by("pk")
    whole = values.get(breakdown="")
    groups: dict[str, list[tuple[str, Share]]] = {}
    for value in values.exclude(breakdown=""):
        groups.setdefault(value.breakdown, []).append((value.group, Share(value)))
    told = {by for by, of in groups.items() if {name for name, _ in of} != {NOT_KNOWN}}
    parts = [
        Breakdown(title, sorted(groups[by], key=lambda group: place_of(group[0])))
        for by, title in BREAKDOWN_TITLES.items()
        if by in told
    ]
    return _measure_read(whole, submission), parts


def place_of(name: str) -> tuple[int, str]:
    """Ages from the youngest, other groups by name, what is not known last."""
    from goldthread.kernel.groups import AGE_BANDS, NOT_KNOWN, OLDEST_BAND

    ages = [name for _, name in AGE_BANDS] + [OLDEST_BAND]
    return (99 if name == NOT_KNOWN else ages.index(name) if name in ages else 0, name)


def by_service(rows: Iterable[MeasureRead]) -> list[tuple[str, list[MeasureRead]]]:
    """Measures gathered under the service that they are about."""
    gathered: dict[str, list[MeasureRead]] = {}
    for row in rows:
        gathered.setdefault(row.service, []).append(row)
    return list(gathered.items())


def _measure_read(value: MeasureValue, submission: Submission) -> MeasureRead:
    title = str(value.detail.get("title", value.code))
    says = finding_of(value)
    service = SERVICE_TITLES.get(service_of(value.code), "Other")
    return MeasureRead(value.code, title, says, service, Share(value), value.detail, submission.as_at, submission)


__all__ = [
    "BREAKDOWN_TITLES",
    "SEVERITIES",
    "SORTS",
    "Breakdown",
    "Desk",
    "Issue",
    "Issues",
    "ListRead",
    "MeasureRead",
    "RuleBroken",
    "Share",
    "Typed",
    "by_service",
    "desk",
    "form_title",
    "get",
    "handed_in",
    "issues",
    "latest",
    "lists",
    "may",
    "may_read_rows",
    "may_withdraw",
    "measure",
    "measure_of",
    "measure_source",
    "measures",
    "measures_of",
    "place_of",
    "rules_broken",
    "table",
    "tables_of",
    "typed_text",
    "visible_to",
]  # fmt: skip
