"""Pages: accounts, for administrators. An administrator sees no content of any inspection."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access import actions, queries, second_factor
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.access.roles import ROLES
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm, KeyForm

A_PAGE = 25
SITE_ROLES = [(slug, f"{ROLES[slug].title}: {says}") for slug, says in (
    ("administrator", "keeps accounts and the installation; sees no content of any inspection"),
    ("lead", "may set up inspections, and leads those they set up; writes own instruments and frameworks"),
    ("quality-assurance", "writes own instruments and frameworks; sees nothing of an inspection without a role in it"),
)]  # fmt: skip


class NewPersonForm(KeyForm, GovukForm):
    """A new account."""

    name = forms.CharField(max_length=120, label="Name", help_text="As colleagues know them")
    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="They sign in with it; no mail is sent",
        error_messages={"invalid": "Write the e-mail address in full, like name@example.org"},
    )  # fmt: skip


class NameForm(KeyForm, GovukForm):
    """Another name for an account."""

    name = forms.CharField(max_length=120, label="Name")


class RoleForm(GovukForm):
    """A role across the site."""

    role = forms.ChoiceField(label="Role across the site", choices=SITE_ROLES, widget=forms.RadioSelect)
    until = DateField(label="Last day", required=False, help_text="Leave empty for no end")


def people(request: HttpRequest) -> HttpResponse:
    """Every account, searched by name or address."""
    words = request.GET.get("q", "").strip()[:100]
    show = request.GET.get("show", "")
    found = queries.people(words)
    if show in ("open", "closed"):
        found = found.filter(is_active=show == "open")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [
        {"person": one, "roles": [ROLES[g.role].title for g in queries.site_grants(one) if g.holds_at(now)]}
        for one in page
    ]
    return render(request, "people/list.html", {"page": page, "rows": rows, "words": words, "show": show})


def new(request: HttpRequest) -> HttpResponse:
    """Add an account."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = queries.person_by_email(form.cleaned_data["email"])
        held = actions.add_person(email=form.cleaned_data["email"], name=form.cleaned_data["name"], by=request.actor)  # type: ignore[attr-defined]
        if known:
            messages.info(request, "There is an account with this address already. Here it is.")
        else:
            messages.success(request, f"{held.name} has an account. Next, make them a link to choose a password.")
        return redirect("person", person=held.pk)
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One account: its name, state, roles across the site, and the ways to help its holder in."""
    held = queries.person(person)
    form = NameForm(request.POST or None, initial={"name": held.name})
    if request.method == "POST" and form.is_valid():
        actions.change_person(
            person=held, name=form.cleaned_data["name"], version=form.cleaned_data["version"], by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, "The name is changed.")
        return redirect("person", person=held.pk)
    return _show(request, held, form=form, status=422 if form.errors else 200)


def _show(
    request: HttpRequest, held: Any, *, form: Any = None, role_form: Any = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "person": held,
        "form": form or NameForm(initial={"name": held.name}),
        "role_form": role_form or RoleForm(),
        "grants": [
            {"grant": g, "title": ROLES[g.role].title, "now": g.holds_at(now)} for g in queries.site_grants(held)
        ],
        "second_factor": second_factor.is_set_up(held),
        "own": str(held.pk) == request.actor.id,  # type: ignore[attr-defined]
    }
    return render(request, "people/person.html", context, status=status)


def give_role(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give a role across the site."""
    held = queries.person(person)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _show(request, held, role_form=form, status=422)
    until = form.cleaned_data["until"]
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time())) if until else None
    return _do(
        request, held, f"{held.name} has the role.",
        actions.grant_site_role, person=held, role=form.cleaned_data["role"], valid_to=ends,
    )  # fmt: skip


def end_role(request: HttpRequest, person: UUID, grant: int) -> HttpResponse:
    """End a role across the site."""
    held = queries.person(person)
    return _do(request, held, "The role has ended.", actions.end_site_role, grant=queries.site_grant(held, grant))


def close(request: HttpRequest, person: UUID) -> HttpResponse:
    """Close an account, after a page that says what that means."""
    held = queries.person(person)
    if request.method == "POST":
        return _do(request, held, f"The account of {held.name} is closed.", actions.close_person, person=held)
    return render(request, "people/close.html", {"person": held})


def reopen(request: HttpRequest, person: UUID) -> HttpResponse:
    """Open a closed account again."""
    held = queries.person(person)
    return _do(request, held, f"The account of {held.name} is open again.", actions.reopen_person, person=held)


def end_sessions(request: HttpRequest, person: UUID) -> HttpResponse:
    """End every session of an account."""
    held = queries.person(person)
    return _do(request, held, f"Every session of {held.name} has ended.", actions.end_sessions, person=held)


def remove_second_factor(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take away the second factor of somebody whose device is lost."""
    held = queries.person(person)
    says = f"The second factor of {held.name} is removed. They set up a new one when they sign in."
    return _do(request, held, says, actions.remove_second_factor, person=held)


def password_link(request: HttpRequest, person: UUID) -> HttpResponse:
    """Make a link with which somebody chooses a password; shown on this page and never again."""
    held = queries.person(person)
    try:
        token = actions.make_password_link(person=held, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("person", person=held.pk)
    address = request.build_absolute_uri(reverse("choose_password", args=[held.pk, token]))
    runs_out = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return render(request, "people/link.html", {"person": held, "address": address, "runs_out": runs_out})


def _do(request: HttpRequest, held: Any, says: str, act: Any, **arguments: Any) -> HttpResponse:
    try:
        act(by=request.actor, **arguments)  # type: ignore[attr-defined]
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, says)
    return redirect("person", person=held.pk)


_MAY = Permission.ACCOUNT_MANAGE
_ONE = "people/<uuid:person>/"
DOORS = [
    door("people/", people, "people", needs=_MAY),
    door("people/new/", new, "person_new", needs=_MAY, to_change=_MAY, step_up=True),
    door(_ONE, person, "person", needs=_MAY, to_change=_MAY),
    door(_ONE + "close/", close, "person_close", needs=_MAY, to_change=_MAY),
    door(_ONE + "reopen/", reopen, "person_reopen", needs=_MAY, to_change=_MAY, reads=False, step_up=True),
    door(_ONE + "roles/", give_role, "person_give_role", needs=_MAY, to_change=_MAY, reads=False, step_up=True),
    door(_ONE + "roles/<int:grant>/end/", end_role, "person_end_role", needs=_MAY, to_change=_MAY, reads=False),
    door(_ONE + "end-sessions/", end_sessions, "person_end_sessions", needs=_MAY, to_change=_MAY, reads=False),
    door(_ONE + "remove-second-factor/", remove_second_factor, "person_remove_second_factor",
         needs=_MAY, to_change=_MAY, reads=False, step_up=True),
    door(_ONE + "password-link/", password_link, "person_password_link", needs=_MAY, to_change=_MAY, reads=False,
         step_up=True),
]  # fmt: skip
