"""Draws: repeatable from their record, made by few, seen by the authority only once released."""

from uuid import uuid4

import pytest
from tests.cases_story import REAL_ID, Story, story, submission

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.drawing import DrawPlan
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.actions import look_up
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def children(draw: Draw) -> list[str]:
    return list(draw.cases.filter(reserve=False).order_by("number").values_list("pseudonym", flat=True))


def events(name: str) -> list[Entry]:
    return list(Entry.objects.filter(event=name))


def test_a_draw_keeps_all_that_is_needed_to_repeat_it(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    assert (draw.number, draw.seed, draw.frame_size, draw.as_at.isoformat()) == (1, "wexcombe", 60, "2026-09-30")
    assert len(children(draw)) == len(set(children(draw))) == 12
    assert {one["name"]: one["in_frame"] for one in draw.strata} == {
        "Child in need": 30, "In care": 10, "Protection plan": 20,
    }  # fmt: skip
    assert sum(one["drawn"] for one in draw.strata) == 12
    assert {one["reason"]: one["rows"] for one in draw.excluded} == {
        "already counted under another service": 30, "short breaks only": 1, "closed on or before the as-at date": 1,
    }  # fmt: skip
    assert all(case.reason for case in draw.cases.all())
    assert draw.cases.filter(reserve=True).count() >= 6


def test_the_same_plan_draws_the_same_children_and_another_seed_others(wexcombe: Story) -> None:
    first, again, other = wexcombe.draw(), wexcombe.draw(), wexcombe.draw(seed="another")
    assert children(first) == children(again)
    assert set(children(first)) != set(children(other))
    assert (first.number, again.number, other.number) == (1, 2, 3)


def test_the_same_key_twice_gives_one_draw(wexcombe: Story) -> None:
    key = uuid4()
    assert wexcombe.draw(client_key=key).pk == wexcombe.draw(client_key=key, size=9).pk
    assert len(events("draw.made")) == 1


def test_drawing_again_proves_the_draw_whatever_happened_since(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    case = draw.cases.get(number=3)
    actions.set_aside(case=case, because="The family moved away.", version=case.version, by=wexcombe["lead"])
    proof = queries.verify_draw(Draw.objects.get(pk=draw.pk))
    assert proof.agrees
    assert proof.children == 12


def test_drawing_again_notices_a_child_that_was_swapped(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    picked = draw.cases.filter(reserve=True).first()
    Case.objects.filter(pk=draw.cases.get(number=1).pk).update(pseudonym=picked.pseudonym)
    Case.objects.filter(pk=picked.pk).update(pseudonym="C-0000099")
    proof = queries.verify_draw(Draw.objects.get(pk=draw.pk))
    assert not proof.agrees
    assert any("not those that the plan draws" in one for one in proof.differences)


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "nominated-officer", "director", "uploader"])
def test_who_may_not_draw_is_refused(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        wexcombe.draw(by=role)
    assert not Draw.objects.exists()


def test_the_analyst_may_draw(wexcombe: Story) -> None:
    assert wexcombe.draw(by="analyst").created_by == wexcombe.person("analyst")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"released_at": None, "hand_over": "staged"}, "not handed this submission over"),
        ({"status": "reading"}, "not been read"),
        ({"hand_over": "withdrawn"}, "was withdrawn"),
    ],
)
def test_a_submission_that_is_not_read_and_handed_over_is_refused(
    wexcombe: Story, state: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        wexcombe.draw(submission=submission(wexcombe, **state))


def test_a_submission_of_another_inspection_is_refused(wexcombe: Story) -> None:
    with pytest.raises(Refused):
        wexcombe.draw(submission=story().submission)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"size": 61}, "larger than the frame"),
        ({"size": 0}, "at least one"),
        ({"seed": "  "}, "seed"),
        ({"purpose": " "}, "what the sample is for"),
        ({"population": "everybody"}, "No sample can be drawn"),
        ({"strata_by": ("hair",)}, "No sample can be drawn"),
        ({"population": "care-leavers"}, "no list"),
        ({"instrument": "none"}, "instrument"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_in_plain_words(
    wexcombe: Story, words: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        wexcombe.draw(**words)
    assert not Draw.objects.exists()


def test_the_preview_counts_and_names_nobody(wexcombe: Story) -> None:
    assert wexcombe.submission is not None
    seen = queries.preview(wexcombe.submission, DrawPlan("open-cases", ("service",), 12, "x"), wexcombe["lead"])
    assert (seen.frame_size, seen.left_out, sum(one.drawn for one in seen.strata)) == (60, 32, 12)
    assert 20 < seen.points < 30
    assert "C-00" not in repr(seen)


def test_the_authority_sees_a_draw_only_once_it_is_released(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    officer = wexcombe["nominated-officer"]
    assert list(queries.draws(wexcombe.inspection, officer)) == []
    with pytest.raises(Refused):
        actions.release_draw(draw=draw, version=draw.version, by=officer)
    with pytest.raises(Refused):
        actions.release_draw(draw=draw, version=draw.version, by=wexcombe["inspector"])
    actions.release_draw(draw=draw, version=draw.version, by=wexcombe["lead"])
    assert list(queries.draws(wexcombe.inspection, officer)) == [draw]
    assert list(queries.draws(wexcombe.inspection, wexcombe["uploader"])) == []
    assert list(queries.cases_visible_to(officer)) == []
    assert list(queries.reviews_visible_to(officer)) == []


def test_a_conflict_of_interest_shuts_the_door(wexcombe: Story) -> None:
    wexcombe.case()
    inspector = wexcombe["inspector"]
    assert [one.in_play for one in queries.draws(wexcombe.inspection, inspector)] == [12]
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=wexcombe.person("inspector"), says="I worked there.", by=inspector
    )
    assert queries.draws(wexcombe.inspection, inspector).count() == 0
    assert wexcombe.person("inspector") not in queries.reviewers(wexcombe.inspection)


def test_a_replaced_draw_needs_a_reason_stays_and_is_closed(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    with pytest.raises(Refused, match="Say why"):
        actions.supersede_draw(draw=draw, because=" ", version=1, by=lead)
    with pytest.raises(Clash):
        actions.supersede_draw(draw=draw, because="Wrong list.", version=9, by=lead)
    actions.supersede_draw(draw=draw, because="Wrong list.", version=1, by=lead)
    with pytest.raises(IllegalMove):
        actions.supersede_draw(draw=draw, because="Again.", version=2, by=lead)
    with pytest.raises(Refused, match="replaced"):
        actions.allocate(cases=draw.cases.all()[:1], to=wexcombe.person("inspector"), by=lead)
    assert queries.progress(wexcombe.inspection, lead).total == 0
    assert draw.cases.count() > 12


# Allocation


def test_cases_go_to_those_who_review_here_and_to_nobody_else(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    cases = list(draw.cases.order_by("number")[:2])
    for role in ("analyst", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused, match="not a lead inspector or inspector"):
            actions.allocate(cases=cases, to=wexcombe.person(role), by=lead)
    with pytest.raises(Refused):
        actions.allocate(cases=cases, to=wexcombe.person("inspector"), by=wexcombe["inspector"])
    given = actions.allocate(cases=cases, to=wexcombe.person("inspector"), by=lead)
    assert [case.status for case in given] == ["allocated", "allocated"]
    assert [case.number for case in queries.mine(wexcombe["inspector"])] == [1, 2]
    assert actions.allocate(cases=cases, to=wexcombe.person("inspector"), by=lead) == []


def test_somebody_with_a_conflict_of_interest_is_given_nothing(wexcombe: Story) -> None:
    draw, inspector = wexcombe.draw(), wexcombe.person("inspector")
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=inspector, says="My sister works there.", by=wexcombe["inspector"]
    )
    with pytest.raises(Refused, match="conflict of interest"):
        actions.allocate(cases=draw.cases.all()[:3], to=inspector, by=wexcombe["lead"])
    with pytest.raises(Refused, match="conflict of interest"):
        actions.allocate_evenly(draw=draw, inspectors=[inspector], by=wexcombe["lead"])
    assert not Case.objects.exclude(allocated_to=None).exists()


def test_a_case_in_other_hands_needs_a_reason(wexcombe: Story) -> None:
    case, lead = wexcombe.case(), wexcombe["lead"]
    with pytest.raises(Refused, match="Say why"):
        actions.allocate(cases=[case], to=wexcombe.person("inspector-2"), by=lead)
    actions.allocate(cases=[case], to=wexcombe.person("inspector-2"), by=lead, because="Ill.")
    case.refresh_from_db()
    assert case.allocated_to == wexcombe.person("inspector-2")


def test_sharing_out_is_even_repeatable_and_leaves_what_is_given(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    kept = actions.allocate(cases=draw.cases.order_by("number")[:1], to=wexcombe.person("inspector"), by=lead)[0]
    team = [wexcombe.person("inspector"), wexcombe.person("inspector-2"), wexcombe.person("lead")]
    given = actions.allocate_evenly(draw=draw, inspectors=team, by=lead)
    assert len(given) == 11
    assert [draw.cases.filter(allocated_to=person).count() for person in team] == [4, 4, 4]
    kept.refresh_from_db()
    assert kept.allocated_to == wexcombe.person("inspector")
    assert not draw.cases.filter(reserve=True).exclude(allocated_to=None).exists()
    second = wexcombe.draw()
    actions.allocate(cases=second.cases.order_by("number")[:1], to=wexcombe.person("inspector"), by=lead)
    actions.allocate_evenly(draw=second, inspectors=team[::-1], by=lead)
    whose = [list(one.cases.order_by("number").values_list("allocated_to", flat=True)) for one in (draw, second)]
    assert whose[0] == whose[1]


def test_setting_aside_brings_in_the_next_reserve_of_the_stratum(wexcombe: Story) -> None:
    case, lead = wexcombe.case(), wexcombe["lead"]
    expected = case.draw.cases.filter(stratum=case.stratum, reserve=True).order_by("reserve_place").first()
    gone, came = actions.set_aside(case=case, because="The file is with a court.", version=case.version, by=lead)
    assert (gone.status, came.pk, came.reserve, came.came_in_for_id) == ("set-aside", expected.pk, False, gone.pk)
    assert came.allocated_to == wexcombe.person("inspector")
    assert [one.about_label for one in events("case.came-in")] == [f"case {came.number} of draw 1"]
    progress = queries.progress(wexcombe.inspection, lead)
    assert (progress.total, progress.set_aside) == (12, 1)


def test_setting_aside_needs_a_reason_and_the_version_and_says_when_the_reserve_is_used_up(wexcombe: Story) -> None:
    case, lead = wexcombe.case(), wexcombe["lead"]
    with pytest.raises(Refused, match="Say why"):
        actions.set_aside(case=case, because="", version=case.version, by=lead)
    with pytest.raises(Clash):
        actions.set_aside(case=case, because="Gone.", version=99, by=lead)
    with pytest.raises(Refused):
        actions.set_aside(case=case, because="Gone.", version=case.version, by=wexcombe["inspector"])
    Case.objects.filter(draw=case.draw, reserve=True).update(stratum="Elsewhere")
    assert actions.set_aside(case=case, because="Gone.", version=case.version, by=lead)[1] is None


def test_a_case_in_reserve_cannot_be_given_to_anybody(wexcombe: Story) -> None:
    reserve = wexcombe.draw().cases.filter(reserve=True)[:1]
    with pytest.raises(Refused, match="in reserve"):
        actions.allocate(cases=reserve, to=wexcombe.person("inspector"), by=wexcombe["lead"])


# Identities and the journal


def test_an_inspector_looks_up_their_own_case_and_no_other(wexcombe: Story) -> None:
    case = wexcombe.case()
    words = {"pseudonyms": [case.pseudonym], "inspection": wexcombe.inspection, "reason": "case-review", "work": case}
    found = look_up(by=wexcombe["inspector"], **words)
    assert found[case.pseudonym].ids == (f"{REAL_ID}-{case.pseudonym}",)
    for role in ("inspector-2", "analyst"):
        with pytest.raises(Refused):
            look_up(by=wexcombe[role], **words)
    assert len(events("vault.looked")) == 1


def test_the_lists_speak_of_the_child_without_identifiers(wexcombe: Story) -> None:
    case = wexcombe.case()
    told = queries.story(case, wexcombe["inspector"])
    assert told is not None
    assert told.dates[0].day.isoformat() == "2026-02-03"
    words = {label for one in told.lists for row in one.rows for label, _ in row.values}
    assert {"Gender", "Allocated Team"} <= words
    assert "Child Unique ID" not in words
    assert ("Gender", "Female") in told.lists[0].rows[0].values


def test_the_journal_holds_no_pseudonym_and_no_words(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(purpose="Q-WORDS purpose"), wexcombe["lead"]
    case = wexcombe.case(draw)
    actions.set_aside(case=case, because="Q-WORDS reason", version=case.version, by=lead)
    actions.record_export(draw=draw, form="csv", rows=12, by=lead)
    actions.supersede_draw(draw=draw, because="Q-WORDS again", version=draw.version, by=lead)
    told = " ".join(f"{one.about_label} {one.detail}" for one in Entry.objects.all())
    assert "Q-WORDS" not in told
    assert not [name for name in draw.cases.values_list("pseudonym", flat=True) if name in told]
