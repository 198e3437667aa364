"""What stands in the way of the team's agreement is told before it is pressed, and is what is refused after."""

import html
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases_story import SECRET
from tests.cases_story import story as cases_story
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Judgement

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def before(here: Story, held: Judgement) -> queries.Before:
    return queries.before_agreeing(held, here["lead"])


def page(here: Story, rest: str, by: str = "lead") -> str:
    answer = client_for(here[by]).get(f"/inspections/{here.inspection.pk}/judgements/{rest}", follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_all_that_is_in_the_way_is_told_at_once_and_the_first_of_it_is_what_is_refused(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "inadequate")
    held = wexcombe.propose("looked-after", "good", departs_because="Adoption touches four children.")
    actions.challenge(
        judgement=held, question="Is it prompt?", against="F001.", client_key=uuid4(), by=wexcombe["quality-assurance"]
    )
    said = before(wexcombe, held).in_the_way
    assert [("rest on nothing" in one, "nobody has approved" in one, "Is it prompt?" in one) for one in said] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    with pytest.raises(Refused) as refusal:
        actions.agree_judgement(judgement=held, by=wexcombe["lead"])
    assert refusal.value.reason == said[0]


def test_a_rule_that_came_to_bite_after_the_proposal_is_told_before_the_press(wexcombe: Story) -> None:
    wexcombe.agreed(area="looked-after")
    held = wexcombe.propose("looked-after", "good")
    assert before(wexcombe, held) == queries.Before(())
    wexcombe.propose("adoption", "inadequate")
    (said,) = before(wexcombe, held).in_the_way
    assert said.startswith("This grade departs from what is normal.")


def test_whoever_approved_the_departure_is_told_that_somebody_else_agrees(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "inadequate")
    wexcombe.agreed(area="looked-after")
    held = wexcombe.propose("looked-after", "good", departs_because="Adoption touches four children.")
    manager = wexcombe["quality-assurance"]
    held = actions.settle_departure(judgement=held, approve=True, reason="It may.", by=manager)
    assert before(wexcombe, held).in_the_way == ()
    assert "somebody else must agree" in queries.before_agreeing(held, manager).in_the_way[0]


def test_the_page_says_what_is_missing_and_offers_no_press_until_it_is_there(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good")
    for rest in ("adoption/", "adoption/agree/"):
        assert "Write a finding of it and have the team agree it first." in page(wexcombe, rest)
    assert "The team has decided so" not in page(wexcombe, "adoption/agree/")
    assert "cannot be recorded yet" not in page(wexcombe, "adoption/", by="inspector")
    assert "Record the team" not in page(wexcombe, "adoption/")
    wexcombe.agreed(area="adoption")
    assert "cannot be recorded yet" not in page(wexcombe, "adoption/")
    assert "The team has decided so" in page(wexcombe, "adoption/agree/")


def test_an_overall_judgement_goes_over_an_area_that_is_not_judged_only_where_one_was_told(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="good", looked_after="good", leadership="good")
    wexcombe.propose("care-leavers", "good")
    held = wexcombe.propose("overall", "good")
    assert before(wexcombe, held) == queries.Before((), ("Adoption",), ("Care leavers",))
    for rest in ("overall/", "overall/agree/"):
        said = page(wexcombe, rest)
        assert "Not judged yet: Adoption" in said and "Proposed and not agreed yet: Care leavers" in said
    assert actions.agree_judgement(judgement=held, by=wexcombe["lead"]).status == "agreed"


def test_a_key_area_that_is_not_agreed_is_in_the_way_of_the_whole(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="good", looked_after="good")
    wexcombe.propose("leadership", "good")
    held = wexcombe.propose("overall", "good")
    told = before(wexcombe, held)
    assert "not agreed yet: Leadership" in told.in_the_way[0]
    assert (told.unjudged, told.open) == (("Adoption", "Care leavers"), ("Leadership",))


def test_whoever_opens_the_page_of_what_is_agreed_is_told_so(wexcombe: Story) -> None:
    wexcombe.judge(adoption="good")
    said = page(wexcombe, "adoption/agree/")
    assert "recorded already. This judgement is agreed. The lead inspector can open it again." in said
    assert "The team has decided so" not in said and "cannot be recorded yet" not in said


def test_urgent_concerns_are_told_where_the_judgement_is_agreed() -> None:
    here = cases_story()
    held = actions.propose_judgement(
        inspection=here.inspection, area="help-and-protection", grade="good", reason="Help comes early.",
        departs_because="", version=0, by=here["lead"],
    )  # fmt: skip
    where = reverse("agree_judgement", args=[here.inspection.pk, held.area])
    lead = client_for(here["lead"])
    assert "Urgent concerns" not in lead.get(where).content.decode()
    concern = cases.raise_urgent_concern(
        case=here.case(), says=SECRET, client_key=uuid4(), by=here["inspector"]
    )  # fmt: skip
    said = lead.get(where).content.decode()
    assert "Urgent concerns about a child in this inspection: 1, of which 1 not answered yet." in said
    assert SECRET not in said
    cases.acknowledge_concern(concern=concern, done="Seen today.", version=concern.version, by=here["lead"])
    assert "1, of which 0 not answered yet." in lead.get(where).content.decode()
