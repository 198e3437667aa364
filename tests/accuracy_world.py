"""The check of facts in the world of tests: a copy with the council, comments in each state, answers given and not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import AccuracyComment, CouncilCopy, Report
from goldthread.domain.accuracy_check import last_day
from goldthread.kernel.working_days import bank_holidays

if TYPE_CHECKING:
    from tests.world import Place

AREA = "help-and-protection"


def accuracy(place: Place, report: Report) -> None:
    """The council is given its copy of an approved version, and says two things of it, the second after the first."""
    until = last_day(timezone.localdate(), 60, bank_holidays())
    copy = actions.give_copy(
        report=report, until=until, client_key=uuid4(), because="A story told in one day.", by=place["lead"]
    )
    given = _commented(place, copy)
    _answered(place, given)
    copy.refresh_from_db()
    actions.give_answers(copy=copy, version=copy.version, by=place["lead"])
    waiting = _commented(place, copy, because=place.say("facts", "why a comment comes late"))
    draft = _written(place, copy, "facts-unsent")
    place.note("council copy", "commented", copy=copy.pk)
    for state, one in (("answered", given), ("waits", waiting), ("draft", draft)):
        place.note("accuracy comment", state, comment=one.pk)


def _written(place: Place, copy: CouncilCopy, klass: str) -> AccuracyComment:
    return actions.write_comment(
        copy=copy, place=f"{AREA}.1", kind="fact", says=place.say(klass, "what is wrong with a paragraph"),
        proposes=place.say(klass, "what it should say"), proof=place.say(klass, "proof of a comment"), document=None,
        client_key=uuid4(), by=place["nominated-officer"],
    )  # fmt: skip


def _commented(place: Place, copy: CouncilCopy, because: str = "") -> AccuracyComment:
    _written(place, copy, "facts")
    copy.refresh_from_db()
    officer = place["nominated-officer"]
    (sent,) = actions.send_comments(
        copy=copy, seen=queries.seen(queries.drafts(copy, officer)), because=because, version=copy.version, by=officer
    )
    return sent


def _answered(place: Place, comment: AccuracyComment) -> None:
    actions.answer_comment(
        comment=comment, verdict="not-accepted", reasons=place.say("facts", "why a comment is not accepted"),
        changed="", version=comment.version, by=place["quality-assurance"],
    )  # fmt: skip
