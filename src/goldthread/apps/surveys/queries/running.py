"""Surveys as the team runs them: lists, invitations and who did not answer, what was written, and odd numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.surveys.models import Code, Hurried, Invitations, Shelved, Status, Survey, Words, WordsStatus
from goldthread.apps.surveys.queries.results import Counted, Result, result_of
from goldthread.apps.surveys.sealed import codes_of
from goldthread.domain.disclosure.counts import answer_shown
from goldthread.domain.disclosure.profiles import CONFIDENTIAL
from goldthread.domain.surveys import FEWEST

STATES: Mapping[str, str] = {Status.OPEN: "Open", Status.CLOSED: "Closed"}
WORDS_STATES: Mapping[str, str] = {
    WordsStatus.WAITING: "Not yet read", WordsStatus.RELEASED: "Released to the team",
    WordsStatus.KEPT_BACK: "Kept back", WordsStatus.CONCERN: "A child may not be safe",
}  # fmt: skip
BURST_LEAST, BURST_TIMES = 20, 3
"""A day counts as a burst at so many answers by the open link, and so many times those of a usual day. [J]"""


class Waiting(NamedTuple):
    """Words that nobody has read yet: how many, how many of them came before today and are overdue, and how many hold
    a word that often stands where a child is not safe."""

    many: int
    late: int
    pressing: int

    @property
    def quiet(self) -> int:
        """How many hold no such word; they are read all the same."""
        return self.many - self.pressing


NOTHING_WAITS = Waiting(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Response:
    """A group that was invited: how many letters, and the share that came back as it may be shown."""

    group: str
    sent: int
    back: str


@dataclass(frozen=True, slots=True)
class AskedResult:
    """The result of one question, as a door asks about it."""

    survey: Survey
    result: Result

    @property
    def inspection(self) -> Inspection:
        """The inspection."""
        return self.survey.inspection

    def target(self) -> Target:
        """The survey, as the policy asks about it."""
        return self.survey.target()


def readable(actor: Actor) -> QuerySet[Survey]:
    """Every survey that the actor may read, of whichever inspection."""
    return visible(Survey.objects.select_related("inspection"), actor, Permission.SURVEY_READ)


def surveys_of(actor: Actor, inspection: Inspection) -> QuerySet[Survey]:
    """The surveys of an inspection with how many answered each, the latest first."""
    rows = readable(actor).filter(inspection=inspection)
    return rows.annotate(came=Count("answers", distinct=True)).order_by("-number")


def survey(actor: Actor, inspection: UUID, survey: UUID) -> Survey:
    """One survey. Raises Survey.DoesNotExist where the actor may not know of it."""
    return readable(actor).get(inspection_id=inspection, pk=survey)


def asked_result(actor: Actor, inspection: UUID, survey: UUID, topic: str) -> AskedResult:
    """The result of one question. Raises Survey.DoesNotExist where there is none, or the survey is still open."""
    found = readable(actor).get(inspection_id=inspection, pk=survey)
    return AskedResult(found, result_of(found, topic))


def invitations(survey: Survey) -> list[Invitations]:
    """The letters that were made, the first first."""
    return list(survey.invitations.all())


def one_invitations(actor: Actor, inspection: UUID, survey: UUID, invitations: UUID) -> Invitations:
    """The letters of one group. Raises Invitations.DoesNotExist."""
    rows = Invitations.objects.select_related("survey__inspection", "inspection")
    found = visible(rows, actor, Permission.SURVEY_READ)
    return found.get(inspection_id=inspection, survey_id=survey, pk=invitations)


def letters_of(invitations: Invitations) -> list[str]:
    """The codes of the letters of a group, without those that were handed out before more were added.

    Raises CannotUnseal.
    """
    return list(codes_of(invitations))[invitations.handed_out :]


def responses(survey: Survey) -> list[Response]:
    """Who did not answer, by group: from how many codes there are and how many were used, and from nothing else."""
    rows = Code.objects.filter(invitations__survey=survey).values("invitations__group")
    held = rows.annotate(sent=Count("pk"), back=Count("pk", filter=Q(spent=True))).order_by("invitations__group")
    groups = [(one["invitations__group"], one["sent"], one["back"]) for one in held]
    hidden = _hidden({group: sent for group, sent, _ in groups})
    return [
        Response(group, sent, CONFIDENTIAL if group in hidden else answer_shown(back, sent))
        for group, sent, back in groups
    ]


def answered(survey: Survey) -> Response:
    """How many letters of all groups came back."""
    rows = Code.objects.filter(invitations__survey=survey)
    told = rows.aggregate(sent=Count("pk"), back=Count("pk", filter=Q(spent=True)))
    return Response("", told["sent"], answer_shown(told["back"], told["sent"]) if told["sent"] else CONFIDENTIAL)


def _hidden(sent: Mapping[str, int]) -> set[str]:
    """The groups whose share is withheld: those below ten letters, and the smallest other where these are below ten
    together. How many came with a code in all is shown, and subtraction would tell of them."""
    hidden = {group for group, many in sent.items() if many < FEWEST}
    others = sorted((many, group) for group, many in sent.items() if group not in hidden)
    if hidden and others and sum(sent[group] for group in hidden) < FEWEST:
        hidden.add(others[0][1])
    return hidden


def bursts(count: Counted) -> list[tuple[date, int]]:
    """Days on which far more came by the open link than usual. They are shown to the team, and nothing is dropped."""
    return burst_days({day: many for (way, day), many in count.days.items() if way == "open"})


def burst_days(days: Mapping[date, int]) -> list[tuple[date, int]]:
    """Of days with how many came, those on which far more came than on a usual one, the first first."""
    found = []
    for day, many in sorted(days.items()):
        others = [other for one, other in days.items() if one != day]
        # One other day is no usual day.
        usual = median(others) if len(others) > 1 else many
        if many >= BURST_LEAST and many >= BURST_TIMES * max(usual, 1):
            found.append((day, many))
    return found


def hurried(survey: Survey) -> list[Hurried]:
    """The days on which answers came by the open link quickly from one place, with how many, the first first."""
    return list(survey.hurried.all())


OFTEN = 3
"""The very same words are told once they came so many times."""


def often_said(survey: Survey) -> int:
    """How many times the very same words came, of those that came three times or more; 0 where none did."""
    rows = survey.words.values("alike").annotate(many=Count("pk")).filter(many__gte=OFTEN).order_by("-many")
    first = rows.first()
    return int(first["many"]) if first else 0


def times_said(survey: Survey, rows: Iterable[Words]) -> dict[int, int]:
    """How many times the very words of these texts came in their survey, of each that came three times or more."""
    shown = {one.pk: one.alike for one in rows}
    counted = survey.words.filter(alike__in=set(shown.values())).order_by().values_list("alike")
    many = dict(counted.annotate(many=Count("pk")).filter(many__gte=OFTEN))
    return {pk: many[alike] for pk, alike in shown.items() if alike in many}


def _words(actor: Actor) -> QuerySet[Words]:
    return Words.objects.select_related("survey__inspection", "settled_by")


def words_list(actor: Actor, survey: Survey, *, status: str = "") -> QuerySet[Words]:
    """What was written in a survey, as far as the actor may read it: what presses first, then the oldest day."""
    rows = _words(actor).filter(survey=survey)
    if not may_triage(actor, survey.inspection):
        rows = rows.filter(status=WordsStatus.RELEASED)
    rows = rows.filter(status=status) if status else rows
    return rows.order_by("-pressing", "day", "pk")


def one_words(actor: Actor, inspection: UUID, survey: UUID, words: int) -> Words:
    """What one person wrote. Raises Words.DoesNotExist where the actor may not read it."""
    found = _words(actor).get(pk=words, survey_id=survey, survey__inspection_id=inspection)
    if found.status != WordsStatus.RELEASED and not may_triage(actor, found.inspection):
        raise Words.DoesNotExist
    return found


def open_words(actor: Actor) -> list[tuple[Survey, bool, int, date]]:
    """Surveys with words that nobody has read yet, where the actor reads them first: those that hold an alarming word
    apart from the others, each with how many and the oldest day."""
    rows = Words.objects.filter(status=WordsStatus.WAITING, survey__in=readable(actor)).values(
        "survey", "pressing", "day"
    )
    counts: dict[tuple[Any, bool], list[tuple[date, int]]] = {}
    for one in rows.annotate(many=Count("pk")).order_by("-pressing", "day"):
        counts.setdefault((one["survey"], one["pressing"]), []).append((one["day"], one["many"]))
    held = {one.pk: one for one in readable(actor).filter(pk__in={pk for pk, _ in counts})}
    return [
        (held[pk], pressing, sum(many for _, many in days), days[0][0])
        for (pk, pressing), days in counts.items()
        if may_triage(actor, held[pk].inspection)
    ]


def waiting(survey: Survey) -> Waiting:
    """Words of a survey that nobody has read yet."""
    late, pressing = Q(day__lt=timezone.localdate()), Q(pressing=True)
    rows = survey.words.filter(status=WordsStatus.WAITING)
    return Waiting(
        **rows.aggregate(many=Count("pk"), late=Count("pk", filter=late), pressing=Count("pk", filter=pressing))
    )


def shelved_of(survey: Survey) -> list[Shelved]:
    """What of a survey stands on the shelf, or stood there."""
    return list(survey.shelved.select_related("evidence_item"))


def may_run(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to open, close and invite."""
    return _decide(actor, Permission.SURVEY_RUN, inspection)


def may_triage(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor reads what was written before the team does."""
    return _decide(actor, Permission.SURVEY_TRIAGE, inspection)


def _decide(actor: Actor, permission: Permission, inspection: Inspection) -> bool:
    return policy.decide(actor, permission, inspection.target(side=Side.TEAM), timezone.now()).allowed
