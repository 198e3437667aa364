"""Findings: who may write and agree them, what they must rest on, and what happens when the ground moves."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction
from tests.findings_story import NOTHING_OF_A_CHILD, Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence.actions import withdraw as withdraw_item
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

CHANGE = {
    "kind": "improve", "area": "help-and-protection", "criteria": ["hp-07"], "statement": "Assessments are thin.",
    "explanation": "In half of the files.", "confidence": "high",
}  # fmt: skip


@pytest.fixture
def wexcombe() -> Story:
    return story()


def codes(standing: queries.Standing) -> set[str]:
    return {one.code for one in standing.warnings}


@pytest.mark.parametrize("role", ["lead", "inspector", "analyst"])
def test_those_who_write_findings_may(wexcombe: Story, role: str) -> None:
    assert wexcombe.finding(by=role).mark == "F001"


@pytest.mark.parametrize("role", ["quality-assurance", "records-officer", "nominated-officer", "director", "uploader"])
def test_those_who_do_not_may_not(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        wexcombe.finding(by=role)
    assert not Finding.objects.exists()


def test_the_same_key_twice_gives_one_finding(wexcombe: Story) -> None:
    key = uuid4()
    first, second = wexcombe.finding(client_key=key), wexcombe.finding(client_key=key)
    assert first == second
    assert Entry.objects.filter(event="finding.written").count() == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"area": "overall"}, "one area"),
        ({"area": "catering"}, "Help and protection"),
        ({"criteria": ["la-01"]}, "no criterion"),
        ({"statement": "   "}, "Write what was found"),
        ({"kind": "praise"}, "what kind"),
    ],
)
def test_words_that_the_framework_does_not_know_are_refused(wexcombe: Story, words: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        wexcombe.finding(**words)


def test_two_people_at_once_both_keep_their_text(wexcombe: Story) -> None:
    finding = wexcombe.finding()
    actions.change_finding(finding=finding, version=1, by=wexcombe["analyst"], **CHANGE)
    with pytest.raises(Clash) as clash:
        actions.change_finding(
            finding=finding, version=1, by=wexcombe["inspector"], **{**CHANGE, "statement": "Assessments vary."}
        )
    assert clash.value.theirs["statement"] == "Assessments are thin."
    assert clash.value.yours["statement"] == "Assessments vary."
    assert clash.value.current_version == 2


def test_an_edit_is_journalled_by_the_names_of_its_fields(wexcombe: Story) -> None:
    finding = wexcombe.finding()
    actions.change_finding(finding=finding, version=1, by=wexcombe["inspector"], **CHANGE)
    entry = Entry.objects.get(event="finding.changed")
    assert set(entry.detail["fields"]) == {"kind", "criteria", "statement", "explanation", "confidence"}
    assert "thin" not in str(entry.detail)


def test_saving_without_a_change_writes_nothing(wexcombe: Story) -> None:
    finding = wexcombe.finding()
    actions.change_finding(finding=finding, version=1, by=wexcombe["inspector"], **CHANGE)
    again = actions.change_finding(finding=finding, version=2, by=wexcombe["inspector"], **CHANGE)
    assert again.version == 2
    assert Entry.objects.filter(event="finding.changed").count() == 1


def test_a_finding_without_evidence_is_not_agreed(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="no current item"):
        actions.agree(finding=wexcombe.finding(), by=wexcombe["lead"])


def test_evidence_against_alone_is_no_ground(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="no current item"):
        actions.agree(finding=wexcombe.cited("data", stance="against"), by=wexcombe["lead"])


def test_a_priority_action_needs_two_items(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", kind="priority")
    with pytest.raises(Refused, match="at least 2"):
        actions.agree(finding=finding, by=wexcombe["lead"])
    actions.cite(finding=finding, item=wexcombe.item(), stance="for", why="So do the files.", by=wexcombe["analyst"])
    assert actions.agree(finding=finding, by=wexcombe["lead"]).status == "agreed"


@pytest.mark.parametrize("role", ["inspector", "analyst", "quality-assurance", "nominated-officer"])
def test_only_the_lead_agrees(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        actions.agree(finding=wexcombe.cited("data"), by=wexcombe[role])


def test_agreeing_what_was_changed_since_is_refused(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    actions.change_finding(finding=finding, version=1, by=wexcombe["inspector"], **CHANGE)
    with pytest.raises(Overtaken) as told:
        actions.agree(finding=finding, version=1, by=wexcombe["lead"])
    assert "Robin inspector" in told.value.theirs["meanwhile"]
    assert Finding.objects.get().status == "draft"


def test_an_answer_written_over_another_shows_both(wexcombe: Story) -> None:
    citation = wexcombe.cited("survey", stance="against").citations.get()
    actions.answer_contrary(citation=citation, answer="Few answered.", version=1, by=wexcombe["inspector"])
    with pytest.raises(Clash) as clash:
        actions.answer_contrary(citation=citation, answer="It was long ago.", version=1, by=wexcombe["lead"])
    assert (clash.value.theirs, clash.value.yours) == ({"answer": "Few answered."}, {"answer": "It was long ago."})
    citation.refresh_from_db()
    assert citation.answer == "Few answered."


def test_other_words_for_a_citation_replace_only_words_that_were_read(wexcombe: Story) -> None:
    finding, item = wexcombe.finding(), wexcombe.item()
    cite = partial(actions.cite, finding=finding, item=item, stance="for")
    first = cite(why="Seven of ten.", by=wexcombe["inspector"])
    assert cite(why="Seven of ten.", by=wexcombe["lead"]) == first
    with pytest.raises(Clash) as clash:
        cite(why="Most of them.", by=wexcombe["lead"])
    assert clash.value.theirs == {"why": "Seven of ten."}
    assert cite(why="Most of them.", version=first.version, by=wexcombe["lead"]).why == "Most of them."
    assert finding.citations.count() == 1


def test_an_agreed_finding_is_closed_until_it_is_reopened_with_a_reason(wexcombe: Story) -> None:
    finding = wexcombe.agreed()
    with pytest.raises(Refused, match="can open it again"):
        actions.change_finding(finding=finding, version=2, by=wexcombe["lead"], **CHANGE)
    with pytest.raises(Refused, match="can open it again"):
        actions.cite(finding=finding, item=wexcombe.item(), stance="for", why="More.", by=wexcombe["lead"])
    with pytest.raises(Refused, match="Say why"):
        actions.reopen(finding=finding, because=" ", by=wexcombe["lead"])
    with pytest.raises(Refused):
        actions.reopen(finding=finding, because="New evidence", by=wexcombe["inspector"])
    opened = actions.reopen(finding=finding, because="New evidence", by=wexcombe["lead"])
    assert (opened.status, opened.agreed_by, opened.reopened_because) == ("draft", None, "New evidence")


def test_a_withdrawn_finding_stays_withdrawn(wexcombe: Story) -> None:
    finding = actions.withdraw(finding=wexcombe.finding(), because="Not borne out", by=wexcombe["inspector"])
    assert finding.withdrawn_because == "Not borne out"
    with pytest.raises(IllegalMove):
        actions.agree(finding=finding, by=wexcombe["lead"])
    assert queries.findings(wexcombe.inspection, wexcombe["lead"]) == []
    assert len(queries.findings(wexcombe.inspection, wexcombe["lead"], status="withdrawn")) == 1


def test_only_the_lead_withdraws_what_was_agreed(wexcombe: Story) -> None:
    finding = wexcombe.agreed()
    with pytest.raises(Refused):
        actions.withdraw(finding=finding, because="I changed my mind", by=wexcombe["inspector"])
    assert actions.withdraw(finding=finding, because="It fell", by=wexcombe["lead"]).status == "withdrawn"


def test_citing_twice_is_one_citation_and_turning_it_is_refused(wexcombe: Story) -> None:
    finding, item = wexcombe.finding(), wexcombe.item()
    for _ in range(2):
        actions.cite(finding=finding, item=item, stance="for", why="It shows so.", by=wexcombe["analyst"])
    assert Citation.objects.count() == 1
    with pytest.raises(Refused, match="already cited for"):
        actions.cite(finding=finding, item=item, stance="against", why="Or not.", by=wexcombe["analyst"])


def test_a_removed_citation_stays_in_the_record_and_may_be_made_again(wexcombe: Story) -> None:
    finding, item = wexcombe.finding(), wexcombe.item()
    first = actions.cite(finding=finding, item=item, stance="for", why="So.", by=wexcombe["analyst"])
    actions.remove_citation(citation=first, by=wexcombe["inspector"])
    actions.cite(finding=finding, item=item, stance="against", why="Not so.", by=wexcombe["analyst"])
    assert Citation.objects.filter(finding=finding).count() == 2
    assert [one.stance for one in queries.standing_of(Finding.objects.get()).contradicts] == ["against"]


def test_an_item_of_another_inspection_looks_absent(wexcombe: Story) -> None:
    elsewhere = story()
    with pytest.raises(Refused) as refusal:
        actions.cite(
            finding=wexcombe.finding(), item=elsewhere.item(), stance="for", why="So.", by=wexcombe["inspector"]
        )
    assert refusal.value.hidden


def test_nothing_new_leans_on_a_withdrawn_item(wexcombe: Story) -> None:
    item = withdraw_item(item=wexcombe.item(), because="Wrong file", by=wexcombe["lead"])
    with pytest.raises(Refused, match="withdrawn"):
        actions.cite(finding=wexcombe.finding(), item=item, stance="for", why="So.", by=wexcombe["analyst"])


@pytest.mark.parametrize("status", ["withdrawn", "superseded"])
def test_evidence_that_falls_marks_what_leans_on_it(wexcombe: Story, status: str) -> None:
    leaning, standing = wexcombe.agreed("data"), wexcombe.agreed("survey")
    item = leaning.citations.get().item
    if status == "withdrawn":
        withdraw_item(item=item, because="Miscounted", by=wexcombe["lead"])
    else:
        wexcombe.item("data", replaces=item)
    assert queries.check_again(wexcombe.inspection) == [leaning]
    (found,) = queries.findings(wexcombe.inspection, wexcombe["lead"], warning="check-again")
    assert f"{item.mark} was {status}" in found.warnings[0].says
    assert standing.pk != leaning.pk


def test_warnings_say_what_is_thin(wexcombe: Story) -> None:
    bare, one_source = wexcombe.finding(), wexcombe.cited("case-review", "case-review")
    sound = wexcombe.cited("data", "case-review")
    found = {one.finding.pk: one for one in queries.findings(wexcombe.inspection, wexcombe["lead"])}
    assert codes(found[bare.pk]) == {"no-evidence"}
    assert "2 case reviews" in found[one_source.pk].warnings[0].says
    assert codes(found[sound.pk]) == set()


def test_contrary_evidence_asks_for_an_answer(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", "survey")
    against = actions.cite(
        finding=finding, item=wexcombe.item(), stance="against", why="Not in this file.", by=wexcombe["analyst"]
    )
    assert codes(queries.standing_of(finding)) == {"contrary"}
    actions.answer_contrary(citation=against, answer="One file of sixty.", by=wexcombe["inspector"])
    assert codes(queries.standing_of(finding)) == set()
    assert Citation.objects.get(pk=against.pk).answered_by_id == wexcombe.person("inspector").pk


def test_only_contrary_evidence_is_answered(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    with pytest.raises(Refused, match="against"):
        actions.answer_contrary(citation=finding.citations.get(), answer="Thanks.", by=wexcombe["inspector"])


def test_triangulation_counts_kinds_for_and_against(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", "case-review", "case-review")
    actions.cite(
        finding=finding, item=wexcombe.item("survey"), stance="against", why="Families differ.", by=wexcombe["analyst"]
    )
    table = queries.triangulation(wexcombe.inspection, wexcombe["lead"])
    ((standing, cells),) = table.rows
    counted = dict(zip([kind for kind, _ in table.kinds], cells, strict=True))
    assert standing.finding == finding
    assert counted["data"] == (1, 0)
    assert counted["case-review"] == (2, 0)
    assert counted["survey"] == (0, 1)
    assert counted["document"] == (0, 0)


def test_what_a_finding_cites_counts_for_its_area_too_wherever_it_stands_on_the_shelf(wexcombe: Story) -> None:
    survey = wexcombe.item("survey")
    survey.area_slugs = ""
    survey.save(update_fields=["area_slugs"])
    elsewhere = wexcombe.item("document", area="leadership")
    assert queries.under_no_area(wexcombe.inspection, wexcombe["lead"]) == [survey]
    finding = wexcombe.finding(area="adoption")
    for item in (survey, elsewhere):
        actions.cite(finding=finding, item=item, stance="against", why="It shows so.", by=wexcombe["inspector"])
    missing = queries.missing(wexcombe.inspection, wexcombe["lead"])
    assert not {"survey", "document"} & set(missing["adoption"].kinds_absent)
    assert missing["adoption"].from_elsewhere == (survey, elsewhere)
    assert (missing["leadership"].from_elsewhere, missing["leadership"].kinds_present["document"]) == ((), 1)
    assert queries.under_no_area(wexcombe.inspection, wexcombe["lead"]) == []
    withdraw_item(item=survey, because="It was put on the shelf twice.", by=wexcombe["lead"])
    fallen = queries.missing(wexcombe.inspection, wexcombe["lead"])["adoption"]
    assert "survey" in fallen.kinds_absent and fallen.from_elsewhere == (elsewhere,)


def test_what_is_missing_is_told_by_area(wexcombe: Story) -> None:
    wexcombe.item("data", "adoption")
    wexcombe.finding(criteria=["hp-01", "hp-02"])
    missing = queries.missing(wexcombe.inspection, wexcombe["lead"])
    assert "data" not in missing["adoption"].kinds_absent
    assert "case-review" in missing["adoption"].kinds_absent
    assert [one.id for one in missing["help-and-protection"].criteria_covered] == ["hp-01", "hp-02"]
    assert len(missing["help-and-protection"].criteria_without) == 20
    assert len(missing["leadership"].kinds_absent) == 6


@pytest.mark.parametrize(
    ("asked", "marks"),
    [
        ({"words": "thin"}, ["F002"]),
        ({"words": "f003"}, ["F003"]),
        ({"kind": "improve"}, ["F002"]),
        ({"area": "adoption"}, ["F003"]),
        ({"warning": "any"}, ["F001", "F002", "F003"]),
        ({"warning": "contrary"}, []),
        ({"status": "agreed"}, []),
    ],
)
def test_the_board_is_filtered(wexcombe: Story, asked: dict[str, str], marks: list[str]) -> None:
    wexcombe.finding()
    wexcombe.finding(kind="improve", statement="Assessments are thin.")
    wexcombe.finding(area="adoption")
    found = queries.findings(wexcombe.inspection, wexcombe["quality-assurance"], **asked)
    assert sorted(one.finding.mark for one in found) == marks


@pytest.mark.parametrize("role", ["nominated-officer", "director", "uploader", "member", "improvement-lead"])
def test_the_authority_sees_no_finding(wexcombe: Story, role: str) -> None:
    finding = wexcombe.agreed()
    assert not queries.visible_to(wexcombe[role]).exists()
    assert queries.for_report(wexcombe.inspection, wexcombe[role]) == []
    with pytest.raises(Finding.DoesNotExist):
        queries.get(wexcombe[role], wexcombe.inspection.pk, finding.pk)


def test_another_inspections_team_sees_no_finding(wexcombe: Story) -> None:
    wexcombe.agreed()
    assert not queries.visible_to(story()["lead"]).exists()


def test_the_report_is_given_what_is_agreed_with_its_sources(wexcombe: Story) -> None:
    wexcombe.finding()
    agreed = wexcombe.agreed("data", "case-review", "case-review", kind="improve")
    (one,) = queries.for_report(wexcombe.inspection, wexcombe["lead"])
    assert (one.row, one.kind, one.sources) == (agreed, "improve", {"data": 1, "case-review": 2})
    assert not one.check_again


def test_nothing_of_a_child_reaches_the_journal(wexcombe: Story) -> None:
    finding = wexcombe.agreed("case-review", statement=f"{NOTHING_OF_A_CHILD} was seen.")
    actions.reopen(finding=finding, because=NOTHING_OF_A_CHILD, by=wexcombe["lead"])
    actions.withdraw(finding=finding, because=NOTHING_OF_A_CHILD, by=wexcombe["lead"])
    wexcombe.propose("help-and-protection", "good", reason=NOTHING_OF_A_CHILD)
    told = [f"{one.about_label} {one.detail}" for one in Entry.objects.all()]
    assert len(told) >= 6
    assert not [line for line in told if NOTHING_OF_A_CHILD in line]


def test_a_finding_that_cannot_be_journalled_is_not_written(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError

    wexcombe.person("inspector")
    monkeypatch.setattr("goldthread.apps.findings.actions.findings.journal", broken)
    with pytest.raises(OSError), transaction.atomic():
        wexcombe.finding()
    assert not Finding.objects.exists()


def test_reading_the_board_takes_no_query_for_each_finding(
    wexcombe: Story, django_assert_max_num_queries: object
) -> None:
    lead = wexcombe["lead"]
    for _ in range(6):
        wexcombe.cited("data", "survey")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        rows = queries.findings(wexcombe.inspection, lead)
    assert len(rows) == 6
