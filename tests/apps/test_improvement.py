"""Recommendations: each side's word, goals that the next hand-in judges, slipping, and three that are kept ready."""

import re
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import AS_AT, Story, story
from tests.improvement_story import MEASURE, beside, measured, moved, read_again, recommended, with_goal
from tests.programme_story import drawn, programme, signed

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, Case, Draw
from goldthread.apps.improvement import actions, queries
from goldthread.apps.improvement.models import Goal, Reading, Recommendation
from goldthread.apps.inspections.models import Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def only_goal(held: Recommendation, made: Story) -> queries.Told:
    return queries.with_goals(queries.recommendation(made["lead"], made.inspection.pk, held.pk)).goals[0]


def test_the_owners_word_closes_nothing_and_is_asked_again_on_reopening(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe)
    mine = wexcombe["improvement-lead"]
    assert queries.to_do(mine) == [held]
    with pytest.raises(Refused, match="Write what was done"):
        actions.say_done(held=held, says=" ", version=held.version, by=mine)
    held = actions.say_done(held=held, says="Done in June.", version=held.version, by=mine)
    assert (held.status, held.owners_word, queries.to_do(mine)) == ("open", "done", [])
    assert queries.to_judge(wexcombe["lead"]) == [held]
    with pytest.raises(Refused, match="does not show by itself"):
        moved(wexcombe, held, "closed")
    held = moved(wexcombe, held, "closed", "Seen in another way.")
    with pytest.raises(Refused, match="Say why"):
        moved(wexcombe, held, "reopened")
    held = moved(wexcombe, held, "reopened", "Too soon.")
    assert (held.status, held.owners_word) == ("reopened", "at-work")
    assert "Done in June." not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_later_hand_in_judges_the_goal_and_a_fall_reopens_it(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe, target=80)
    told = only_goal(held, wexcombe)
    assert told.baseline and (told.baseline.sampled.met, told.baseline.sampled.of, told.verdict) == (
        20,
        40,
        "not found",
    )
    measured(wexcombe, 38, 40, days=90)
    assert read_again(wexcombe) == (1, []) and read_again(wexcombe) == (0, [])
    told = only_goal(held, wexcombe)
    assert (told.verdict, told.shown, str(told.last and told.last.reach)) == ("improved", True, "surely reached")
    assert moved(wexcombe, held, "closed").status == "closed"
    measured(wexcombe, 22, 40, days=180)
    assert read_again(wexcombe) == (1, [held])
    held.refresh_from_db()
    assert held.status == "reopened" and queries.to_judge(wexcombe["lead"]) == [held]
    assert [one.kind for one in held.turns.all()][-1] == "slipped"
    assert Entry.objects.get(event="recommendation.slipped").by_name == "Goldthread"


def test_the_difference_is_that_of_a_naive_second_computation(wexcombe: Story) -> None:
    measured(wexcombe, 18, 30)
    held = with_goal(wexcombe)
    measured(wexcombe, 27, 36, days=90)
    read_again(wexcombe)
    last = only_goal(held, wexcombe).last
    assert last and last.change.interval and last.change.difference == pytest.approx(27 / 36 - 18 / 30)

    def bounds(met: int, of: int, z: float = 1.6448536269514722) -> tuple[float, float, float]:
        share = met / of
        middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
        return share, (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)

    (p, p_low, p_high), (q, q_low, q_high) = bounds(18, 30), bounds(27, 36)
    low = q - p - sqrt((q - q_low) ** 2 + (p_high - p) ** 2)
    high = q - p + sqrt((q_high - q) ** 2 + (p - p_low) ** 2)
    assert (last.change.interval.low, last.change.interval.high) == (pytest.approx(low), pytest.approx(high))
    assert last.change.verdict == "no clear change"


def test_across_a_change_of_definition_nothing_is_said(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe)
    measured(wexcombe, 40, 40, days=90, version="2")
    read_again(wexcombe)
    told = only_goal(held, wexcombe)
    assert (told.verdict, told.shown, str(told.last and told.last.reach)) == ("not comparable", False, "cannot be told")
    with pytest.raises(Refused, match="does not show by itself"):
        moved(wexcombe, held, "closed")
    moved(wexcombe, held, "closed", "The old definition is gone.")
    assert read_again(wexcombe) == (0, [])


def test_the_first_reading_is_the_baseline_and_nothing_withdrawn_is_read(wexcombe: Story) -> None:
    held = with_goal(wexcombe)
    assert only_goal(held, wexcombe).baseline is None
    gone = measured(wexcombe, 1, 40)
    gone.hand_over = "withdrawn"
    gone.save()
    assert read_again(wexcombe) == (0, [])
    measured(wexcombe, 30, 40, days=30)
    measured(wexcombe, 31, 40, days=60)
    assert read_again(wexcombe)[0] == 1
    told = only_goal(held, wexcombe)
    assert told.baseline and told.baseline.readings == (Reading.objects.get(met=31),)


def test_a_draw_is_read_once_every_file_of_it_is_signed_off() -> None:
    made = programme()
    files = list(Case.objects.filter(draw=drawn(made).draw, reserve=False))
    held = recommended(made)
    for case in files[:-1]:
        signed(made, case)
    goal = actions.set_goal(
        held=held, measure="question:case-review-short-1#family-feedback", target=80, client_key=uuid4(),
        by=made["lead"],
    )  # fmt: skip
    assert not goal.readings.exists()
    signed(made, files[-1], family_feedback=Typed("yes", ""))
    assert read_again(made)[0] == 1
    found = goal.readings.get()
    naive = list(Answer.objects.filter(question="family-feedback").values_list("value", flat=True))
    assert found.of == len(naive) == len(files) and found.met == sum(one == "yes" for one in naive)
    assert found.met == 1


def test_the_council_sees_only_what_it_was_given(wexcombe: Story) -> None:
    held = recommended(wexcombe)
    for role in ("improvement-lead", "director", "nominated-officer"):
        with_it = queries.visible_to(wexcombe[role])
        assert not with_it.exists()
    held = moved(wexcombe, held, "open")
    assert list(queries.visible_to(wexcombe["director"])) == [held]
    with pytest.raises(Refused):
        actions.say_done(held=held, says="Mine.", version=held.version, by=wexcombe["director"])
    assert not queries.visible_to(wexcombe["uploader"]).exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"says": " "}, "Say what is to be better"), ({"says": "x" * 2001}, "at most 2,000"),
        ({"due": date(2020, 1, 1)}, "is over"),
        ({"due": timezone.localdate() + timedelta(days=2000)}, "more than five years"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(wexcombe: Story, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        recommended(wexcombe, **changed)
    with pytest.raises(Refused, match="takes no part"):
        recommended(wexcombe, owner=wexcombe.person("lead"))
    assert not Recommendation.objects.exists()


def test_a_goal_on_what_is_not_known_or_twice_is_refused(wexcombe: Story) -> None:
    held = recommended(wexcombe)
    for measure, target, says in (("measure:ZZ9", 80, "is called so"), (f"measure:{MEASURE.code}", 101, "0 to 100")):
        with pytest.raises(Refused, match=says):
            actions.set_goal(held=held, measure=measure, target=target, client_key=uuid4(), by=wexcombe["lead"])
    key = uuid4()
    sent: dict[str, Any] = {"held": held, "measure": f"measure:{MEASURE.code}", "target": 80, "by": wexcombe["lead"]}
    assert actions.set_goal(client_key=key, **sent) == actions.set_goal(client_key=key, **sent)
    with pytest.raises(Refused, match="already"):
        actions.set_goal(client_key=uuid4(), **sent)


def test_two_who_change_it_clash_and_a_draft_is_not_closed(wexcombe: Story) -> None:
    held = recommended(wexcombe)
    sent: dict[str, Any] = {"owner": held.owner, "due": held.due, "by": wexcombe["lead"], "version": held.version}
    actions.change(held=held, says="First.", **sent)
    with pytest.raises(Clash):
        actions.change(held=held, says="Second.", **sent)
    with pytest.raises(IllegalMove):
        moved(wexcombe, held, "closed", "Why not.")


def test_the_three_are_made_once_with_their_goals(wexcombe: Story) -> None:
    for _ in range(2):
        made = actions.make_ready(
            inspection=wexcombe.inspection, owner=wexcombe.person("improvement-lead"), due=date(2030, 3, 1),
            by=wexcombe["lead"],
        )  # fmt: skip
    assert [one.series for one in made] == ["management-decisions", "strategy-meetings", "families-feedback"]
    assert Recommendation.objects.count() == 3 and Goal.objects.count() == 4
    assert {one.status for one in made} == {"draft"} and not MeasureValue.objects.exists()


QUESTION = "question:case-review-short-1#family-feedback"


def round_read(made: Story, month: int, yes: int, of: int = 6) -> None:
    """A round of the programme whose files are all signed off, so many of them with families' feedback."""
    draw = drawn(made).draw
    assert draw is not None
    files = list(Case.objects.filter(draw=draw, reserve=False))
    assert len(files) == of
    for number, case in enumerate(files):
        signed(made, case, family_feedback=Typed("yes" if number < yes else "no", ""))
    at = datetime(2026, month, 5, 12, tzinfo=UTC)
    Draw.objects.filter(pk=draw.pk).update(created_at=at)


def small_rounds() -> tuple[Story, Recommendation]:
    """Rounds of six files: two before the goal is set, and the recommendation given."""
    made = programme(size=6, rest=0)
    round_read(made, 1, yes=1)
    round_read(made, 2, yes=2)
    held = recommended(made)
    actions.set_goal(held=held, measure=QUESTION, target=80, client_key=uuid4(), by=made["lead"])
    return made, held


def test_small_rounds_are_counted_together_until_there_are_ten_files() -> None:
    made, held = small_rounds()
    told = only_goal(held, made)
    assert told.baseline and [one.day.month for one in told.baseline.readings] == [1, 2]
    assert (told.baseline.sampled.met, told.baseline.sampled.of, told.later) == (3, 12, ())
    round_read(made, 3, yes=6)
    assert read_again(made) == (1, [])
    told = only_goal(held, made)
    assert told.waiting and [one.day.month for one in told.waiting.readings] == [3]
    assert (told.verdict, told.shown) == ("not enough evidence", False)
    round_read(made, 4, yes=6)
    read_again(made)
    told = only_goal(held, made)
    assert told.last and [one.day.month for one in told.last.pool.readings] == [3, 4] and told.waiting is None
    assert (told.last.pool.sampled.met, told.last.pool.sampled.of, told.verdict) == (12, 12, "improved")
    round_read(made, 5, yes=0)
    read_again(made)
    told = only_goal(held, made)
    assert (told.verdict, len(told.later)) == ("improved", 2) and told.waiting and told.waiting.day.month == 5


def test_small_rounds_reopen_a_closed_goal_only_once_they_are_ten_files() -> None:
    made, held = small_rounds()
    moved(made, held, "open")
    for month in (3, 4):
        round_read(made, month, yes=6)
    round_read(made, 5, yes=6)
    read_again(made)
    moved(made, held, "closed")
    round_read(made, 6, yes=0)
    assert read_again(made) == (1, [])
    round_read(made, 7, yes=0)
    assert read_again(made) == (1, [held])
    pools = [[one.day.month for one in each.pool.readings] for each in only_goal(held, made).later]
    assert pools == [[3, 4], [5], [6, 7]]


def test_a_baseline_of_few_files_takes_in_the_next_round() -> None:
    made = programme(size=6, rest=0)
    round_read(made, 1, yes=1)
    held = recommended(made)
    actions.set_goal(held=held, measure=QUESTION, target=80, client_key=uuid4(), by=made["lead"])
    round_read(made, 2, yes=1)
    read_again(made)
    told = only_goal(held, made)
    assert told.baseline and told.baseline.sampled.of == 12 and not told.later
    assert "open-cases" not in told.baseline.readings[0].definition


def test_what_was_counted_whole_is_never_counted_together(wexcombe: Story) -> None:
    measured(wexcombe, 3, 6)
    held = with_goal(wexcombe)
    for days in (90, 180):
        measured(wexcombe, 6, 6, days=days)
    read_again(wexcombe)
    told = only_goal(held, wexcombe)
    assert [len(one.pool.readings) for one in told.later] == [1, 1] and told.verdict == "not enough evidence"
    assert told.waiting is None


def test_other_words_keep_the_earlier_and_ask_the_owner_anew(wexcombe: Story) -> None:
    held = moved(wexcombe, recommended(wexcombe), "open")
    mine = wexcombe["improvement-lead"]
    held = actions.say_done(held=held, says="Done in June.", version=held.version, by=mine)
    sent: dict[str, Any] = {"held": held, "owner": held.owner, "by": wexcombe["lead"]}
    says = queries.says_of(held)
    held = actions.change(says=says, due=held.due + timedelta(days=7), version=held.version, **sent)
    assert held.owners_word == "done"
    held = actions.change(says="See every child alone.", due=held.due, version=held.version, **sent)
    assert held.owners_word == "at-work" and queries.to_do(mine) == [held]
    assert f"It said before: {says}" in queries.turns_of(held)[-1][2]
    held = actions.say_done(held=held, says="Done again.", version=held.version, by=mine)
    sent["owner"] = wexcombe.person("director")
    held = actions.change(says="See every child alone.", due=held.due, version=held.version, **sent)
    assert held.owners_word == "at-work" and queries.to_do(wexcombe["director"]) == [held]


def test_a_goal_is_taken_away_with_a_reason_and_can_be_set_anew(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe, target=80)
    goal = held.goals.get()
    sent: dict[str, Any] = {"held": held, "goal": goal.pk, "by": wexcombe["lead"]}
    for because, says in ((" ", "Say why"), ("x" * 2001, "at most 2,000")):
        with pytest.raises(Refused, match=says):
            actions.withdraw_goal(because=because, version=held.version, **sent)
    actions.withdraw_goal(because="It was the wrong list.", version=held.version, **sent)
    held.refresh_from_db()
    assert queries.with_goals(held).goals == () and goal.readings.count() == 1
    assert "It was the wrong list." in queries.turns_of(held)[-1][2]
    with pytest.raises(Refused, match="already"):
        actions.withdraw_goal(because="Again.", version=held.version, **sent)
    measured(wexcombe, 30, 40, days=90)
    assert read_again(wexcombe) == (0, [])
    anew = actions.set_goal(
        held=held, measure=goal.measured, target=90, client_key=uuid4(), by=wexcombe["lead"]
    )  # fmt: skip
    assert anew.readings.get().met == 30 and only_goal(held, wexcombe).goal == anew
    assert "wrong list" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_checks_of_everybody_say_what_they_lack(wexcombe: Story) -> None:
    offered = {one.name for one in queries.readable(wexcombe.inspection, wexcombe["lead"])}
    assert not any(one.startswith("check:") for one in offered) and f"measure:{MEASURE.code}" in offered
    assert "practice record" in queries.checks_wait_for(wexcombe.inspection, wexcombe["lead"])
    told = {one.name: one.title for one in queries.measurable(wexcombe.inspection, wexcombe["lead"])}
    assert told["check:W01"] == "Open child with a management decision recorded in the time allowed"
    for name, title in told.items():
        assert not name.startswith("check:") or not re.search(r"\b(not|no|never|without)\b", title, re.I), title


def test_the_council_is_told_of_what_it_was_given_and_nobody_is_asked_before(wexcombe: Story) -> None:
    held = recommended(wexcombe)
    assert queries.with_goals(held).owners_word == "Not asked yet"
    held = moved(wexcombe, held, "open")
    assert queries.with_goals(held).owners_word == "Has not said that it is done"
    director, lead, owner = wexcombe["director"], wexcombe["lead"], wexcombe["improvement-lead"]
    assert queries.new_to_read(director) == {wexcombe.inspection: 1}
    assert queries.new_to_read(lead) == {} and queries.new_to_read(owner) == {}
    held.released_at = timezone.now() - queries.NEW_FOR - timedelta(hours=1)
    held.save()
    assert queries.new_to_read(director) == {}


def test_what_was_called_done_and_is_asked_again_is_told_with_both_days(wexcombe: Story) -> None:
    today, mine = f"{timezone.localdate():%-d %B %Y}", wexcombe["improvement-lead"]
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe)
    assert queries.with_goals(held).owners_word == "Has not said that it is done"
    held = actions.say_done(held=held, says="Done in June.", version=held.version, by=mine)
    assert queries.with_goals(held).owners_word == f"Says that it is done, since {today}"
    held = moved(wexcombe, moved(wexcombe, held, "closed", "Seen."), "reopened", "Too soon.")
    word = queries.with_goals(held).owners_word
    assert word.startswith(f"Said on {today} that it was done.") and f"reopened on {today}" in word
    assert "Has not said" not in word
    held = actions.say_done(held=held, says="Done now.", version=held.version, by=mine)
    actions.change(held=held, says="Another thing.", owner=held.owner, due=held.due, version=held.version,
                   by=wexcombe["lead"])  # fmt: skip
    held.refresh_from_db()
    assert "It was changed on" in queries.with_goals(held).owners_word


def test_the_newest_lists_of_the_authority_are_read_whichever_inspection_they_came_in_with(wexcombe: Story) -> None:
    measured(wexcombe, 20, 40)
    held = with_goal(wexcombe)
    other = beside(wexcombe, "Five years on", "lead")
    measured(other, 38, 40, days=90)
    goal = queries.recommendation(wexcombe["lead"], wexcombe.inspection.pk, held.pk).live_goals[0]
    assert queries.newer(goal, wexcombe["lead"]) == AS_AT + timedelta(days=90)
    assert queries.newer(goal, wexcombe["director"]) is None
    assert read_again(wexcombe) == (1, [])
    told = only_goal(held, wexcombe)
    assert told.last and (told.last.pool.sampled.met, told.verdict) == (38, "improved")
    source = told.last.pool.readings[0].source
    assert queries.handed_in_elsewhere(told.goal, wexcombe["lead"]) == {source: "Five years on"}
    assert queries.handed_in_elsewhere(told.goal, wexcombe["director"]) == {}, "no more than its count crosses"
    assert queries.newer(told.goal, wexcombe["lead"]) is None and read_again(wexcombe) == (0, [])


def test_lists_of_another_inspection_are_read_only_by_its_own_team(wexcombe: Story) -> None:
    """Neither by whoever has no part in it, nor by somebody who stands there on the council's side."""
    measured(wexcombe, 20, 40)
    with_goal(wexcombe)
    measured(beside(wexcombe, "Of others"), 38, 40, days=90)
    council = beside(wexcombe, "The council's own")
    council.people["nominated-officer"] = wexcombe.person("lead")
    Membership.objects.create(
        inspection=council.inspection, person=wexcombe.person("lead"), role="nominated-officer",
        valid_from=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    measured(council, 38, 40, days=120)
    assert read_again(wexcombe) == (0, [])
    elsewhere = beside(wexcombe, "Of another authority", "lead")
    measured(elsewhere, 38, 40, days=150)
    elsewhere.inspection.authority = "Another"
    elsewhere.inspection.save()
    assert read_again(wexcombe) == (0, [])
