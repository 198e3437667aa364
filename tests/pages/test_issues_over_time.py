"""Issue counts of one hand-in after another: counted twice, drawn, and taken out."""

import csv
import io
from collections import Counter

import pytest
from django.urls import reverse
from tests.apps.test_mending import without
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.submissions_story import Story, story

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import months, queries
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.charts.issue_counts import HandInRow, issue_counts_chart

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def page(row: Submission) -> str:
    return reverse("submission_issues_over_time", args=[row.inspection_id, row.pk])


def test_the_counts_are_those_of_each_hand_in(wexcombe: Story) -> None:
    files = of_903(12)
    first = send(wexcombe, without(files, "header.csv", "ETHNIC"))
    wexcombe.handed_over()
    second = send(wexcombe, {name: data for name, data in files.items() if name != "oc2.csv"})
    told = months.over_time(second, wexcombe["uploader"])
    assert [one.submission for one in told.hand_ins] == [first, second]
    for place, row in enumerate((first, second)):
        by_hand = Counter(one.severity for one in queries.issues(row))
        assert told.hand_ins[place].counts == tuple(by_hand[name] for name in queries.SEVERITIES)
        rules = Counter(one.rule for one in queries.issues(row))
        stopped = {one["rule"] for one in row.counts["not_run"]} - set(rules)
        for rule in told.rules:
            assert rule.counts[place] == (None if rule.rule in stopped else rules[rule.rule])
    assert {one.rule for one in told.rules} == {one.rule for row in (first, second) for one in queries.issues(row)}


def test_the_page_draws_them_and_gives_them_out_with_a_word_in_the_journal(wexcombe: Story) -> None:
    files = of_903(12)
    first = send(wexcombe, without(files, "header.csv", "ETHNIC"))
    client = client_for(wexcombe["uploader"])
    assert "one hand-in so far" in client.get(page(first)).content.decode()
    second = send(wexcombe, files)
    shown = client.get(page(second)).content.decode()
    assert "<svg" in shown and "fewer errors than at first" in shown and "By rule" in shown
    answer = client.post(page(second), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = months.over_time(second, wexcombe["uploader"])
    assert [row["Rule"] for row in rows] == ["", "", "", *(one.rule for one in told.rules)]
    assert Entry.objects.get(event="export.made").detail["what"] == "issues over time"
    assert client.post(page(second), {"format": "doc"}).status_code == 403
    Submission.objects.filter(pk=second.pk).update(hand_over="withdrawn")
    assert [one.submission for one in months.over_time(second, wexcombe["uploader"]).hand_ins] == [first]


@pytest.mark.parametrize(
    ("errors", "says"),
    [
        ((5,), "5 errors in the only hand-in"),
        ((1,), "1 error in"),
        ((5, 2), "3 fewer"),
        ((2, 5), "3 more"),
        ((4, 4), "As many"),
    ],
)
def test_the_chart_says_what_became_of_the_errors(errors: tuple[int, ...], says: str) -> None:
    chart = issue_counts_chart([HandInRow(f"{place} May", count, 1, 0) for place, count in enumerate(errors)])
    assert says in chart.title
    assert [row[1] for row in chart.rows] == list(errors)


def test_what_was_not_looked_for_does_not_count_as_mended(wexcombe: Story) -> None:
    files = of_903(12)
    first = send(wexcombe, without(files, "header.csv", "ETHNIC"))
    second = send(wexcombe, files)
    # The second was checked without last year's return: the rule that made most errors at first was not run on it.
    rules = first.counts["rules"]
    gone = max((one for one in rules if one["severity"] == "error"), key=lambda one: one["issues"])["rule"]
    held = [one for one in second.counts["rules"] if one["rule"] != gone]
    left = {name: sum(one["issues"] for one in held if one["severity"] == name) for name in queries.SEVERITIES}
    stopped = [*second.counts["not_run"], {"rule": gone, "why": "there is no last year's return"}]
    counts = {**second.counts, "rules": held, "severities": left, "not_run": stopped}
    Submission.objects.filter(pk=second.pk).update(counts=counts)
    second.refresh_from_db()
    told = months.over_time(second, wexcombe["uploader"])
    assert gone in told.apart
    for place, row in enumerate((first, second)):
        run = [one for one in row.counts["rules"] if one["rule"] not in told.apart]
        naive = [sum(one["issues"] for one in run if one["severity"] == name) for name in queries.SEVERITIES]
        assert list(told.hand_ins[place].compared) == naive
    chart = months.chart(told)
    assert chart is not None and "by the rules that were run on every hand-in" in chart.title
    assert [row[1] for row in chart.rows] == [one.compared[0] for one in told.hand_ins]
    shown = client_for(wexcombe["uploader"]).get(page(second)).content.decode()
    assert "were not run on another" in shown and gone in shown and "of rules run on every one" in shown


def test_other_numbers_of_children_are_told_as_rates_and_no_improvement_is_claimed() -> None:
    title = issue_counts_chart([HandInRow("May", 40, 0, 0, 400), HandInRow("June", 30, 0, 0, 200)]).title
    assert title == "10.0 errors per 100 children at first (40 of 400) and 15.0 now (30 of 200)"
    same = issue_counts_chart([HandInRow("May", 40, 0, 0, 400), HandInRow("June", 30, 0, 0, 400)]).title
    assert same == "10 fewer errors than at first: from 40 to 30"


def test_the_page_says_how_many_children_each_hand_in_tells_of(wexcombe: Story) -> None:
    send(wexcombe, of_903(12))
    second = send(wexcombe, of_903(6))
    told = months.over_time(second, wexcombe["uploader"])
    assert [one.children for one in told.hand_ins] == [12, 6]
    shown = client_for(wexcombe["uploader"]).get(page(second)).content.decode()
    assert "per 100 children" in shown and "fewer errors" not in shown
