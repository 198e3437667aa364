"""Files reviewed on any instrument: what is not asked, where answers were seen, versions, and adding up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases_story import INSTRUMENT, SECRET, Story, full_answers, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries, shelving
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.journal.models import Entry
from goldthread.domain import instruments
from goldthread.domain.instrument import NOT_ASKED, not_asked
from goldthread.domain.instruments.writing import as_toml, copied

pytestmark = pytest.mark.django_db

FULL, MEETINGS, CARERS = "case-review-full-1", "strategy-meetings-1", "foster-carer-file-1"
SEEN = {"kind": "plan", "place": f"p. 4 {SECRET}", "day": "30/9/2026"}


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A second version of the short review, shipped beside the first."""
    folder = Path(instruments.__file__).parent
    for file in folder.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    second = copied(instruments.load(INSTRUMENT), "case-review-short-2", "Short case review, version 2")
    (tmp_path / "case-review-short-2.toml").write_text(as_toml(second), "utf-8")
    monkeypatch.setattr(instruments, "_FOLDER", tmp_path)
    forget()
    yield second.slug
    monkeypatch.undo()
    forget()


def forget() -> None:
    instruments.slugs.cache_clear()
    instruments.load.cache_clear()


def answers_to(slug: str, child: str = "", **chosen: str) -> dict[str, Typed]:
    """An answer to whatever is asked: the first of each scale, seen in the plan, unless another is chosen."""
    held = instruments.load(slug)
    values = {q.id: q.answers[0] if q.answers else "" for q in held.all_questions}
    values |= {name.replace("_", "-"): value for name, value in chosen.items()}
    left = not_asked(held, values, child)
    given = {}
    for question in held.all_questions:
        if question.id not in left:
            more = SEEN if question.evidence != "none" else {}
            if question.needs_action(values[question.id]):
                more = {**more, "action": "Write it.", "owner": "Team manager"}
            why = "" if question.kind == "flag" else f"As read. {SECRET}"
            given[question.id] = Typed(values[question.id], why, more=more)
    return given


def signed(story: Story, review: CaseReview, answers: dict[str, Typed]) -> CaseReview:
    saved = actions.save_answers(review=review, answers=answers, by=story["inspector"])
    assert saved.clashes == ()
    return actions.sign_off(review=saved.review, version=saved.review.version, by=story["inspector"])


def of_service(story: Story, slug: str, service: str) -> CaseReview:
    draw = story.draw(instrument=slug)
    case = draw.cases.filter(stratum_values__service=service, reserve=False).order_by("number")[0]
    actions.allocate(cases=[case], to=story.person("inspector"), by=story["lead"])
    return actions.start_review(case=case, by=story["inspector"])


# Every instrument, from the draw to the shelf


@pytest.mark.parametrize("slug", [slug for slug in instruments.slugs() if slug != INSTRUMENT])
def test_every_instrument_is_drawn_for_answered_signed_and_added_up(wexcombe: Story, slug: str) -> None:
    review = wexcombe.review(wexcombe.case(wexcombe.draw(instrument=slug)))
    child = queries.child_group(review.case)
    held = instruments.load(slug)
    assert {one.question_id for one in queries.problems(review)} <= {q.id for q in held.all_questions}
    done = signed(wexcombe, review, answers_to(slug, child))
    assert (done.practice_grade, done.record_grade) == ("outstanding", "outstanding")
    item = EvidenceItem.objects.get()
    assert SECRET not in item.summary + str(item.detail)
    assert item.detail["instrument"] == slug
    summary = queries.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert summary is not None
    assert (summary.instrument, summary.files, summary.drawn) == (slug, 1, 12)
    counted = {one.question.id: (one.of, one.not_applicable, one.not_asked) for one in summary.questions}
    assert counted["overall-practice"] == (1, 0, 0)
    assert all(sum(each) == 1 for each in counted.values())
    of_sections = [one.question.id for part in summary.sections for one in part.questions]
    assert sorted(of_sections) == sorted(counted)


# What is not asked


def test_what_is_not_asked_stands_in_nobodys_way_and_is_written_down_as_such(wexcombe: Story) -> None:
    review = of_service(wexcombe, MEETINGS, "In care")
    given = answers_to(MEETINGS, "in-care", meeting_there="not-evidenced")
    assert "minute-decision" not in given
    signed(wexcombe, review, given)
    stored = queries.answers_of(review)
    assert (stored["minute-decision"].value, stored["minute-decision"].why) == (NOT_ASKED, "")
    item = EvidenceItem.objects.get()
    assert item.detail["answers"]["minute-decision"] == NOT_ASKED
    assert "not asked" not in item.summary
    summary = queries.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert summary is not None
    told = {one.question.id: one for one in summary.questions}
    assert (told["minute-decision"].of, told["minute-decision"].not_asked) == (0, 1)


def test_an_answer_that_an_earlier_one_takes_out_is_kept_in_words_and_can_come_back(wexcombe: Story) -> None:
    review = of_service(wexcombe, MEETINGS, "In care")
    actions.save_answers(review=review, answers=answers_to(MEETINGS, "in-care"), by=wexcombe["inspector"])
    before = queries.answers_of(review)["minute-decision"]
    changed = {"meeting-there": Typed("not-evidenced", "None there.", 1, SEEN)}
    done = signed(wexcombe, review, changed)
    after = queries.answers_of(done)["minute-decision"]
    assert (before.value, after.value, after.why, after.more) == ("evidenced", NOT_ASKED, before.why, before.more)
    draft = actions.give_back(
        review=done, because="Look again.", version=done.version, by=wexcombe["quality-assurance"]
    )  # fmt: skip
    copied_ = queries.answers_of(draft)["minute-decision"]
    assert (copied_.value, copied_.why, copied_.more) == ("", before.why, before.more)
    actions.save_answers(
        review=draft, answers={"meeting-there": Typed("evidenced", "Found.", 1, SEEN)}, by=wexcombe["inspector"]
    )
    assert "minute-decision" in [one.question_id for one in queries.problems(draft)]


def test_a_section_for_other_children_is_not_asked(wexcombe: Story) -> None:
    review = of_service(wexcombe, FULL, "Child in need")
    given = answers_to(FULL, "in-need")
    assert not {"permanence", "adviser", "matching", "chair-challenge"} & set(given)
    signed(wexcombe, review, given)
    assert queries.answers_of(review)["permanence"].value == NOT_ASKED


def test_nobody_can_choose_not_asked(wexcombe: Story) -> None:
    review = of_service(wexcombe, MEETINGS, "In care")
    with pytest.raises(Refused, match="not an answer"):
        actions.save_answers(review=review, answers={"minute-who": Typed(NOT_ASKED)}, by=wexcombe["inspector"])


# Where it was seen, and what is to be done


def test_where_an_answer_was_seen_is_kept_with_it_and_clashes_with_it(wexcombe: Story) -> None:
    review = of_service(wexcombe, FULL, "In care")
    by = wexcombe["inspector"]
    first = Typed("yes", "Monthly.", more=SEEN)
    assert actions.save_answers(review=review, answers={"chronology": first}, by=by).versions == {"chronology": 1}
    assert actions.save_answers(review=review, answers={"chronology": first}, by=by).versions == {}
    other = Typed("yes", "Monthly.", 0, {**SEEN, "place": "p. 9"})
    clash = actions.save_answers(review=review, answers={"chronology": other}, by=by).clashes[0]
    assert (dict(clash.theirs.more), dict(clash.yours.more)["place"]) == (SEEN, "p. 9")
    cleared = Typed("yes", "Monthly.", 1, {"kind": "", "place": " ", "day": ""})
    actions.save_answers(review=review, answers={"chronology": cleared}, by=by)
    assert queries.answers_of(review)["chronology"].more == {}


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("chronology", Typed("yes", more={"kind": "gossip"}), "not a kind of record"),
        ("chronology", Typed("yes", more={"action": "Do it."}), "does not ask for that"),
        ("genogram", Typed("yes", more={"kind": "plan"}), "does not ask for that"),
        ("chronology", Typed("yes", more={"kind": "plan", "place": "x" * 201}), "at most 200 letters"),
        ("strengths", Typed("", "Good.", more={"kind": "plan"}), "no answer to choose"),
        ("safer-now", Typed("11", "So."), "not an answer"),
    ],
)
def test_what_a_question_does_not_ask_for_is_refused(wexcombe: Story, question: str, typed: Typed, says: str) -> None:
    review = of_service(wexcombe, FULL, "In care")
    with pytest.raises(Refused, match=says):
        actions.save_answers(review=review, answers={question: typed}, by=wexcombe["inspector"])


def test_signing_off_asks_for_the_reference_the_reason_the_action_and_the_closing_section(wexcombe: Story) -> None:
    review = of_service(wexcombe, CARERS, "In care")
    given = answers_to(CARERS, "in-care", terms_clear="no")
    given["terms-clear"] = Typed("no", "Gone.")
    given["checks"] = Typed("yes")
    del given["difference-made"]
    actions.save_answers(review=review, answers=given, by=wexcombe["inspector"])
    told = {one.question_id: one.says for one in queries.problems(review)}
    assert told == {
        "terms-clear": "Say what is to be done, and who does it.",
        "checks": "Say where you saw it: the kind of record, and its page or day.",
        "difference-made": "Give a grade.",
    }
    review.refresh_from_db()
    with pytest.raises(Refused, match="What difference does it make to the children"):
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])


def test_what_stands_beside_a_reason_counts_in_the_hash_and_the_short_review_keeps_its_own(wexcombe: Story) -> None:
    review = wexcombe.review()
    plain = Answer(review=review, question="plan", value="good", why="Clear.")
    seen = Answer(review=review, question="plan", value="good", why="Clear.", more=SEEN)
    assert shelving.content_hash(review, [plain]) != shelving.content_hash(review, [seen])
    assert shelving.content_hash(review, [plain]) == shelving.content_hash(
        review, [Answer(review=review, question="plan", value="good", why="Clear.", more={})]
    )


# Which instrument


def test_files_can_be_given_on_another_instrument_than_the_draws(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    cases = list(draw.cases.order_by("number")[:2])
    by, to = wexcombe["lead"], wexcombe.person("inspector")
    actions.allocate(cases=cases[:1], to=to, instrument="tracked-case-1", by=by)
    actions.allocate(cases=cases[1:], to=to, by=by)
    begun = [actions.start_review(case=one, by=wexcombe["inspector"]) for one in cases]
    assert [one.instrument for one in begun] == ["tracked-case-1", INSTRUMENT]
    signed(wexcombe, begun[0], answers_to("tracked-case-1", queries.child_group(begun[0].case)))
    signed(wexcombe, begun[1], full_answers())
    own = queries.answers_summary(wexcombe.inspection, by)
    tracked = queries.answers_summary(wexcombe.inspection, by, draw, "tracked-case-1")
    assert own is not None
    assert tracked is not None
    assert (own.instrument, own.files, own.drawn, own.elsewhere) == (INSTRUMENT, 1, 11, 1)
    assert (tracked.instrument, tracked.files, tracked.drawn, tracked.elsewhere) == ("tracked-case-1", 1, 1, 11)
    assert [slug for slug, _ in own.instruments] == [INSTRUMENT, "tracked-case-1"]
    unknown = queries.answers_summary(wexcombe.inspection, by, draw, "nothing-1")
    assert unknown is not None
    assert unknown.instrument == INSTRUMENT


def test_the_instrument_of_ones_own_file_can_be_changed_until_its_review_is_begun(wexcombe: Story) -> None:
    case, by, to = wexcombe.case(), wexcombe["lead"], wexcombe.person("inspector")
    assert actions.allocate(cases=[case], to=to, instrument="two-minute-check-1", by=by) == [case]
    assert actions.allocate(cases=[case], to=to, instrument="two-minute-check-1", by=by) == []
    assert queries.instrument_of(Case.objects.get(pk=case.pk)) == "two-minute-check-1"
    told = Entry.objects.filter(event="case.allocated").order_by("number")
    assert [one.detail["instrument"] for one in told] == [INSTRUMENT, "two-minute-check-1"]
    actions.allocate(cases=[case], to=to, instrument=INSTRUMENT, by=by)
    assert Case.objects.get(pk=case.pk).instrument == ""
    wexcombe.review(Case.objects.get(pk=case.pk))
    with pytest.raises(Refused, match="was begun on “Short case review, version 1”, and answers stay"):
        actions.allocate(cases=[case], to=to, instrument="two-minute-check-1", by=by)


@pytest.mark.parametrize("slug", ["nothing-1", "../secrets", "case-review-short"])
def test_an_unknown_instrument_cannot_be_given(wexcombe: Story, slug: str) -> None:
    with pytest.raises(Refused, match="Choose the instrument"):
        actions.allocate(
            cases=[wexcombe.case()], to=wexcombe.person("inspector"), instrument=slug, by=wexcombe["lead"]
        )  # fmt: skip


# Versions


def test_a_superseded_version_is_not_begun_on_and_what_was_begun_stays_on_it(wexcombe: Story, newer: str) -> None:
    case = wexcombe.case(wexcombe.draw(instrument=newer))
    with pytest.raises(Refused, match="“Short case review, version 1” is superseded; choose “Short case review, vers"):
        wexcombe.draw(instrument=INSTRUMENT)
    with pytest.raises(Refused, match="is superseded"):
        actions.allocate(cases=[case], to=wexcombe.person("inspector"), instrument=INSTRUMENT, by=wexcombe["lead"])
    assert next(slug for slug, _ in queries.instrument_choices()) == newer
    Case.objects.filter(pk=case.pk).update(instrument=INSTRUMENT)
    old = actions.start_review(case=Case.objects.get(pk=case.pk), by=wexcombe["inspector"])
    done = signed(wexcombe, old, full_answers())
    assert done.instrument == INSTRUMENT
    assert EvidenceItem.objects.get().detail["instrument"] == INSTRUMENT


def test_a_review_whose_instrument_is_gone_keeps_its_answers_and_says_so(
    wexcombe: Story, newer: str, tmp_path: Path
) -> None:
    review = wexcombe.review(wexcombe.case(wexcombe.draw(instrument=newer)))
    actions.save_answers(review=review, answers={"plan": Typed("good", "Clear.")}, by=wexcombe["inspector"])
    (tmp_path / f"{newer}.toml").unlink()
    forget()
    review.refresh_from_db()
    for act in (
        lambda: actions.save_answers(review=review, answers={"plan": Typed("good")}, by=wexcombe["inspector"]),
        lambda: actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"]),
    ):
        with pytest.raises(Refused, match="is not known here any more"):
            act()
    assert queries.answers_of(review)["plan"].why == "Clear."
    summary = queries.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert summary is not None
    assert (summary.questions, summary.instrument) == ((), newer)
