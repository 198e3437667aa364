"""Moving phases with a reason, and marking periods: kept in history, and refused where it makes no sense."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.submissions_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.fieldwork import actions, phases
from goldthread.apps.fieldwork.models import MarkedPeriod, MovedPhase
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story("sif-2013")


def move(held: Story, by: str = "lead", **more: Any) -> list[MovedPhase]:
    given = {
        "phase": "accuracy", "starts": date(2027, 2, 1), "ends": date(2027, 2, 12), "because": "The council asked.",
        "follow": False, "version": 0, **more,
    }  # fmt: skip
    return actions.move_phase(inspection=held.inspection, by=held[by], **given)


def mark(held: Story, by: str = "lead", **more: Any) -> MarkedPeriod:
    given = {
        "kind": "school-holiday", "says": "Christmas", "starts": date(2026, 12, 21), "ends": date(2027, 1, 1),
        "client_key": uuid4(), **more,
    }  # fmt: skip
    return actions.mark_period(inspection=held.inspection, by=held[by], **given)


def days(held: Story, slug: str) -> tuple[date, date]:
    found = next(one for one in phases.phases_of(held.inspection) if one.phase.slug == slug)
    return found.starts, found.ends


def test_every_move_is_kept_and_the_last_one_counts(wexcombe: Story) -> None:
    counted = days(wexcombe, "accuracy")
    move(wexcombe)
    move(wexcombe, ends=date(2027, 2, 15), version=1)
    assert days(wexcombe, "accuracy") == (date(2027, 2, 1), date(2027, 2, 15))
    actions.take_phase_back(
        inspection=wexcombe.inspection, phase="accuracy", because="Not needed.", version=2, by=wexcombe["lead"]
    )
    assert days(wexcombe, "accuracy") == counted
    assert [one.number for one in phases.moves_of(wexcombe.inspection)] == [3, 2, 1]
    assert list(Entry.objects.filter(about_kind="phase").values_list("event", flat=True)) == [
        "inspection.phase-moved", "inspection.phase-moved", "inspection.phase-taken-back",
    ]  # fmt: skip


def test_what_follows_moves_with_it_where_that_is_asked(wexcombe: Story) -> None:
    was = days(wexcombe, "publication")
    made = move(wexcombe, follow=True)
    assert [one.phase for one in made] == ["accuracy", "publication", "authority-publishes", "statement-of-action"]
    assert days(wexcombe, "publication") != was
    assert {one.because for one in made} == {"The council asked."}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"because": "  "}, "Say why"),
        ({"phase": "no-such-phase"}, "no such phase"),
        ({"ends": date(2027, 1, 29)}, "must end on or after"),
        ({"starts": date(2020, 1, 1)}, "before the day of the call"),
        ({"ends": date(2027, 2, 13)}, "is no working day"),
        ({"phase": "week-1"}, "within fieldwork"),
    ],
)
def test_a_move_without_sense_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        move(wexcombe, **more)
    assert not MovedPhase.objects.exists()


def test_only_the_lead_moves_and_a_stale_move_clashes(wexcombe: Story) -> None:
    for role in ("inspector", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            move(wexcombe, by=role)
        with pytest.raises(Refused):
            mark(wexcombe, by=role)
    move(wexcombe)
    with pytest.raises(Clash) as clash:
        move(wexcombe, because="Another reason.")
    assert clash.value.theirs["because"] == "The council asked."
    for more, says in (({"version": 0}, None), ({"version": 1, "because": ""}, "Say why")):
        with pytest.raises((Clash, Refused), match=says):
            actions.take_phase_back(
                inspection=wexcombe.inspection, phase="accuracy", by=wexcombe["lead"], **{"because": "No.", **more}
            )  # fmt: skip
    with pytest.raises(Refused, match="days that are worked out already"):
        actions.take_phase_back(
            inspection=wexcombe.inspection, phase="publication", because="No.", version=0, by=wexcombe["lead"]
        )  # fmt: skip


def test_periods_are_marked_once_changed_and_taken_out(wexcombe: Story) -> None:
    key = uuid4()
    period = mark(wexcombe, client_key=key)
    assert mark(wexcombe, client_key=key) == period
    given = {"kind": "pre-election", "says": "", "starts": date(2027, 3, 22), "ends": date(2027, 5, 6)}
    actions.change_period(period=period, version=1, by=wexcombe["lead"], **given)
    with pytest.raises(Clash):
        actions.change_period(period=period, version=1, by=wexcombe["lead"], **given)
    with pytest.raises(Overtaken):
        actions.take_period_out(period=period, version=1, by=wexcombe["lead"])
    actions.take_period_out(period=period, version=2, by=wexcombe["lead"])
    for act in (actions.take_period_out, lambda **more: actions.change_period(**given, **more)):
        with pytest.raises(Refused, match="was taken out"):
            act(period=period, version=3, by=wexcombe["lead"])
    assert phases.periods_of(wexcombe.inspection) == []
    for more, says in (
        ({"kind": "easter"}, "Choose what kind"), ({"ends": date(2026, 12, 20)}, "must end on or after"),
        ({"ends": date(2029, 1, 1)}, "check the years"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            mark(wexcombe, **more)
