"""An inspection beside the one before it: who is told what, from published reports alone, and when the watch spoke."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cases_story import submission
from tests.factories import client_for
from tests.findings_story import Story, story
from tests.two_checkers import passed

from goldthread.apps.comparison import own_series
from goldthread.apps.comparison.own_series import Gathered
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings import queries as found_queries
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.findings.queries import since
from goldthread.apps.improvement.queries import then_and_now as queries
from goldthread.apps.improvement.queries import watch as watching
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions as reports
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.domain.watch import AreaWatch, Month, Sign, Source, Thing, Watched
from goldthread.domain.watch.then_and_now import Became

pytestmark = pytest.mark.django_db

AREA = "help-and-protection"
CALLED = date(2026, 11, 2)


def told(call: date, *points: tuple[str, str], publish: bool, framework: str = "sif-2013") -> Story:
    """An inspection called on a day, with agreed points and a grade; published where asked for."""
    made = story(framework)
    Inspection.objects.filter(pk=made.inspection.pk).update(call_day=call, title=f"Wexcombe {call:%Y}")
    for kind, statement in points:
        made.agreed("data", "case-review", kind=kind, statement=statement)
    judged = findings.agree_judgement(judgement=made.propose(AREA, "good"), by=made["lead"])
    # Decided while the inspection went on, and not on the day on which this runs.
    decided = timezone.make_aware(datetime.combine(call, time(12)))
    Judgement.objects.filter(pk=judged.pk).update(decided_at=decided)
    Inspection.objects.filter(pk=made.inspection.pk).update(status="moderation")
    made.inspection.refresh_from_db()
    if publish:
        lead = made["lead"]
        report = reports.compose(inspection=made.inspection, title=f"Wexcombe {call}", client_key=uuid4(), by=lead)
        report = passed(made, reports.submit(report=report, by=lead))
        reports.publish(report=report, because="Nothing was said of the facts.", by=lead)
    made.inspection.refresh_from_db()
    return made


def both(*, publish: bool = True) -> tuple[Story, Story]:
    """Two inspections five years apart; the second's people take part in the first too."""
    first = told(
        date(2021, 11, 1), ("strength", "Assessments are thorough"), ("improve", "Audits are few"), publish=True
    )
    second = told(
        CALLED, ("improve", "Assessments are late"), ("strength", "Children speak to us"), publish=publish,
        framework="ilacs-2026",
    )  # fmt: skip
    return first, second


def points(found: queries.ThenAndNow, slug: str = "protection") -> dict[str, Became]:
    area = next(one for one in found.areas if one.slug == slug)
    return {one.then.text: one.became for one in area.points}


def seen(first: Story, second: Story, role: str) -> Any:
    """Somebody who takes part in both under one role."""
    who = second.person(role)
    first.people[role] = who
    from goldthread.apps.inspections.models import Membership

    began = timezone.now() - timedelta(days=1)
    Membership.objects.create(inspection=first.inspection, person=who, role=role, valid_from=began)
    return second[role]


@pytest.mark.parametrize("role", ["lead", "director", "quality-assurance"])
def test_published_points_stand_side_by_side_for_each_who_takes_part(role: str) -> None:
    first, second = both()
    reader = seen(first, second, role)
    found = queries.then_and_now(reader, second.inspection)
    assert found.earlier == first.inspection
    assert points(found) == {"Assessments are thorough.": Became.SLIPPED, "Audits are few.": Became.NOT_TOLD}
    area = next(one for one in found.areas if one.slug == "protection")
    assert [one.text for one in area.new] == ["Children speak to us."]
    assert area.said == ""


def test_before_the_second_is_published_only_the_team_reads_what_it_found() -> None:
    first, second = both(publish=False)
    team, council = (seen(first, second, role) for role in ("lead", "director"))
    assert points(queries.then_and_now(team, second.inspection))["Assessments are thorough."] is Became.SLIPPED
    found = queries.then_and_now(council, second.inspection)
    assert points(found)["Assessments are thorough."] is Became.NOT_TOLD
    area = next(one for one in found.areas if one.slug == "protection")
    assert (area.new, area.now) == ((), None)


def test_what_was_changed_after_publication_is_not_told() -> None:
    first, second = both()
    reader = seen(first, second, "director")
    Finding.objects.filter(inspection=first.inspection).update(statement="Nobody published this")
    assert "Nobody published this." not in points(queries.then_and_now(reader, second.inspection))
    from goldthread.apps.reports.models import Sentence

    Sentence.objects.filter(section__report__inspection=first.inspection).update(text="Nobody published this either.")
    assert not points(queries.then_and_now(reader, second.inspection))


def test_nothing_stands_beside_the_first_nor_for_whoever_took_no_part_in_it() -> None:
    first, second = both()
    assert queries.then_and_now(first["lead"], first.inspection).earlier is None
    assert queries.then_and_now(second["lead"], second.inspection).earlier is None


def test_the_months_between_the_word_of_the_watch_and_the_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = both()
    reader = seen(first, second, "lead")
    far = frozenset({Sign.OUTSIDE})
    months = tuple(Month(one, far, frozenset()) for one in ("2025-01", "2025-02", "2025-03"))
    thing = Thing("series:AS-01", "Assessments in time", Source.MEASURE, Watched((), True, months, 0.01))
    area = watching.WatchedArea(AreaWatch("protection", "Help and protection", "2026-11", (thing,)), None)
    asked: list[date | None] = []

    def watch(actor: Any, inspection: Inspection, on: date | None = None) -> watching.Watch:
        asked.append(on)
        return watching.Watch("2026-11", (area,), ())

    monkeypatch.setattr(watching, "watch", watch)
    found = queries.then_and_now(reader, second.inspection)
    held = next(one for one in found.areas if one.slug == "protection")
    # Three months running beyond the limit: the third is the first in which it is said, and a sign stands three months.
    assert (held.said, held.ended, queries.ahead(held.said, found.month)) == ("2025-03", "2025-05", 20)
    assert [(one.thing.name, one.since) for one in held.by] == [("series:AS-01", "2025-01")]
    assert asked == [CALLED - timedelta(days=1)]
    before = Entry.objects.count()
    answer = client_for(reader).get(reverse("improvement_then_and_now", args=[second.inspection.pk]))
    words = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert "March 2025 to May 2025 – 20" in words
    assert "Strength Assessments are thorough. Slipped Assessments are late." in words
    assert "No overall grade" not in words.split("Help and protection")[0]
    assert Entry.objects.count() == before


@pytest.fixture
def leaning(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Story, Finding]]:
    """An agreed finding that leans on a measure of August 2025, and what later lists tell of it."""

    def make(worse: tuple[str, ...], warned_by: tuple[str, ...] = (), came: int = 1) -> tuple[Story, Finding]:
        made = story()
        day = date(2025, 8, 31)
        item = made.item("data", detail={"measure": "AS-01", "warned_by": ["S02"]}, about_to=day)
        finding = made.finding()
        findings.cite(finding=finding, item=item, stance="for", why="It shows so.", by=made["inspector"])
        finding = findings.agree(finding=finding, by=made["lead"])
        row = submission(made, as_at=date(2026, 2, 28))  # type: ignore[arg-type]
        Submission.objects.filter(pk=row.pk).update(
            status="read", handed_over_at=timezone.now() + timedelta(hours=came), form="annex_a"
        )
        row.refresh_from_db()
        MeasureValue.objects.create(
            submission=row, code="AS-01", numerator=1, denominator=2, detail={"warned_by": list(warned_by)}
        )
        months = tuple(
            Month(one, frozenset({Sign.OUTSIDE}) if one in worse else frozenset(), frozenset())
            for one in ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02")
        )

        class Measure:
            title = "Assessments in time"

        class Series:
            measure = Measure()

        monkeypatch.setattr(own_series, "newest", lambda actor, one: row)
        monkeypatch.setattr(own_series, "gathered", lambda actor, held: {"AS-01": Gathered((Series(),), row)})  # type: ignore[arg-type]
        monkeypatch.setattr(own_series, "watched_since", lambda told, judged: Watched(("2025-01",), True, months, 0.02))
        return made, finding

    return make


def test_a_decline_after_what_is_cited_marks_the_finding_and_the_judgement(
    leaning: Callable[..., tuple[Story, Finding]],
) -> None:
    made, finding = leaning(("2026-01", "2026-02"))
    findings.agree_judgement(judgement=made.propose(AREA, "good"), by=made["lead"])
    lead = made["lead"]
    held = found_queries.findings(made.inspection, lead)[0]
    assert held.to_check
    assert (
        "“Assessments in time”. Its first sign is in the figures of January 2026, after what E0001 tells of"
        in held.warnings[0].says
    )
    assert [one.pk for one in found_queries.check_again(made.inspection, lead)] == [finding.pk]
    standing = next(one for one in found_queries.area_standings(made.inspection, lead) if one.slug == AREA)
    assert any("later data tell otherwise" in one for one in standing.check_again)
    # A report speaks of its own time: what came after does not keep it back.
    assert found_queries.check_again(made.inspection) == []
    # Agreed again when that was known, it is no news.
    finding = findings.reopen(finding=finding, because="The watch tells of a decline.", by=lead)
    Finding.objects.filter(pk=finding.pk).update(status="agreed", agreed_at=timezone.now() + timedelta(hours=2))
    assert not found_queries.findings(made.inspection, lead)[0].to_check


@pytest.mark.parametrize(
    ("worse", "came"), [((), 1), (("2025-09",), 1), (("2026-01", "2026-02"), -1)],
    ids=["no sign", "a sign that is over", "known as it was agreed"],
)  # fmt: skip
def test_nothing_is_to_be_checked_without_news(
    leaning: Callable[..., tuple[Story, Finding]], worse: tuple[str, ...], came: int
) -> None:
    made, _ = leaning(worse, ("S02",), came)
    assert not found_queries.findings(made.inspection, made["lead"])[0].to_check


def test_a_new_warning_about_the_data_marks_it_and_an_old_one_does_not(
    leaning: Callable[..., tuple[Story, Finding]],
) -> None:
    made, finding = leaning((), ("L404", "S02"))
    (warned,) = since.told_since(
        made["lead"], made.inspection, [(finding, list(finding.citations.select_related("item")))]
    )[finding.pk]
    assert warned.code == "check-again"
    assert "in the lists of February 2026 that E0001 did not have (L404)" in warned.says
