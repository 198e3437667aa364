"""What may be hard to read in a file is said before it is opened, to whoever opens it next."""

import re
from typing import Any

import polars as pl
import pytest
from django.urls import reverse
from tests.cases_story import Story, story
from tests.factories import client_for

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.queries import stories
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(name: str, case: Case) -> str:
    return reverse(name, kwargs={"inspection": case.inspection_id, "case": case.pk})


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_reader_says_it_and_the_next_is_told_on_the_case_the_list_and_when_handed_over(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    review = wexcombe.review(case)
    client = client_for(wexcombe["inspector"])
    case.refresh_from_db()
    sent = {"kinds": ["self-harm", "death"], "version": case.version}
    assert "Whoever opens this file is told." in text(client.post(at("content_notice", case), sent, follow=True))
    shown = text(client.get(at("case", case)))
    assert "This file holds: A death; Self-harm or suicide" in shown
    assert f"(said by {wexcombe.person('inspector').name}" in shown
    assert "Content notice" in text(client.get(reverse("cases", args=[case.inspection_id])))
    hand_over = reverse("case_review_hand_over", kwargs={"inspection": case.inspection_id, "review": review.pk})
    assert "A death; Self-harm or suicide" in text(client.get(hand_over))
    entry = Entry.objects.get(event="case.content-notice-set")
    assert (entry.about_id, entry.detail) == (str(case.pk), {})


def test_choosing_nothing_takes_the_notice_away(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    case = actions.set_content_notice(case=case, kinds=["death"], version=case.version, by=wexcombe["inspector"])
    page = client_for(wexcombe["inspector"]).post(at("content_notice", case), {"version": case.version}, follow=True)
    assert "The notice is taken away." in text(page)
    assert "This file holds" not in text(page)
    case.refresh_from_db()
    assert (case.content_kinds, case.content_said_by, case.content_said_on) == ("", None, None)


def test_what_the_lists_lead_to_expect_is_told_to_the_first_reader(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wexcombe.case(to="inspector")
    plans = pl.DataFrame(
        {"child": [case.pseudonym, "C-0000000"], "first_category": ["PHY", "NEG"], "latest_category": ["SAB", "NEG"]}
    )
    monkeypatch.setattr(stories, "tables_of", lambda submission: {"protection_plans": plans})
    told = queries.content_notice(case, wexcombe["inspector"])
    assert told.listed == ("Sexual abuse or exploitation", "Serious injury or physical abuse")
    hidden = queries.content_notice(case, wexcombe["inspector-2"])
    assert (hidden.listed, bool(hidden)) == ((), False)
    case = actions.set_content_notice(case=case, kinds=["injury"], version=case.version, by=wexcombe["inspector"])
    both = queries.content_notice(case, wexcombe["inspector"])
    assert (both.said, both.listed) == (("Serious injury or physical abuse",), ("Sexual abuse or exploitation",))
    monkeypatch.undo()
    assert queries.content_notice(case, wexcombe["inspector"]).listed == (), "these lists name no category"


def test_whoever_cannot_read_the_case_cannot_say_it_and_an_unknown_kind_is_refused(wexcombe: Story) -> None:
    case = wexcombe.case(to="inspector")
    for role in ("inspector-2", "nominated-officer", "uploader"):
        client = client_for(wexcombe[role])
        assert client.post(at("content_notice", case), {"kinds": ["death"], "version": case.version}).status_code == 404
        with pytest.raises(Refused):
            actions.set_content_notice(case=case, kinds=["death"], version=case.version, by=wexcombe[role])
    with pytest.raises(Refused):
        actions.set_content_notice(case=case, kinds=["gossip"], version=case.version, by=wexcombe["inspector"])
    sent = {"kinds": ["gossip"], "version": case.version}
    assert client_for(wexcombe["inspector"]).post(at("content_notice", case), sent).status_code == 422
    case.refresh_from_db()
    assert case.content_kinds == ""


def test_what_the_lists_lead_to_expect_stands_on_the_list_of_cases_too(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = wexcombe.case(to="inspector")
    where = reverse("cases", args=[case.inspection_id])
    client = client_for(wexcombe["inspector"])
    asked = []

    def tables(category: str | None) -> Any:
        frame = pl.DataFrame({"child": [case.pseudonym], "first_category": [category], "latest_category": ["EMO"]})
        return lambda submission: asked.append(submission) or {"protection_plans": frame}

    monkeypatch.setattr(stories, "tables_of", tables(None))
    assert "Content notice" not in text(client.get(where))
    monkeypatch.setattr(stories, "tables_of", tables("NEG"))
    asked.clear()
    assert "Content notice" in text(client.get(where)) and len(asked) == 1
    everybody = list(queries.cases_of_inspection(wexcombe.inspection, wexcombe["lead"]))
    assert queries.with_notices(everybody, wexcombe["lead"]) == {case.pk}
    assert [one.pk for one in everybody if queries.content_notice(one, wexcombe["lead"])] == [case.pk]
