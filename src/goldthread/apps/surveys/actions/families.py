"""Asking the family of every child whose file was drawn, in one act.

A case knows that its family was written to. A code knows its letters, an answer its survey: neither knows a case.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.surveys.actions.running import invite, make_codes, open_survey
from goldthread.apps.surveys.models import AskedFamily, FamilyStatus, Invitations, Survey
from goldthread.apps.surveys.queries.families import drawn_cases
from goldthread.apps.surveys.rules import Wrong, id_of, locked
from goldthread.domain import lifecycle
from goldthread.domain.surveys import drawn_families


@transaction.atomic
def ask_families(
    *, draw: Draw, left_out: Mapping[UUID, str], closes: date | None, client_key: UUID, by: Actor
) -> Survey:
    """Write to the family of every drawn case that was not written to yet, except those that are left out.

    `left_out` gives a reason of `drawn_families.LEFT_OUT` by case. The first time a survey of families is opened for
    the draw until `closes`. Cases that came in since are added to it. Pressed twice, nobody is written to twice.
    """
    require(by, Permission.SURVEY_RUN, draw.inspection.target(side=Side.TEAM, closed_because=draw.closed_because()))
    draw = Draw.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=draw.pk)
    survey = _survey_of(draw, closes, client_key, by)
    require(by, Permission.SURVEY_RUN, survey.target(changing=True))
    held = {one.case_id: one for one in survey.families.all()}
    open_ = [one for one in drawn_cases(draw) if one.pk not in held or held[one.pk].status == FamilyStatus.LEFT_OUT]
    _sound_reasons(open_, left_out)
    asked = [one for one in open_ if one.pk not in left_out]
    if not asked and not held:
        raise Wrong("", "Every family is left out, so that there is nobody to write to.")
    if not asked and all(one.pk in held and held[one.pk].left_out == left_out[one.pk] for one in open_):
        # Nobody more is written to and nobody is left out for another reason: there is nothing to keep.
        return survey
    for case in (one for one in open_ if one.pk in left_out):
        _leave_out(survey, case, held.get(case.pk), left_out[case.pk], by)
    _invite(survey, asked, held, by)
    journal(
        Events.SURVEY_FAMILIES_ASKED, by=by, about=survey, chain=survey.inspection_id, draw=draw.number,
        invited=len(asked), left_out=len(open_) - len(asked),
    )  # fmt: skip
    return survey


def _survey_of(draw: Draw, closes: date | None, client_key: UUID, by: Actor) -> Survey:
    """The survey of a draw's families, opened where there is none yet."""
    if found := Survey.objects.filter(draw=draw).first():
        return locked(found)
    if closes is None:
        raise Wrong("closes", "Write the last day on which they can answer.")
    made = open_survey(
        inspection=draw.inspection, template="families", closes=closes, by_link=False, client_key=client_key, by=by
    )
    if made.draw_id is not None:
        raise Refused("This page was sent for another draw. Open it again.")
    made.draw = draw
    made.save(update_fields=["draw"])
    return made


def _sound_reasons(open_: list[Case], left_out: Mapping[UUID, str]) -> None:
    if not set(left_out) <= {one.pk for one in open_}:
        raise Refused("A family that you left out was written to meanwhile. Look at the page again.")
    if not set(left_out.values()) <= set(drawn_families.LEFT_OUT):
        raise Refused("Choose one of the reasons offered for each family that is left out.")


def _leave_out(survey: Survey, case: Case, held: AskedFamily | None, because: str, by: Actor) -> None:
    if held is None:
        AskedFamily.objects.create(
            inspection_id=survey.inspection_id, side=Side.TEAM, survey=survey, case=case, left_out=because,
            created_by_id=id_of(by),
        )  # fmt: skip
    elif held.left_out != because:
        held.left_out, held.version = because, held.version + 1
        held.save(update_fields=["left_out", "version"])


def _invite(survey: Survey, asked: list[Case], held: Mapping[UUID, AskedFamily], by: Actor) -> None:
    """Make letters by groups of the sample; who comes in later joins the letters of their group."""
    group_of = drawn_families.groups(Counter(one.stratum for one in asked))
    there = {one.group: one for one in survey.invitations.all()}
    letters: dict[str, list[Case]] = {}
    for case in asked:
        # A later letter alone would be a group of one: it goes with those that were made before.
        group = group_of[case.stratum] if not there else next(
            (one for one in (case.stratum, drawn_families.TOGETHER) if one in there), min(there)
        )  # fmt: skip
        letters.setdefault(group, []).append(case)
    for group, cases in letters.items():
        key = uuid5(survey.pk, group)
        made = there.get(group) or invite(survey=survey, group=group, size=len(cases), client_key=key, by=by)
        if group in there:
            _add_letters(made, len(cases))
        for case in cases:
            _written_to(survey, case, made, held.get(case.pk), by)


def _add_letters(made: Invitations, more: int) -> None:
    before = made.size
    if made.printed_on is not None:
        made.handed_out, made.printed_on = before, None
    made.size, made.version = before + more, made.version + 1
    made.save(update_fields=["size", "handed_out", "printed_on", "version"])
    make_codes(made, first=before)


def _written_to(survey: Survey, case: Case, made: Invitations, held: AskedFamily | None, by: Actor) -> None:
    one = held or AskedFamily(
        inspection_id=survey.inspection_id, side=Side.TEAM, survey=survey, case=case, created_by_id=id_of(by)
    )
    lifecycle.require_move(lifecycle.AskedFamily, one.status, FamilyStatus.INVITED)
    one.status, one.left_out, one.invitations, one.invited_on = FamilyStatus.INVITED, "", made, timezone.localdate()
    one.version += 1 if held else 0
    one.save()
