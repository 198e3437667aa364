"""What earlier inspections told the authority to improve: writing a theme down, with its source, and taking it back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison.models import PastTheme
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain.watch.recurrence import THEMES


@transaction.atomic
def note_theme(
    *, inspection: Inspection, on: date, theme: str, source: str, client_key: UUID, by: Actor
) -> PastTheme:  # fmt: skip
    """Write down a theme that an earlier inspection raised. The same key twice is one theme.

    Raises Refused for a day to come, a theme that there is not or that is written down already, or no source.
    """
    require(by, Permission.BENCHMARK_LOAD, inspection.target())
    if known := PastTheme.objects.filter(client_key=client_key, inspection=inspection).first():
        return known
    source = " ".join(source.split())
    if on > timezone.localdate():
        raise Refused("The day of an earlier inspection cannot be in the future.")
    if theme not in THEMES:
        raise Refused("Choose one of the themes offered.")
    if not source:
        raise Refused("Say where it was read.")
    if PastTheme.objects.filter(inspection=inspection, on=on, theme=theme, taken_back_at=None).exists():
        raise Refused(f"“{THEMES[theme].title}” is written down of that day already. Choose another theme or day.")
    row = PastTheme.objects.create(
        inspection=inspection, on=on, theme=theme, source=source[:300], client_key=client_key,
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.PAST_THEME_NOTED, by=by, about=row, chain=inspection.pk)
    return row


@transaction.atomic
def take_back_theme(*, theme: PastTheme, by: Actor) -> PastTheme:
    """Take a theme back; that it stood there stays on record."""
    row = PastTheme.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=theme.pk)
    require(by, Permission.BENCHMARK_LOAD, row.target())
    if row.taken_back_at is None:
        row.taken_back_at = timezone.now()
        row.save(update_fields=["taken_back_at"])
        journal(Events.PAST_THEME_TAKEN_BACK, by=by, about=row, chain=row.inspection_id)
    return row
