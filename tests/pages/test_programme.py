"""Pages of an audit programme: the rule, who audits, a round from its proposal to its end, what is due, and themes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cases_story import Story
from tests.pages.test_cases import at, browser, text
from tests.programme_story import TEAMS, drawn, planned, programme, signed

from goldthread.apps.cases.models import Case, SecondReading
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme.models import Auditor, ProgrammeRule, Round, SeenReminder
from goldthread.apps.submissions.models import Submission
from goldthread.web.pages import programme as programme_page

pytestmark = pytest.mark.django_db

RULE: dict[str, Any] = {
    "instrument": "case-review-short-1", "first_month": "05/01/2026", "size": "9", "design": "proportional",
    "population": "open-cases", "strata_by": ["team"], "minimum_per_stratum": "2", "days": "10", "soon": "5",
    "share": "0", "rest": "12",
}  # fmt: skip


@pytest.fixture
def wexcombe() -> Story:
    return programme()


LOOK = {"step": "look"}


def page_of(held: Story, role: str, name: str, **parts: Any) -> str:
    answer = browser(held, role).get(at(name, held, **parts))
    assert answer.status_code == 200, answer.status_code
    return text(answer)


def press(held: Story, role: str = "lead") -> Any:
    """Draw the next round as its page shows it."""
    round_ = planned(held)
    address = at("programme_round_draw", held, round_=round_.pk)
    shown = browser(held, role).post(address, LOOK)
    seen = re.search(r'name="seen" value="(\w+)"', shown.content.decode())
    assert seen
    return browser(held, role).post(address, {"step": "draw", "seen": seen[1], "version": round_.version}, follow=True)


def test_the_rule_is_set_and_what_is_wrong_comes_back_with_what_was_typed(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("programme_rule", wexcombe)
    wrong = lead.post(address, {**RULE, "size": "500", "first_month": "soon", "version": "1"})
    assert wrong.status_code == 422 and "must be a whole number from 1 to 200" in text(wrong)
    assert 'value="500"' in wrong.content.decode() and "must be a real date" in text(wrong)
    none = lead.post(address, {**RULE, "strata_by": [], "version": "1"})
    assert none.status_code == 422 and "by what the children are divided" in text(none)
    assert "The rule is set" in text(lead.post(address, {**RULE, "size": "12", "version": "1"}, follow=True))
    clash = lead.post(address, {**RULE, "size": "30", "version": "1"})
    assert clash.status_code == 409 and "30" in text(clash) and "12" in text(clash)
    assert ProgrammeRule.objects.get().size == 12


def test_a_rule_that_the_newest_lists_cannot_meet_is_set_and_says_so(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("programme_rule", wexcombe)
    told = text(lead.post(address, {**RULE, "size": "200", "version": "1"}, follow=True))
    assert "The rule is set" in told and "no round could be drawn by this rule" in told and "200" in told
    assert ProgrammeRule.objects.get().size == 200 and not Case.objects.exists()
    Submission.objects.update(status="withdrawn", hand_over="withdrawn")
    told = text(lead.post(address, {**RULE, "size": "150", "version": "2"}, follow=True))
    assert "The rule is set" in told and "could be drawn" not in told, "there is nothing to try it on"


def test_a_programme_begins_on_an_empty_page() -> None:
    held = programme()
    ProgrammeRule.objects.all().delete()
    Round.objects.all().delete()
    assert "No programme runs here yet" in page_of(held, "lead", "programme")
    assert "Set the rule" not in page_of(held, "inspector", "programme")


def test_an_auditor_says_which_teams_are_theirs(wexcombe: Story) -> None:
    who = wexcombe.person("inspector")
    address = at("programme_auditor", wexcombe, auditor=who.pk)
    shown = page_of(wexcombe, "inspector", "programme_auditor", auditor=who.pk)
    assert TEAMS[1] in shown and TEAMS[2] in shown
    sent = {"takes_part": "yes", "teams": [TEAMS[0]], "other": "Night team", "version": "1"}
    browser(wexcombe, "inspector").post(address, sent)
    told = page_of(wexcombe, "lead", "programme_auditors")
    assert f"{TEAMS[1]}; {TEAMS[0]}; Night team" in told
    assert browser(wexcombe, "inspector-2").get(address).status_code == 403
    assert browser(wexcombe, "lead").post(address, {"takes_part": "no", "version": "2"}).status_code == 302
    assert not Auditor.objects.get(person=who).takes_part
    assert browser(wexcombe, "lead").post(address, {"takes_part": "yes", "version": "1"}).status_code == 409
    assert browser(wexcombe, "lead").post(address, {"takes_part": "", "version": "3"}).status_code == 422


def test_a_round_is_seen_and_drawn_in_one_press(wexcombe: Story) -> None:
    done = press(wexcombe)
    assert "is drawn and given out" in text(done) and "Due soon" not in text(done)
    assert Case.objects.filter(reserve=False).exclude(allocated_to=None).count() == 9
    round_ = Round.objects.get(status="drawn")
    own = page_of(wexcombe, "inspector", "programme_round", round_=round_.pk)
    assert "6 more files are with others" in own
    again = browser(wexcombe, "lead").get(at("programme_round_draw", wexcombe, round_=round_.pk))
    assert "nothing to draw" in text(again)


def test_the_page_before_the_press_says_whose_team_and_who_reads_twice_and_so_it_comes(wexcombe: Story) -> None:
    ProgrammeRule.objects.update(share=40)
    round_ = planned(wexcombe)
    address, lead = at("programme_round_draw", wexcombe, round_=round_.pk), browser(wexcombe, "lead")
    told = lead.post(address, LOOK).context["told"]
    assert told.read_twice and {one.team for one in told.files} <= set(TEAMS)
    promised = {one.case.pseudonym: one.again.pk for one in told.files if one.again}
    page = text(lead.post(address, LOOK))
    assert "Read a second time by" in page and all(one.team in page for one in told.files)
    press(wexcombe)
    given = SecondReading.objects.values_list("case__pseudonym", "reader_id")
    assert dict(given) == promised


def test_a_look_at_what_a_round_would_draw_stands_in_the_journal_once(wexcombe: Story) -> None:
    round_ = planned(wexcombe)
    address = at("programme_round_draw", wexcombe, round_=round_.pk)
    looks = Entry.objects.filter(event="programme.round-looked-ahead")
    before = browser(wexcombe, "lead").get(address)
    assert "See who would be drawn" in text(before) and "C-" not in text(before) and not looks.exists()
    for role in ("lead", "lead", "inspector"):
        browser(wexcombe, role).post(address, LOOK)
    assert [one.detail["files"] for one in looks] == [9]
    ProgrammeRule.objects.update(share=40, version=7)
    browser(wexcombe, "lead").post(address, LOOK)
    assert looks.all().count() == 2, "what is seen then is another draw"


def test_what_changed_meanwhile_is_shown_anew_and_nothing_is_drawn(wexcombe: Story) -> None:
    round_ = planned(wexcombe)
    address = at("programme_round_draw", wexcombe, round_=round_.pk)
    answer = browser(wexcombe, "lead").post(address, {"step": "draw", "seen": "otherwise", "version": round_.version})
    assert answer.status_code == 422 and "has changed since you looked" in text(answer)
    assert not Case.objects.exists()
    assert browser(wexcombe, "inspector").get(address).status_code == 403
    assert browser(wexcombe, "nominated-officer").get(address).status_code == 404


def test_what_stands_in_the_way_of_a_round_is_said(wexcombe: Story) -> None:
    Auditor.objects.all().delete()
    told = page_of(wexcombe, "lead", "programme_round_draw", round_=planned(wexcombe).pk)
    assert "It cannot be drawn yet" in told and "which teams are their own" in told


def test_a_round_is_closed_with_a_reason_while_files_are_open(wexcombe: Story) -> None:
    round_ = drawn(wexcombe)
    address, lead = at("programme_round_move", wexcombe, round_=round_.pk), browser(wexcombe, "lead")
    short = lead.post(address, {"to": "closed", "because": "", "version": round_.version})
    assert short.status_code == 422 and "9 of its files are not audited yet" in text(short)
    lead.post(address, {"to": "closed", "because": "Two auditors left.", "version": round_.version})
    assert "Closed: Two auditors left." in page_of(wexcombe, "lead", "programme_round", round_=round_.pk)
    assert lead.post(address, {"to": "drawn", "because": "", "version": 3}).status_code == 422


def test_what_is_due_stands_on_the_home_page_until_it_is_seen(wexcombe: Story) -> None:
    round_ = drawn(wexcombe)
    Round.objects.filter(pk=round_.pk).update(due=timezone.localdate() - timedelta(days=1))
    mine = browser(wexcombe, "inspector")
    home = text(mine.get("/home/"))
    assert "Audits are due" in home and "3 overdue" in home
    assert "Everybody" not in page_of(wexcombe, "inspector", "programme_due")
    done = mine.post(at("programme_seen", wexcombe), follow=True)
    assert "You have said today that you have seen this." in text(done)
    assert "Audits are due" not in text(mine.get("/home/"))
    told = page_of(wexcombe, "lead", "programme_due")
    assert "Last seen on" in told and "Not seen yet" in told
    assert SeenReminder.objects.count() == 1
    assert browser(wexcombe, "analyst").post(at("programme_seen", wexcombe)).status_code in (403, 404)


def test_the_lead_is_told_which_round_to_draw(wexcombe: Story) -> None:
    assert "Draw the round of January 2026" in text(browser(wexcombe, "lead").get("/home/"))
    assert "Draw the round" not in text(browser(wexcombe, "inspector").get("/home/"))


def test_the_programme_tells_how_audits_stand_and_withholds_small_teams(wexcombe: Story) -> None:
    round_ = drawn(wexcombe)
    for case in Case.objects.filter(draw=round_.draw, reserve=False)[:4]:
        signed(wexcombe, case)
    told = page_of(wexcombe, "lead", "programme")
    assert "4 of 4 audits were done in time; none is overdue" in told
    assert "all 3 are withheld" in told and not any(
        team in told.split("The rule")[0].split("By the child")[1] for team in TEAMS
    )
    own = page_of(wexcombe, "inspector", "programme")
    assert wexcombe.person("inspector-2").name not in own and "Your own" in own
    assert "It takes six rounds" in page_of(wexcombe, "lead", "programme_themes")


def test_grades_are_brought_only_to_whoever_leads_both(wexcombe: Story) -> None:
    told = page_of(wexcombe, "lead", "programme_bring")
    assert "There is no audit programme of this council" in told
    assert browser(wexcombe, "quality-assurance").get(at("programme_bring", wexcombe)).status_code == 403


def test_home_tells_the_day_of_the_round_and_not_the_end_of_the_programme(wexcombe: Story) -> None:
    round_ = drawn(wexcombe)
    day = timezone.localdate() + timedelta(days=9)
    Round.objects.filter(pk=round_.pk).update(due=day)
    mine, lead = (text(browser(wexcombe, role).get("/home/")) for role in ("inspector", "lead"))
    ends = f"{wexcombe.inspection.fieldwork_to:%-d %B %Y}"
    for home, task in ((mine, "Review your cases"), (lead, "Follow the case reviews")):
        told = home[home.index(task) :][:200]
        assert f"{day:%-d %B %Y}" in told and ends not in told


def test_old_lists_are_told_before_they_are_drawn_from(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    round_, described = planned(wexcombe), Submission.objects.get().as_at
    assert described is not None
    days = (timezone.localdate() - described).days
    for more, told in ((-1, True), (0, False)):
        monkeypatch.setattr(programme_page, "OLD_LISTS", days + more)
        page = page_of(wexcombe, "lead", "programme_round_draw", round_=round_.pk)
        assert (f"These lists describe a day {days:,} days ago" in page) is told


def test_a_drawn_round_keeps_the_rule_that_it_was_drawn_by(wexcombe: Story) -> None:
    round_ = drawn(wexcombe)
    ProgrammeRule.objects.update(size=77)
    told = page_of(wexcombe, "lead", "programme_round", round_=round_.pk)
    assert "Version 1: 9 files" in told and "77" not in told


def test_a_per_cent_sign_stands_once_in_what_is_wrong(wexcombe: Story) -> None:
    wrong = browser(wexcombe, "lead").post(at("programme_rule", wexcombe), {**RULE, "share": "abc", "version": "1"})
    assert "“Share read twice, in %” must be a whole number from 0 to 100" in text(wrong)
