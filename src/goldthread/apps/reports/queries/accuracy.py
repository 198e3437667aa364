"""Reading the check of facts: the council's copies, its comments, the answers, and what changed because of them.

What the council may read of a copy ends with its last day; its own comments and the answers it may read after that too.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.cases.models import CaseReview
from goldthread.apps.fieldwork import phases
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.inspections.queries import sides_of, visible
from goldthread.apps.reports.document import Document, Part, from_json
from goldthread.apps.reports.models import AccuracyAnswer, AccuracyComment, CouncilCopy, Report
from goldthread.apps.reports.queries.versions import early, published_of
from goldthread.apps.submissions import sealing
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import KINDS, Place, days_allowed, last_day, place_of
from goldthread.domain.phase_days import days_left
from goldthread.domain.word_differences import Pair, paragraphs
from goldthread.kernel.working_days import bank_holidays

Copy, Comment = lifecycle.CouncilCopy, lifecycle.AccuracyComment

NEWS = timedelta(days=28)
"""How long answers that were given after publication stay on the home page of the council. Our own rule."""

COPY_STATES: Mapping[str, str] = {
    Copy.OUT: "With the council",
    Copy.COMMENTED: "The council has sent its comments or said that it has none",
    Copy.ANSWERS_GIVEN: "The council has the answers",
    Copy.TAKEN_BACK: "Taken back",
}

STATES: Mapping[str, str] = {
    Comment.DRAFT: "Draft, seen by the council alone",
    Comment.SENT: "Waiting for an answer",
    Comment.ANSWERED: "Answered",
}

WRITERS = ("lead", "inspector", "analyst")
"""Whoever has held one of these roles here has written or reviewed for the team."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph or point of a copy, or a section as a whole: where it stands, what that is called, its words."""

    place: Place
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A section in which something changed between the council's copy and the next version."""

    slug: str
    title: str
    pairs: tuple[Pair, ...]
    table_changed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many comments were sent, and how it stands with them."""

    all: int
    waiting: int
    exceptions: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Time:
    """How long the council is given by its framework: working days, whether the number was checked, the last day."""

    days: int
    checked: bool
    until: date


def copies(inspection: Inspection, actor: Actor) -> QuerySet[CouncilCopy]:
    """The council's copies that an actor may know of, the newest first."""
    return _copies(actor).filter(inspection=inspection)


def copy(actor: Actor, inspection: UUID, copy: UUID) -> CouncilCopy:
    """One copy. Raises CouncilCopy.DoesNotExist where the actor may not know of it."""
    return _copies(actor).get(inspection_id=inspection, pk=copy)


def copy_of(report: Report) -> CouncilCopy | None:
    """The copy of a version that the council has and that was not taken back."""
    rows = CouncilCopy.objects.filter(report=report).exclude(status=Copy.TAKEN_BACK).select_related("inspection")
    return rows.first()


def readable(copy: CouncilCopy, actor: Actor, today: date) -> bool:
    """Whether an actor may read the text of a copy today: the team always, the council until the last day."""
    return Side.TEAM in sides_of(copy.inspection, actor) or (copy.live and today <= copy.until)


def closed_because(copy: CouncilCopy) -> str:
    """Why nothing more is asked of the council about a copy, or why it reads it no more, in words."""
    if not copy.live:
        return "The lead inspector has taken this copy back."
    if copy.answers_given_at is not None and timezone.localdate() <= copy.until:
        return f"The answers are given. You can read this copy until the end of {copy.until:%-d %B %Y}."
    return f"This copy closed after {copy.until:%-d %B %Y}, the last day for comments."


def document_of(copy: CouncilCopy) -> Document:
    """The text of a copy, exactly as it was approved. Raises CannotUnseal."""
    return from_json(json.loads(sealing.unseal(copy.inspection, bytes(copy.sealed), purpose=copy.purpose)))


def next_document_of(copy: CouncilCopy) -> Document | None:
    """The version that the council was shown with the answers; None where nothing changed. Raises CannotUnseal."""
    if not copy.next_sealed:
        return None
    return from_json(json.loads(sealing.unseal(copy.inspection, bytes(copy.next_sealed), purpose=copy.purpose)))


def texts(document: Document) -> list[Text]:
    """Every place of a document on which somebody may comment, in its order."""
    found = []
    for part in document.parts:
        kind = "paragraph" if part.paragraphs else "point"
        for number, words in enumerate(part.paragraphs or part.points, 1):
            found.append(Text(Place(part.slug, number), f"{part.title}, {kind} {number}", words))
        found.append(Text(Place(part.slug, 0), f"{part.title}, the section as a whole", ""))
    return found


def labels(copy: CouncilCopy) -> dict[Place, str]:
    """What each place of a copy is called; none of its words."""
    return {one.place: one.label for one in texts(document_of(copy))}


def said_to_be_changed(copy: CouncilCopy, after: Document, answers: Iterable[AccuracyAnswer]) -> list[str]:
    """What answers name as changed and is not: the labels of places whose words still stand in their section."""
    places = {one.place: one for one in texts(document_of(copy))}
    still = {part.slug: set(part.paragraphs or part.points) for part in after.parts}
    changed = {one.slug for one in changes(document_of(copy), after)}
    untrue = []
    for place in dict.fromkeys(place_of(one.changed) for one in answers if one.changed):
        text = places.get(place) if place else None
        if place is None or text is None:
            continue
        same = text.words in still.get(place.section, set()) if text.words else place.section not in changed
        if same:
            untrue.append(text.label)
    return untrue


def changes(before: Document, after: Document) -> list[Changed]:
    """The sections in which something changed, in the order of the newer; then those that went."""
    old, new = ({part.slug: part for part in one.parts} for one in (before, after))
    nothing = Part("", "")
    found = []
    for slug in dict.fromkeys([*new, *old]):
        was, now = old.get(slug, nothing), new.get(slug, nothing)
        pairs = tuple(paragraphs(was.paragraphs or was.points, now.paragraphs or now.points))
        table = (was.grid, was.figure) != (now.grid, now.figure)
        if table or any(one.changed for one in pairs):
            found.append(Changed(slug, now.title or was.title, pairs, table))
    return found


def comments(
    inspection: Inspection, actor: Actor, *, status: str = "", kind: str = "", exceptional: bool = False
) -> list[AccuracyComment]:
    """Comments that an actor may read, by number, drafts last; those that were dropped are left out."""
    rows = _comments(actor).filter(inspection=inspection).exclude(status=Comment.DROPPED)
    if kind:
        rows = rows.filter(kind=kind)
    if exceptional:
        rows = rows.exclude(exception="")
    shown = [one for one in rows if not status or shown_state(one, actor) == status]
    return sorted(shown, key=lambda one: (one.number is None, one.number or 0, one.created_at))


def shown_state(comment: AccuracyComment, actor: Actor) -> str:
    """The state of a comment as a reader may know it: the council learns of an answer when it is given."""
    if comment.status != Comment.ANSWERED or Side.TEAM in sides_of(comment.inspection, actor):
        return comment.status
    return Comment.ANSWERED if comment.answer.released_at else Comment.SENT


def comment(actor: Actor, inspection: UUID, comment: UUID) -> AccuracyComment:
    """One comment. Raises AccuracyComment.DoesNotExist where the actor may not read it."""
    return _comments(actor).get(inspection_id=inspection, pk=comment)


def drafts(copy: CouncilCopy, actor: Actor) -> list[AccuracyComment]:
    """What the council has written on a copy and not sent, in the order of the copy's text."""
    order = {one.place: number for number, one in enumerate(texts(document_of(copy)))}
    rows = _comments(actor).filter(copy=copy, status=Comment.DRAFT)
    return sorted(rows, key=lambda one: (order.get(one.place, 0), one.created_at))


def seen(rows: Iterable[AccuracyComment]) -> str:
    """A name for drafts as they stand: another draft, or another word in one, and it is another name."""
    told = ",".join(f"{one.pk}:{one.version}" for one in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def words_of(comment: AccuracyComment) -> dict[str, str]:
    """What a comment says, by name: says, proposes, proof, because. Raises CannotUnseal."""
    held = sealing.unseal(comment.inspection, bytes(comment.sealed), purpose=comment.purpose)
    told: dict[str, str] = json.loads(held)
    return {"says": "", "proposes": "", "proof": "", "because": "", **told}


def answer_to(comment: AccuracyComment, actor: Actor) -> AccuracyAnswer | None:
    """The answer to a comment, as far as the actor may read it: the council once it was given."""
    rows = AccuracyAnswer.objects.select_related("inspection", "comment", "created_by").filter(comment=comment)
    return visible(rows, actor, Permission.ACCURACY_READ).first()


def answers_to(rows: Iterable[AccuracyComment], actor: Actor) -> dict[UUID, AccuracyAnswer]:
    """The answers to comments by the comments' keys, as far as the actor may read them."""
    found = AccuracyAnswer.objects.select_related("inspection", "created_by", "comment").filter(comment__in=list(rows))
    return {one.comment_id: one for one in visible(found, actor, Permission.ACCURACY_READ)}


def reasons_of(answer: AccuracyAnswer) -> str:
    """Why a comment was answered so. Raises CannotUnseal."""
    return sealing.unseal(answer.inspection, bytes(answer.sealed), purpose=answer.purpose).decode()


def counted(rows: Iterable[AccuracyComment], actor: Actor) -> Counted:
    """What is told of comments at the head of their list."""
    held = list(rows)
    states = Counter(shown_state(one, actor) for one in held)
    sent = [one for one in held if one.number is not None]
    return Counted(len(sent), states[Comment.SENT], sum(bool(one.exception) for one in sent), states[Comment.DRAFT])


def kinds() -> list[tuple[str, str]]:
    """What a comment can say is wrong."""
    return [(str(one), says) for one, says in KINDS.items()]


def time_allowed(inspection: Inspection, today: date) -> Time:
    """How long the council is given where its copy goes out today."""
    days, checked = days_allowed(phases.plan_of(inspection).phases)
    return Time(days, checked, last_day(today, days, bank_holidays()))


def left(copy: CouncilCopy, today: date) -> int:
    """Working days from tomorrow up to and including the last; negative where that is over."""
    return days_left(today, copy.until, bank_holidays())


def next_version(copy: CouncilCopy) -> Report | None:
    """The newest version after the one that the council read."""
    return Report.objects.filter(inspection=copy.inspection, number__gt=copy.report.number).first()


def not_outside(inspection: Inspection, actor: Actor) -> str:
    """Why somebody may not answer the council's comments here: they reviewed or wrote. Empty where they did neither."""
    if actor.programme:
        return ""
    held = Membership.objects.filter(inspection=inspection, person_id=actor.id, role__in=WRITERS).first()
    if held is not None:
        return f"You have taken part here as {ROLES[held.role].title.lower()}, so somebody else must answer."
    mine = {"inspection": inspection, "created_by_id": actor.id}
    did = (
        (CaseReview.objects.filter(inspection=inspection, reviewer_id=UUID(actor.id)), "reviewed a file"),
        (Finding.objects.filter(**mine), "wrote a finding"),
        (Judgement.objects.filter(**mine), "proposed a judgement"),
        (Report.objects.filter(**mine), "wrote the report"),
    )
    for rows, what in did:
        if rows.exists():
            return f"You {what} in this inspection, so somebody outside the team must answer."
    return ""


def in_the_way(report: Report, today: date) -> tuple[str, str]:
    """What of the check of facts stands in the way of publishing a version: what forbids it, and what needs a reason.

    A comment that was sent in time is answered first, always. An exception that is not answered, time that is not over
    and answers that were not given may be passed over for a reason, which is recorded.
    """
    held = list(CouncilCopy.objects.filter(inspection=report.inspection).exclude(status=Copy.TAKEN_BACK))
    waiting = AccuracyComment.objects.filter(inspection=report.inspection, copy__in=held, status=Comment.SENT)
    if in_time := waiting.filter(exception="").count():
        many = in_time != 1
        return f"{in_time} comment{'s' * many} of the council on the facts wait{'s' * (not many)} for an answer.", ""
    shown = max((one.next_report.number for one in held if one.next_report), default=0)
    if report.number < shown:
        return f"The council was shown version {shown} with the answers. Publish that version, or a later one.", ""
    told = []
    if late := waiting.count():
        told.append(f"{late} late comment{'s' * (late != 1)} of the council not answered")
    if any(one.status == Copy.OUT and today <= one.until for one in held):
        told.append("the council may still comment on the facts")
    if any(one.status == Copy.COMMENTED and one.comments.filter(status=Comment.ANSWERED).exists() for one in held):
        told.append("answers that the council has not been given")
    return "", "; ".join(told)


def before_its_time(report: Report) -> str:
    """Why a version needs a reason to be published now: what to say to whoever would. Empty where it needs none."""
    if early(report):
        return "Say why the report is published before the authority has checked its facts."
    _, passed_over = in_the_way(report, timezone.localdate())
    return f"Say why the report is published all the same: {passed_over}." if passed_over else ""


def is_published(copy: CouncilCopy) -> bool:
    """Whether everybody may read the version that the council read, or a later one: comments come too late for it.

    An embargo is no word to the council: until its moment it may still comment.
    """
    return published_of([copy.inspection]).filter(report__number__gte=copy.report.number).exists()


def may(actor: Actor, permission: Permission, thing: Inspection | CouncilCopy | AccuracyComment | Report) -> bool:
    """Whether a page should offer an act; the action asks again."""
    return policy.decide(actor, permission, thing.target(), timezone.now()).allowed


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the list of comments."""
    target = Target(within=inspection, owners=frozenset({actor.id}))
    return policy.decide(actor, Permission.ACCURACY_READ, target, timezone.now()).allowed


def to_comment(actor: Actor, today: date) -> list[CouncilCopy]:
    """Copies on which the actor may comment in time and on which nothing was sent, the soonest closed first."""
    rows = visible(_rows(), actor, Permission.ACCURACY_COMMENT).filter(status=Copy.OUT, until__gte=today)
    return [one for one in rows.order_by("until") if may(actor, Permission.ACCURACY_COMMENT, one)]


def unsent(actor: Actor, today: date) -> list[CouncilCopy]:
    """Copies with drafts that nobody sent although the last day is over, or the council's other comments are sent."""
    rows = visible(_rows(), actor, Permission.ACCURACY_COMMENT).exclude(status=Copy.TAKEN_BACK)
    held = rows.filter(comments__status=Comment.DRAFT).distinct()
    return [one for one in held if (today > one.until or one.sent_at is not None) and not is_published(one)]


def to_answer(actor: Actor) -> dict[Inspection, int]:
    """How many comments of each inspection wait for an answer that the actor may give."""
    rows = visible(
        AccuracyComment.objects.select_related("inspection").filter(status=Comment.SENT), actor,
        Permission.ACCURACY_ANSWER,
    ).exclude(copy__status=Copy.TAKEN_BACK)  # fmt: skip
    found = Counter(one.inspection for one in rows)
    return {one: count for one, count in found.items() if not not_outside(one, actor)}


def to_give(actor: Actor) -> list[CouncilCopy]:
    """Copies whose comments are all answered, and whose answers the actor may give to the council."""
    rows = visible(_rows(), actor, Permission.ACCURACY_RELEASE).filter(status=Copy.COMMENTED)
    return [one for one in rows if not one.comments.filter(status=Comment.SENT).exists()]


def news(actor: Actor) -> list[CouncilCopy]:
    """Copies with answers that the council has been given, not yet followed by a published report or given after it."""
    rows = visible(_rows(), actor, Permission.ACCURACY_COMMENT).filter(status=Copy.ANSWERS_GIVEN)
    return [one for one in rows if not is_published(one) or _answered_since(one)]


def _answered_since(copy: CouncilCopy) -> bool:
    """Whether answers were given after everybody could read the report, and not long ago."""
    last = published_of([copy.inspection]).first()
    at = copy.answers_given_at
    return last is not None and at is not None and at > last.published_at and timezone.now() - at < NEWS


def _rows() -> QuerySet[CouncilCopy]:
    return CouncilCopy.objects.select_related("inspection", "report", "next_report", "created_by")


def _copies(actor: Actor) -> QuerySet[CouncilCopy]:
    return visible(_rows(), actor, Permission.ACCURACY_READ)


def _comments(actor: Actor) -> QuerySet[AccuracyComment]:
    rows = AccuracyComment.objects.select_related("inspection", "copy__report", "document", "created_by", "answer")
    return visible(rows, actor, Permission.ACCURACY_READ)
