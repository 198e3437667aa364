"""What changed after a version was written is told before anybody reads it: on its page, and under embargo."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from tests import embargo_story as embargo
from tests.accuracy_story import AREA, answer, given, send, write
from tests.accuracy_story import wexcombe as wexcombe
from tests.findings_story import Story

from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Judgement
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Publication

pytestmark = pytest.mark.django_db


def shown(told: Story, address: str) -> str:
    return unescape(embargo.browser(told, "lead").get(address).content.decode())


def page_of(held: Publication) -> str:
    return reverse("report_embargo", args=[held.report.inspection_id, held.pk])


def test_a_judgement_opened_again_under_embargo_is_told_where_it_is_opened_and_on_the_embargos_page(
    wexcombe: Story,
) -> None:
    judgement = Judgement.objects.get(inspection=wexcombe.inspection, area=AREA)
    opening = reverse("reopen_judgement", args=[wexcombe.inspection.pk, AREA])
    before = shown(wexcombe, opening)
    assert "leaves the report until the team agrees it once more" in before and "under embargo" not in before
    held = embargo.embargoed(wexcombe)
    assert "Under embargo is version 1 of the report" in shown(wexcombe, opening)
    assert "This embargo is held" not in shown(wexcombe, page_of(held))
    findings.reopen_judgement(judgement=judgement, because="New evidence.", by=wexcombe["lead"])
    resting = len(queries.check_again(held.report))
    assert resting and f"{resting} sentence" in shown(wexcombe, page_of(held))
    assert "This embargo is held" in shown(wexcombe, page_of(held))


def test_what_the_council_was_told_is_changed_and_is_not_is_told_on_the_version_before_it_is_sent(
    wexcombe: Story,
) -> None:
    copy = given(wexcombe)
    assert queries.not_kept(copy.report) == []
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", changed=f"{AREA}.1", reasons="You are right.")
    after = actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=copy.report, by=wexcombe["lead"]
    )
    (label,) = queries.not_kept(after)
    at = reverse("report_version", args=[wexcombe.inspection.pk, after.pk])
    says = f"The council was told that this is changed, and it stands here as it was: {label}"
    assert says in shown(wexcombe, at)
    section = queries.section(after, AREA)
    lines = [
        {"text": one.text if one.paragraph != 1 else f"{one.text[:-1]}, as the council told us.",
         "paragraph": one.paragraph, "finding_id": one.finding_id, "judgement_id": one.judgement_id}
        for one in section.sentences.all()
    ]  # fmt: skip
    actions.change_section(section=section, lines=lines, version=section.version, by=wexcombe["lead"])
    assert queries.not_kept(after) == []
    assert says not in shown(wexcombe, at)


def test_words_taken_out_where_the_council_commented_are_named_where_they_stand_still(wexcombe: Story) -> None:
    copy = given(wexcombe)
    texts = queries.texts(queries.document(copy.report))
    again = {one.words: one for one in texts if one.words and one.place.section != AREA}
    wrong = next(one for one in texts if one.place.section == AREA and one.words in again)
    write(wexcombe, copy)
    (sent,) = send(wexcombe, copy)
    answer(wexcombe, sent, verdict="accepted", changed=str(wrong.place), reasons="You are right.")
    after = actions.compose(
        inspection=wexcombe.inspection, title="W", client_key=uuid4(), based_on=copy.report, by=wexcombe["lead"]
    )
    assert queries.still_elsewhere(after) == [], "nothing is taken out yet: it is told as not changed"
    section = queries.section(after, AREA)
    lines = [
        {"text": "The council put this right." if one.paragraph == wrong.place.number else one.text,
         "paragraph": one.paragraph, "finding_id": one.finding_id, "judgement_id": one.judgement_id}
        for one in section.sentences.all()
    ]  # fmt: skip
    actions.change_section(section=section, lines=lines, version=section.version, by=wexcombe["lead"])
    told = queries.still_elsewhere(after)
    assert f"{again[wrong.words].label}: “{wrong.words}”" in told
    at = reverse("report_version", args=[wexcombe.inspection.pk, after.pk])
    assert f"Taken out where the council commented, and it stands here still: {told[0]}" in shown(wexcombe, at)
