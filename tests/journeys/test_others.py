"""The administrator and somebody new; the analyst; the records officer; whoever comes without an account."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey

PASSWORD = "orchard-lantern-gravel"


def test_an_administrator_adds_an_account_and_its_owner_chooses_a_password(visit: Callable[..., Visitor]) -> None:
    admin = visit("admin")
    admin.follow("Accounts")
    admin.follow("Add an account")
    admin.page.get_by_label("Name").fill("Grace Ito")
    admin.page.get_by_label("E-mail address").fill("grace@demo.example")
    admin.press("Add the account")
    admin.arrives("Grace Ito")
    admin.press("Make a link to choose a password")
    address = admin.page.locator(".app-code").first.inner_text().strip()
    admin.shoot("one-time-link")
    link = re.sub("^https?://[^/]+", "", address)

    grace = visit()
    grace.expect_status(404, 410, 422)
    grace.go(link)
    grace.arrives("Choose your password")
    grace.page.get_by_label("New password", exact=True).fill("goldthread")
    grace.press("Set the password")
    grace.reads("There is a problem")
    grace.page.get_by_label("New password", exact=True).fill(PASSWORD)
    grace.press("Set the password")
    grace.arrives("Sign in")
    grace.sign_in_as("grace@demo.example", PASSWORD)
    grace.arrives("Terms of use")
    grace.press("I accept these terms")
    grace.arrives("Your work")
    grace.reads("You take part in no inspection yet")

    again = visit()
    again.expect_status(404, 410)
    again.go(link)
    assert again.heading != "Choose your password", "the link works twice"

    admin.go("/people/")
    admin.follow("Grace Ito")
    admin.follow("Close the account")
    admin.press("Close the account")
    admin.reads("Closed")
    grace.go("/home/")
    grace.arrives("Sign in")


def test_a_wrong_password_is_refused_without_saying_who_is_known(visit: Callable[..., Visitor]) -> None:
    said = []
    for email in ("lead@demo.example", "nobody@demo.example"):
        somebody = visit()
        somebody.expect_status(422)
        somebody.sign_in_as(email, "not-the-password-at-all")
        somebody.reads("There is a problem")
        said.append(somebody.page.locator(".govuk-error-summary").inner_text())
    assert said[0] == said[1]


def test_an_analyst_looks_at_measures_and_issues_and_takes_them_away(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    enter(analyst, "Data")
    analyst.page.locator("tbody").get_by_role("link").first.click()
    analyst.follow(re.compile("^Measures"))
    analyst.arrives(re.compile("Measures as at"))
    analyst.shoot("measures")
    analyst.page.locator("tr.app-measure a").first.click()
    analyst.reads("Likely between")
    analyst.page.go_back()
    analyst.page.go_back()
    analyst.follow(re.compile("^Issues"))
    with analyst.page.expect_download() as download:
        analyst.press(re.compile("CSV|[Dd]ownload|[Ee]xport"))
    held = download.value.path().read_text(encoding="utf-8-sig")
    assert len(held.splitlines()) > 10
    assert "Wrenfordshire" in held.splitlines()[0] or "," in held


def test_a_records_officer_reads_the_journal_and_proves_it(visit: Callable[..., Visitor]) -> None:
    officer = visit("records")
    enter(officer, "Journal")
    officer.reads("entries fit together")
    head = officer.page.locator("code.app-hash").first.inner_text()
    officer.page.get_by_label("Check against a head that you kept").fill(head)
    officer.press("Check")
    expect(officer.page.get_by_role("status").first).to_have_text(re.compile("^Whole"))
    officer.page.get_by_label("Check against a head that you kept").fill("0" * 63 + "1")
    officer.press("Check")
    officer.reads("cut short or rebuilt")
    officer.page.get_by_label("What happened").select_option(value="finding.agreed")
    officer.press("Filter")
    officer.reads("agreed")
    officer.shoot("journal")


def test_a_public_reader_meets_nothing_but_what_is_public(visit: Callable[..., Visitor]) -> None:
    reader = visit()
    reader.go("/")
    reader.follow("published reports", within="main")
    reader.reads("No report has been published here yet")
    reader.go("/home/")
    reader.arrives("Sign in")
    reader.expect_status(404)
    reader.go("/inspections/00000000-0000-0000-0000-000000000000/")
    assert reader.heading in ("Sign in", "Page not found")
    reader.go("/no/such/page/")
    reader.reads("not found")
    # A respondent needs no account and nothing is asked of them yet: they see what everybody sees.
    reader.go("/help/")
    reader.arrives("Help")
