"""Pages of improvement: from a recommendation to a verdict, on both sides of the wall."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.improvement_story import MEASURE, measured, moved, read_again, recommended, with_goal
from tests.pages.test_cases import at, browser, text

from goldthread.apps.improvement.models import Goal, Recommendation
from goldthread.apps.journal.models import Entry

NAME = f"measure:{MEASURE.code}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def form(held: Story, **more: Any) -> dict[str, Any]:
    return {
        "says": "See every child in time.", "owner": str(held.person("improvement-lead").pk), "due": "01/03/2030",
        "client_key": str(uuid4()), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"says": ""}, "Fill in “What is to be better”"), ({"says": "x" * 2001}, "2,000"),
        ({"due": "soon"}, "must be a real date"), ({"due": "01/01/2020"}, "is over"),
        ({"due": "01/01/2199"}, "more than five years away"),
        ({"owner": "nobody"}, "Choose one of the answers offered"),
        ({"finding": str(uuid4())}, "Choose one of the answers offered"),
    ],
)  # fmt: skip
def test_a_form_filled_in_wrongly_comes_back_with_what_was_typed(
    wexcombe: Story, more: dict[str, Any], says: str
) -> None:  # fmt: skip
    answer = browser(wexcombe, "lead").post(at("recommendation_new", wexcombe), form(wexcombe, **more))
    assert answer.status_code == 422 and says in text(answer)
    assert more.get("says", "See every child in time.") in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_a_goal_is_refused_at_its_field(wexcombe: Story) -> None:
    held = recommended(wexcombe)
    lead, new = browser(wexcombe, "lead"), at("goal_new", wexcombe, recommendation=held.pk)
    for sent, says in (
        ({"measure": "measure:ZZ9", "target": "80"}, "Choose one of the answers offered"),
        ({"measure": "", "target": "80"}, "Choose an answer for"),
        ({"measure": NAME, "target": "101"}, "100"), ({"measure": NAME, "target": "some"}, "Target"),
    ):  # fmt: skip
        answer = lead.post(new, sent)
        assert answer.status_code == 422 and says in text(answer)
    assert not Goal.objects.exists()
    assert "0 to 100" in text(lead.get(new))
    shown = lead.get(new)
    assert "check:W01" not in shown.content.decode() and "beside a practice record. Not handed in here" in text(shown)
    assert lead.post(new, {"measure": NAME, "target": "90"}).status_code == 302
    assert lead.post(new, {"measure": NAME, "target": "90"}).status_code == 422


def test_from_a_recommendation_to_a_verdict_on_both_sides(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    lead, theirs = browser(wexcombe, "lead"), browser(wexcombe, "improvement-lead")
    officer = browser(wexcombe, "nominated-officer")
    assert "is made" in text(lead.post(at("recommendation_new", wexcombe), form(wexcombe), follow=True))
    held = Recommendation.objects.get()
    one = at("recommendation", wexcombe, recommendation=held.pk)
    settle = at("recommendation_settle", wexcombe, recommendation=held.pk)
    lead.post(at("goal_new", wexcombe, recommendation=held.pk), {"measure": f"measure:{MEASURE.code}", "target": "80"})
    assert "20 of 40, 50% of the whole list" in text(lead.get(one)) and officer.get(one).status_code == 404
    assert lead.post(settle, {"to": "open", "version": 1}).status_code == 409
    assert lead.post(settle, {"to": "open", "version": 2}).status_code == 302
    assert "not measured again since" in text(officer.get(one))
    assert "Do what an inspection asks of you" in text(theirs.get("/home/"))
    done = at("recommendation_done", wexcombe, recommendation=held.pk)
    assert officer.get(done).status_code == 403
    assert theirs.post(done, {"says": "", "version": 3}).status_code == 422
    assert "Says that it is done" in text(theirs.post(done, {"says": "Done.", "version": 3}, follow=True))
    assert "See whether a recommendation can be closed" in text(lead.get("/home/"))
    assert lead.post(settle, {"to": "closed", "version": 4}).status_code == 422
    measured(wexcombe, 38, 40, days=90)
    plan = at("improvement", wexcombe)
    assert theirs.post(plan, {"do": "read"}).status_code == 403
    assert "1 new reading of" in text(lead.post(plan, {"do": "read"}, follow=True))
    shown = text(officer.get(one))
    assert "38 of 40, 95% of the whole list" in shown and "Improved" in shown and "+45 points" in shown
    assert lead.post(settle, {"to": "closed", "version": 4}).status_code == 302
    measured(wexcombe, 20, 40, days=180)
    assert "A goal has slipped: Recommendation 1 reopened" in text(lead.post(plan, {"do": "read"}, follow=True))
    assert "See why a recommendation is reopened" in text(lead.get("/home/"))
    assert "Slipped" in text(theirs.get(one)) and "Reopened" in text(theirs.get(plan))


def test_the_plan_is_narrowed_and_taken_out_and_tells_the_council_no_more_than_it_was_given(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    with_goal(wexcombe)
    secret = recommended(wexcombe, says="Not told yet.", owner=wexcombe.person("director"))
    lead, officer, plan = browser(wexcombe, "lead"), browser(wexcombe, "nominated-officer"), at("improvement", wexcombe)
    assert "2 recommendations" in text(lead.get(plan)) and "Not told yet." not in text(officer.get(plan))
    assert "1 recommendation" in text(lead.get(f"{plan}?status=draft"))
    assert "No recommendation is like that" in text(lead.get(f"{plan}?verdict=worse"))
    assert "1 recommendation" in text(lead.get(f"{plan}?verdict=not+found&words=child"))
    out = lead.post(at("improvement_file", wexcombe), {"format": "csv", "words": "told"})
    rows = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert any("Not told yet." in row for row in rows) and not any("See every child in time." in row for row in rows)
    assert lead.post(at("improvement_file", wexcombe), {"format": "pdf"}).status_code == 403
    assert Entry.objects.filter(detail__what="recommendations", detail__rows=1).count() == 1
    assert officer.get(at("recommendation", wexcombe, recommendation=secret.pk)).status_code == 404
    assert browser(wexcombe, "uploader").get(plan).status_code in (403, 404)


def test_the_three_are_made_ready_by_one_press(wexcombe: Story) -> None:
    lead, plan = browser(wexcombe, "lead"), at("improvement", wexcombe)
    assert lead.post(plan, {"do": "ready", "owner": "", "due": "01/03/2030"}).status_code == 422
    answer = lead.post(plan, {"do": "ready", "owner": "", "due": "01/01/2020"})
    assert answer.status_code == 422 and "There is no recommendation that you may see" in text(answer)
    sent = {"do": "ready", "owner": str(wexcombe.person("improvement-lead").pk), "due": "01/03/2030"}
    for _ in range(2):
        assert "3 recommendations" in text(lead.post(plan, sent, follow=True))
    moved(wexcombe, Recommendation.objects.get(series="management-decisions"), "open")
    shown = text(browser(wexcombe, "director").get(plan))
    assert "1 recommendation" in shown and "Record every management decision" in shown


def test_a_goal_is_taken_away_on_its_page(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe)
    lead, away = browser(wexcombe, "lead"), at("goal_withdraw", wexcombe, recommendation=held.pk)
    one = at("recommendation", wexcombe, recommendation=held.pk)
    assert away in lead.get(one).content.decode()
    goal = str(held.goals.get().pk)
    for sent, says in (
        ({"goal": goal, "because": "", "version": held.version}, "Fill in “Why”"),
        ({"goal": "999999", "because": "Typed once.", "version": held.version}, "Choose one of the answers offered"),
        ({"goal": "", "because": "Typed once.", "version": held.version}, "Choose an answer"),
    ):  # fmt: skip
        answer = lead.post(away, sent)
        assert answer.status_code == 422 and says in text(answer) and sent["because"] in text(answer)
    assert lead.post(away, {"goal": goal, "because": "Typed once.", "version": held.version - 1}).status_code == 409
    sent = {"goal": goal, "because": "The wrong list.", "version": held.version}
    shown = text(lead.post(away, sent, follow=True))
    assert "took a goal away" in shown and "The wrong list." in shown and "It has no goal yet" in shown
    assert "nothing to do here" in text(lead.get(away))
    assert "The wrong list." in text(browser(wexcombe, "director").get(one))


def test_reading_again_says_what_goals_wait_for_and_the_council_is_told_at_home(wexcombe: Story) -> None:
    lead, plan = browser(wexcombe, "lead"), at("improvement", wexcombe)
    sent = {"do": "ready", "owner": str(wexcombe.person("improvement-lead").pk), "due": "01/03/2030"}
    assert "Not asked yet" in text(lead.post(plan, sent, follow=True))
    shown = text(lead.post(plan, {"do": "read"}, follow=True))
    assert "There is nothing new to read. Checks of everybody are read from" in shown
    assert "Not handed in here: a practice record" in shown and "once every file of it is signed off" in shown
    held = Recommendation.objects.get(series="management-decisions")
    assert "a practice record" in text(lead.get(at("recommendation", wexcombe, recommendation=held.pk)))
    director = browser(wexcombe, "director")
    assert "Read what an inspection recommends" not in text(director.get("/home/"))
    moved(wexcombe, held, "open")
    assert "Read what an inspection recommends" in text(director.get("/home/"))
    assert "Not handed in here" not in text(director.get(at("recommendation", wexcombe, recommendation=held.pk)))


def test_a_settlement_that_is_not_allowed_keeps_what_was_typed_and_offers_what_is(wexcombe: Story) -> None:
    held = moved(wexcombe, recommended(wexcombe), "open")
    lead, settle = browser(wexcombe, "lead"), at("recommendation_settle", wexcombe, recommendation=held.pk)
    answer = lead.post(settle, {"to": "draft", "because": "Typed once.", "version": held.version})
    assert answer.status_code == 422 and "Typed once." in text(answer)
    offered = re.findall(r'name="to" value="([^"]*)"', answer.content.decode())
    assert offered == ["closed", "withdrawn"]
    bare = lead.post(settle, {"to": "withdrawn", "because": "", "version": held.version})
    assert bare.status_code == 422 and "Say why" in text(bare)
    assert re.findall(r'name="to" value="([^"]*)"', bare.content.decode()) == ["closed", "withdrawn"]


def test_a_goal_has_its_control_chart_from_five_readings_on_and_says_until_then_what_it_waits_for(
    wexcombe: Story,
) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe, target=45)
    director, one = browser(wexcombe, "director"), at("recommendation", wexcombe, recommendation=held.pk)
    assert "needs 5 readings by one definition; there is 1 so far" in text(director.get(one))
    for number, met in enumerate((21, 19, 20, 22), 1):
        measured(wexcombe, met, 40, days=30 * number)
    read_again(wexcombe)
    shown = director.get(one)
    assert "<svg" in shown.content.decode() and "The whole series: Nothing of late lies apart from the series" in text(
        shown
    )
    measured(wexcombe, 22, 40, days=300, version="2")
    read_again(wexcombe)
    assert "there is 1 so far" in text(director.get(one)), "by another definition it is another series"


def test_a_whole_list_that_fell_and_still_reaches_its_target_is_told_in_one_sentence(wexcombe: Story) -> None:
    measured(wexcombe, 564, 600)
    held = with_goal(wexcombe, target=75)
    measured(wexcombe, 504, 600, days=90)
    read_again(wexcombe)
    shown = text(browser(wexcombe, "director").get(at("recommendation", wexcombe, recommendation=held.pk)))
    assert "It still reaches its target, but is clearly lower than at the baseline, which is worse" in shown
    assert "It reached its target already then" in shown and "luck of the draw" not in shown
    assert "Surely reached" not in shown and "−10 points" in shown


def test_a_goal_has_a_day_by_which_its_target_is_to_be_reached(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = recommended(wexcombe)
    lead, new = browser(wexcombe, "lead"), at("goal_new", wexcombe, recommendation=held.pk)
    name = f"measure:{MEASURE.code}"
    answer = lead.post(new, {"measure": name, "target": "80", "due": "01/01/2020"})
    assert answer.status_code == 422 and "is over. Choose today or a later day" in text(answer)
    assert "01/01/2020" in answer.content.decode()
    soon = timezone.localdate() + timedelta(days=40)
    assert lead.post(new, {"measure": name, "target": "80", "due": f"{soon:%d/%m/%Y}"}).status_code == 302
    one = at("recommendation", wexcombe, recommendation=held.pk)
    assert f"Target: at least 80%, by {soon:%-d %B %Y}" in text(lead.get(one))
    assert f"It is to be reached by {soon:%-d %B %Y}." in text(lead.get(one))
    past = timezone.localdate() - timedelta(days=3)
    Goal.objects.update(due=past)
    assert f"Not reached by its day, {past:%-d %B %Y}" in text(lead.get(one))
    moved(wexcombe, held, "open")
    assert f"Not reached by its day, {past:%-d %B %Y}" in text(lead.get(at("action_plan", wexcombe)))
    measured(wexcombe, 40, 40, days=90)
    read_again(wexcombe)
    assert f"It was to be reached by {past:%-d %B %Y}, and is." in text(lead.get(one))
