"""A comparison and a series on the evidence shelf: kept as they stand, cited, superseded, and gone with their data."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.test_watching import hand_in, lists_of, year
from tests.factories import client_for, inspection, member
from tests.kernel.benchmark_file import lait_csv
from tests.pages.test_compare_pages import OWN, at, load, sent, words
from tests.submissions_story import Held

from goldthread.apps.comparison import actions
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.queries import leaning_on
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db

PUT = "Put it on the evidence shelf"


@pytest.fixture
def own() -> Inspection:
    return inspection(authority="Derbyshire")


@pytest.fixture
def browser(own: Inspection) -> Client:
    return client_for(member(own, "analyst"))


def shelve(browser: Client, row: Submission, name: str = "submission_compare", **more: str) -> str:
    """The page to which putting it on the shelf leads, in words."""
    return words(browser.post(at(row, f"{name}_shelve", "AS-01"), more, follow=True).content)


def newest(own: Inspection) -> EvidenceItem:
    return EvidenceItem.objects.filter(inspection=own).order_by("-number")[0]


def test_a_comparison_is_kept_with_all_it_is_compared_to_and_leads_back(browser: Client, own: Inspection) -> None:
    load(own)
    row = sent(own)
    looked = browser.get(at(row, "submission_compare_measure", "AS-01"))
    assert PUT in words(looked.content)
    page = shelve(browser, row)
    item = newest(own)
    assert f"It is on the evidence shelf as {item.mark}" in page
    assert item.title.startswith("Assessments within 45 working days: 86.7% in these lists; England ")
    assert f"Published for Derbyshire, 2025: {float(OWN):.1f}" in item.summary
    assert "Neighbours on average" in item.summary and "It rests on 52 of 60" in item.summary
    assert item.detail["comparison"] == "AS-01" and item.about_to == row.as_at and item.areas
    assert len(item.detail["published_file"]) == 64
    assert "The comparison of AS-01" in page
    assert at(row, "submission_compare_measure", "AS-01") in browser.get(_address(item)).content.decode()
    assert f"On the evidence shelf as {item.mark}" in words(browser.get(looked.request["PATH_INFO"]).content)
    assert Entry.objects.filter(event="evidence.shelved", about_id=str(item.pk)).count() == 1


def test_the_same_again_is_refused_and_something_new_takes_its_place(browser: Client, own: Inspection) -> None:
    load(own)
    row = sent(own)
    shelve(browser, row)
    first = newest(own)
    answer = browser.post(at(row, "submission_compare_shelve", "AS-01"))
    assert answer.status_code == 403
    assert f"on the shelf already, word for word, as {first.mark}" in words(answer.content)
    finding = _cite(own, first)
    with Held(lait_csv().replace(str(OWN), "55.5").encode()) as upload:
        actions.load(inspection=own, upload=upload, label="g.csv", client_key=uuid4(), by=member(own, "analyst"))
    shelve(browser, row)
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("superseded", newest(own))
    assert [one.finding for one in leaning_on(first, member(own, "lead"))] == [finding]


def test_what_is_kept_of_a_submission_goes_with_it(browser: Client, own: Inspection) -> None:
    load(own)
    row = sent(own)
    shelve(browser, row)
    item = newest(own)
    submissions.withdraw(submission=row, because="The wrong file", version=row.version, by=member(own, "analyst"))
    item.refresh_from_db()
    assert item.status == "withdrawn" and "The wrong file" in item.withdrawn_because
    assert PUT not in words(browser.get(at(row, "submission_compare_measure", "AS-01")).content)
    answer = browser.post(at(row, "submission_compare_shelve", "AS-01"))
    assert answer.status_code == 403 and "withdrawn" in words(answer.content)
    assert newest(own) == item


def test_without_a_figure_there_is_nothing_to_keep(browser: Client, own: Inspection) -> None:
    row = hand_in(own, member(own, "analyst"), *lists_of(2))
    page = browser.get(at(row, "submission_watch_series", "AS-01"))
    assert PUT not in words(page.content)
    answer = browser.post(at(row, "submission_watch_shelve", "AS-01"))
    assert answer.status_code == 403 and "there are 2" in words(answer.content)
    assert not EvidenceItem.objects.filter(detail__series="AS-01").exists()


def test_a_series_is_kept_from_the_source_that_was_looked_at(browser: Client) -> None:
    own = inspection()
    browser, row = client_for(member(own, "analyst")), year(own, member(own, "analyst"))
    shelve(browser, row, "submission_watch", **{"from": "lists"})
    of_lists = newest(own)
    assert "(6 months to 2026-10)" in of_lists.title and "From these lists alone" in of_lists.summary
    page = shelve(browser, row, "submission_watch", **{"from": "hand-ins"})
    item = newest(own)
    assert "(10 months to 2026-10)" in item.title and len(item.detail["rests_on"]) == 10
    assert "Mean 52.0%, from 40.2% to 63.8%, by 10 months." in item.summary
    assert (
        "The series of AS-01" in page
        and at(row, "submission_watch_series", "AS-01") in browser.get(_address(item)).content.decode()
    )
    assert browser.post(at(row, "submission_watch_shelve", "AS-01"), {"from": "nonsense"}).status_code == 404
    earlier = Submission.objects.filter(inspection=own).exclude(pk=row.pk).order_by("as_at")[0]
    submissions.withdraw(
        submission=earlier, because="A month counted twice", version=earlier.version, by=member(own, "analyst")
    )
    item.refresh_from_db()
    assert item.status == "withdrawn", "a series rests on every hand-in that it was drawn from"


def test_the_council_is_offered_no_shelf(own: Inspection) -> None:
    load(own)
    row = sent(own)
    officer = client_for(member(own, "quality-assurance"))
    assert PUT not in words(officer.get(at(row, "submission_compare_measure", "AS-01")).content)
    assert officer.post(at(row, "submission_compare_shelve", "AS-01")).status_code == 403
    council = client_for(member(own, "nominated-officer"))
    assert council.post(at(row, "submission_compare_shelve", "AS-01")).status_code == 404


def _address(item: EvidenceItem) -> str:
    return reverse("shelf_item", args=[item.inspection_id, item.pk])


def _cite(own: Inspection, item: EvidenceItem) -> object:
    lead = member(own, "lead")
    finding = findings.write_finding(
        inspection=own, kind="improve", area=item.areas[0], criteria=[], statement="Assessments are late.",
        explanation="One in seven takes longer than it may.", confidence="high", client_key=uuid4(), by=lead,
    )  # fmt: skip
    findings.cite(finding=finding, item=item, stance="for", why="Later than elsewhere.", by=lead)
    return finding
