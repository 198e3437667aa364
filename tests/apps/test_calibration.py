"""How reviewers stand against the model and each other: every figure a second time, naively, and who sees which."""

import random
from collections.abc import Iterator
from itertools import combinations
from uuid import uuid4

import pytest
from tests.domain.test_agreement import naive
from tests.training_story import Story, answers, story

from goldthread.apps.access.permissions import Permission as P
from goldthread.apps.access.policy import NOBODY, decide
from goldthread.apps.cases.actions import Typed
from goldthread.apps.training import actions, queries
from goldthread.apps.training.models import PracticeReview
from goldthread.domain import instruments
from goldthread.domain.agreement import Coefficient
from goldthread.domain.calibration import Level
from goldthread.domain.practice_cases import load, slugs

pytestmark = pytest.mark.django_db

PEOPLE = ("inspector", "inspector-2", "lead")
ROLES = ("lead", "inspector", "inspector-2", "quality-assurance", "analyst", "nominated-officer", "director", "member",
         "records-officer", "disclosure-checker", "uploader", "improvement-lead")  # fmt: skip


@pytest.fixture
def told() -> Story:
    return story()


def invented(case: str, seed: str) -> dict[str, Typed]:
    """Answers of which about a third are not the model's, now and then that a question does not apply."""
    chance, held = random.Random(seed + case), answers(case, "Because of what stands in the file.")
    for one in instruments.load(load(case).instrument).all_questions:
        if chance.random() < 0.35:
            held[one.id] = Typed(chance.choice(one.answers), held[one.id].why)
    return held


def all_signed(told: Story, people: tuple[str, ...] = PEOPLE) -> dict[str, dict[str, dict[str, Typed]]]:
    """Every reviewer, every case; what each answered."""
    given = {who: {case: invented(case, who) for case in slugs()} for who in people}
    for who, held in given.items():
        for case, sent in held.items():
            told.signed(case, by=who, given=sent)
    return given


def questions(case: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each rated question of a case: its id, kind and scale, the kindest answer first."""
    instrument = instruments.load(load(case).instrument)
    for one in (*instrument.questions, *instrument.overall):
        yield one.id, one.kind, one.answered_on.kindest_first


def naive_pairs(
    given: dict[str, dict[str, dict[str, Typed]]], one: str, other: str, kind: str, scale: tuple[str, ...]
) -> tuple[list[tuple[int, int]], int]:
    """Answers of two as places on a scale, and how many pairs only one of them found to apply; “model” is the model."""

    def value(who: str, case: str, id: str) -> str:
        return load(case).answers[id].value if who == "model" else given[who][case][id].value

    found, apart = [], 0
    for case in slugs():
        for id, its_kind, its_scale in questions(case):
            if (its_kind, its_scale) != (kind, scale):
                continue
            both = value(one, case, id), value(other, case, id)
            if all(each in scale for each in both):
                found.append((scale.index(both[0]), scale.index(both[1])))
            elif any(each in scale for each in both):
                apart += 1
    return found, apart


def check(held: object, pairs: list[tuple[int, int]], apart: int, size: int) -> int:
    """Every figure of an agreement against the naive one; how many were compared."""
    compared = 0
    assert (held.pairs, held.off_scale) == (len(pairs), apart)  # type: ignore[attr-defined]
    assert held.agreed == sum(a == b for a, b in pairs)  # type: ignore[attr-defined]
    for which, figure in held.figures.items():  # type: ignore[attr-defined]
        expected = naive(which, pairs, size)
        if figure.value is not None and expected is not None:
            assert figure.value == pytest.approx(float(expected)), which
            compared += 1
    return compared


def test_every_figure_of_agreement_a_second_time(told: Story) -> None:
    given = all_signed(told)
    assert told.training is not None
    shown = queries.calibration(told.training, told["quality-assurance"])
    roles = {told.person(who).pk: who for who in PEOPLE}
    assert shown.everybody and shown.cases == len(slugs()) and not shown.hidden and shown.few
    assert {(one.kind, one.scale.answers) for one in shown.scales} == {
        (kind, scale) for case in slugs() for _, kind, scale in questions(case)
    }
    compared = 0
    for one in shown.scales:
        scale = one.scale.answers
        pooled: list[tuple[int, int]] = []
        out = 0
        for who in one.reviewers:
            pairs, apart = naive_pairs(given, roles[who.person.pk], "model", one.kind, scale)
            compared += check(who.agreement, pairs, apart, len(scale))
            pooled += pairs
            out += apart
            assert who.direction.kinder == sum(a < b for a, b in pairs)
            assert who.direction.harsher == sum(a > b for a, b in pairs)
            if pairs:
                assert who.direction.steps.value == pytest.approx(sum(b - a for a, b in pairs) / len(pairs))
        compared += check(one.whole, pooled, out, len(scale))
        assert len(one.beside) == len(list(combinations(PEOPLE, 2)))
        for two in one.beside:
            assert two.other is not None
            first, second = roles[two.one.pk], roles[two.other.pk]
            pairs, apart = naive_pairs(given, first, second, one.kind, scale)
            compared += check(two.agreement, pairs, apart, len(scale))
    assert compared > 60
    assert Coefficient.AC1 in shown.scales[0].whole.figures


def test_every_standing_a_second_time(told: Story) -> None:
    given = all_signed(told)
    assert told.training is not None
    shown = queries.calibration(told.training, told["quality-assurance"])
    roles = {told.person(who).pk: who for who in PEOPLE}
    assert len(shown.stands) == 3
    for one in shown.stands:
        mine = given[roles[one.person.pk]]
        rated = [(case, id) for case in slugs() for id, _, _ in questions(case)]
        same = sum(mine[case][id].value == load(case).answers[id].value for case, id in rated)
        over = sum(
            load(case).answers["urgent-concern"].value == "yes" and mine[case]["urgent-concern"].value == "no"
            for case in slugs()
        )
        held = one.standing
        assert (held.same, held.answers, held.overlooked, held.cases) == (same, len(rated), over, len(slugs()))
        assert one.share.value == pytest.approx(same / len(rated))
        assert one.share.interval is not None and one.share.interval.low < same / len(rated) < one.share.interval.high
        assert held.calibrated is (same / len(rated) >= 0.7 and not over)


def test_where_the_team_parts_most_stands_first(told: Story) -> None:
    told.signed("practice-4", by="inspector", plan_now="green", know_child="amber")
    told.signed("practice-4", by="inspector-2", plan_now="red", know_child="amber")
    assert told.training is not None
    shown = queries.calibration(told.training, told["quality-assurance"])
    assert [(one.question.id, one.among, one.from_model) for one in shown.talk] == [
        ("plan-now", 1.0, 0.5), ("know-child", 0.0, 0.5),
    ]  # fmt: skip
    assert [value for _, value in shown.talk[0].answers] == ["green", "red"] and shown.talk[0].model == "red"


def test_a_draft_is_its_reviewers_alone(told: Story) -> None:
    draft = told.answered("practice-4", by="inspector")
    seen = {role for role in ROLES if queries.reviews_visible_to(told[role]).filter(pk=draft.pk).exists()}
    assert seen == {"inspector"}
    assert not queries.reviews_visible_to(NOBODY).exists()


def test_whoever_has_still_to_review_a_case_sees_nobodys_answers_to_it(told: Story) -> None:
    signed = told.signed("practice-4", by="inspector")
    seen = {role for role in ROLES if queries.reviews_visible_to(told[role]).filter(pk=signed.pk).exists()}
    assert seen == {"inspector", "quality-assurance"}
    assert told.training is not None
    hidden = queries.calibration(told.training, told["lead"])
    assert (hidden.hidden, hidden.stands, hidden.scales, hidden.talk) == (6, (), (), ())
    told.signed("practice-4", by="lead")
    assert queries.reviews_visible_to(told["lead"]).filter(pk=signed.pk).exists()
    opened = queries.calibration(told.training, told["lead"])
    assert (opened.hidden, opened.cases, len(opened.stands)) == (5, 1, 2)


def test_whoever_stands_aside_sees_every_answer_as_it_is_signed_off(told: Story) -> None:
    signed = told.signed("practice-4", by="inspector")
    draft = told.answered("practice-5", by="inspector")
    assert told.training is not None
    actions.stand_aside(training=told.training, by=told["lead"])
    seen = set(queries.reviews_visible_to(told["lead"]))
    assert seen == {signed} and draft not in seen
    assert queries.calibration(told.training, told["lead"]).hidden == 0


def test_the_filter_in_the_database_and_the_policy_say_the_same(told: Story) -> None:
    told.signed("practice-4", by="inspector")
    told.signed("practice-4", by="inspector-2")
    told.signed("practice-5", by="inspector-2")
    told.answered("practice-6", by="inspector")
    told.answered("practice-6", by="lead")
    told.signed("practice-1", by="lead")
    for step in range(2):
        for role in ROLES:
            actor = told[role]
            seen = set(queries.reviews_visible_to(actor).values_list("pk", flat=True))
            for one in PracticeReview.objects.all():
                said = decide(actor, P.TRAINING_READ, one.target(), one.created_at.replace(year=2027)).allowed
                assert said is (one.pk in seen), (role, one, one.reviewer, step)
        if not step:
            other = story()
            assert other.training is not None
            aside = actions.open_training(inspection=told.inspection, client_key=uuid4(), by=told["lead"])
            actions.stand_aside(training=aside, by=told["lead"])
            told.training = aside
            told.signed("practice-2", by="inspector")


def test_a_reviewer_is_told_their_own_figures_and_of_others_only_what_they_did_themselves(told: Story) -> None:
    given = all_signed(told, ("inspector", "lead"))
    told.signed("practice-1", by="inspector-2")
    assert told.training is not None
    own = queries.calibration(told.training, told["inspector"])
    assert not own.everybody and own.talk == ()
    assert [one.person for one in own.stands] == [told.person("inspector")]
    for one in own.scales:
        assert [who.person for who in one.reviewers] == [told.person("inspector")]
        assert [two.other for two in one.beside] == [None]
    narrow = queries.calibration(told.training, told["inspector-2"])
    assert (narrow.hidden, narrow.stands[0].standing.cases) == (5, 1)
    graded = next(one for one in own.scales if one.kind == "practice" and len(one.scale.answers) == 4)
    pairs, _ = naive_pairs(given, "inspector", "lead", "practice", graded.scale.answers)
    place, scale = graded.scale.place, graded.scale.answers
    theirs, own_first = load("practice-1").answers, given["inspector"]["practice-1"]
    ids = [id for id, kind, its in questions("practice-1") if (kind, its) == ("practice", scale)]
    third = [(place(own_first[id].value), place(theirs[id].value)) for id in ids if own_first[id].value in scale]
    assert graded.beside[0].agreement.pairs == len(pairs) + len(third)
    assert graded.beside[0].agreement.agreed == sum(a == b for a, b in pairs + third)


def test_what_counts_is_the_first_sight_or_the_latest_as_the_training_says(told: Story) -> None:
    told.signed("practice-4", by="inspector", plan_now="green")
    told.signed("practice-4", by="inspector", again=True)
    assert told.training is not None
    first = queries.calibration(told.training, told["quality-assurance"]).stands[0]
    assert (first.standing.same, first.standing.answers, first.seen_before) == (7, 8, 0)
    level = Level(70, 1, True)
    actions.set_level(training=told.training, level=level, first_sight=False, version=1, by=told["lead"])
    told.training.refresh_from_db()
    latest = queries.calibration(told.training, told["quality-assurance"]).stands[0]
    assert (latest.standing.same, latest.standing.answers, latest.seen_before) == (8, 8, 1)
    assert latest.standing.calibrated


def test_the_team_page_is_told_who_is_calibrated_wherever_they_trained(told: Story) -> None:
    told.person("inspector")
    assert [one.calibrated for one in queries.calibrated(told.inspection, told["lead"])] == [False, False]
    for case in ("practice-1", "practice-2", "practice-3"):
        told.signed(case, by="inspector")
    standing = {one.person: one for one in queries.calibrated(told.inspection, told["lead"])}
    mine = standing[told.person("inspector")]
    assert mine.calibrated and mine.training == told.training and mine.stands is not None and mine.stands.at
    assert not standing[told.person("lead")].calibrated
    assert [one.person for one in queries.calibrated(told.inspection, told["inspector"])] == [told.person("inspector")]
    # A later training in which they have only begun does not take it away.
    actions.open_training(inspection=told.inspection, client_key=uuid4(), by=told["lead"])
    assert {one.person: one.calibrated for one in queries.calibrated(told.inspection, told["lead"])}[mine.person]


def test_practice_cases_wait_on_the_first_page_until_they_are_signed_off(told: Story) -> None:
    assert [(one.pk, left) for one, left in queries.to_review(told["inspector"])] == [(told.training.pk, 6)]  # type: ignore[union-attr]
    told.signed("practice-4", by="inspector")
    told.answered("practice-5", by="inspector")
    assert [left for _, left in queries.to_review(told["inspector"])] == [5]
    assert queries.to_review(told["quality-assurance"]) == [] == queries.to_review(NOBODY)
    actions.stand_aside(training=told.training, by=told["lead"])  # type: ignore[arg-type]
    assert queries.to_review(told["lead"]) == []
