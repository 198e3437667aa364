"""An answer that was sent, and one on paper that is typed in.

What comes from outside has no actor and is in no journal: an entry with its time would be the join that the letter
promises not to make. That a code is spent and that an answer is there are written in one transaction, side by side.
"""

import time
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Actor, Target
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import sealing
from goldthread.apps.surveys.models import Answer, Code, Hurried, Survey, Words, by_chance
from goldthread.apps.surveys.pace import HERE, Burst
from goldthread.apps.surveys.rules import Wrong, answerable, locked, sound_answers, wrong
from goldthread.apps.surveys.sealed import alike_of, digest_of, is_pressing
from goldthread.domain.surveys import Answers, languages_of


@transaction.atomic
def answer(
    *, survey: Survey, number: int, answers: Answers, tier: str, language: str, easy: bool, code: str = "",
    address: str = "", by: Actor = NOBODY,
) -> None:  # fmt: skip
    """Keep what somebody answered. `number` was drawn when they began: the same sent twice is kept once.

    `address` is the network address that it came from, where it is known. It is kept nowhere: it only lets answers be
    counted that come quickly from one place, as record 70 says. All of them count.

    Raises Wrong where the survey is closed, the code is unknown or spent, or an answer is none of those offered.
    """
    require(by, Permission.PUBLIC, Target())
    if Answer.objects.filter(pk=number, survey=survey).exists():
        return
    if not answerable(survey):
        raise wrong("", "closed")
    if code:
        digest = digest_of(survey.inspection, code)
        known = Code.objects.filter(invitations__survey=survey, digest=digest, spent=False)
        if not known.update(spent=True):
            raise wrong("code", "error_code")
    elif not survey.by_link:
        raise wrong("code", "error_code")
    _keep(survey, number, answers, tier, language if language in languages_of(survey.template) else "en", easy,
          "code" if code else "open")  # fmt: skip
    if not code:
        _note_burst(survey, HERE.came(f"{survey.pk} {timezone.localdate()}", address, time.monotonic()))


def _note_burst(survey: Survey, burst: Burst) -> None:
    """Add to how many came quickly from one place today. A code is one person's, so that those are not counted."""
    if not burst.answers:
        return
    row, _ = Hurried.objects.get_or_create(survey=survey, day=timezone.localdate())
    Hurried.objects.filter(pk=row.pk).update(bursts=F("bursts") + burst.begun, answers=F("answers") + burst.answers)


@transaction.atomic
def type_in(
    *, survey: Survey, answers: Answers, tier: str, client_key: UUID, language: str = "en", by: Actor
) -> Survey:
    """Keep a form that came on paper, under the day on which it is typed in. The same key twice is kept once.

    `language` is that of the form: what was written is marked with it. Raises Wrong where the survey has it not.
    """
    require(by, Permission.SURVEY_RUN, survey.target())
    survey = locked(survey)
    number = client_key.int >> 66
    if Answer.objects.filter(pk=number, survey=survey).exists():
        return survey
    require(by, Permission.SURVEY_RUN, survey.target(changing=True))
    if language not in languages_of(survey.template):
        raise Wrong("in-language", "Choose a language in which this survey can be answered.")
    _keep(survey, number, answers, tier, language, False, "paper")
    journal(Events.SURVEY_TYPED, by=by, about=survey, chain=survey.inspection_id)
    return survey


def _keep(survey: Survey, number: int, answers: Answers, tier: str, language: str, easy: bool, way: str) -> None:
    chosen, written = sound_answers(survey.asked, answers, tier)
    day = timezone.localdate()
    Answer.objects.create(id=number, survey=survey, day=day, way=way, language=language, easy=easy, chosen=dict(chosen))
    for question, says in written.items():
        one = Words(
            id=by_chance(), survey=survey, question=question, day=day, language=language, tier=tier,
            pressing=is_pressing(says), alike=alike_of(survey.inspection, says),
        )  # fmt: skip
        one.sealed = sealing.seal(survey.inspection, says.encode(), purpose=one.purpose)
        one.save(force_insert=True)
