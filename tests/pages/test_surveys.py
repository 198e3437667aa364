"""Pages of surveys: answering without an account in each language and form, and what the team and nobody else sees."""

import logging
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.surveys_story import WROTE, closed, codes, invited, opened, say

from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import queries
from goldthread.apps.surveys.models import Answer, Code, Hurried, Survey, Words
from goldthread.domain import surveys as domain
from goldthread.web.pages.answering import Sheet

pytestmark = pytest.mark.django_db

ADDRESS, AGENT = "203.0.113.77", "SeededAgent/9.9 (of a respondent)"


@pytest.fixture
def wexcombe() -> Story:
    return story()


class Respondent:
    """Somebody with a telephone, without an account, who presses buttons."""

    def __init__(self, survey: Survey, query: str = "") -> None:
        self.browser = Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)
        self.path = reverse("survey_answer", args=[survey.link])
        self.answer: Any = self.browser.get(self.path + query)

    @property
    def page(self) -> Any:
        return lxml.html.fromstring(self.answer.content)

    @property
    def said(self) -> str:
        return text(self.answer)

    @property
    def title(self) -> str:
        return str(self.page.findtext(".//h1"))

    def press(self, **sent: Any) -> str:
        held = {"page": self.page.xpath("//input[@name='page']/@value")[0], **sent}
        self.answer = self.browser.post(self.path, held)
        return self.said


def of(held: Story, name: str, survey: Survey, **more: Any) -> str:
    return at(name, held, survey=survey.pk, **more)


def test_somebody_answers_goes_back_looks_again_and_sends(wexcombe: Story) -> None:
    survey = opened(wexcombe, by_link=False)
    code = codes(invited(wexcombe, survey, 1))[0]
    one = Respondent(survey)
    assert one.said.index("call 999") < one.said.index("Code on your letter"), "help stands before the first box"
    assert "Leave this page" in one.said and "0800 1111" in one.said
    assert "code is not known" in one.press(do="next", code="WRONG") and one.answer.status_code == 422
    assert 'value="WRONG"' in one.answer.content.decode()
    one.press(do="next", code=code.lower())
    assert "Which kind of help" in one.said and "Question 1" in one.said
    one.press(do="next", answer="plan")
    one.press(do="next", answer="not-well")
    assert "What gets in the way?" in one.said
    one.press(do="back", answer="time")
    assert one.page.xpath("//input[@checked]/@value") == ["not-well"]
    one.press(do="next", answer="well")
    assert "in your child’s plan" in one.said, "what was asked because of an answer goes with the answer"
    one.press(do="next")
    one.press(do="next", answer="better")
    long = "x" * 2001
    assert "too long" in one.press(do="next", answer=long) and long in one.answer.content.decode()
    one.press(do="next", answer=f"{WROTE} 🙂 <b>")
    assert "May we use what you wrote?" in one.said
    assert "Choose what we may do" in one.press(do="next")
    one.press(do="next", answer="idea")
    assert "Check your answers" in one.title and "Not answered" in one.said
    assert "&lt;b&gt;" in one.answer.content.decode()
    one.press(do="change-plan")
    one.press(do="next", answer="partly")
    for _ in range(3):
        one.press(do="next", answer=one.page.xpath("//input[@checked]/@value|//textarea/text()"))
    assert not Answer.objects.exists() and not Code.objects.filter(spent=True).exists(), "nothing is kept before “Send”"
    before = one.page.xpath("//input[@name='page']/@value")[0]
    assert "Thank you" in one.press(do="send")
    held = Answer.objects.get()
    assert held.chosen == {"kind-of-help": "plan", "listened": "well", "plan": "partly", "better": "better"}
    assert held.way == "code" and Words.objects.get().tier == "idea"
    again = one.browser.post(one.path, {"page": before, "do": "send"})
    assert "Thank you" in text(again) and Answer.objects.count() == 1
    other = Respondent(survey)
    assert "used already" in other.press(do="next", code=code)


def test_the_survey_keeps_nothing_of_whoever_answers(wexcombe: Story, caplog: pytest.LogCaptureFixture) -> None:
    """P-11 for this part: no cookie, no session, no address, no agent, no code and no word in any log or row."""
    survey = opened(wexcombe)
    code = codes(invited(wexcombe, survey, 1))[0]
    entries, sessions = Entry.objects.count(), Session.objects.count()
    with caplog.at_level(logging.DEBUG):
        one = Respondent(survey)
        assert not one.browser.cookies and not one.answer.cookies
        one.press(do="next", code=code)
        one.press(do="change-nothing", answer="nonsense")
        for _ in range(8):
            one.press(
                do="next",
                answer=WROTE if one.page.xpath("//textarea") else one.page.xpath("//input[@type]/@value")[1:2],
            )
        one.press(do="send")
        one.browser.post(one.path, {"page": "broken", "do": "send", "answer": WROTE})
        one.browser.get("/survey/nowhere/")
    assert Answer.objects.count() == 1 and not one.browser.cookies
    assert (Entry.objects.count(), Session.objects.count()) == (entries, sessions)
    logged = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "django.db.backends"
    )
    rows = str([list(model.objects.values()) for model in (Answer, Words, Code, Survey)])
    for secret in (ADDRESS, AGENT, code, WROTE):
        assert secret not in logged and secret not in rows, "an identifier was kept"
    assert one.answer.headers["Referrer-Policy"] == "no-referrer" and one.answer.headers["Cache-Control"] == "no-store"


def test_the_team_is_told_of_answers_that_came_quickly_from_one_place_and_all_of_them_count(
    wexcombe: Story, caplog: pytest.LogCaptureFixture
) -> None:
    survey = opened(wexcombe)
    page = of(wexcombe, "survey", survey)
    with caplog.at_level(logging.DEBUG):
        for many in range(1, 23):
            one = Respondent(survey)
            one.press(do="next")
            one.press(do="next", answer="plan")
            for _ in range(5):
                one.press(do="next")
            assert "Thank you" in one.press(do="send") and one.answer.status_code == 200
            if many == 19:
                assert "quickly" not in text(browser(wexcombe, "lead").get(page)), "nineteen are no burst"
    lead = text(browser(wexcombe, "lead").get(page))
    assert "22 answers came by the open link quickly from one place: 20 or more within ten minutes." in lead
    for _ in range(20):
        say(survey, address="198.51.100.4", plan="no")
    lead = text(browser(wexcombe, "lead").get(page))
    assert "42 answers came by the open link quickly, in 2 bursts: each time 20 or more within ten minutes from" in lead
    assert "They count; weigh them with care." in lead and Answer.objects.count() == 42
    rows = str([list(model.objects.values()) for model in (Answer, Hurried, Survey)])
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert ADDRESS not in rows and ADDRESS not in logged


@pytest.mark.parametrize("code", domain.languages_of("families"))
def test_every_page_is_whole_in_every_language(wexcombe: Story, code: str) -> None:
    survey = opened(wexcombe, by_link=False)
    one, words = Respondent(survey, f"?language={code}"), domain.language(code).words
    assert one.page.get("lang") == code and one.page.get("dir") == domain.language(code).direction
    for key in ("help_title", "exit", "start", "nobody", "kept"):
        assert words[key] in one.said, key
    assert domain.language(code).day(survey.closes) in one.said
    assert words["error_code"] in one.press(do="next", code="x") and words["problem"] in one.said
    given = codes(invited(wexcombe, survey, 1))[0]
    one.press(do="next", code=given)
    template = domain.load("families", code)
    for question in template.questions:
        assert one.title == question.text or (question.kind == "words" and question.text in one.said)
        assert all(option in one.said for option in question.options.values())
        assert words["next"] in one.said and words["back"] in one.said
        assert words["error_choose"] in one.press(do="next", answer="made-up") or question.kind == "words"
        if question.kind == "words":
            break
        one.press(do="next", answer={"listened": "not-well"}.get(question.id, ""))
    assert words["use"] in one.said
    one.press(do="next", answer="words")
    assert words["check"] in one.said and words["skipped"] in one.said
    assert words["thanks"] in one.press(do="send")
    assert Answer.objects.get().language == code


def test_the_language_and_the_form_change_half_way_and_nothing_is_lost(wexcombe: Story) -> None:
    one = Respondent(opened(wexcombe))
    one.press(do="next")
    one.press(do="next", answer="care")
    one.press(language="ur", answer="well")
    assert one.page.get("dir") == "rtl" and one.page.xpath("//input[@checked]/@value") == ["well"]
    one.press(form="easy", answer="well")
    assert one.page.get("lang") == "ur" and one.title == domain.load("families", "ur").question("listened").easy
    assert one.page.xpath("//input[@checked]/@value") == ["well"] and "(English)" not in one.said
    one.press(language="en", answer="well")
    assert one.page.get("lang") == "en" and one.title == "Do workers listen to you?", "easy read stays easy read"
    assert one.page.xpath("//img[contains(@src, 'symbols/listen')]/@alt") == [""]
    one.press(do="back")
    assert one.page.xpath("//input[@checked]/@value") == ["care"]


def test_the_count_of_questions_never_contradicts_itself_while_somebody_goes_forward(wexcombe: Story) -> None:
    for well, wrote in (("very-well", ""), ("not-at-all", "Ring back"), ("not-well", "")):
        one = Respondent(opened(wexcombe))
        one.press(do="next")
        seen: list[tuple[int, int]] = []
        sure: list[int] = []
        while found := re.search(r"Question (\d) of (at most )?(\d)", one.said):
            seen.append((int(found[1]), int(found[3])))
            sure = [*sure, int(found[3])] if not found[2] else sure
            given = {2: well, 5 + (well != "very-well"): wrote}.get(seen[-1][0], "")
            one.press(do="next", answer="words" if "May we use" in one.said else given)
        assert [at for at, _ in seen] == list(range(1, len(seen) + 1)) and one.title == "Check your answers"
        counts = [count for _, count in seen]
        assert counts == sorted(counts, reverse=True) and counts[0] == 7, counts
        assert counts[-1] - len(seen) == (0 if wrote else 1), "the question of use is asked of who wrote"
        assert sure == ([len(seen)] if wrote else []), (
            "what is said to be so many is so many; until then it is “at most”"
        )


@pytest.mark.parametrize("slug", domain.slugs())
def test_so_many_questions_are_so_many_whatever_is_answered(slug: str) -> None:
    """Every way through every template: “at most” never grows and holds; what is said without it is what comes."""

    def ways(answers: dict[str, Any], told: list[tuple[int, bool]], at: str) -> None:
        sheet = Sheet(SimpleNamespace(template=slug), {"language": "en", "answers": answers, "at": at})
        if at == "check":
            most = [count for count, _ in told]
            assert most == sorted(most, reverse=True) and most[-1] >= len(told), told
            assert {count for count, sure in told if sure} <= {len(told)}, told
            walked.append(len(told))
            return
        told = [*told, sheet.most()]
        asked = {one.id: one for one in sheet.template.questions}
        given: list[Any] = ["words"] if at not in asked else ["", *asked[at].options]
        if at in asked and asked[at].kind == "words":
            given = ["", WROTE]
        for one in given:
            after = {**answers, at: one} if at in asked else answers
            ways(after, told, Sheet(sheet.survey, {**sheet.held, "answers": after}).beside(1))

    walked: list[int] = []
    ways({}, [], domain.load(slug).questions[0].id)
    assert len(walked) > 10 and min(walked) < max(walked)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("pl-PL,pl;q=0.9,en;q=0.5", "pl"), ("fr, ur;q=0.3", "ur"), ("en-GB,en;q=0.9,ro;q=0.8", "en"),
     ("de", "en"), ("*", "en"), (";;q=rubbish", "en")],
)  # fmt: skip
def test_a_survey_opens_in_the_browsers_language_and_what_was_chosen_stands(
    wexcombe: Story, wanted: str, code: str
) -> None:
    survey = opened(wexcombe)
    for at_end in (False, True):
        visitor = Client(headers={"Accept-Language": wanted})
        page = visitor.get(reverse("survey_answer", args=[survey.link]))
        assert f'<html lang="{code}"' in page.content.decode() and "Accept-Language" in page.headers["Vary"]
        assert domain.load("families", code).title in text(page) and not visitor.cookies
        chosen = visitor.get(reverse("survey_answer", args=[survey.link]) + "?language=cy")
        assert '<html lang="cy"' in chosen.content.decode()
        told = visitor.get(reverse("you_said", args=[survey.link]))
        assert f'<html lang="{code}"' in told.content.decode()
        if not at_end:
            closed(wexcombe, survey)


@pytest.mark.parametrize("code", domain.languages_of("children-8-11"))
def test_a_survey_that_closes_on_a_child_says_that_nothing_is_kept_and_shows_what_they_wrote(
    wexcombe: Story, code: str
) -> None:
    survey = opened(wexcombe, "children-8-11")
    words = domain.language(code).said(easy=False, to="children-8-11")
    one = Respondent(survey, f"?language={code}")
    one.press(do="next")
    one.press(do="next", answer="very")
    for _ in range(3):
        one.press(do="next")
    closed(wexcombe, survey)
    one.press(do="next", answer=WROTE)
    assert one.answer.status_code == 200 and one.page.get("lang") == code
    assert words["closed"] in one.said and words["closed_lost"] in one.said and words["help_title"] in one.said
    assert WROTE in one.said and domain.load("children-8-11", code).question("safe").options["very"] in one.said
    assert not one.page.xpath("//textarea|//button[@name='do']") and not Answer.objects.exists()
    one.press(language="ur")
    assert domain.language("ur").words["closed_lost"] in one.said and WROTE in one.said
    afresh = Respondent(survey, f"?language={code}")
    assert words["closed_kept"] in afresh.said and words["closed_lost"] not in afresh.said
    names = [domain.language(one).name for one in domain.languages_of("children-8-11")]
    assert all(name in afresh.said for name in names), "each language says its name in its own words"
    afresh.press(language="pl")
    assert domain.language("pl").words["closed"] in afresh.said and afresh.page.get("lang") == "pl"


def test_a_page_of_another_survey_or_a_broken_one_starts_again(wexcombe: Story) -> None:
    first, second = Respondent(opened(wexcombe)), Respondent(opened(wexcombe, "staff"))
    carried = first.page.xpath("//input[@name='page']/@value")[0]
    for page in (carried, "rubbish", "é🙂", carried[:-4]):
        second.answer = second.browser.post(second.path, {"page": page, "do": "send"})
        assert "can no longer be read" in second.said and second.answer.status_code == 422
    assert not Answer.objects.exists()


def test_a_closed_survey_says_so_and_still_tells_where_help_is(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one = Respondent(survey)
    one.press(do="next")
    closed(wexcombe, survey)
    assert "If you write that a child is not safe" in Respondent(opened(wexcombe)).said
    assert "This survey is closed" in one.press(do="next", answer="plan") and "call 999" in one.said
    told = Respondent(Survey.objects.get(pk=survey.pk)).said
    assert "This survey is closed" in told and "If you write" not in told, "nothing can be written there any more"
    paper = text(browser(wexcombe, "lead").get(of(wexcombe, "survey_paper", survey)))
    assert "This survey is closed." in paper and "You can answer until" not in paper
    assert Client().get("/survey/0123/").status_code == 404


def test_the_lead_opens_invites_reads_closes_and_shelves(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    day = f"{timezone.localdate() + timedelta(days=5):%d/%m/%Y}"
    sent = {"template": "families", "closes": day, "by_link": "on", "client_key": uuid4()}
    assert "S1 is open" in text(lead.post(at("survey_new", wexcombe), sent, follow=True))
    survey = Survey.objects.get()
    for change, says in (
        ({"closes": "31/02/2027"}, "real date"), ({"template": ""}, "Whom to ask"),
        ({"closes": "01/01/2020"}, "Choose a day"),
    ):  # fmt: skip
        bad = lead.post(at("survey_new", wexcombe), {**sent, "client_key": uuid4(), **change})
        assert bad.status_code == 422 and says in text(bad)
    letters = lead.post(
        of(wexcombe, "survey_letters", survey), {"group": "Plans", "size": "11", "client_key": uuid4()}, follow=True
    )
    made = queries.invitations(survey)[0]
    assert not any(code in letters.content.decode() for code in codes(made)), "codes are shown once the journal has it"
    shown = lead.post(of(wexcombe, "survey_letters_print", survey, invitations=made.pk)).content.decode()
    assert all(code in shown for code in codes(made)) and "<svg" in shown and "style=" not in shown
    for bad_size in ("0", "1001", "many"):
        assert lead.post(of(wexcombe, "survey_letters", survey), {"group": "G", "size": bad_size}).status_code == 422
    for at_, code in enumerate(codes(made)):
        say(survey, code=code, plan="yes" if at_ % 2 else "no")
    paper = {"in-language": "ur", "plan": "partly", "listened": "well", "change": WROTE, "use": "words",
             "client_key": uuid4()}  # fmt: skip
    assert "is kept" in text(lead.post(of(wexcombe, "survey_typed", survey), paper, follow=True))
    refused = lead.post(of(wexcombe, "survey_typed", survey), {**paper, "use": "", "client_key": uuid4()})
    assert refused.status_code == 422 and "Choose what is ticked on the form" in text(refused)
    assert WROTE in text(refused) and "what we may do" not in text(refused), "whoever types is spoken to"
    wrong = lead.post(of(wexcombe, "survey_typed", survey), {**paper, "plan": "perhaps", "client_key": uuid4()})
    assert wrong.status_code == 422 and "Choose one of the answers offered for “Do you know what" in text(wrong)
    page = text(lead.get(of(wexcombe, "survey", survey)))
    assert "on paper, typed in 1" in page and "shown once the survey is closed" in page and "almost all" in page
    assert "42%" not in page
    words = Words.objects.get()
    assert words.language == "ur", "what was written is read out, and shown, as Urdu"
    strange = lead.post(of(wexcombe, "survey_typed", survey), {**paper, "in-language": "xx", "client_key": uuid4()})
    assert strange.status_code == 422 and WROTE in text(strange)
    assert WROTE in text(lead.get(of(wexcombe, "survey_words", survey)))
    one = of(wexcombe, "survey_words_one", survey, words=words.pk)
    assert "Say what is done" in text(lead.post(one, {"to": "concern", "done": "", "version": 1}))
    typed = lead.post(one, {"to": "released", "done": "x" * 2001, "version": 1})
    assert typed.status_code == 422 and "x" * 2001 in typed.content.decode()
    lead.post(one, {"to": "released", "done": "", "version": 1})
    same = lead.post(one, {"to": "released", "done": "Rang the school.", "version": 2})
    assert same.status_code == 422 and "Rang the school." in same.content.decode()
    assert not lxml.html.fromstring(same.content).xpath("//input[@name='to' and @value='released']")
    assert lead.post(one, {"to": "kept-back", "done": "", "version": 1}).status_code == 409
    shelve = of(wexcombe, "survey_words_shelve", survey, words=words.pk)
    assert "stands on the evidence shelf" in text(
        lead.post(shelve, {"text": WROTE, "areas": ["help-and-protection"], "client_key": uuid4()}, follow=True)
    )
    assert "It is closed" in text(
        lead.post(of(wexcombe, "survey_move", survey), {"to": "closed", "version": 1}, follow=True)
    )
    page = text(lead.get(of(wexcombe, "survey", survey)))
    assert "12 answered" in page and "42%" in page and "Withheld: fewer than 10" in page
    put = of(wexcombe, "survey_shelve", survey, topic="plan")
    assert "stands on the evidence shelf" in text(lead.post(put, {"client_key": uuid4()}, follow=True))
    assert lead.get(of(wexcombe, "survey_shelve", survey, topic="nothing")).status_code == 404
    assert lead.post(of(wexcombe, "survey_move", survey), {"to": "closed", "version": 1}).status_code == 409


def test_each_sees_what_is_for_them(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    say(survey, change=WROTE, tier="words")
    words = Words.objects.get()
    for role, sees, runs, triages in (
        ("lead", 200, 200, 200), ("quality-assurance", 200, 403, 200), ("analyst", 200, 200, 404),
        ("inspector", 200, 403, 404), ("nominated-officer", 404, 404, 404), ("director", 404, 404, 404),
    ):  # fmt: skip
        who = browser(wexcombe, role)
        assert who.get(of(wexcombe, "survey", survey)).status_code in (sees, 403 if sees == 404 else sees), role
        assert (who.get(at("survey_new", wexcombe)).status_code == 200) == (runs == 200), role
        assert (who.get(of(wexcombe, "survey_words_one", survey, words=words.pk)).status_code == 200) == (
            triages == 200
        ), role
        seen = who.get(of(wexcombe, "survey_words", survey))
        assert (WROTE in text(seen)) == (triages == 200), role
    assert "for a child who may not be safe" in text(browser(wexcombe, "quality-assurance").get(reverse("home")))
    assert "for a child who may not be safe" not in text(browser(wexcombe, "inspector").get(reverse("home")))


def test_the_paper_form_is_there_in_large_print(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    page = lead.get(of(wexcombe, "survey_paper", survey) + "?language=ur&print=large").content.decode()
    assert 'dir="rtl" class="survey--large"' in page and "?language=ur" in page and "In usual print" in page
    usual = lead.get(of(wexcombe, "survey_paper", survey)).content.decode()
    assert "survey--large" not in usual and "print=large" in usual


@pytest.mark.parametrize("code", domain.languages_of("families"))
def test_easy_read_is_whole_in_every_language(wexcombe: Story, code: str) -> None:
    survey, language = opened(wexcombe, by_link=False), domain.language(code)
    one, words = Respondent(survey, f"?language={code}&form=easy"), language.said(easy=True)
    template = domain.load("families", code)
    assert one.page.get("lang") == code and template.easy_about in one.said
    for key in ("nobody", "code", "code_hint", "must_tell", "usual"):
        assert words[key] in one.said, key
    assert words["kept"] in one.said and words["error_code"] in one.press(do="next", code="x")
    one.press(do="next", code=codes(invited(wexcombe, survey, 1))[0])
    for question in template.questions:
        assert one.title == question.easy or (question.kind == "words" and question.easy in one.said)
        assert all(option in one.said for option in question.answers(easy=True).values())
        if question.kind == "words":
            break
        assert words["error_choose"] in one.press(do="next", answer="made-up")
        one.press(do="next", answer={"listened": "not-well"}.get(question.id, ""))
    assert "{" not in one.said
    assert words["no_names"].format(most=language.number(2000)) in "".join(one.page.xpath("//*[@id='hint']//text()"))
    assert words["use"] in one.press(do="next", answer=WROTE)
    assert words["idea"] in one.said and words["error_use"] in one.press(do="next")
    one.press(do="next", answer="idea")
    assert words["check"] in one.said and words["skipped"] in one.said
    assert words["sent"] in one.press(do="send")
    held = Answer.objects.get()
    assert (held.language, held.easy) == (code, True)


def test_the_paper_form_is_there_in_every_language_and_in_easy_read(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "inspector")
    for code in domain.languages_of("families"):
        page = lead.get(of(wexcombe, "survey_paper", survey) + f"?language={code}").content.decode()
        assert f'lang="{code}" dir="{domain.language(code).direction}"' in page
        assert domain.load("families", code).question("better").text.replace("'", "&#x27;") in page
        easy = lead.get(of(wexcombe, "survey_paper", survey) + f"?language={code}&form=easy").content.decode()
        assert f'lang="{code}" dir="{domain.language(code).direction}" class="survey--easy "' in easy
        assert domain.load("families", code).question("better").easy in easy and "symbols/heart" in easy
        assert f"?language={code}&amp;form=easy&amp;print=large" in easy
    assert "symbols/heart" in lead.get(of(wexcombe, "survey_paper", survey) + "?form=easy").content.decode()
    assert not re.search(r"style=", page)


def test_the_very_same_words_are_told_beside_each_text_to_whoever_reads_first(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for says in ("Ring back", "ring  BACK", "Ring back", "Twice said", "Twice said", "Once said"):
        say(survey, change=says, tier="words")
    page = text(browser(wexcombe, "lead").get(of(wexcombe, "survey_words", survey)))
    assert page.count("these very words came 3 times") == 3 and page.count("these very words") == 3
    assert "these very words" not in text(browser(wexcombe, "inspector").get(of(wexcombe, "survey_words", survey)))


def test_a_paper_form_says_how_many_to_tick_and_of_whom_a_question_is_asked(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    usual = text(lead.get(of(wexcombe, "survey_paper", survey)))
    assert "3. What gets in the way? Only if the answer to question 2 was: Not well / Not at all Choose all" in usual
    assert "1. Which kind of help does your family get now? Choose one." in usual
    assert "Please do not write anybody’s name. At most 2,000 letters." in usual and "{" not in usual
    for code in domain.languages_of("families"):
        said, asked = domain.language(code).said(easy=True), domain.load("families", code)
        told = " / ".join(asked.question("listened").answers(easy=True)[key] for key in ("not-well", "not-at-all"))
        page = text(lead.get(of(wexcombe, "survey_paper", survey) + f"?language={code}&form=easy"))
        assert told in page and said["only_if"].partition("{")[0] in page and said["choose_several"] in page, code
    typed = text(lead.get(of(wexcombe, "survey_typed", survey)))
    assert "Counts only where “How well do workers listen to you?” is answered “Not well” or “Not at all”" in typed


def test_words_on_a_paper_form_on_which_nothing_is_ticked_are_held_for_inspectors_alone(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    paper = {"in-language": "en", "plan": "partly", "change": WROTE, "use": "not-ticked", "client_key": uuid4()}
    assert "The box is empty" in text(lead.get(of(wexcombe, "survey_typed", survey)))
    assert "is kept" in text(lead.post(of(wexcombe, "survey_typed", survey), paper, follow=True))
    assert Words.objects.get(survey=survey).tier == "inspector"


def test_the_last_look_tells_where_help_is_and_easy_read_is_plain_and_has_pictures(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one = Respondent(survey, "?form=easy")
    assert "Do not write your name." in one.said and "No letter? Leave this empty." in one.said
    one.press(do="next")
    assert "We have a plan for my child" in one.said and "Pick one." in one.said
    assert len(one.page.xpath("//label//img[contains(@src, 'symbols/')]")) == 4
    one.press(do="next", answer="plan")
    one.press(do="next", answer="not-well")
    assert "I get a new worker too often" in one.said and "The worker changes too often" not in one.said
    one.press(do="next", answer=["decided"])
    for _ in range(3):
        one.press(do="next")
    assert one.title == "Look at your answers" and "They decide first and ask me after" in one.said
    assert "call 999" in one.said and "0800 1111" in one.said
    pictures = one.page.xpath("//dl//img/@src")
    assert any("symbols/listen" in src for src in pictures) and any("symbols/pen" in src for src in pictures)
    source = one.answer.content.decode()
    assert source.index("</dl>") < source.index('value="send"'), "what is sent is read before it is sent"


def test_a_result_on_the_shelf_leads_to_its_survey(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for number in range(12):
        say(survey, plan="yes" if number % 2 else "no")
    closed(wexcombe, survey)
    lead = browser(wexcombe, "lead")
    put = of(wexcombe, "survey_shelve", survey, topic="plan")
    lead.post(put, {"client_key": uuid4()}, follow=True)
    item = EvidenceItem.objects.get(kind="survey")
    page = lead.get(at("shelf_item", wexcombe, item=item.pk))
    assert "cannot lead to" not in text(page)
    assert (
        of(wexcombe, "survey", survey) in page.content.decode()
        and f"survey {survey.mark}".lower() in text(page).lower()
    )
