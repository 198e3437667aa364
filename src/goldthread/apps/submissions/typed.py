"""What the actor has typed and not yet sent, opened for its writer alone."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.models import TypedText


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form by name, each with the text or texts typed in it, and when they were last kept."""

    fields: dict[str, Any]
    saved_at: datetime


def typed_text(actor: Actor, form: str) -> Typed | None:
    """What the actor has typed in that form and not yet sent; None where nothing. Raises CannotUnseal."""
    if not actor.signed_in:
        return None
    row = TypedText.objects.select_related("inspection").filter(person_id=actor.id, form=form).first()
    if row is None:
        return None
    held = bytes(row.sealed)
    if row.inspection is None:
        words = sealing.unseal_here(held, purpose=row.purpose)
    else:
        words = sealing.unseal(row.inspection, held, purpose=row.purpose)
    return Typed(json.loads(words), row.saved_at)
