"""You said, this changed: told with its share and what was found, shown to everybody, agreed to in tens."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.test_survey_themes import sort, theme, written
from tests.cases_story import Story, story
from tests.factories import client_for
from tests.improvement_story import MEASURE, measured, moved, read_again
from tests.pages.test_cases import at, browser, text
from tests.surveys_story import closed, opened

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Agreement, Recommendation, YouSaid
from goldthread.apps.improvement.queries import you_said as queries
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

SAID, CHANGED = "Nobody rings back.", "Every call is answered on the same day."


@pytest.fixture
def wexcombe() -> Story:
    return story()


def answering(made: Story, *, texts: int = 12, spoke: int = 9, shut: bool = True) -> Recommendation:
    """A recommendation that answers a theme, of which so many texts spoke."""
    survey = opened(made)
    one = theme(made, survey, "Rings back")
    for number, words in enumerate(written(made, survey, texts)):
        sort(made, words, *([one] if number < spoke else []))
    if shut:
        closed(made, survey)
    return Recommendation.objects.create(
        inspection=made.inspection, side="team", number=1, owner=made.person("improvement-lead"), due="2030-03-01",
        theme=one, sealed=b"", client_key=uuid4(),
    )  # fmt: skip


def told(made: Story, held: Recommendation, *, said: str = SAID, changed: str = CHANGED) -> YouSaid:
    held.refresh_from_db()
    return actions.write_you_said(held=held, said=said, changed=changed, version=held.version, by=made["lead"])


def move(made: Story, held: Recommendation, to: str = "shown") -> YouSaid:
    held.refresh_from_db()
    return actions.move_you_said(held=held, to=to, version=held.version, by=made["lead"])


def shown(made: Story) -> tuple[Recommendation, YouSaid]:
    held = moved(made, answering(made), "open")
    told(made, held)
    return held, move(made, held)


def say(row: YouSaid, *answers: str) -> None:
    for one in answers:
        number = queries.number_of(row, queries.fresh_number(row))
        assert number is not None
        actions.agree(about=row, number=number, answer=one)


def test_it_is_shown_with_the_share_of_the_texts_and_what_was_found_and_stays_as_it_was_shown(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = answering(wexcombe)
    actions.set_goal(
        held=held, measure=f"measure:{MEASURE.code}", target=80, client_key=uuid4(), by=wexcombe["lead"]
    )  # fmt: skip
    told(wexcombe, held)
    moved(wexcombe, held, "open")
    row = move(wexcombe, held)
    assert (row.share, row.of, row.outcome) == (f"{round(100 * 9 / 12)}%", 12, queries.NOT_YET)
    measured(wexcombe, 38, 40, days=90)
    read_again(wexcombe)
    row.refresh_from_db()
    assert row.outcome == queries.NOT_YET, "what people agree to does not change beneath their answers"
    with pytest.raises(Refused, match="Take it back first"):
        told(wexcombe, held, said="Other words.")
    move(wexcombe, held, "taken-back")
    assert queries.shown_beside(held.theme.survey) == []  # type: ignore[union-attr]
    told(wexcombe, held, said="Other words.")
    assert move(wexcombe, held).outcome == "improved"
    measured(wexcombe, 10, 40, days=180)
    read_again(wexcombe)
    assert queries.outcome_of(held) == "worse"
    events = Entry.objects.filter(event__startswith="you-said.").order_by("pk").values_list("event", flat=True)
    assert list(events) == [f"you-said.{one}" for one in ("written", "shown", "taken-back", "written", "shown")]
    assert "rings back" not in str(list(Entry.objects.values_list("detail", flat=True))).lower()


def test_what_cannot_be_told_is_refused(wexcombe: Story) -> None:
    held = answering(wexcombe, texts=11, shut=False)
    for said, changed, says in (
        ("", CHANGED, "Write both"),
        (SAID, " ", "Write both"),
        ("x" * 301, "y", "at most 300"),
    ):
        with pytest.raises(Refused, match=says):
            told(wexcombe, held, said=said, changed=changed)
    with pytest.raises(Refused, match="Write first"):
        move(wexcombe, held)
    told(wexcombe, held)
    with pytest.raises(Refused, match="Give the recommendation to the council first"):
        move(wexcombe, held)
    moved(wexcombe, held, "open")
    with pytest.raises(Refused, match="Close the survey first"):
        move(wexcombe, held)
    with pytest.raises(IllegalMove):
        move(wexcombe, held, "taken-back")
    Recommendation.objects.filter(pk=held.pk).update(theme=None)
    with pytest.raises(Refused, match="answers no theme"):
        move(wexcombe, held)
    with pytest.raises(Refused):
        actions.write_you_said(held=held, said=SAID, changed=CHANGED, version=held.version, by=wexcombe["director"])


def test_fewer_than_ten_texts_are_not_told_of(wexcombe: Story) -> None:
    held = moved(wexcombe, answering(wexcombe, texts=9, spoke=9), "open")
    told(wexcombe, held)
    with pytest.raises(Refused, match="Fewer than ten texts"):
        move(wexcombe, held)


def test_agreement_is_told_in_full_tens_so_that_no_look_gives_one_answer_away(wexcombe: Story) -> None:
    _, row = shown(wexcombe)
    said = ["yes"] * 6 + ["partly"] * 2 + ["no"] * 12
    seen = []
    for number, one in enumerate(said, 1):
        say(row, one)
        told_now = queries.agreed(row)
        assert told_now.of == number // 10 * 10
        seen.append(told_now)
    assert seen[8].shares == () and seen[9].shares == (("Yes", "60%"), ("A bit", "20%"), ("No", "20%"))
    assert len({one.shares for one in seen[9:19]}) == 1, "between two tens nothing moves"
    naive = {key: round(100 * said.count(key) / len(said)) for key in ("yes", "partly", "no")}
    assert [share for _, share in seen[19].shares] == [f"{naive[key]}%" for key in ("yes", "partly", "no")]


def test_the_same_sending_twice_is_one_answer_and_it_is_nobodys(wexcombe: Story) -> None:
    _, row = shown(wexcombe)
    before = Entry.objects.count()
    for _ in range(2):
        actions.agree(about=row, number=7, answer="yes")
    assert Agreement.objects.count() == 1 and Entry.objects.count() == before
    assert {one.name for one in Agreement._meta.get_fields()} == {"id", "about", "place", "answer"}
    with pytest.raises(Refused, match="Choose one"):
        actions.agree(about=row, number=8, answer="perhaps")
    YouSaid.objects.update(status="taken-back")
    with pytest.raises(Refused, match="not shown any more"):
        actions.agree(about=row, number=9, answer="yes")


def test_the_team_writes_and_shows_it_on_its_page_and_nothing_typed_is_lost(wexcombe: Story) -> None:
    held = moved(wexcombe, answering(wexcombe), "open")
    lead, page = browser(wexcombe, "lead"), at("you_said_write", wexcombe, recommendation=held.pk)
    assert page in lead.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()
    sent: dict[str, Any] = {"do": "write", "said": SAID, "changed": CHANGED, "version": held.version}
    wrong = lead.post(page, {**sent, "changed": ""})
    assert wrong.status_code == 422 and SAID in text(wrong) and "Fill in “What changed”" in text(wrong)
    assert "It is kept" in text(lead.post(page, sent, follow=True))
    assert lead.post(page, sent).status_code == 409
    assert "Everybody who has the address can read it now." in text(
        lead.post(page, {"do": "shown", "version": held.version + 1}, follow=True)
    )
    assert "Fewer than 10 have answered" in text(lead.get(page))
    theirs = browser(wexcombe, "director")
    assert theirs.get(page).status_code == 403
    assert page not in theirs.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()
    assert "taken back" in text(lead.post(page, {"do": "taken-back", "version": held.version + 2}, follow=True))


def test_everybody_with_the_address_reads_it_and_answers_without_an_account(wexcombe: Story) -> None:
    held, row = shown(wexcombe)
    assert held.theme is not None
    path = reverse("you_said", args=[held.theme.survey.link])
    somebody = Client(enforce_csrf_checks=True)
    page = somebody.get(path)
    said = text(page)
    assert f"You said: {SAID}" in said and CHANGED in said and "75% of the 12 texts that people wrote said this" in said
    assert "We have not checked it yet" in said and "Rings back" not in said and "call 999" in said
    assert not page.cookies and page.headers["Referrer-Policy"] == "no-referrer"
    assert "You said, this changed" in text(somebody.get(reverse("survey_answer", args=[held.theme.survey.link])))
    sent = {"about": str(row.pk), "number": queries.fresh_number(row), "answer": "yes"}
    none = somebody.post(path, {**sent, "answer": ""})
    assert none.status_code == 422 and "Choose one of the answers" in text(none)
    for bad in ("", "zz", "00"):
        assert somebody.post(path, {**sent, "number": bad}).status_code == 422
    assert not Agreement.objects.exists()
    for _ in range(2):
        assert "Your answer is kept" in text(somebody.post(path, sent))
    assert Agreement.objects.count() == 1
    say(row, *["no"] * 9)
    assert "Of 10 people who answered: Yes: 10%; A bit: few; No: 90%" in text(somebody.get(path))
    move(wexcombe, held, "taken-back")
    assert "Nothing is told here yet" in text(somebody.get(path))
    gone = somebody.post(path, {**sent, "number": queries.fresh_number(row)})
    assert gone.status_code == 422 and "not shown any more" in text(gone)


def test_a_recommendation_leads_to_what_those_who_said_it_are_told_and_says_when_that_is_overtaken(
    wexcombe: Story,
) -> None:
    held = moved(wexcombe, answering(wexcombe), "open")
    Recommendation.objects.filter(pk=held.pk).update(
        sealed=sealed_words(held.inspection, {"says": "Ring back."}, held.purpose)
    )
    where = reverse("recommendation", args=[held.inspection_id, held.pk])
    lead = client_for(wexcombe.person("lead"))
    assert "Not told yet: write it and show it" in text(lead.get(where))
    told(wexcombe, held)
    row = move(wexcombe, held)
    assert held.theme is not None
    public = reverse("you_said", args=[held.theme.survey.link])
    for role in ("lead", "director"):
        page = client_for(wexcombe.person(role)).get(where)
        assert public in page.content.decode() and "shown since" in text(page)
        assert "says otherwise" not in text(page)
    YouSaid.objects.filter(pk=row.pk).update(outcome="improved")
    page = text(lead.get(where))
    assert "What was found since says otherwise: We have not checked it yet. Take it back and show it anew." in page
    assert "Take it back and show it anew" not in text(client_for(wexcombe.person("director")).get(where))
