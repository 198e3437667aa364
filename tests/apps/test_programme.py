"""An audit programme: its rule, its rounds, who is given what, and what is due of whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cases_story import Story
from tests.programme_story import FIRST, TEAMS, drawn, note, planned, programme, set_rule, signed

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases import queries as case_queries
from goldthread.apps.cases.models import Case, SecondReading
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import Round, SeenReminder
from goldthread.domain.audit_clock import Standing
from goldthread.domain.intervals import wilson
from goldthread.domain.lifecycle import IllegalMove
from goldthread.kernel.working_days import bank_holidays

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return programme()


def files(round_: Round) -> list[Case]:
    assert round_.draw is not None
    return list(round_.draw.cases.filter(reserve=False).order_by("number"))


def team_of(case: Case) -> str:
    return TEAMS[int(case.pseudonym[-3:]) % 3]


def test_setting_the_rule_plans_the_first_round_with_a_seed_of_its_own(wexcombe: Story) -> None:
    held = planned(wexcombe)
    assert (held.number, held.month, held.status) == (1, FIRST, "planned")
    assert len(held.seed) == 12
    set_rule(wexcombe, version=1, first_month=FIRST.replace(month=2), size=12)
    again = planned(wexcombe)
    assert (again.pk, again.month, again.seed) == (held.pk, FIRST.replace(month=2), held.seed)
    assert Round.objects.count() == 1


def test_drawing_does_exactly_what_was_seen_and_plans_the_next_month(wexcombe: Story) -> None:
    rule, held = queries.rule_of(wexcombe.inspection), planned(wexcombe)
    assert rule is not None
    told = queries.propose(held, rule, wexcombe["lead"])
    done = drawn(wexcombe)
    made = files(done)
    assert [(one.case.pseudonym, one.to) for one in told.files] == [(c.pseudonym, c.allocated_to) for c in made]
    assert len(made) == 9
    assert done.draw is not None and case_queries.verify_draw(done.draw).agrees
    assert (done.status, done.draw.seed, done.unplaced) == ("drawn", held.seed, [])
    following = planned(wexcombe)
    assert (following.number, following.month) == (2, FIRST.replace(month=2))
    assert following.seed != done.seed
    days = [done.drawn_on + timedelta(days=n) for n in range(1, (done.due - done.drawn_on).days + 1)]
    assert sum(day.weekday() < 5 and day not in bank_holidays() for day in days) == 10


def test_nobody_is_given_a_file_of_their_own_team_and_loads_are_even(wexcombe: Story) -> None:
    own = dict(zip(("lead", "inspector", "inspector-2"), TEAMS, strict=True))
    by_person = {wexcombe.person(role).pk: team for role, team in own.items()}
    made = files(drawn(wexcombe))
    assert all(by_person[one.allocated_to_id] != team_of(one) for one in made)
    assert sorted(sum(one.allocated_to_id == pk for one in made) for pk in by_person) == [3, 3, 3]
    theirs = next(one for one in made if team_of(one) == TEAMS[2])
    with pytest.raises(Refused, match="conflict of interest"):
        cases.allocate(cases=[theirs], to=wexcombe.person("inspector-2"), because="Why not", by=wexcombe["lead"])


def test_the_same_things_give_the_same_proposal(wexcombe: Story) -> None:
    rule, held = queries.rule_of(wexcombe.inspection), planned(wexcombe)
    assert rule is not None
    one, other = (queries.propose(held, rule, wexcombe["lead"]) for _ in range(2))
    assert one.seen == other.seen
    assert [(f.case.pseudonym, f.to) for f in one.files] == [(f.case.pseudonym, f.to) for f in other.files]


def test_what_nobody_may_have_is_left_with_its_reason(wexcombe: Story) -> None:
    note(wexcombe, "inspector-2", takes_part=False, version=1)
    note(wexcombe, "lead", teams=["South"], version=1)
    note(wexcombe, "inspector", teams=["North"], version=1)
    done = drawn(wexcombe)
    barred = [one for one in files(done) if team_of(one) in ("North", "South")]
    assert barred and all(one.allocated_to_id is None for one in barred)
    assert [number for number, _ in done.unplaced] == [one.number for one in barred]
    assert "conflict of interest" in done.unplaced[0][1] and wexcombe.person("lead").name in done.unplaced[0][1]


def test_whoever_has_not_said_which_teams_are_theirs_is_given_nothing() -> None:
    held = programme(declared=False)
    held.person("inspector"), held.person("lead")
    with pytest.raises(Refused, match="first says which teams"):
        drawn(held)
    note(held, "inspector", teams=[])
    done = drawn(held)
    assert {one.allocated_to_id for one in files(done)} == {held.person("inspector").pk}


def test_children_drawn_lately_rest_and_come_back_afterwards(wexcombe: Story) -> None:
    first = drawn(wexcombe)
    second = drawn(wexcombe)
    names = [{one.pseudonym for one in files(held)} for held in (first, second)]
    assert not names[0] & names[1] and second.rested == 9
    set_rule(wexcombe, version=1, rest=0)
    assert drawn(wexcombe).rested == 0


def test_a_round_larger_than_what_is_left_is_refused_and_says_who_rests() -> None:
    held = programme(size=50, minimum_per_stratum=None)
    drawn(held)
    with pytest.raises(Refused, match="50 children rest"):
        drawn(held)
    assert Round.objects.filter(status="drawn").count() == 1


def test_what_changed_since_it_was_seen_is_not_drawn(wexcombe: Story) -> None:
    rule, held = queries.rule_of(wexcombe.inspection), planned(wexcombe)
    assert rule is not None
    told = queries.propose(held, rule, wexcombe["lead"])
    note(wexcombe, "inspector-2", takes_part=False, version=1)
    with pytest.raises(actions.Otherwise):
        actions.draw_round(round_=held, seen=told.seen, version=held.version, by=wexcombe["lead"])
    assert not Case.objects.exists()


def test_a_second_press_and_a_month_to_come_draw_nothing(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    with pytest.raises(Clash):
        actions.draw_round(round_=done, seen="", version=1, by=wexcombe["lead"])
    with pytest.raises(IllegalMove):
        actions.draw_round(round_=done, seen="", version=done.version, by=wexcombe["lead"])
    Round.objects.filter(status="planned").update(month=timezone.localdate().replace(day=1, year=2099))
    with pytest.raises(Refused, match="can be drawn from"):
        drawn(wexcombe)


def test_a_share_is_read_twice() -> None:
    held = programme(share=50)
    done = drawn(held)
    readings = SecondReading.objects.filter(case__draw=done.draw)
    assert readings and all(one.reader_id != one.case.allocated_to_id for one in readings)
    assert held.person("lead").pk not in {one.reader_id for one in readings}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"size": 0}, "must lie from 1"), ({"days": 99}, "must lie from 1"), ({"share": 101}, "must lie from 0"),
        ({"instrument": "nothing-9"}, "Choose the instrument"), ({"design": "neyman"}, "how the children are drawn"),
        ({"strata_by": []}, "by what the children are divided"), ({"population": "everybody"}, "whose files"),
        ({"design": "dip", "population": "open-cases"}, "Choose a theme"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(wexcombe: Story, changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        set_rule(wexcombe, version=1, **changed)


def test_a_rule_changed_meanwhile_clashes_and_drawn_rounds_keep_theirs(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    set_rule(wexcombe, version=1, size=7)
    with pytest.raises(Clash):
        set_rule(wexcombe, version=1, size=5)
    done.refresh_from_db()
    assert done.rule["size"] == 9 and len(files(drawn(wexcombe))) == 7
    with pytest.raises(Refused, match="first round is over"):
        set_rule(wexcombe, version=2, first_month=FIRST.replace(month=5))


def test_only_whoever_runs_the_programme_draws_and_sets_the_rule(wexcombe: Story) -> None:
    for role in ("inspector", "quality-assurance", "analyst"):
        with pytest.raises(Refused):
            set_rule(wexcombe, version=1, by=role)
        with pytest.raises(Refused):
            actions.draw_round(round_=planned(wexcombe), seen="", version=1, by=wexcombe[role])
    with pytest.raises(Refused):
        actions.note_auditor(
            inspection=wexcombe.inspection, person=wexcombe.person("inspector-2"), takes_part=True, teams=[],
            version=1, by=wexcombe["inspector"],
        )  # fmt: skip


def test_a_round_with_open_files_closes_with_a_reason_and_opens_again(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    with pytest.raises(Refused, match="9 of its files are not audited"):
        actions.move_round(round_=done, to="closed", because="", version=done.version, by=wexcombe["lead"])
    done = actions.move_round(round_=done, to="closed", because="Sick.", version=done.version, by=wexcombe["lead"])
    done = actions.move_round(round_=done, to="drawn", because="Back.", version=done.version, by=wexcombe["lead"])
    assert done.status == "drawn"
    waiting = planned(wexcombe)
    gone = actions.move_round(
        round_=waiting, to="called-off", because="August.", version=waiting.version, by=wexcombe["lead"]
    )
    assert gone.status == "called-off" and planned(wexcombe).month == FIRST.replace(month=3)


def test_how_audits_stand_by_round_auditor_and_team(wexcombe: Story) -> None:
    """A second, plain count beside the one that pages show."""
    done, today = drawn(wexcombe), timezone.localdate()
    for one in files(done)[:4]:
        signed(wexcombe, one)
    Round.objects.filter(pk=done.pk).update(due=today - timedelta(days=1))
    other = drawn(wexcombe)
    for one in files(other)[:5]:
        signed(wexcombe, one)
    told = queries.completion(wexcombe.inspection, wexcombe["lead"], today)
    assert (told.whole.late, told.whole.overdue, told.whole.in_time, told.whole.not_yet) == (4, 5, 5, 4)
    assert told.whole.interval == wilson(5, 14)
    held = queries.audits(wexcombe.inspection, today)
    for row in told.auditors:
        mine = [one.standing for one in held if one.person and one.person.name == row.name]
        assert row.told is not None and row.told.all == len(mine)
        assert row.told.in_time == mine.count(Standing.IN_TIME)
    assert [row.told.all for row in told.rounds if row.told] == [9, 9]
    assert {row.name for row in told.teams} == set(TEAMS) and all(row.told is None for row in told.teams)
    own = queries.completion(wexcombe.inspection, wexcombe["inspector"], today)
    assert [row.name for row in own.auditors] == [wexcombe.person("inspector").name] and not own.teams


def test_what_is_due_is_told_to_each_and_seen_once_a_day(wexcombe: Story) -> None:
    done, today = drawn(wexcombe), timezone.localdate()
    Round.objects.filter(pk=done.pk).update(due=today)
    mine = queries.mine(wexcombe.inspection, wexcombe["inspector"], today)
    assert mine is not None and (len(mine.soon), len(mine.overdue), mine.seen) == (3, 0, None)
    for _ in range(2):
        actions.see_reminder(inspection=wexcombe.inspection, by=wexcombe["inspector"])
    assert SeenReminder.objects.get().soon == 3
    assert queries.mine(wexcombe.inspection, wexcombe["inspector"], today).seen == today  # type: ignore[union-attr]
    Round.objects.filter(pk=done.pk).update(due=today - timedelta(days=3))
    assert {len(one.overdue) for one in queries.reminders(wexcombe.inspection, today)} == {3}


def test_the_journal_names_no_child(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    held = " ".join(str(one.__dict__) for one in Entry.objects.all())
    assert not any(one.pseudonym in held for one in files(done))
