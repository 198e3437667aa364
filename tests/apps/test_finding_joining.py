"""Two findings become one, one becomes two, and comments are resolved: nothing that was written or cited is lost."""

from uuid import uuid4

import pytest
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Citation, Finding, FindingComment
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove
from goldthread.engines import meaning

pytestmark = pytest.mark.django_db

AREA = "help-and-protection"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def cites(finding: Finding) -> dict[str, tuple[str, str]]:
    rows = Citation.objects.filter(finding=finding, removed_at=None).select_related("item")
    return {one.item.mark: (one.stance, one.why) for one in rows}


def merged(told: Story, one: Finding, into: Finding, by: str = "inspector") -> Finding:
    return actions.merge_findings(finding=one, into=into, because="They say the same.", by=told[by])


def test_a_merged_finding_gives_what_it_cites_and_stays_in_the_record(wexcombe: Story) -> None:
    first = wexcombe.cited("data", "survey", statement="Help comes early.", themes=["assessment"])
    other = wexcombe.cited("case-review", statement="Families are helped soon.", themes=["drift"])
    shared = Citation.objects.filter(finding=first)[0].item
    actions.cite(finding=other, item=shared, stance="for", why="Here too.", by=wexcombe["inspector"])
    before = cites(other)
    stays = merged(wexcombe, other, first)
    held = cites(stays)
    assert set(held) >= set(before) and len(held) == 3
    assert held[shared.mark][1] == "It shows so.", "its own words about an item that both cite stay"
    assert set(stays.themes) == {"assessment", "drift"}
    gone = Finding.objects.get(pk=other.pk)
    assert (gone.status, gone.merged_into_id) == ("withdrawn", first.pk)
    assert gone.withdrawn_because == f"Merged into {first.mark}: They say the same."
    assert cites(gone) == before, "what it cited is still told of it"
    assert gone.statement == "Families are helped soon."
    page = client_for(wexcombe.person("inspector")).get(f"/inspections/{wexcombe.inspection.pk}/findings/{first.pk}/")
    assert "was merged into it: “Families are helped soon.”" in page.content.decode()
    assert Entry.objects.get(event="finding.merged").detail["moved"] == 1


@pytest.mark.parametrize("state", ["agreed", "withdrawn", "other area", "itself"])
def test_only_two_drafts_of_one_area_are_merged(wexcombe: Story, state: str) -> None:
    one = wexcombe.cited("data")
    other = wexcombe.cited("survey", area="care-leavers" if state == "other area" else AREA)
    if state == "agreed":
        other = actions.agree(finding=other, by=wexcombe["lead"])
    if state == "withdrawn":
        other = actions.withdraw(finding=other, because="Not so.", by=wexcombe["lead"])
    with pytest.raises((Refused, IllegalMove)):
        merged(wexcombe, one, one if state == "itself" else other)
    assert Finding.objects.get(pk=one.pk).status == "draft"
    assert len(cites(one)) == 1


def test_one_item_on_both_sides_is_settled_before_a_merge(wexcombe: Story) -> None:
    one, other = wexcombe.cited("data"), wexcombe.finding()
    item = Citation.objects.get(finding=one).item
    actions.cite(finding=other, item=item, stance="against", why="It shows the opposite.", by=wexcombe["inspector"])
    with pytest.raises(Refused, match=f"{item.mark} is cited for this finding and against"):
        merged(wexcombe, one, other)
    assert cites(other)[item.mark][0] == "against"


def test_a_merge_of_what_was_changed_meanwhile_is_shown_first(wexcombe: Story) -> None:
    one, other = wexcombe.cited("data"), wexcombe.cited("survey")
    actions.give_finding(finding=one, to=wexcombe.person("lead"), by=wexcombe["inspector"])
    with pytest.raises(Overtaken):
        actions.merge_findings(finding=one, into=other, because="Same.", version=1, by=wexcombe["inspector"])


def test_a_split_takes_the_evidence_that_it_is_given(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", "survey", "case-review", criteria=[])
    goes = Citation.objects.filter(finding=finding, item__kind="survey").get()
    key = uuid4()
    told = {"statement": "Families say that they are heard.", "citations": [goes.pk], "client_key": key}
    made = actions.split_finding(finding=finding, by=wexcombe["inspector"], **told)
    again = actions.split_finding(finding=finding, by=wexcombe["inspector"], **told)
    assert again.pk == made.pk and Finding.objects.count() == 2
    assert (made.split_from_id, made.area, made.kind, made.status) == (finding.pk, AREA, finding.kind, "draft")
    assert cites(made) == {goes.item.mark: ("for", "It shows so.")}
    assert len(cites(finding)) == 2
    assert Citation.objects.get(pk=goes.pk).removed_at is not None, "it stays in the record of the first"
    with pytest.raises(Refused, match="says the same as the first"):
        actions.split_finding(
            finding=finding, statement=finding.statement, citations=[], client_key=uuid4(), by=wexcombe["inspector"]
        )
    with pytest.raises(Refused, match="Choose citations of this finding"):
        actions.split_finding(
            finding=made, statement="Else.", citations=[goes.pk], client_key=uuid4(), by=wexcombe["inspector"]
        )


def test_an_agreed_finding_is_neither_merged_nor_split(wexcombe: Story) -> None:
    agreed = wexcombe.agreed("data")
    with pytest.raises(Refused, match="agreed"):
        actions.split_finding(
            finding=agreed, statement="Else.", citations=[], client_key=uuid4(), by=wexcombe["inspector"]
        )
    with pytest.raises(Refused, match="agreed"):
        merged(wexcombe, wexcombe.cited("survey"), agreed)


def test_a_line_of_enquiry_is_never_agreed_and_never_in_a_report(wexcombe: Story) -> None:
    asked = wexcombe.cited("data", kind="enquiry", statement="Do visits slip in the holidays?")
    with pytest.raises(Refused, match="line of enquiry: it asks"):
        actions.agree(finding=asked, by=wexcombe["lead"])
    assert queries.for_report(wexcombe.inspection, wexcombe["lead"]) == []
    told = {"area": AREA, "criteria": [], "explanation": "", "confidence": "middle"}
    found = actions.change_finding(
        finding=asked, kind="improve", statement="Visits slip in the holidays.", version=1, by=wexcombe["inspector"],
        **told,
    )  # fmt: skip
    assert actions.agree(finding=found, by=wexcombe["lead"]).status == "agreed"


def test_themes_are_of_the_list_and_narrow_the_board(wexcombe: Story) -> None:
    one = wexcombe.cited("data", themes=["drift", "drift"])
    wexcombe.cited("survey")
    assert one.themes == ["drift"]
    found = queries.findings(wexcombe.inspection, wexcombe["lead"], theme="drift")
    assert [held.finding.pk for held in found] == [one.pk]
    with pytest.raises(Refused, match="Choose themes of the list"):
        wexcombe.finding(themes=["what-i-like"])


def test_a_comment_is_written_resolved_and_opened_again(wexcombe: Story) -> None:
    finding, key = wexcombe.cited("data"), uuid4()
    words = "The second sentence is surer than the files."
    made = actions.comment_on(finding=finding, text=words, client_key=key, by=wexcombe["quality-assurance"])
    assert actions.comment_on(finding=finding, text=words, client_key=key, by=wexcombe["quality-assurance"]) == made
    done = actions.resolve_comment(comment=made, by=wexcombe["inspector"])
    assert not done.open and done.resolved_by == wexcombe.person("inspector")
    assert actions.resolve_comment(comment=made, by=wexcombe["lead"]).version == done.version
    assert actions.reopen_comment(comment=done, by=wexcombe["lead"]).open
    assert words not in repr(list(Entry.objects.values_list("detail", "about_label")))
    with pytest.raises(Refused, match="Write the comment"):
        actions.comment_on(finding=finding, text=" ", client_key=uuid4(), by=wexcombe["lead"])
    with pytest.raises(Refused, match="at most 2,000"):
        actions.comment_on(finding=finding, text="x" * 2001, client_key=uuid4(), by=wexcombe["lead"])
    for role in ("director", "nominated-officer"):
        with pytest.raises(Refused):
            actions.comment_on(finding=finding, text="Ours?", client_key=uuid4(), by=wexcombe[role])
    assert FindingComment.objects.count() == 1


def test_open_comments_are_shown_before_a_finding_is_agreed(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    actions.comment_on(finding=finding, text="Not yet, I think.", client_key=uuid4(), by=wexcombe["quality-assurance"])
    lead = client_for(wexcombe.person("lead"))
    page = lead.get(f"/inspections/{wexcombe.inspection.pk}/findings/{finding.pk}/agree/").content.decode()
    assert "1 comment not resolved" in page and "Not yet, I think." in page


def test_a_finding_is_given_only_to_somebody_who_writes_findings(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    given = actions.give_finding(finding=finding, to=wexcombe.person("analyst"), by=wexcombe["inspector"])
    assert given.owner == wexcombe.person("analyst")
    with pytest.raises(Refused, match="somebody who writes findings"):
        actions.give_finding(finding=given, to=wexcombe.person("quality-assurance"), by=wexcombe["inspector"])


@pytest.mark.skipif(not meaning.at_hand(), reason="the model of meaning is not installed")
def test_said_already_is_found_by_meaning_in_other_words(wexcombe: Story) -> None:
    near = wexcombe.cited("data", statement="Social workers visit children often enough.")
    gone = actions.withdraw(
        finding=wexcombe.cited("survey", statement="Children are seen regularly by their workers."), because="Twice.",
        by=wexcombe["lead"],
    )  # fmt: skip
    wexcombe.cited("case-review", statement="Agency staff leave after a few months.")
    found = queries.said_already(wexcombe.inspection, wexcombe["lead"], "Workers see the children frequently.")
    assert {one.finding.pk for one in found} == {near.pk, gone.pk}
    assert found[0].likeness >= found[1].likeness > 0.45 and found[0].by_meaning
    assert queries.said_already(wexcombe.inspection, wexcombe["lead"], "  ") == []
    alone = queries.said_already(wexcombe.inspection, wexcombe["lead"], near.statement, other_than=near)
    assert near.pk not in {one.finding.pk for one in alone}


def test_without_the_model_the_words_that_both_have_tell(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "at_hand", lambda: False)
    near = wexcombe.cited("data", statement="Social workers visit children often.")
    wexcombe.cited("case-review", statement="Agency staff leave early.")
    found = queries.said_already(wexcombe.inspection, wexcombe["lead"], "Do social workers visit the children?")
    assert [one.finding.pk for one in found] == [near.pk] and not found[0].by_meaning


def test_asking_whether_it_is_said_already_saves_nothing_and_loses_nothing(wexcombe: Story) -> None:
    wexcombe.cited("data", statement="Social workers visit children often enough.")
    browser = client_for(wexcombe.person("inspector"))
    sent = {"area": AREA, "kind": "strength", "statement": "Social workers visit often.", "alike": "1",
            "explanation": "Typed for long."}  # fmt: skip
    page = browser.post(f"/inspections/{wexcombe.inspection.pk}/findings/new/", sent).content.decode()
    assert "One finding is near to it" in page and "Typed for long." in page
    assert "There is a problem" not in page
    assert Finding.objects.count() == 1
