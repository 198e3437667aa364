"""Dissent that stays on record, departures that somebody else approves, and judgements kept as they were agreed."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.findings_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Dissent, Judgement, JudgementState
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

RULE = "sif-adoption-limits-looked-after"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def dissent(here: Story, judgement: Judgement, by: str = "inspector", **more: Any) -> Dissent:
    words: dict[str, Any] = {"grade": "requires-improvement", "because": "Plans drift.", "client_key": uuid4(), **more}
    return actions.dissent(judgement=judgement, by=here[by], **words)


def departed(here: Story) -> Judgement:
    """A proposal that goes against a rule which normally holds, with a finding to rest on."""
    here.propose("adoption", "inadequate")
    here.agreed(area="looked-after")
    return here.propose("looked-after", "good", departs_because="Adoption touches four children.")


def settle(here: Story, judgement: Judgement, approve: bool = True, by: str = "quality-assurance") -> Judgement:
    return actions.settle_departure(judgement=judgement, approve=approve, reason="Four children only.", by=here[by])


def test_dissent_says_from_what_and_outlives_changes_and_agreement(wexcombe: Story) -> None:
    held = wexcombe.propose("adoption", "good")
    made = dissent(wexcombe, held)
    assert (made.of_version, made.of_grade, made.grade) == (1, "good", "requires-improvement")
    wexcombe.propose("adoption", "outstanding", by="lead", version=1)
    wexcombe.agreed(area="adoption")
    actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    assert [one.pk for one in queries.dissents_of(held)] == [made.pk]
    assert made.standing
    entry = Entry.objects.get(event="judgement.dissented")
    assert "Plans drift" not in str(entry.detail) and entry.side == "team"


def test_the_same_dissent_sent_twice_is_one_and_a_second_waits_for_the_first_to_go(wexcombe: Story) -> None:
    held, key = wexcombe.propose("adoption", "good"), uuid4()
    made = dissent(wexcombe, held, client_key=key)
    assert dissent(wexcombe, held, client_key=key) == made
    with pytest.raises(Refused, match="stands already"):
        dissent(wexcombe, held)
    gone = actions.take_back_dissent(dissent=made, by=wexcombe["inspector"])
    assert not gone.standing and Dissent.objects.count() == 1
    assert actions.take_back_dissent(dissent=made, by=wexcombe["inspector"]).version == gone.version
    assert dissent(wexcombe, held).standing
    assert [one.standing for one in queries.dissents_of(held)] == [True, False]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"grade": "good"}, "the grade of the judgement itself"),
        ({"because": " "}, "Say why"),
        ({"grade": "x"}, "Choose"),
    ],
)
def test_dissent_needs_another_grade_and_a_reason(wexcombe: Story, words: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        dissent(wexcombe, wexcombe.propose("adoption", "good"), **words)


@pytest.mark.parametrize("role", ["analyst", "quality-assurance", "director", "nominated-officer", "records-officer"])
def test_who_may_not_dissent(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        dissent(wexcombe, wexcombe.propose("adoption", "good"), by=role)
    assert not Dissent.objects.exists()


def test_only_its_author_takes_a_dissent_back(wexcombe: Story) -> None:
    made = dissent(wexcombe, wexcombe.propose("adoption", "good"))
    with pytest.raises(Refused, match="Only who recorded"):
        actions.take_back_dissent(dissent=made, by=wexcombe["lead"])


def test_dissent_is_from_the_version_that_was_read(wexcombe: Story) -> None:
    held = wexcombe.propose("adoption", "good")
    wexcombe.propose("adoption", "outstanding", by="lead", version=1)
    with pytest.raises(Overtaken):
        dissent(wexcombe, held, version=1)


def test_the_judgement_is_not_agreed_past_a_dissent_that_was_not_read(wexcombe: Story) -> None:
    held = wexcombe.propose("adoption", "good")
    wexcombe.agreed(area="adoption")
    made = dissent(wexcombe, held)
    with pytest.raises(Refused, match="recorded since you opened the page"):
        actions.agree_judgement(judgement=held, by=wexcombe["lead"], dissent_seen=())
    agreed = actions.agree_judgement(judgement=held, by=wexcombe["lead"], dissent_seen=(made.pk,))
    assert agreed.status == "agreed"
    assert dissent(wexcombe, held, by="lead", grade="inadequate").of_version == agreed.version


def test_dissent_never_crosses_the_wall(wexcombe: Story) -> None:
    made = dissent(wexcombe, wexcombe.propose("adoption", "good"))
    for role in ("director", "nominated-officer", "uploader", "disclosure-checker"):
        with pytest.raises(Judgement.DoesNotExist):
            queries.dissent_from(wexcombe[role], wexcombe.inspection.pk, "adoption", made.pk)
    assert queries.dissent_from(wexcombe["analyst"], wexcombe.inspection.pk, "adoption", made.pk) == made


def test_a_departure_is_agreed_once_somebody_else_has_approved_it(wexcombe: Story) -> None:
    held = departed(wexcombe)
    assert (held.departure, held.departs_from) == ("waiting", [RULE])
    with pytest.raises(Refused, match=r"nobody has approved that yet\. The quality-assurance manager can"):
        actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    done = settle(wexcombe, held)
    assert (done.departure, done.departure_by_id) == ("approved", wexcombe.person("quality-assurance").pk)
    assert actions.agree_judgement(judgement=done, by=wexcombe["lead"]).status == "agreed"
    assert Entry.objects.get(event="judgement.departure-approved").detail["departs_from"] == [RULE]


def test_a_declined_departure_stays_refused_until_it_is_asked_anew(wexcombe: Story) -> None:
    held = settle(wexcombe, departed(wexcombe), approve=False)
    with pytest.raises(Refused, match="declined"):
        actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    with pytest.raises(IllegalMove):
        settle(wexcombe, held)
    again = wexcombe.propose("looked-after", "good", departs_because="Of 300 children four.", version=held.version)
    assert (again.departure, again.departure_reason, again.departure_by) == ("waiting", "", None)
    assert settle(wexcombe, again).departure == "approved"


@pytest.mark.parametrize("role", ["lead", "inspector", "analyst", "director"])
def test_who_may_not_settle_a_departure(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        settle(wexcombe, departed(wexcombe), by=role)


def test_nobody_approves_their_own_proposal_or_agrees_on_their_own_approval(wexcombe: Story) -> None:
    held = departed(wexcombe)
    both = wexcombe.person("quality-assurance")
    Judgement.objects.filter(pk=held.pk).update(proposed_by=both)
    with pytest.raises(Refused, match="proposed this judgement yourself"):
        settle(wexcombe, held)
    Judgement.objects.filter(pk=held.pk).update(proposed_by=wexcombe.person("inspector"))
    settle(wexcombe, held)
    Judgement.objects.filter(pk=held.pk).update(departure_by=wexcombe.person("lead"))
    with pytest.raises(Refused, match="somebody else must agree"):
        actions.agree_judgement(judgement=held, by=wexcombe["lead"])


@pytest.mark.parametrize(
    ("change", "stands"),
    [({"grade": "outstanding"}, False), ({"departs_because": "Otherwise."}, False), ({"reason": "Better said."}, True)],
)
def test_an_approval_falls_with_the_grade_or_the_departure(
    wexcombe: Story, change: dict[str, str], stands: bool
) -> None:
    held = settle(wexcombe, departed(wexcombe))
    words = {"grade": "good", "departs_because": "Adoption touches four children.", **change}
    changed = wexcombe.propose("looked-after", version=held.version, **words)
    assert changed.departure == ("approved" if stands else "waiting")


def test_a_grade_that_keeps_the_rules_needs_no_approval(wexcombe: Story) -> None:
    held = settle(wexcombe, departed(wexcombe))
    kept = wexcombe.propose("looked-after", "requires-improvement", version=held.version)
    assert (kept.departure, kept.departs_from, kept.departure_by) == ("not-needed", [], None)
    with pytest.raises(Refused, match="nothing to approve"):
        settle(wexcombe, kept)


def test_a_rule_that_bites_later_asks_for_approval_too(wexcombe: Story) -> None:
    wexcombe.agreed(area="looked-after")
    held = wexcombe.propose("looked-after", "good", departs_because="Kept ready.")
    assert held.departure == "not-needed"
    wexcombe.propose("adoption", "inadequate")
    with pytest.raises(Refused, match="nobody has approved"):
        actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    assert settle(wexcombe, held).departs_from == [RULE]
    assert actions.agree_judgement(judgement=held, by=wexcombe["lead"]).status == "agreed"


def test_each_agreement_is_kept_with_all_that_it_rested_on(wexcombe: Story) -> None:
    held = departed(wexcombe)
    made = dissent(wexcombe, held)
    settle(wexcombe, held)
    agreed = actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    kept = queries.state_of(wexcombe["analyst"], wexcombe.inspection.pk, "looked-after", 1)
    assert kept.sound
    told = kept.row.content
    assert (told["grade"], told["reason"]) == ("good", agreed.reason)
    assert told["departure"]["from"] == [RULE] and told["departure"]["approved_by"] == "Robin quality-assurance"
    assert [(one["id"], one["against"]) for one in told["rules"]] == [(RULE, True)]
    assert [one["statement"] for one in told["findings"]] == ["Assessments are done in time."]
    assert [one["because"] for one in told["dissent"]] == [made.because]
    assert told["challenges"] == [] and told["meetings"] == []
    assert Entry.objects.get(event="judgement.agreed").detail["sha256"] == kept.row.sha256


def test_reopening_keeps_earlier_states_and_a_new_agreement_is_a_new_one(wexcombe: Story) -> None:
    agreed = wexcombe.judge(adoption="good")["adoption"]
    opened = actions.reopen_judgement(judgement=agreed, because="New evidence", by=wexcombe["lead"])
    changed = wexcombe.propose("adoption", "requires-improvement", version=opened.version)
    actions.agree_judgement(judgement=changed, by=wexcombe["lead"])
    rows = queries.states_of(changed)
    assert [(one.number, one.content["grade"]) for one in rows] == [(2, "requires-improvement"), (1, "good")]


def test_the_whole_keeps_the_judgements_on_which_it_rested(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="good", looked_after="good", leadership="good")
    actions.agree_judgement(judgement=wexcombe.propose("overall", "good"), by=wexcombe["lead"])
    told = queries.state_of(wexcombe["lead"], wexcombe.inspection.pk, "overall", 1).row.content
    assert [(one["area"], one["grade"]) for one in told["judgements"]] == [
        ("help-and-protection", "good"), ("leadership", "good"), ("looked-after", "good")
    ]  # fmt: skip
    assert told["findings"] == []


def test_the_database_refuses_to_change_a_kept_state(wexcombe: Story) -> None:
    wexcombe.judge(adoption="good")
    for change in (
        lambda: JudgementState.objects.update(number=7),
        lambda: JudgementState.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert JudgementState.objects.get().number == 1


@pytest.mark.parametrize("role", ["director", "nominated-officer", "disclosure-checker"])
def test_who_opens_no_kept_state(wexcombe: Story, role: str) -> None:
    wexcombe.judge(adoption="good")
    with pytest.raises(Judgement.DoesNotExist):
        queries.state_of(wexcombe[role], wexcombe.inspection.pk, "adoption", 1)
