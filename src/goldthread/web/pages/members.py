"""Pages: who takes part in an inspection, and conflicts of interest."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access import queries as access
from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Grant, Refused, Target, decide
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.drafting import known
from goldthread.apps.inspections import actions, queries
from goldthread.apps.training import queries as training
from goldthread.domain.timetable import INTERESTS, Interest
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm, sent_key, sent_version
from goldthread.web.overtaken import overtaken_page

GIVEN = [role for role in ROLES.values() if not role.site and role.side in (Side.TEAM, Side.AUTHORITY)]


class MemberForm(GovukForm):
    """Giving somebody a role."""

    email = forms.EmailField(label="Their e-mail address", help_text="They need an account; an administrator adds it")
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    reason = forms.CharField(max_length=200, label="Why they need it", help_text="Shown on this page")
    until = DateField(label="Until", required=False, help_text="Leave empty for nine months from today")

    def __init__(self, *args: Any, sides: frozenset[Side], **kwargs: Any) -> None:
        """Offer the roles of the sides on which the person asking may give them."""
        super().__init__(*args, **kwargs)
        role_field: Any = self.fields["role"]
        role_field.choices = [(role.slug, f"{role.title}: {role.says}") for role in GIVEN if role.side in sides]

    def clean_until(self) -> date | None:
        """A role ends today at the earliest."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError("The role would end before it begins: give a day from today on")
        return until


def members(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Everybody who takes part, by side; a form for whoever may add to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    sides = _manages(actor, inspection)
    form = MemberForm(request.POST or None, sides=sides) if sides else None
    if (
        request.method == "POST"
        and form is not None
        and form.is_valid()
        and (answer := _add(request, inspection, form))
    ):
        return answer
    held: list[dict[str, Any]] = [
        {
            "row": row,
            "role": ROLES[row.role],
            "current": row.as_grant().holds_at(now),
            "may_end": ROLES[row.role].side in sides and not queries.answers_alone(row, actor),
        }
        for row in queries.members(inspection)
    ]
    shown = [one for one in held if one["role"].side in _sees(actor, inspection)]
    context = {
        "inspection": inspection,
        "form": form,
        "framework": known.framework(inspection.framework),
        "seats": [_seat(one) for one in known.framework(inspection.framework).team],
        # While the team's form lacks the council's roles, it says who gives them.
        "officers": _officers(inspection) if Side.AUTHORITY not in sides else [],
        "team": [one for one in shown if one["role"].side == Side.TEAM],
        "authority": [one for one in shown if one["role"].side == Side.AUTHORITY],
        "conflicts": queries.conflicts(inspection) if Side.TEAM in queries.sides_of(inspection, actor) else [],
        "calibrated": _calibrated(actor, inspection),
        "may_waive": decide(actor, Permission.REPORT_CHECK, inspection.target(), now).role == "quality-assurance",
    }
    return render(request, "inspections/members.html", context, status=422 if form is not None and form.errors else 200)


def _calibrated(actor: Actor, inspection: Any) -> list[Any]:
    """Who of the reviewers is calibrated on practice cases, for whoever may know; it keeps nobody from a file."""
    if not training.may_read(actor, inspection) or not training.trainings(actor, inspection):
        return []
    return training.calibrated(inspection, actor)


def _seat(seat: Any) -> dict[str, Any]:
    """A place in the team, with the role that whoever fills it is given."""
    return {
        "count": seat.count, "title": seat.title, "says": seat.says, "checked": seat.checked,
        "role_title": ROLES[seat.role].title,
    }  # fmt: skip


def _officers(inspection: Any) -> list[str]:
    return [one.person.name for one in queries.current_members(inspection, roles=("nominated-officer",))]


def _add(request: HttpRequest, inspection: Any, form: MemberForm) -> HttpResponse | None:
    held = form.cleaned_data
    person = access.person_by_email(held["email"])
    if person is None:
        form.add_error("email", "Nobody has an account with this address. Ask an administrator to add it first")
        return None
    until = held["until"]
    ends = datetime.combine(until, time(23, 59), timezone.get_current_timezone()) if until else None
    current = queries.current_members(inspection, roles=(held["role"],))
    held_already = any(one.person_id == person.pk for one in current)
    try:
        actions.add_member(
            inspection=inspection,
            person=person,
            role=held["role"],
            valid_to=ends,
            reason=held["reason"],
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Refused as refusal:
        form.add_error("role", refusal.reason)
        return None
    title = ROLES[held["role"]].title.lower()
    if held_already:
        messages.info(request, f"{person.name} is {title} already. Nothing was changed.")
    else:
        messages.success(request, f"{person.name} is now {title}.")
    return redirect("members", inspection=inspection.pk)


def end(request: HttpRequest, role: Any) -> HttpResponse:
    """End a role, after a page that says what it means."""
    membership = role.row
    inspection = membership.inspection
    if queries.answers_alone(membership, request.actor):  # type: ignore[attr-defined]
        raise Refused(actions.LEAD_STAYS)
    if request.method == "POST":
        actions.end_member(membership=membership, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"The role of {membership.person.name} has ended.")
        return redirect("members", inspection=inspection.pk)
    return render(
        request,
        "inspections/member_end.html",
        {"inspection": inspection, "membership": membership, "role": ROLES[membership.role]},
    )


LONGEST_CONFLICT = 300


class ConflictForm(KeyForm, GovukForm):
    """Declaring a conflict of interest. Where nothing is chosen it is one with the authority, which shuts most."""

    interest = forms.ChoiceField(
        required=False, label="With whom is it?", widget=forms.RadioSelect, initial=Interest.AUTHORITY.value,
        choices=[(one.value, f"{words[:1].upper()}{words[1:]}") for one, words in INTERESTS.items()],
    )  # fmt: skip
    subject = forms.CharField(
        required=False, max_length=LONGEST_CONFLICT, label="Which team, which person or which family",
        help_text="A team or a worker by the name in the data, a child or the children of a family by their "
        "pseudonyms, with commas between. Leave it empty where it is the authority as a whole. Name no child.",
    )  # fmt: skip
    says = forms.CharField(
        required=False, max_length=LONGEST_CONFLICT, label="What the conflict is",
        help_text="In a few words. Name no child and no family.", widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_says(self) -> str:
        """It must be said."""
        says: str = self.cleaned_data["says"].strip()
        if not says:
            raise forms.ValidationError("Say what the conflict is, in a few words and without naming a child")
        return says

    def clean_subject(self) -> str:
        """With anybody but the authority as a whole, it must be said with whom."""
        subject: str = self.cleaned_data["subject"].strip()
        if self.cleaned_data.get("interest") not in ("", None, Interest.AUTHORITY) and not subject:
            raise forms.ValidationError("Say with which team, person or family")
        return subject


def conflict(request: HttpRequest, asked: Any) -> HttpResponse:
    """Declare a conflict of interest of one's own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    inspection, form = asked.inspection, ConflictForm(request.POST if request.method == "POST" else None)
    person, key = access.person(actor.id), sent_key(request)
    because = inspection.conflict_of(actor)
    if because is not None and not (request.method == "POST" and queries.declared(inspection, person, key)):
        # The door let them come this far only so that a second sending of the same is no refusal.
        policy.require(actor, Permission.INSPECTION_READ, inspection.target(), timezone.now())
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        interest = held["interest"] or Interest.AUTHORITY
        actions.declare_conflict(
            inspection=inspection, person=person, says=held["says"], interest=interest, subject=held["subject"],
            client_key=key, by=actor,
        )  # fmt: skip
        if interest != Interest.AUTHORITY:
            messages.success(request, "Your conflict of interest is recorded: you are given none of these files.")
            return redirect("inspection_overview", inspection=inspection.pk)
        messages.success(
            request, "Your conflict of interest is recorded, and this inspection is closed to you for now."
        )
        return redirect("home")
    context = {"inspection": inspection, "form": form}
    return render(request, "inspections/conflict.html", context, status=422 if form.errors else 200)


def waive(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Waive somebody's conflict of interest, with a reason."""
    found = queries.conflicts(inspection).get(pk=request.POST.get("conflict") or 0)
    because = request.POST.get("because", "").strip()
    if not because:
        messages.error(request, "A waiver needs a reason.")
        return redirect("members", inspection=inspection.pk)
    try:
        actions.waive_conflict(conflict=found, because=because, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    except Clash as clash:
        return overtaken_page(request, clash, look=reverse("members", args=[inspection.pk]))
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("members", inspection=inspection.pk)
    messages.success(request, f"The conflict of interest of {found.person.name} is waived.")
    return redirect("members", inspection=inspection.pk)


@dataclass(frozen=True, slots=True)
class _Role:
    """A role in an inspection, as a door asks about it."""

    row: Any

    def target(self) -> Target:
        """The side to which the role belongs."""
        return Target(within=self.row.inspection, side=ROLES[self.row.role].side)


@dataclass(frozen=True, slots=True)
class _Unconflicted:
    """An inspection as it would be asked about if nobody had declared a conflict of interest."""

    row: Any

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        """Every role that the actor has, had or will have here."""
        held: tuple[Grant, ...] = self.row.grants_of(actor)
        return held

    def conflict_of(self, actor: Actor) -> None:
        """None: the page asks about it."""


@dataclass(frozen=True, slots=True)
class _Declaring:
    """An inspection in which somebody declares a conflict of interest: the first sending shuts the door, and the
    second sending of the same must still learn that it is done."""

    inspection: Any

    def target(self) -> Target:
        """The inspection without its conflicts; the page asks about those."""
        return Target(within=_Unconflicted(self.inspection))


def _declaring(actor: Actor, inspection: UUID) -> _Declaring:
    return _Declaring(queries.get(actor, inspection))


def _find(actor: Actor, inspection: UUID, membership: int) -> _Role:
    return _Role(queries.member(queries.get(actor, inspection), membership))


def _manages(actor: Actor, inspection: Any) -> frozenset[Side]:
    now = timezone.now()
    found = {
        side
        for side in (Side.TEAM, Side.AUTHORITY)
        if decide(actor, Permission.TEAM_MANAGE, Target(within=inspection, side=side), now).allowed
    }
    officers = queries.current_members(inspection, roles=("nominated-officer",))
    return frozenset(found | {Side.AUTHORITY}) if Side.TEAM in found and not officers else frozenset(found)


def _sees(actor: Actor, inspection: Any) -> frozenset[Side]:
    # Who inspects is no secret from the council, and who speaks for the council none from the team.
    return frozenset({Side.TEAM, Side.AUTHORITY}) if queries.sides_of(inspection, actor) else frozenset()


_AT = "inspections/<uuid:inspection>/team/"
DOORS = [
    door(
        _AT, members, "members",
        needs=Permission.TEAM_READ, to_change=Permission.TEAM_MANAGE, about=queries.get, step_up=True,
    ),
    door(
        _AT + "<int:membership>/end/",
        end,
        "member_end",
        needs=Permission.TEAM_MANAGE,
        to_change=Permission.TEAM_MANAGE,
        about=_find,
    ),
    door(
        _AT + "conflict/",
        conflict,
        "conflict",
        needs=Permission.INSPECTION_READ,
        to_change=Permission.INSPECTION_READ,
        about=_declaring,
    ),
    door(
        _AT + "waive/",
        waive,
        "conflict_waive",
        needs=Permission.REPORT_CHECK,
        to_change=Permission.REPORT_CHECK,
        about=queries.get,
        reads=False,
        step_up=True,
    ),
]  # fmt: skip
