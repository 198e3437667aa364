"""A practitioner's part required of every review: the setting, what it holds up, and single cases let off."""

from uuid import uuid4

import pytest
from tests.cases_story import SECRET, Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.models import CaseReview, PartRequired, PartWaiver
from goldthread.apps.journal.models import Entry
from goldthread.domain import lifecycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def turn(held: Story, required: bool = True) -> PartRequired:
    now = queries.setting_of_parts(held.inspection)
    return actions.require_parts(
        inspection=held.inspection, required=required, because="The board asked.", by=held["lead"],
        version=now.version if now else 0,
    )  # fmt: skip


def waive(held: Story, review: CaseReview, because: str = SECRET) -> PartWaiver:
    return actions.waive_part(
        review=review, because=because, client_key=uuid4(), version=review.version, by=held["lead"]
    )


def test_it_is_off_until_the_lead_turns_it_on_with_a_reason(wexcombe: Story) -> None:
    assert wexcombe.signed().signed_off
    lead, address = browser(wexcombe, "lead"), at("parts_required", wexcombe)
    assert "Not required" in text(lead.get(address))
    assert "Practitioner’s part: not required" in text(lead.get(at("cases", wexcombe)))
    bare = lead.post(address, {"required": "yes", "because": "", "version": 0})
    assert bare.status_code == 422 and "Fill in “Why”" in text(bare)
    saved = lead.post(address, {"required": "yes", "because": "The board asked.", "version": 0}, follow=True)
    assert "Every first review is signed off once" in text(saved) and "The board asked." in text(saved)
    assert "Practitioner’s part: required" in text(lead.get(at("cases", wexcombe)))
    assert "Every review needs its practitioner’s part" in text(
        browser(wexcombe, "inspector").get(at("cases", wexcombe))
    )
    for role in ("inspector", "nominated-officer"):
        assert browser(wexcombe, role).get(address).status_code in (403, 404)
    assert "The board asked." in str(Entry.objects.filter(event="practitioner.required").values_list())
    late = lead.post(address, {"required": "no", "because": "Too slow.", "version": 0})
    assert late.status_code == 409 and "Too slow." in text(late) and "The board asked." in text(late)


def test_a_review_counts_only_when_the_part_is_given(wexcombe: Story) -> None:
    turn(wexcombe)
    review = wexcombe.answered()
    inspector = browser(wexcombe, "inspector")
    with pytest.raises(Refused, match="needs its practitioner's part"):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    check = at("case_review_sign_off", wexcombe, review=review.pk)
    assert "its practitioner’s part is required" in text(inspector.get(check))
    refused = inspector.post(check, {"version": review.version})
    assert "Not signed off" in text(refused) and "have the lead waive the part with a reason" in text(refused)
    assert CaseReview.objects.get().status == lifecycle.CaseReview.DRAFT
    part = actions.show_to_practitioner(
        review=review, to=wexcombe.person("uploader"), working_days=3, client_key=uuid4(), version=review.version,
        by=wexcombe["inspector"],
    )  # fmt: skip
    actions.send_part(part=part, version=part.version, by=wexcombe["uploader"])
    review.refresh_from_db()
    assert "Part given" in text(inspector.get(at("case_review", wexcombe, review=review.pk)))
    signed = actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    assert signed.signed_off
    back = actions.give_back(review=signed, because="Look again.", version=signed.version, by=wexcombe["lead"])
    assert queries.need_of(back).given, "what they said of the case before it was given back is given"  # type: ignore[union-attr]


def test_the_lead_lets_a_case_off_with_a_reason_and_takes_that_back(wexcombe: Story) -> None:
    turn(wexcombe)
    review = wexcombe.answered()
    lead, inspector = browser(wexcombe, "lead"), browser(wexcombe, "inspector")
    page, waiver = at("case_review", wexcombe, review=review.pk), at("part_waive", wexcombe, review=review.pk)
    assert waiver not in inspector.get(page).content.decode() and waiver in lead.get(page).content.decode()
    assert inspector.get(waiver).status_code == 403
    bare = lead.post(waiver, {"because": " ", "version": review.version, "client_key": uuid4()})
    assert bare.status_code == 422
    sent = {"because": SECRET, "version": review.version, "client_key": uuid4()}
    for _ in range(2):
        assert "is waived. The reason stands" in text(lead.post(waiver, sent, follow=True))
    assert PartWaiver.objects.count() == 1 and SECRET.encode() not in bytes(PartWaiver.objects.get().because)
    assert SECRET in text(inspector.get(page)) and "Part waived" in text(inspector.get(page))
    assert "needs no waiver" in text(lead.get(waiver))
    review.refresh_from_db()
    again = at("part_require_again", wexcombe, review=review.pk)
    assert inspector.post(again, {"version": review.version}).status_code == 403
    assert lead.post(again, {"version": review.version - 1}).status_code == 409
    assert "The waiver is taken back" in text(lead.post(again, {"version": review.version}, follow=True))
    review.refresh_from_db()
    with pytest.raises(Refused, match="needs its practitioner's part"):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    waive(wexcombe, review)
    review.refresh_from_db()
    assert actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"]).signed_off
    assert SECRET not in str(list(Entry.objects.values_list()))


def test_turned_off_again_nothing_waits_and_what_was_signed_stays(wexcombe: Story) -> None:
    signed = wexcombe.signed()
    turn(wexcombe)
    assert CaseReview.objects.get(pk=signed.pk).signed_off
    with pytest.raises(Refused, match="not signed off can be let off"):
        waive(wexcombe, signed)
    turn(wexcombe, required=False)
    assert queries.need_of(signed) is None
    with pytest.raises(Clash):
        actions.require_parts(
            inspection=wexcombe.inspection, required=True, because="Again.", version=1, by=wexcombe["lead"]
        )
