"""The eighteen pictures that practitioners know: which leave as PNG, SVG and CSV, and which stay inside on purpose."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from goldthread.apps.comparison.comparing import CHARTS
from goldthread.kernel.pictures import PICTURES
from goldthread.kernel.returning import RETURNS
from goldthread.web.pages.pictures import PICTURE_FORMS

OF_SERVICES = "submission_picture_file"
"""The door by which a picture of a service leaves."""


@dataclass(frozen=True)
class Shape:
    """One question of the eighteen: the pictures of the services that answer it, and the doors by which others leave.

    `inside` are pictures of services that show single children or workers, and so leave by no door.
    """

    asks: str
    pictures: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


EIGHTEEN = (
    Shape("Who are these children?", ("children-in-need", "need-groups", "children-on-plans", "plan-groups",
                                      "children-in-care", "care-groups")),
    Shape("How much is coming in?", ("contacts", "referrals", "enquiries", "care-starts", "early-help")),
    Shape("Is work timely?", ("assessment-days", "conference-days", "assessment-states", "protection-states",
                              "care-states", "leaver-states")),
    # The curve of single waits is a step for each child: what leaves of it is the curve at its checkpoints.
    Shape("How long have they waited?", doors=("submission_returning_file",),
          inside=("assessment-waits", "adoption-waits")),
    Shape("What happens to children after X?", ("pathways", "moves", "adoption-stages", "adopters")),
    Shape("What happened to this child?"),
    Shape("Are children drifting?", ("plan-drift", "steps-up")),
    Shape("Are visits and reviews current?", ("assessment-teams", "protection-teams", "care-teams")),
    Shape("Is it getting better?", doors=("submission_watch_file",)),
    Shape("Are we different from others?", doors=("submission_compare_file",)),
    Shape("Quick benchmark for members", doors=("submission_compare_file",)),
    Shape("Where do children live?", ("homes", "distances", "areas", "placements")),
    Shape("Are some groups treated differently?", ("plans-by-ethnicity", "plan-categories")),
    Shape("What is on each worker's desk?", ("team-cases",), inside=("caseloads",)),
    Shape("Care leavers at a glance", ("leaver-activity", "leaver-homes", "leaver-touch")),
    Shape("What do audits say?", doors=("roll_up_picture", "moderation_picture", "roll_up_file", "moderation_file")),
    Shape("How has inspection judged us?", doors=("past_grades_file",)),
    Shape("Does the data hold up?", doors=("submission_completeness_file", "submission_issues_rule_file")),
)  # fmt: skip


def doors(of: URLResolver | None = None) -> dict[str, Any]:
    """Every door of the application by its name."""
    found: dict[str, Any] = {}
    for one in (of or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            found |= doors(one)
        elif isinstance(one, URLPattern) and (declared := getattr(one.callback, "door", None)) is not None:
            found[declared.name] = declared
    return found


def test_there_are_eighteen_and_every_picture_of_a_service_answers_one_of_them() -> None:
    assert len({shape.asks for shape in EIGHTEEN}) == 18
    named = [slug for shape in EIGHTEEN for slug in (*shape.pictures, *shape.inside)]
    assert sorted(named) == sorted(picture.slug for picture in PICTURES)


@pytest.mark.parametrize("shape", EIGHTEEN, ids=lambda shape: shape.asks)
def test_what_leaves_has_a_door_and_what_stays_has_none(shape: Shape) -> None:
    held, personal = doors(), {picture.slug for picture in PICTURES if picture.personal}
    assert not personal & set(shape.pictures), "a picture that leaves shows no single child or worker"
    assert set(shape.inside) <= personal
    for name in (*shape.doors, *([OF_SERVICES] if shape.pictures else [])):
        assert held[name].file and held[name].step_up and not held[name].reads, name


def test_one_childs_journey_leaves_by_no_door() -> None:
    """The swimlane of one child is for inside: no door of a file is about a journey."""
    journeys = [one for name, one in doors().items() if "journey" in name]
    assert journeys and not [one.name for one in journeys if one.file]


def test_a_picture_leaves_in_three_forms() -> None:
    assert set(PICTURE_FORMS) == {"png", "svg", "csv"}
    assert set(CHARTS) == {"strip", "funnel", "years"}
    assert {how.slug for how in RETURNS} == {"re-referral", "return-to-care"}
