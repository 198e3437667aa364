"""Own instruments and frameworks: begun, changed, published, withdrawn; found through one door wherever used."""

from hashlib import sha256
from uuid import uuid4

import pytest
from tests import factories
from tests.apps.test_instruments_in_use import answers_to, signed
from tests.cases_story import INSTRUMENT, Story, story

from goldthread.apps.access import actions as access
from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import PROGRAMME, Actor, Refused
from goldthread.apps.cases import queries as cases
from goldthread.apps.drafting import actions, known, queries
from goldthread.apps.drafting.models import Draft, OwnVersion
from goldthread.apps.journal.models import Entry
from goldthread.domain import frameworks, instruments
from goldthread.domain.instruments.writing import as_toml
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def quality() -> Actor:
    """A quality-assurance manager across the site."""
    who = factories.person("Quinn Quality")
    access.grant_site_role(person=who, role="quality-assurance", by=PROGRAMME)
    return factories.actor(who)


def begun(by: Actor, **more: object) -> Draft:
    asked = {"kind": "instrument", "title": "Monthly audit", "copy_of": INSTRUMENT, "client_key": uuid4(), **more}
    return actions.start(by=by, **asked)  # type: ignore[arg-type]


def published(by: Actor, **more: object) -> OwnVersion:
    draft = begun(by, **more)
    return actions.publish(draft=draft, note="The first.", version=draft.version, by=by)


def next_published(own: OwnVersion, by: Actor, change: tuple[str, str]) -> OwnVersion:
    draft = actions.start_next(of=own, client_key=uuid4(), by=by)
    draft = actions.put_text(draft=draft, text=draft.text.replace(*change), version=draft.version, by=by)
    return actions.publish(draft=draft, note="Reworded.", version=draft.version, by=by)


# Who may


@pytest.mark.parametrize("role", ["lead", "quality-assurance"])
def test_those_who_hold_the_role_across_the_site_write(role: str) -> None:
    who = factories.person(f"Holder of {role}")
    access.grant_site_role(person=who, role=role, by=PROGRAMME)
    assert begun(factories.actor(who)).writing


def test_an_administrator_gives_the_role_and_writes_nothing() -> None:
    with pytest.raises(Refused, match="does not let you write the council's own"):
        begun(factories.administrator())


@pytest.mark.parametrize("role", ["inspector", "analyst", "nominated-officer", "quality-assurance", "lead"])
def test_a_role_in_an_inspection_is_not_enough(role: str) -> None:
    who = factories.member(factories.inspection(), role)
    with pytest.raises(Refused, match=r"Your role does not let you|You have no role|does not let"):
        begun(who)
    assert list(queries.drafts(who)) == []


# Beginning


def test_a_copy_is_the_same_under_its_own_name(quality: Actor) -> None:
    draft = begun(quality)
    assert (draft.slug, draft.title, draft.started_from) == ("monthly-audit-1", "Monthly audit", INSTRUMENT)
    found, wrong = queries.read(draft)
    assert wrong == ()
    assert found.questions == instruments.load(INSTRUMENT).questions  # type: ignore[union-attr]


def test_the_same_key_begins_one_draft(quality: Actor) -> None:
    key = uuid4()
    assert begun(quality, client_key=key) == begun(quality, client_key=key)
    assert Entry.objects.filter(event="draft.started").count() == 1


@pytest.mark.parametrize("kind", ["instrument", "framework"])
def test_next_to_nothing_can_be_published_at_once(quality: Actor, kind: str) -> None:
    own = published(quality, kind=kind, title="Ours", copy_of="")
    assert own.slug == "ours-1"
    assert known.has_instrument("ours-1") == (kind == "instrument")
    assert known.has_framework("ours-1") == (kind == "framework")


def test_a_text_that_was_brought_keeps_its_remarks_and_gets_its_name(quality: Actor) -> None:
    text = "# Written in Wexcombe.\n" + as_toml(instruments.load(INSTRUMENT)).replace(INSTRUMENT, "wex-7")
    text = text.replace("version = 1", "version = 7")
    draft = begun(quality, title="", copy_of="", text=text)
    assert draft.slug == "wex-1"
    assert draft.text.startswith("# Written in Wexcombe.\n")
    assert queries.read(draft)[0].version == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"series": "Not A Name"}, "is no short name"),
        ({"series": "case-review-short"}, "comes with Goldthread"),
        ({"series": "a" * 60}, "shorten it to 56"),
        ({"kind": "framework", "copy_of": "", "series": "ilacs"}, "comes with Goldthread"),
        ({"kind": "framework", "copy_of": "", "series": "a" * 37}, "shorten it to 36"),
        ({"kind": "poem"}, "Choose whether"),
        ({"title": " "}, "Say what it is called"),
        ({"copy_of": "nothing-1"}, "There is no instrument called"),
        ({"copy_of": "", "text": 'slug = "a-1"\ntitle = "x\n'}, r"Line 2: this is not TOML"),
        ({"copy_of": "", "text": 'slug = "a-1"\nversion = 1\n'}, "“sections” is missing"),
        ({"copy_of": "", "text": "x" * 250_001}, "at most 250,000 fit"),
    ],
)
def test_what_will_not_do_is_refused_with_how_to_mend_it(quality: Actor, more: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        begun(quality, **more)
    assert not Draft.objects.exists()


def test_a_name_that_is_taken_is_refused(quality: Actor) -> None:
    begun(quality)
    with pytest.raises(Refused, match="called “monthly-audit” already"):
        begun(quality)
    published(quality, title="Other")
    with pytest.raises(Refused, match="called “other” already"):
        begun(quality, title="Other")


def test_a_dropped_name_is_free_again(quality: Actor) -> None:
    draft = begun(quality)
    dropped = actions.drop(draft=draft, version=draft.version, by=quality)
    assert actions.drop(draft=dropped, version=1, by=quality).status == "dropped"
    assert begun(quality).pk != draft.pk
    assert [one.pk for one in queries.drafts(quality)] != [draft.pk]


# Changing


def test_two_editors_clash_and_nothing_is_written_over(quality: Actor) -> None:
    draft = begun(quality)
    first = draft.text.replace('title = "Monthly audit"', 'title = "Ana"')
    second = draft.text.replace('title = "Monthly audit"', 'title = "Ben"')
    actions.put_text(draft=draft, text=first, version=1, by=quality)
    with pytest.raises(Clash) as clash:
        actions.put_text(draft=draft, text=second, version=1, by=quality)
    assert (clash.value.current_version, clash.value.theirs["text"], clash.value.yours["text"]) == (2, first, second)
    assert Draft.objects.get().title == "Ana"
    with pytest.raises(Clash) as clash:
        actions.turn(draft=draft, text=second, version=1, by=quality)
    assert "changed" in clash.value.theirs["meanwhile"]


def test_saved_twice_with_the_same_key_is_saved_once(quality: Actor) -> None:
    draft, key = begun(quality), uuid4()
    text = draft.text.replace('title = "Monthly audit"', 'title = "Weekly"')
    once = actions.put_text(draft=draft, text=text, version=1, client_key=key, by=quality)
    again = actions.put_text(draft=draft, text=text, version=1, client_key=key, by=quality)
    assert (once.version, again.version) == (2, 2)
    assert actions.put_text(draft=draft, text=text, version=2, by=quality).version == 2, "nothing was changed"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('slug = "monthly-audit-1"', 'slug = "other-1"'), "stays so"),
        (('scale = "', 'scale = "no-'), r"line \d+: .*not a known scale"),
        (('title = "Monthly audit"', "title = Monthly"), r"line \d+: this is not TOML"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_with_its_line(
    quality: Actor, change: tuple[str, str], says: str
) -> None:  # fmt: skip
    draft = begun(quality, copy_of="two-minute-check-1")
    with pytest.raises(Refused, match=says):
        actions.put_text(draft=draft, text=draft.text.replace(*change), version=1, by=quality)
    assert Draft.objects.get().version == 1


def test_what_was_published_or_dropped_cannot_be_changed(quality: Actor) -> None:
    draft = begun(quality)
    actions.publish(draft=draft, note="Now.", version=1, by=quality)
    with pytest.raises(Refused, match="was published meanwhile"):
        actions.put_text(draft=draft, text=draft.text, version=2, by=quality)
    with pytest.raises(IllegalMove):
        actions.drop(draft=draft, version=2, by=quality)


# Publishing


def test_a_published_version_is_what_was_written_word_for_word(quality: Actor) -> None:
    own = published(quality)
    assert own.sha256 == sha256(own.text.encode()).hexdigest()
    assert own.text == own.draft.text
    assert known.instrument("monthly-audit-1").title == "Monthly audit"
    assert "monthly-audit-1" in known.current_instruments()
    entry = Entry.objects.get(event="draft.published")
    assert (entry.detail["sha256"], entry.by_id) == (own.sha256, quality.id)


def test_published_twice_is_published_once(quality: Actor) -> None:
    draft = begun(quality)
    first = actions.publish(draft=draft, note="The first.", version=1, by=quality)
    assert actions.publish(draft=draft, note="The first.", version=1, by=quality) == first


def hanging(text: str) -> str:
    """The first question of the two-minute check made to hang on the second, and the second on the first."""
    one, two = 'id = "know-child"', 'id = "seen-lately"'
    loop = text.replace(one, one + '\nask_if = [{ question = "seen-lately", is = ["green"] }]')
    return loop.replace(two, two + '\nask_if = [{ question = "know-child", is = ["green"] }]')


def dead(text: str) -> str:
    """A question that waits for two answers to the same question at once, by way of another."""
    two, three = 'id = "seen-lately"', 'id = "plan-now"'
    text = text.replace(two, two + '\nask_if = [{ question = "know-child", is = ["green"] }]')
    both = '[{ question = "know-child", is = ["red"] }, { question = "seen-lately", is = ["green"] }]'
    return text.replace(three, f"{three}\nask_if = {both}")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (hanging, "That is a circle"),
        (dead, "can never be asked"),
        (lambda text: text.replace("closing = true\n", ""), "No section is the closing one"),
        (lambda text: text.replace('theme = "impact"', 'theme = "audit"'), "what difference the work made"),
        (lambda text: text.replace('"Monthly audit"', '"Two-minute check, version 1"'), "is already what"),
    ],
)
def test_a_draft_with_a_problem_is_kept_and_not_published(quality: Actor, change: object, says: str) -> None:
    draft = begun(quality, copy_of="two-minute-check-1")
    draft = actions.put_text(draft=draft, text=change(draft.text), version=1, by=quality)  # type: ignore[operator]
    assert any(says in one.says for one in queries.read(draft)[1])
    with pytest.raises(Refused, match="cannot be published yet") as refusal:
        actions.publish(draft=draft, note="Now.", version=2, by=quality)
    assert says in refusal.value.reason
    assert not OwnVersion.objects.exists()


@pytest.mark.parametrize("note", ["", "x" * 501])
def test_a_version_says_what_changed_in_a_few_words(quality: Actor, note: str) -> None:
    with pytest.raises(Refused):
        actions.publish(draft=begun(quality), note=note, version=1, by=quality)


def test_the_next_version_begins_with_the_newest_and_leaves_it_alone(quality: Actor) -> None:
    first = published(quality)
    draft = actions.start_next(of=first, client_key=uuid4(), by=quality)
    assert (draft.slug, draft.title, draft.started_from) == ("monthly-audit-2", "Monthly audit, version 2", first.slug)
    assert actions.start_next(of=first, client_key=uuid4(), by=quality) == draft, "one draft of a series at a time"
    second = actions.publish(draft=draft, note="As before.", version=1, by=quality)
    third = actions.start_next(of=first, client_key=uuid4(), by=quality)
    assert (third.started_from, third.title) == (second.slug, "Monthly audit, version 3")
    assert known.current_instruments()[-1] == second.slug
    newer = known.instrument_superseded_by(first.slug)
    assert newer is not None and newer.slug == second.slug
    assert known.instrument_superseded_by(second.slug) is None


def test_what_changed_between_versions_is_told(quality: Actor) -> None:
    first = published(quality, copy_of="two-minute-check-1")
    assert queries.changed(first) == queries.Changed(None, ())
    second = next_published(first, quality, ('text = "Should somebody', 'text = "Ought somebody'))
    told = queries.changed(second)
    assert told.older == first
    assert [(one.part, [line.what for line in one.lines]) for one in told.changes] == [
        ("Instrument", ["Title"]), ("Question", ["Words"]),
    ]  # fmt: skip


def test_withdrawn_is_not_offered_and_still_found(quality: Actor) -> None:
    first = published(quality)
    second = next_published(first, quality, ("Say why", "Say plainly why"))
    second = actions.withdraw(own=second, because="Too long.", version=1, by=quality)
    assert known.current_instruments()[-1] == first.slug, "the one before is on offer again"
    assert known.has_instrument(second.slug) and known.withdrawn("instrument", second.slug)
    with pytest.raises(Clash):
        actions.offer_again(own=second, because="After all.", version=1, by=quality)
    with pytest.raises(Refused, match="Say why"):
        actions.offer_again(own=second, because=" ", version=2, by=quality)
    with pytest.raises(IllegalMove):
        actions.withdraw(own=second, because="Again.", version=2, by=quality)
    actions.offer_again(own=second, because="After all.", version=2, by=quality)
    assert known.current_instruments()[-1] == second.slug


# In use


def test_files_are_reviewed_on_an_own_instrument_and_answers_keep_their_version(quality: Actor) -> None:
    wexcombe: Story = story()
    first = published(quality)
    draw = wexcombe.draw(instrument=first.slug)
    review = wexcombe.review(wexcombe.case(draw))
    second = next_published(first, quality, ("Say why", "Say plainly why"))
    with pytest.raises(Refused, match="is superseded; choose “Monthly audit, version 2”"):
        wexcombe.draw(instrument=first.slug, seed="again")
    actions.withdraw(own=first, because="Out of use.", version=1, by=quality)
    done = signed(wexcombe, review, answers_to_own(first.slug))
    assert (done.instrument, done.status) == (first.slug, "signed-off")
    summary = cases.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert summary is not None and summary.instrument == first.slug
    actions.withdraw(own=second, because="Out of use too.", version=1, by=quality)
    with pytest.raises(Refused, match="was withdrawn"):
        wexcombe.draw(instrument=second.slug, seed="again")


def answers_to_own(slug: str) -> dict[str, object]:
    held = instruments.load(INSTRUMENT)
    assert known.instrument(slug).all_questions == held.all_questions
    return answers_to(INSTRUMENT)  # type: ignore[return-value]


def test_an_inspection_runs_under_an_own_framework_and_keeps_its_version(quality: Actor) -> None:
    first = published(quality, kind="framework", title="Our audit programme", copy_of="own-audit")
    held = factories.inspection(framework=first.slug)
    second = next_published(first, quality, ("Our audit programme, version 2", "Our programme, version 2"))
    assert known.framework(held.framework).title == "Our audit programme"
    assert second.slug in known.offered_frameworks() and first.slug not in known.offered_frameworks()
    for slug in (first.slug, "nothing-1"):
        with pytest.raises(Refused, match="Choose a framework that is on offer"):
            factories.inspection(framework=slug)
    newer = known.framework_superseded_by(first.slug)
    assert newer is not None and newer.slug == second.slug


def test_a_question_may_name_an_area_of_an_own_framework(quality: Actor) -> None:
    published(quality, kind="framework", title="Ours", copy_of="")
    assert "practice" in known.own_areas()
    draft = begun(quality, title="With ours", copy_of="")
    text = draft.text.replace('theme = "impact"', 'theme = "impact"\nareas = ["practice"]')
    assert actions.put_text(draft=draft, text=text, version=1, by=quality).version == 2


def test_nothing_is_asked_of_the_database_for_what_ships(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        for slug in instruments.slugs():
            known.instrument(slug)
        for slug in frameworks.slugs():
            known.framework(slug)


def test_what_is_not_known_is_refused_as_before() -> None:
    with pytest.raises(instruments.InstrumentError):
        known.instrument("nothing-1")
    with pytest.raises(frameworks.FrameworkError):
        known.framework("nothing-1")
    assert not known.has_framework("nothing-1")
