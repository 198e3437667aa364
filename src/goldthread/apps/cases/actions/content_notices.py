"""Saying of what kind a file is, for whoever opens it next."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import content_notices


@transaction.atomic
def set_content_notice(*, case: Case, kinds: Iterable[str], version: int, by: Actor) -> Case:
    """Write what may be hard to read in the file, in place of what was written before; no kind takes the notice away.

    Whoever may read the case may, as for an urgent concern: the next reader should not wait for a role. Raises
    Refused for a kind that is not known, and Overtaken where the case has changed since `version`.
    """
    rows = Case.objects.select_for_update().select_related("inspection", "draw", "draw__inspection", "second_reading")
    case = rows.get(pk=case.pk)
    require(by, Permission.CASE_READ, case.target())
    require_unchanged(case, version, about=case, chain=case.inspection_id)
    require(by, Permission.CASE_READ, case.target(changing=True))
    sent = set(kinds)
    if sent - set(content_notices.KINDS):
        raise Refused("Choose among the kinds of content that are offered.")
    case.content_kinds = ",".join(content_notices.in_order(sent))
    case.content_said_by_id = by.id if sent else None
    case.content_said_on = timezone.localdate() if sent else None
    case.version += 1
    case.save(update_fields=["content_kinds", "content_said_by", "content_said_on", "version"])
    journal(Events.CONTENT_NOTICE_SET, by=by, about=case, chain=case.inspection_id)
    return case
