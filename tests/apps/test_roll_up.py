"""Reviews rolled up, held against a plain second computation; tags, and the search of reasons."""

from collections import Counter
from math import sqrt
from typing import Any
from uuid import uuid4

import pytest
from tests.cases_story import SECRET, Story, full_answers, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import CaseReview, Draw, ReasonTag
from goldthread.apps.cases.queries import rolled_up as rolling
from goldthread.apps.journal.models import Entry
from goldthread.domain import instruments
from goldthread.domain.standard import Line

pytestmark = pytest.mark.django_db
GRADES = ("good", "requires-improvement", "outstanding", "inadequate", "good", "good")
RECORDS = ("yes", "partly", "no", "yes")
HELD = instruments.load("case-review-short-1")
BETTER = {"good", "outstanding", "yes"}


@pytest.fixture
def wexcombe() -> Story:
    return story()


def reviewed(held: Story, count: int = 12, **more: Any) -> tuple[Draw, list[dict[str, str]]]:
    """A sample drawn and reviewed with answers that differ, and those answers by file."""
    draw = held.draw(size=count, strata_by=(), **more)
    given = []
    for place, case in enumerate(draw.cases.filter(reserve=False).order_by("number")):
        actions.allocate(cases=[case], to=held.person("inspector"), by=held["lead"])
        answers = full_answers()
        for turn, question in enumerate(HELD.questions):
            values = GRADES if question.kind == "practice" else RECORDS
            answers[question.id] = Typed(values[(place + turn) % len(values)], f"{SECRET} {place}")
        if place % 4 == 0:
            answers["visits"] = Typed("not-applicable", "A baby")
        answers["overall-practice"] = Typed(GRADES[place % len(GRADES)], SECRET)
        held.signed(held.review(case), **{name.replace("-", "_"): one for name, one in answers.items()})
        given.append({name: one.value for name, one in answers.items()})
    return draw, given


def naive_wilson(k: int, n: int, population: int) -> tuple[int, int]:
    """The score interval for k of n without replacement, by solving the quadratic, in whole per cent."""
    z2 = 1.959963984540054**2 * (population - n) / (population - 1)
    p, spread = k / n, sqrt(z2 * (k / n * (1 - k / n) / n + z2 / (4 * n * n)))
    ends = [(p + z2 / (2 * n) - spread) / (1 + z2 / n), (p + z2 / (2 * n) + spread) / (1 + z2 / n)]
    low, high = (0.0 if k == 0 else ends[0]), (1.0 if k == n else ends[1])
    return round(100 * low), round(100 * high)


def naive_share(given: list[dict[str, str]], names: list[str], part: int = 80) -> tuple[int, int]:
    """How many files reach the standard on these questions, of how many to which any applied."""
    yes = of = 0
    for file in given:
        told = [file[name] for name in names if file[name] != "not-applicable"]
        if told:
            of += 1
            yes += 100 * sum(value in BETTER for value in told) / len(told) >= part
    return yes, of


def test_every_level_is_what_a_plain_count_says_with_its_range(wexcombe: Story) -> None:
    draw, given = reviewed(wexcombe)
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and told.files == 12 and draw.frame_size == 60
    seen = 0
    for section, questions in told.sections:
        names = [q.id for one, asked in HELD.on_page() if f"section:{one.slug}" == section.key for q in asked]
        for rolled, wanted in ((section, names), *((one, [one.key.split(":")[1]]) for one in questions)):
            yes, of = naive_share(given, wanted)
            assert (rolled.yes, rolled.of) == (yes, of), rolled.key
            assert (rolled.low, rolled.high) == naive_wilson(yes, of, 60), rolled.key
            assert rolled.per_cent == (round(100 * yes / of) if of >= 10 else None)
            seen += 1
    assert seen > len(HELD.questions)
    whole = {one.key: (one.yes, one.of) for one in told.closing}
    assert whole["case:overall-practice"] == naive_share(given, ["overall-practice"])
    assert whole["case:all"] == naive_share(given, [q.id for q in HELD.questions])


def test_another_line_gives_other_counts_and_each_area_counts_the_children_it_judges(wexcombe: Story) -> None:
    _, given = reviewed(wexcombe)
    names = [q.id for q in HELD.questions]
    for part in (50, 60, 100):
        told = queries.roll_up(wexcombe.inspection, wexcombe["lead"], line=Line(part))
        assert told is not None
        whole = next(one for one in told.closing if one.key == "case:all")
        assert (whole.yes, whole.of) == naive_share(given, names, part)
    assert told is not None and told.areas
    services = Counter(one.case.stratum_values.get("service", "") for one in CaseReview.objects.select_related("case"))
    assert all(0 < one.of <= 12 and one.yes <= one.of for one in told.areas), services


def test_themes_are_counted_by_answer_and_by_file_and_tags_join_them(wexcombe: Story) -> None:
    _, given = reviewed(wexcombe)
    review = CaseReview.objects.get(case__number=2)
    below = [q for q in HELD.questions if given[1][q.id] not in {*BETTER, "not-applicable"}]
    fine = next(q for q in HELD.questions if given[1][q.id] in BETTER)
    for question in (below[0], fine):
        actions.tag_reason(review=review, question=question.id, tags=["drift  and delay"], seen=[], by=wexcombe["lead"])
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"])
    assert told is not None
    answers: Counter[str] = Counter()
    files: dict[str, set[int]] = {}
    for place, file in enumerate(given):
        for question in HELD.questions:
            if question.theme and file[question.id] not in {*BETTER, "not-applicable"}:
                theme = question.theme.replace("-", " ").capitalize()
                answers[theme] += 1
                files.setdefault(theme, set()).add(place)
    rows = {one.theme: one for one in told.themes if one.source == "Question"}
    assert {name: one.answers for name, one in rows.items()} == dict(answers)
    for name, one in rows.items():
        assert (one.files, one.of) == (len(files[name]), 12)
        assert one.low is not None and one.high is not None
        assert (round(one.low), round(one.high)) == naive_wilson(len(files[name]), 12, 60)
    tag = next(one for one in told.themes if one.source == "Tag")
    assert (tag.theme, tag.answers, tag.files) == ("Drift and delay", 1, 1), "only what falls below counts"
    assert [one.answers for one in told.themes] == sorted((one.answers for one in told.themes), reverse=True)


def test_small_groups_are_withheld_by_the_one_engine(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    _, given = reviewed(wexcombe, 24)
    cases = list(CaseReview.objects.order_by("case__number").values_list("case_id", flat=True))
    teams = {case: ("North" if place < 20 else "South") for place, case in enumerate(cases)}
    monkeypatch.setattr(rolling, "teams_of", lambda draw: teams)
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"], of="case:overall-practice", by="team")
    assert told is not None and [one.name for one in told.groups.groups] in ([], ["North", "South"])
    assert naive_share(given[20:], ["overall-practice"])[1] == 4
    assert all(one.rolled is None for one in told.groups.groups), "South follows from North by subtraction"
    big = {case: ("North" if place % 2 else "South") for place, case in enumerate(cases)}
    monkeypatch.setattr(rolling, "teams_of", lambda draw: big)
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"], of="section:closing", by="team")
    assert told is not None
    for group in told.groups.groups:
        if group.rolled is not None:
            mine = [file for place, file in enumerate(given) if bool(place % 2) is (group.name == "North")]
            assert min(group.rolled.yes, group.rolled.of - group.rolled.yes) in (0, *range(6, 13))
            assert group.rolled.of <= len(mine)
    monkeypatch.setattr(rolling, "teams_of", lambda draw: {})
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and "cannot be read any more" in told.groups.why


def test_before_anything_is_drawn_or_signed_off_there_is_nothing_to_roll_up(wexcombe: Story) -> None:
    assert queries.roll_up(wexcombe.inspection, wexcombe["lead"]) is None
    wexcombe.answered()
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and (told.files, told.themes, told.groups.groups) == (0, (), ())


def test_a_later_sample_of_which_nothing_is_read_does_not_hide_the_one_that_is(wexcombe: Story) -> None:
    read, _ = reviewed(wexcombe, count=3)
    later = wexcombe.draw(size=2, strata_by=())
    assert later.number > read.number
    told = queries.roll_up(wexcombe.inspection, wexcombe["lead"])
    assert told is not None and (told.draw, told.files) == (read, 3)
    asked_for = queries.roll_up(wexcombe.inspection, wexcombe["lead"], later)
    assert asked_for is not None and asked_for.files == 0


def tag(held: Story, review: CaseReview, *tags: str, by: str = "inspector", seen: tuple[str, ...] = ()) -> Any:
    return actions.tag_reason(review=review, question="plan", tags=tags, seen=seen, by=held[by])


def test_tags_are_tidied_put_on_once_and_only_what_was_seen_is_taken_off(wexcombe: Story) -> None:
    review = wexcombe.answered()
    assert tag(wexcombe, review, "drift", "Drift ", " DRIFT", "Chronology", "") == ("Chronology", "Drift")
    assert tag(wexcombe, review, "Voice", by="lead") == ("Chronology", "Drift", "Voice")
    assert tag(wexcombe, review, "Drift", seen=("Chronology", "Drift")) == ("Drift", "Voice")
    assert Entry.objects.filter(event="case-review.tagged").count() == 3
    assert all("Drift" not in str(one.detail) for one in Entry.objects.all())
    signed = wexcombe.signed(review)
    assert tag(wexcombe, signed, "Late", by="quality-assurance") == ("Drift", "Late", "Voice")
    for wrong in (("x" * 61,), tuple(f"t{n}" for n in range(13))):
        with pytest.raises(Refused):
            tag(wexcombe, signed, *wrong)
    with pytest.raises(Refused, match="no answer here yet"):
        actions.tag_reason(review=signed, question="nothing", tags=["x"], seen=[], by=wexcombe["inspector"])
    for role in ("inspector-2", "analyst", "nominated-officer", "improvement-lead"):
        with pytest.raises(Refused):
            tag(wexcombe, signed, "Mine", by=role)


def find(held: Story, by: str = "lead", **more: Any) -> list[tuple[int, str, str]]:
    found = queries.search(held.inspection, held[by], **more)
    return [(one.review.case.number, one.question, one.found) for one in found.hits]


def test_reasons_notes_and_what_a_practitioner_sent_are_found_and_nothing_else(wexcombe: Story) -> None:
    review = wexcombe.answered(plan=Typed("good", "The Plan was  LATE, in June."), strengths=Typed("", "late praise"))
    assert find(wexcombe, words="late") == [(1, "plan", "LATE"), (1, "strengths", "late")]
    assert find(wexcombe, words="was late") == [(1, "plan", "was LATE")]
    assert find(wexcombe, words="  ") == [] and find(wexcombe, words="never written") == []
    part = actions.show_to_practitioner(
        review=review, to=wexcombe.person("improvement-lead"), working_days=3, client_key=uuid4(),
        version=review.version, by=wexcombe["inspector"],
    )  # fmt: skip
    said = {"visits": Typed("", "She told me of her horse.", 0, {})}
    actions.save_part(part=part, said=said, by=wexcombe["improvement-lead"])
    assert find(wexcombe, words="horse") == [], "it is theirs until it is sent"
    part.refresh_from_db()
    actions.send_part(part=part, version=part.version, by=wexcombe["improvement-lead"])
    assert find(wexcombe, words="HORSE") == [(1, "visits", "horse")]
    assert find(wexcombe, by="inspector-2", words="horse") == [] == find(wexcombe, by="nominated-officer", words="late")
    assert find(wexcombe, by="inspector", words="horse") == [(1, "visits", "horse")]


def test_a_search_is_narrowed_by_tag_grade_sample_and_team_and_is_bounded(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, given = reviewed(wexcombe)
    review = CaseReview.objects.get(case__number=3)
    tag(wexcombe, review, "Drift")
    assert [one[:2] for one in find(wexcombe, tag="Drift")] == [(3, "plan")]
    assert find(wexcombe, tag="Drift", words="never written") == []
    graded = {number + 1 for number, file in enumerate(given) if file["overall-practice"] == "inadequate"}
    assert {one[0] for one in find(wexcombe, words=SECRET, grade="inadequate")} == graded
    assert find(wexcombe, words=SECRET, draw=wexcombe.draw()) == []
    teams = {"North": queries.teams_of(draw)}
    assert set(teams["North"].values()) == {"North"}
    assert find(wexcombe, words=SECRET, draw=draw, team="South") == []
    assert len(find(wexcombe, words=SECRET, draw=draw, team="North")) > 12
    monkeypatch.setattr("goldthread.apps.cases.queries.searching.MOST_HITS", 5)
    found = queries.search(wexcombe.inspection, wexcombe["lead"], words=SECRET)
    assert (len(found.hits), found.cut) == (5, True)
    monkeypatch.setattr("goldthread.apps.cases.queries.searching.MOST_REVIEWS", 2)
    assert queries.search(wexcombe.inspection, wexcombe["lead"], tag="Drift").read == 2


def test_a_tag_of_a_reading_that_is_kept_from_somebody_is_not_offered_to_them(wexcombe: Story) -> None:
    case = wexcombe.case()
    actions.give_second_readings(
        draw=case.draw, share=100, seed="s", readers=[wexcombe.person("inspector-2")], version=0, by=wexcombe["lead"]
    )
    first = wexcombe.signed(wexcombe.review(case))
    tag(wexcombe, first, "Drift")
    assert "Drift" in queries.tags_to_choose(wexcombe.inspection, wexcombe["lead"])
    assert "Drift" not in queries.tags_to_choose(wexcombe.inspection, wexcombe["inspector-2"])
    assert find(wexcombe, by="inspector-2", tag="Drift") == [] and ReasonTag.objects.count() == 1
