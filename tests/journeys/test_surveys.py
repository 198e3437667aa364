"""Answering a survey: in Urdu on a narrow telephone, without scripts, and in easy read by keyboard; sound to axe."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldthread.domain import surveys

from .conftest import Visitor
from .keyboard import Keys
from .test_every_page import AXE, faults_of
from .test_report import enter

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not AXE.exists(), reason="axe is not there: python tools/build_frontend.py --with-tests"),
]


def the_address(visit: Callable[..., Visitor]) -> str:
    """The public address of the families' survey, as the lead reads it."""
    lead = visit("lead")
    enter(lead, "Surveys")
    lead.arrives("Surveys")
    lead.follow(re.compile("S1 Families"))
    lead.arrives(re.compile("Survey S1: Families"))
    link = lead.page.locator("main dd a[href^='/survey/']")
    expect(link).to_be_visible()
    assert faults_of(lead.page, "survey") == []
    return str(link.get_attribute("href"))


def sound(page: Page, name: str) -> None:
    assert faults_of(page, name) == []


def test_a_father_answers_in_urdu_on_a_narrow_telephone(visit: Callable[..., Visitor]) -> None:
    address, words = the_address(visit), surveys.language("ur").words
    asked = surveys.load("families", "ur").questions
    father = visit(width=320, height=640)
    father.go(address)
    father.press("اردو")
    father.arrives(surveys.load("families", "ur").title)
    expect(father.page.locator("html")).to_have_attribute("dir", "rtl")
    father.reads(words["help_danger"])
    sound(father.page, "start in Urdu")
    father.press(words["start"])
    for question in asked[:-1]:
        if question.after:
            continue
        father.arrives(question.text)
        sound(father.page, question.id)
        father.page.get_by_role("radio", name=next(iter(question.options.values())), exact=True).check()
        father.press(words["next"], exact=True)
    father.page.get_by_label(asked[-1].text).fill("وقت پر آئیں 🙂")
    sound(father.page, "words")
    father.press(words["next"], exact=True)
    father.arrives(words["use"])
    father.expect_status(422)
    father.press(words["next"], exact=True)
    expect(father.page.locator(".govuk-error-summary")).to_contain_text(words["error_use"])
    sound(father.page, "an error in Urdu")
    father.page.get_by_role("radio", name=words["idea"], exact=True).check()
    father.press(words["next"], exact=True)
    father.arrives(words["check"])
    father.reads("وقت پر آئیں 🙂")
    sound(father.page, "check in Urdu")
    father.shoot("survey-check-ur")
    father.press(words["send"], exact=True)
    father.arrives(words["thanks"])
    assert father.context.cookies() == []


VOICES = """
window.spoken = []
const voices = [{lang: 'en-GB', localService: LOCAL, name: 'One'}]
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => voices, cancel: () => {}, speak: one => window.spoken.push([one.lang, one.text]), speaking: false,
}})
window.SpeechSynthesisUtterance = function (text) { this.text = text }
"""


@pytest.mark.parametrize("local", [True, False])
def test_a_page_is_read_aloud_by_a_voice_of_the_browsers_own_and_by_no_other(
    visit: Callable[..., Visitor], local: bool
) -> None:
    address = the_address(visit)
    child = visit(width=360, height=740)
    child.page.add_init_script(VOICES.replace("LOCAL", "true" if local else "false"))
    child.go(address)
    button = child.page.locator("[data-read-aloud]")
    if not local:
        expect(button).to_be_hidden()
        return
    expect(button).to_have_text("Read it to me")
    child.press("Start")
    child.press("Read it to me")
    spoken = child.page.evaluate("window.spoken")
    question = surveys.load("families").questions[0]
    assert [said for _, said in spoken] == [question.text, "Choose one.", *question.options.values()]
    assert {language for language, _ in spoken} == {"en"}
    sound(child.page, "with a button that reads aloud")
    child.press("اردو")
    expect(button).to_be_hidden()


def test_the_same_goes_without_scripts(visit: Callable[..., Visitor]) -> None:
    address = the_address(visit)
    one = visit(scripts=False, width=320, height=640)
    one.go(address)
    one.press("Start")
    one.page.get_by_label("Child protection", exact=False).or_(
        one.page.get_by_label("A child in need or child protection plan")
    ).first.check()
    one.press("Next")
    one.arrives("How well do workers listen to you?")
    one.press("Back", exact=True)
    expect(one.page.get_by_label("A child in need or child protection plan")).to_be_checked()


def heard_as_it_stands(page: Page, question: surveys.Question) -> None:
    """What a screen reader is given: the question as a heading that names the answers, each by its words alone."""
    tree = page.locator("main").aria_snapshot()
    assert f'heading "{question.easy}" [level=1]' in tree
    assert "img" not in tree, "pictures repeat the words beside them"
    if question.kind == "words":
        assert f'textbox "{question.easy}"' in tree
        return
    assert f'group "{question.easy}"' in tree
    kind = "checkbox" if question.kind == "several" else "radio"
    told = re.findall(rf'{kind} "([^"]+)"', tree)
    assert told == list(question.answers(easy=True).values())
    assert re.findall(r'button "([^"]+)"', tree)[:2] == ["Next", "Back"], "in the order in which they are reached"


def test_the_analyst_sees_what_changed_since_an_earlier_survey(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    enter(analyst, "Surveys")
    analyst.follow(re.compile("S2 Staff"))
    analyst.follow("Change since an earlier survey")
    analyst.arrives(re.compile("Change since an earlier survey"))
    analyst.reads("more than chance explains")
    analyst.reads("A change is worked out of the two percentages as they are shown, and of nothing else.")
    sound(analyst.page, "change")
    analyst.picture("survey-change", at="#q-2", height=820)
    with analyst.page.expect_download() as given:
        analyst.press("CSV file")
    held = Path(given.value.path()).read_text("utf-8-sig")
    assert (
        held.startswith("Question,Answer,Survey before,Answered before,Share before")
        and "more than chance explains" in held
    )


def test_the_analyst_reads_results_with_their_ranges_and_protected_breakdowns(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    enter(analyst, "Surveys")
    analyst.follow(re.compile("S2 Staff"))
    analyst.reads("Results")
    sound(analyst.page, "results")
    analyst.picture("survey-results", at="main h2:has-text('Results')", height=1000)


def test_a_child_answers_in_easy_read_by_keyboard_without_scripts(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    enter(lead, "Surveys")
    lead.follow("Open a survey")
    lead.page.get_by_role("radio", name=re.compile("^Children aged 8 to 11")).check()
    lead.page.get_by_label("Also let people answer by the link alone").check()
    lead.press("Open it")
    link = str(lead.page.locator("main dd a[href^='/survey/']").get_attribute("href"))
    child = visit(width=360, height=740, scripts=False)
    child.go(link)
    child.reads("call 999")
    keys = Keys(child.page)
    keys.go("Easy read with symbols")
    keys.go("Start")
    template = surveys.load("children-8-11")
    for question in template.questions:
        child.reads(question.easy)
        assert child.page.evaluate("document.documentElement.scrollWidth") <= 360
        if question.id == "explain":
            child.picture("survey-child", at="main", width=400, height=860)
        if question.kind == "words":
            child.reads("of at most 6")
            child.page.get_by_label(question.easy).fill("More time to play 🙂")
        else:
            keys.choose("answer", 1)
        keys.go("Next")
    child.arrives("Can we use what you wrote?")
    child.reads("Question 6 of 6")
    keys.choose("answer", 1)
    keys.go("Next")
    child.arrives("Look at your answers")
    child.reads("More time to play 🙂")
    keys.go("Send")
    child.arrives("Thank you")
    late = visit(width=360, height=740, scripts=False, locale="pl-PL")
    late.go(link)
    late.arrives(surveys.load("children-8-11", "pl").title)
    late.press("Rozpocznij")
    late.page.get_by_role("radio").first.check()
    lead.follow(re.compile("^Close"))
    lead.press("Close it")
    words = surveys.language("pl").said(easy=False, to="children-8-11")
    late.press("Dalej", exact=True)
    late.reads(words["closed_lost"])
    late.reads("Bardzo bezpiecznie")
    late.picture("survey-closed", at="main", width=400, height=860)
    assert child.context.cookies() == [] and late.context.cookies() == []


def test_a_family_reads_in_arabic_what_changed_and_answers_once(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    lead.go("/home/")
    lead.follow("Wrenfordshire, audit programme")
    lead.page.locator("nav").get_by_role("link", name="Surveys", exact=True).click()
    lead.follow(re.compile("S2 Families"))
    link = lead.page.locator("main a[href$='/changed/']").get_attribute("href")
    words, told = surveys.language("ar").said(easy=True), surveys.language("ar").told
    family = visit(width=360, height=740)
    family.go(str(link))
    family.arrives(surveys.language("en").told["title_promised"])
    family.press("العربية")
    family.arrives(told["title_promised"])
    expect(family.page.locator("html")).to_have_attribute("dir", "rtl")
    sound(family.page, "what changed, in Arabic")
    family.picture("you-said", at="main", width=520, height=900)
    family.expect_status(422)
    family.press(re.compile(words["send"]))
    expect(family.page.locator(".govuk-error-summary")).to_contain_text(words["error_choose"])
    sound(family.page, "an error in Arabic")
    family.page.get_by_role("radio", name=told["yes"], exact=True).check()
    family.press(re.compile(words["send"]))
    family.reads(told["kept"])
    family.go(str(link) + "?language=ar")
    family.reads(told["already"])
    assert [(one["value"], one["path"]) for one in family.context.cookies()] == [("1", str(link))]
    assert family.page.get_by_role("radio").count() == 0


def test_a_mother_answers_in_easy_read_by_keyboard(visit: Callable[..., Visitor]) -> None:
    address = the_address(visit)
    mother = visit()
    mother.go(address)
    keys = Keys(mother.page)
    keys.go("Easy read with symbols")
    mother.reads("is the help good for your family?")
    sound(mother.page, "start in easy read")
    keys.go("Start")
    for question in surveys.load("families").questions:
        if question.after:
            continue
        mother.reads(question.easy)
        sound(mother.page, f"easy {question.id}")
        heard_as_it_stands(mother.page, question)
        if question.breakdown:
            mother.picture("survey-easy", at="main", width=520, height=820)
        if question.kind != "words":
            keys.choose("answer", 1)
        keys.go("Next")
    mother.arrives("Look at your answers")
    keys.go("Send")
    mother.arrives("Thank you")


def test_a_grandmother_answers_in_easy_read_in_urdu(visit: Callable[..., Visitor]) -> None:
    address, words = the_address(visit), surveys.language("ur").said(easy=True)
    template = surveys.load("families", "ur")
    one = visit(width=320, height=640, scripts=False)
    one.go(address)
    one.press("اردو")
    one.press(words["easy"])
    one.reads(template.easy_about)
    expect(one.page.locator("html")).to_have_attribute("dir", "rtl")
    one.press(words["start"])
    for question in template.questions[:-1]:
        if question.after:
            continue
        one.arrives(question.easy)
        if question.breakdown:
            one.shoot("survey-easy-ur")
        one.page.get_by_role("radio", name=next(iter(question.answers(easy=True).values())), exact=True).check()
        one.press(words["next"], exact=True)
    one.press(words["next"], exact=True)
    one.arrives(words["check"])
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 320
    one.press(words["send"], exact=True)
    one.arrives(words["thanks"])
    one.reads(words["sent"])
