"""A conversation told quickly: planned, agreed to, written down, finished."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.conversations import actions
from goldthread.apps.conversations.models import Conversation
from tests.cases_story import Story

WORDS = "I told three people and nobody came back to tell me what would happen next"
NOTES = f"We met at the drop-in. She said: “{WORDS}.” She likes her new school."
MEANT = "Young people report a worry and do not hear how it ends"


def planned(held: Story, by: str = "inspector", **more: Any) -> Conversation:
    given = {
        "group": "care-leavers", "age": "18-25", "team": "Leaving care", "areas": ["care-leavers"], "how": "in-person",
        "day": held.inspection.call_day, "people": 1, "holder": held.person(by), "client_key": uuid4(), **more,
    }  # fmt: skip
    return actions.plan(inspection=held.inspection, by=held[by], **given)


def agreed(held: Story, tier: str = "words", by: str = "inspector", **more: Any) -> Conversation:
    one = planned(held, by, **more)
    adult = "there" if one.group == "children" or one.age == "12-17" else "grown-up"
    return actions.agree(
        conversation=one, tier=tier, adult=adult, agreed="with-adult" if one.group == "children" else "themselves",
        withdraw_until=last_day(held), version=one.version, by=held[by],
    )  # fmt: skip


def last_day(held: Story) -> date:
    return max(held.inspection.fieldwork_to, timezone.localdate()) + timedelta(days=10)


def noted(held: Story, tier: str = "words", by: str = "inspector", notes: str = NOTES, **more: Any) -> Conversation:
    one = agreed(held, tier, by, **more)
    return actions.write_notes(conversation=one, notes=notes, version=one.version, by=held[by])


def finished(held: Story, tier: str = "words", by: str = "inspector", **more: Any) -> Conversation:
    one = noted(held, tier, by, **more)
    return actions.finish(conversation=one, version=one.version, by=held[by])


def shelved(held: Story, one: Conversation, text: str = WORDS, tier: str = "words", **more: Any) -> Any:
    given = {"areas": ["care-leavers"], "client_key": uuid4(), "by": held["inspector"], **more}
    return actions.shelve_passage(conversation=one, tier=tier, text=text, **given)
