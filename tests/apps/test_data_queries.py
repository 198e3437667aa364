"""Data queries: who may ask, answer, close and ask again, what crosses the wall, and what stays with the data."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.begun import begun
from tests.submissions_story import Story, assessments, canaries, story

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.access.roles import ROLES
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.queries import visible
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, data_queries, queries
from goldthread.apps.submissions.models import DataQuery, Submission
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


Begun = tuple[Story, Submission]


@pytest.fixture(scope="module")
def beginning(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Begun]]:
    def tell() -> Begun:
        held = story()
        return held, held.handed_over(canaries())

    with begun(django_db_blocker, tell) as again:
        yield again


@pytest.fixture
def began(beginning: Callable[[], Begun]) -> Begun:
    return beginning()


@pytest.fixture
def wexcombe(began: Begun) -> Story:
    return began[0]


@pytest.fixture
def row(began: Begun) -> Submission:
    return began[1]


def ask(held: Story, about: Submission, *, by: str = "lead", **more: Any) -> DataQuery:
    words = {"rule": "G06", "list": 8, "row": None, "question": "Which codes?", "client_key": uuid4(), **more}
    return actions.ask(submission=about, by=held[by], **words)


def answer(held: Story, query: DataQuery, says: str = "Local codes.") -> DataQuery:
    return actions.answer(query=query, says=says, version=query.version, by=held["nominated-officer"])


def said(query: DataQuery) -> list[tuple[str, str]]:
    return list(query.turns.values_list("kind", "says"))


def test_a_question_is_asked_answered_asked_again_answered_and_closed_and_nothing_is_lost(
    wexcombe: Story, row: Submission
) -> None:
    query = answer(wexcombe, ask(wexcombe, row))
    query = actions.reopen(query=query, because="And since when?", version=query.version, by=wexcombe["lead"])
    query = answer(wexcombe, query, "Since May.")
    query = actions.close(query=query, because="", version=query.version, by=wexcombe["lead"])
    assert query.status == "closed"
    assert said(query) == [
        ("question", "Which codes?"), ("answer", "Local codes."), ("again", "And since when?"),
        ("answer", "Since May."), ("closed", ""),
    ]  # fmt: skip
    told = list(Entry.objects.filter(event__startswith="data-query.").order_by("number").values_list("event", "side"))
    assert told == [
        ("data-query.asked", "team"), ("data-query.answered", "authority"), ("data-query.reopened", "team"),
        ("data-query.answered", "authority"), ("data-query.closed", "team"),
    ]  # fmt: skip
    words = " ".join(f"{one.about_label} {one.detail}" for one in Entry.objects.filter(event__startswith="data-query."))
    assert "codes" not in words and "question Q1 about rule G06" in words


def test_it_keeps_what_it_was_about_as_it_was_then(wexcombe: Story, row: Submission) -> None:
    query = ask(wexcombe, row)
    broken = next(one for one in queries.rules_broken(row) if (one.rule, one.list) == ("G06", 8))
    assert (query.issues, query.says, query.severity, query.list_title) == (
        broken.issues, broken.says, broken.severity, "Children in care",
    )  # fmt: skip
    assert (query.mark, ask(wexcombe, row).mark) == ("Q1", "Q2")
    assert query.assigned_to_id == row.created_by_id


def test_the_same_key_asks_once(wexcombe: Story, row: Submission) -> None:
    key = uuid4()
    assert ask(wexcombe, row, client_key=key).pk == ask(wexcombe, row, client_key=key).pk
    assert DataQuery.objects.count() == 1


@pytest.mark.parametrize("by", ["lead", "inspector", "analyst"])
def test_those_who_inspect_may_ask(wexcombe: Story, row: Submission, by: str) -> None:
    assert str(ask(wexcombe, row, by=by).created_by_id) == wexcombe[by].id
    assert data_queries.may_ask(wexcombe[by], row)


@pytest.mark.parametrize("by", ["quality-assurance", "nominated-officer", "director", "uploader", "records-officer"])
def test_nobody_else_may(wexcombe: Story, row: Submission, by: str) -> None:
    with pytest.raises(Refused):
        ask(wexcombe, row, by=by)
    assert not data_queries.may_ask(wexcombe[by], row)
    assert not DataQuery.objects.exists()


def test_what_was_not_handed_over_cannot_be_asked_about(wexcombe: Story) -> None:
    staged = wexcombe.read(canaries())
    with pytest.raises(Refused) as refused:
        ask(wexcombe, staged)
    assert refused.value.hidden


def test_what_was_withdrawn_cannot_be_asked_about(wexcombe: Story, row: Submission) -> None:
    gone = actions.withdraw(submission=row, because="Wrong.", version=row.version, by=wexcombe["nominated-officer"])
    with pytest.raises(Refused, match="withdrawn"):
        ask(wexcombe, gone)
    assert not data_queries.may_ask(wexcombe["lead"], gone)


@pytest.mark.parametrize("more", [{"rule": "G99"}, {"list": 3}, {"list": None}, {"row": 99}, {"question": "  "}])
def test_a_question_about_nothing_is_refused(wexcombe: Story, row: Submission, more: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        ask(wexcombe, row, **more)
    assert not Entry.objects.filter(event="data-query.asked").exists()


def test_one_row_is_asked_about_by_those_who_may_read_rows_and_shown_to_no_others(
    wexcombe: Story, row: Submission
) -> None:
    issue = next(one for one in queries.issues(row, list=8, rule="G06"))
    query = ask(wexcombe, row, by="analyst", row=issue.row)
    assert (query.row, query.child, query.issues) == (issue.row, issue.child, 1)
    assert query.place == "One row of list 8: Children in care"
    with pytest.raises(Refused):
        ask(wexcombe, row, by="inspector", row=issue.row)
    sees = {who: data_queries.sees_row(wexcombe[who], query) for who in (
        "lead", "inspector", "analyst", "quality-assurance", "nominated-officer", "director", "uploader",
    )}  # fmt: skip
    assert sees == {**dict.fromkeys(sees, True), "inspector": False}


def test_each_side_sees_what_was_asked_and_only_that(wexcombe: Story, row: Submission) -> None:
    query = ask(wexcombe, row, by="inspector")
    sees = {who: data_queries.visible_to(wexcombe[who]).filter(pk=query.pk).exists() for who in (
        "lead", "inspector", "analyst", "quality-assurance", "nominated-officer", "director", "uploader",
        "uploader-2", "improvement-lead", "records-officer", "disclosure-checker",
    )}  # fmt: skip
    assert {who for who, can in sees.items() if not can} == {
        "uploader-2", "improvement-lead", "records-officer", "disclosure-checker",
    }  # fmt: skip
    elsewhere = story(title="Elsewhere")
    assert not data_queries.visible_to(elsewhere["lead"]).exists()


def test_the_filter_in_the_database_and_the_policy_say_the_same(wexcombe: Story, row: Submission) -> None:
    asked = [ask(wexcombe, row, by=who) for who in ("lead", "inspector", "analyst")]
    asked += [ask(wexcombe, wexcombe.read(canaries(), by="analyst"))]
    rows = list(DataQuery.objects.select_related("inspection"))
    assert len(rows) == len(asked)
    for who in (*ROLES, "uploader-2"):
        if who in ROLES and ROLES[who].site:
            continue
        actor = wexcombe[who]
        for permission in (Permission.DATA_QUERY_READ, Permission.DATA_QUERY_ASK, Permission.DATA_QUERY_ANSWER):
            seen = set(visible(DataQuery.objects.all(), actor, permission, own=data_queries.OWN).values_list("pk"))
            may = {(one.pk,) for one in rows if decide(actor, permission, one.target(), timezone.now()).allowed}
            assert seen == may, (who, permission)


def test_only_the_nominated_officer_answers_and_only_what_waits(wexcombe: Story, row: Submission) -> None:
    query = ask(wexcombe, row)
    for who in ("lead", "analyst", "director", "uploader"):
        with pytest.raises(Refused):
            actions.answer(query=query, says="x", version=query.version, by=wexcombe[who])
        assert not data_queries.may_answer(wexcombe[who], query)
    assert data_queries.may_answer(wexcombe["nominated-officer"], query)
    with pytest.raises(Refused, match="Write the answer"):
        answer(wexcombe, query, "  ")
    done = answer(wexcombe, query)
    with pytest.raises(IllegalMove):
        answer(wexcombe, done)


def test_whoever_asked_or_the_lead_settles_and_a_reason_is_needed_where_there_is_no_answer(
    wexcombe: Story, row: Submission
) -> None:
    query = ask(wexcombe, row, by="inspector")
    for who in ("analyst", "nominated-officer", "quality-assurance"):
        with pytest.raises(Refused):
            actions.close(query=query, because="x", version=query.version, by=wexcombe[who])
        assert not data_queries.may_settle(wexcombe[who], query)
    with pytest.raises(Refused, match="Say why"):
        actions.close(query=query, because=" ", version=query.version, by=wexcombe["inspector"])
    taken_back = actions.close(query=query, because="Found it.", version=query.version, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Say why"):
        actions.reopen(query=taken_back, because="", version=taken_back.version, by=wexcombe["inspector"])
    again = actions.reopen(query=taken_back, because="No.", version=taken_back.version, by=wexcombe["inspector"])
    assert again.status == "asked"


def test_whoever_was_overtaken_writes_nothing(wexcombe: Story, row: Submission) -> None:
    query = ask(wexcombe, row)
    old = query.version
    answer(wexcombe, query)
    with pytest.raises(Overtaken):
        actions.answer(query=query, says="Another.", version=old, by=wexcombe["nominated-officer"])
    assert said(query) == [("question", "Which codes?"), ("answer", "Local codes.")]


def test_an_act_that_the_journal_does_not_take_is_undone(
    wexcombe: Story, row: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = ask(wexcombe, row)

    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no journal")

    monkeypatch.setattr("goldthread.apps.submissions.actions.asking.journal", fails)
    with pytest.raises(RuntimeError):
        answer(wexcombe, query)
    query.refresh_from_db()
    assert (query.status, query.turns.count()) == ("asked", 1)


def test_the_answer_stands_beside_the_rule_also_of_a_later_submission(wexcombe: Story, row: Submission) -> None:
    query = answer(wexcombe, ask(wexcombe, row))
    later = wexcombe.handed_over(canaries(), as_at=date(2026, 10, 31))
    newer = ask(wexcombe, later)
    beside = data_queries.beside_rules(wexcombe["analyst"], later)
    assert [one.pk for one in beside["G06", 8]] == [newer.pk, query.pk]
    assert data_queries.beside_rules(wexcombe["uploader-2"], later) == {}
    assert data_queries.beside_measure(wexcombe["analyst"], later, ["G06"], 8) == beside["G06", 8]
    assert data_queries.beside_measure(wexcombe["analyst"], later, ["G06"], 1) == []


def test_a_measure_knows_which_rules_warn_of_it(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    warned = [one.detail for one in queries.measures(row) if one.detail["warned_by"]]
    assert all(code in " ".join(one["warnings"]) for one in warned for code in one["warned_by"])
    quiet = [one.detail for one in queries.measures(row) if not one.detail["warned_by"]]
    assert quiet and not any("break a rule about the same" in " ".join(one["warnings"]) for one in quiet)


def test_questions_are_found_by_state_by_asker_and_by_words(wexcombe: Story, row: Submission) -> None:
    one = ask(wexcombe, row, question="Where is the purple code from?")
    other = answer(wexcombe, ask(wexcombe, row, by="analyst"), "From a form.")
    lead, inspection = wexcombe["lead"], wexcombe.inspection
    assert [found.pk for found in data_queries.asked(lead, inspection)] == [other.pk, one.pk]
    assert [found.pk for found in data_queries.asked(lead, inspection, status="answered")] == [other.pk]
    assert [found.pk for found in data_queries.asked(lead, inspection, mine=True)] == [one.pk]
    assert [found.pk for found in data_queries.asked(lead, inspection, words="purple")] == [one.pk]
    assert [found.pk for found in data_queries.asked(lead, inspection, words="form g06")] == [other.pk]
    assert data_queries.waiting_for(wexcombe["nominated-officer"], inspection) == 1
    assert data_queries.waiting_for(lead, inspection) == 0
    assert data_queries.answered_to(wexcombe["analyst"], inspection) == 1
    assert data_queries.answered_to(lead, inspection) == 0
