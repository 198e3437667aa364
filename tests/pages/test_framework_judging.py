"""Pages on which a council says what its framework judges: grades, parts of areas, items, earlier results, kinds."""

from typing import Any

import pytest
from django.test import Client
from tests.drafts_story import at_form, begun, filled, of, quality, words
from tests.factories import client_for

from goldthread.apps.drafting import queries
from goldthread.apps.drafting.models import Draft
from goldthread.domain.framework import Framework, Item, Precedent, RollUp

pytestmark = pytest.mark.django_db
RATINGS = {
    "met": "Strength", "not_met": "Weakness", "not_applicable": "Does not apply", "achieved": "Achieved",
    "partly": "Partly", "not_achieved": "Not achieved", "least_share": "90", "checked": "on",
    "item": "The child was seen",
}  # fmt: skip


@pytest.fixture
def writer() -> Client:
    return client_for(quality())


@pytest.fixture
def draft(writer: Client) -> Draft:
    return begun(writer, kind="framework", copy_of="framework:own-audit", title="Our programme")


def framework(draft: Draft) -> Framework:
    found = queries.read(Draft.objects.get(pk=draft.pk))[0]
    assert isinstance(found, Framework)
    return found


def new(writer: Client, draft: Draft, part: str, **fill: Any) -> Any:
    return at_form(writer, of(draft, "framework", part, "new"), **fill)


def remove(writer: Client, draft: Draft, part: str, at: int) -> Any:
    return writer.post(
        of(draft, "framework", part, str(at), "remove"), {"version": str(Draft.objects.get(pk=draft.pk).version)}
    )


# Grades


def a_grade(draft: Draft, **more: str) -> dict[str, str]:
    looks = {f"looks-{area.slug}": f"Excellent {area.slug}." for area in framework(draft).areas}
    return {"title": "Exceptional", "meaning": "Others learn from it.", "letter": "E", **looks, **more}


def test_a_grade_is_added_with_its_looks_moved_to_the_top_and_taken_out_again(writer: Client, draft: Draft) -> None:
    before = framework(draft)
    assert new(writer, draft, "grades", **a_grade(draft)).status_code == 302
    held = framework(draft)
    assert [one.slug for one in held.grades] == [*(one.slug for one in before.grades), "exceptional"]
    assert all(area.descriptors["exceptional"] == f"Excellent {area.slug}." for area in held.areas)
    for _ in before.grades:
        move = {"entry": "exceptional", "way": "up", "version": str(Draft.objects.get(pk=draft.pk).version)}
        assert writer.post(of(draft, "framework", "grades", "move"), move).status_code == 302
    held = framework(draft)
    assert (held.grades[0].slug, held.grades[0].rank) == ("exceptional", 1)
    assert remove(writer, draft, "grades", 0).status_code == 302
    assert framework(draft) == before


def test_a_grade_needs_a_letter_of_its_own_and_its_looks_everywhere(writer: Client, draft: Draft) -> None:
    held = framework(draft)
    first = held.areas[0]
    letter = held.grades[0].letter
    answer = new(writer, draft, "grades", **a_grade(draft, letter=letter, **{f"looks-{first.slug}": ""}))
    assert answer.status_code == 422
    assert f"“{letter}” is the letter of “{held.grades[0].title}”" in words(answer)
    assert f"Fill in “What it looks like in “{first.short}””" in words(answer)
    assert filled(answer)["title"] == ["Exceptional"]
    assert framework(draft) == held


def test_a_grade_that_a_rule_or_a_result_names_is_not_taken_out(writer: Client) -> None:
    draft = begun(writer, kind="framework", copy_of="framework:sif-2013", title="Our inspection")
    before = framework(draft)
    page = words(writer.get(of(draft, "framework", "grades", "3", "remove")))
    assert "names it. Change the rule" in page or "tells of it" in page
    assert remove(writer, draft, "grades", 3).status_code == 422
    assert framework(draft) == before


def test_a_scale_keeps_two_grades(writer: Client, draft: Draft) -> None:
    while len(framework(draft).grades) > 2:
        assert remove(writer, draft, "grades", 0).status_code == 302
    refused = remove(writer, draft, "grades", 0)
    assert refused.status_code == 422 and "at least two grades" in words(refused)


# Areas that are part of another


def test_an_area_becomes_part_of_another_and_no_circle_comes_about(writer: Client, draft: Draft) -> None:
    if len(framework(draft).areas) < 2:
        grades = {f"grade-{one.slug}": "So." for one in framework(draft).grades}
        new(writer, draft, "areas", title="Fostering", short="Fostering", **{"criterion-new-1": "Carers."}, **grades)
    first, second = framework(draft).areas[:2]
    assert at_form(writer, of(draft, "framework", "areas", "1"), parent=first.slug).status_code == 302
    assert framework(draft).areas[1].parent == first.slug
    refused = at_form(writer, of(draft, "framework", "areas", "0"), parent=second.slug)
    assert refused.status_code == 422 and "is itself part of this one" in words(refused)
    stays = remove(writer, draft, "areas", 0)
    assert stays.status_code == 422 and f"“{second.title}” is part of it" in words(stays)
    assert at_form(writer, of(draft, "framework", "areas", "1"), parent="").status_code == 302
    assert framework(draft).areas[1].parent is None


# Items rated in each case


def test_items_are_rated_once_it_is_said_what_ratings_are_called(writer: Client, draft: Draft) -> None:
    before = framework(draft)
    assert writer.get(of(draft, "framework", "rated", "0")).status_code == 404
    assert new(writer, draft, "ratings", **RATINGS).status_code == 302
    assert writer.get(of(draft, "framework", "ratings", "new")).status_code == 404, "there is one such table"
    path = of(draft, "framework", "rated", "0")
    assert at_form(writer, path, **{"item-new-1": "The plan was kept", "may_miss": "1"}).status_code == 302
    held = framework(draft)
    assert held.areas[0].roll_up == RollUp(
        (Item("the-child-was-seen", "The child was seen", True), Item("the-plan-was-kept", "The plan was kept", True)),
        1, (), True,
    )  # fmt: skip
    assert at_form(writer, path, must=["the-child-was-seen"]).status_code == 302
    assert framework(draft).areas[0].roll_up.must == ("the-child-was-seen",)  # type: ignore[union-attr]
    refused = at_form(writer, path, **{"item-the-child-was-seen": ""}, may_miss="0")
    assert refused.status_code == 422 and "Take its tick out too" in words(refused)
    none = {"item-the-child-was-seen": "", "item-the-plan-was-kept": ""}
    refused = at_form(writer, path, must=[], **none)
    assert refused.status_code == 422 and "No other area has items" in words(refused)
    asked = words(writer.get(of(draft, "framework", "ratings", "0", "remove")))
    assert "The items rated in these areas go with it" in asked and before.areas[0].title in asked
    assert remove(writer, draft, "ratings", 0).status_code == 302
    assert framework(draft) == before


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        ({"not_met": "strength"}, "Another rating has the same words"),
        ({"least_share": "101"}, "a whole number from 1 to 100"),
        ({"achieved": ""}, "Fill in “A case shows an area achieved”"),
    ],
)
def test_words_of_ratings_are_refused_at_their_field(
    writer: Client, draft: Draft, fill: dict[str, str], says: str
) -> None:  # fmt: skip
    answer = new(writer, draft, "ratings", **{**RATINGS, **fill})
    assert answer.status_code == 422 and says in words(answer)
    assert framework(draft).items is None


def test_fewer_items_may_be_missed_than_there_are(writer: Client, draft: Draft) -> None:
    new(writer, draft, "ratings", **RATINGS)
    answer = at_form(writer, of(draft, "framework", "rated", "0"), **{"item-new-1": "Kept", "may_miss": "2"})
    assert answer.status_code == 422 and "There are 2 items, so fewer than that" in words(answer)


# What was judged before


def results(draft: Draft, **more: Any) -> dict[str, Any]:
    held = framework(draft)
    best, second = held.grades[0].letter, held.grades[1].letter
    line = f"{best * len(held.areas)}: {best} 7, {second} 2"
    return {
        "about": "overall", "areas": [one.slug for one in held.areas], "profiles": line, "source": "Our board, 2025.",
        "caution": "Few.", **more,
    }  # fmt: skip


def test_earlier_results_are_written_as_lines_and_taken_out(writer: Client, draft: Draft) -> None:
    before = framework(draft)
    best, second = (one.slug for one in before.grades[:2])
    assert new(writer, draft, "precedents", **results(draft)).status_code == 302
    slugs = tuple(one.slug for one in before.areas)
    assert framework(draft).precedents == (
        Precedent("overall", slugs, "Our board, 2025.", "Few.", {(best,) * len(slugs): {best: 7, second: 2}}),
    )
    assert "The overall judgement, 9 results" in words(writer.get(of(draft)))
    assert at_form(writer, of(draft, "framework", "precedents", "0"), caution="Very few.").status_code == 302
    assert framework(draft).precedents[0].caution == "Very few."
    assert remove(writer, draft, "precedents", 0).status_code == 302
    assert framework(draft) == before


@pytest.mark.parametrize(
    ("profiles", "says"),
    [
        ("X: {0} 1", "Line 1: “X” must be"), ("{1}: {0} many", "Line 1: “{0} many” is no count"),
        ("{1}: {0} 1\n\n{1}: {0} 2", "Line 3: this profile stands above already"), ("{1}", "is no count"),
        ("{1}: {0} 1, {0} 2", "“{0} 2” is no count"), ("", "Fill in “How often each result followed”"),
    ],
)  # fmt: skip
def test_a_line_of_results_that_cannot_be_read_is_refused_with_its_number(
    writer: Client, draft: Draft, profiles: str, says: str
) -> None:  # fmt: skip
    held = framework(draft)
    best = held.grades[0].letter
    typed = profiles.format(best, best * len(held.areas))
    answer = new(writer, draft, "precedents", **results(draft, profiles=typed))
    assert answer.status_code == 422 and says.format(best) in words(answer)
    assert filled(answer)["source"][0].strip() == "Our board, 2025."
    assert framework(draft) == held


# Kinds of inspection


def test_a_further_kind_of_inspection_has_phases_of_its_own(writer: Client, draft: Draft) -> None:
    before = framework(draft)
    usual = before.timetables[0]
    made = new(writer, draft, "timetables", title="Short check", says="After a worry.", like=usual.slug)
    assert made.status_code == 302
    assert framework(draft).timetable("short-check").phases == usual.phases
    shown = words(writer.get(of(draft)))
    assert "Timetable: Short check" in shown and f"Timetable: {usual.title}" in shown
    path = of(draft, "framework", "phases-short-check", "0")
    assert at_form(writer, path, title="Two days").status_code == 302
    held = framework(draft)
    assert held.timetable("short-check").phases[0].title == "Two days"
    assert held.timetables[0] == usual
    assert remove(writer, draft, "timetables", 1).status_code == 302
    assert framework(draft) == before
    stays = remove(writer, draft, "timetables", 0)
    assert stays.status_code == 422 and "at least one kind of inspection" in words(stays)
