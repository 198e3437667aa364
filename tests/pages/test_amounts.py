"""Rates, medians and averages of a submission, on the page of the record's measures and in its file."""

import csv
import io

import pytest
from tests.factories import client_for
from tests.pages.test_any_form import of_903, page, read, text, wexcombe
from tests.submissions_story import Story

from goldthread.apps.inspections import actions as inspections
from goldthread.apps.submissions import actions
from goldthread.apps.submissions.amounts import amounts
from goldthread.domain.intervals import rate

__all__ = ["wexcombe"]

pytestmark = pytest.mark.django_db


def _say_children(story: Story, number: int) -> None:
    held = story.inspection
    held.refresh_from_db()
    inspections.change(inspection=held, version=held.version, by=story["lead"], children_in_area=number)


def test_a_rate_waits_until_somebody_says_how_many_children_live_there(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    told = {one.code: one for one in amounts(row)}
    assert {"CLA-01", "CLA-02", "HE-06"} <= set(told)
    assert (told["CLA-01"].waits, told["CLA-01"].value) == (True, None)
    assert told["HE-06"].waits is False
    lead, inspector = client_for(wexcombe["lead"]), client_for(wexcombe["inspector"])
    shown = text(lead.get(page(row, "submission_record")))
    assert "Rates, medians and averages" in shown
    assert "Say how many" in shown
    assert "The lead of the inspection can say it." in text(inspector.get(page(row, "submission_record")))


def test_a_rate_is_of_the_children_that_live_there_whenever_that_is_said(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    for children in (4_000, 20_000):
        _say_children(wexcombe, children)
        row.refresh_from_db()
        row.inspection.refresh_from_db()
        told = {one.code: one for one in amounts(row)}
        counted = told["CLA-01"].detail["counted"]
        assert counted > 10
        assert told["CLA-01"].value == pytest.approx(counted * 10_000 / children)
        assert (told["CLA-01"].low, told["CLA-01"].high) == pytest.approx(rate(counted, children))
        shown = text(client_for(wexcombe["lead"]).get(page(row, "submission_record")))
        assert f"Rates are of {children:,} children aged 0 to 17 in the area" in shown
        assert f"{counted * 10_000 / children:,.1f} per 10,000" in shown
        assert "Say how many" not in shown


def test_the_file_of_the_measures_has_them_too(wexcombe: Story) -> None:
    row = read(wexcombe, of_903(120))
    _say_children(wexcombe, 4_000)
    row = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    client = client_for(wexcombe["analyst"])
    sent = client.post(page(row, "submission_record_export"), {"format": "csv"}).content.decode("utf-8-sig")
    rows = {one["Code"]: one for one in csv.DictReader(io.StringIO(sent)) if one["Group"] == "All"}
    counted = int(rows["CLA-01"]["Numerator"])
    assert float(rows["CLA-01"]["Value"]) == pytest.approx(counted * 10_000 / 4_000)
    assert (rows["CLA-01"]["Denominator"], rows["CLA-01"]["Unit"]) == ("4000", "per 10,000")
    assert (rows["CLA-04"]["Unit"], rows["HE-06"]["Denominator"]) == ("%", "")
