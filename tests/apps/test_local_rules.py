"""Local rules on the web: versions, one in force, what it finds told apart, and what the other side never sees."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.data_world import A_LOCAL_RULE
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.submissions_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import accepting, actions, local_rules, mending, queries
from goldthread.apps.submissions.models import LocalRules, Submission
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

OTHERWISE = A_LOCAL_RULE.replace("SEX is not blank", "SEX is not blank and SEX != 'X'")


@pytest.fixture
def wexcombe() -> Story:
    return story()


def upload(held: Story, text: str = A_LOCAL_RULE, *, by: str = "uploader", **more: Any) -> LocalRules:
    asked = {"data": text.encode(), "name": "ours.toml", "client_key": uuid4()} | more
    return actions.upload_local_rules(inspection=held.inspection, by=held[by], **asked)


def in_force(held: Story, text: str = A_LOCAL_RULE, *, by: str = "uploader") -> LocalRules:
    return actions.put_in_force(rules=upload(held, text, by=by), by=held[by])


def page(name: str, row: Submission) -> str:
    return reverse(name, args=[row.inspection_id, row.pk])


def test_a_return_is_checked_with_the_version_in_force_and_told_of_apart(wexcombe: Story) -> None:
    plain = send(wexcombe, of_903(6))
    in_force(wexcombe)
    row = send(wexcombe, of_903(6))
    told = row.counts.pop("local")
    assert "local" not in plain.counts and row.counts == plain.counts
    assert (told["version"], told["total"], list(told["ran"]), told["not_run"]) == (1, 6, ["L01"], [])
    row.refresh_from_db()
    own = list(queries.issues(row, local=True))
    assert {one.rule for one in own} == {"L01"} and len(own) == 6 and own[0].mend == "Look at it."
    assert "L01" not in {one.rule for one in queries.issues(row)}
    assert "L01" not in {one.rule for one in queries.rules_broken(row)}
    assert list(queries.issues(plain, local=True)) == []


def test_the_page_and_the_file_show_them_apart_and_to_their_own_side_alone(wexcombe: Story) -> None:
    before = send(wexcombe, of_903(6))
    in_force(wexcombe)
    row = send(wexcombe, of_903(6))
    client = client_for(wexcombe["uploader"])
    shown = client.get(page("submission_issues", row)).content.decode()
    assert "Local rules of Wexcombe" in shown and "The sex is told." in shown
    assert "Checked with version 1 of these rules: 1 of them was run, and 6 issues were found" in shown
    was = client.get(page("submission_issues", before)).content.decode()
    assert "was not checked with any. Version 1 is in force now" in was
    rows = client.get(page("submission_issue_rows", row) + "?local=1").content.decode()
    assert "L01" in rows and "6 issues" in rows
    taken = client.post(page("submission_issues_export", row), {"format": "csv", "local": "1"})
    assert "L01" in taken.content.decode("utf-8-sig") and "local-issues-" in taken["Content-Disposition"]
    assert Entry.objects.filter(event="export.made").latest("pk").detail["what"] == "issues of local rules"
    plain = client.post(page("submission_issues_export", row), {"format": "csv"}).content.decode("utf-8-sig")
    assert "L01" not in plain
    over = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    team = client_for(wexcombe["lead"])
    for address in (page("submission_issues", over), page("submission_issue_rows", over) + "?local=1"):
        answer = team.get(address)
        assert answer.status_code == 200
        assert "L01" not in answer.content.decode() and "Local rules of" not in answer.content.decode()
    taken = team.post(page("submission_issues_export", over), {"format": "csv", "local": "1"})
    assert taken.status_code == 200 and "L01" not in taken.content.decode("utf-8-sig")


def test_the_teams_returns_are_not_checked_with_the_councils_rules(wexcombe: Story) -> None:
    in_force(wexcombe)
    assert "local" not in send(wexcombe, of_903(4), by="analyst").counts


def test_what_was_checked_keeps_what_it_was_checked_with(wexcombe: Story) -> None:
    first = in_force(wexcombe)
    row = send(wexcombe, of_903(4))
    second = in_force(wexcombe, OTHERWISE)
    first.refresh_from_db()
    assert (first.status, second.number, second.status) == ("replaced", 2, "in-force")
    shown = client_for(wexcombe["uploader"]).get(page("submission_issues", row)).content.decode()
    assert "Version 2 is in force now. What was found here stays as version 1 found it" in shown
    actions.withdraw_local_rules(rules=second, because="It asked too much.", version=None, by=wexcombe["uploader"])
    shown = client_for(wexcombe["uploader"]).get(page("submission_issues", row)).content.decode()
    assert "No version is in force any more" in shown
    assert "local" not in send(wexcombe, of_903(4)).counts


def test_what_changed_counts_them_by_themselves_and_another_declaration_is_another_rule(wexcombe: Story) -> None:
    in_force(wexcombe)
    send(wexcombe, of_903(6))
    again = send(wexcombe, of_903(6))
    found = mending.mended(again, wexcombe["uploader"], local=True)
    assert found is not None and (found.same, found.new, found.mended, found.apart) == (6, 0, 0, ())
    of_department = mending.mended(again, wexcombe["uploader"])
    assert of_department is not None and "L01" not in {one.rule for one in of_department.rules}
    in_force(wexcombe, OTHERWISE)
    third = send(wexcombe, of_903(6))
    found = mending.mended(third, wexcombe["uploader"], local=True)
    assert found is not None and (found.apart, found.same) == (("L01",), 0)


def test_a_query_of_a_local_rule_is_accepted_until_the_rule_is_declared_otherwise(wexcombe: Story) -> None:
    in_force(wexcombe)
    row = send(wexcombe, of_903(4))
    one = next(iter(queries.issues(row, local=True)))
    asked = {"rule": "L01", "table": one.table or "", "row": one.row or 0}
    shown = client_for(wexcombe["uploader"]).get(page("submission_accept", row), asked).content.decode()
    assert "whoever of your side may read the rows" in shown and "the team too" not in shown
    actions.accept(
        submission=row, rule="L01", table=one.table or "", row=one.row or 0, reason="It is so.",
        client_key=uuid4(), by=wexcombe["uploader"],
    )  # fmt: skip
    assert (accepting.accepted(row, local=True), accepting.accepted(row)) == (1, 0)
    assert accepting.accepted(send(wexcombe, of_903(4)), local=True) == 1
    in_force(wexcombe, OTHERWISE)
    assert accepting.accepted(send(wexcombe, of_903(4)), local=True) == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no rule"),
        (b"[[rule]\n", "no sound TOML"),
        (b"\xff\xfe", "not in UTF-8"),
        (b"#" * 1_000_001, "far too long"),
        (A_LOCAL_RULE.replace('"L01"', '"218"').encode(), "rule 218, from line 2 on: its code is"),
        (A_LOCAL_RULE.replace("SEX is not blank", "import os").encode(), "rule L01, from line 2 on"),
        ((A_LOCAL_RULE + A_LOCAL_RULE).encode(), "rule L01, from line 12 on: another rule has this code"),
        (A_LOCAL_RULE.replace('"Header"', '"Nowhere"').encode(), "there is no table"),
    ],
)
def test_a_file_that_is_wrong_anywhere_is_refused_whole(wexcombe: Story, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says.replace("(", r"\(")):
        upload(wexcombe, data=data)
    client = client_for(wexcombe["uploader"])
    sent = {"file": SimpleUploadedFile("ours.toml", data)}
    answer = client.post(reverse("local_rules", args=[wexcombe.inspection.pk]), sent)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not LocalRules.objects.exists()
    assert not Entry.objects.filter(event="local-rules.uploaded").exists()


def test_each_act_is_in_the_journal_and_says_no_word_of_the_rules(wexcombe: Story) -> None:
    key = uuid4()
    row = upload(wexcombe, client_key=key)
    assert upload(wexcombe, client_key=key) == row and LocalRules.objects.count() == 1
    actions.put_in_force(rules=row, by=wexcombe["uploader"])
    row = actions.put_in_force(rules=row, by=wexcombe["uploader"])
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_local_rules(rules=row, because=" ", version=row.version, by=wexcombe["uploader"])
    with pytest.raises(Overtaken):
        actions.withdraw_local_rules(rules=row, because="No.", version=row.version - 1, by=wexcombe["uploader"])
    row = actions.withdraw_local_rules(rules=row, because="No use.", version=row.version, by=wexcombe["uploader"])
    assert (row.status, row.withdrawn_because) == ("withdrawn", "No use.")
    events = Entry.objects.filter(event__startswith="local-rules.").order_by("pk")
    assert [one.event for one in events] == ["local-rules.uploaded", "local-rules.in-force", "local-rules.withdrawn"]
    assert not any("sex" in str(one.detail).lower() or "no use" in str(one.detail).lower() for one in events)
    with pytest.raises((Refused, IllegalMove)):
        actions.put_in_force(rules=row, by=wexcombe["uploader"])


def test_the_side_that_made_them_alone_may_see_or_change_them(wexcombe: Story) -> None:
    row = in_force(wexcombe)
    for by in ("lead", "inspector", "analyst"):
        with pytest.raises(Refused):
            actions.withdraw_local_rules(rules=row, because="No.", version=row.version, by=wexcombe[by])
        client = client_for(wexcombe[by])
        assert client.get(reverse("local_rules_version", args=[row.inspection_id, row.pk])).status_code == 404
    assert local_rules.in_force(wexcombe.inspection, "team") is None
    with pytest.raises(Refused):
        upload(wexcombe, by="inspector")


def test_it_is_done_on_pages(wexcombe: Story) -> None:
    client, of = client_for(wexcombe["uploader"]), [wexcombe.inspection.pk]
    sent = {"file": SimpleUploadedFile("ours.toml", A_LOCAL_RULE.encode()), "client_key": str(uuid4())}
    shown = client.post(reverse("local_rules", args=of), sent, follow=True).content.decode()
    assert "Version 1" in shown and "SEX is not blank" in shown and "every year" in shown
    row = LocalRules.objects.get()
    shown = client.post(reverse("local_rules_version", args=[*of, row.pk]), follow=True).content.decode()
    assert "Version 1 is in force" in shown
    row.refresh_from_db()
    address = reverse("local_rules_withdraw", args=[*of, row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"because": "", "version": row.version}).status_code == 422
    shown = client.post(address, {"because": "Not ours.", "version": row.version}, follow=True).content.decode()
    assert "No version is in force" in shown and "Not ours." in shown


def test_a_version_is_tried_on_a_return_before_it_is_in_force_and_nothing_is_kept(wexcombe: Story) -> None:
    row, made = send(wexcombe, of_903(6)), upload(wexcombe)
    before = (row.counts, Entry.objects.count(), LocalRules.objects.get(pk=made.pk).status)
    client = client_for(wexcombe["uploader"])
    address = reverse("local_rules_version", args=[made.inspection_id, made.pk])
    assert "6 issues" not in client.get(address).content.decode()
    shown = client.get(address, {"on": str(row.pk)}).content.decode()
    assert "<strong>6 issues</strong>" in shown and "Header, row 2" in shown and "nothing was kept" in shown
    row.refresh_from_db()
    assert (row.counts, Entry.objects.count(), LocalRules.objects.get(pk=made.pk).status) == before
    assert list(queries.issues(row, local=True)) == []
    # What the team handed in is no return of the council's, and cannot be named either.
    other = send(wexcombe, of_903(4), by="analyst")
    assert "<strong>4 issues</strong>" not in client.get(address, {"on": str(other.pk)}).content.decode()
    assert str(other.pk) not in client.get(address).content.decode()
    actions.put_in_force(rules=made, by=wexcombe["uploader"])
    assert "Try it on a return first" not in client.get(address, {"on": str(row.pk)}).content.decode()


def test_by_rule_by_child_over_time_and_the_row_show_local_rules_apart(wexcombe: Story) -> None:
    in_force(wexcombe)
    send(wexcombe, of_903(5))
    in_force(wexcombe, OTHERWISE)
    row = send(wexcombe, of_903(6))
    pages = ("submission_issues_by_rule", "submission_issues_by_team", "submission_issues_over_time")
    own, place = client_for(wexcombe["uploader"]), next(iter(queries.issues(row, local=True)))
    at_row = reverse("submission_row", args=[row.inspection_id, row.pk, f"{place.table}-{place.row}"])
    told = [own.get(page(name, row)).content.decode() for name in pages]
    assert "L01" in told[0] and "Local rules of Wexcombe" in told[1]
    assert "L01 (version 1)" in told[2] and "L01 (version 2)" in told[2]
    assert "Issues by child" in told[1] and "cannot be shared out" not in told[1]
    assert "The sex is told." in own.get(at_row).content.decode()
    over = actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    team = client_for(wexcombe["lead"])
    for address in (*(page(name, over) for name in pages), at_row):
        answer = team.get(address)
        assert answer.status_code == 200 and "L01" not in answer.content.decode()


def test_the_team_asks_the_council_about_its_own_local_rule_and_not_about_the_councils(wexcombe: Story) -> None:
    in_force(wexcombe, by="analyst")
    row = send(wexcombe, of_903(4), by="analyst")
    found = next(iter(queries.issues(row, local=True)))
    asked = {"submission": row, "rule": "L01", "list": found.list, "question": "Why?", "by": wexcombe["analyst"]}
    query = actions.ask(**asked, row=found.row, client_key=uuid4())
    assert (query.rule, query.says) == ("L01", "The sex is told.")
    assert "L01" in client_for(wexcombe["analyst"]).get(page("question_ask", row)).content.decode()
    in_force(wexcombe)
    theirs = send(wexcombe, of_903(4))
    over = actions.hand_over(submission=theirs, version=theirs.version, by=wexcombe["nominated-officer"])
    with pytest.raises(Refused, match="one of the rules that this submission breaks"):
        actions.ask(**(asked | {"submission": over}), row=None, client_key=uuid4())


def test_a_version_is_carried_to_another_inspection_of_the_authority_and_says_where_from(wexcombe: Story) -> None:
    made = in_force(wexcombe)
    other = story().inspection
    other.authority = made.inspection.authority
    other.save(update_fields=["authority"])
    began = timezone.now() - timedelta(days=1)
    for role in ("uploader", "analyst"):
        who = wexcombe.person(role)
        Membership.objects.create(inspection=other, person=who, role=role, valid_from=began)
    address = reverse("local_rules", args=[other.pk])
    client = client_for(wexcombe["uploader"])
    assert "Take rules from another inspection" in client.get(address).content.decode()
    key = str(uuid4())
    for _ in range(2):
        client.post(address, {"carry": str(made.pk), "client_key": key})
    copy = LocalRules.objects.get(inspection=other)
    assert (copy.number, copy.side, copy.status, copy.origin_id) == (1, made.side, "uploaded", made.pk)
    assert copy.origin == f"Version 1 of {made.inspection.title}" and local_rules.text_of(copy) == A_LOCAL_RULE
    shown = client.get(reverse("local_rules_version", args=[other.pk, copy.pk])).content.decode()
    assert f"Copy of: {copy.origin}" in shown
    assert Entry.objects.filter(event="local-rules.carried").get().detail["carried_from"] == str(made.pk)
    # Neither the team nor another authority's inspection is offered it.
    assert list(local_rules.from_elsewhere(wexcombe["analyst"], other, "team")) == []
    other.authority = "Elsewhere"
    other.save(update_fields=["authority"])
    with pytest.raises(Refused, match="another inspection of this authority"):
        actions.carry_local_rules(rules=made, to=other, client_key=uuid4(), by=wexcombe["uploader"])
