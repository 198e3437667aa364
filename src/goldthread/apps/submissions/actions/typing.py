"""Keeping what somebody types in a form, so that no closed tab, dead battery or ended session loses it."""

import json
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.actions.receiving import make_key
from goldthread.apps.submissions.models import TypedText


@transaction.atomic
def keep_typed_text(*, form: str, fields: dict[str, str | list[str]], inspection: Inspection | None, by: Actor) -> None:
    """Keep what somebody is typing, under seal: half a sentence may tell of a child as much as a whole one.

    Not journalled: it is nobody's act yet, and only its writer can ever read it.
    """
    require(by, Permission.OWN_ACCOUNT, Target())
    purpose = TypedText(person_id=UUID(by.id), form=form).purpose
    words = json.dumps(fields).encode()
    if inspection is None:
        sealed = sealing.seal_here(words, purpose=purpose)
    else:
        make_key(inspection=inspection, by=by)
        sealed = sealing.seal(inspection, words, purpose=purpose)
    TypedText.objects.update_or_create(
        person_id=by.id, form=form, defaults={"sealed": sealed, "inspection": inspection}
    )


@transaction.atomic
def forget_typed_text(*, form: str, by: Actor) -> None:
    """Drop the kept text of a form once what it held is saved."""
    TypedText.objects.filter(person_id=by.id, form=form).delete()
