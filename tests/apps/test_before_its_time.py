"""A report before its time: a reason that can be read, and no urgent concern that nobody has answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import approved
from tests.cases_story import story as cases_story
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.findings.models import Citation
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Publication

pytestmark = pytest.mark.django_db

WORDS = "Agreed with the council."


def test_no_report_goes_out_from_fieldwork_past_an_urgent_concern() -> None:
    here = cases_story()
    told = Story(here.inspection)
    told.agreed("data", "case-review")
    Inspection.objects.filter(pk=here.inspection.pk).update(status="fieldwork")
    told.inspection.refresh_from_db()
    report = approved(told)
    concern = cases.raise_urgent_concern(case=here.case(), says="Hurt.", client_key=uuid4(), by=here["inspector"])
    for moment in (None, timezone.now() + timedelta(days=2)):
        with pytest.raises(Refused, match="1 urgent concern is not answered"):
            actions.publish(report=report, because=WORDS, public_from=moment, by=told["lead"])
    where = reverse("report_publish", args=[report.inspection_id, report.pk])
    page = client_for(told.person("lead")).get(where).content.decode()
    assert "1 urgent concern is not answered" in page and "Hurt." not in page
    assert "about a child that nobody has answered" not in page, "the concern is told once"
    assert "until then the form below is refused" in page
    sent = client_for(told.person("lead")).post(where, {"because": WORDS, "version": report.version})
    assert sent.status_code == 422 and WORDS in sent.content.decode(), "what was typed is kept"
    assert not Publication.objects.exists()
    cases.acknowledge_concern(concern=concern, done="Seen today.", version=concern.version, by=here["lead"])
    with pytest.raises(actions.NoteNeeded, match="at least 3 words"):
        actions.publish(report=report, because="Now.", by=told["lead"])
    actions.publish(report=report, because=WORDS, by=told["lead"])


def test_a_sentence_that_counts_what_its_evidence_does_not_is_a_doubt_and_not_held() -> None:
    here = cases_story()
    told = Story(here.inspection)
    told.agreed("case-review", statement="In a third of the files that were read the reason is missing")
    report = actions.compose(inspection=told.inspection, title="Wexcombe", client_key=uuid4(), by=told["lead"])
    found = queries.unborne(report)
    assert found and all(told == ["a third"] for _, told in found)
    line = found[0][0]
    where = reverse("report_version", args=[report.inspection_id, report.pk])
    page = client_for(told.person("lead")).get(where).content.decode()
    assert "bears out: a third" in page and "on a finding or a judgement</li>" not in page
    assert "an amount that the evidence of its finding does not bear out" in queries.marked(report)
    item = told.item("case-review", summary="In 2 of 6 files, a third, no reason stands.")
    Citation.objects.filter(finding=line.finding).update(item=item)
    assert queries.unborne(report) == []
