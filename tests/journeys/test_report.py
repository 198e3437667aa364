"""From a finding to a published report: lead, quality-assurance manager, disclosure checker, the public."""

import io
import re
import zipfile
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.journey


def enter(visitor: Visitor, way: str) -> None:
    """Go to one part of the demonstration's inspection."""
    visitor.go("/home/")
    visitor.follow("Wrenfordshire, autumn 2026")
    visitor.page.locator("nav").get_by_role("link", name=way, exact=True).click()


def judge(lead: Visitor, area: str, grade: str, reason: str) -> None:
    """Propose a judgement for an area."""
    enter(lead, "Judgements")
    lead.follow(area)
    lead.page.get_by_role("radio", name=grade, exact=True).check()
    lead.page.locator("textarea[name=reason]").fill(reason)
    lead.press("Propose it")


def test_from_a_finding_to_a_published_report(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    agree_a_finding(lead)
    judge_with_a_limit(lead)
    compose(lead)

    quality = visit("quality")
    enter(quality, "Report")
    quality.follow(re.compile("Version 1"))
    quality.follow("Check it")
    quality.shoot("check-the-report")
    quality.expect_status(422)
    quality.press("Ask for changes")
    quality.reads("Say what must change")
    quality.page.get_by_label("What you checked, or what must change").fill("Say who reads the report first.")
    quality.press("Ask for changes")
    quality.reads("Your check is kept")
    checker = visit("checker")
    passes(checker)
    checker.reads("gone back to its writers")

    mend_and_submit(lead)
    quality.page.reload()
    quality.follow("Check it")
    quality.page.get_by_label("What you checked, or what must change").fill("Read twice; nobody can be recognised.")
    quality.press("Pass it as it stands")
    quality.reads("Your check is kept")
    passes(checker)
    checker.reads("The report is approved")

    lead.page.reload()
    lead.expect_status(422)
    no_concern_waits(lead)
    lead.follow("Publish", exact=True)
    lead.press("Publish", exact=True)
    lead.reads("Say why the report is published before the authority has checked its facts")
    lead.page.get_by_label("Why it is published now").fill("A mock inspection: there is no stage of accuracy.")
    lead.press("Publish", exact=True)
    lead.reads("The report is published")
    read_by_everybody(visit())


def passes(checker: Visitor) -> None:
    """The second checker finds nothing to change."""
    enter(checker, "Report")
    checker.follow(re.compile("Version 1"))
    checker.follow("Check it")
    checker.page.get_by_label("What you checked, or what must change").fill("Nobody can be recognised.")
    checker.press("Pass it as it stands")


def no_concern_waits(lead: Visitor) -> None:
    """The page of publishing leads to each urgent concern that nobody has answered, and the lead answers them."""
    version = lead.page.url
    lead.follow("Publish", exact=True)
    lead.reads("not answered")
    waiting = lead.page.get_by_role("link", name="Answer an urgent concern about a child")
    addresses = [one.get_attribute("href") for one in waiting.all()]
    assert addresses
    for one in addresses:
        lead.go(one or "")
        lead.page.locator("textarea[name=done]").fill("The child was seen today, alone and at home.")
        lead.press("Record what is being done")
    lead.page.goto(f"{version}publish/")
    expect(waiting).to_have_count(0)
    lead.page.goto(version)


def agree_a_finding(lead: Visitor) -> None:
    """The team agrees a draft finding."""
    enter(lead, "Findings")
    lead.page.get_by_label("State").select_option(label="Draft")
    lead.press("Search")
    lead.page.locator(".app-finding a").first.click()
    lead.follow("Record agreement")
    lead.press(re.compile("agree", re.I))
    lead.reads("is agreed")


def judge_with_a_limit(lead: Visitor) -> None:
    """An inadequate area limits the overall judgement, and the page says by which rule."""
    lead.expect_status(422)
    judge(lead, "Children looked after", "Inadequate", "Too many children wait too long for a settled home.")
    lead.follow("Record the team's agreement")
    lead.press("The team has decided so")
    judge(lead, "Overall effectiveness", "Good", "Strong help and protection.")
    lead.reads("There is a problem")
    lead.reads("Inadequate")
    lead.shoot("limiting-rule")
    lead.page.get_by_role("radio", name="Inadequate", exact=True).check()
    lead.press("Propose it")
    lead.reads("The judgement is proposed: Inadequate")


def compose(lead: Visitor) -> None:
    """The first version, sent to be checked; each sentence leads to what it rests on."""
    enter(lead, "Report")
    lead.press("Compose")
    # Before its script runs, a sentence is a link to a page of its own.
    lead.page.wait_for_url(re.compile(r"/report/[0-9a-f-]{36}/$"))
    lead.page.locator("a.app-thread").nth(3).click()
    expect(lead.page.locator("#thread")).to_contain_text("What this rests on")
    lead.shoot("report-with-thread")
    thread_on_a_phone(lead)
    printed(lead)
    lead.press("Send to be checked")
    lead.reads("gone to be checked")


def thread_on_a_phone(lead: Visitor) -> None:
    """Where there is no room beside the report, a thread opens right under its sentence, and there is a way back."""
    page, wide = lead.page, lead.page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    sentence = page.locator("a.app-thread").last
    sentence.click()
    panel = page.locator("#thread")
    expect(panel).to_contain_text(sentence.inner_text().split(" (what")[0])
    expect(panel).to_be_focused()
    expect(panel).to_be_in_viewport()
    assert page.evaluate("document.querySelector('a.app-thread[aria-current]').closest('p').nextElementSibling.id") == (
        "thread"
    )
    panel.get_by_role("link", name="Back to the sentence").click()
    expect(sentence).to_be_focused()
    assert wide is not None
    page.set_viewport_size(wide)


def printed(lead: Visitor) -> None:
    """On A4 the team's copy and the findings have no form and no button, and no table runs off the page."""
    page, wide, version = lead.page, lead.page.viewport_size, lead.page.url
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    ways = ("", "../", "../../findings/", "../../findings/triangulation/", "../../judgements/", "../../accuracy/")
    for where in [urljoin(version, one) for one in ways]:
        answer = page.goto(where)
        assert answer is not None and answer.ok, where
        for unwanted in ("main form", "main button", "main .govuk-button", "nav"):
            shown = [one for one in page.locator(unwanted).all() if one.is_visible()]
            assert not shown, f"{unwanted} is printed at {where}"
        beyond = "Math.max(...[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().right), 0)"
        assert page.evaluate(beyond) <= 704, f"a table runs off the page at {where}"
    page.emulate_media(media="screen")
    assert wide is not None
    page.set_viewport_size(wide)
    page.goto(version)


def mend_and_submit(lead: Visitor) -> None:
    """The writers change a section and send it again."""
    lead.page.reload()
    lead.reads("Say who reads the report first")
    lead.follow(re.compile("^Change"))
    lead.page.get_by_label("New sentence", exact=True).last.fill(
        "This report is written for children and families first."
    )
    lead.press("Save the section")
    lead.reads("is saved")
    lead.press("Send to be checked")
    lead.reads("gone to be checked")


def read_by_everybody(reader: Visitor) -> None:
    """No account, no thread: the page, the PDF, the Word file."""
    reader.go("/reports/")
    reader.follow(re.compile("Wrenfordshire"))
    reader.reads("written for children and families first")
    assert reader.page.locator("a.app-thread").count() == 0
    assert not re.search(r"\b[EF]0\d\d", reader.text), "a mark of a finding or an item is in the published report"
    reader.shoot("published-report")
    held = {}
    for words in ("PDF", "Word"):
        with reader.page.expect_download() as download:
            reader.follow(f"Download as {words}")
        held[words] = download.value.path().read_bytes()
    assert held["PDF"].startswith(b"%PDF")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(held["Word"])).namelist()
    assert "/inspections/" not in reader.page.content()


def test_a_quality_assurance_manager_waives_a_conflict(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector6")
    inspector.follow("Wrenfordshire, autumn 2026")
    inspector.follow("Declare a conflict of interest")
    inspector.page.get_by_label("What the conflict is").fill("A cousin works in the front door.")
    inspector.press("Declare it")
    inspector.expect_status(403, 404)
    assert "Cases" not in inspector.text

    quality = visit("quality")
    enter(quality, "Team")
    quality.reads("A cousin works in the front door")
    quality.page.get_by_label("Why it may be waived").fill("Kept away from the front door.")
    quality.press("Waive it")
    quality.reads("Waived by Anil Desai")
    inspector.go("/home/")
    inspector.follow("Wrenfordshire, autumn 2026")
    inspector.arrives("Wrenfordshire, autumn 2026")
