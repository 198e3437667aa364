"""The demonstration's second inspection five years on: an authority that was good, what was handed in since, and what
another inspection found. Every part is made with the clock set back to its day, through the same actions as real work.

In the lists that are handed in between the two the service begins to lose ground in a month that is known, so that the
page “Then and now” can be held against it.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.drafting import known
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions as findings
from goldthread.apps.improvement import actions as improvement
from goldthread.apps.improvement.models import PlannedAction, Recommendation
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.config import demonstration_data as data
from goldthread.config import demonstration_later_report as written
from goldthread.config import demonstration_later_story as story
from goldthread.config import demonstration_planned as planned
from goldthread.config.demonstration_programme import as_on
from goldthread.domain import lifecycle
from goldthread.domain.calendar import add_months
from goldthread.synthetic import authority
from goldthread.synthetic.cuts import folder
from goldthread.synthetic.cuts.request import Request

LEAD, UPLOADER, OWNER = (
    "lead@demo.example", "uploader@demo.example", "improvement@demo.example",
)  # fmt: skip
YEARS, EVERY, DECLINES_FROM = 5, 6, 37
"""How far the inspections lie apart, how many months lie between two hand-ins, and the month of the sixty in between,
from 1, in which the service begins to decline."""
SIZE, SEED, SAMPLE, INSTRUMENT = 0.1, 2026, 6, "case-review-short-1"
BEFORE = 12
"""For how many months before the first inspection lists are handed in."""
EARLIEST = authority.FIRST_DAY
DAYS_AGO = 77
"""How many days ago, about, the second inspection was called."""
READ, FOUND = 4, 23
"""How many days after the call files are read, and findings are written and agreed: both within fieldwork."""
PUBLISHED_AFTER = timedelta(days=written.PUBLISHED)
"""How long after the call a report is published."""
SEEN_BETWEEN = (8, 18)
"""From how many days after the call to how many visits and conversations are held."""
ROLES_FOR = timedelta(days=365)
"""For how long from today whoever took part keeps their role, so that both inspections can be read side by side."""

Answers = Callable[[int], dict[str, cases.Typed]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the story: on which each inspection was called, and the last day of the lists before each."""

    first: date
    second: date

    @classmethod
    def up_to(cls, today: date) -> "Calendar":
        """The second inspection some weeks ago, the first five years before it, both called on a Monday."""
        second = _monday(today - timedelta(days=DAYS_AGO))
        return cls(_monday(add_months(second.replace(day=8), -12 * YEARS)), second)

    @property
    def first_lists(self) -> date:
        """The day of the last lists before the first inspection."""
        return add_months(self.second_lists + timedelta(days=1), -12 * YEARS) - timedelta(days=1)

    @property
    def second_lists(self) -> date:
        """The day of the last lists before the second inspection."""
        return self.second.replace(day=1) - timedelta(days=1)

    @property
    def tellable(self) -> bool:
        """Whether lists can be invented for so early a day."""
        return add_months(self.first_lists, -EVERY) >= EARLIEST


def five_years_on(
    people: Mapping[str, Person], actors: Mapping[str, Actor], answers: Answers, size: float
) -> Inspection | None:
    """Both inspections and what lies between them. None where the clock stands too early for the earliest lists."""
    days = Calendar.up_to(timezone.localdate())
    if not days.tellable:
        return None
    told, size = dict(actors), min(size, SIZE)
    with tempfile.TemporaryDirectory() as made:
        before = _written(Path(made) / "before", size, days.first_lists, BEFORE, None)
        since = _written(Path(made) / "since", size, days.second_lists, 12 * YEARS, DECLINES_FROM)
        first = _inspection(story.FIRST, "sif-2013", days.first, people, told)
        handed = [_handed(first, told, *each) for each in before]
        _inspected(first, handed[-1], story.THEN, people, answers)
        written.report_of(first, story.GRADED_THEN, story.CHECKED_THEN, people)
        between = _between(days.first, people, told)
        asked = [_asked(between, place) for place in range(len(story.ASKED))]
        _planned(asked, between.call_day, told[OWNER], told[LEAD])
        _watched(between, since, people, told)
        second = _inspection(story.SECOND, "ilacs-2026", days.second, people, told)
        last = _handed(second, told, *since[-1])
        with as_on(last.handed_over_at.date() + timedelta(days=1) if last.handed_over_at else days.second):
            # What was asked in between is told by the lists of the second inspection as well: they are the newest.
            improvement.read_goals(inspection=between, by=told[LEAD])
        _inspected(second, last, story.NOW, people, answers)
        written.report_of(second, story.GRADED_NOW, story.CHECKED_NOW, people)
    return second


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _written(out: Path, size: float, as_at: date, months: int, declines_from: int | None) -> list[tuple[Path, date]]:
    """The lists of a story, each with its day."""
    spec = authority.AuthoritySpec(story.AUTHORITY, size, SEED, as_at)
    asked = Request(spec, ("annex-a",), months=months, declines_from=declines_from, every=EVERY)
    folder.write_returns(asked, out, lambda _: None)
    return [(out / "annex-a" / f"synthetic-annex-a-{day}.xlsx", day) for day in asked.snapshots]


def _handed(inspection: Inspection, actors: dict[str, Actor], path: Path, day: date) -> Submission:
    """One hand-in: received, read and handed over on the later of the day after it and the call."""
    with as_on(max(day + timedelta(days=1), inspection.call_day)):
        return data.hand_over([data.receive_lists(inspection, actors, path, day)], actors)[0]


def _inspection(
    title: str, framework: str, call: date, people: Mapping[str, Person], actors: Mapping[str, Actor], *,
    kind: str = "mock", days: int = 25,
) -> Inspection:  # fmt: skip
    lead, until = actors[LEAD], timezone.now() + ROLES_FOR
    with as_on(call):
        held = inspections.create(
            title=f"{title}, {call:%Y}" if kind == "mock" else title, authority=story.AUTHORITY, framework=framework,
            kind=kind, call_day=call, fieldwork_from=call + timedelta(days=1), fieldwork_to=call + timedelta(days=days),
            client_key=data.key(title), synthetic=True, by=PROGRAMME,
        )  # fmt: skip
        for email, role in ((LEAD, "lead"), *story.TEAM):
            inspections.add_member(
                inspection=held, person=people[email], role=role, by=PROGRAMME, valid_to=until, reason="demonstration"
            )
        for to in (lifecycle.Inspection.NOTIFIED, lifecycle.Inspection.FIELDWORK):
            held = inspections.move(inspection=held, to=to, by=lead)
    return held


def _inspected(
    inspection: Inspection, submission: Submission, found: Sequence[story.Found], people: Mapping[str, Person],
    answers: Answers,
) -> None:  # fmt: skip
    """Fieldwork: a sample is drawn and read, what was seen and heard is shelved, and findings are agreed."""
    lead, call = actor_for(people[LEAD], second_factor=True), inspection.call_day
    with as_on(call + timedelta(days=READ)):
        _read_files(inspection, submission, people, answers, lead)
    with as_on(call + timedelta(days=FOUND)):
        _findings(inspection, submission, found, lead)


def _read_files(
    inspection: Inspection, submission: Submission, people: Mapping[str, Person], answers: Answers, lead: Actor
) -> None:  # fmt: skip
    draw = cases.make_draw(
        inspection=inspection, submission=submission, purpose="Files to review", population="open-cases",
        strata_by=("service",), size=SAMPLE, seed=f"{inspection.call_day:%Y}", instrument=INSTRUMENT,
        client_key=data.key(f"draw of {inspection.title}"), by=lead,
    )  # fmt: skip
    readers = [people[email] for email, role in story.TEAM if role == "inspector"]
    cases.allocate_evenly(draw=draw, inspectors=readers, by=lead)
    by_id = {one.pk: actor_for(one, second_factor=True) for one in readers}
    given = Case.objects.filter(draw=draw, reserve=False).exclude(allocated_to=None).order_by("number")
    for number, case in enumerate(given):
        by = by_id[case.allocated_to_id]  # type: ignore[index]
        review = cases.start_review(case=case, by=by)
        review = cases.save_answers(review=review, answers=answers(number), by=by).review
        cases.sign_off(review=review, version=review.version, by=by)


def _findings(inspection: Inspection, submission: Submission, told: Sequence[story.Found], lead: Actor) -> None:
    values = MeasureValue.objects.filter(submission=submission, breakdown="").select_related("evidence_item")
    measures = {one.code: one.evidence_item for one in values if one.evidence_item is not None}
    seen = _seen(inspection)
    for number, one in enumerate(told):
        finding = findings.write_finding(
            inspection=inspection, kind=one.kind, area=one.area, criteria=[], statement=one.statement,
            explanation=one.explanation, confidence="high" if one.measures else "middle", themes=one.themes,
            client_key=data.key(f"{inspection.title} {number}"), by=lead,
        )  # fmt: skip
        for code in one.measures:
            if code in measures:
                findings.cite(finding=finding, item=measures[code], stance="for", why="The figure", by=lead)
        for item, why in _of_its_area(inspection, one, number, seen):
            findings.cite(finding=finding, item=item, stance="for", why=why, by=lead)
        findings.agree(finding=finding, by=lead)


def _seen(inspection: Inspection) -> Mapping[str, EvidenceItem]:
    """What was watched and heard in the weeks of fieldwork, one item of the shelf for each area."""
    first, last = (inspection.call_day + timedelta(days=one) for one in SEEN_BETWEEN)
    return {
        area.slug: evidence.shelve(
            inspection=inspection, kind="observation", title=f"Visits and conversations: {area.short}", by=PROGRAMME,
            areas=[area.slug], about_from=first, about_to=last,
            summary="What inspectors watched and were told in the weeks of fieldwork. Invented.",
        )
        for area in known.framework(inspection.framework).areas
    }  # fmt: skip


def _of_its_area(
    inspection: Inspection, one: story.Found, number: int, seen: Mapping[str, EvidenceItem]
) -> Iterator[tuple[EvidenceItem, str]]:  # fmt: skip
    """The reviews that a finding leans on, all of the shelf of its own area, and what was seen and heard there."""
    held = EvidenceItem.objects.filter(
        inspection=inspection, kind="case-review", area_slugs__contains=f"|{one.area}|"
    )  # fmt: skip
    reviews = list(held.order_by("number"))
    for place in range(min(one.reviews, len(reviews))):
        yield reviews[(number + place) % len(reviews)], "Seen in the file"
    yield seen[one.area], "Seen and heard in fieldwork"


def _between(first: date, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> Inspection:
    """The council's own programme in the years between, in which what it was asked to better is kept."""
    begins = first + PUBLISHED_AFTER + timedelta(days=7)
    # It runs on while what it asked for is not closed.
    days = timezone.localdate() + ROLES_FOR - begins
    held = _inspection(story.BETWEEN, "own-audit", begins, people, actors, kind="internal", days=days.days)
    with as_on(begins + timedelta(days=1)):
        for number, one in enumerate(story.ASKED):
            made = improvement.recommend(
                inspection=held, says=one.says, owner=people[OWNER], due=add_months(begins, 18),
                client_key=data.key(f"asked in between {number}"), by=actors[LEAD],
            )  # fmt: skip
            improvement.settle(
                held=made, to=lifecycle.Recommendation.OPEN, because="", version=made.version, by=actors[LEAD]
            )
    return held


def _watched(
    between: Inspection, since: Sequence[tuple[Path, date]], people: Mapping[str, Person], actors: dict[str, Actor]
) -> None:  # fmt: skip
    """Lists each half year; goals are set on the first and read on each later one, and what is met is closed."""
    lead = actors[LEAD]
    for number, (path, day) in enumerate(since[:-1], 1):
        _handed(between, actors, path, day)
        with as_on(day + timedelta(days=12)):
            if number == 1:
                _goals(between, lead)
            improvement.read_goals(inspection=between, by=lead)
            for place, one in enumerate(story.ASKED):
                if one.closed_after == number:
                    held = _asked(between, place)
                    held = improvement.say_done(held=held, says=one.because, version=held.version, by=actors[OWNER])
                    improvement.settle(
                        held=held, to=lifecycle.Recommendation.CLOSED, because=one.because, version=held.version,
                        by=lead,
                    )  # fmt: skip


def _planned(held: Sequence[Recommendation], given: date, owner: Actor, lead: Actor) -> None:
    """What Thornmere wrote in the years between, each part on its day; one action is late today."""
    made: list[tuple[PlannedAction, planned.Will]] = []
    with as_on(given + timedelta(days=planned.WRITTEN)):
        for place, (row, wills) in enumerate(zip(held, planned.THORNMERE, strict=True)):
            for number, will in enumerate(wills):
                key = f"planned in between {place}.{number}"
                made.append((planned.written(row, will, given + timedelta(days=planned.WRITTEN), key, owner), will))
    with as_on(given + timedelta(days=planned.SAID)):
        made = [(planned.said(one, will, owner) if will.stands else one, will) for one, will in made]
    with as_on(given + timedelta(days=planned.SETTLED)):
        for one, will in made:
            planned.settled(one, will, lead)
    late, until = made[-1][0], timezone.localdate() - timedelta(days=planned.LATE_BY)
    with as_on(given + timedelta(days=planned.MOVED)):
        # As far as a day may be moved at once: five years, from the day on which it is.
        latest = given + timedelta(days=planned.MOVED) + timedelta(days=improvement.LATEST_DUE_DAYS)
        improvement.move_day(
            action=late, due=min(until, latest), because=planned.MOVED_BECAUSE, version=late.version, by=owner
        )  # fmt: skip


def _asked(between: Inspection, place: int) -> Recommendation:
    return Recommendation.objects.get(inspection=between, client_key=data.key(f"asked in between {place}"))


def _goals(between: Inspection, lead: Actor) -> None:
    for place, one in enumerate(story.ASKED):
        improvement.set_goal(
            held=_asked(between, place), measure=one.measure, target=one.target,
            client_key=data.key(f"goal in between {place}"), by=lead,
            due=_asked(between, place).due,
        )  # fmt: skip
