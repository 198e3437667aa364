"""Themes of what was written: sorted by people, merged and parted, counted, and on the shelf while they hold."""

import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.surveys_story import closed, opened, say

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import sealing
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Coded, Survey, Theme, Words, by_chance
from goldthread.apps.surveys.rules import Wrong
from goldthread.domain.intervals import wilson
from goldthread.engines import meaning

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def written(held: Story, survey: Survey, many: int) -> list[Words]:
    """So many released texts."""
    for number in range(many):
        say(survey, change=f"Text number {number} of a family", tier="words")
    for one in Words.objects.select_related("survey__inspection").filter(survey=survey, status="waiting"):
        actions.settle_words(words=one, to="released", done="", version=one.version, by=held["lead"])
    return list(Words.objects.select_related("survey__inspection").filter(survey=survey).order_by("pk"))


def theme(held: Story, survey: Survey, name: str) -> Theme:
    return actions.make_theme(survey=survey, name=name, means="", client_key=uuid4(), by=held["lead"])


def sort(held: Story, words: Words, *themes: Theme, new: str = "") -> Words:
    words.refresh_from_db()
    wanted = [one.pk for one in themes]
    return actions.code_words(words=words, themes=wanted, new=new, version=words.version, by=held["lead"])


def shelve(held: Story, one: Theme) -> EvidenceItem:
    done = actions.shelve_theme(theme=one, areas=["help-and-protection"], client_key=uuid4(), by=held["lead"])
    return done.evidence_item


def test_shares_of_themes_are_those_of_a_second_naive_count(wexcombe: Story) -> None:
    survey, dice = opened(wexcombe), random.Random(7)
    texts = written(wexcombe, survey, 24)
    book = [theme(wexcombe, survey, name) for name in ("Changing workers", "Rings back", "New workers")]
    naive: dict[int, set[str]] = {}
    for words in texts[:20]:
        chosen = dice.sample(book, dice.randint(0, 2))
        sort(wexcombe, words, *chosen)
        naive[words.pk] = {one.name for one in chosen}
    actions.merge_theme(theme=book[2], into=book[0].pk, version=1, by=wexcombe["lead"])
    for held in naive.values():
        if "New workers" in held:
            held.add("Changing workers")
    for share in queries.theme_shares(survey):
        many = sum(share.theme.name in held for held in naive.values())
        assert share.of == 20 and share.shown == f"{round(100 * many / 20)}%"
        bounds = wilson(many, 20)
        assert (share.low, share.high) == (round(100 * bounds.low), round(100 * bounds.high))
    assert [one.theme.name for one in queries.theme_shares(survey)] == ["Changing workers", "Rings back"]
    assert queries.sorting(survey).left == 4 and queries.next_text(survey) in texts[20:]


def test_below_ten_texts_no_share_is_shown_and_none_goes_on_the_shelf(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one = theme(wexcombe, survey, "Rings back")
    for words in written(wexcombe, survey, 9):
        sort(wexcombe, words, one)
    assert queries.share_of(one).shown == "c"
    with pytest.raises(Refused, match="Close the survey first"):
        shelve(wexcombe, one)
    closed(wexcombe, survey)
    with pytest.raises(Refused, match="Fewer than ten"):
        shelve(wexcombe, one)


def test_merging_is_taken_back_and_each_theme_has_the_texts_that_it_had(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    first, second, third = (theme(wexcombe, survey, name) for name in ("One", "Two", "Three"))
    texts = written(wexcombe, survey, 3)
    for words, one in zip(texts, (first, second, third), strict=True):
        sort(wexcombe, words, one)
    actions.merge_theme(theme=first, into=second.pk, version=1, by=wexcombe["lead"])
    actions.merge_theme(theme=second, into=third.pk, version=1, by=wexcombe["lead"])
    assert set(queries.texts_of(third)) == set(texts) and queries.themes_of_text(texts[0]) == {third.pk}
    second.refresh_from_db()
    actions.part_theme(theme=second, version=2, by=wexcombe["lead"])
    assert set(queries.texts_of(second)) == set(texts[:2]) and set(queries.texts_of(third)) == {texts[2]}
    first.refresh_from_db()
    actions.part_theme(theme=first, version=2, by=wexcombe["lead"])
    assert list(queries.texts_of(first)) == texts[:1]
    for event in ("survey-theme.merged", "survey-theme.parted"):
        assert Entry.objects.filter(event=event).count() == 2
    with pytest.raises(Wrong, match="another theme"):
        actions.merge_theme(theme=first, into=first.pk, version=3, by=wexcombe["lead"])
    with pytest.raises(Wrong, match="another theme"):
        actions.merge_theme(theme=first, into=theme(wexcombe, opened(wexcombe), "X").pk, version=3, by=wexcombe["lead"])


def test_a_theme_on_the_shelf_is_superseded_once_it_is_no_longer_so(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one, other = theme(wexcombe, survey, "Rings back"), theme(wexcombe, survey, "Two")
    texts = written(wexcombe, survey, 12)
    for words in texts[:8]:
        sort(wexcombe, words, one)
    closed(wexcombe, survey)
    with pytest.raises(Refused, match="still to be read: 4"):
        shelve(wexcombe, one)
    for words in texts[8:]:
        sort(wexcombe, words)
    item = shelve(wexcombe, one)
    assert "12 texts were read for themes; of this theme: 67%" in item.summary and "family" not in item.summary
    sort(wexcombe, texts[0], one)
    item.refresh_from_db()
    assert item.status == "current", "nothing was changed by reading it again"
    for change in (
        lambda: sort(wexcombe, texts[0], other),
        lambda: actions.rename_theme(theme=one, name="They ring", means="", version=1, by=wexcombe["lead"]),
        lambda: actions.settle_words(
            words=Words.objects.get(pk=texts[1].pk), to="kept-back", done="",
            version=Words.objects.get(pk=texts[1].pk).version, by=wexcombe["lead"],
        ),
    ):  # fmt: skip
        item = shelve(wexcombe, one)
        change()
        item.refresh_from_db()
        assert item.status == "superseded"
    key = uuid4()
    held = {"theme": one, "areas": [], "client_key": key, "by": wexcombe["lead"]}
    assert actions.shelve_theme(**held) == actions.shelve_theme(**held)


def test_what_is_no_theme_or_no_text_to_sort_is_refused(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one = theme(wexcombe, survey, "Rings back")
    for name, says in (
        ("  ", "Write what the theme"),
        ("rings  BACK", "T1 is called so already"),
        ("x" * 61, "too long"),
    ):
        with pytest.raises(Wrong, match=says):
            theme(wexcombe, survey, name)
    say(survey, change="A text", tier="words")
    words = Words.objects.get()
    with pytest.raises(Refused, match="released to the team"):
        sort(wexcombe, words, one)
    words = written(wexcombe, survey, 0)[0]
    with pytest.raises(Wrong, match="themes of this survey"):
        sort(wexcombe, words, theme(wexcombe, opened(wexcombe), "Of another"))
    with pytest.raises(Wrong, match="called so already") as refused:
        sort(wexcombe, words, new="Rings back")
    assert refused.value.field == "new"
    sort(wexcombe, words, one, new="Comes late")
    with pytest.raises(Overtaken):
        actions.code_words(words=words, themes=[], new="", version=1, by=wexcombe["lead"])
    with pytest.raises(Clash):
        actions.rename_theme(theme=one, name="N", means="", version=9, by=wexcombe["lead"])
    for role in ("inspector", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            actions.make_theme(survey=survey, name="Y", means="", client_key=uuid4(), by=wexcombe[role])


def test_taking_a_merging_back_makes_the_theme_on_the_shelf_current_again(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one, other = theme(wexcombe, survey, "Rings back"), theme(wexcombe, survey, "Two")
    for number, words in enumerate(written(wexcombe, survey, 12)):
        sort(wexcombe, words, one if number < 8 else other)
    closed(wexcombe, survey)
    item, beside = shelve(wexcombe, one), shelve(wexcombe, other)
    actions.merge_theme(theme=other, into=one.pk, version=other.version, by=wexcombe["lead"])
    for held in (item, beside):
        held.refresh_from_db()
        assert held.status == "superseded"
    other.refresh_from_db()
    actions.part_theme(theme=other, version=other.version, by=wexcombe["lead"])
    for held in (item, beside):
        held.refresh_from_db()
        assert held.status == "current"
    assert Entry.objects.filter(event="evidence.reinstated").count() == 2
    # What was replaced by a newer item stays replaced, though its words are so again.
    other.refresh_from_db()
    actions.merge_theme(theme=other, into=one.pk, version=other.version, by=wexcombe["lead"])
    newer = shelve(wexcombe, one)
    other.refresh_from_db()
    actions.part_theme(theme=other, version=other.version, by=wexcombe["lead"])
    for held, status in ((item, "superseded"), (newer, "superseded"), (beside, "current")):
        held.refresh_from_db()
        assert held.status == status


def test_a_flood_of_twenty_thousand_texts_is_shown_page_by_page_in_bounded_queries(
    wexcombe: Story, django_assert_max_num_queries: Any
) -> None:
    survey = opened(wexcombe)
    one = theme(wexcombe, survey, "Rings back")
    first = written(wexcombe, survey, 1)[0]
    sort(wexcombe, first, one)
    first.refresh_from_db()
    held = [
        Words(
            id=by_chance(), survey=survey, question="change", day=first.day, language="en", tier="words",
            alike="x" * 64, sealed=b"", status="released", themed=True,
        )
        for _ in range(20_000)
    ]  # fmt: skip
    said = b"Ring back."
    for row in held[:30]:
        row.sealed = sealing.seal(survey.inspection, said, purpose=row.purpose)
    Words.objects.bulk_create(held, batch_size=2000)
    Coded.objects.bulk_create([Coded(words=row, theme=one) for row in held], batch_size=2000)
    with django_assert_max_num_queries(10):
        assert queries.texts_of(one).count() == 20_001
        assert len(list(queries.texts_of(one)[:25])) == 25
        assert queries.share_of(one).of == 20_001
    # The last page holds what was sealed, whichever numbers chance drew.
    Words.objects.exclude(pk__in=[row.pk for row in held[:30]]).update(day=first.day - timedelta(days=1))
    lead = browser(wexcombe, "lead")
    page = lead.get(at("survey_theme", wexcombe, survey=survey.pk, theme=one.pk) + "?page=801")
    assert page.status_code == 200 and said.decode() in text(page)
    assert page.content.decode().count("Sort it anew") == 1, "20,001 texts in pages of 25 leave one on the last"


SUGGESTING = {
    "Time with children": "How much of the week is spent with children, and what takes it away",
    "Managers who stay": "Whether a worker keeps the same manager",
    "Being rung back": "Whether a call or a message is answered",
}
BELONGS = {
    "Fewer children each, so that we can know them.": "Time with children",
    "I spend all day at the computer and not with families.": "Time with children",
    "Keep our managers: I have had four in a year.": "Managers who stay",
    "My boss changed again, the third this year.": "Managers who stay",
    "I left three messages and nobody answered.": "Being rung back",
    "The phone just rings and rings.": "Being rung back",
}


@pytest.mark.skipif(not meaning.at_hand(), reason="the model of meaning is not installed")
def test_themes_near_in_meaning_are_suggested_and_none_is_chosen(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    lead, pages = browser(wexcombe, "lead"), []
    for text_, name in BELONGS.items():
        say(survey, change=text_, tier="words")
        words = next(one for one in queries.words_list(wexcombe["lead"], survey) if queries.words_of(one) == text_)
        assert queries.suggested(words) == [] or Theme.objects.exists(), "no themes, nothing to suggest"
        if not Theme.objects.exists():
            for one, means in SUGGESTING.items():
                actions.make_theme(survey=survey, name=one, means=means, client_key=uuid4(), by=wexcombe["lead"])
        actions.settle_words(words=words, to="released", done="", version=words.version, by=wexcombe["lead"])
        words.refresh_from_db()
        assert queries.suggested(words)[0].name == name
        pages.append(lead.get(at("survey_code", wexcombe, survey=survey.pk, words=words.pk)))
        Words.objects.filter(pk=words.pk).update(language="ur")
        words.refresh_from_db()
        assert queries.suggested(words) == [], "the model knows English alone"
    assert "Near in meaning, by the programme’s guess: T1 Time with children" in text(pages[0])
    assert not any(" checked" in page.content.decode() for page in pages)


def test_without_the_model_nothing_is_suggested_and_sorting_goes_on(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "at_hand", lambda: False)
    survey = opened(wexcombe)
    theme(wexcombe, survey, "Rings back")
    words = written(wexcombe, survey, 1)[0]
    page = browser(wexcombe, "lead").get(at("survey_code", wexcombe, survey=survey.pk, words=words.pk))
    assert page.status_code == 200 and "Near in meaning" not in text(page)
