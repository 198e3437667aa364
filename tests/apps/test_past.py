"""What earlier inspections said: raised before, graded before, each once, with its source, and for whom."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.apps.test_then_and_now import CALLED, seen, told
from tests.factories import client_for
from tests.findings_story import Story
from tests.improvement_story import moved, recommended
from tests.pages.test_between_inspections import words

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import actions
from goldthread.apps.findings import actions as findings
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.improvement.queries import past
from goldthread.apps.improvement.queries import then_and_now as lined_up
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.reports import queries as reports

pytestmark = pytest.mark.django_db

THEN, BACK = "Audits are few", "Audits are kinder than the files"


def both(*, publish: bool = True) -> tuple[Story, Story]:
    """Two inspections: what the first asked for is asked for again by the second."""
    first = told(date(2021, 11, 1), ("strength", "Assessments are thorough"), ("improve", THEN), publish=True)
    second = told(CALLED, ("improve", BACK), publish=publish, framework="ilacs-2026")
    return first, second


@pytest.mark.parametrize(("role", "where"), [("lead", "F001"), ("director", f"its published report: “{BACK}.”")])
def test_what_the_earlier_report_asked_for_was_raised_before_for_each_who_takes_part(role: str, where: str) -> None:
    first, second = both()
    found = past.recurrence(seen(first, second, role), second.inspection)
    audit = next(one for one in found.themes if one.theme.slug == "audit")
    assert (audit.back, audit.before, audit.today) == (True, (date(2021, 11, 1),), (where,))
    # A strength is nothing that was asked to be bettered.
    assert all(one.theme.slug != "assessment" for one in found.themes)
    page = client_for(second[role]).get(reverse("improvement_recurrence", args=[second.inspection.pk])).content.decode()
    now = reports.published_of([second.inspection]).get()
    assert reverse("published_report", args=[now.slug]) in page
    (raised,) = found.raised
    assert raised.inspected == first.inspection.fieldwork_from
    assert f"{first.inspection.fieldwork_from:%-d %b %Y}" in page
    assert (raised.says, raised.published.report.inspection) == (f"{THEN}.", first.inspection)  # type: ignore[union-attr]


def test_a_theme_that_was_written_down_of_the_same_inspection_is_told_once() -> None:
    first, second = both()
    lead = seen(first, second, "lead")
    for on in (date(2021, 11, 3), date(2018, 5, 1)):
        actions.note_theme(
            inspection=second.inspection, on=on, theme="audit", source="Report", client_key=uuid4(), by=lead
        )
    found = past.recurrence(lead, second.inspection)
    assert [(one.on, bool(one.written)) for one in found.raised] == [
        (date(2018, 5, 1), True), (date(2021, 11, 1), False),
    ]  # fmt: skip


def test_grades_published_here_are_the_history_once_each_with_their_source() -> None:
    first, second = both()
    lead = seen(first, second, "lead")
    made = past.history(lead, second.inspection)
    (published,) = made
    assert published.published is not None and published.published.report.inspection == first.inspection
    assert published.judged.grade == "good"
    # Written down by hand of the same inspection it is told once; of another one it stands beside it.
    for on in (date(2021, 11, 2), date(2018, 5, 1)):
        actions.note_grade(
            inspection=second.inspection, on=on, framework="SIF", area=published.judged.area, grade="inadequate",
            source="Report, page 2", client_key=uuid4(), by=lead,
        )  # fmt: skip
    held = past.history(lead, second.inspection)
    assert [(one.judged.on.year, one.written is None) for one in held] == [
        (2018, False),
        (published.judged.on.year, True),
    ]
    for name in ("past_grades", "improvement_recurrence"):
        page = words(client_for(lead).get(reverse(name, args=[second.inspection.pk])).content)
        assert "Wexcombe 2021-11-01 , published" in page and page.count("Report, page 2") == 1


def test_what_this_inspection_decides_is_no_history_and_neither_is_what_is_not_published() -> None:
    first, second = both(publish=False)
    lead = seen(first, second, "lead")
    assert [one.published.report.inspection for one in past.history(lead, second.inspection) if one.published] == [
        first.inspection
    ]
    assert past.history(first["lead"], first.inspection) == []
    # An earlier inspection that is over, and of which nothing is published, has given no grade that can be read.
    third = told(date(2026, 11, 20), ("strength", "Children speak to us"), publish=False)
    Inspection.objects.filter(pk=second.inspection.pk).update(status="archived")
    reader = seen(second, third, "quality-assurance")
    assert past.history(reader, third.inspection) == []
    # What it asked for is told to whoever may read its findings.
    assert [one.says for one in past.recurrence(reader, third.inspection).raised] == [BACK]


def test_a_programme_is_laid_beside_no_inspection_and_leads_to_the_two_that_can_be() -> None:
    first, second = both()
    between = told(date(2021, 12, 1), ("strength", "Children speak to us"), publish=False)
    Inspection.objects.filter(pk=between.inspection.pk).update(kind=Kind.INTERNAL, title="Wexcombe, in between")
    between.inspection.refresh_from_db()
    lead = seen(between, second, "lead")
    seen(first, second, "lead")
    assert lined_up.then_and_now(lead, between.inspection).earlier is None
    assert lined_up.compared(lead, between.inspection) == second.inspection
    assert lined_up.compared(lead, second.inspection) == second.inspection
    assert lined_up.compared(lead, first.inspection) is None
    browser = client_for(lead)
    page = browser.get(reverse("improvement_then_and_now", args=[between.inspection.pk])).content
    there = reverse("improvement_then_and_now", args=[second.inspection.pk])
    assert there in page.decode() and "Nothing said of it now" not in words(page)
    for held, leads in ((between, True), (second, True), (first, False)):
        watch = browser.get(reverse("improvement_watch", args=[held.inspection.pk])).content.decode()
        assert (there in watch) is leads


def test_a_judgement_decided_after_publication_is_not_told_as_history() -> None:
    first, second = both()
    lead = seen(first, second, "lead")
    held = past.history(lead, second.inspection)
    assert len(held) == 1
    first.agreed("data", "case-review", area="leadership", kind="strength", statement="Leaders listen")
    findings.agree_judgement(judgement=first.propose("leadership", "good"), by=first["lead"])
    assert past.history(lead, second.inspection) == held


def between(first: Story, second: Story) -> Story:
    """A programme of the council's own between the two, with a recommendation that is open and one that is closed."""
    made = told(date(2022, 2, 1), ("strength", "Children speak to us"), publish=False)
    Inspection.objects.filter(pk=made.inspection.pk).update(kind=Kind.INTERNAL, title="Wexcombe, in between")
    made.inspection.refresh_from_db()
    for role in ("lead", "director"):
        seen(made, second, role), seen(first, second, role)
    for says, to in (("Hold strategy meetings in time.", "open"), ("Offer return interviews.", "closed")):
        moved(made, recommended(made, says=says, client_key=uuid4()), "open")
        if to == "closed":
            moved(made, Recommendation.objects.latest("number"), to, "It holds.")
    return made


def themes(actor: Actor, inspection: Inspection) -> dict[str, tuple[tuple[date, ...], int]]:
    """By theme: when it was raised before, and by how much it is raised now."""
    return {one.theme.slug: (one.before, len(one.today)) for one in past.recurrence(actor, inspection).themes}


@pytest.mark.parametrize("role", ["lead", "director"])
def test_an_authority_has_one_answer_wherever_it_is_asked(role: str) -> None:
    first, second = both()
    made = between(first, second)
    reader = first[role]
    here, there = themes(reader, second.inspection), themes(reader, made.inspection)
    assert here == there and here["audit"] == ((date(2021, 11, 1),), 1)
    assert here["strategy"][1] == 1, "what is open counts wherever it was made"
    assert "missing" not in here, "what is closed is asked for no more"
    today = {one.theme.slug: one.today for one in past.recurrence(reader, second.inspection).themes}
    assert today["strategy"] == ("Recommendation 1 of “Wexcombe, in between”",)


def test_an_earlier_inspection_says_that_it_tells_of_its_own_time_and_where_today_stands() -> None:
    first, second = both()
    made = between(first, second)
    browser = client_for(first["lead"])
    then = browser.get(reverse("improvement_recurrence", args=[first.inspection.pk])).content
    assert "and not what comes back today" in words(then)
    assert reverse("improvement_recurrence", args=[second.inspection.pk]) in then.decode()
    assert "strategy" not in themes(first["lead"], first.inspection)
    for held, says in ((second, "the findings of this inspection"), (made, f"findings of {second.inspection.title}")):
        page = words(browser.get(reverse("improvement_recurrence", args=[held.inspection.pk])).content)
        assert says in page and "not what comes back today" not in page


def test_a_programme_is_told_by_the_inspections_that_go_on() -> None:
    first, second = both(publish=False)
    made = between(first, second)
    third = told(date(2026, 11, 20), ("strength", "Children speak to us"), publish=False)
    seen(third, second, "lead"), seen(first, third, "lead")
    reader = seen(made, third, "lead")
    seen(second, third, "lead")
    now = past.now_of(reader, made.inspection)
    assert (now.inspections, now.current) == ((second.inspection, third.inspection), True)
    Inspection.objects.filter(pk=third.inspection.pk).update(status="archived")
    assert past.now_of(reader, made.inspection).inspections == (second.inspection,)
    Inspection.objects.filter(pk=second.inspection.pk).update(status="archived")
    assert past.now_of(reader, made.inspection).inspections == (third.inspection,), "where all are over, the last"
