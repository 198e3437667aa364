"""Judgements of other inspections with a similar profile of findings: which are alike, and who may see them."""

import html

import pytest
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.findings import actions, queries
from goldthread.apps.inspections.models import Inspection, Membership

pytestmark = pytest.mark.django_db


def also_here(there: Story, here: Story, role: str = "lead") -> None:
    """The holder of a role here reads the other inspection too."""
    held = there.person(role)
    Membership.objects.create(
        inspection=there.inspection, person=here.person(role), role=role,
        valid_from=Membership.objects.get(person=held).valid_from,
    )  # fmt: skip


def found(here: Story, area: str = "adoption", by: str = "lead") -> queries.Consistency:
    rows = queries.area_standings(here.inspection, here[by])
    return queries.consistency(here.inspection, here[by], rows, area)


def judged(grade: str, strengths: int, to_better: int = 0) -> Story:
    made = story()
    Inspection.objects.filter(pk=made.inspection.pk).update(title=f"Judged {grade}")
    for kind, count in (("strength", strengths), ("improve", to_better)):
        for _ in range(count):
            made.agreed(area="adoption", kind=kind)
    actions.agree_judgement(judgement=made.propose("adoption", grade), by=made["lead"])
    return made


@pytest.fixture
def wexcombe() -> Story:
    here = story()
    for _ in range(2):
        here.agreed(area="adoption")
    here.propose("adoption", "good")
    return here


def test_similar_numbers_of_findings_are_alike_and_others_are_not(wexcombe: Story) -> None:
    for there in (
        judged("good", 2),
        judged("requires-improvement", 3, 1),
        judged("inadequate", 4),
        judged("good", 2, 2),
    ):
        also_here(there, wexcombe)
    told = found(wexcombe)
    assert told.counts == {"good": 1, "requires-improvement": 1}
    assert [one.grade for one in told.otherwise] == ["requires-improvement"]


def test_only_what_the_reader_may_see_is_told(wexcombe: Story) -> None:
    judged("inadequate", 2)
    assert found(wexcombe).alike == ()


def test_another_framework_or_area_a_proposal_and_training_are_not_alike(wexcombe: Story) -> None:
    training, reopened = judged("inadequate", 2), judged("inadequate", 2)
    Inspection.objects.filter(pk=training.inspection.pk).update(kind="training")
    actions.reopen_judgement(
        judgement=queries.judgement(reopened["lead"], reopened.inspection.pk, "adoption"), because="New.",
        by=reopened["lead"],
    )  # fmt: skip
    elsewhere = judged("inadequate", 2)
    Inspection.objects.filter(pk=elsewhere.inspection.pk).update(framework="ilacs-2026")
    for there in (training, reopened, elsewhere):
        also_here(there, wexcombe)
    assert found(wexcombe).alike == ()


def test_what_it_rested_on_is_that_of_the_day_on_which_it_was_agreed(wexcombe: Story) -> None:
    there = judged("inadequate", 2)
    also_here(there, wexcombe)
    for _ in range(4):
        there.agreed(area="adoption")
    assert found(wexcombe).counts == {"inadequate": 1}


def test_the_same_limiting_rules_are_alike(wexcombe: Story) -> None:
    there = story()
    for here, grade in ((there, "inadequate"), (wexcombe, "requires-improvement")):
        here.propose("adoption", "inadequate", version=1 if here is wexcombe else 0)
        here.agreed(area="looked-after")
        here.propose("looked-after", grade)
    for _ in range(3):
        there.agreed(area="looked-after")
    held = queries.judgement(there["lead"], there.inspection.pk, "looked-after")
    actions.agree_judgement(judgement=held, by=there["lead"])
    also_here(there, wexcombe)
    (alike,) = found(wexcombe, "looked-after").alike
    assert (alike.by_kinds, alike.by_rules, alike.grade) == (False, True, "inadequate")


def test_the_whole_is_alike_where_every_area_had_the_same_grade(wexcombe: Story) -> None:
    there = story()
    there.judge(help_and_protection="good", looked_after="good", leadership="good", adoption="good")
    actions.agree_judgement(judgement=there.propose("overall", "good"), by=there["lead"])
    also_here(there, wexcombe)
    for area in ("help-and-protection", "looked-after", "leadership"):
        wexcombe.propose(area, "good")
    assert [one.by_grades for one in found(wexcombe, "overall").alike] == [True]
    wexcombe.propose("leadership", "requires-improvement", version=1)
    assert found(wexcombe, "overall").alike == ()


def test_the_page_says_so_in_words_with_counts(wexcombe: Story) -> None:
    for there in (judged("good", 2), judged("requires-improvement", 3, 1)):
        also_here(there, wexcombe)
    at = f"/inspections/{wexcombe.inspection.pk}/judgements/adoption/"
    page = html.unescape(client_for(wexcombe["lead"]).get(at).content.decode())
    assert "Of 2 judged alike, the grade was good in 1 and requires improvement in 1." in page
    assert "1 of 2 had another outcome than good, which is proposed or agreed here." in page
    assert "Judged requires-improvement</a>: requires improvement" in page
    assert "strength 3 there, 2 here; area for improvement 1 there, 0 here" in page
    other = html.unescape(client_for(wexcombe["inspector"]).get(at).content.decode())
    assert "No agreed judgement that you may see rests on a similar profile." in other
