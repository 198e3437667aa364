"""The pages of issues: the rules by weight, the matrix of completeness, teams and their work lists."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories import client_for
from tests.submissions_story import ASSESSMENT, Story, canaries, story, workbook

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import children, issues
from goldthread.apps.submissions.models import Submission
from goldthread.web.presenters import completeness as matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def browser(held: Story, role: str) -> Client:
    return client_for(held.person(role))


def page(name: str, row: Submission) -> str:
    return reverse(name, args=[row.inspection_id, row.pk])


def text(answer: HttpResponse) -> str:
    import lxml.html

    return " ".join(lxml.html.fromstring(answer.content).text_content().split())


def of_teams() -> bytes:
    """Assessments of two teams and of none; some late, one whose gender cannot be read."""
    rows: list[list[Any]] = [ASSESSMENT]
    for number, (team, worker, ended, gender) in enumerate(
        [
            ("North", "Ada", date(2026, 8, 28), "F"), ("North", "Ada", date(2026, 8, 28), "Purple"),
            ("North", "Ben", date(2026, 8, 28), "F"), ("South", "Cyn", date(2026, 8, 28), "F"),
            ("South", "Cyn", date(2026, 5, 20), "F"), ("", "", date(2026, 8, 28), "F"),
        ],
        start=1,
    ):  # fmt: skip
        born, started = date(2015, 1, number), date(2026, 5, 5)
        rows.append([f"A{number}", gender, "WBRI", born, 11, "N", started, "Y", ended, "Y", team, worker])
    return workbook({"List 4": rows})


def test_rules_are_weighed_and_filtered_and_drawn(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client = browser(wexcombe, "inspector")
    shown = client.get(page("submission_issues_by_rule", row))
    weighed = issues.weights(row)
    assert sum(one.issues for one in weighed) == row.counts["total"]
    assert weighed[-1].cumulative_per_cent == pytest.approx(100)
    assert [one.issues for one in weighed] == sorted((one.issues for one in weighed), reverse=True)
    assert all(one.rule in text(shown) for one in weighed)
    assert page("submission_issue_rows", row) not in shown.content.decode()
    errors = client.get(page("submission_issues_by_rule", row), {"severity": "error"})
    assert {one.severity for one, _ in errors.context["weights"]} == {"error"}
    for asked in ({}, {"severity": "error"}):
        picture = client.get(page("submission_issues_chart", row), asked)
        assert picture["Content-Type"] == "image/svg+xml"
        assert errors.context["chart"].title in picture.content.decode() or not asked
    assert client.get(page("submission_issues_by_rule", row), {"list": "banana"}).status_code == 200


def test_the_chart_of_the_rules_leaves_as_picture_and_numbers_and_the_journal_keeps_it(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client = browser(wexcombe, "lead")
    shown = client.get(page("submission_issues_by_rule", row), {"severity": "error"})
    where = page("submission_issues_rule_file", row)
    assert f'action="{where}?severity=error"' in shown.content.decode()
    kinds = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}
    for kind, content in kinds.items():
        answer = client.post(f"{where}?severity=error", {"format": kind})
        assert (answer.status_code, answer["Content-Type"]) == (200, content)
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["rule"] for line in lines] == [one.rule for one, _ in shown.context["weights"]]
    assert Entry.objects.filter(event="export.made").latest("number").detail["what"] == "picture issues by rule"
    assert client.post(where, {"format": "banana"}).status_code != 200


def test_the_matrix_counts_before_the_vault_takes_columns_away(wexcombe: Story) -> None:
    row = wexcombe.handed_over(canaries())
    found = issues.completeness(row)
    assert found is not None
    cells = {(one.list, one.heading): one for one in found}
    born = cells[8, "Date of Birth"]
    assert (born.rows, born.filled, born.not_understood) == (2, 1, 1)
    assert cells[8, "Gender"].not_understood == 1
    assert cells[1, "Child Unique ID"].per_cent == 100
    shown = text(browser(wexcombe, "inspector").get(page("submission_completeness", row)))
    assert "columns that must be filled have gaps" in shown and "✕ 50%" in shown
    one = text(browser(wexcombe, "inspector").get(page("submission_completeness", row), {"list": "8"}))
    assert "How list 8 is filled" in one and "Date of Birth" in one
    for asked in ("99", "x"):
        answer = browser(wexcombe, "inspector").get(page("submission_completeness", row), {"list": asked})
        assert answer.status_code == 200


def test_a_submission_read_before_completeness_was_kept_says_so(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = wexcombe.handed_over(of_teams())
    monkeypatch.setattr(issues.holdings, "frame_names", lambda *asked: ("issues", "notes", "unread"))
    shown = text(browser(wexcombe, "analyst").get(page("submission_completeness", row)))
    assert "was read by an earlier version" in shown


def test_the_matrix_never_rounds_a_gap_away() -> None:
    held = {"list": 4, "column": "x", "heading": "X", "blank": 1, "not_understood": 0, "placeholder": 0}
    one = issues.Filled(**held, rows=1000, filled=999, may_be_blank=False, per_cent=99.9)
    other = issues.Filled(**{**held, "list": 5}, rows=0, filled=0, may_be_blank=True, per_cent=None)
    line = matrix.matrix([one, other])[0]
    cells = {number: cell for number, cell in zip(matrix.LISTS, line.cells, strict=True) if cell}
    assert (cells[4].shown, cells[4].mark, cells[5].shown) == ("99%", "most", "–")
    assert matrix.finding([one, other]) == "1 of 1 columns that must be filled have gaps"
    assert "“X” of list 4 (Assessments), filled in 99% of its 1,000 rows" in matrix.worst([one], {4: "Assessments"})
    assert matrix.worst([], {}) == ""


def test_an_issue_leads_to_its_row_and_to_the_childs_journey(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client = browser(wexcombe, "analyst")
    answer = client.get(page("submission_issue_rows", row))
    html, linked = answer.content.decode(), 0
    for one, _, place, _ in answer.context["issues"]:
        if one.row is None:
            assert place is None
            continue
        assert str(place) == f"assessments-{one.row}"
        for name in ("submission_row", "submission_journey"):
            address = reverse(name, args=[row.inspection_id, row.pk, place])
            assert f'href="{address}"' in html
            assert one.child in client.get(address).content.decode()
        linked += 1
    assert linked > 2
    assert children.places_held(row, [children.Place("assessments", 999), children.Place("contacts", 2)]) == frozenset()


def test_teams_lead_to_work_lists_and_rows_without_a_team_to_one_of_their_own(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client = browser(wexcombe, "analyst")
    counted = {one.team: one for one in issues.by_staff(row)}
    assert set(counted) == {"North", "South", "Not known"}
    assert counted["North"].rows == 3
    workers = issues.by_staff(row, workers=True)
    assert {(one.team, one.worker) for one in workers} >= {("North", "Ada"), ("North", "Ben")}
    assert sum(one.issues for one in workers) == sum(one.issues for one in counted.values())
    shown = client.get(page("submission_issues_by_team", row), {"by": "worker"})
    assert "Ada" in text(shown)
    for team in counted:
        answer = client.get(page("submission_issue_rows", row), {"team": team, "sort": "worker"})
        listed = answer.context["page_obj"].paginator.object_list
        assert len(listed) == counted[team].issues
        assert f"Work list: {team}" in text(answer)
        assert {one.team or "Not known" for one in listed} == {team}
    ada = client.get(page("submission_issue_rows", row), {"worker": "Ada"}).context["page_obj"].paginator.object_list
    assert {one.worker for one in ada} == {"Ada"}


def test_teams_stand_by_their_errors_can_be_sorted_and_are_added_up(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client, address = browser(wexcombe, "analyst"), page("submission_issues_by_team", row)
    plain = client.get(address)
    assert "Most errors first" in text(plain)
    for sort in ("error", "issues", "rows", "query", "note"):
        counted = [getattr(one, sort) for one, _ in client.get(address, {"sort": sort}).context["page_obj"]]
        assert counted == sorted(counted, reverse=True), sort
    teams = [one.team for one, _ in client.get(address, {"sort": "team"}).context["page_obj"]]
    assert teams == ["North", "Not known", "South"]
    assert [one for one, _ in client.get(address, {"sort": "odd"}).context["page_obj"]] == issues.by_staff(row)
    held = issues.frame_of(row)
    rows = held.filter(held["row"].is_not_null())
    total = plain.context["everybody"]
    places = {(one["table"], one["row"]) for one in rows.iter_rows(named=True)}
    assert (total.rows, total.issues) == (len(places), rows.height)
    assert total.error == sum(1 for one in rows["severity"] if one == "error")
    assert f"All teams{total.rows}{total.issues}{total.error}" in text(plain)
    assert "All teams" in text(client.get(address, {"by": "worker"}))


def test_teams_are_for_those_who_may_see_rows(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    inspector = browser(wexcombe, "inspector")
    assert inspector.get(page("submission_issues_by_team", row)).status_code == 403
    for name in ("submission_issues", "submission_issues_by_rule", "submission_completeness"):
        shown = inspector.get(page(name, row)).content.decode()
        assert "North" not in shown and "Ada" not in shown
        assert page("submission_issues_by_team", row) not in shown


def test_a_work_list_goes_out_with_its_team_and_says_which_it_is(wexcombe: Story) -> None:
    row = wexcombe.handed_over(of_teams())
    client = browser(wexcombe, "analyst")
    answer = client.post(page("submission_issues_export", row), {"format": "csv", "team": "South"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == {one.team: one.issues for one in issues.by_staff(row)}["South"]
    assert {line["Team"] for line in lines} == {"South"}
    assert Entry.objects.get(event="export.made").detail["rows"] == len(lines)
    book = client.post(page("submission_issues_export", row), {"format": "xlsx", "team": "South"})
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book.content)) as held:
        told = "".join(held.read(name).decode() for name in held.namelist())
    assert "team South" in told and "<f>" not in told


def test_issues_kept_without_teams_are_given_them_from_the_lists(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = wexcombe.handed_over(of_teams())
    kept, fetch = issues.frame_of(row), issues.holdings.fetch_frame

    def as_before(submission: Submission, purpose: str, key: str, name: str) -> Any:
        held = fetch(submission, purpose, key, name)
        return held.drop("team", "worker") if name == "issues" else held

    monkeypatch.setattr(issues.holdings, "fetch_frame", as_before)
    assert issues.frame_of(row).equals(kept)


def test_what_was_not_read_has_no_issues_to_weigh(wexcombe: Story) -> None:
    row = wexcombe.send(of_teams())
    client = browser(wexcombe, "uploader")
    for name in ("submission_issues_by_rule", "submission_completeness", "submission_issues_by_team"):
        assert "has not been read" in text(client.get(page(name, row)))
    assert client.get(page("submission_issues_chart", row)).status_code == 404


def test_what_asks_about_the_work_is_marked_and_not_the_first_to_mend(wexcombe: Story) -> None:
    row = wexcombe.read(of_teams())
    answer = browser(wexcombe, "uploader").get(page("submission_issues_by_rule", row))
    weights = [one for one, _ in answer.context["weights"]]
    asking = [one for one in weights if one.asks]
    mends = {one.rule: one.mend for one in issues.issues(row)}
    assert asking and {one.rule for one in asking} <= set(mends)
    assert all(not mends[one.rule].startswith("Nothing to mend") for one in weights if not one.asks)
    assert text(answer).count("Nothing to mend if the record is right") == len(asking)
    first = next(one.rule for one in weights if not one.asks)
    assert f"beginning with {first}" in text(answer)


def test_the_page_by_list_leads_to_each_list_and_calls_a_note_a_note(wexcombe: Story) -> None:
    row = wexcombe.read()
    answer = browser(wexcombe, "uploader").get(page("submission_issues", row))
    shown = answer.content.decode()
    lists = [number for number, *_ in answer.context["by_list"]]
    assert len(lists) > 1
    for number in lists:
        here = f"list-{number or 'file'}"
        assert shown.index(f'href="#{here}"') < shown.index(f'id="{here}"')
    assert "<strong>note</strong>" in shown and "<strong>practice</strong>" not in shown
