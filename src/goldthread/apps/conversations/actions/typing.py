"""Keeping what somebody types in a form of conversations: as elsewhere, but only for whoever may read them."""

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.actions import keep_typed_text

TYPED_HERE = "voices-"
"""How the key of every form of conversations begins: what is typed in them is told of children and families."""


@transaction.atomic
def keep_typing(*, form: str, fields: dict[str, str | list[str]], inspection: Inspection, by: Actor) -> None:
    """Keep what is being typed.

    Raises Refused where the conversation was taken back meanwhile: nothing of it is kept any more.
    """
    require(by, Permission.CONVERSATION_READ, inspection.target(side=Side.TEAM))
    for one in Conversation.objects.filter(inspection=inspection, status="withdrawn").only("pk"):
        if one.pk.hex in form:
            raise Refused("This conversation was taken back.")
    keep_typed_text(form=form, fields=fields, inspection=inspection, by=by)
