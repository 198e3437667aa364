"""An inspection in moderation whose report the council checks for its facts, for the tests of that."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import AccuracyAnswer, AccuracyComment, CouncilCopy, Report
from goldthread.domain.accuracy_check import last_day
from goldthread.kernel.working_days import bank_holidays
from tests.findings_story import Story, story
from tests.two_checkers import passed

AREA = "help-and-protection"
WORDS = "Robin Redwing was seen on the day."


@pytest.fixture
def wexcombe() -> Story:
    """An inspection in moderation with two agreed findings and a judgement."""
    told = story()
    told.agreed("data", "case-review", explanation="Most were seen in time.")
    told.agreed("survey", kind="improve", statement="Too few plans are clear")
    findings.agree_judgement(judgement=told.propose(AREA, "good", reason="Most help comes early."), by=told["lead"])
    Inspection.objects.filter(pk=told.inspection.pk).update(status="moderation")
    told.inspection.refresh_from_db()
    return told


def approved(told: Story, **more: Any) -> Report:
    words = {"title": "Wexcombe", "client_key": uuid4(), "by": told["lead"], **more}
    report = actions.compose(inspection=told.inspection, **words)
    return checked(told, report)


def checked(told: Story, report: Report) -> Report:
    report = actions.submit(report=report, by=told["lead"])
    return passed(told, report)


def given(told: Story, report: Report | None = None, **more: Any) -> CouncilCopy:
    until = last_day(timezone.localdate(), 5, bank_holidays())
    words = {"until": until, "client_key": uuid4(), "by": told["lead"], **more}
    return actions.give_copy(report=report or approved(told), **words)


def write(told: Story, copy: CouncilCopy, place: str = f"{AREA}.1", by: str = "nominated-officer", **more: Any) -> Any:
    words: dict[str, Any] = {
        "kind": "fact", "says": WORDS, "proposes": "Say all.", "proof": "", "document": None, "client_key": uuid4(),
        **more,
    }  # fmt: skip
    return actions.write_comment(copy=copy, place=place, by=told[by], **words)


def send(told: Story, copy: CouncilCopy, because: str = "", by: str = "nominated-officer") -> list[AccuracyComment]:
    copy.refresh_from_db()
    seen = queries.seen(queries.drafts(copy, told[by]))
    return actions.send_comments(copy=copy, seen=seen, because=because, version=copy.version, by=told[by])


def answer(told: Story, comment: AccuracyComment, by: str = "quality-assurance", **more: Any) -> AccuracyAnswer:
    comment.refresh_from_db()
    words = {
        "verdict": "not-accepted",
        "reasons": "The files say so.",
        "changed": "",
        "version": comment.version,
        **more,
    }
    return actions.answer_comment(comment=comment, by=told[by], **words)


def give_answers(told: Story, copy: CouncilCopy) -> CouncilCopy:
    copy.refresh_from_db()
    return actions.give_answers(copy=copy, version=copy.version, by=told["lead"])


def later(copy: CouncilCopy, days: int = 1) -> CouncilCopy:
    """The last day of the copy was some days ago."""
    CouncilCopy.objects.filter(pk=copy.pk).update(until=timezone.localdate() - timedelta(days=days))
    copy.refresh_from_db()
    return copy


def reworded(told: Story, report: Report) -> Report:
    """The next version, with one paragraph that reads otherwise."""
    after = actions.compose(
        inspection=told.inspection, title="Wexcombe", client_key=uuid4(), based_on=report, by=told["lead"]
    )  # fmt: skip
    section = queries.section(after, AREA)
    lines = [
        {"text": one.text.replace("Most", "Nearly all"), "paragraph": one.paragraph, "finding_id": one.finding_id,
         "judgement_id": one.judgement_id} for one in section.sentences.all()
    ]  # fmt: skip
    actions.change_section(section=section, lines=lines, version=section.version, by=told["lead"])
    return checked(told, after)
