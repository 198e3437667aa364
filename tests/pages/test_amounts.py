"""Rates, medians and averages of a submission, on the page of the record's measures and in its file."""

import csv
import io
from uuid import uuid4

import pytest
from tests.factories import client_for
from tests.kernel.benchmark_file import lait_csv, rates
from tests.pages.test_any_form import of_903, page, read, text, wexcombe
from tests.submissions_story import Held, Story

from goldthread.apps.comparison import actions as comparison
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.submissions import actions
from goldthread.apps.submissions.amounts import amounts
from goldthread.apps.submissions.models import Submission
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


def test_an_amount_has_a_page_with_its_groups_and_no_rate_of_a_group(wexcombe: Story) -> None:
    row = _handed(wexcombe)
    _say_children(wexcombe, 4_000)
    client = client_for(wexcombe["lead"])
    shown = text(client.get(page(row, "submission_record_amount", "CLA-01")))
    held = next(one for one in amounts(row) if one.code == "CLA-01").detail
    assert "How many children of each group live in the area is not known, so there is no rate of a group" in shown
    assert "By age" in shown and "By gender" in shown
    females = next(part["counted"] for part in held["parts"] if (part["by"], part["group"]) == ("gender", "Female"))
    assert f"Female {females} {100 * females / held['counted']:.1f}%" in shown
    score = text(client.get(page(row, "submission_record_amount", "HE-06")))
    assert "Average, points" in score
    assert client.get(page(row, "submission_record_amount", "CLA-04")).status_code == 404


def test_the_rows_behind_an_amount_are_those_counted_in_order_of_their_number(wexcombe: Story) -> None:
    row = _handed(wexcombe)
    client = client_for(wexcombe["analyst"])
    told = {one.code: one.detail for one in amounts(row)}
    answer = client.get(page(row, "submission_measure_rows", "CLA-01"))
    shown = text(answer)
    assert f"Counted ({told['CLA-01']['counted']})" in shown and "In the numerator" not in shown
    sent = client.post(page(row, "submission_measure_rows_export", "HE-06"), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    numbers = [float(one["Number, points"]) for one in rows if one["Counts as"] == "Counted"]
    assert len(numbers) == told["HE-06"]["counted"]
    assert numbers == sorted(numbers)
    assert sum(numbers) / len(numbers) == pytest.approx(told["HE-06"]["value"])
    assert client_for(wexcombe["lead"]).get(page(row, "submission_measure_rows", "XX-1")).status_code in (403, 404)


def _handed(story: Story) -> Submission:
    row = read(story, of_903(120))
    return actions.hand_over(submission=row, version=row.version, by=story["nominated-officer"])


# Compared and watched


def test_rates_and_the_records_measures_are_laid_beside_what_is_published(wexcombe: Story) -> None:
    row = _handed(wexcombe)
    analyst = wexcombe["analyst"]
    with Held(lait_csv(rates()).encode()) as upload:
        comparison.load(
            inspection=wexcombe.inspection, upload=upload, label="f.csv", client_key=uuid4(), by=analyst
        )  # fmt: skip
    comparison.compare_as(inspection=wexcombe.inspection, authority="830", model="", version=1, by=analyst)
    client = client_for(analyst)
    shown = text(client.get(page(row, "submission_compare")))
    assert "By the published figures about" in shown and "live in Derbyshire" in shown
    assert "CLA-01, per 10,000" in shown and "CLA-12" in shown
    waiting = text(client.get(page(row, "submission_compare_measure", "CLA-01")))
    assert "No rate until it is said how many children live in the area" in waiting
    _say_children(wexcombe, 4_000)
    answer = client.get(page(row, "submission_compare_measure", "CLA-01"))
    one = text(answer)
    assert answer.content.count(b"<svg") == 3
    counted = next(each for each in amounts(_again(row)) if each.code == "CLA-01").detail["counted"]
    assert f"{counted * 10_000 / 4_000:,.1f} per 10,000 {counted} counted, 4,000 children" in one
    assert rates()["LAC", "2025", "830"] in one
    assert "worked back from rounded rates" in one and "Rank" not in one.split("Before you compare")[0]
    sent = client.post(page(row, "submission_compare_export"), {"format": "csv"}).content.decode("utf-8-sig")
    line = next(each for each in csv.DictReader(io.StringIO(sent)) if each["Code"] == "CLA-01")
    assert (line["Unit"], line["Counted"], line["Of"]) == ("per 10,000", str(counted), "4,000")
    taken = client.post(page(row, "submission_compare_file", "CLA-01", "funnel"), {"format": "csv"})
    lines = csv.reader(io.StringIO(taken.content.decode("utf-8-sig")))
    assert next(lines)[3] == "per 10,000"
    assert "Living with former foster carers" not in shown.split("Not compared")[0]


def test_one_return_is_a_series_of_its_months_and_of_every_child_in_care_at_their_ends(wexcombe: Story) -> None:
    row = _handed(wexcombe)
    client = client_for(wexcombe["analyst"])
    overview = text(client.get(page(row, "submission_watch")))
    assert "CLA-01, on the day" in overview and "CLA-10" in overview and "CLA-15" in overview
    answer = client.get(page(row, "submission_watch_series", "CLA-01"))
    assert answer.content.count(b"<svg") == 1
    held = row.counts["months"]["CLA-01"]
    assert [month for month, *_ in held] == [f"{2025 + (m > 12)}-{(m - 1) % 12 + 1:02}" for m in range(4, 16)]
    assert held[-1][1] == next(one for one in amounts(row) if one.code == "CLA-01").detail["counted"]
    assert f"2026-03 {held[-1][1]}" in text(answer)
    assert "neighbouring months hold mostly the same children" in text(answer)
    _say_children(wexcombe, 4_000)
    rated = text(client.get(page(row, "submission_watch_series", "CLA-01")))
    assert f"2026-03 {held[-1][1] * 10_000 / 4_000:.0f}" in rated
    assert "Neither high nor low is better here" in rated
    assert client.get(page(row, "submission_watch_series", "EH-01")).status_code == 404
    assert "The next hand-in adds to them" in text(client.get(page(row, "submission_watch_series", "HE-06")))
    sent = client.post(page(row, "submission_watch_file", "CLA-15"), {"format": "csv"})
    small = {
        month for month, yes, whole, _ in row.counts["months"]["CLA-15"] if 1 <= yes <= 5 or 1 <= whole - yes <= 5
    }  # fmt: skip
    assert small
    left = sent.content.decode("utf-8-sig") if sent.status_code == 200 else ""
    assert not [month for month in small if month in left]


def test_a_target_is_in_the_unit_of_its_series(wexcombe: Story) -> None:
    row = _handed(wexcombe)
    client = client_for(wexcombe["analyst"])
    target = page(row, "submission_watch_target", "HE-06")
    assert "Target, in points" in text(client.get(target))
    refused = client.post(target, {"target": "-1", "source": "Plan", "version": "1"})
    assert refused.status_code == 422 and "0 or more" in text(refused)
    kept = client.post(target, {"target": "140", "source": "Plan, page 2", "version": "1"}, follow=True)
    assert "140 points. Plan, page 2" in text(kept)
    refused = client.post(
        page(row, "submission_watch_target", "CLA-10"), {"target": "140", "source": "x", "version": "1"}
    )
    assert refused.status_code == 422 and "from 0 to 100" in text(refused)


def _again(row: Submission) -> Submission:
    return Submission.objects.select_related("inspection").get(pk=row.pk)
