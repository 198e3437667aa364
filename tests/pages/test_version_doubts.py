"""The team's copy of a version: each thing that is marked stands in a line of its own, under its paragraph."""

import html
import re

import pytest
from tests.apps.test_reports import AREA, compose, lines_of
from tests.apps.test_reports import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.reports import actions, queries

pytestmark = pytest.mark.django_db

MARKED = re.compile(
    r"<li><strong class=\"govuk-tag[^>]*>\s*(?:Change|Look)\s*</strong>\s*(Sentence \d+|The sentence) ([^<]*)</li>"
)


def test_each_doubt_of_a_sentence_is_a_line_with_the_sentences_place(wexcombe: Story) -> None:
    report = compose(wexcombe)
    section = report.sections.get(slug=AREA)
    lines = lines_of(section)
    lines[1]["text"] = "Her number is 943 476 5919, and she “never once heard back from them”."
    actions.change_section(section=section, lines=lines, version=section.version, by=wexcombe["lead"])
    ((line, held),) = queries.doubts_in(report)
    assert len(held) >= 2
    where = f"/inspections/{report.inspection_id}/report/{report.pk}/"
    told = MARKED.findall(html.unescape(client_for(wexcombe.person("lead")).get(where).content.decode()))
    beside = [one for one in lines if one["paragraph"] == line.paragraph]
    place = next(number for number, one in enumerate(beside, 1) if one["text"] == line.text)
    named = f"Sentence {place}" if len(beside) > 1 else "The sentence"
    assert told == [(named, one.says) for one in held]
    said = client_for(wexcombe.person("lead")).get(where).content.decode()
    assert said.count(html.escape(held[0].says)) == 1
