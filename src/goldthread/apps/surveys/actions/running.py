"""Opening a survey, inviting people to it, and closing it."""

import secrets
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.apps.surveys.models import Code, Invitations, Status, Survey, by_chance
from goldthread.apps.surveys.rules import MOST_LETTERS_PRINTED, Wrong, id_of, locked
from goldthread.apps.surveys.sealed import codes_of, digest_of
from goldthread.domain import lifecycle, surveys

LONGEST = timedelta(days=120)
"""For how long at most a survey may be answered. [J]"""


@transaction.atomic
def open_survey(
    *, inspection: Inspection, template: str, closes: date, by_link: bool, client_key: UUID, by: Actor
) -> Survey:
    """Open a survey until a day. `by_link` lets people answer without a code. The same key twice gives the same."""
    require(by, Permission.SURVEY_RUN, inspection.target(side=Side.TEAM))
    if existing := Survey.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if template not in surveys.slugs():
        raise Wrong("template", "Choose whom to ask.")
    _sound_day(closes)
    make_key(inspection=inspection, by=by)
    last = Survey.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Survey.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, template=template, link=secrets.token_hex(8),
        by_link=by_link, closes=closes, client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.SURVEY_OPENED, by=by, about=made, chain=inspection.pk, by_link=by_link)
    return made


@transaction.atomic
def invite(*, survey: Survey, group: str, size: int, client_key: UUID, by: Actor) -> Invitations:
    """Make letters with a code each for a group of people. The same key twice gives the same letters."""
    require(by, Permission.SURVEY_RUN, survey.target())
    survey = locked(survey)
    if existing := Invitations.objects.filter(inspection_id=survey.inspection_id, client_key=client_key).first():
        return existing
    require(by, Permission.SURVEY_RUN, survey.target(changing=True))
    group = " ".join(group.split())
    if not group or len(group) > 80:
        raise Wrong("group", "Write which group the letters go to, in 80 letters or fewer.")
    if not 1 <= size <= MOST_LETTERS_PRINTED:
        raise Wrong("size", f"Write how many letters, from 1 to {MOST_LETTERS_PRINTED:,}.")
    made = Invitations.objects.create(
        inspection=survey.inspection, side=Side.TEAM, survey=survey, group=group, size=size, client_key=client_key,
        created_by_id=id_of(by),
    )  # fmt: skip
    make_codes(made)
    journal(Events.SURVEY_INVITED, by=by, about=survey, chain=survey.inspection_id, size=size)
    return made


def make_codes(made: Invitations, first: int = 0) -> None:
    """Keep that the codes of letters exist, from the `first` on."""
    digests = (digest_of(made.inspection, code) for code in islice(codes_of(made), first, None))
    Code.objects.bulk_create([Code(id=by_chance(), invitations=made, digest=one) for one in digests])


@transaction.atomic
def record_letters(*, invitations: Invitations, by: Actor) -> Invitations:
    """Write in the journal that letters with codes are shown to be printed, and keep the day."""
    require(by, Permission.SURVEY_RUN, invitations.target())
    invitations.printed_on = timezone.localdate()
    invitations.save(update_fields=["printed_on"])
    survey = invitations.survey
    journal(Events.SURVEY_PRINTED, by=by, about=survey, chain=survey.inspection_id, size=invitations.size)
    return invitations


@transaction.atomic
def close_survey(*, survey: Survey, version: int, by: Actor) -> Survey:
    """Close a survey: nobody answers any more, and its results are shown and can go on the shelf.

    Closed before its last day, that day is today: nobody is told of a day to come on which nobody can answer.
    """
    require(by, Permission.SURVEY_RUN, survey.target())
    survey = locked(survey)
    require_unchanged(survey, version, about=survey, chain=survey.inspection_id)
    lifecycle.require_move(Status, survey.status, Status.CLOSED)
    survey.status, survey.version = Status.CLOSED, survey.version + 1
    survey.closes = min(survey.closes, timezone.localdate())
    survey.save(update_fields=["status", "closes", "version"])
    journal(Events.SURVEY_CLOSED, by=by, about=survey, chain=survey.inspection_id)
    return survey


RESULTS_SHOWN = (
    "Its results have been shown, so it stays closed: compared before and after, they would tell what the next person "
    "answered. Open a new survey for whoever has still to be heard."
)


@transaction.atomic
def reopen_survey(*, survey: Survey, closes: date, version: int, by: Actor) -> Survey:
    """Open a closed survey again until a day.

    Raises Refused once results were shown: whoever compared them before and after would read off what the next person
    answered. So nothing of it can stand on the shelf yet.
    """
    require(by, Permission.SURVEY_RUN, survey.target())
    survey = locked(survey)
    require_unchanged(survey, version, about=survey, chain=survey.inspection_id)
    lifecycle.require_move(Status, survey.status, Status.OPEN)
    _sound_day(closes)
    if survey.answers.count() >= surveys.FEWEST:
        raise Refused(RESULTS_SHOWN)
    survey.status, survey.closes, survey.version = Status.OPEN, closes, survey.version + 1
    survey.save(update_fields=["status", "closes", "version"])
    journal(Events.SURVEY_REOPENED, by=by, about=survey, chain=survey.inspection_id)
    return survey


def _sound_day(closes: date) -> None:
    today = timezone.localdate()
    if not today <= closes <= today + LONGEST:
        raise Wrong("closes", f"Choose a day from {today:%-d %B %Y} to {today + LONGEST:%-d %B %Y}.")
