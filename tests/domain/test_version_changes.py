"""What changed between two versions, held against a plain comparison of ids."""

from dataclasses import replace

import pytest

from goldthread.domain import frameworks, instruments
from goldthread.domain.framework import Framework
from goldthread.domain.frameworks import drafts as framework_drafts
from goldthread.domain.frameworks import read_text
from goldthread.domain.frameworks.writing import as_toml
from goldthread.domain.version_changes import counted, of_frameworks, of_instruments

SHORT = instruments.load("case-review-short-1")
OWN = frameworks.load("own-audit")


@pytest.mark.parametrize("slug", instruments.slugs())
def test_nothing_changed_in_the_same_instrument(slug: str) -> None:
    assert of_instruments(instruments.load(slug), instruments.load(slug)) == []


@pytest.mark.parametrize("slug", frameworks.slugs())
def test_nothing_changed_in_the_same_framework(slug: str) -> None:
    assert of_frameworks(frameworks.load(slug), frameworks.load(slug)) == []


def test_questions_that_came_went_and_read_otherwise_are_told() -> None:
    first, second, *rest = SHORT.questions
    new = replace(first, id="brand-new", text="Brand new?")
    after = replace(SHORT, questions=(new, replace(second, text="Reworded?", help="Else."), *rest))
    told = of_instruments(SHORT, after)
    naive = {q.id for q in after.questions} - {q.id for q in SHORT.questions}
    assert [one.title for one in told if one.kind == "added"] == [after.question(id).text for id in naive]
    assert [one.title for one in told if one.kind == "gone"] == [first.text]
    changed = next(one for one in told if one.title == "Reworded?")
    assert [(line.what, line.before, line.after) for line in changed.lines] == [
        ("Words", second.text, "Reworded?"), ("Help", second.help, "Else."),
    ]  # fmt: skip
    assert counted(told) == {"added": 1, "changed": 1, "gone": 1}


def test_a_question_that_moved_is_told_by_its_place_and_one_that_came_moves_nobody() -> None:
    check = instruments.load("two-minute-check-1")
    first, second, *rest = check.questions
    told = of_instruments(check, replace(check, questions=(second, first, *rest)))
    assert [(one.title, one.lines[0].before) for one in told] == [
        ("Order of questions", f"1 {first.text} · 2 {second.text}")
    ]
    new = replace(first, id="brand-new", text="Brand new?")
    assert [one.title for one in of_instruments(check, replace(check, questions=(new, *check.questions)))] == [new.text]


def test_changes_between_instruments_are_counted_as_a_plain_comparison_counts_them() -> None:
    for before in map(instruments.load, instruments.slugs()):
        after = SHORT
        told = of_instruments(before, after)
        old, new = {q.id for q in before.all_questions}, {q.id for q in after.all_questions}
        questions = [one for one in told if one.part == "Question"]
        assert sum(one.kind == "added" for one in questions) == len(new - old)
        assert sum(one.kind == "gone" for one in questions) == len(old - new)


def test_criteria_phases_and_requests_that_changed_are_told() -> None:
    area = OWN.areas[0]
    criteria = (replace(area.criteria[0], text="Otherwise."), *area.criteria[1:])
    after = framework_drafts.with_entries(OWN, "areas", (replace(area, criteria=criteria), *OWN.areas[1:]))
    phase = replace(OWN.phases[-1], end=OWN.phases[-1].end + 5)
    after = framework_drafts.with_entries(after, "phases", (*OWN.phases[:-1], phase))
    after = framework_drafts.with_entries(after, "requests", OWN.requests[1:])
    told = {(one.kind, one.part.split(" of ")[0]) for one in of_frameworks(OWN, after)}
    assert told == {("changed", "Criterion"), ("changed", "Phase"), ("gone", "Request")}


@pytest.mark.parametrize("slug", frameworks.slugs())
def test_lists_of_a_framework_are_put_back_as_they_were(slug: str) -> None:
    held = frameworks.load(slug)
    for part in ("grades", "areas", "rules", "phases", "team", "requests", "report", "notes"):
        assert framework_drafts.with_entries(held, part, framework_drafts.entries(held, part)) == held


def test_an_area_comes_and_goes_with_its_section_of_the_report() -> None:
    blank = _blank()
    area = replace(
        blank.areas[0], slug="second", title="Second", criteria=(replace(blank.areas[0].criteria[0], id="x"),)
    )
    after = framework_drafts.with_entries(blank, "areas", (*blank.areas, area))
    assert [one.area for one in after.report] == [None, None, "practice", "second", None]
    assert read_text(as_toml(after), "t") == after
    assert framework_drafts.with_entries(after, "areas", blank.areas) == blank


def test_phases_stand_in_the_order_of_their_days() -> None:
    blank = _blank()
    first = replace(blank.phases[0], slug="first", start=0, end=0, fieldwork=False)
    later = replace(blank.phases[0], start=1)
    after = framework_drafts.with_entries(blank, "phases", (later, first))
    assert [one.slug for one in after.phases] == ["first", "fieldwork"]
    assert read_text(as_toml(after), "t") == after


def _blank() -> Framework:
    held = framework_drafts.blank("ours-1", "Ours", OWN.in_force_from)
    assert read_text(as_toml(held), "t") == held
    return held
