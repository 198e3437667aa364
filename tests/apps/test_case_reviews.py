"""Case reviews: the reviewer's own, saved answer by answer, evidence once signed off, urgent concerns told at once."""

from uuid import uuid4

import pytest
from django.db import connection
from tests.cases_story import SECRET, Story, full_answers, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, Case, CaseReview, UrgentConcern
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

URGENT = Typed("yes", f"Alone at night. {SECRET}")


@pytest.fixture
def wexcombe() -> Story:
    return story()


def save(story: Story, review: CaseReview, by: str = "inspector", **answers: Typed) -> actions.Saved:
    return actions.save_answers(
        review=review, answers={name.replace("_", "-"): one for name, one in answers.items()}, by=story[by]
    )


# Beginning


def test_only_whoever_was_given_the_case_begins_its_review(wexcombe: Story) -> None:
    case = wexcombe.case()
    for role in ("inspector-2", "lead", "quality-assurance", "analyst", "nominated-officer"):
        with pytest.raises(Refused):
            actions.start_review(case=case, by=wexcombe[role])
    review = actions.start_review(case=case, by=wexcombe["inspector"])
    assert (review.status, Case.objects.get(pk=case.pk).status) == ("draft", "in-review")
    assert actions.start_review(case=case, by=wexcombe["inspector"]) == review
    assert Entry.objects.filter(event="case-review.started").count() == 1


def test_a_declared_conflict_stops_the_reviewer_at_once(wexcombe: Story) -> None:
    review = wexcombe.review()
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=wexcombe.person("inspector"), says="A neighbour.",
        by=wexcombe["inspector"],
    )  # fmt: skip
    with pytest.raises(Refused, match="conflict of interest"):
        save(wexcombe, review, plan=Typed("good", "Clear."))
    assert list(queries.reviews_visible_to(wexcombe["inspector"])) == []


# Saving


@pytest.mark.parametrize("role", ["lead", "inspector-2", "quality-assurance", "analyst", "nominated-officer"])
def test_nobody_else_writes_my_review(wexcombe: Story, role: str) -> None:
    review = wexcombe.review()
    with pytest.raises(Refused):
        save(wexcombe, review, by=role, plan=Typed("good", "Clear."))
    assert not Answer.objects.exists()


def test_each_answer_is_saved_with_a_version_of_its_own(wexcombe: Story) -> None:
    review = wexcombe.review()
    assert save(wexcombe, review, plan=Typed("good"), visits=Typed("good", "Weekly.")).versions == {
        "plan": 1, "visits": 1,
    }  # fmt: skip
    assert save(wexcombe, review, plan=Typed("good", "Clear steps.", 1)).versions == {"plan": 2}
    again = save(wexcombe, review, plan=Typed("good", "Clear steps.", 1))
    assert (again.versions, again.clashes) == ({}, ())
    stored = queries.answers_of(review)
    assert (stored["plan"].why, stored["visits"].version) == ("Clear steps.", 1)
    assert review.pk and CaseReview.objects.get(pk=review.pk).version == 3


def test_a_clash_on_one_answer_keeps_both_texts_and_saves_the_rest(wexcombe: Story) -> None:
    review = wexcombe.review()
    save(wexcombe, review, plan=Typed("good", "From the office."))
    done = save(
        wexcombe, review, plan=Typed("inadequate", "From the train."), visits=Typed("good", "Weekly.")
    )  # fmt: skip
    assert done.versions == {"visits": 1}
    clash = done.clashes[0]
    assert (clash.question, clash.theirs.why, clash.yours.why) == ("plan", "From the office.", "From the train.")
    assert queries.answers_of(review)["plan"].why == "From the office."
    save(wexcombe, review, plan=Typed("inadequate", "From the train.", clash.theirs.version))
    assert queries.answers_of(review)["plan"].value == "inadequate"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"hair": Typed("good")}, "not part of the instrument"),
        ({"plan": Typed("splendid")}, "not an answer"),
        ({"management_decisions": Typed("good")}, "not an answer"),
        ({"strengths": Typed("good")}, "no answer to choose"),
        ({"plan": Typed("good", "x" * 20_001)}, "too long"),
    ],
)
def test_what_the_instrument_does_not_have_is_refused_whole(
    wexcombe: Story, answers: dict[str, Typed], says: str
) -> None:
    review = wexcombe.review()
    with pytest.raises(Refused, match=says):
        save(wexcombe, review, visits=Typed("good"), **answers)
    assert not Answer.objects.exists()


def test_saving_and_its_journal_row_stand_or_fall_together(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    review = wexcombe.review()

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("goldthread.apps.cases.actions.reviews.journal", broken)
    with pytest.raises(RuntimeError):
        save(wexcombe, review, plan=Typed("good"))
    assert not Answer.objects.exists()


# Signing off


def test_an_incomplete_review_is_refused_with_all_that_is_missing(wexcombe: Story) -> None:
    review = wexcombe.answered(plan=Typed("not-applicable"), visits=Typed("good"), overall_record=Typed())
    problems = {one.question_id: one.says for one in queries.problems(review)}
    assert problems == {
        "plan": "Say why this does not apply to this child.",
        "visits": "Give the reason for this grade.",
        "overall-record": "Give a grade.",
    }
    with pytest.raises(Refused) as refusal:
        actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    assert all(says in refusal.value.reason for says in problems.values())
    assert not EvidenceItem.objects.exists()
    assert CaseReview.objects.get(pk=review.pk).status == "draft"


def test_signing_off_shelves_one_item_that_names_nobody(wexcombe: Story) -> None:
    review = wexcombe.signed(strengths=Typed("", SECRET), identity=Typed("not-applicable", SECRET))
    item = EvidenceItem.objects.get()
    assert (item.kind, item.mark, review.evidence_item) == ("case-review", "E0001", item)
    assert item.summary.startswith("Case 1: practice good, record good; recording: partly; assessment: good;")
    assert "management oversight: partly" in item.summary
    assert "identity: not applicable" in item.summary
    assert "identity" not in item.themes
    assert {"voice", "management-oversight"} <= set(item.themes)
    assert len(item.source_hash) == 64
    told = f"{item.title} {item.summary} {item.detail}"
    assert SECRET not in told
    assert review.case.pseudonym not in told
    assert (review.practice_grade, Case.objects.get(pk=review.case_id).status) == ("good", "reviewed")


@pytest.mark.parametrize(
    ("framework", "service", "areas"),
    [
        ("sif-2013", "In care", ["looked-after", "leadership"]),
        ("ilacs-2026", "In care", ["leadership", "children-in-care"]),
        ("sif-2013", "Protection plan", ["help-and-protection", "leadership"]),
        ("ilacs-2026", "Child in need", ["leadership", "help-and-protection"]),
        ("ilacs-2018", "In care", ["leadership", "children-in-care"]),
        (
            "own-audit",
            "In care",
            ["impact", "safety", "assessment", "plan", "voice", "partners", "oversight", "recording"],
        ),
    ],
)
def test_the_item_speaks_to_the_areas_of_the_childs_service(framework: str, service: str, areas: list[str]) -> None:
    place = story(framework)
    case = place.draw().cases.filter(stratum=service, reserve=False)[0]
    actions.allocate(cases=[case], to=place.person("inspector"), by=place["lead"])
    assert place.signed(place.review(case)).evidence_item.areas == areas


def test_a_review_is_signed_off_once_by_its_reviewer_on_what_they_read(wexcombe: Story) -> None:
    review = wexcombe.answered()
    with pytest.raises(Clash):
        actions.sign_off(review=review, version=review.version - 1, by=wexcombe["inspector"])
    with pytest.raises(Refused):
        actions.sign_off(review=review, version=review.version, by=wexcombe["lead"])
    signed = actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    with pytest.raises(Refused, match="signed off"):
        actions.sign_off(review=signed, version=signed.version, by=wexcombe["inspector"])
    with pytest.raises(Refused, match="signed off"):
        save(wexcombe, signed, plan=Typed("inadequate", "Later.", 1))
    assert EvidenceItem.objects.count() == 1


def test_a_case_set_aside_or_given_to_another_closes_its_draft(wexcombe: Story) -> None:
    review, lead = wexcombe.review(), wexcombe["lead"]
    actions.allocate(cases=[review.case], to=wexcombe.person("inspector-2"), by=lead, because="Ill.")
    with pytest.raises(Refused, match="somebody else"):
        save(wexcombe, review, plan=Typed("good"))
    other = wexcombe.review(Case.objects.get(pk=review.case_id), by="inspector-2")
    actions.set_aside(case=other.case, because="Court.", version=other.case.version, by=lead)
    with pytest.raises(Refused, match="set aside"):
        save(wexcombe, other, by="inspector-2", plan=Typed("good"))


# Giving back


def test_giving_back_supersedes_the_item_and_leaves_what_was_signed(wexcombe: Story) -> None:
    signed = wexcombe.signed()
    for role in ("inspector", "inspector-2", "analyst"):
        with pytest.raises(Refused):
            actions.give_back(review=signed, because="Look again.", version=signed.version, by=wexcombe[role])
    with pytest.raises(Refused, match="look at again"):
        actions.give_back(review=signed, because=" ", version=signed.version, by=wexcombe["lead"])
    draft = actions.give_back(
        review=signed, because="Why good?", version=signed.version, by=wexcombe["quality-assurance"]
    )
    old = CaseReview.objects.get(pk=signed.pk)
    assert (old.status, old.evidence_item.status, Case.objects.get(pk=old.case_id).status) == (
        "superseded", "superseded", "in-review",
    )  # fmt: skip
    assert (draft.status, draft.reviewer_id, draft.replaces, draft.given_back_because) == (
        "draft", signed.reviewer_id, old, "Why good?",
    )  # fmt: skip
    assert queries.answers_of(draft)["plan"].why == SECRET
    save(wexcombe, draft, plan=Typed("requires-improvement", "No dates.", 1))
    assert queries.answers_of(old)["plan"].value == "good"
    new = wexcombe.signed(draft)
    old.evidence_item.refresh_from_db()
    assert (new.evidence_item.mark, old.evidence_item.replaced_by) == ("E0002", new.evidence_item)
    assert new.evidence_item.current
    with pytest.raises(IllegalMove):
        actions.give_back(review=old, because="Again.", version=old.version, by=wexcombe["lead"])


def test_an_item_that_was_withdrawn_stays_withdrawn(wexcombe: Story) -> None:
    signed, lead = wexcombe.signed(), wexcombe["lead"]
    evidence.withdraw(item=signed.evidence_item, because="Wrong child.", by=lead)
    draft = actions.give_back(review=signed, because="Wrong child.", version=signed.version, by=lead)
    wexcombe.signed(draft)
    assert EvidenceItem.objects.get(number=1).status == "withdrawn"


# Urgent concerns


def test_an_urgent_answer_is_before_the_lead_at_once_and_until_it_is_answered(wexcombe: Story) -> None:
    review, lead = wexcombe.review(), wexcombe["lead"]
    save(wexcombe, review, urgent_concern=Typed("yes"))
    assert queries.open_concerns(lead) == []
    save(wexcombe, review, urgent_concern=Typed("yes", "Alone.", 1))
    save(wexcombe, review, urgent_concern=Typed("yes", "Alone at night.", 2))
    assert [one.says for one in queries.open_concerns(lead)] == ["Alone at night."]
    assert queries.open_concerns(wexcombe["inspector"]) == []
    assert len(queries.open_concerns(wexcombe["inspector"], wexcombe.inspection)) == 1
    assert queries.open_concerns(wexcombe["nominated-officer"], wexcombe.inspection) == []
    concern = UrgentConcern.objects.get()
    with pytest.raises(Refused):
        actions.acknowledge_concern(concern=concern, done="Told.", version=concern.version, by=wexcombe["inspector"])
    with pytest.raises(Refused, match="being done"):
        actions.acknowledge_concern(concern=concern, done=" ", version=concern.version, by=lead)
    with pytest.raises(Clash):
        actions.acknowledge_concern(concern=concern, done="Told.", version=1, by=lead)
    done = actions.acknowledge_concern(concern=concern, done="Told the director.", version=concern.version, by=lead)
    assert queries.open_concerns(lead) == []
    with pytest.raises(Refused, match="already"):
        actions.acknowledge_concern(concern=done, done="Again.", version=done.version, by=lead)
    save(wexcombe, review, urgent_concern=Typed("yes", "And again.", 3))
    assert [one.says for one in queries.open_concerns(lead)] == ["And again."]


def test_anybody_of_the_team_may_raise_a_concern_and_nobody_else(wexcombe: Story) -> None:
    case, key = wexcombe.case(), uuid4()
    first = actions.raise_urgent_concern(case=case, says="Hurt.", client_key=key, by=wexcombe["analyst"])
    assert actions.raise_urgent_concern(case=case, says="Hurt.", client_key=key, by=wexcombe["analyst"]) == first
    with pytest.raises(Refused, match="what the concern is"):
        actions.raise_urgent_concern(case=case, says=" ", client_key=uuid4(), by=wexcombe["analyst"])
    with pytest.raises(Refused):
        actions.raise_urgent_concern(case=case, says="Hurt.", client_key=uuid4(), by=wexcombe["nominated-officer"])
    assert UrgentConcern.objects.count() == 1


# What the files say together


def test_x_of_y_files_says_how_precise_it_is(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    cases = actions.allocate(cases=draw.cases.order_by("number")[:3], to=wexcombe.person("inspector"), by=lead)
    wexcombe.signed(wexcombe.review(cases[0]))
    wexcombe.signed(wexcombe.review(cases[1]), management_decisions=Typed("no"))
    wexcombe.answered(wexcombe.review(cases[2]), management_decisions=Typed("no"))
    summary = queries.answers_summary(wexcombe.inspection, lead)
    assert summary is not None
    assert (summary.files, summary.drawn, summary.complete) == (2, 12, False)
    asked = {one.question.id: one for one in summary.questions}["management-decisions"]
    assert [(one.value, one.count, one.of) for one in asked.answers] == [
        ("yes", 0, 2), ("partly", 1, 2), ("no", 1, 2),
    ]  # fmt: skip
    assert asked.answers[1].per_cent is None
    assert 5 < asked.answers[1].low < 20
    assert queries.answers_summary(wexcombe.inspection, wexcombe["nominated-officer"]) is None


def test_progress_counts_by_status_and_by_inspector(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), wexcombe["lead"]
    actions.allocate(cases=draw.cases.order_by("number")[:3], to=wexcombe.person("inspector"), by=lead)
    actions.allocate(cases=draw.cases.order_by("number")[3:4], to=wexcombe.person("lead"), by=lead)
    wexcombe.signed(wexcombe.review(draw.cases.get(number=1)))
    wexcombe.review(draw.cases.get(number=2))
    progress = queries.progress(wexcombe.inspection, lead)
    assert (progress.total, progress.reviewed, progress.per_cent) == (12, 1, 8)
    assert progress.by_status == {"drawn": 8, "allocated": 2, "in-review": 1, "reviewed": 1}
    assert [(s.person, s.allocated, s.in_review, s.reviewed) for s in progress.by_inspector] == [
        (wexcombe.person("inspector"), 1, 1, 1), (wexcombe.person("lead"), 1, 0, 0),
    ]  # fmt: skip
    assert [case.number for case in queries.mine(wexcombe["inspector"])] == [2, 3]


def test_the_journal_tells_of_reviews_without_a_word_of_them(wexcombe: Story) -> None:
    review = wexcombe.answered(urgent_concern=URGENT)
    signed = actions.sign_off(review=review, version=review.version, by=wexcombe["inspector"])
    concern = UrgentConcern.objects.get()
    actions.acknowledge_concern(concern=concern, done=SECRET, version=concern.version, by=wexcombe["lead"])
    actions.give_back(review=signed, because=SECRET, version=signed.version, by=wexcombe["lead"])
    told = " ".join(f"{one.about_label} {one.detail}" for one in Entry.objects.all())
    assert SECRET not in told
    assert review.case.pseudonym not in told
    assert {"case-review.saved", "case-review.signed-off", "case-review.given-back", "case-review.urgent-concern"} <= {
        *Entry.objects.values_list("event", flat=True)
    }


def test_a_list_of_sixty_cases_asks_the_database_few_things(wexcombe: Story) -> None:
    wexcombe.draw(size=40)
    lead = wexcombe["lead"]
    before = len(connection.queries_log)
    connection.force_debug_cursor = True
    try:
        rows = list(queries.cases_of_inspection(wexcombe.inspection, lead))
        assert [row.draw.submission.label for row in rows][:1] == ["lists.xlsx"]
        assert all(row.target(changing=True) for row in rows)
        assert len(connection.queries_log) - before < 8
    finally:
        connection.force_debug_cursor = False


def test_full_answers_is_what_the_instrument_asks() -> None:
    assert len(full_answers()) == 15
