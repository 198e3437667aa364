"""The demonstration says of itself what its own evidence bears out."""

import inspect
import re

import pytest

from goldthread.config import demonstration_accuracy as accuracy
from goldthread.config import demonstration_fieldwork as fieldwork
from goldthread.config import demonstration_later_story as later
from goldthread.config import demonstration_story as story
from goldthread.domain.watch.recurrence import THEMES

SAFE = re.compile(r"\b(no|nobody|none|every) (child|children)?\b[^.]*\b(un)?safe", re.IGNORECASE)


@pytest.mark.parametrize(
    "told",
    [*story.FINDINGS, *later.THEN, *later.NOW],
    ids=lambda one: one.statement[:40],
)
def test_every_finding_stands_under_a_theme_that_inspections_are_sorted_by(told: story.Told | later.Found) -> None:
    assert told.themes and set(told.themes) <= set(THEMES)


def test_the_visit_to_the_front_door_is_sorted_too() -> None:
    assert all(themes and set(themes) <= set(THEMES) for _, themes, _, _ in accuracy.WRITTEN)


def test_what_earlier_inspections_raised_is_raised_again_by_a_finding() -> None:
    now = {theme for told in story.FINDINGS if told.kind == "improve" for theme in told.themes}
    assert {"oversight", "recording", "strategy"} <= now
    then = {theme for told in later.THEN if told.kind == "improve" for theme in told.themes}
    assert then & {theme for told in later.NOW if told.kind == "improve" for theme in told.themes}


def test_nothing_says_that_every_child_is_safe_where_children_were_referred_back() -> None:
    assert any(one.seriousness == "immediate" for one in story.REFERRED_BACK)
    said = [reason for _, _, reason, _ in story.JUDGEMENTS]
    said += [f"{one.statement} {one.explanation}" for one in story.FINDINGS]
    said.append(inspect.getsource(fieldwork))  # the messages to the council stand in it
    assert not [one for one in said if SAFE.search(one)]
    assert SAFE.search("Children are heard, and no child was found to be unsafe.")
