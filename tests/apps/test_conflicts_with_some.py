"""Conflicts of interest with a team, a person or a family: who is given which file, and by whom they are waived."""

from collections import Counter

import polars as pl
import pytest
from tests.cases_story import Story, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, interests, queries
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Conflict
from goldthread.apps.submissions.queries import tables_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def declare(held: Story, interest: str, subject: str, who: str = "inspector") -> Conflict:
    return inspections.declare_conflict(
        inspection=held.inspection, person=held.person(who), says="Close.", by=held[who], interest=interest,
        subject=subject,
    )  # fmt: skip


def court_team(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the lists, the children of these cases are with the Court Team, and everybody else is with another."""
    names = [case.pseudonym for case in cases]
    mine = pl.col("child").is_in(names)
    tables = {
        name: frame.with_columns(team=pl.when(mine).then(pl.lit("Court  Team")).otherwise(pl.lit("Duty Team")))
        if {"child", "team"} <= set(frame.columns) else frame
        for name, frame in tables_of(cases[0].draw.submission).items()
    }  # fmt: skip
    monkeypatch.setattr(interests, "tables_of", lambda _: tables)


def test_a_child_or_family_is_kept_from_whoever_knows_it(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    known, other = draw.cases.order_by("number")[:2]
    declare(wexcombe, "family", f"C-0000000, {known.pseudonym.lower()}")
    with pytest.raises(Refused, match="conflict of interest with a family") as refusal:
        actions.allocate(cases=[other, known], to=wexcombe.person("inspector"), by=lead)
    assert f"case {known.number}" in refusal.value.reason
    assert not Case.objects.exclude(allocated_to=None).exists()
    assert actions.allocate(cases=[other], to=wexcombe.person("inspector"), by=lead)
    assert actions.allocate(cases=[known], to=wexcombe.person("inspector-2"), by=lead)


def test_a_waived_conflict_keeps_nobody_from_anything(wexcombe: Story) -> None:
    case = wexcombe.draw().cases.order_by("number")[0]
    conflict = declare(wexcombe, "person", case.pseudonym)
    with pytest.raises(Refused):
        actions.allocate(cases=[case], to=wexcombe.person("inspector"), by=wexcombe["lead"])
    with pytest.raises(Refused):
        inspections.waive_conflict(conflict=conflict, because="It is long ago.", by=wexcombe["lead"])
    inspections.waive_conflict(conflict=conflict, because="It is long ago.", by=wexcombe["quality-assurance"])
    assert actions.allocate(cases=[case], to=wexcombe.person("inspector"), by=wexcombe["lead"])


def test_sharing_out_gives_nobody_a_file_of_a_team_they_are_close_to(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = wexcombe.draw()
    cases = list(draw.cases.filter(reserve=False).order_by("number"))
    of_team = {case.pk for case in cases[:5]}
    court_team(cases[:5], monkeypatch)
    declare(wexcombe, "team", "another, COURT TEAM")
    people = [wexcombe.person("inspector"), wexcombe.person("inspector-2")]
    promised = {one.person.pk: one.more for one in queries.even_shares(draw, people)}
    given = actions.allocate_evenly(draw=draw, inspectors=people, by=wexcombe["lead"])
    assert len(given) == len(cases)
    held = {case.pk: case.allocated_to_id for case in draw.cases.filter(reserve=False)}
    assert Counter(held.values()) == promised
    assert {held[pk] for pk in of_team} == {people[1].pk}
    assert set(promised.values()) == {6}


def test_a_file_that_none_of_them_may_have_stays_where_it_is(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    case = draw.cases.order_by("number")[0]
    declare(wexcombe, "person", case.pseudonym)
    people = [wexcombe.person("inspector")]
    assert [one.number for one in queries.nobody_may_have(draw, people)] == [case.number]
    given = actions.allocate_evenly(draw=draw, inspectors=people, by=wexcombe["lead"])
    assert len(given) == 11
    case.refresh_from_db()
    assert case.allocated_to is None


def test_a_reserve_that_comes_in_does_not_go_to_somebody_in_conflict(wexcombe: Story) -> None:
    case = wexcombe.case()
    reserve = case.draw.cases.filter(reserve=True, stratum=case.stratum).order_by("reserve_place").first()
    assert reserve is not None
    declare(wexcombe, "family", reserve.pseudonym)
    _, came_in = actions.set_aside(case=case, because="Moved away.", version=case.version, by=wexcombe["lead"])
    assert came_in is not None
    assert came_in.pk == reserve.pk
    assert came_in.allocated_to is None


def test_somebody_with_such_a_conflict_still_reviews_here(wexcombe: Story) -> None:
    declare(wexcombe, "team", "A team that nobody knows")
    assert wexcombe.person("inspector") in queries.reviewers(wexcombe.inspection)
    assert wexcombe.case().allocated_to == wexcombe.person("inspector")


def test_nobody_reads_a_second_time_what_they_have_a_conflict_of_interest_in(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    held = list(draw.cases.order_by("number")[:2])
    actions.allocate(cases=held, to=wexcombe.person("inspector"), by=lead)
    declare(wexcombe, "family", held[0].pseudonym, who="inspector-2")
    given = actions.give_second_readings(
        draw=draw, share=100, seed="again", readers=[wexcombe.person("inspector-2")], version=0, by=lead
    )
    assert [one.case.number for one in given] == [held[1].number]


def test_a_conflict_declared_later_keeps_its_holder_from_beginning_the_review(wexcombe: Story) -> None:
    case = wexcombe.case()
    assert queries.conflict_over(case) == ""
    conflict = declare(wexcombe, "family", case.pseudonym)
    with pytest.raises(actions.InConflict, match="What is written is kept") as refusal:
        actions.start_review(case=case, by=wexcombe["inspector"])
    assert queries.conflict_over(case) == refusal.value.reason
    inspections.waive_conflict(conflict=conflict, because="It is long ago.", by=wexcombe["quality-assurance"])
    assert actions.start_review(case=case, by=wexcombe["inspector"]).draft
    assert queries.conflict_over(case) == ""


def test_what_was_written_before_a_conflict_is_kept_and_not_signed_off(wexcombe: Story) -> None:
    case = wexcombe.case()
    review = wexcombe.answered(wexcombe.review(case))
    declare(wexcombe, "person", case.pseudonym)
    with pytest.raises(actions.InConflict):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    review.refresh_from_db()
    assert review.draft
    assert review.answers.exclude(value="").exists()
    assert f"case {case.number}" in queries.conflict_over(review.case)
