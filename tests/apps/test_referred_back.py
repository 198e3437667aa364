"""Children referred back: told at once, answered by the council against the clock, settled by the team, counted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from tests.cases_story import SECRET, Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases import queries as case_queries
from goldthread.apps.cases.models import UrgentConcern
from goldthread.apps.journal.models import Entry
from goldthread.apps.referred_back import actions, queries
from goldthread.apps.referred_back.models import ReferralBack
from goldthread.domain import lifecycle
from goldthread.domain.lifecycle import IllegalMove
from goldthread.domain.referring_back import LEVELS, WITHIN, Seriousness, UnknownTime, respond_by, within_of

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}


@pytest.fixture
def wexcombe() -> Story:
    return story()


def refer(held: Story, **more: Any) -> ReferralBack:
    told = {"case": held.case(), "says": SECRET, "seriousness": "immediate", "client_key": uuid4(), **more}
    return actions.raise_and_refer(by=held["inspector"], **told)


@pytest.mark.parametrize(
    ("within", "told", "due"),
    [
        ("4-hours", "2026-11-26T16:30", "2026-11-26T20:30"),
        ("24-hours", "2026-11-27T18:00", "2026-11-28T18:00"),
        ("2-working-days", "2026-11-27T18:00", "2026-12-01T17:00"),
        ("2-working-days", "2026-12-24T09:00", "2026-12-30T17:00"),
        ("5-working-days", "2026-11-26T09:00", "2026-12-03T17:00"),
        # The clocks go back in the night: twenty-four hours of the wall's clock are asked for, not of the sun's.
        ("24-hours", "2026-10-24T12:00", "2026-10-25T12:00"),
    ],
)
def test_until_when_an_answer_is_asked_for(within: str, told: str, due: str) -> None:
    found = respond_by(within, datetime.fromisoformat(told).replace(tzinfo=LONDON), CHRISTMAS)
    assert found.replace(tzinfo=None).isoformat(timespec="minutes") == due


def test_the_usual_time_follows_from_how_serious_it_is_and_another_may_be_asked_for() -> None:
    assert within_of("immediate") == "24-hours" and within_of("drift") == "2-working-days"
    assert within_of("immediate", "4-hours") == "4-hours"
    assert set(LEVELS) == set(Seriousness) and {level.usual for level in LEVELS.values()} <= set(WITHIN)
    for serious, within in (("", ""), ("mild", ""), ("drift", "next year")):
        with pytest.raises(UnknownTime):
            within_of(serious, within)


def test_the_council_and_the_lead_are_told_at_once_and_nobody_else(wexcombe: Story) -> None:
    referral = refer(wexcombe)
    concern = UrgentConcern.objects.get()
    assert (referral.concern, referral.mark, referral.waiting) == (concern, "R1", True)
    assert timedelta(hours=23, minutes=59) < referral.respond_by - datetime.now(UTC) <= timedelta(hours=24)
    assert case_queries.open_concerns(wexcombe["lead"]) == [concern]
    for role in ("nominated-officer", "director"):
        assert queries.waiting_for(wexcombe[role]) == [referral]
        assert [one.says for one in queries.get(wexcombe[role], referral.inspection_id, referral.pk).turns.all()] == [
            SECRET
        ]
        assert case_queries.open_concerns(wexcombe[role], wexcombe.inspection) == []
    for role in ("uploader", "member", "improvement-lead", "records-officer", "disclosure-checker", "inspector-2"):
        assert not queries.visible_to(wexcombe[role]).exists(), role
    assert {str(one.pk) for one in queries.visible_to(wexcombe["quality-assurance"])} == {str(referral.pk)}


def test_the_same_key_or_the_same_concern_makes_one_referral(wexcombe: Story) -> None:
    key = uuid4()
    first = refer(wexcombe, client_key=key)
    assert refer(wexcombe, client_key=key) == first
    again = actions.refer_back(concern=first.concern, says="Other words", seriousness="drift", by=wexcombe["lead"])
    assert again == first and ReferralBack.objects.count() == UrgentConcern.objects.count() == 1


def test_what_is_refused_leaves_nothing_behind(wexcombe: Story) -> None:
    for wrong in ({"says": " "}, {"seriousness": "mild"}, {"within": "next year"}):
        with pytest.raises(Refused):
            refer(wexcombe, **wrong)
    with pytest.raises(Refused):
        actions.raise_and_refer(
            case=wexcombe.case(), says=SECRET, seriousness="drift", client_key=uuid4(), by=wexcombe["nominated-officer"]
        )
    assert not UrgentConcern.objects.exists() and not ReferralBack.objects.exists()


def test_an_answer_stops_the_clock_once_and_the_team_says_whether_it_will_do(wexcombe: Story) -> None:
    referral, officer, lead = refer(wexcombe), wexcombe["nominated-officer"], wexcombe["lead"]
    with pytest.raises(Refused, match="what was done"):
        actions.answer(referral=referral, says=" ", version=1, by=officer)
    with pytest.raises(Refused):
        actions.answer(referral=referral, says="Seen.", version=1, by=lead)
    referral = actions.answer(referral=referral, says="Seen tonight.", version=1, by=officer)
    first = referral.first_answered_at
    with pytest.raises(Clash):
        actions.settle(referral=referral, to="closed", because="Safe.", version=1, by=lead)
    with pytest.raises(Refused, match="Say why"):
        actions.settle(referral=referral, to="closed", because=" ", version=2, by=lead)
    with pytest.raises(Refused):
        actions.settle(referral=referral, to="closed", because="Safe.", version=2, by=officer)
    with pytest.raises(Refused, match="Choose"):
        actions.settle(referral=referral, to="answered", because="Safe.", version=2, by=lead)
    referral = actions.settle(referral=referral, to="told", because="By whom?", version=2, by=lead)
    assert queries.waiting_for(officer) == [referral]
    referral = actions.answer(referral=referral, says="By the duty team.", version=3, by=wexcombe["director"])
    assert referral.first_answered_at == first and queries.to_settle(lead) == [referral]
    referral = actions.settle(referral=referral, to="closed", because="She is safe.", version=4, by=lead)
    concern = UrgentConcern.objects.get()
    assert not concern.open and concern.done == "She is safe."
    assert [one.kind for one in referral.turns.all()] == ["told", "answer", "again", "answer", "closed"]
    with pytest.raises(IllegalMove):
        actions.settle(referral=referral, to="escalated", because="No.", version=5, by=lead)
    assert queries.settlements(referral) == [("told", "Ask again: something is still open")]


def test_what_is_late_is_counted_whether_it_waits_or_was_answered_late(wexcombe: Story) -> None:
    children = list(wexcombe.draw(size=3).cases.filter(reserve=False))
    made = [
        actions.raise_and_refer(
            case=case, says=SECRET, seriousness=serious, client_key=uuid4(), by=wexcombe["lead"]
        )
        for case, serious in zip(children, ("immediate", "drift", "drift"), strict=True)
    ]  # fmt: skip
    past = datetime.now(UTC) - timedelta(minutes=1)
    ReferralBack.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(respond_by=past)
    actions.answer(referral=made[1], says="Seen.", version=1, by=wexcombe["nominated-officer"])
    found = queries.of_inspection(wexcombe["lead"], wexcombe.inspection)
    assert found[0] == made[0], "what waits longest past its time stands first"
    counted = queries.counted(found)
    assert (counted.all, counted.immediate, counted.waiting, counted.late) == (3, 1, 2, 2)
    naive = [one for one in ReferralBack.objects.all() if (one.first_answered_at or datetime.now(UTC)) > one.respond_by]
    assert len(naive) == counted.late


def test_the_journal_tells_of_referrals_without_a_word_of_them(wexcombe: Story) -> None:
    referral = refer(wexcombe)
    referral = actions.answer(referral=referral, says=SECRET, version=1, by=wexcombe["nominated-officer"])
    actions.settle(referral=referral, to="escalated", because=SECRET, version=2, by=wexcombe["lead"])
    told = " ".join(f"{one.about_label} {one.detail}" for one in Entry.objects.all())
    assert SECRET not in told and referral.concern.case.pseudonym not in told
    assert {"referral-back.told", "referral-back.answered", "referral-back.escalated"} <= {
        *Entry.objects.values_list("event", flat=True)
    }


def test_a_concern_of_a_review_is_referred_when_its_reviewer_says_so(wexcombe: Story) -> None:
    concern = cases.raise_urgent_concern(
        case=wexcombe.case(), says="Half a sent", client_key=uuid4(), by=wexcombe["inspector"]
    )
    assert not queries.visible_to(wexcombe["nominated-officer"]).exists()
    referral = actions.refer_back(
        concern=concern, says="She was not seen for a month.", seriousness="drift", by=wexcombe["inspector"]
    )
    assert referral.status == lifecycle.ReferralBack.TOLD
    assert queries.of_concerns(wexcombe["lead"], [concern]) == {concern.pk: referral}
