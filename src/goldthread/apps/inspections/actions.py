"""Setting an inspection up, moving it on, and saying who takes part."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.drafting import known
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Conflict, Inspection, Kind, Membership
from goldthread.apps.inspections.queries import answers_alone
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.hearing.their_words import LOOSEST, STRICTEST
from goldthread.domain.timetable import Interest

# A role ends by itself unless somebody renews it (security reference, threat 19).
DEFAULT_GRANT_DAYS = 270
LEAD_STAYS = "A lead cannot end their own role: the inspection would have nobody to answer for it."
EDITABLE = (
    "title", "authority", "kind", "call_day", "fieldwork_from", "fieldwork_to", "children_in_area", "words_alike",
)  # fmt: skip


@transaction.atomic
def create(
    *, title: str, authority: str, framework: str, kind: str, call_day: date, fieldwork_from: date,
    fieldwork_to: date, client_key: UUID, by: Actor, synthetic: bool = False, children_in_area: int | None = None,
) -> Inspection:  # fmt: skip
    """Set up an inspection; whoever does becomes its lead. The same key twice gives the same inspection.

    In a demonstration every inspection is synthetic: its reports say so wherever they go.
    """
    require(by, Permission.INSPECTION_CREATE, Target())
    if existing := Inspection.objects.filter(client_key=client_key).first():
        return existing
    if fieldwork_to < fieldwork_from or fieldwork_from < call_day:
        raise Refused("The dates are out of order: the call comes first, then fieldwork begins, then it ends.")
    if framework not in known.offered_frameworks():
        raise Refused("Choose a framework that is on offer: this one is not known, withdrawn or superseded.")
    inspection = Inspection.objects.create(
        title=title.strip(), authority=authority.strip(), framework=framework, kind=kind, call_day=call_day,
        fieldwork_from=fieldwork_from, fieldwork_to=fieldwork_to, client_key=client_key,
        synthetic=synthetic or settings.DEMONSTRATION, children_in_area=children_in_area,
        created_by_id=by.id if by.signed_in and not by.programme else None,
    )  # fmt: skip
    journal(Events.INSPECTION_CREATED, by=by, about=inspection, chain=inspection.pk, framework=framework, kind=kind)
    if not by.programme:
        _grant(inspection, Person.objects.get(pk=by.id), "lead", by=by, valid_to=None, reason="set the inspection up")
    return inspection


@transaction.atomic
def change(*, inspection: Inspection, version: int, by: Actor, **fields: Any) -> Inspection:
    """Change the details of an inspection. Raises Clash where it was changed meanwhile."""
    require(by, Permission.INSPECTION_EDIT, inspection.target())
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    fields = {name: fields[name] for name in EDITABLE if name in fields}
    if Kind.TRAINING in (inspection.kind, fields.get("kind")):
        # Practice and real files never meet: what began as the one does not become the other.
        fields.pop("kind", None)
    require_version(
        inspection.version, version,
        theirs={name: _text(getattr(inspection, name)) for name in fields},
        yours={name: _text(value) for name, value in fields.items()},
        about=inspection,
    )  # fmt: skip
    changed = [name for name, value in fields.items() if getattr(inspection, name) != value]
    for name in changed:
        setattr(inspection, name, fields[name])
    if inspection.fieldwork_to < inspection.fieldwork_from or inspection.fieldwork_from < inspection.call_day:
        raise Refused("The dates are out of order: the call comes first, then fieldwork begins, then it ends.")
    if not STRICTEST <= inspection.words_alike <= LOOSEST:
        raise Refused(f"Choose from {STRICTEST} to {LOOSEST} words in a row for a paraphrase.")
    inspection.version += 1
    inspection.save()
    journal(Events.INSPECTION_CHANGED, by=by, about=inspection, chain=inspection.pk, fields=changed)
    return inspection


def _text(value: Any) -> str:
    """A value as a form shows it: nothing where nothing is said."""
    return "" if value is None else str(value)


@transaction.atomic
def move(
    *, inspection: Inspection, to: str, by: Actor, because: str = "", version: int | None = None
) -> Inspection:  # fmt: skip
    """Move an inspection to its next state, or back, with a reason, where the table of moves allows it."""
    require(by, Permission.INSPECTION_EDIT, inspection.target())
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_unchanged(inspection, version, about=inspection, chain=inspection.pk)
    allowed = lifecycle.require_move(lifecycle.Inspection, inspection.status, to)
    if allowed.needs_reason and not because.strip():
        raise Refused("Say why: this move needs a reason, and the journal keeps it.")
    before, inspection.status = inspection.status, to
    inspection.version += 1
    inspection.save(update_fields=["status", "version"])
    told = {"frm": before, "to": to, "because": because.strip()}
    journal(Events.INSPECTION_MOVED, by=by, about=inspection, chain=inspection.pk, **told)
    return inspection


@transaction.atomic
def add_member(
    *, inspection: Inspection, person: Person, role: str, by: Actor, valid_to: datetime | None = None, reason: str = ""
) -> Membership:
    """Give somebody a role here. A lead gives roles of the team, a nominated officer those of the authority.

    Nobody stands on both sides of the wall, and nobody who keeps the accounts takes part.
    """
    if role not in ROLES or ROLES[role].site:
        raise Refused(f"“{role}” is not a role in an inspection.")
    side = ROLES[role].side
    if not by.programme:
        require(by, Permission.TEAM_MANAGE, Target(within=inspection, side=_managed_side(inspection, by, role, side)))
        if by.id == str(person.pk):
            raise Refused("You cannot give yourself a role. Ask somebody else who may.")
        if valid_to is not None and valid_to <= timezone.now():
            raise Refused("A role cannot end before it begins: give a day from today on, or leave it empty.")
    now = timezone.now()
    current = [one for one in Membership.objects.filter(inspection=inspection, person=person)
               if one.as_grant().holds_at(now)]  # fmt: skip
    if held := next((one for one in current if one.role == role), None):
        return held
    _one_side(person, side, {ROLES[one.role].side for one in current}, now)
    return _grant(inspection, person, role, by=by, valid_to=valid_to, reason=reason)


def _one_side(person: Person, side: Side, held: set[Side], now: datetime) -> None:
    if held - {side}:
        raise Refused(
            f"{person.name} takes part on the other side of this inspection. End that role first: nobody may see "
            "what both sides hold."
        )
    if any(one.role == "administrator" and one.holds_at(now) for one in person.site_grants.all()):
        raise Refused(
            f"{person.name} is an administrator, and administrators see nothing of any inspection. "
            "Give the role to another account."
        )


def _managed_side(inspection: Inspection, by: Actor, role: str, side: Side) -> Side:
    # The lead brings in the first nominated officer: until there is one, the authority has nobody to do it.
    first_officer = (
        role == "nominated-officer" and not Membership.objects.filter(inspection=inspection, role=role).exists()
    )
    return Side.TEAM if first_officer else side


def _grant(
    inspection: Inspection, person: Person, role: str, *, by: Actor, valid_to: datetime | None, reason: str
) -> Membership:
    now = timezone.now()
    membership = Membership.objects.create(
        inspection=inspection, person=person, role=role, valid_from=now,
        valid_to=valid_to or now + timedelta(days=DEFAULT_GRANT_DAYS), reason=reason,
    )  # fmt: skip
    side = ROLES[role].side
    journal(Events.MEMBER_ADDED, by=by, about=person, chain=inspection.pk, side=side, role=ROLES[role].title)
    return membership


@transaction.atomic
def end_member(*, membership: Membership, by: Actor) -> Membership:
    """End a role from this moment; the next request of its holder is refused. What has ended is not ended again."""
    side = ROLES[membership.role].side
    require(by, Permission.TEAM_MANAGE, Target(within=membership.inspection, side=side))
    if answers_alone(membership, by):
        raise Refused(LEAD_STAYS)
    now = timezone.now()
    if membership.valid_to is not None and membership.valid_to <= now:
        return membership
    membership.valid_to = now
    membership.save(update_fields=["valid_to"])
    journal(
        Events.MEMBER_ENDED, by=by, about=membership.person, chain=membership.inspection_id, side=side,
        role=ROLES[membership.role].title,
    )  # fmt: skip
    return membership


@transaction.atomic
def declare_conflict(
    *, inspection: Inspection, person: Person, says: str, by: Actor, client_key: UUID | None = None,
    interest: str = Interest.AUTHORITY, subject: str = "",
) -> Conflict:  # fmt: skip
    """Declare a conflict of interest, one's own or (a lead) somebody else's.

    One with the authority shuts the door at once; one with a team, a person or a family keeps the person from being
    given the files of those whom `subject` names.
    The same key twice gives the same conflict, although the first has shut the door.
    """
    client_key = client_key or uuid4()
    if existing := Conflict.objects.filter(inspection=inspection, person=person, client_key=client_key).first():
        return existing
    if by.id != str(person.pk):
        require(by, Permission.TEAM_MANAGE, Target(within=inspection, side=Side.TEAM))
    elif not inspection.grants_of(by):
        raise Refused("You have no role in this inspection.", hidden=True)
    subject = ", ".join(word for one in subject.split(",") if (word := " ".join(one.split())))
    if interest != Interest.AUTHORITY and not subject:
        raise Refused("Say with whom: a team or a worker as the data names them, or children by their pseudonyms.")
    conflict = Conflict.objects.create(
        inspection=inspection, person=person, says=says.strip(), client_key=client_key, interest=Interest(interest),
        subject="" if interest == Interest.AUTHORITY else subject,
    )  # fmt: skip
    journal(Events.CONFLICT_DECLARED, by=by, about=person, chain=inspection.pk, interest=conflict.interest)
    return conflict


@transaction.atomic
def waive_conflict(*, conflict: Conflict, because: str, by: Actor, version: int | None = None) -> Conflict:
    """Waive a conflict: the quality-assurance manager only, with a reason, never their own. A waiver stands."""
    conflict = Conflict.objects.select_for_update().select_related("inspection", "person").get(pk=conflict.pk)
    decision = require(by, Permission.REPORT_CHECK, conflict.inspection.target())
    if decision.role != "quality-assurance" or by.id == str(conflict.person_id):
        raise Refused("Only the quality-assurance manager may waive a conflict of interest, and never their own.")
    because = because.strip()[:300]
    if conflict.waived_at is not None and (conflict.waived_because, str(conflict.waived_by_id)) == (because, by.id):
        return conflict
    require_unchanged(conflict, version, about=conflict.person, chain=conflict.inspection_id)
    if conflict.waived_at is not None:
        raise Refused("This conflict of interest is waived already.")
    conflict.waived_at, conflict.waived_by_id, conflict.waived_because = timezone.now(), UUID(by.id), because
    conflict.version += 1
    conflict.save(update_fields=["waived_at", "waived_by_id", "waived_because", "version"])
    journal(Events.CONFLICT_WAIVED, by=by, about=conflict.person, chain=conflict.inspection_id)
    return conflict
