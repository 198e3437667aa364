"""Pages of voices promise nothing that does not come: what follows, what is offered, and what stands on the slip."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.pages.test_cases import browser, text
from tests.pages.test_voices import at, consent, of, plan
from tests.voices_story import agreed, finished, noted, planned

from goldthread.apps.conversations import actions, queries
from goldthread.apps.conversations.models import Conversation
from goldthread.domain.hearing import TIER_MEANS, TIER_PROMISES

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def test_finished_notes_of_an_inspector_only_promise_no_shelf(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    for tier, shelf in (("inspector", False), ("idea", True)):
        one = noted(wexcombe, tier)
        told = text(ivo.post(of(wexcombe, one, "finish"), {"version": one.version}, follow=True))
        assert ("can go on the shelf" in told) is shelf and f"{one.mark} is held." in told
        assert ("nothing of it goes on the shelf" in told) is not shelf


def test_a_planned_conversation_leads_to_the_form_of_consent(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    led = ivo.post(at("conversation_new", wexcombe), plan(wexcombe))
    assert led.url == of(wexcombe, Conversation.objects.get(), "consent")


def test_consent_offers_only_what_fits_and_tells_everything_that_is_wrong_at_once(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    for group, age, grown_up, themselves in (
        ("children", "8-11", False, False), ("children", "12-17", False, True), ("parents", "", True, True),
    ):  # fmt: skip
        page = text(ivo.get(of(wexcombe, planned(wexcombe, group=group, age=age), "consent")))
        assert ("They are grown up: none was needed" in page) is grown_up, group
        assert ("They agreed themselves" in page) is themselves, group
    one = planned(wexcombe, group="children", age="8-11")
    wrong = ivo.post(of(wexcombe, one, "consent"), consent(wexcombe, one, withdraw_until="01/01/2020"))
    assert wrong.status_code == 422
    for says in ("A child is offered a trusted adult", "somebody who looks after them must agree", "Choose a day from"):
        assert says in text(wrong), says
    sent = consent(wexcombe, one, adult="there", agreed="with-adult")
    assert ivo.post(of(wexcombe, one, "consent"), sent).status_code == 302


def test_who_has_a_slip_is_believed_and_may_want_less_instead(wexcombe: Story) -> None:
    ivo, one = browser(wexcombe, "inspector"), finished(wexcombe)
    found = ivo.post(at("conversation_by_code", wexcombe), {"code": queries.slip_of(one)}, follow=True)
    assert re.search(r'value="slip"[^>]*checked', found.content.decode())
    assert of(wexcombe, one, "narrow") in found.content.decode()
    assert "checked" not in ivo.get(of(wexcombe, one, "withdraw")).content.decode()
    closed = finished(wexcombe, tier="inspector")
    assert of(wexcombe, closed, "narrow") not in ivo.get(of(wexcombe, closed, "withdraw")).content.decode()


def test_only_where_notes_are_open_is_it_said_not_to_finish_them_first(wexcombe: Story) -> None:
    ivo, held = browser(wexcombe, "inspector"), finished(wexcombe)
    assert "Do not finish the notes first" in text(ivo.get(of(wexcombe, agreed(wexcombe))))
    back = finished(wexcombe)
    actions.withdraw(conversation=back, because="asked", version=back.version, by=wexcombe["inspector"])
    for one in (held, back):
        page = text(ivo.get(of(wexcombe, one)))
        assert "Do not finish" not in page and "Raise an urgent concern" in page


@pytest.mark.parametrize("tier", ["words", "idea", "inspector"])
def test_the_slip_speaks_to_whoever_spoke(wexcombe: Story, tier: str) -> None:
    one = agreed(wexcombe, tier, group="children", age="8-11")
    page = text(browser(wexcombe, "inspector").get(of(wexcombe, one, "slip")))
    assert TIER_PROMISES[tier] in page and TIER_MEANS[tier] not in page  # type: ignore[index]
    assert "kept nowhere" not in page and queries.slip_of(one) in page


def test_promises_add_up(wexcombe: Story) -> None:

    by, today = wexcombe["inspector"], timezone.localdate()
    meeting = actions.record_care_council(
        inspection=wexcombe.inspection, day=wexcombe.inspection.call_day, name="Council", people=4, says="Contact.",
        client_key=uuid4(), by=by,
    )  # fmt: skip
    for days in (-5, 5, 9):
        actions.promise(
            council=meeting, says="A worker", by_whom="Head of service", due=today + timedelta(days=days),
            client_key=uuid4(), by=by,
        )  # fmt: skip
    page = text(browser(wexcombe, "inspector").get(at("care_councils", wexcombe)))
    assert "3 promises: 0 kept, 0 not kept, 2 still to come, 1 overdue" in page
