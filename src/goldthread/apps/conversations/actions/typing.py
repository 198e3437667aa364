"""Keeping what somebody types in a form of conversations: as elsewhere, but under the inspection's seal."""

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation, SealedTyping
from goldthread.apps.conversations.sealed import sealed_words
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.actions import make_key

TYPED_HERE = "voices-"
"""How the key of every form of conversations begins: what is typed in them is told of children and families."""


@transaction.atomic
def keep_typing(*, form: str, fields: dict[str, str | list[str]], inspection: Inspection, by: Actor) -> None:
    """Keep what is being typed. Not journalled: it is nobody's act yet, and only its writer can ever read it.

    Raises Refused where the conversation was taken back meanwhile: nothing of it is kept any more.
    """
    require(by, Permission.CONVERSATION_READ, inspection.target(side=Side.TEAM))
    for one in Conversation.objects.filter(inspection=inspection, status="withdrawn").only("pk"):
        if one.pk.hex in form:
            raise Refused("This conversation was taken back.")
    make_key(inspection=inspection, by=by)
    purpose = SealedTyping(person_id=by.id, form=form).purpose
    SealedTyping.objects.update_or_create(
        person_id=by.id, form=form,
        defaults={"inspection": inspection, "sealed": sealed_words(inspection, purpose, fields)},
    )  # fmt: skip


@transaction.atomic
def forget_typing(*, form: str, by: Actor) -> None:
    """Drop what was kept of a form once what it held is saved."""
    SealedTyping.objects.filter(person_id=by.id, form=form).delete()
