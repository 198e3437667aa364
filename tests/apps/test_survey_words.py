"""What people wrote in surveys: sealed, read first for a child who may not be safe, and shelved as they allowed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.surveys_story import WROTE, opened, say

from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Survey, Words
from goldthread.apps.surveys.rules import Wrong
from goldthread.apps.surveys.sealed import is_pressing
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def waiting(survey: Survey, says: str = WROTE, tier: str = "words") -> Words:
    say(survey, change=says, tier=tier)
    return Words.objects.latest("pk") if Words.objects.count() == 1 else next(
        one for one in Words.objects.select_related("survey__inspection") if queries.words_of(one) == says
    )  # fmt: skip


def settle(held: Story, words: Words, to: str, done: str = "") -> Words:
    return actions.settle_words(words=words, to=to, done=done, version=words.version, by=held["lead"])


def test_emoji_and_right_to_left_are_kept_and_control_characters_go(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    words = waiting(survey, "گھر 🏠\u200f اچھا\x00\x07\x1b[31m\r\nline \u202eend")
    assert queries.words_of(words) == "گھر 🏠\u200f اچھا[31m\nline \u202eend"


def test_what_was_written_is_sealed_and_read_first_for_a_child_who_may_not_be_safe(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    calm, urgent = waiting(survey), waiting(survey, "Dad hits him at night. I am SCARED.", "inspector")
    assert (calm.pressing, urgent.pressing) == (False, True)
    assert WROTE not in str(Words.objects.values()) and b"hits" not in bytes(urgent.sealed)
    assert [one.pk for one in queries.words_list(wexcombe["lead"], survey)] == [urgent.pk, calm.pk]
    assert list(queries.words_list(wexcombe["inspector"], survey)) == []
    with pytest.raises(Words.DoesNotExist):
        queries.one_words(wexcombe["analyst"], survey.inspection_id, survey.pk, calm.pk)
    with pytest.raises(Refused):
        actions.settle_words(words=calm, to="released", done="", version=1, by=wexcombe["inspector"])
    with pytest.raises(Wrong, match="asked that it is not used"):
        settle(wexcombe, urgent, "released")
    with pytest.raises(Wrong, match="what is done"):
        settle(wexcombe, urgent, "concern", "  ")
    settled = settle(wexcombe, urgent, "concern", "Rang the front door at ten")
    assert queries.done_of(settled) == "Rang the front door at ten" and "Rang" not in str(Entry.objects.values())
    with pytest.raises(IllegalMove):
        settle(wexcombe, settled, "kept-back")
    settle(wexcombe, calm, "released")
    with pytest.raises(Overtaken):
        actions.settle_words(words=calm, to="kept-back", done="", version=1, by=wexcombe["lead"])
    assert [one.pk for one in queries.words_list(wexcombe["inspector"], survey)] == [calm.pk]


def test_what_nobody_has_read_is_overdue_the_day_after(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = opened(wexcombe)
    waiting(survey)
    assert queries.waiting(survey) == (1, 0, 0)
    assert queries.open_words(wexcombe["lead"]) == [(survey, False, 1, timezone.localdate())]
    assert queries.open_words(wexcombe["analyst"]) == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert queries.waiting(survey) == (1, 1, 0)


def test_words_go_on_the_shelf_at_their_tier_and_come_off_when_kept_back(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    quoted, meant = waiting(survey), waiting(survey, "Nobody ever rings me back when they said they would", "idea")
    put = {"areas": ["help-and-protection"], "by": wexcombe["analyst"]}
    with pytest.raises(Refused, match="released"):
        actions.shelve_words(words=quoted, text=WROTE, client_key=uuid4(), **put)
    quoted, meant = settle(wexcombe, quoted, "released"), settle(wexcombe, meant, "released")
    with pytest.raises(Wrong, match="do not stand there"):
        actions.shelve_words(words=quoted, text="Never said", client_key=uuid4(), **put)
    with pytest.raises(Wrong, match="was written so"):
        actions.shelve_words(words=meant, text="They said nobody ever rings me back when", client_key=uuid4(), **put)
    key = uuid4()
    for _ in range(2):
        made = actions.shelve_words(words=quoted, text="Come when you say you will", client_key=key, **put)
    actions.shelve_words(words=meant, text="Calls are not returned", client_key=uuid4(), **put)
    item = made.evidence_item
    assert EvidenceItem.objects.count() == 2 and item.kind == "survey" and item.detail == {"terms": "Use my words"}
    settle(wexcombe, quoted, "kept-back")
    item.refresh_from_db()
    assert item.status == "withdrawn" and "Come when" not in f"{item.title}{item.summary}"


@pytest.mark.parametrize(
    ("written", "alarming"),
    [
        ("My child is frightened of my brother.", True),
        ("He has bruises and will not say why.", True),
        ("میرے شوہر میرے بیٹے کو مارتے ہیں", True),
        ("زوجي يضرب ابني", True),
        ("Mąż uderzył syna", True),
        ("Soțul meu îl lovește", True),
        ("They came every week and listened.", False),
        ("وہ ہر ہفتے آتے ہیں", False),
    ],
)
def test_words_that_may_tell_of_a_child_are_brought_to_the_top_in_every_language(written: str, alarming: bool) -> None:
    assert is_pressing(written) is alarming
