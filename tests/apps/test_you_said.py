"""You said, this changed: told with its share and what was found, shown to everybody, agreed to in tens."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.apps.test_survey_themes import sort, theme, written
from tests.cases_story import AS_AT, Story, story
from tests.factories import client_for
from tests.improvement_story import MEASURE, measured, moved, promised, read_again
from tests.pages.test_cases import at, browser, text
from tests.surveys_story import closed, opened

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Agreement, Recommendation, YouSaid
from goldthread.apps.improvement.queries import you_said as queries
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.models import Publication, Report
from goldthread.apps.surveys.models import Survey
from goldthread.domain import surveys
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
        inspection=made.inspection, side="team", number=Recommendation.objects.count() + 1,
        owner=made.person("improvement-lead"), due="2030-03-01",
        theme=one, sealed=b"", client_key=uuid4(),
    )  # fmt: skip


def told(made: Story, held: Recommendation, *, said: str = SAID, changed: str = CHANGED) -> YouSaid:
    held.refresh_from_db()
    return actions.write_you_said(held=held, said=said, changed=changed, version=held.version, by=made["lead"])


def move(made: Story, held: Recommendation, to: str = "shown") -> YouSaid:
    if to == "shown":
        promised(made, held)
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
    assert list(events) == [
        f"you-said.{one}" for one in ("written", "asked", "yes", "shown", "taken-back", "written", "shown")
    ]
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
    assert {one.name for one in Agreement._meta.get_fields()} == {"id", "about", "place", "answer", "day"}
    with pytest.raises(Refused, match="Choose one"):
        actions.agree(about=row, number=8, answer="perhaps")
    YouSaid.objects.update(status="taken-back")
    with pytest.raises(Refused, match="not shown any more"):
        actions.agree(about=row, number=9, answer="yes")


def test_the_mark_is_the_same_for_everybody_and_another_browser_has_none(wexcombe: Story) -> None:
    held, row = shown(wexcombe)
    path = reverse("you_said", args=[held.theme.survey.link])  # type: ignore[union-attr]
    marks = []
    for _ in range(2):
        answer = Client().post(path, {"about": str(row.pk), "number": queries.fresh_number(row), "answer": "no"})
        marks.append({name: one.value for name, one in answer.cookies.items()})
    assert marks[0] == marks[1] == {queries.mark_of(row): "1"}, "by it nobody is told from anybody else"
    assert Agreement.objects.count() == 2, "whoever uses two browsers is counted twice: the page of the team says so"


def test_what_was_answered_to_other_words_does_not_stand_beneath_new_ones(wexcombe: Story) -> None:
    held, row = shown(wexcombe)
    say(row, *["yes"] * 10)
    before = queries.mark_of(row)
    move(wexcombe, held, "taken-back")
    told(wexcombe, held)
    assert Agreement.objects.count() == 10, "the same words"
    row = told(wexcombe, held, changed="Calls go to a machine.")
    assert not Agreement.objects.exists() and queries.mark_of(row) != before


def test_a_day_on_which_far_more_answer_than_usual_is_shown_to_the_team(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, row = shown(wexcombe)
    today = timezone.localdate()
    for after, many in ((0, 3), (1, 4), (2, 30)):
        monkeypatch.setattr(timezone, "localdate", lambda *_, after=after: today + timedelta(days=after))
        say(row, *["yes"] * many)
    assert queries.bursts(row) == [(today + timedelta(days=2), 30)]
    page = text(browser(wexcombe, "lead").get(at("you_said_write", wexcombe, recommendation=held.pk)))
    assert "30 answers came: far more than on a usual day" in page and "can answer again" in page


URDU = ("کوئی واپس فون نہیں کرتا۔", "ہر فون کا اسی دن جواب دیا جاتا ہے۔")


def test_it_is_told_in_the_languages_in_which_it_was_written_and_else_says_that_it_is_english(
    wexcombe: Story,
) -> None:
    held = moved(wexcombe, answering(wexcombe), "open")
    held.refresh_from_db()
    actions.write_you_said(
        held=held, said=SAID, changed=CHANGED, version=held.version, by=wexcombe["lead"],
        in_languages={"ur": URDU, "pl": ("", " ")},
    )  # fmt: skip
    row = move(wexcombe, held)
    path = reverse("you_said", args=[held.theme.survey.link])  # type: ignore[union-attr]
    english = Client().get(path).content.decode()
    assert all(f'value="{code}"' in english for code in ("ur", "pl", "ro")), "every language of the survey is offered"
    page = Client().get(path + "?language=ur")
    source = page.content.decode()
    assert '<html lang="ur" dir="rtl"' in source and URDU[0] in text(page) and URDU[1] in text(page)
    assert "کیا آپ کو یہ ابھی نظر آتا ہے؟" in text(page) and SAID not in text(page) and "Do you agree" not in text(page)
    assert "You said" not in text(page) and not re.search(r"\{[a-z]+\}", text(page))
    sent = {"about": str(row.pk), "number": queries.fresh_number(row), "language": "ur"}
    wrong = Client().post(path, sent)
    assert wrong.status_code == 422 and surveys.language("ur").said(easy=True)["error_choose"] in text(wrong)
    kept = Client().post(path, {**sent, "answer": "yes"})
    assert surveys.language("ur").told["kept"] in text(kept) and '<html lang="ur" dir="rtl"' in kept.content.decode()
    polish, words = Client().get(path + "?language=pl"), surveys.language("pl").told
    assert '<html lang="pl"' in polish.content.decode() and words["only_english"] in text(polish)
    assert words["agree_promised"] in text(polish) and SAID in text(polish), "words around English texts are Polish"
    assert '<html lang="en"' in Client().get(path + "?language=xx").content.decode()
    second = moved(wexcombe, answering(wexcombe), "open")
    Recommendation.objects.filter(pk=second.pk).update(theme=held.theme)
    told(wexcombe, second)
    move(wexcombe, second)
    both = Client().get(path + "?language=ur").content.decode()
    urdu = surveys.language("ur").told
    assert urdu["only_english"] in both and f'<span lang="en" dir="ltr">{SAID}</span>' in both
    other = YouSaid.objects.get(recommendation=second)
    theirs, ask = Client(), {"about": str(other.pk), "language": "ur", "answer": "yes"}
    for says in (urdu["kept"], urdu["already"]):
        answer = theirs.post(path, {**ask, "number": queries.fresh_number(other)})
        assert says in text(answer) and "answered already" not in text(answer) and "Do you agree" not in text(answer)


def test_half_a_translation_and_a_language_that_is_none_are_refused(wexcombe: Story) -> None:
    held = answering(wexcombe)
    for others, says in (({"ur": (URDU[0], "")}, "in each language"), ({"xx": URDU}, "Choose languages")):
        held.refresh_from_db()
        with pytest.raises(Refused, match=says):
            actions.write_you_said(
                held=held, said=SAID, changed=CHANGED, version=held.version, by=wexcombe["lead"], in_languages=others
            )
    lead, page = browser(wexcombe, "lead"), at("you_said_write", wexcombe, recommendation=held.pk)
    sent = {"do": "write", "said": SAID, "changed": CHANGED, "said_ur": URDU[0], "version": held.version}
    refused = lead.post(page, sent)
    assert refused.status_code == 422 and URDU[0] in refused.content.decode(), "nothing typed is lost"
    lead.post(page, {**sent, "changed_ur": URDU[1]})
    assert YouSaid.objects.get().in_languages == {"ur": {"said": URDU[0], "changed": URDU[1]}}


def test_it_is_offered_once_it_can_be_shown_and_led_to_once_it_is(wexcombe: Story) -> None:
    held = answering(wexcombe, shut=False)
    survey = held.theme.survey  # type: ignore[union-attr]
    lead, page = browser(wexcombe, "lead"), at("you_said_write", wexcombe, recommendation=held.pk)
    public = reverse("you_said", args=[survey.link])
    ways = [at("survey", wexcombe, survey=survey.pk), reverse("survey_answer", args=[survey.link])]
    told(wexcombe, held)
    for says, then in (
        ("Give the recommendation to the council first", lambda: moved(wexcombe, held, "open")),
        ("Close the survey first", lambda: closed(wexcombe, survey)),
    ):
        shown_now = text(lead.get(page))
        assert "It cannot be shown yet" in shown_now and says in shown_now
        assert 'value="shown"' not in lead.get(page).content.decode()
        then()
    shown_now = lead.get(page).content.decode()
    assert 'value="ask"' in shown_now and 'value="shown"' not in shown_now, "a promise is the council's to make"
    promised(wexcombe, held)
    assert 'value="shown"' in lead.get(page).content.decode()
    assert not any(public in lead.get(way).content.decode() for way in ways)
    move(wexcombe, held)
    assert all(public in lead.get(way).content.decode() for way in ways)
    Recommendation.objects.filter(pk=held.pk).update(theme=None)
    assert page not in lead.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()


def test_the_team_writes_and_shows_it_on_its_page_and_nothing_typed_is_lost(wexcombe: Story) -> None:
    held = moved(wexcombe, answering(wexcombe), "open")
    lead, page = browser(wexcombe, "lead"), at("you_said_write", wexcombe, recommendation=held.pk)
    assert page in lead.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()
    sent: dict[str, Any] = {"do": "write", "said": SAID, "changed": CHANGED, "version": held.version}
    wrong = lead.post(page, {**sent, "changed": ""})
    assert wrong.status_code == 422 and SAID in text(wrong) and "Fill in “What changed, or is promised”" in text(wrong)
    assert "It is kept" in text(lead.post(page, sent, follow=True))
    assert lead.post(page, sent).status_code == 409
    held.refresh_from_db()
    shown_now = lead.post(page, {"do": "shown", "version": held.version})
    assert shown_now.status_code == 422 and "the council has not said yes to it" in text(shown_now)
    assert "The council is asked" in text(lead.post(page, {"do": "ask", "version": held.version}, follow=True))
    row, council = queries.you_said_of(held), browser(wexcombe, "improvement-lead")
    assert row is not None and "Say whether families may be promised this" in text(council.get("/home/"))
    answering_page = at("you_said_yes", wexcombe, promised=row.pk)
    assert answering_page in council.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()
    assert SAID in text(council.get(answering_page)) and lead.get(answering_page).status_code == 403
    held.refresh_from_db()
    no = council.post(answering_page, {"to": "no", "because": "", "version": held.version})
    assert no.status_code == 422 and "Say why not" in text(no)
    council.post(answering_page, {"to": "no", "because": "Not in spring.", "version": held.version})
    assert "it said no" in text(lead.get(page)) and "Not in spring." in text(
        lead.get(at("recommendation", wexcombe, recommendation=held.pk))
    )
    held.refresh_from_db()
    council.post(answering_page, {"to": "yes", "because": "", "version": held.version})
    held.refresh_from_db()
    assert "Everybody who has the address can read it now." in text(
        lead.post(page, {"do": "shown", "version": held.version}, follow=True)
    )
    assert "Families read it already" in text(council.get(answering_page))
    assert "Fewer than 10 have answered" in text(lead.get(page))
    theirs = browser(wexcombe, "director")
    assert theirs.get(page).status_code == 403
    assert page not in theirs.get(at("recommendation", wexcombe, recommendation=held.pk)).content.decode()
    assert "taken back" in text(lead.post(page, {"do": "taken-back", "version": held.version + 1}, follow=True))


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
    led = text(somebody.get(reverse("survey_answer", args=[held.theme.survey.link])))
    assert row.promised and "You said, this is promised" in said and "You said, this is promised" in led
    sent = {"about": str(row.pk), "number": queries.fresh_number(row), "answer": "yes"}
    none = somebody.post(path, {**sent, "answer": ""})
    assert none.status_code == 422 and "Pick one of the answers" in text(none)
    for bad in ("", "zz", "00"):
        assert somebody.post(path, {**sent, "number": bad}).status_code == 422
    assert not Agreement.objects.exists()
    kept = somebody.post(path, sent)
    assert "Your answer is kept" in text(kept)
    mark = kept.cookies[queries.mark_of(row)]
    assert (mark.value, mark["path"], mark["httponly"], mark["samesite"]) == ("1", path, True, "Strict")
    assert len(kept.cookies) == 1 and mark["max-age"] == 180 * 24 * 60 * 60
    for _ in range(2):
        again = somebody.post(path, {**sent, "number": queries.fresh_number(row)})
        assert "This browser has answered already" in text(again) and again.status_code == 200
    assert 'name="answer"' not in somebody.get(path).content.decode()
    assert Agreement.objects.count() == 1
    say(row, *["no"] * 9)
    assert "Of 10 answers: Yes: 10%; A bit: few; No: 90%" in text(somebody.get(path))
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
        assert "found since stands beside" not in text(page)
    YouSaid.objects.filter(pk=row.pk).update(outcome="improved")
    page = text(lead.get(where))
    assert "What was found since stands beside it: We have not checked it yet. Take it back and show it anew." in page
    assert "Take it back and show it anew" not in text(client_for(wexcombe.person("director")).get(where))


def test_what_is_only_promised_is_told_as_a_promise_with_its_day_and_that_it_was_not_kept(wexcombe: Story) -> None:
    held, row = shown(wexcombe)
    where = reverse("you_said", args=[held.theme.survey.link])  # type: ignore[union-attr]
    page = text(Client().get(where))
    assert row.promised and "This is promised" in page and "This changed" not in page
    assert "this changed" not in page and "Do you see this yet?" in page
    assert f"asked to do it by {held.due:%-d %B %Y}" in page
    Recommendation.objects.filter(pk=held.pk).update(due=date(2026, 1, 5))
    assert "by 5 January 2026. It has not said that it is done." in text(Client().get(where))
    held.refresh_from_db()
    actions.say_done(held=held, says="Every team does.", version=held.version, by=wexcombe["improvement-lead"])
    page = text(Client().get(where))
    assert "The council says that it is done." in page and "5 January" not in page
    assert "This is promised" in page, "what people were asked about stays as it was shown"
    move(wexcombe, held, "taken-back")
    assert not move(wexcombe, held).promised and "This changed" in text(Client().get(where))


def test_those_who_said_it_read_of_a_slip_beside_what_they_agreed_to(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = answering(wexcombe)
    actions.set_goal(
        held=held, measure=f"measure:{MEASURE.code}", target=80, client_key=uuid4(), by=wexcombe["lead"]
    )  # fmt: skip
    told(wexcombe, held)
    moved(wexcombe, held, "open")
    measured(wexcombe, 38, 40, days=90)
    read_again(wexcombe)
    row = move(wexcombe, held)
    where = reverse("you_said", args=[held.theme.survey.link])  # type: ignore[union-attr]
    better, worse = "It is better than before", "It is worse than before"
    page = text(Client().get(where))
    assert not row.promised and better in page and worse not in page
    measured(wexcombe, 8, 40, days=180)
    read_again(wexcombe)
    page, day = text(Client().get(where)), AS_AT + timedelta(days=180)
    assert better in page and worse in page and f"What we found, {day:%-d %B %Y}" in page
    row.refresh_from_db()
    assert row.outcome == "improved"


def test_other_words_ask_the_council_anew_and_its_own_people_alone_answer(wexcombe: Story) -> None:
    held = moved(wexcombe, answering(wexcombe), "open")
    row = told(wexcombe, held)
    assert not queries.asked_of(wexcombe["improvement-lead"])
    held.refresh_from_db()
    row = actions.ask_council(held=held, version=held.version, by=wexcombe["lead"])
    assert queries.asked_of(wexcombe["improvement-lead"]) == [row] and not queries.asked_of(wexcombe["director"])
    held.refresh_from_db()
    for who in ("lead", "director"):
        with pytest.raises(Refused):
            actions.answer_for_council(row=row, to="yes", because="", version=held.version, by=wexcombe[who])
    actions.answer_for_council(row=row, to="yes", because="", version=held.version, by=wexcombe["improvement-lead"])
    row = told(wexcombe, held, changed="Other words are promised.")
    assert (row.councils_yes, row.released_at) == ("not-asked", None)
    held.refresh_from_db()
    with pytest.raises(Refused, match="has not said yes"):
        actions.move_you_said(held=held, to="shown", version=held.version, by=wexcombe["lead"])


def test_a_published_report_leads_to_what_became_of_what_people_said_by_the_title_of_that_page(wexcombe: Story) -> None:
    held, row = shown(wexcombe)
    assert held.theme is not None
    report = Report.objects.create(
        inspection=wexcombe.inspection, side="team", client_key=uuid4(), number=1, status="published"
    )
    Publication.objects.create(
        report=report, slug="wexcombe", title="A report", authority=wexcombe.inspection.authority,
        framework=wexcombe.inspection.framework, content=Document("A report", "Wexcombe", "", "", True, ()).as_json(),
        pdf=b"", word=b"", published_at=timezone.now(),
    )  # fmt: skip
    public = reverse("you_said", args=[held.theme.survey.link])
    somebody, survey = Client(), reverse("survey", args=[held.inspection_id, held.theme.survey_id])
    for promised_ in (False, True):
        YouSaid.objects.filter(pk=row.pk).update(promised=promised_)
        title = "You said, this is promised" if promised_ else "You said, this changed"
        assert re.search(r"<h1[^>]*>([^<]*)<", somebody.get(public).content.decode())[1].strip() == title  # type: ignore[index]
        linked = re.compile(rf'href="{public}[^"]*">{title}</a>')
        lead = client_for(wexcombe.person("lead"))
        for page in (somebody.get(reverse("published_report", args=["wexcombe"])), lead.get(survey)):
            assert linked.search(page.content.decode()), title
    Survey.objects.filter(pk=held.theme.survey_id).update(status="open")
    page = somebody.get(reverse("published_report", args=["wexcombe"])).content.decode()
    assert public not in page, "a survey that may be answered again is for those who are asked"
    Survey.objects.filter(pk=held.theme.survey_id).update(status="closed")
    move(wexcombe, held, "taken-back")
    assert public not in somebody.get(reverse("published_report", args=["wexcombe"])).content.decode()
