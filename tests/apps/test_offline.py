"""Cases taken offline: who may take what, the key, what comes home and is merged, and what is kept beside it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import SECRET, Story, story
from tests.offline_story import Device, allow, cases_of

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, CaseReview, UrgentConcern
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.offline import actions, queries
from goldthread.apps.offline.models import KeptAnswer, OfflinePack
from goldthread.domain.instrument import URGENT
from goldthread.domain.offline_pack import MOST_CASES, why_not_so_much

pytestmark = pytest.mark.django_db
WORDS = "Q-WRITTEN-WITHOUT-A-CONNECTION"


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def device(wexcombe: Story) -> Device:
    allow(wexcombe)
    return Device.with_pack(wexcombe, cases_of(wexcombe))


def take(held: Story, files: list[Any], *, by: str = "inspector") -> OfflinePack:
    keys = [str(one.pk) for one in files]
    return actions.take(inspection=held.inspection, cases=keys, client_key=uuid4(), by=held[by])


def stored(device: Device, question: str = "plan", place: int = 0) -> Answer:
    case = device.pack.packed.all()[place].case
    return Answer.objects.get(review__case=case, review__reviewer=device.pack.created_by_id, question=question)


def events(held: Story) -> list[str]:
    return list(Entry.objects.filter(chain=str(held.inspection.pk)).order_by("pk").values_list("event", flat=True))


def test_nothing_is_taken_until_the_lead_says_so_and_only_the_lead_may(wexcombe: Story) -> None:
    files = cases_of(wexcombe)
    with pytest.raises(Refused, match="turned off"):
        take(wexcombe, files)
    for role in ("inspector", "analyst", "quality-assurance", "director", "nominated-officer"):
        with pytest.raises(Refused):
            allow(wexcombe, by=role)
    allow(wexcombe)
    assert take(wexcombe, files).usable()
    assert "offline.leave" in events(wexcombe) and "offline.taken" in events(wexcombe)


def test_a_setting_has_limits_a_reason_and_a_version(wexcombe: Story) -> None:
    for cases_, hours, says in ((0, 24, "1 to"), (MOST_CASES + 1, 24, "1 to"), (3, 25, "purged"), (3, 0, "purged")):
        assert says in why_not_so_much(cases_, hours)
        with pytest.raises(Refused, match=says):
            allow(wexcombe, most_cases=cases_, hours=hours)
    held = allow(wexcombe)
    with pytest.raises(Clash):
        allow(wexcombe, version=held.version + 1, most_cases=2)
    with pytest.raises(Refused, match="Say why"):
        actions.set_leave(
            inspection=wexcombe.inspection, allowed=True, most_cases=2, hours=2, because=" ", version=1,
            by=wexcombe["lead"],
        )  # fmt: skip


def test_only_own_cases_so_many_and_one_pack_at_a_time(wexcombe: Story) -> None:
    allow(wexcombe, most_cases=2)
    files = cases_of(wexcombe, 3)
    with pytest.raises(Refused, match="at least one"):
        take(wexcombe, [])
    with pytest.raises(Refused, match="at most 2"):
        take(wexcombe, files)
    with pytest.raises(Refused, match="not yours"):
        take(wexcombe, files[:1], by="inspector-2")
    with pytest.raises(Refused):
        take(wexcombe, files[:1], by="analyst")
    first = take(wexcombe, files[:2])
    with pytest.raises(Refused, match="still out"):
        take(wexcombe, files[:1])
    again = actions.take(
        inspection=wexcombe.inspection, cases=[], client_key=first.client_key, by=wexcombe["inspector"]
    )
    assert again == first
    assert first.over_at - first.created_at <= timedelta(hours=24, seconds=5)


def test_a_review_that_is_signed_off_or_elsewhere_is_not_taken(wexcombe: Story) -> None:
    allow(wexcombe)
    review = wexcombe.answered()
    cases.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    assert queries.packable(wexcombe["inspector"], wexcombe.inspection) == []
    with pytest.raises(Refused, match="not yours"):
        take(wexcombe, [review.case])


def test_the_key_is_sealed_here_and_given_to_its_reviewer_while_the_pack_is_out(device: Device) -> None:
    held, pack = device.held, device.pack
    assert len(device.key) == 32
    assert device.key not in bytes(OfflinePack.objects.get().key or b"")
    assert actions.hand_key(pack=pack, place=False, by=held["inspector"]) == device.key
    for role in ("lead", "inspector-2", "quality-assurance", "director"):
        with pytest.raises(Refused):
            actions.hand_key(pack=pack, place=False, by=held[role])
    with pytest.raises(Refused, match="put on a device already"):
        actions.hand_key(pack=pack, place=True, by=held["inspector"])
    OfflinePack.objects.update(over_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="time of this pack is over"):
        actions.hand_key(pack=pack, place=False, by=held["inspector"])
    assert {"offline.placed", "offline.opened"} <= set(events(held))


def test_answers_made_offline_are_merged_question_by_question_and_twice_is_once(device: Device) -> None:
    first, second = (one.case for one in device.pack.packed.all())
    sent = [device.sealed(first, "plan", "good", WORDS), device.sealed(second, "plan", "inadequate", WORDS)]
    assert [one.outcome for one in device.home(*sent)] == ["merged", "merged"]
    assert (stored(device).value, stored(device).why) == ("good", WORDS)
    assert stored(device, place=1).value == "inadequate"
    assert CaseReview.objects.get(case=first).reviewer == device.held.person("inspector"), "begun by coming home"
    saves = events(device.held).count("case-review.saved")
    assert [one.outcome for one in device.home(*sent)] == ["merged", "merged"]
    assert events(device.held).count("case-review.saved") == saves
    assert [one.version for one in device.home(device.sealed(first, "plan", "outstanding", WORDS, version=1))] == [2]
    assert KeptAnswer.objects.count() == 0


def test_an_answer_changed_meanwhile_clashes_both_are_kept_and_the_reviewer_chooses(device: Device) -> None:
    case, by = device.pack.packed.all()[0].case, device.held["inspector"]
    review = cases.start_review(case=case, by=by)
    cases.save_answers(review=review, answers={"plan": Typed("good", "At the office")}, by=by)
    came = device.home(
        device.sealed(case, "plan", "inadequate", WORDS), device.sealed(case, "wishes-and-feelings", "good", WORDS)
    )
    assert [one.outcome for one in came] == ["clash", "merged"]
    assert stored(device).why == "At the office"
    kept = KeptAnswer.objects.get()
    assert WORDS.encode() not in bytes(kept.typed)
    device.home(device.sealed(case, "plan", "inadequate", f"{WORDS} and more"))
    kept = KeptAnswer.objects.get()
    found = queries.laid(by, kept)
    assert (found.mine.why, found.stands.why) == (f"{WORDS} and more", "At the office")
    for role in ("lead", "inspector-2", "quality-assurance"):
        assert queries.open_kept(device.held[role]) == []
        with pytest.raises(Refused):
            actions.settle(kept=kept, keep="mine", version=1, by=device.held[role])
    with pytest.raises(Refused, match="Choose which"):
        actions.settle(kept=kept, keep="both", version=1, by=by)
    with pytest.raises(Overtaken):
        actions.settle(kept=kept, keep="mine", version=7, by=by)
    settled = actions.settle(kept=kept, keep="mine", version=1, by=by)
    assert stored(device).why == f"{WORDS} and more"
    assert queries.laid(by, settled).stands.why == "At the office", "what was not chosen is still there"
    with pytest.raises(Refused, match="settled already"):
        actions.settle(kept=settled, keep="stands", version=1, by=by)
    device.home(device.sealed(case, "plan", "inadequate", f"{WORDS} and more"))
    assert KeptAnswer.objects.count() == 1, "sent again after it was settled"


def test_keeping_what_stands_changes_nothing_and_keeps_the_other_text(device: Device) -> None:
    case, by = device.pack.packed.all()[0].case, device.held["inspector"]
    review = cases.start_review(case=case, by=by)
    cases.save_answers(review=review, answers={"plan": Typed("good", "At the office")}, by=by)
    device.home(device.sealed(case, "plan", "inadequate", WORDS))
    settled = actions.settle(kept=KeptAnswer.objects.get(), keep="stands", version=0, by=by)
    assert stored(device).why == "At the office"
    assert queries.laid(by, settled).mine.why == WORDS


def test_what_cannot_be_taken_in_is_kept_with_why(device: Device) -> None:
    held = device.held
    first, second = (one.case for one in device.pack.packed.all())
    cases.allocate(cases=[first], to=held.person("inspector-2"), because="Ill.", by=held["lead"])
    unknown = device.sealed(second, "no-such-question", "good", WORDS)
    came = device.home(
        device.sealed(first, "plan", "good", WORDS), unknown, device.sealed(second, "plan", "good", WORDS)
    )
    assert [one.outcome for one in came] == ["refused", "refused", "merged"]
    assert all(one.says for one in KeptAnswer.objects.all())
    assert queries.still_held(device.pack, held["inspector"]) == [str(second.pk)]
    assert len(queries.answers_kept(held["inspector"], device.pack)) == 2
    with pytest.raises(Refused):
        actions.settle(kept=KeptAnswer.objects.get(case=first), keep="mine", version=0, by=held["inspector"])
    actions.settle(kept=KeptAnswer.objects.get(case=first), keep="stands", version=0, by=held["inspector"])


def test_a_review_that_was_begun_anew_takes_nothing_in_by_accident(wexcombe: Story) -> None:
    allow(wexcombe)
    review = wexcombe.answered()
    device = Device.with_pack(wexcombe, [review.case])
    signed = cases.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    cases.give_back(review=signed, because="Look again.", version=signed.version, by=wexcombe["lead"])
    came = device.home(device.sealed(review.case, "plan", "inadequate", WORDS, version=1))
    assert [one.outcome for one in came] == ["refused"]
    assert "begun anew" in KeptAnswer.objects.get().says
    assert not Answer.objects.filter(why=WORDS).exists()


def test_what_was_tampered_with_or_put_in_anothers_place_is_not_taken(device: Device) -> None:
    first, second = (one.case for one in device.pack.packed.all())
    good = device.sealed(first, "plan", "good", WORDS)
    outcomes = [one.outcome for one in device.home(
        replace(good, case=str(second.pk)), replace(good, question="wishes-and-feelings"), 
        replace(good, data=good.data[:-8] + "AAAAAAA="),
        replace(good, data="not base 64!"), replace(good, iv=""), replace(good, case="nobody"),
    )]  # fmt: skip
    assert set(outcomes) == {"unreadable"}
    assert not Answer.objects.filter(why=WORDS).exists() and not KeptAnswer.objects.exists()


def test_an_urgent_concern_written_offline_is_before_the_lead_when_it_comes_home(device: Device) -> None:
    case = device.pack.packed.all()[0].case
    device.home(device.sealed(case, URGENT, "yes", WORDS))
    assert UrgentConcern.objects.get().case == case


def test_a_withdrawn_pack_is_opened_no_more_and_its_answers_still_come_home(device: Device) -> None:
    held, case = device.held, device.pack.packed.all()[0].case
    with pytest.raises(Refused):
        actions.withdraw(pack=device.pack, because="Stolen.", version=1, by=held["inspector"])
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(pack=device.pack, because=" ", version=1, by=held["lead"])
    with pytest.raises(Overtaken):
        actions.withdraw(pack=device.pack, because="Stolen.", version=9, by=held["lead"])
    actions.withdraw(pack=device.pack, because="Stolen.", version=1, by=held["lead"])
    with pytest.raises(Refused, match="withdrew"):
        actions.hand_key(pack=device.pack, place=False, by=held["inspector"])
    assert [one.outcome for one in device.home(device.sealed(case, "plan", "good", WORDS))] == ["merged"]
    pack = actions.end(pack=device.pack, how="withdrawn", purged_at=timezone.now(), by=held["inspector"])
    assert pack.ended and pack.key is None
    with pytest.raises(Refused, match="ended"):
        device.home(device.sealed(case, "plan", "outstanding", WORDS, version=1))
    assert events(held)[-1] == "offline.purged"
    assert actions.end(pack=pack, how="time", purged_at=None, by=held["inspector"]).ended_how == "withdrawn"


def test_turning_the_setting_off_withdraws_what_is_out(device: Device) -> None:
    held = allow(device.held, allowed=False, version=1)
    assert not held.allowed
    assert OfflinePack.objects.get().withdrawn
    assert "offline.withdrawn" in events(device.held)


def test_answers_come_home_after_the_time_is_over_and_a_lost_device_is_given_up(device: Device) -> None:
    OfflinePack.objects.update(over_at=timezone.now() - timedelta(hours=2))
    case = device.pack.packed.all()[0].case
    assert [one.outcome for one in device.home(device.sealed(case, "plan", "good", WORDS))] == ["merged"]
    fresh = OfflinePack.objects.get()
    assert fresh.over() and not fresh.usable()
    second = take(device.held, [one.case for one in device.pack.packed.all()][1:])
    gone = actions.give_up(pack=second, version=second.version, by=device.held["inspector"])
    assert gone.ended_how == "given-up" and gone.key is None


def test_the_lead_sees_every_pack_a_reviewer_their_own_and_the_council_none(device: Device) -> None:
    held = device.held
    for role, sees in (("lead", 1), ("inspector", 1), ("inspector-2", 0), ("director", 0), ("nominated-officer", 0)):
        assert queries.packs(held[role], held.inspection).count() == sees, role


def test_the_journal_counts_and_holds_no_word_of_any_answer(device: Device) -> None:
    case = device.pack.packed.all()[0].case
    device.home(device.sealed(case, "plan", "good", f"{WORDS} {SECRET}"))
    told = [repr((one.event, one.detail, one.about_label)) for one in Entry.objects.all()]
    assert any("'merged': 1" in one for one in told)
    assert not any(WORDS in one or SECRET in one or case.pseudonym in one for one in told)
