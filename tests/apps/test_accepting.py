"""A query accepted with a reason: found again next year while the cells are the same, and counted apart."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.factories import client_for
from tests.form_story import a_year_before, of_903, send
from tests.submissions_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import accepting, actions, queries
from goldthread.apps.submissions.issues import Issue
from goldthread.apps.submissions.models import Acceptance, Submission

pytestmark = pytest.mark.django_db

Files = dict[str, bytes]


@pytest.fixture
def wexcombe() -> Story:
    return story()


def issues_of(row: Submission, severity: str = "query") -> list[Issue]:
    return [one for one in queries.issues(row, severity=severity) if one.row and one.child]


def accept(
    held: Story, row: Submission, one: Issue, *, by: str = "uploader", reason: str = "Seen in the record."
) -> Acceptance:
    return actions.accept(
        submission=row, rule=one.rule, table=one.table or "", row=one.row or 0, reason=reason, client_key=uuid4(),
        by=held[by],
    )  # fmt: skip


def by_hand(row: Submission) -> int:
    """Second, naive: issue by issue, whether it has an acceptance."""
    return sum(one is not None for one in accepting.of_issues(row, list(queries.issues(row))))


def page(name: str, row: Submission) -> str:
    return reverse(name, args=[row.inspection_id, row.pk])


def only(files: Files, wanted: bytes, other: Files) -> Files:
    """The rows of one child from `files`, and those of all others from `other`."""

    def parted(data: bytes, *, own: bool) -> list[bytes]:
        return [line for line in data.splitlines()[1:] if (line.split(b",")[0] == wanted) == own]

    return {
        name: b"\n".join([data.splitlines()[0], *parted(data, own=True), *parted(other[name], own=False), b""])
        for name, data in files.items()
    }


def a_query(held: Story, files: Files) -> tuple[Submission, Issue]:
    row = send(held, files)
    return row, issues_of(row)[0]


def test_it_is_told_with_its_reason_and_counted_apart(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    made = accept(wexcombe, row, one)
    (told,) = accepting.of_issues(row, [one])
    assert told is not None
    assert (told.reason, told.before) == ("Seen in the record.", False)
    assert told.role and told.at == made.created_at
    assert accepting.accepted(row) == by_hand(row) >= 1
    assert b"Seen in" not in bytes(made.sealed)
    entry = Entry.objects.get(event="issue.accepted")
    assert one.child not in f"{entry.about_label} {entry.detail}" and "Seen in" not in str(entry.detail)
    again = accept(wexcombe, row, one, reason="Another reason.")
    assert again == made and Acceptance.objects.count() == 1


def test_it_goes_over_to_the_return_of_another_year_while_the_cells_are_the_same(wexcombe: Story) -> None:
    files = of_903(20)
    row = send(wexcombe, files)
    child, earlier = None, a_year_before(files)
    for number in [line.split(b",")[0] for line in files["header.csv"].splitlines()[1:]]:
        other = send(wexcombe, only(files, number, earlier))
        now = {accepting.key_of(one) for one in issues_of(row)} - {None}
        both = [one for one in issues_of(other) if accepting.key_of(one) in now]
        if both and other.year != row.year:
            child = both[0]
            break
    assert child is not None
    first = next(one for one in issues_of(row) if accepting.key_of(one) == accepting.key_of(child))
    accept(wexcombe, row, first, reason="The court order says so.")
    (told,) = accepting.of_issues(other, [child])
    assert told is not None and told.before and told.reason == "The court order says so."
    assert accepting.accepted(other) == by_hand(other) >= 1


def test_it_ends_when_a_cell_that_the_rule_looks_at_is_changed(wexcombe: Story) -> None:
    files = of_903(20)
    row = send(wexcombe, files)
    # The date of birth lies in the vault and is shown to nobody: that it was changed ends the acceptance all the same.
    one = next(each for each in issues_of(row) if each.rule == "231")
    assert one.fields == "DOB; UASC"
    accept(wexcombe, row, one)
    lines = files["header.csv"].decode().splitlines()
    at = lines[0].split(",").index("DOB")
    cells = lines[(one.row or 0) - 1].split(",")
    cells[at] = f"{int(cells[at][:2]) % 28 + 1:02}{cells[at][2:]}"
    lines[(one.row or 0) - 1] = ",".join(cells)
    after = send(wexcombe, files | {"header.csv": "\n".join([*lines, ""]).encode()})
    (still,) = [each for each in issues_of(after) if (each.rule, each.child) == (one.rule, one.child)]
    assert accepting.of_issues(after, [still]) == [None] and accepting.accepted(after) == 0
    # Where nothing was changed it stands, though rows have moved.
    top, *below = files["header.csv"].splitlines()
    moved = send(wexcombe, files | {"header.csv": b"\n".join([top, *reversed(below), b""])})
    (same,) = [each for each in issues_of(moved) if (each.rule, each.child) == (one.rule, one.child)]
    assert same.row != one.row and accepting.of_issues(moved, [same]) != [None]
    assert accepting.accepted(moved) == by_hand(moved) == 1


def test_taken_back_it_counts_again_and_can_be_accepted_anew(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    made = accept(wexcombe, row, one)
    actions.reopen_accepted(submission=row, acceptance=made.pk, by=wexcombe["uploader"])
    assert accepting.of_issues(row, [one]) == [None] and accepting.accepted(row) == 0
    with pytest.raises(Refused, match="taken back already"):
        actions.reopen_accepted(submission=row, acceptance=made.pk, by=wexcombe["uploader"])
    assert accept(wexcombe, row, one).pk != made.pk
    assert [entry.event for entry in Entry.objects.filter(event__startswith="issue.").order_by("pk")] == [
        "issue.accepted", "issue.reopened", "issue.accepted",
    ]  # fmt: skip


def test_what_cannot_be_accepted_is_refused(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    with pytest.raises(Refused, match="Say why"):
        accept(wexcombe, row, one, reason="  ")
    with pytest.raises(Refused, match="Only a query"):
        accept(wexcombe, row, issues_of(row, "error")[0])
    with pytest.raises(Refused, match="does not break"):
        actions.accept(
            submission=row, rule=one.rule, table="cla_oc2", row=999, reason="Why.", client_key=uuid4(),
            by=wexcombe["uploader"],
        )  # fmt: skip
    actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    row.refresh_from_db()
    with pytest.raises(Refused, match="side that handed"):
        accept(wexcombe, row, one, by="lead")
    assert not Acceptance.objects.exists()


def test_the_pages_offer_tell_and_take_back(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    client, address = client_for(wexcombe["uploader"]), page("submission_accept", row)
    asked = {"rule": one.rule, "table": one.table or "", "row": one.row or 0}
    rows = f"{page('submission_issue_rows', row)}?rule={one.rule}"
    assert f"{address}?rule={one.rule}" in client.get(rows).content.decode()
    assert "Why is it right" in client.get(address, asked).content.decode()
    bare = client.post(address, {**asked, "reason": ""})
    assert bare.status_code == 422
    assert client.post(address, {**asked, "reason": "It is <b>right</b>."}).status_code == 302
    shown = client.get(rows).content.decode()
    assert "It is &lt;b&gt;right&lt;/b&gt;." in shown and "Take the acceptance back" in shown
    assert "accepted</strong> with a reason" in client.get(page("submission_issues", row)).content.decode()
    taken = client.post(address, {"take_back": str(Acceptance.objects.get().pk), "rule": one.rule})
    assert taken.status_code == 302 and accepting.accepted(row) == 0
    assert client.post(address, {"take_back": "x"}).status_code == 403
    assert client.get(address).status_code == 200
    assert client.get(address, {**asked, "row": "99999999999"}).status_code == 200


def test_a_work_list_says_what_is_still_to_be_done(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    found = queries.issues(row)
    before = accepting.to_mend(row, found)
    accept(wexcombe, row, one)
    after = accepting.to_mend(row, found)
    severities = [each.severity for each in found]
    assert (before.errors, before.queries, before.notes) == tuple(
        severities.count(name) for name in ("error", "query", "note")
    )
    assert (after.queries, after.accepted) == (before.queries - accepting.accepted(row), accepting.accepted(row))
    shown = (
        client_for(wexcombe["uploader"]).get(f"{page('submission_issue_rows', row)}?team=Not+known").content.decode()
    )
    assert "Work list: Not known" in shown and "made to be printed" in shown
    assert f"{after.accepted} query was accepted" in shown


def test_a_query_that_looks_at_the_number_alone_is_asked_again_next_year(wexcombe: Story) -> None:
    files = of_903(6)
    number = files["header.csv"].splitlines()[1].split(b",")[0]

    def without_episodes(held: Files) -> Files:
        top, *rows = held["episodes.csv"].splitlines()
        kept = [line for line in rows if line.split(b",")[0] != number]
        return held | {"episodes.csv": b"\n".join([top, *kept, b""])}

    def asked(row: Submission) -> Issue:
        (one,) = [each for each in issues_of(row) if each.rule == "EPI"]
        return one

    row = send(wexcombe, without_episodes(files))
    accept(wexcombe, row, asked(row), reason="Respite alone.")
    again = send(wexcombe, without_episodes(files))
    assert accepting.of_issues(again, [asked(again)]) != [None]
    earlier = a_year_before(files)
    other = send(wexcombe, without_episodes(earlier | {"header.csv": files["header.csv"]}))
    assert other.year != row.year and accepting.of_issues(other, [asked(other)]) == [None]


def test_after_accepting_the_page_and_the_filter_are_still_there(wexcombe: Story) -> None:
    row, one = a_query(wexcombe, of_903(20))
    client = client_for(wexcombe["uploader"])
    asked = "?severity=query&sort=rule&page=1"
    shown = client.get(page("submission_issue_rows", row) + asked).content.decode()
    assert "&amp;back=severity%3Dquery%26sort%3Drule%26page%3D1" in shown
    sent = {"rule": one.rule, "table": one.table, "row": one.row, "back": "severity=query&sort=rule&page=1&next=//x"}
    where = page("submission_accept", row)
    back = page("submission_issue_rows", row) + asked
    refused = client.post(where, {**sent, "reason": ""})
    assert refused.status_code == 422 and "severity=query&amp;sort=rule" in refused.content.decode()
    assert client.post(where, {**sent, "reason": "Seen."}).url == back
    made = Acceptance.objects.get()
    assert client.post(where, {"take_back": str(made.pk), "rule": one.rule, "back": sent["back"]}).url == back
    plain = client.post(where, {**sent, "back": "https://elsewhere.example/", "reason": "Seen."})
    assert plain.url == page("submission_issue_rows", row) + f"?rule={one.rule}"
