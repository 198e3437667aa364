"""The pages of series: what they show, setting targets and limits, and what leaves as a file."""

import csv
import io
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.test_watching import DONE, hand_in, lists_of, year
from tests.factories import client_for, inspection, member

from goldthread.apps.comparison.models import Rebased, Series
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Inspection:
    return inspection()


@pytest.fixture
def browser(own: Inspection) -> Client:
    return client_for(member(own, "analyst"))


@pytest.fixture
def row(own: Inspection) -> Submission:
    return year(own, member(own, "analyst"))


def words(page: bytes) -> str:
    main = page.decode().split('id="main"', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)).split())


def at(row: Submission, name: str = "submission_watch_series", *more: object) -> str:
    return reverse(name, args=[row.inspection_id, row.pk, *(more or ("AS-01",))])


def test_the_overview_names_what_has_changed_and_the_series_shows_it(browser: Client, row: Submission) -> None:
    page = words(browser.get(reverse("submission_watch", args=[row.inspection_id, row.pk])).content)
    assert "10 hand-ins, one a month at most, up to this one" in page
    assert "Assessments within 45 working days AS-01" in page
    answer = browser.get(at(row))
    page = words(answer.content)
    assert answer.content.count(b"<svg") == 1
    total, late = DONE[10]
    assert f"2026-10 {100 * (total - late) / total:.1f}" in page
    assert "Mean 52.0%, from 40.2% to 63.8%, by 10 months." in page
    assert "Trial limits" in page
    lists = words(browser.get(at(row), {"from": "lists"}).content)
    assert "From these lists alone" in lists and "by 6 months" in lists
    assert "Own month of each hand-in" in words(browser.get(at(row), {"from": "nonsense"}).content)


def test_a_measure_and_its_series_lead_to_each_other(browser: Client, row: Submission) -> None:
    series, measure = at(row), at(row, "submission_measure", "AS-01")
    assert f'href="{measure}"' in browser.get(series).content.decode()
    assert f'href="{series}"' in browser.get(measure).content.decode()
    alone = at(row, "submission_measure", "CP-02")
    assert "/watch/" not in browser.get(alone).content.decode(), "nobody is counted, so it has no months"


def test_too_few_months_are_told_with_what_there_is(own: Inspection, browser: Client) -> None:
    row = hand_in(own, member(own, "analyst"), *lists_of(2))
    page = words(browser.get(at(row)).content)
    assert "there are 2" in page and "Each month in which lists are handed in adds one" in page
    assert "2026-02 16 of 20" in page
    assert browser.post(at(row, "submission_watch_file", "AS-01"), {"format": "png"}).status_code == 403


def test_target_and_limits_are_set_shown_and_taken_back(browser: Client, row: Submission) -> None:
    target = at(row, "submission_watch_target", "AS-01")
    answer = browser.post(target, {"target": "90", "source": "Plan, page 4", "version": "1"}, follow=True)
    page = words(answer.content)
    assert "90%. Plan, page 4" in page and "Missed for 10 months" in page
    assert "it was missed in each of the last 10 months." in page
    answer = browser.post(target, {"target": "190", "source": "x", "version": "2"})
    assert answer.status_code == 422 and "from 0 to 100" in words(answer.content)
    answer = browser.post(target, {"target": "80", "source": "", "version": "2"})
    assert "Say where the target comes from" in words(answer.content)
    limits = at(row, "submission_watch_limits", "AS-01")
    sent = {"period": "2026-06", "because": "New front door", "version": "2", "client_key": str(uuid4())}
    page = words(browser.post(limits, sent, follow=True).content)
    assert "2026-06 New front door Analyst of Wexcombe" in page and "by 5 months" in page
    answer = browser.post(limits, {**sent, "version": "3", "client_key": str(uuid4())})
    assert answer.status_code == 422 and "drawn anew from 2026-06 already" in words(answer.content)
    made = Rebased.objects.get()
    back = at(row, "submission_watch_take_back", "AS-01", made.pk)
    page = words(browser.post(back, follow=True).content)
    assert "The limits are the same for all months." in page
    assert Series.objects.get().version == 4


def test_who_may_not_edit_is_offered_nothing_and_the_other_side_sees_nothing(own: Inspection, row: Submission) -> None:
    inspector = client_for(member(own, "inspector"))
    page = words(inspector.get(at(row)).content)
    assert "Set a target" not in page and "Draw the limits anew" not in page
    assert inspector.get(at(row, "submission_watch_target", "AS-01")).status_code == 403
    assert client_for(member(own, "nominated-officer")).get(at(row)).status_code == 404


def test_a_series_leaves_without_its_small_months_and_stands_in_the_journal(browser: Client, row: Submission) -> None:
    answer = browser.post(at(row, "submission_watch_file", "AS-01"), {"format": "csv", "from": "hand-ins"})
    small = [f"2026-{month:02}" for month, (_, late) in DONE.items() if 1 <= late <= 5]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    left = [line[0] for line in lines[1:]]
    assert len(small) == 3 and not set(left) & set(small)
    assert left == [f"2026-{month:02}" for month in range(4, 11)]
    assert Entry.objects.filter(event="export.made").latest("number").detail["what"] == "picture series of AS-01"


def test_a_measure_without_a_series_is_not_there(browser: Client, row: Submission) -> None:
    assert browser.get(at(row, "submission_watch_series", "CP-02")).status_code == 404
    assert browser.get(at(row, "submission_watch_series", "ZZ-99")).status_code == 404
    assert browser.post(at(row, "submission_returning_file", "nothing"), {"format": "csv"}).status_code == 404


def test_whoever_comes_back_is_told_of_or_why_not(browser: Client, row: Submission) -> None:
    page = words(browser.get(reverse("submission_returning", args=[row.inspection_id, row.pk])).content)
    assert "How soon children are referred again after their case was closed" in page
    assert "is not among what was handed in, so this cannot be told" in page
    answer = browser.post(at(row, "submission_returning_file", "re-referral"), {"format": "csv"})
    assert answer.status_code == 403 and "not among what was handed in" in words(answer.content)
