"""Letters in each language, pages from right to left, pictures of easy read, and words that nobody has read."""

import re
from uuid import uuid4

import lxml.html
import pytest
from django.urls import reverse
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.pages.test_step_up import grow_old
from tests.pages.test_surveys import Respondent, of
from tests.surveys_story import WROTE, codes, invited, opened, say

from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys.models import Words
from goldthread.domain import surveys as domain
from goldthread.domain.surveys import pictures
from goldthread.web.templatetags.surveys import apart

pytestmark = pytest.mark.django_db
ALARMING = "Dad hits him at night and he is scared"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def test_a_letter_names_the_council_and_says_in_each_language_what_to_do(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    made = invited(wexcombe, survey, 2)
    letters = lead.post(of(wexcombe, "survey_letters_print", survey, invitations=made.pk))
    page = lxml.html.fromstring(letters.content).text_content()
    for code in domain.languages_of("families"):
        words = domain.language(code).words
        about = words["letter_about"].format(council=wexcombe.inspection.authority)
        for said in (about, words["letter_how"], words["nobody"], words["help_danger"]):
            assert page.count(said) == 2, (code, said)
    assert "native reader" not in page


def test_letters_show_their_codes_only_to_somebody_who_confirmed_who_they_are(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    made = invited(wexcombe, survey, 2)
    lead = grow_old(browser(wexcombe, "lead"))
    asked = lead.post(of(wexcombe, "survey_letters_print", survey, invitations=made.pk))
    assert asked.status_code == 403 and "Confirm that it is you" in text(asked)
    assert not any(code in asked.content.decode() for code in codes(made))
    assert not Entry.objects.filter(event="survey.printed").exists()


def test_a_used_code_says_whom_to_ask(wexcombe: Story) -> None:
    survey = opened(wexcombe, by_link=False)
    code = codes(invited(wexcombe, survey, 1))[0]
    say(survey, code=code, plan="yes")
    for language, whom in (("en", "Ask whoever gave you the letter"), ("ur", "جس نے آپ کو خط دیا ہے")):
        assert whom in Respondent(survey, f"?language={language}").press(do="next", code=code)


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_numbers_and_names_within_a_page_from_right_to_left_keep_their_order(wexcombe: Story, code: str) -> None:
    survey = opened(wexcombe)
    one = Respondent(survey, f"?language={code}")
    assert {"0808\u00a0800\u00a05000", "0800\u00a01111", "999", "7KQ4-MN2P-X8RT"} <= set(
        one.page.xpath("//bdi[@dir='ltr']/text()")
    )
    assert not one.page.xpath("//main//bdi[@lang='en']"), "easy read is there in this language too"
    assert "native reader" not in one.said, "that is for the team to know"
    assert "native reader" in text(browser(wexcombe, "lead").get(of(wexcombe, "survey", survey)))


def test_what_runs_from_right_to_left_is_escaped_all_the_same() -> None:
    assert apart("Call 0800 1111, free, in 2026 1111 times") == "Call 0800\u00a01111, free, in 2026 1111 times"
    assert apart("<b>Hello & 12</b>") == "&lt;b&gt;Hello &amp; 12&lt;/b&gt;"
    assert apart("سلام <b> NSPCC 0808 800 5000۔") == (
        'سلام &lt;<bdi dir="ltr">b</bdi>&gt; <bdi dir="ltr">NSPCC 0808\u00a0800\u00a05000</bdi>۔'
    )


def test_each_question_of_easy_read_has_its_picture_its_place_and_pictures_of_its_answers(wexcombe: Story) -> None:
    one = Respondent(opened(wexcombe), "?form=easy")
    one.press(do="next")
    assert "Question 1 of at most 7" in one.said, "as many as there can be"
    one.press(do="next", answer="plan")
    drawn = one.page.xpath("//img/@src")
    assert [re.sub(r".*/symbols/(.*)\.svg", r"\1", src) for src in drawn] == ["listen", *pictures.FACES[4]]
    assert "Question 3 of at most 7" in one.press(do="next", answer="not-well")
    one.press(do="next", answer="time")
    one.press(do="next", answer="yes")
    one.press(do="next", answer="same")
    one.press(do="next", answer=WROTE)
    assert "Question 7 of 7" in one.said and "symbols/pen" in one.answer.content.decode()


def test_closing_with_words_that_nobody_read_is_warned_of_and_afterwards_nobody_is_said_to_answer(
    wexcombe: Story,
) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    move = of(wexcombe, "survey_move", survey)
    assert "read by nobody yet" not in text(lead.get(move))
    say(survey, change=WROTE, tier="words")
    say(survey, change=ALARMING, tier="words")
    page = text(lead.get(move))
    assert "2 texts written in it were read by nobody yet, 1 of them with a word" in page
    assert "Anybody who has it can answer" in text(lead.get(of(wexcombe, "survey", survey)))
    done = text(lead.post(move, {"to": "closed", "version": 1}, follow=True))
    assert "Still to be read of what was written in it: 2." in done
    assert "Anybody who has it can answer" not in done and "Nobody can answer there any more" in done


def test_words_that_alarm_look_graver_than_those_that_merely_wait(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    say(survey, change=WROTE, tier="words")
    page = text(lead.get(of(wexcombe, "survey", survey)))
    assert "1 text to read, without such a word" in page and "where a child is not safe" not in page
    home = text(lead.get(reverse("home")))
    assert "Read first" not in home and "for a child who may not be safe" in home
    say(survey, change=ALARMING, tier="words")
    page = text(lead.get(of(wexcombe, "survey", survey)))
    assert "1 text that nobody has read holds a word" in page and "1 other text to read" in page
    assert "Read first: words that may tell of a child" in text(lead.get(reverse("home")))
    assert "Read first" in text(lead.get(at("surveys", wexcombe)))
    words = text(lead.get(of(wexcombe, "survey_words", survey)))
    assert words.count("It holds a word that often stands") == 1 and words.index(ALARMING) < words.index(WROTE)


def test_the_lead_says_how_many_words_in_a_row_a_paraphrase_may_share(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    say(survey, change="They never ring me back at all", tier="idea")
    words = Words.objects.get()
    lead.post(of(wexcombe, "survey_words_one", survey, words=words.pk), {"to": "released", "done": "", "version": 1})
    held = wexcombe.inspection
    details = {
        "title": held.title, "authority": held.authority, "kind": held.kind, "call_day": f"{held.call_day:%d/%m/%Y}",
        "fieldwork_from": f"{held.fieldwork_from:%d/%m/%Y}", "fieldwork_to": f"{held.fieldwork_to:%d/%m/%Y}",
    }  # fmt: skip
    edit = at("inspection_edit", wexcombe)
    for bad in ("1", "9", "few"):
        refused = lead.post(edit, {**details, "words_alike": bad, "version": held.version})
        assert refused.status_code == 422 and "from 2 to 8" in text(refused)
    shelve = of(wexcombe, "survey_words_shelve", survey, words=words.pk)
    assert "more than 4 words in a row" in text(lead.get(shelve))
    assert lead.post(edit, {**details, "words_alike": "2", "version": held.version}).status_code == 302
    assert "more than 2 words in a row" in text(lead.get(shelve))
    sent = {"text": "She says that they never ring", "areas": [], "client_key": uuid4()}
    assert "“they never ring” was written so" in text(lead.post(shelve, sent))
    held.refresh_from_db()
    assert lead.post(edit, {**details, "version": held.version}).status_code == 302
    held.refresh_from_db()
    assert held.words_alike == 2, "what was not sent is not changed"
