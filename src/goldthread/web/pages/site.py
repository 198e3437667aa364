"""Pages: the gallery of components, and the health of the installation."""

import shutil
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access import queries as access
from goldthread.apps.access.permissions import Permission
from goldthread.apps.journal import queries as journal
from goldthread.domain import lifecycle
from goldthread.web import addresses
from goldthread.web.doors import door
from goldthread.web.forms import DateField, GovukForm
from goldthread.web.templatetags.govuk import TAG_COLOURS
from goldthread.web.versions import VERSION

STATUSES = (lifecycle.Inspection, lifecycle.Submission, lifecycle.Case, lifecycle.Finding, lifecycle.Report)
ENOUGH_BYTES = 2 * 1024**3


class EveryField(GovukForm):
    """One field of each kind, for the gallery."""

    text = forms.CharField(label="One line", help_text="With a hint", max_length=80)
    long = forms.CharField(label="Several lines", widget=forms.Textarea, max_length=200)
    day = DateField(label="A day")
    radios = forms.ChoiceField(label="One of a few", widget=forms.RadioSelect, choices=[("a", "This"), ("b", "That")])
    boxes = forms.MultipleChoiceField(
        label="Any of a few", widget=forms.CheckboxSelectMultiple, choices=[("a", "This"), ("b", "That")]
    )
    box = forms.BooleanField(label="I have read it", help_text="A single box")
    select = forms.ChoiceField(label="One of many", choices=[("", "Choose"), ("a", "This"), ("b", "That")])
    file = forms.FileField(label="A file")
    secret = forms.CharField(label="A password", widget=forms.PasswordInput)


def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for whoever builds pages."""
    context = {
        "plain": EveryField(prefix="plain"),
        "wrong": EveryField({"wrong-day": "31/02/2026"}, prefix="wrong"),
        "colours": TAG_COLOURS,
        "kinds": [list(kind) for kind in STATUSES],
        "page": Paginator(range(230), 25).get_page(request.GET.get("page", "4")),
        "fields": [{"name": "statement", "theirs": "As it is saved.", "yours": "As you wrote it."}],
    }
    return render(request, "site/components.html", context)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of health: what was looked at, whether it is well, and what was seen."""

    title: str
    well: bool
    says: str


def health(request: HttpRequest) -> HttpResponse:
    """Whether the installation is healthy, and the head of every journal. No content of any inspection is here."""
    room = shutil.disk_usage(settings.DATA)
    proof = journal.verify("site")
    signs = [
        Sign("Room on the disk", room.free > ENOUGH_BYTES, f"{room.free / 1024**3:,.1f} GB free"),
        Sign("The site's journal", proof.whole, proof.says),
        Sign("Second factor", not settings.LOCAL_MODE, "Asked of everybody" if not settings.LOCAL_MODE
             else "May be skipped: this installation runs in single-user mode. Never hold real data so."),
        Sign("Error pages", not settings.DEBUG, "Tell nothing of the program" if not settings.DEBUG
             else "Show the program's insides: GOLDTHREAD_DEBUG is on. Never hold real data so."),
        front_server(request),
    ]  # fmt: skip
    context = {"signs": signs, "accounts": access.people().filter(is_active=True).count(), "version": VERSION}
    context["heads"] = journal.heads()
    return render(request, "site/health.html", context)


def front_server(request: HttpRequest) -> Sign:
    """Whether the addresses of visitors are known, by which answers that come quickly from one place are noticed."""
    title = "Addresses of visitors"
    if settings.LOCAL_MODE:
        return Sign(title, True, "Not asked of a front server: this installation runs in single-user mode")
    if unnamed := addresses.unnamed_front_server(request):
        says = f"This page was passed on by {unnamed}, which is not named in GOLDTHREAD_FRONT_SERVERS. "
        return Sign(title, False, says + "So answers to surveys that come quickly from one place are not noticed.")
    if not addresses.address_of(request):
        says = "The front server does not say whom it passes on: it has to set X-Forwarded-For. "
        return Sign(title, False, says + "So answers to surveys that come quickly from one place are not noticed.")
    return Sign(title, True, "Known, and counted in memory alone")


DOORS = [
    door("components/", components, "components", needs=Permission.FRAMEWORK_READ),
    door("installation/", health, "health", needs=Permission.SITE_READ),
]
