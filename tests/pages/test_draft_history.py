"""Pages on which a draft's changes are listed and taken back, its whole-list checks chosen, and drafts looked for."""

import pytest
from django.test import Client
from tests import factories
from tests.drafts_story import at_form, begun, filled, held, of, quality, words
from tests.factories import client_for

from goldthread.apps.drafting.models import Draft, DraftChange, OwnVersion
from goldthread.apps.journal.models import Entry
from goldthread.domain.instrument import ListCheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Client:
    return client_for(quality())


def reword(writer: Client, draft: Draft, text: str) -> None:
    assert at_form(writer, of(draft, "questions", "plan-now"), text=text).status_code == 302


def said(draft: Draft) -> str:
    return held(draft).question("plan-now").text


def press(writer: Client, draft: Draft, way: str) -> int:
    """Press the button that the list of changes shows; 0 where it shows none."""
    path, page = of(draft, way), writer.get(of(draft, "history"))
    if f'action="{path}"' not in page.content.decode():
        return 0
    return writer.post(path, filled(page, path)).status_code


def test_changes_are_taken_back_one_by_one_and_each_taking_back_is_recorded(writer: Client) -> None:
    draft = begun(writer)
    first = said(draft)
    assert "Nothing was changed since the draft was begun" in words(writer.get(of(draft, "history")))
    reword(writer, draft, "Once?")
    reword(writer, draft, "Twice?")
    page = words(writer.get(of(draft, "history")))
    assert page.index("Twice?") < page.index(first) and "Quinn Quality" in page
    assert press(writer, draft, "take-back") == 302
    assert said(draft) == "Once?"
    reword(writer, draft, "Thrice?")
    assert press(writer, draft, "take-back") == 302
    assert press(writer, draft, "take-back") == 302
    assert said(draft) == first
    assert press(writer, draft, "take-back") == 0, "nothing is left to take back"
    assert DraftChange.objects.count() == 6
    assert Entry.objects.filter(event="draft.taken-back").count() == 3


def test_what_was_taken_back_is_put_back_and_can_be_taken_back_again(writer: Client) -> None:
    draft = begun(writer)
    first = said(draft)
    reword(writer, draft, "Once?")
    assert press(writer, draft, "put-back") == 0
    assert press(writer, draft, "take-back") == 302
    assert press(writer, draft, "put-back") == 302
    assert said(draft) == "Once?"
    assert press(writer, draft, "put-back") == 0
    assert press(writer, draft, "take-back") == 302
    assert said(draft) == first
    assert Entry.objects.filter(event="draft.put-back").count() == 1


def test_nothing_to_take_back_is_said_and_a_change_meanwhile_clashes(writer: Client) -> None:
    draft = begun(writer)
    for way, says in (("take-back", "nothing to take back"), ("put-back", "nothing to put back")):
        answer = writer.post(of(draft, way), {"version": str(draft.version)}, follow=True)
        assert says in words(answer)
    reword(writer, draft, "Once?")
    stale = {"version": str(draft.version)}
    assert writer.post(of(draft, "take-back"), stale).status_code == 409
    assert said(draft) == "Once?"


def test_a_change_that_leaves_a_question_hanging_is_shown_and_taken_back(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "plan-now", "when") + "?question=know-child"
    assert at_form(writer, path, answers=["red"]).status_code == 302
    assert at_form(writer, of(draft, "questions", "know-child", "remove")).status_code == 302
    page = words(writer.get(of(draft, "history")))
    assert "Gone" in page and "“know-child”: red" in page.lower()
    assert press(writer, draft, "take-back") == 302
    assert held(draft).question("know-child")


def test_a_framework_tells_its_changes_too(writer: Client) -> None:
    draft = begun(writer, kind="framework", copy_of="framework:own-audit", title="Our programme")
    assert at_form(writer, of(draft, "framework", "requests", "0"), title="Minutes of boards").status_code == 302
    assert "Minutes of boards" in words(writer.get(of(draft, "history")))


def test_only_those_who_may_write_see_the_changes(writer: Client) -> None:
    draft = begun(writer)
    stranger = client_for(factories.member(factories.inspection(), "inspector"))
    assert stranger.get(of(draft, "history")).status_code in (403, 404)
    assert stranger.post(of(draft, "take-back"), {"version": "1"}).status_code in (403, 404)


# Checks of whole lists


def test_checks_of_whole_lists_are_chosen_and_worded_without_toml(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "checks")
    answer = at_form(writer, path, W02="on", **{"W02-says": "Every enquiry without a minute."})
    assert answer.status_code == 302
    assert held(draft).checks == (ListCheck("W02", "Every enquiry without a minute.", "It needs the practice record."),)
    assert "W02: Every enquiry without a minute." in words(writer.get(of(draft)))
    refused = at_form(writer, path, **{"W02-cannot": "", "W02-says": "Kept?"})
    assert refused.status_code == 422 and "or take the tick of W02 out" in words(refused)
    assert filled(refused)["W02-says"][0].strip() == "Kept?"
    sent = filled(writer.get(path))
    del sent["W02"]
    assert writer.post(path, sent).status_code == 302
    assert held(draft).checks == ()


# The list


def test_the_list_is_searched_narrowed_by_state_and_paged(writer: Client) -> None:
    gone, kept = begun(writer, title="Gone check"), begun(writer, title="Kept check")
    assert at_form(writer, of(kept, "publish"), note="Ours.").status_code == 302
    assert at_form(writer, of(gone, "drop")).status_code == 302
    begun(writer, title="Written check")
    every = words(writer.get("/drafts/"))
    assert "Written check" in every and "Kept check" in every and "Gone check" not in every
    for state, one in (("writing", "Written check"), ("offered", "Kept check"), ("dropped", "Gone check")):
        page = words(writer.get(f"/drafts/?state={state}"))
        assert [name for name in ("Written check", "Kept check", "Gone check") if name in page] == [one], state
    assert "No version fits" in words(writer.get("/drafts/?state=withdrawn"))
    assert "Show every one" in words(writer.get("/drafts/?state=writing&q=nothing"))
    for number in range(30):
        Draft.objects.create(kind="instrument", series=f"many-{number}", number=1, title=f"Many {number:02}", text="")
    first, second = (words(writer.get(f"/drafts/?drafts={number}&q=many")) for number in (1, 2))
    assert "30 in all, 1 to 25 shown" in first and "26 to 30 shown" in second
    assert OwnVersion.objects.count() == 1
