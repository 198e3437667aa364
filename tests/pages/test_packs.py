"""The board pack of a month, on one page whatever there is; the plan due 70 working days after the report."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import docx
import page as validator
import pypdfium2
import pytest
from django.utils import timezone
from tests.cases_story import AS_AT, Story, story
from tests.improvement_story import MEASURE, beside, measured, moved, read_again, recommended, with_goal
from tests.pages.test_cases import at, browser, text

from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.improvement.queries import packs, watch
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme.actions import give_action
from goldthread.apps.reports.models import Publication, Report
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain.statement_of_action import DAYS, plan_due
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.working_days import bank_holidays
from goldthread.web.presenters import packs as presenter

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def pack_of(made: Story, role: str = "lead") -> Any:
    return packs.pack(made[role], made.inspection, timezone.localdate().replace(day=1))


def test_seventy_working_days_are_counted_by_hand() -> None:
    holidays = bank_holidays()
    day, left = date(2026, 11, 27), DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in holidays
    assert plan_due(date(2026, 11, 27), holidays) == day


def test_the_pack_says_how_many_stand_how_and_what_moved(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe, target=80)
    draft = recommended(wexcombe, says="Nobody was given this yet.")
    measured(wexcombe, 38, 40, days=40)
    read_again(wexcombe)
    told = presenter.board(wexcombe.inspection, pack_of(wexcombe))
    assert told["counts"][0] == "Recommendations: 1 open; 0 past their day."
    assert told["counts"][1].startswith("Goals: 1; 1 improved")
    ((number, says, _, _, state, found),) = told["rows"]
    assert (number, says, state) == (str(held.number), "See every child in time.", "Open")
    first, later = AS_AT, AS_AT + timedelta(days=40)
    assert found == (
        f"{MEASURE.title[:95]}: 20 of 40 on {first:%-d %b %Y}, then 38 of 40 on {later:%-d %b %Y}: improved"
    )
    assert any("gave it to the council" in one for one in told["moved"])
    assert any(": improved, 38 of 40 on " in one for one in told["moved"])
    assert draft.mark not in str(told)


def test_what_is_late_stands_first_and_what_is_due_soon_by_itself(wexcombe: Story) -> None:
    today = timezone.localdate()
    recommended(wexcombe, due=today + timedelta(days=400))
    second = recommended(wexcombe, says="Due soon.", due=today + timedelta(days=20))
    for one in packs.queries.plan(wexcombe["lead"], wexcombe.inspection):
        moved(wexcombe, one.recommendation, "open")
    held = pack_of(wexcombe)
    assert [one.recommendation for one in held.soon.rows] == [second] and held.overdue.rows == ()
    second.refresh_from_db()
    second.due = today - timedelta(days=1)
    second.save()
    held = pack_of(wexcombe)
    assert (held.late, held.rows[0].recommendation) == (1, second)
    assert ([one.recommendation for one in held.overdue.rows], held.soon.rows) == ([second], ())
    told = presenter.board(wexcombe.inspection, held)
    assert told["soon"] == [] and told["overdue"][0].startswith(f"{second.due:%-d %B %Y}, Recommendation")
    assert presenter.board(wexcombe.inspection, held)["rows"][0][3].endswith(", late")


def test_what_is_only_said_to_be_done_is_past_its_day_in_pack_list_watch_and_at_home(wexcombe: Story) -> None:
    held = moved(wexcombe, recommended(wexcombe), "open")
    due = timezone.localdate() - timedelta(days=3)
    Recommendation.objects.filter(pk=held.pk).update(due=due)
    held.refresh_from_db()
    actions.say_done(held=held, says="Every team was trained.", version=held.version, by=wexcombe["improvement-lead"])
    found = pack_of(wexcombe)
    assert (found.late, found.late_said, len(found.overdue.rows)) == (1, 1, 1)
    told = presenter.board(wexcombe.inspection, found)
    assert told["counts"][0] == "Recommendations: 1 open; 1 past its day (1 of them said to be done)."
    assert told["overdue"] == [f"{due:%-d %B %Y}, {held.mark}: waits to be accepted; See every child in time."]
    waits = "Said to be done; waits to be accepted, and its day is past"
    for role in ("lead", "improvement-lead"):
        for where in (at("improvement", wexcombe), at("recommendation", wexcombe, recommendation=held.pk)):
            shown = text(browser(wexcombe, role).get(where))
            assert waits in shown and "Overdue" in shown
    assert held.mark in text(browser(wexcombe, "lead").get(at("improvement", wexcombe) + "?status=late"))
    assert f"to be done by {due:%-d %B %Y}" in text(browser(wexcombe, "lead").get("/home/"))
    things = [one for area in watch.watch(wexcombe["lead"], wexcombe.inspection).areas for one in area.watch.past_day]
    assert {one.title for one in things} == {
        f"{held.mark}, {held.inspection.title} (said to be done, not accepted yet)"
    }  # fmt: skip
    held = moved(wexcombe, held, "closed", "Seen.")
    assert (pack_of(wexcombe).late, held.late(timezone.localdate())) == (0, False)


def test_the_pack_is_one_page_however_much_there_is(wexcombe: Story) -> None:
    today = timezone.localdate()
    for number in range(30):
        says, due = (
            f"Thing {number} " + "to be better in every team and on every file " * 12,
            today + timedelta(days=20),
        )
        one = moved(wexcombe, recommended(wexcombe, says=says, due=due), "open")
        if number % 2:
            Recommendation.objects.filter(pk=one.pk).update(due=today - timedelta(days=900))
        if not number:
            measured(wexcombe, 20, 40)
        actions.set_goal(
            held=one, measure=f"measure:{MEASURE.code}", target=80, client_key=uuid4(), by=wexcombe["lead"]
        )  # fmt: skip
    measured(wexcombe, 38, 40, days=40)
    read_again(wexcombe)
    answer = browser(wexcombe, "lead").post(at("board_pack_file", wexcombe), {})
    found = validator.validate_pdf_bytes(answer.content, profile="ua1")
    assert [(one.rule_id, one.message) for one in found.failures] == [] and found.is_compliant
    pages = pypdfium2.PdfDocument(answer.content)
    assert len(pages) == 1
    words = pages[0].get_textpage().get_text_bounded()
    assert "And 20 more, in the plan." in words and "Board pack" in words and "Overdue" in words
    assert words.count("and 10 more") == 2, "fifteen are overdue, and fifteen due soon"
    last = Entry.objects.filter(event="export.made").latest("number")
    assert last.detail["what"] == "recommendations" and "to be better" not in str(last.detail)


def test_what_is_overdue_is_told_whole_where_the_page_has_room_for_it(wexcombe: Story) -> None:
    says = "See every child in need alone as often as the plan says, and write down in the same week what was said."
    assert len(says) > presenter.LONGEST
    held = moved(wexcombe, recommended(wexcombe, says=says), "open")
    Recommendation.objects.filter(pk=held.pk).update(due=timezone.localdate() - timedelta(days=3))
    told = presenter.board(wexcombe.inspection, pack_of(wexcombe))
    assert told["overdue"][0].endswith(says)


@pytest.mark.parametrize("rows", [1, 5, 8])
def test_the_pack_is_one_page_also_where_few_rows_leave_room_to_long_lines(wexcombe: Story, rows: int) -> None:
    for _ in range(rows):
        held = moved(wexcombe, recommended(wexcombe, says="Better in every team and on every file " * 30), "open")
        Recommendation.objects.filter(pk=held.pk).update(due=timezone.localdate() - timedelta(days=9))
        for _ in range(3):
            actions.plan_action(
                held=held, says="Look at every file in every team each Monday " * 8, whom="Heads of every team",
                due=timezone.localdate() + timedelta(days=9), client_key=uuid4(), by=wexcombe["improvement-lead"],
            )  # fmt: skip
    answer = browser(wexcombe, "lead").post(at("board_pack_file", wexcombe), {})
    assert len(pypdfium2.PdfDocument(answer.content)) == 1


@pytest.mark.parametrize(
    ("asked", "says"),
    [("1999-01", "no board pack of January 1999: nothing is known before"), ("2999-12", "still to come"),
     ("soon", "Choose a month from the list")],
)  # fmt: skip
def test_a_month_of_which_nothing_is_known_is_refused_in_words(wexcombe: Story, asked: str, says: str) -> None:
    lead = browser(wexcombe, "lead")
    page = lead.get(at("board_pack", wexcombe), {"month": asked})
    assert page.status_code == 422 and says in text(page) and "What moved" not in text(page)
    answer = lead.post(at("board_pack_file", wexcombe), {"month": asked})
    assert answer.status_code == 403 and says in text(answer)
    assert not Entry.objects.filter(event="export.made").exists()


def test_every_month_is_offered_since_the_first_thing_was_asked(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packs.months(wexcombe["lead"], wexcombe.inspection) == [timezone.localdate().replace(day=1)]
    at_the_time(monkeypatch, date(2027, 3, 10))
    moved(wexcombe, recommended(wexcombe), "open")
    at_the_time(monkeypatch, date(2028, 1, 20))
    offered = packs.months(wexcombe["lead"], wexcombe.inspection)
    assert (offered[0], offered[-1], len(offered)) == (date(2028, 1, 1), date(2027, 3, 1), 11)
    page = browser(wexcombe, "lead").get(at("board_pack", wexcombe), {"month": "2027-05"})
    assert "Board pack, May 2027" in text(page) and "Board pack, January 2028" not in text(page)


def test_the_pack_shows_what_the_authority_was_asked_in_another_inspection(wexcombe: Story) -> None:
    other = beside(wexcombe, "Between the two", "director")
    moved(other, recommended(other, says="Asked in between."), "open")
    shown = text(browser(wexcombe, "director").get(at("board_pack", wexcombe)))
    assert "Asked in between." in shown and "A: Between the two" in shown and "A1" in shown
    assert "Recommendations: 1 open" in shown and "Recommendation 1 of A" in shown
    assert "more is open elsewhere: Between the two (1)" in text(
        browser(wexcombe, "director").get(at("improvement", wexcombe))
    )
    assert "Between the two: 1 open." in text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    assert "elsewhere" not in text(browser(wexcombe, "lead").get(at("improvement", wexcombe)))
    hidden = text(browser(wexcombe, "lead").get(at("board_pack", wexcombe)))
    assert "Asked in between." not in hidden and "Between the two" not in hidden
    assert "Recommendations: none" in hidden


def test_the_plan_says_what_is_asked_of_whom_and_what_was_done(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe, target=80)
    actions.say_done(held=held, says="Every team was trained.", version=held.version, by=wexcombe["improvement-lead"])
    page = text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    for words in ("See every child in time.", "Every team was trained.", "20 of 40", "at least 80%"):
        assert words in page
    assert f"due {DAYS} working days after it is" in page
    for form in ("docx", "pdf", "odt"):
        answer = browser(wexcombe, "lead").post(at("action_plan_file", wexcombe), {"format": form})
        assert answer.status_code == 200 and answer["Content-Disposition"].endswith(f'.{form}"')
    file = docx.Document(io.BytesIO(browser(wexcombe, "lead").post(at("action_plan_file", wexcombe), {}).content))
    assert "What was done, " in "\n".join(one.text for one in file.paragraphs)


def test_the_plan_counts_its_days_from_the_day_of_publication(wexcombe: Story) -> None:
    plan = packs.Plan(date(2026, 11, 27), date(2027, 3, 10), 12, (), pack_of(wexcombe).actions)
    told = presenter.plan_times(plan)
    assert "published on 27 November 2026" in told and "12 working days from now" in told
    over = packs.Plan(date(2026, 11, 27), date(2027, 3, 10), -3, (), pack_of(wexcombe).actions)
    assert "3 working days ago" in presenter.plan_times(over)


@pytest.mark.parametrize("name", ["board_pack", "action_plan"])
def test_the_council_sees_only_what_it_was_given_and_an_uploader_nothing(wexcombe: Story, name: str) -> None:
    recommended(wexcombe, says="Nobody was given this yet.", client_key=uuid4())
    assert "Nobody was given this yet." not in text(browser(wexcombe, "director").get(at(name, wexcombe)))
    assert browser(wexcombe, "uploader").get(at(name, wexcombe)).status_code == 404


def at_the_time(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """From here on it is noon of a day."""
    now = timezone.make_aware(datetime.combine(day, time(12)))
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_the_pack_of_a_month_that_is_over_shows_how_things_stood_at_its_end(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = date(2027, 3, 10)
    at_the_time(monkeypatch, first)
    late = moved(wexcombe, recommended(wexcombe, says="As it was asked.", due=date(2027, 3, 20)), "open")
    shut = moved(wexcombe, recommended(wexcombe, says="Another.", due=date(2027, 9, 1)), "open")
    at_the_time(monkeypatch, date(2027, 4, 12))
    new = moved(wexcombe, recommended(wexcombe, says="Asked later."), "open")
    actions.change(
        held=late, says="As it is asked now.", owner=late.owner, due=date(2027, 8, 1), version=late.version,
        by=wexcombe["lead"],
    )  # fmt: skip
    actions.say_done(held=shut, says="Done.", version=shut.version, by=wexcombe["improvement-lead"])
    moved(wexcombe, shut, "closed", "Seen.")
    held = packs.pack(wexcombe["director"], wexcombe.inspection, date(2027, 3, 1))
    told = presenter.board(wexcombe.inspection, held)
    assert told["counts"][0] == "Recommendations: 2 open; 1 past its day."
    assert [(row[1], row[3], row[4]) for row in told["rows"]] == [
        ("As it was asked.", "20 Mar 2027, late", "Open"), ("Another.", "1 Sep 2027", "Open"),
    ]  # fmt: skip
    assert "As everything stood at the end of 31 March 2027" in told["about"]
    assert new.mark not in str(told["rows"]) and "closed" not in str(told["moved"])
    now = presenter.board(wexcombe.inspection, packs.pack(wexcombe["director"], wexcombe.inspection, date(2027, 4, 1)))
    assert now["counts"][0] == "Recommendations: 2 open, 1 closed; 0 past their day."
    assert "As everything stands on 12 April 2027" in now["about"]
    shut.refresh_from_db(), late.refresh_from_db()
    assert (shut.status, late.due) == ("closed", date(2027, 8, 1)), "looking back changes nothing"


def test_the_goals_of_a_month_that_is_over_know_nothing_that_was_found_later(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_time(monkeypatch, date(2027, 3, 10))
    measured(wexcombe, 20, 40)
    with_goal(wexcombe, target=80)
    at_the_time(monkeypatch, date(2027, 4, 12))
    measured(wexcombe, 38, 40, days=40)
    read_again(wexcombe)
    march, april = (
        packs.pack(wexcombe["lead"], wexcombe.inspection, date(2027, month, 1)).verdicts for month in (3, 4)
    )  # fmt: skip
    assert (dict(march), dict(april)) == ({"not found": 1}, {"improved": 1})


def test_before_publication_the_plan_names_the_day_that_the_timetable_plans() -> None:
    plan = packs.Plan(None, date(2027, 2, 1), 40, (), packs.Counts(0, 0, 0, 0, 0), ("Final plan", "As the rule says."))
    told = presenter.plan_times(plan)
    assert "is not published yet" in told and "planned now, that is Monday 1 February 2027" in told
    assert "In the timetable it is “Final plan”: As the rule says." in told
    bare = packs.Plan(date(2026, 11, 27), date(2027, 3, 10), 3, (), packs.Counts(0, 0, 0, 0, 0))
    assert "section 137" in presenter.plan_times(bare)


def test_no_report_is_said_to_follow_the_councils_own_programme_and_each_thing_is_due_on_its_own_day(
    wexcombe: Story,
) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(kind=Kind.INTERNAL)
    wexcombe.inspection.refresh_from_db()
    for says, due in (("One.", date(2030, 3, 1)), ("Two.", date(2030, 5, 1))):
        moved(wexcombe, recommended(wexcombe, says=says, due=due), "open")
    page = text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    assert "No report is published of it" in page
    assert "the first is due on Friday 1 March 2030, the last on Wednesday 1 May 2030" in page
    assert not any(words in page for words in ("not published yet", "working days", "section 137", "to publish it"))
    assert packs.action_plan(wexcombe["lead"], wexcombe.inspection).due is None


def test_the_plan_says_of_a_day_that_is_over_that_it_is_past(wexcombe: Story) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(kind=Kind.INTERNAL)
    wexcombe.inspection.refresh_from_db()
    rows = [moved(wexcombe, recommended(wexcombe, client_key=uuid4()), "open") for _ in range(2)]
    for row, due in zip(rows, (date(2026, 5, 5), date(2026, 5, 5)), strict=True):
        Recommendation.objects.filter(pk=row.pk).update(due=due)
    page = text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    assert "What is open was due on Tuesday 5 May 2026: that day is past." in page
    Recommendation.objects.filter(pk=rows[1].pk).update(due=date(2031, 3, 1))
    page = text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    assert (
        "the first was due on Tuesday 5 May 2026, the last on Saturday 1 March 2031; 1 of the 2 is past its day" in page
    )


@pytest.mark.parametrize("kind", Kind)
def test_a_mock_inspection_says_that_the_law_asks_for_no_plan_after_it(wexcombe: Story, kind: Kind) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(kind=kind)
    page = text(browser(wexcombe, "director").get(at("action_plan", wexcombe)))
    rehearsed = kind in ("mock", "peer-review")
    assert (f"This is a {kind.label.lower()}: the law asks for a plan after an inspection" in page) is rehearsed


def test_what_was_done_by_itself_is_told_of_by_one_name_in_the_pack_and_on_the_page(wexcombe: Story) -> None:
    measured(wexcombe, 38, 40)
    held = with_goal(wexcombe, target=80)
    moved(wexcombe, held, "closed", "Seen.")
    measured(wexcombe, 10, 40, days=90)
    assert read_again(wexcombe)[1] == [held]
    lines = str(presenter.board(wexcombe.inspection, pack_of(wexcombe))["moved"])
    assert "Goldthread reopened it" in lines and "rogramme" not in lines
    assert "Goldthread reopened it" in text(browser(wexcombe, "lead").get(at("recommendation", wexcombe,
                                                                            recommendation=held.pk)))  # fmt: skip


def published(made: Story, framework: str) -> date:
    """A report of the inspection is published; gives the day."""
    Inspection.objects.filter(pk=made.inspection.pk).update(framework=framework)
    made.inspection.refresh_from_db()
    report = Report.objects.create(
        inspection=made.inspection, side="team", client_key=uuid4(), number=1, status="published"
    )
    Publication.objects.create(
        report=report, slug=f"r-{uuid4().hex[:8]}", title="A report", authority=made.inspection.authority,
        framework=framework, content={"parts": []}, pdf=b"", word=b"", published_at=timezone.now(),
    )  # fmt: skip
    return timezone.localdate()


def test_one_day_is_told_of_the_plan_in_the_timetable_on_the_overview_and_in_the_plan(wexcombe: Story) -> None:
    day = published(wexcombe, "ilacs-2026")
    due = plan_due(day, bank_holidays())
    director = browser(wexcombe, "director")
    assert f"by {due:%A %-d %B %Y}" in text(director.get(at("action_plan", wexcombe)))
    shown = text(director.get(at("inspection_overview", wexcombe)))
    assert "Statement of proposed action" in shown and f"until {due:%-d %B %Y}" in shown
    assert f"counted from publication on {day:%-d %B %Y}" in shown
    assert f"{due:%a} {due.day} {due:%b %Y}" in text(director.get(at("timetable", wexcombe)))
    move = at("phase_move", wexcombe, phase="statement-of-action")
    sent = {"starts": "1/2/2027", "ends": "1/6/2027", "because": "Later.", "version": 0}
    answer = browser(wexcombe, "lead").post(move, sent)
    assert answer.status_code == 422 and "when the report was published, so it cannot be moved" in text(answer)


def test_a_plan_for_priority_actions_is_no_clock_before_one_is_named_and_falls_away_where_none_is(
    wexcombe: Story,
) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(framework="focused-visit")
    wexcombe.inspection.refresh_from_db()
    director = browser(wexcombe, "director")
    assert "priority action" not in text(director.get(at("inspection_overview", wexcombe)))
    assert "only where the letter names a priority action" in text(director.get(at("timetable", wexcombe)))
    assert "In the timetable it is “Final plan" in text(director.get(at("action_plan", wexcombe)))
    published(wexcombe, "focused-visit")
    assert "names no priority action, so the framework asks for no plan" in text(
        director.get(at("action_plan", wexcombe))
    )
    assert "Final plan" not in text(director.get(at("timetable", wexcombe)))


def test_goals_at_their_target_are_counted_in_both_directions_and_at_the_baseline(wexcombe: Story) -> None:
    measured(wexcombe, 40, 40)
    low = next(one for one in MEASURES if one.better.value == "low")
    detail = {
        "title": low.title, "definition": "so many ÷ so many", "version": "1", "unit": "%", "better": "low",
        "display": "full",
    }  # fmt: skip
    MeasureValue.objects.create(
        submission=wexcombe.submission, code=low.code, numerator=0, denominator=40, detail=detail
    )  # fmt: skip
    held = with_goal(wexcombe, target=100)
    assert pack_of(wexcombe).at_target == 1
    held.refresh_from_db()
    actions.set_goal(held=held, measure=f"measure:{low.code}", target=5, client_key=uuid4(), by=wexcombe["lead"])
    told = presenter.board(wexcombe.inspection, pack_of(wexcombe))["counts"][1]
    assert told.endswith("by what was found last, 2 reach their target, the uncertainty counted.")
    measured(wexcombe, 30, 40, days=40)
    read_again(wexcombe)
    told = presenter.board(wexcombe.inspection, pack_of(wexcombe))["counts"][1]
    assert told.endswith("1 reaches its target, the uncertainty counted.")


def test_a_pack_says_where_there_are_actions_of_audits_that_its_reader_may_not_read(wexcombe: Story) -> None:
    moved(wexcombe, recommended(wexcombe), "open")
    for owner in ("lead", "improvement-lead"):
        give_action(
            inspection=wexcombe.inspection, says="Look again.", owner=wexcombe.person(owner),
            due=timezone.localdate() + timedelta(days=5), client_key=uuid4(), by=wexcombe["lead"],
        )  # fmt: skip
    whole = presenter.board(wexcombe.inspection, pack_of(wexcombe))["counts"][-1]
    assert whole.startswith("Actions of audits: 2;")
    part = presenter.board(wexcombe.inspection, pack_of(wexcombe, "improvement-lead"))["counts"][-1]
    assert part.startswith("Actions of audits that you may read (there are more): 1;")
